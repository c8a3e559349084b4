"""CSV of banks in Germany, Austria and Switzerland."""

from __future__ import annotations

from tests.fakes.documents.bank_exports.export import moves, text

GERMAN_TABLES = (
    text("sparkasse-camt-v2", """
"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";"Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"
"DE02120300000000202051";"21.03.25";"21.03.25";"KARTENZAHLUNG";"Einkauf";"";"";"";"";"";"";"Blumen Gelb";"";"";"-5,00";"EUR";"Umsatz vorgemerkt"
"DE02120300000000202051";"20.03.25";"20.03.25";"DAUERAUFTRAG";"Miete";"";"";"";"";"";"";"Haus West";"DE89370400440532013000";"COBADEFFXXX";"-1.000,00";"EUR";"Umsatz gebucht"
"DE02120300000000202051";"14.03.25";"14.03.25";"GUTSCHR. UEBERWEISUNG";"RE 1001";"";"";"";"";"";"";"Kunde Nord";"DE93230707000621787100";"DEUTDEHH222";"1.234,56";"EUR";"Umsatz gebucht"
"DE02120300000000202051";"04.03.25";"04.03.25";"KARTENZAHLUNG";"Bäckerei";"";"";"";"";"";"";"Kaffee Rot";"";"";"-12,50";"EUR";"Umsatz gebucht"
""", "EUR", encoding="latin-1"),
    text("volksbank", """
Bezeichnung Auftragskonto;IBAN Auftragskonto;BIC Auftragskonto;Bankname Auftragskonto;Buchungstag;Valutadatum;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;BIC (SWIFT-Code) Zahlungsbeteiligter;Buchungstext;Verwendungszweck;Betrag;Waehrung;Saldo nach Buchung;Bemerkung;Kategorie;Steuerrelevant;Glaeubiger ID;Mandatsreferenz
Kontokorrent;DE02120300000000202051;GENODEF1XXX;Volksbank;20.03.2025;20.03.2025;Haus West;DE89370400440532013000;COBADEFFXXX;Dauerauftrag;Miete;-1000,00;EUR;722,06;;;;;
Kontokorrent;DE02120300000000202051;GENODEF1XXX;Volksbank;14.03.2025;14.03.2025;Kunde Nord;DE93230707000621787100;DEUTDEHH222;Überweisung;RE 1001;1234,56;EUR;1722,06;;;;;
Kontokorrent;DE02120300000000202051;GENODEF1XXX;Volksbank;04.03.2025;04.03.2025;Kaffee Rot;;;Kartenzahlung;Frühstück;-12,50;EUR;487,50;;;;;
""", "EUR", balances=True),
    text("volksbank-old-s-h", """
Volksbank Nord eG

Umsatzanzeige

"BLZ:";"12030000";;"Datum:";"31.03.2025"
"Konto:";"202051";;"Uhrzeit:";"10:11:12"
"Abfrage von:";"Iris Handel";;"Kontoinhaber:";"Iris Handel"
"Zeitraum:";"01.03.2025 - 31.03.2025"

"Buchungstag";"Valuta";"Auftraggeber/Zahlungsempfänger";"Empfänger/Zahlungspflichtiger";"Konto-Nr.";"IBAN";"BLZ";"BIC";"Vorgang/Verwendungszweck";"Kundenreferenz";"Währung";"Umsatz";" "
"20.03.2025";"20.03.2025";"Iris Handel";"Haus West";;"DE89370400440532013000";;"COBADEFFXXX";"Dauerauftrag
Miete";;"EUR";"1.000,00";"S"
"14.03.2025";"14.03.2025";"Iris Handel";"Kunde Nord";;"DE93230707000621787100";;"DEUTDEHH222";"Gutschrift
RE 1001";;"EUR";"1.234,56";"H"
"04.03.2025";"04.03.2025";"Iris Handel";"Kaffee Rot";;;;;"Kartenzahlung";;"EUR";"12,50";"S"

"01.03.2025";;;;;;;;;"Anfangssaldo";"EUR";"500,00";"H"
"31.03.2025";;;;;;;;;"Endsaldo";"EUR";"722,06";"H"
""", "EUR", encoding="cp1252", balances=True),
    text("dkb-old", """
"Kontonummer:";"DE02120300000000202051 / Girokonto";

"Von:";"01.03.2025";
"Bis:";"31.03.2025";
"Kontostand vom 31.03.2025:";"722,06 EUR";

"Buchungstag";"Wertstellung";"Buchungstext";"Auftraggeber / Begünstigter";"Verwendungszweck";"Kontonummer";"BLZ";"Betrag (EUR)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz";
"20.03.2025";"20.03.2025";"Dauerauftrag";"Haus West";"Miete";"DE89370400440532013000";"COBADEFFXXX";"-1.000,00";"";"";"";
"14.03.2025";"14.03.2025";"Gutschrift";"Kunde Nord";"RE 1001";"DE93230707000621787100";"DEUTDEHH222";"1.234,56";"";"";"";
"04.03.2025";"04.03.2025";"Kartenzahlung";"Kaffee Rot";"Frühstück";"";"";"-12,50";"";"";"";
""", "EUR", encoding="latin-1"),
    text("dkb", """
"Girokonto";"DE02120300000000202051"
"Kontostand vom 31.03.2025:";"722,06 €"
""
"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz"
"20.03.25";"20.03.25";"Gebucht";"Iris Handel";"Haus West";"Miete";"Ausgang";"DE89370400440532013000";"-1.000,00";"";"";""
"14.03.25";"14.03.25";"Gebucht";"Kunde Nord";"Iris Handel";"RE 1001";"Eingang";"DE93230707000621787100";"1.234,56";"";"";""
"04.03.25";"04.03.25";"Gebucht";"Iris Handel";"Kaffee Rot";"Frühstück";"Ausgang";"";"-12,50";"";"";""
""", "EUR"),
    text("ing-de", """
Umsatzanzeige;Datei erstellt am: 31.03.2025 10:11

IBAN;DE02 1203 0000 0000 2020 51
Kontoname;Girokonto
Bank;ING
Kunde;Iris Handel
Zeitraum;01.03.2025 - 31.03.2025
Saldo;722,06;EUR

Sortierung;Datum absteigend

In der CSV-Datei finden Sie alle bereits gebuchten Umsätze.

Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung
20.03.2025;20.03.2025;Haus West;Dauerauftrag/Terminueberweisung;Miete;722,06;EUR;-1.000,00;EUR
14.03.2025;14.03.2025;Kunde Nord;Gutschrift;RE 1001;1.722,06;EUR;1.234,56;EUR
04.03.2025;04.03.2025;Kaffee Rot;Lastschrift;Frühstück;487,50;EUR;-12,50;EUR
""", "EUR", encoding="latin-1", balances=True),
    text("commerzbank", """
Buchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;IBAN Kontoinhaber;Kategorie
20.03.2025;20.03.2025;Überweisung;Haus West Miete;-1000,00;EUR;DE02120300000000202051;Wohnen
14.03.2025;14.03.2025;Gutschrift;Kunde Nord RE 1001;1234,56;EUR;DE02120300000000202051;Umsatz
04.03.2025;04.03.2025;Lastschrift;Kaffee Rot;-12,50;EUR;DE02120300000000202051;Essen
""", "EUR", encoding="utf-8-sig"),
    text("deutsche-bank", """
Umsätze Girokonto;;;Kundennummer: 100 2020510
01.03.2025 - 31.03.2025
Alter Kontostand;;;;500,00;EUR
Vorgemerkte und noch nicht gebuchte Umsätze sind nicht Bestandteil dieser Übersicht.
Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN;BIC;Kundenreferenz;Mandatsreferenz;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;Anzahl der Schecks;Soll;Haben;Währung
04.03.2025;04.03.2025;Kartenzahlung;Kaffee Rot;Frühstück;;;;;;;;;;;-12,50;;EUR
14.03.2025;14.03.2025;SEPA-Gutschrift von;Kunde Nord;RE 1001;DE93230707000621787100;DEUTDEHH222;;;;;;;;;;1.234,56;EUR
20.03.2025;20.03.2025;SEPA-Dauerauftrag an;Haus West;Miete;DE89370400440532013000;COBADEFFXXX;;;;;;;;;-1.000,00;;EUR
Kontostand;31.03.2025;;;722,06;EUR
""", "EUR", encoding="cp1252"),
    text("comdirect", """
;
"Umsätze Girokonto";"Zeitraum: 01.03.2025 - 31.03.2025";
"Neuer Kontostand";"722,06 EUR";

"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";
"offen";"--";"Kartenzahlung";" Buchungstext: Blumen Gelb";"-5,00";
"20.03.2025";"20.03.2025";"Übertrag / Überweisung";"Empfänger: Haus West Buchungstext: Miete";"-1.000,00";
"14.03.2025";"14.03.2025";"Übertrag / Überweisung";"Auftraggeber: Kunde Nord Buchungstext: RE 1001";"1.234,56";
"04.03.2025";"04.03.2025";"Lastschrift";"Auftraggeber: Kaffee Rot";"-12,50";

"Alter Kontostand";"500,00 EUR";
""", "EUR", encoding="latin-1"),
    text("n26", """
"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Account Name","Amount (EUR)","Original Amount","Original Currency","Exchange Rate"
2025-03-04,2025-03-04,"Kaffee Rot",,Presentment,,"Main Account",-12.50,13.60,USD,1.088
2025-03-14,2025-03-14,"Kunde Nord",DE93230707000621787100,"Credit Transfer","RE 1001","Main Account",1234.56,,,
2025-03-20,2025-03-20,"Haus West",DE89370400440532013000,"Debit Transfer","Miete","Main Account",-1000.00,,,
""", "EUR"),
    text("hypovereinsbank-utf16", """
Kontonummer;Buchungsdatum;Valuta;Empfaenger 1;Empfaenger 2;Verwendungszweck;Betrag;Waehrung
202051;20.03.2025;20.03.2025;Haus West;;Miete;-1.000,00;EUR
202051;14.03.2025;14.03.2025;Kunde Nord;;RE 1001;1.234,56;EUR
202051;04.03.2025;04.03.2025;Kaffee Rot;;Frühstück;-12,50;EUR
""", "EUR", encoding="utf-16"),
    text("cp850-umlauts", """
Buchungstag;Empfänger;Verwendungszweck;Soll/Haben;Betrag
04.03.2025;Kaffee Rot;Frühstück für zwei;Soll;12,50
14.03.2025;Kunde Nord;Überweisung;Haben;1234,56
20.03.2025;Haus West;Miete März;Soll;1000,00
""", encoding="cp850"),
    text("elba-headerless", """
04.03.2025;"Kaffee Rot Zahlungsreferenz: 4711";04.03.2025;-12,50;EUR;04.03.2025 10:11:12:123
14.03.2025;"Kunde Nord Zahlungsreferenz: RE 1001";14.03.2025;1.234,56;EUR;14.03.2025 10:11:12:123
20.03.2025;"Haus West Zahlungsreferenz: Miete";20.03.2025;-1.000,00;EUR;20.03.2025 10:11:12:123
""", "EUR", encoding="utf-8-sig"),
    text("bawag-headerless", """
AT611904300234573201;Kaffee Rot MC/000000001;04.03.2025;04.03.2025;-12,50;EUR
AT611904300234573201;Kunde Nord FE/000000002;14.03.2025;14.03.2025;+1.234,56;EUR
AT611904300234573201;Haus West OG/000000003;20.03.2025;20.03.2025;-1.000,00;EUR
""", "EUR", encoding="latin-1"),
    text("postfinance", """
Datum von:;2025-03-01
Datum bis:;2025-03-31
Buchungsart:;Alle Buchungen
Konto:;CH9300762011623852957
Währung:;CHF

Buchungsdatum;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Valuta;Saldo in CHF
20.03.2025;LASTSCHRIFT Haus West;;-1000.00;20.03.2025;722.06
14.03.2025;GUTSCHRIFT Kunde Nord;1234.56;;14.03.2025;
04.03.2025;KAUF/DIENSTLEISTUNG Kaffee Rot;;-12.50;04.03.2025;487.50

Disclaimer:
Dies ist kein durch PostFinance AG erstelltes Dokument.
""", "CHF", encoding="latin-1"),
    text("ubs", """
Kontonummer:;0230 00123456.01
IBAN:;CH93 0076 2011 6238 5295 7
Von:;2025-03-01
Bis:;2025-03-31
Anfangssaldo:;500.00
Schlusssaldo:;722.06
Bewertet in:;CHF
Anzahl Transaktionen in diesem Zeitraum:;3

Abschlussdatum;Abschlusszeit;Buchungsdatum;Valutadatum;Währung;Belastung;Gutschrift;Einzelbetrag;Saldo;Transaktions-Nr.;Beschreibung1;Beschreibung2;Beschreibung3;Fussnoten;
2025-03-20;;2025-03-20;2025-03-20;CHF;-1000.00;;;722.06;9979079TI1;"Haus West;8000 Zuerich";"Dauerauftrag";"Miete";;
2025-03-14;;2025-03-14;2025-03-14;CHF;;1234.56;;1722.06;9979073TI2;"Kunde Nord";"Gutschrift";"RE 1001";;
2025-03-04;10:11:12;2025-03-04;2025-03-04;CHF;-12.50;;;487.50;9979063TI3;"Kaffee Rot";"Debitkarte";"";;
""", "CHF", encoding="utf-8-sig", balances=True),
    text("zkb-with-details", """
"Datum";"Buchungstext";"Whg";"Betrag Detail";"ZKB-Referenz";"Referenznummer";"Belastung CHF";"Gutschrift CHF";"Valuta";"Saldo CHF"
"20.03.2025";"Belastungen eBanking (2)";"";"";"L200325";"";"1'000.00";"";"20.03.2025";"722.06"
"";"Haus West";"CHF";"900.00";"";"";"";"";"";""
"";"Garten West";"CHF";"100.00";"";"";"";"";"";""
"14.03.2025";"Gutschrift: Kunde Nord";"";"";"Z140325";"";"";"1'234.56";"14.03.2025";"1722.06"
"04.03.2025";"Einkauf: Kaffee Rot";"";"";"V040325";"";"12.50";"";"04.03.2025";"487.50"
""", "CHF", balances=True, named=False, left_out=2),
    text("raiffeisen-ch", """
IBAN;Booked At;Text;Credit/Debit Amount;Balance;Valuta Date
CH9300762011623852957;2025-03-04 00:00:00.0;Kaffee Rot;-12.5;487.5;2025-03-04 00:00:00.0
CH9300762011623852957;2025-03-14 00:00:00.0;Gutschrift Kunde Nord;1234.56;1722.06;2025-03-14 00:00:00.0
CH9300762011623852957;2025-03-20 00:00:00.0;Dauerauftrag Haus West;-1000;722.06;2025-03-20 00:00:00.0
""", encoding="cp1252", balances=True),
    text("amex-de", """
Datum,Beschreibung,Karteninhaber,Konto #,Betrag
20/03/2025,HAUS WEST,IRIS HANDEL,-41001,"1.000,00"
14/03/2025,ZAHLUNG ERHALTEN. BESTEN DANK.,IRIS HANDEL,-41001,"-1.234,56"
04/03/2025,KAFFEE ROT,IRIS HANDEL,-41001,"12,50"
""", named=False, moved=moves()),
)  # fmt: skip
