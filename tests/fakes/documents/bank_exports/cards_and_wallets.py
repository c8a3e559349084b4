"""Statements of credit cards, whose charges many print without a sign, and of payment services with fees."""

from __future__ import annotations

from tests.fakes.documents.bank_exports.export import moves, text

CARDS_AND_WALLETS = (
    text("chase-card", """
Transaction Date,Post Date,Description,Category,Type,Amount,Memo
03/20/2025,03/20/2025,HAUS WEST,Home,Sale,-1000.00,
03/13/2025,03/14/2025,Payment Thank You - Web,,Payment,1234.56,
03/03/2025,03/04/2025,KAFFEE ROT,Food & Drink,Sale,-12.50,
""", named=False),
    text("discover-card", """
Trans. Date,Post Date,Description,Amount,Category
03/03/2025,03/04/2025,"KAFFEE ROT SEATTLE WA",12.50,"Restaurants"
03/14/2025,03/14/2025,"INTERNET PAYMENT - THANK YOU",-1234.56,"Payments and Credits"
03/20/2025,03/20/2025,"HAUS WEST",1000.00,"Services"
""", named=False),
    text("amex-us", """
Date,Description,Card Member,Account #,Amount
03/20/2025,HAUS WEST,IRIS HANDEL,-01001,1000.00
03/14/2025,ONLINE PAYMENT - THANK YOU,IRIS HANDEL,-01001,-1234.56
03/04/2025,KAFFEE ROT,IRIS HANDEL,-01001,12.50
""", named=False),
    text("capital-one-card", """
Transaction Date,Posted Date,Card No.,Description,Category,Debit,Credit
2025-03-20,2025-03-20,1234,HAUS WEST,Home,1000.00,
2025-03-13,2025-03-14,1234,CAPITAL ONE MOBILE PYMT,Payment/Credit,,1234.56
2025-03-03,2025-03-04,1234,KAFFEE ROT,Dining,12.50,
""", named=False),
    text("citi-card", """
Status,Date,Description,Debit,Credit,Member Name
Cleared,03/20/2025,"HAUS WEST",1000.00,,IRIS HANDEL
Cleared,03/14/2025,"ONLINE PAYMENT, THANK YOU",,-1234.56,IRIS HANDEL
Cleared,03/04/2025,"KAFFEE ROT",12.50,,IRIS HANDEL
""", named=False),
    text("apple-card", """
Transaction Date,Clearing Date,Description,Merchant,Category,Type,Amount (USD),Purchased By
03/20/2025,03/20/2025,"HAUS WEST 1 MAIN ST","Haus West","Other","Purchase","1000.00","Iris Handel"
03/14/2025,03/14/2025,"ACH DEPOSIT INTERNET TRANSFER","Ach Deposit Internet Transfer","Payment","Payment","-1234.56","Iris Handel"
03/03/2025,03/04/2025,"KAFFEE ROT","Kaffee Rot","Restaurants","Purchase","12.50","Iris Handel"
""", "USD", named=False),
    text("nubank-card", """
date,title,amount
2025-03-20,Haus West,1000.00
2025-03-14,Pagamento recebido,-1234.56
2025-03-04,Kaffee Rot,12.50
""", named=False),
    text("paypal-de", """
"Datum","Uhrzeit","Zeitzone","Beschreibung","Währung","Brutto","Entgelt","Netto","Guthaben","Transaktionscode","Absender E-Mail-Adresse","Name","Name der Bank","Bankkonto","Versand- und Bearbeitungsgebühr","Umsatzsteuer","Rechnungsnummer","Zugehöriger Transaktionscode"
"04.03.2025","09:12:44","Europe/Berlin","Zahlung","EUR","-12,50","0,00","-12,50","487,50","9AB12","iris@example.com","Kaffee Rot","","","0,00","0,00","",""
"14.03.2025","11:02:01","Europe/Berlin","Website-Zahlung","EUR","1.270,00","-35,44","1.234,56","1.722,06","9AB13","kunde@example.com","Kunde Nord","","","0,00","0,00","RE-1001",""
"20.03.2025","08:00:00","Europe/Berlin","Zahlung","EUR","-1.000,00","0,00","-1.000,00","722,06","9AB14","iris@example.com","Haus West","","","0,00","0,00","",""
""", "EUR", encoding="utf-8-sig", balances=True),
    text("paypal-us", """
"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","To Email Address","Transaction ID","Shipping Address","Address Status","Item Title","Item ID","Shipping and Handling Amount","Insurance Amount","Sales Tax","Reference Txn ID","Invoice Number","Balance"
"03/04/2025","09:12:44","PST","Kaffee Rot","Express Checkout Payment","Completed","USD","-12.50","0.00","-12.50","iris@example.com","rot@example.com","1AA","","","Beans","","0.00","","0.00","","","487.50"
"03/14/2025","09:12:44","PST","Kunde Nord","Website Payment","Completed","USD","1,270.00","-35.44","1,234.56","kunde@example.com","iris@example.com","1AB","","","","","0.00","","0.00","","1001","1,722.06"
"03/20/2025","09:12:44","PST","Haus West","Mass Pay Payment","Completed","USD","-1,000.00","0.00","-1,000.00","iris@example.com","haus@example.com","1AC","","","","","0.00","","0.00","","","722.06"
""", "USD", balances=True),
    text("stripe-balance", """
id,Type,Source,Amount,Fee,Destination Platform Fee,Net,Currency,Created (UTC),Available On (UTC),Description,Customer Facing Amount,Customer Facing Currency,Transfer
txn_1,charge,ch_1,1270.00,35.44,,1234.56,eur,2025-03-14 10:11,2025-03-21 00:00,Kunde Nord,1270.00,eur,
txn_2,payout,po_1,-1000.00,0.00,,-1000.00,eur,2025-03-20 10:11,2025-03-21 00:00,STRIPE PAYOUT,,,
txn_3,stripe_fee,fee_1,-12.50,0.00,,-12.50,eur,2025-03-04 10:11,2025-03-04 00:00,Billing usage,,,
""", "EUR", named=False),
    text("wise", """
"TransferWise ID",Date,"Date Time",Amount,Currency,Description,"Payment Reference","Running Balance","Exchange From","Exchange To","Exchange Rate","Payer Name","Payee Name","Payee Account Number",Merchant,"Card Last Four Digits","Card Holder Full Name",Attachment,Note,"Total fees","Exchange To Amount"
TRANSFER-3,20-03-2025,"20-03-2025 10:11:12.123",-1000.00,EUR,"Sent money to Haus West",Rent,722.06,,,,,"Haus West",DE89370400440532013000,,,,,,1.20,
TRANSFER-2,14-03-2025,"14-03-2025 10:11:12.123",1234.56,EUR,"Received money from Kunde Nord with reference RE 1001","RE 1001",1722.06,,,,"Kunde Nord",,,,,,,,0.00,
CARD-1,04-03-2025,"04-03-2025 10:11:12.123",-12.50,EUR,"Card transaction of 12.50 EUR issued by Kaffee Rot",,487.50,,,,,,,"Kaffee Rot",1234,"Iris Handel",,,0.00,
""", "EUR", balances=True),
    text("revolut", """
Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
CARD_PAYMENT,Current,2025-03-03 10:11:12,2025-03-04 09:00:00,Kaffee Rot,-12.50,0.00,EUR,COMPLETED,487.50
TOPUP,Current,2025-03-14 10:11:12,2025-03-14 10:11:13,Payment from Kunde Nord,1234.56,0.00,EUR,COMPLETED,1722.06
TRANSFER,Current,2025-03-20 10:11:12,2025-03-20 10:11:13,To Haus West,-998.00,2.00,EUR,COMPLETED,722.06
CARD_PAYMENT,Current,2025-03-21 10:11:12,,Blumen Gelb,-5.00,0.00,EUR,PENDING,
CARD_PAYMENT,Current,2025-03-22 10:11:12,,Blumen Gelb,-7.00,0.00,EUR,REVERTED,
""", "EUR", balances=True),
    text("revolut-business", """
Date started (UTC),Date completed (UTC),ID,Type,State,Description,Reference,Payer,Card number,Card label,Card state,Orig currency,Orig amount,Payment currency,Amount,Total amount,Exchange rate,Fee,Fee currency,Balance,Account,Beneficiary account number,Beneficiary IBAN
2025-03-20,2025-03-20,id-3,TRANSFER,COMPLETED,To Haus West,Rent,Iris Handel,,,,EUR,999.80,EUR,-999.80,-1000.00,,0.20,EUR,722.06,Main,,DE89370400440532013000
2025-03-14,2025-03-14,id-2,TOPUP,COMPLETED,Money added from Kunde Nord,RE 1001,,,,,EUR,1234.56,EUR,1234.56,1234.56,,0.00,EUR,1722.06,Main,,
2025-03-03,2025-03-04,id-1,CARD_PAYMENT,COMPLETED,Kaffee Rot,,Iris Handel,4111,,,USD,13.60,EUR,-12.50,-12.50,1.088,0.00,EUR,487.50,Main,,
""", "EUR", balances=True),
    text("qonto", """
Settlement date (local),Operation date (local),Counterparty name,Amount,Currency,Payment method,Reference,Note,Initiator,Status,Transaction ID
20-03-2025 10:11:12,20-03-2025 10:11:12,Haus West,"-1000,00",EUR,transfer,Miete,,Iris Handel,settled,q-3
14-03-2025 10:11:12,14-03-2025 10:11:12,Kunde Nord,"1234,56",EUR,transfer,RE 1001,,,settled,q-2
04-03-2025 10:11:12,03-03-2025 10:11:12,Kaffee Rot,"-12,50",EUR,card,,,Iris Handel,settled,q-1
""", "EUR"),
    text("square-plus-fees", """
Date,Description,Gross Sales,Fees,Net Total
03/04/2025,Refund Kaffee Rot,-$12.50,$0.00,-$12.50
03/14/2025,Sale Kunde Nord,"$1,270.00",-$35.44,"$1,234.56"
03/20/2025,Transfer Haus West,"-$1,000.00",$0.00,"-$1,000.00"
"""),
    text("barclaycard-de-foreign", """
Buchungsdatum;Betrag;Beschreibung;Originalbetrag;Originalwährung;Status
20.03.2025;-1.000,00 €;Haus West;-1.000,00 €;EUR;Berechnet
14.03.2025;1.234,56 €;Kunde Nord;1.234,56 €;EUR;Berechnet
04.03.2025;-12,50 €;Kaffee Rot;-13,60 $;USD;Berechnet
""", "EUR", moved=moves()),
)  # fmt: skip
