"""Excel workbooks of banks."""

from __future__ import annotations

from datetime import date, datetime

from tests.fakes.documents.bank_exports.export import workbook

WORKBOOKS = (
    workbook("santander-es.xlsx", [
        ["MOVIMIENTOS DE CUENTA"],
        ["Titular", "IRIS HANDEL"],
        ["IBAN", "ES91 2100 0418 4502 0005 1332"],
        ["Saldo", "722,06 EUR"],
        [],
        ["Fecha Operación", "Fecha Valor", "Concepto", "Importe", "Divisa", "Saldo", "Divisa"],
        ["20/03/2025", "20/03/2025", "Transferencia a Haus West", "-1.000,00", "EUR", "722,06", "EUR"],
        ["14/03/2025", "14/03/2025", "Transferencia de Kunde Nord", "1.234,56", "EUR", "1.722,06", "EUR"],
        ["04/03/2025", "04/03/2025", "Compra Kaffee Rot", "-12,50", "EUR", "487,50", "EUR"],
    ], "EUR", balances=True),
    workbook("bbva-es.xlsx", [
        [None, "Últimos movimientos"],
        [],
        [None, "F.Valor", "Fecha", "Concepto", "Movimiento", "Importe", "Divisa", "Disponible", "Divisa", "Observaciones"],
        [None, date(2025, 3, 20), date(2025, 3, 20), "Transferencia realizada", "Haus West", -1000, "EUR", 722.06, "EUR", ""],
        [None, date(2025, 3, 14), date(2025, 3, 14), "Transferencia recibida", "Kunde Nord", 1234.56, "EUR", 1722.06, "EUR", ""],
        [None, date(2025, 3, 4), date(2025, 3, 4), "Pago con tarjeta", "Kaffee Rot", -12.5, "EUR", 487.5, "EUR", ""],
    ], "EUR", balances=True),
    workbook("intesa-it.xlsx", [
        ["Lista Movimenti", None, None, None, None, None, None, None],
        ["Conto", "Conto 1000/00012345 - Handel"],
        [],
        ["Data", "Operazione", "Dettagli", "Conto o carta", "Contabilizzazione", "Categoria ", "Valuta", "Importo"],
        [datetime(2025, 3, 20), "Bonifico", "Haus West", "Conto 1000/00012345", "CONTABILIZZATO", "Casa", "EUR", -1000.0],
        [datetime(2025, 3, 14), "Bonifico a vostro favore", "Kunde Nord", "Conto 1000/00012345", "CONTABILIZZATO", "Entrate", "EUR", 1234.56],
        [datetime(2025, 3, 4), "Pagamento POS", "Kaffee Rot", "Conto 1000/00012345", "CONTABILIZZATO", "Svago", "EUR", -12.5],
    ], "EUR"),
    workbook("fineco-it.xlsx", [
        ["Conto Corrente: 1234567"],
        ["Intestazione Conto Corrente: IRIS HANDEL"],
        ["Periodo Dal: 01/03/2025 Al: 31/03/2025"],
        ["Saldo Iniziale: 500.0 EUR", "Saldo Finale: 722.06 EUR"],
        [],
        ["Data_Operazione", "Data_Valuta", "Entrate", "Uscite", "Descrizione", "Descrizione_Completa", "Stato"],
        ["20/03/2025", "20/03/2025", None, -1000, "Bonifico", "Haus West affitto", "Contabilizzato"],
        ["14/03/2025", "14/03/2025", 1234.56, None, "Bonifico", "Kunde Nord", "Contabilizzato"],
        ["04/03/2025", "04/03/2025", None, -12.5, "Visa Debit", "Kaffee Rot", "Contabilizzato"],
    ], "EUR"),
    workbook("handelsbanken-se.xlsx", [
        ["Handelsbanken Transaktioner"],
        ["Kontonummer", "123 456 789"],
        ["Saldo", 722.06],
        [],
        ["Reskontradatum", "Transaktionsdatum", "Text", "Belopp", "Saldo"],
        ["2025-03-20", "2025-03-20", "Haus West", -1000.0, 722.06],
        ["2025-03-14", "2025-03-14", "Kunde Nord", 1234.56, 1722.06],
        ["2025-03-04", "2025-03-03", "Kaffee Rot", -12.5, 487.5],
    ], balances=True),
    workbook("icici.xlsx", [
        [None, "DETAILED STATEMENT"],
        [None, "Account Number", "000401234567 ( INR ) - IRIS HANDEL"],
        [None, "Transactions List - IRIS HANDEL"],
        [None, "S No.", "Value Date", "Transaction Date", "Cheque Number", "Transaction Remarks", "Withdrawal Amount (INR )", "Deposit Amount (INR )", "Balance (INR )"],
        [None, 1, "04/03/2025", "04/03/2025", "-", "UPI/KAFFEE ROT", 12.5, 0, 487.5],
        [None, 2, "14/03/2025", "14/03/2025", "-", "NEFT-KUNDE NORD", 0, 1234.56, 1722.06],
        [None, 3, "20/03/2025", "20/03/2025", "-", "BIL/HAUS WEST/RENT", 1000, 0, 722.06],
        [None, "Legends Used in Account Statement"],
        [None, "1.", "BIL - Internet Bill Payment or funds transfer to Third party"],
    ], "INR", balances=True),
    workbook("postfinance.xlsx", [
        ["Datum von:", "01.03.2025"],
        ["Konto:", "CH9300762011623852957"],
        ["Währung:", "CHF"],
        [],
        ["Datum", "Bewegungstyp", "Avisierungstext", "Gutschrift in CHF", "Lastschrift in CHF", "Label", "Kategorie"],
        ["20.03.2025", "Buchung", "DAUERAUFTRAG Haus West", None, "-1’000.00", "", ""],
        ["14.03.2025", "Gutschrift", "GUTSCHRIFT Kunde Nord", "1’234.56", None, "", ""],
        ["04.03.2025", "Buchung", "KAUF Kaffee Rot", None, "-12.50", "", ""],
        [],
        ["Disclaimer:"],
        ["Dies ist kein durch PostFinance AG erstelltes Dokument."],
    ], "CHF"),
)  # fmt: skip
