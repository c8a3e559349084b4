"""Tables that were written after the reader, to measure it on what it was not made with; then kept as the others."""

from __future__ import annotations

from tests.fakes.documents.bank_exports.export import moves, text, workbook

LATER_TABLES = (
    text("consorsbank", """
Buchung;Valuta;Sender / Empfänger;IBAN / Konto-Nr.;BIC / BLZ;Buchungstext;Verwendungszweck;Kategorie;Stichwörter;Umsatz geteilt;Betrag in EUR
20.03.2025;20.03.2025;Haus West;DE89370400440532013000;COBADEFFXXX;DAUERAUFTRAG;Miete;Wohnen;;;-1.000,00
14.03.2025;14.03.2025;Kunde Nord;DE93230707000621787100;DEUTDEHH222;GUTSCHRIFT;RE 1001;Einnahmen;;;1.234,56
04.03.2025;04.03.2025;Kaffee Rot;;;KARTENUMSATZ;Frühstück;Essen;;;-12,50
""", "EUR"),
    text("targobank-headerless", """
"20.03.2025";"Haus West Miete";"-1.000,00";"20.03.2025";"DE89370400440532013000";"COBADEFFXXX"
"14.03.2025";"Kunde Nord RE 1001";"1.234,56";"14.03.2025";"DE93230707000621787100";"DEUTDEHH222"
"04.03.2025";"Kaffee Rot";"-12,50";"04.03.2025";"";""
""", encoding="latin-1"),
    text("bunq", """
"Date","Interest Date","Amount","Account","Counterparty","Name","Description"
"2025-03-20","2025-03-20","-1,000.00","NL91BUNQ0417164300","DE89370400440532013000","Haus West","Rent"
"2025-03-14","2025-03-14","1,234.56","NL91BUNQ0417164300","DE93230707000621787100","Kunde Nord","INV 1001"
"2025-03-04","2025-03-04","-12.50","NL91BUNQ0417164300","","Kaffee Rot","Kaffee Rot Amsterdam"
"""),
    text("santander-uk", """
Date range: 01 Mar 2025 to 31 Mar 2025
Account: XXXX XXXX XXXX 1234

Date;Type;Merchant/Description;Debit/Credit;Balance
20/03/2025;DD;HAUS WEST;-£1,000.00;£722.06
14/03/2025;FPI;KUNDE NORD;£1,234.56;£1,722.06
04/03/2025;POS;KAFFEE ROT;-£12.50;£487.50
""", "GBP", balances=True),
    text("first-direct", """
Date,Description,Amount,Balance
20/03/2025,HAUS WEST,-1000.00,
14/03/2025,KUNDE NORD,1234.56,1722.06
04/03/2025,KAFFEE ROT,-12.50,487.50
"""),
    text("tsb", """
Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance
2025-03-20,SO,77-00-00,12345678,HAUS WEST,1000.00,,722.06
2025-03-14,BGC,77-00-00,12345678,KUNDE NORD,,1234.56,1722.06
2025-03-04,DEB,77-00-00,12345678,KAFFEE ROT,12.50,,487.50
""", balances=True),
    text("ally", """
Date, Time, Amount, Type, Description
2025-03-20,10:11:12,-1000.00,Withdrawal,HAUS WEST RENT
2025-03-14,10:11:12,1234.56,Deposit,KUNDE NORD
2025-03-04,10:11:12,-12.50,Withdrawal,KAFFEE ROT
"""),
    text("schwab-checking", """
"Transactions  for Checking account ...123 as of 03/31/2025 10:11:12 PM ET"
"Posted Transactions"
"Date","Type","Check #","Description","Withdrawal (-)","Deposit (+)","RunningBalance"
"03/20/2025","ACH","","HAUS WEST RENT","$1,000.00","","$722.06"
"03/14/2025","ACH","","KUNDE NORD","","$1,234.56","$1,722.06"
"03/04/2025","VISA","","KAFFEE ROT","$12.50","","$487.50"
""", balances=True),
    text("pnc", """
Date,Description,Withdrawals,Deposits,Category,Balance
03/20/2025,HAUS WEST RENT,"$1,000.00",,Rent,$722.06
03/14/2025,KUNDE NORD,,"$1,234.56",Income,"$1,722.06"
03/04/2025,KAFFEE ROT,$12.50,,Food,$487.50
""", balances=True),
    text("fidelity-card", """
"Date","Transaction","Name","Memo","Amount"
"2025-03-20","DEBIT","HAUS WEST","24692165; 06513; ; ; ;","-1000.00"
"2025-03-14","CREDIT","PAYMENT THANK YOU","WEB AUTOMTC; ; ; ; ;","1234.56"
"2025-03-04","DEBIT","KAFFEE ROT","24692166; 05814; ; ; ;","-12.50"
""", named=False),
    text("sumup", """
"Transaktionsdatum","Transaktionscode","Transaktionsart","Status","Referenz","Ausgehender Betrag","Eingehender Betrag","Gebühr","Verfügbares Guthaben"
"2025-03-20 10:11","A3","Ausgehende Überweisung","Genehmigt","Haus West","1000.00","0.0","0.0","722.06"
"2025-03-14 10:11","A2","Eingehende Überweisung","Genehmigt","Kunde Nord","0.0","1234.56","0.0","1722.06"
"2025-03-04 10:11","A1","Kartenzahlung","Genehmigt","Kaffee Rot","12.50","0.0","0.0","487.50"
""", balances=True),
    text("mollie", """
Date,Payment method,Currency,Amount,Status,ID,Description,Consumer name,Consumer bank account,Settlement currency,Settlement amount
2025-03-14 10:11:12,ideal,EUR,1234.56,paid,tr_1,Invoice 1001,Kunde Nord,DE93230707000621787100,EUR,1234.56
2025-03-20 10:11:12,refund,EUR,-1000.00,paid,re_1,Refund,Haus West,DE89370400440532013000,EUR,-1000.00
2025-03-04 10:11:12,chargeback,EUR,-12.50,paid,cb_1,Chargeback,Kaffee Rot,,EUR,-12.50
""", "EUR"),
    text("george-at", """
Buchungsdatum,Partnername,Partner IBAN,BIC/SWIFT,Partner Kontonummer,Bankleitzahl,Betrag,Währung,Buchungs-Info,Buchungsreferenz,Notiz,Lastschrift-Mandat,Valutadatum
20.03.2025,Haus West,DE89370400440532013000,COBADEFFXXX,,,"-1.000,00",EUR,Miete,201112503201ABC,,,20.03.2025
14.03.2025,Kunde Nord,DE93230707000621787100,DEUTDEHH222,,,"1.234,56",EUR,RE 1001,201112503141ABC,,,14.03.2025
04.03.2025,Kaffee Rot,,,,,"-12,50",EUR,POS,201112503041ABC,,,04.03.2025
""", "EUR", encoding="utf-16"),
    text("migros-bank", """
Kontoauszug bis: 31.03.2025 ;;;
;;;
Kontonummer: 543.278.22;;;
Bezeichnung: Privat;;;
Saldo: CHF 722.06;;;
;;;
Iris Handel;;;
;;;
Datum;Buchungstext;Betrag;Valuta
20.03.25;Dauerauftrag Haus West;-1000.00;20.03.25
14.03.25;Zahlungseingang Kunde Nord;1234.56;14.03.25
04.03.25;Kartenkauf Kaffee Rot;-12.50;04.03.25
""", "CHF", encoding="latin-1"),
    text("ubs-card", """
sep=;
Kontonummer;Kartennummer;Konto-/Karteninhaber;Einkaufsdatum;Buchungstext;Branche;Betrag;Originalwährung;Kurs;Währung;Belastung;Gutschrift;Buchung
0123 4567 8901;5101 23XX XXXX 1234;IRIS HANDEL;20.03.2025;Haus West;Miete;1000.00;CHF;;CHF;1000.00;;20.03.2025
0123 4567 8901;5101 23XX XXXX 1234;IRIS HANDEL;14.03.2025;Kunde Nord;Gutschrift;1234.56;CHF;;CHF;;1234.56;14.03.2025
0123 4567 8901;5101 23XX XXXX 1234;IRIS HANDEL;03.03.2025;Kaffee Rot;Restaurants;13.60;EUR;0.919;CHF;12.50;;04.03.2025
""", "CHF", encoding="latin-1"),
    text("postbank-old", """
Umsatzauskunft - gebuchte Umsätze
Name;Iris Handel
BLZ;37010050
Kontonummer;0123456789
IBAN;DE02120300000000202051
aktueller Kontostand;722,06 EUR

Buchungstag;Wertstellung;Umsatzart;Buchungsdetails;Auftraggeber;Empfänger;Betrag (€);Saldo (€)
20.03.2025;20.03.2025;Dauerauftrag;Miete;Iris Handel;Haus West;-1.000,00 €;722,06 €
14.03.2025;14.03.2025;Gutschrift;RE 1001;Kunde Nord;Iris Handel;1.234,56 €;1.722,06 €
04.03.2025;04.03.2025;Kartenzahlung;Frühstück;Iris Handel;Kaffee Rot;-12,50 €;487,50 €
""", "EUR", encoding="cp1252", balances=True),
    text("bnp-paribas", """
Compte de chèques;Compte de chèques;****1234;31/03/2025;;722,06
20/03/2025;Virement émis;VIREMENT SEPA EMIS;VIR SEPA HAUS WEST LOYER;;-1000,00
14/03/2025;Virement reçu;VIREMENT RECU;VIR SEPA RECU DE KUNDE NORD;;1234,56
04/03/2025;Carte;FACTURE CARTE;FACTURE CARTE DU 030325 KAFFEE ROT;;-12,50
""", encoding="cp1252", left_out=1),
    text("fortuneo", """
Date opération;Date valeur;libellé;Débit;Crédit;
20/03/2025;20/03/2025;VIR HAUS WEST;-1000,00;;
14/03/2025;14/03/2025;VIR KUNDE NORD;;1234,56;
04/03/2025;04/03/2025;CARTE KAFFEE ROT;-12,50;;
""", encoding="latin-1"),
    text("belfius", """
Boekingsdatum vanaf;01/03/2025
Boekingsdatum tot en met;31/03/2025
Bedrag vanaf;
Laatste saldo;722,06 EUR
Datum/uur van het laatste saldo;31/03/2025 10:11:12

Rekening;Boekingsdatum;Rekeninguittrekselnummer;Transactienummer;Rekening tegenpartij;Naam tegenpartij bevat;Straat en nummer;Postcode en plaats;Transactie;Valutadatum;Bedrag;Devies;BIC;Landcode;Mededelingen
BE68 5390 0754 7034;20/03/2025;00003;003;DE89 3704 0044 0532 0130 00;Haus West;;;OVERSCHRIJVING NAAR HAUS WEST;20/03/2025;-1.000,00;EUR;COBADEFF;DE;Huur
BE68 5390 0754 7034;14/03/2025;00003;002;DE93 2307 0700 0621 7871 00;Kunde Nord;;;OVERSCHRIJVING VAN KUNDE NORD;14/03/2025;1.234,56;EUR;DEUTDEHH;DE;Factuur
BE68 5390 0754 7034;04/03/2025;00003;001;;Kaffee Rot;;;BETALING MET KAART;04/03/2025;-12,50;EUR;;;
""", "EUR", encoding="cp1252"),
    workbook("bbva-mx.xlsx", [
        ["BBVA", None, None, None, None],
        ["Fecha", "Descripción", "Cargo", "Abono", "Saldo"],
        ["20/03/2025", "SPEI ENVIADO Haus West", "-1,000.00", None, "722.06"],
        ["14/03/2025", "SPEI RECIBIDO Kunde Nord", None, "1,234.56", "1,722.06"],
        ["04/03/2025", "COMPRA Kaffee Rot", "-12.50", None, "487.50"],
    ], balances=True),
    text("bancolombia", """
FECHA,DESCRIPCIÓN,SUCURSAL,DCTO.,VALOR,SALDO
2025/03/04,COMPRA EN KAFFEE ROT,,,-12.50,487.50
2025/03/14,PAGO DE PROV KUNDE NORD,,,"1,234.56","1,722.06"
2025/03/20,TRANSFERENCIA A HAUS WEST,,,"-1,000.00",722.06
""", balances=True),
    text("galicia-ar", """
Fecha;Descripción;Origen;Débitos;Créditos;Grupo de Conceptos;Concepto;Número de Terminal;Observaciones Cliente;Número de Comprobante;Leyendas Adicionales 1;Tipo de Movimiento;Saldo
20/03/2025;Transferencia Haus West;;1.000,00;0,00;TRANSF;;;;;;Imputado;722,06
14/03/2025;Acreditamiento Kunde Nord;;0,00;1.234,56;CRED;;;;;;Imputado;1.722,06
04/03/2025;Compra débito Kaffee Rot;;12,50;0,00;COMPRA;;;;;;Imputado;487,50
""", balances=True),
    workbook("garanti-tr.xlsx", [
        ["Hesap Hareketleri"],
        ["Hesap No", "123 - 6299999"],
        [],
        ["Tarih", "Açıklama", "Etiket", "Tutar", "Bakiye", "Dekont No"],
        ["20.03.2025", "Haus West kira", "Kira", -1000, 722.06, "0003"],
        ["14.03.2025", "Kunde Nord", "Gelir", 1234.56, 1722.06, "0002"],
        ["04.03.2025", "Kaffee Rot", "Yemek", -12.5, 487.5, "0001"],
    ], balances=True),
    text("alpha-bank-gr", """
Α/Α;Ημερομηνία;Αιτιολογία;Κατάστημα;Τοκισμός από;Αρ. συναλλαγής;Ποσό;Πρόσημο ποσού
1;20/3/2025;Haus West ΕΝΟΙΚΙΟ;100;20/3/2025;A3;1.000,00;Χ
2;14/3/2025;Kunde Nord;100;14/3/2025;A2;1.234,56;Π
3;4/3/2025;Kaffee Rot;100;4/3/2025;A1;12,50;Χ
"""),
    text("tatra-sk", """
Dátum zaúčtovania;Dátum valuty;Typ;Suma;Mena;Kredit/Debet;IBAN protiúčtu;Názov protiúčtu;Popis;Variabilný symbol
20.03.2025;20.03.2025;Platba;1000,00;EUR;Debet;DE89370400440532013000;Haus West;Nájom;77
14.03.2025;14.03.2025;Platba;1234,56;EUR;Kredit;DE93230707000621787100;Kunde Nord;Faktúra;1001
04.03.2025;04.03.2025;Karta;12,50;EUR;Debet;;Kaffee Rot;Káva;
""", "EUR", encoding="cp1250"),
    text("maybank", """
Account Number,'512345678901
Statement Period,01/03/2025 - 31/03/2025

Posting Date,Transaction Description,Transaction Amount,Statement Balance
04/03/25,KAFFEE ROT,12.50-,487.50
14/03/25,KUNDE NORD,"1,234.56+","1,722.06"
20/03/25,HAUS WEST,"1,000.00-",722.06
""", balances=True),
    text("bca-indonesia", """
No. rekening : 1234567890
Nama : IRIS HANDEL
Periode : 01/03/2025 - 31/03/2025
Kode Mata Uang : IDR

Tanggal Transaksi,Keterangan,Cabang,Jumlah,Saldo
'04/03/2025,TRSF KAFFEE ROT,'0000,"12.50 DB","487.50"
'14/03/2025,KUNDE NORD,'0000,"1,234.56 CR","1,722.06"
'20/03/2025,HAUS WEST,'0000,"1,000.00 DB","722.06"

Saldo Awal : 500.00
Kredit : 1,234.56
Debet : 1,012.50
Saldo Akhir : 722.06
""", "IDR", balances=True, left_out=2),
    text("anz-headerless", """
20/03/2025,"-1000.00","HAUS WEST RENT"
14/03/2025,"1234.56","KUNDE NORD"
04/03/2025,"-12.50","KAFFEE ROT MELBOURNE"
"""),
    text("asb-nz", """
Created date / time : 31 March 2025 / 10:11:12
Bank 12; Branch 3040; Account 0123456-50 (Streamline)
Ledger Balance : 722.06 as of 20250331

Date,Unique Id,Tran Type,Cheque Number,Payee,Memo,Amount

2025/03/04,2025030401,EFTPOS,,"KAFFEE ROT","AUCKLAND",-12.50
2025/03/14,2025031401,D/C,,"KUNDE NORD","INV 1001",1234.56
2025/03/20,2025032001,A/P,,"HAUS WEST","RENT",-1000.00
"""),
    text("kiwibank-full", """
Account number,Effective Date,Transaction Date,Description,Transaction Code,Particulars,Code,Reference,Other Party Name,Other Party Account Number,Other Party Particulars,Other Party Code,Other Party Reference,Amount,Balance
38-9000-0000000-00,20-03-2025,20-03-2025,AP HAUS WEST,AP,,,,Haus West,,,,,-1000.00,722.06
38-9000-0000000-00,14-03-2025,14-03-2025,DC KUNDE NORD,DC,,,,Kunde Nord,,,,,1234.56,1722.06
38-9000-0000000-00,04-03-2025,04-03-2025,POS KAFFEE ROT,POS,,,,Kaffee Rot,,,,,-12.50,487.50
""", balances=True),
    text("hsbc-hk", """
Date,Description,Billing amount,Billing currency,Balance,Balance currency
20/03/2025,HAUS WEST,"-1,000.00",HKD,722.06,HKD
14/03/2025,KUNDE NORD,"1,234.56",HKD,"1,722.06",HKD
04/03/2025,KAFFEE ROT,-12.50,HKD,487.50,HKD
""", "HKD", balances=True),
    text("sparebank-no", """
Utført dato;Bokført dato;Rentedato;Beskrivelse;Type;Undertype;Fra konto;Avsender;Til konto;Mottakernavn;Beløp inn;Beløp ut;Valuta;Status;Melding
20.03.2025;20.03.2025;20.03.2025;Overføring;Betaling;;1234 56 78901;Iris Handel;9876 54 32109;Haus West;;-1000,00;NOK;Bokført;Husleie
14.03.2025;14.03.2025;14.03.2025;Giro;Innbetaling;;9876 54 32100;Kunde Nord;1234 56 78901;Iris Handel;1234,56;;NOK;Bokført;Faktura
04.03.2025;04.03.2025;04.03.2025;Visa;Kortkjøp;;1234 56 78901;Iris Handel;;Kaffee Rot;;-12,50;NOK;Bokført;
""", "NOK"),
    text("nordea-fi-tab", """
Tilinumero	FI2112345600000785

Kirjauspäivä	Arvopäivä	Maksupäivä	Määrä	Saaja/Maksaja	Tilinumero	BIC	Tapahtuma	Viite	Maksajan viite	Viesti	Kortinnumero	Kuitti	
04.03.2025	04.03.2025	04.03.2025	-12,50	Kaffee Rot			Korttiosto					
14.03.2025	14.03.2025	14.03.2025	+1234,56	Kunde Nord	DE93230707000621787100	DEUTDEHH	Pano	1009		Lasku 1001		
20.03.2025	20.03.2025	20.03.2025	-1000,00	Haus West	DE89370400440532013000	COBADEFF	Tilisiirto			Vuokra		
"""),
    text("lloyds-credit-card", """
Date,Date entered,Reference,Description,Amount,
20/03/2025,20/03/2025,12345678,HAUS WEST,1000.00,
14/03/2025,14/03/2025,12345679,PAYMENT RECEIVED - THANK YOU,-1234.56,
03/03/2025,04/03/2025,12345680,KAFFEE ROT,12.50,
""", named=False),
    text("miles-and-more-de", """
Kreditkarte;Miles & More Gold Kreditkarte;5310XXXXXXXX1234
Voucher Datum;Datum des Umsatzes;Beschreibung;Betrag;Währung;Fremdwährungsbetrag;Fremdwährung
20.03.2025;20.03.2025;Haus West;-1.000,00;EUR;;
14.03.2025;14.03.2025;Lastschrift;1.234,56;EUR;;
04.03.2025;03.03.2025;Kaffee Rot;-12,50;EUR;-13,60;USD
""", "EUR", named=False),
    text("umlauts-and-blank-lines-between", """
Buchungstag;Empfänger/Absender;Zweck;Betrag;W

20.03.2025;Haus West;Miete;-1 000,00;EUR

14.03.2025;Kunde Nord;RE 1001;+1 234,56;EUR

04.03.2025;Kaffee Rot;Frühstück;- 12,50;EUR
""", "EUR", encoding="latin-1"),
    text("debits-positive-in-one-column-with-balance", """
Date;Details;Amount;Balance
04.03.2025;Kaffee Rot;12,50;487,50
14.03.2025;Kunde Nord;-1234,56;1722,06
20.03.2025;Haus West;1000,00;722,06
""", balances=True, moved=moves()),
    text("shuffled-columns-unknown-headings", """
Zustand;Gegenueber;Wann;Kontostaende;Wieviel
ok;Kaffee Rot;04.03.2025;487,50;-12,50
ok;Kunde Nord;14.03.2025;1.722,06;1.234,56
ok;Haus West;20.03.2025;722,06;-1.000,00
""", balances=True),
    text("one-movement-only", """
Buchungstag;Empfänger;Verwendungszweck;Betrag;Währung
04.03.2025;Kaffee Rot;Frühstück;-12,50;EUR
""", "EUR", moved=moves("03-04 -12.50"), named=False),
    text("square-card-sales-long-decimals", """
date,text,amount,balance
2025-03-04,Kaffee Rot,-12.5000,487.5000
2025-03-14,Kunde Nord,1234.5600,1722.0600
2025-03-20,Haus West,-1000.0000,722.0600
""", balances=True),
)  # fmt: skip
