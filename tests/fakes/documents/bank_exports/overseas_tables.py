"""CSV of banks in America, Asia, Africa and Australia."""

from __future__ import annotations

from tests.fakes.documents.bank_exports.export import text

OVERSEAS_TABLES = (
    text("chase-checking", """
Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #
DEBIT,03/20/2025,"HAUS WEST RENT PPD ID: 123",-1000.00,ACH_DEBIT,722.06,,
CREDIT,03/14/2025,"KUNDE NORD PAYMENT PPD ID: 456",1234.56,ACH_CREDIT,1722.06,,
DEBIT,03/04/2025,"KAFFEE ROT SEATTLE WA",-12.50,DEBIT_CARD,487.50,,
""", balances=True),
    text("bank-of-america", """
Description,,Summary Amt.
Beginning balance as of 03/01/2025,,"500.00"
Total credits,,"1,234.56"
Total debits,,"-1,012.50"
Ending balance as of 03/31/2025,,"722.06"

Date,Description,Amount,Running Bal.
03/01/2025,Beginning balance as of 03/01/2025,,"500.00"
03/04/2025,"KAFFEE ROT 03/03 PURCHASE","-12.50","487.50"
03/14/2025,"KUNDE NORD DES:PAYMENT","1,234.56","1,722.06"
03/20/2025,"HAUS WEST DES:RENT","-1,000.00","722.06"
""", balances=True),
    text("wells-fargo-headerless", """
"03/20/2025","-1000.00","*","","HAUS WEST RENT"
"03/14/2025","1234.56","*","","KUNDE NORD PAYMENT"
"03/04/2025","-12.50","*","","PURCHASE AUTHORIZED ON 03/03 KAFFEE ROT"
"""),
    text("us-bank", """
"Date","Transaction","Name","Memo","Amount"
"2025-03-20","DEBIT","HAUS WEST","Rent","-1000.00"
"2025-03-14","CREDIT","KUNDE NORD","Invoice 1001","1234.56"
"2025-03-04","DEBIT","KAFFEE ROT","","-12.50"
"""),
    text("mint-transaction-type", """
"Date","Description","Original Description","Amount","Transaction Type","Category","Account Name","Labels","Notes"
"3/20/2025","Haus West","HAUS WEST RENT","1000.00","debit","Rent","Checking","",""
"3/14/2025","Kunde Nord","KUNDE NORD PMT","1234.56","credit","Income","Checking","",""
"3/04/2025","Kaffee Rot","KAFFEE ROT","12.50","debit","Coffee","Checking","",""
"""),
    text("dollars-parentheses", """
Date,Description,Amount,Balance
3/4/2025,KAFFEE ROT,($12.50),$487.50
3/14/2025,KUNDE NORD,"$1,234.56","$1,722.06"
3/20/2025,HAUS WEST,"($1,000.00)",$722.06
""", balances=True),
    text("trailing-minus", """
Posting Date,Payee,Amount
03/04/2025,KAFFEE ROT,12.50-
03/14/2025,KUNDE NORD,"1,234.56"
03/20/2025,HAUS WEST,"1,000.00-"
"""),
    text("amount-cr-dr", """
Txn Date,Particulars,Amount
04-Mar-2025,KAFFEE ROT,12.50 DR
14-Mar-2025,KUNDE NORD,"1,234.56 CR"
20-Mar-2025,HAUS WEST,"1,000.00 DR"
"""),
    text("rbc-canada", """
"Account Type","Account Number","Transaction Date","Cheque Number","Description 1","Description 2","CAD$","USD$"
Chequing,00001-1234567,3/4/2025,,"KAFFEE ROT","IDP PURCHASE",-12.50,,
Chequing,00001-1234567,3/14/2025,,"KUNDE NORD","MISC PAYMENT",1234.56,,
Chequing,00001-1234567,3/20/2025,,"HAUS WEST","RENT",-1000.00,,
""", "CAD"),
    text("td-canada-headerless", """
03/04/2025,KAFFEE ROT,12.50,,487.50
03/14/2025,KUNDE NORD,,1234.56,1722.06
03/20/2025,HAUS WEST,1000.00,,722.06
""", balances=True),
    text("commbank-headerless", """
20/03/2025,"-1000.00","HAUS WEST RENT","+722.06"
14/03/2025,"+1234.56","KUNDE NORD","+1722.06"
04/03/2025,"-12.50","KAFFEE ROT SYDNEY","+487.50"
""", balances=True),
    text("westpac", """
Bank Account,Date,Narrative,Debit Amount,Credit Amount,Balance,Categories,Serial
032000123456,20/03/2025,HAUS WEST RENT,1000.00,,722.06,PAYMENT,
032000123456,14/03/2025,KUNDE NORD,,1234.56,1722.06,DEP,
032000123456,04/03/2025,KAFFEE ROT,12.50,,487.50,POS,
""", balances=True),
    text("fnb-south-africa", """
ACCOUNT TRANSACTION HISTORY

Name:, Iris, Handel
Account:, 62000000001, [FNB Business]
Balance:, 722.06, 722.06

Date, Amount, Balance, Description
2025/03/20,-1000.00, 722.06,HAUS WEST RENT
2025/03/14, 1234.56, 1722.06,KUNDE NORD
2025/03/04,-12.50, 487.50,KAFFEE ROT
""", balances=True),
    text("hdfc", """
  Date     ,Narration                                                                                                                ,Value Dat,Debit Amount       ,Credit Amount      ,Chq/Ref Number   ,Closing Balance
 04/03/25  ,UPI-KAFFEE ROT-KAFFEE@OKHDFC                                                                                             , 04/03/25 ,         12.50      ,          0.00      ,0000506312345678       ,        487.50
 14/03/25  ,NEFT CR-KUNDE NORD                                                                                                       , 14/03/25 ,          0.00      ,       1234.56      ,N073251234567890       ,       1722.06
 20/03/25  ,IMPS-HAUS WEST-RENT                                                                                                      , 20/03/25 ,       1000.00      ,          0.00      ,0000507912345678       ,        722.06
""", balances=True),
    text("sbi-tab", """
Account Name      :	Mrs. IRIS HANDEL
Account Number    :	_00000012345678901
Currency          :	INR
Balance as on 1 Mar 2025  :	1,23,456.50

Txn Date	Value Date	Description	Ref No./Cheque No.	        Debit	Credit	Balance
4 Mar 2025	4 Mar 2025	POS KAFFEE ROT	1	12.50	 	1,23,444.00
14 Mar 2025	14 Mar 2025	NEFT KUNDE NORD	2	 	1,234.56	1,24,678.56
20 Mar 2025	20 Mar 2025	TRANSFER HAUS WEST	3	1,000.00	 	1,23,678.56

**This is a computer generated statement and does not require a signature.
""", "INR"),
    text("kotak-two-dr-cr", """
Sl. No.,Date,Description,Chq / Ref number,Amount,Dr / Cr,Balance,Dr / Cr
1,04/03/2025,UPI/KAFFEE ROT,UPI-1,12.50,DR,487.50,CR
2,14/03/2025,NEFT KUNDE NORD,N-2,"1,234.56",CR,"1,722.06",CR
3,20/03/2025,HAUS WEST RENT,R-3,"1,000.00",DR,722.06,CR
Opening balance,,,,500.00
Closing balance,,,,722.06
""", balances=True),
    text("axis-lakhs", """
Tran Date,CHQNO,PARTICULARS,DR,CR,BAL,SOL
04-03-2025,,UPI/KAFFEE ROT,12.50,,487.50,123
14-03-2025,,NEFT/KUNDE NORD,,1234.56,1722.06,123
20-03-2025,,IMPS/HAUS WEST,1000.00,,722.06,123
""", balances=True),
    text("itau-headerless", """
04/03/2025;PIX TRANSF KAFFEE ROT;-12,50
14/03/2025;TED KUNDE NORD;1234,56
20/03/2025;BOLETO HAUS WEST;-1000,00
"""),
    text("nubank", """
Data,Valor,Identificador,Descrição
04/03/2025,-12.50,65a1b2c3-0001,Compra no débito - Kaffee Rot
14/03/2025,1234.56,65a1b2c3-0002,Transferência recebida pelo Pix - Kunde Nord
20/03/2025,-1000.00,65a1b2c3-0003,Pagamento de boleto efetuado - Haus West
"""),
    text("bradesco", """
Extrato de: Ag: 1234 | CC: 0012345-6 | Entre 01/03/2025 e 31/03/2025
Data;Histórico;Docto.;Crédito (R$);Débito (R$);Saldo (R$);
28/02/2025;SALDO ANTERIOR;;;;500,00;
04/03/2025;VISA ELECTRON KAFFEE ROT;1001;;12,50;487,50;
14/03/2025;TED RECEBIDA KUNDE NORD;1002;1.234,56;;1.722,06;
20/03/2025;PAGTO HAUS WEST;1003;;1.000,00;722,06;
;;Total;1.234,56;1.012,50;722,06;
""", "BRL", encoding="latin-1", balances=True),
    text("banco-do-brasil", """
"Data","Lançamento","Detalhes","N° documento","Valor","Tipo Lançamento"
"28/02/2025","Saldo Anterior","","","500,00",""
"04/03/2025","Compra com Cartão","Kaffee Rot","1","-12,50","Saída"
"14/03/2025","Pix - Recebido","Kunde Nord","2","1.234,56","Entrada"
"20/03/2025","Pagamento de Boleto","Haus West","3","-1.000,00","Saída"
"00/00/0000","Saldo do dia","","","722,06",""
"31/03/2025","S A L D O","","","722,06",""
""", encoding="latin-1", balances=True),
    text("dbs-singapore", """
Account Details For:,DBS Autosave Account 123-456789-0
Statement as at:,31 Mar 2025
Currency:,SGD

Transaction Date,Reference,Debit Amount,Credit Amount,Transaction Ref1,Transaction Ref2,Transaction Ref3
20 Mar 2025,ICT,1000.00, ,HAUS WEST,RENT,
14 Mar 2025,ICT, ,1234.56,KUNDE NORD,INV 1001,
04 Mar 2025,POS,12.50, ,KAFFEE ROT,,
""", "SGD"),
)  # fmt: skip
