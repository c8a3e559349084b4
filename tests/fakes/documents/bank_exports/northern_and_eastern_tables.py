"""CSV of banks in the Nordic countries, the Baltic, Poland, Czechia, Hungary and Romania."""

from __future__ import annotations

from tests.fakes.documents.bank_exports.export import moves, text

NBSP = "\N{NO-BREAK SPACE}"

NORTHERN_AND_EASTERN_TABLES = (
    text("nordea-se", """
Bokföringsdag;Belopp;Avsändare;Mottagare;Namn;Rubrik;Saldo;Valuta
2025/03/20;-1 000,00;1234 56 78901;;Haus West;Hyra;722,06;SEK
2025/03/14;1 234,56;;1234 56 78901;Kunde Nord;Faktura 1001;1 722,06;SEK
2025/03/04;-12,50;1234 56 78901;;Kaffee Rot;Kort;487,50;SEK
""", "SEK", encoding="utf-8-sig", balances=True),
    text("swedbank-se", """
* Transaktioner Period 2025-03-01 – 2025-03-31 Skapad 2025-03-31 10:11 CET
Radnummer,Clearingnummer,Kontonummer,Produkt,Valuta,Bokföringsdag,Transaktionsdag,Valutadag,Referens,Beskrivning,Belopp,Bokfört saldo
1,81059,123456789,"Företagskonto",SEK,2025-03-20,2025-03-20,2025-03-20,"Hyra","Haus West",-1000.00,722.06
2,81059,123456789,"Företagskonto",SEK,2025-03-14,2025-03-14,2025-03-14,"Faktura 1001","Kunde Nord",1234.56,1722.06
3,81059,123456789,"Företagskonto",SEK,2025-03-04,2025-03-04,2025-03-04,"Kort","Kaffee Rot",-12.50,487.50
""", "SEK", encoding="cp1252", balances=True),
    text("seb", """
Bokföringsdatum;Valutadatum;Verifikationsnummer;Text;Belopp;Saldo
2025-03-20;2025-03-20;5484950022;Haus West;-1.000,00;722,06
2025-03-14;2025-03-14;5484950021;Kunde Nord;1.234,56;1.722,06
2025-03-04;2025-03-04;5484950020;Kaffee Rot;-12,50;487,50
""", balances=True),
    text("dnb-no", """
"Dato";"Forklaring";"Rentedato";"Ut fra konto";"Inn på konto"
"20.03.2025";"Overføring Haus West";"20.03.2025";"1.000,00";""
"14.03.2025";"Giro Kunde Nord";"14.03.2025";"";"1.234,56"
"04.03.2025";"Varekjøp Kaffee Rot";"04.03.2025";"12,50";""
""", encoding="latin-1"),
    text("danske-bank", """
"Dato";"Tekst";"Beløb";"Saldo";"Status";"Afstemt"
"04.03.2025";"Kaffee Rot";"-12,50";"487,50";"Udført";"Nej"
"14.03.2025";"Kunde Nord";"1.234,56";"1.722,06";"Udført";"Nej"
"20.03.2025";"Haus West";"-1.000,00";"722,06";"Udført";"Nej"
"22.03.2025";"Blumen Gelb";"-5,00";"";"Venter";"Nej"
""", encoding="cp1252"),
    text("op-finland", """
"Kirjauspäivä";"Arvopäivä";"Määrä EUROA";"Laji";"Selitys";"Saaja/Maksaja";"Saajan tilinumero ja pankin BIC";"Viite";"Viesti";"Arkistointitunnus"
2025-03-04;2025-03-04;-12,50;162;PKORTTIMAKSU;Kaffee Rot;;ref=;Viesti: ostos;20250304/5UTA01
2025-03-14;2025-03-14;1234,56;710;TILISIIRTO;Kunde Nord;;ref=1009;Viesti: lasku 1001;20250314/5UTA02
2025-03-20;2025-03-20;-1000,00;106;TILISIIRTO;Haus West;DE89370400440532013000 COBADEFF;ref=;Viesti: vuokra;20250320/5UTA03
""", "EUR", encoding="latin-1"),
    text("lhv-ee", """
"Customer account no","Document no","Date","Sender/receiver account","Sender/receiver name","Sender bank code","","Debit/Credit (D/C)","Amount","Reference number","Archiving code","Description","Fee","Currency","Personal code or register code","Sender/receiver bank BIC"
"EE717700771001735865","1","2025-03-04","","Kaffee Rot","","","D","-12.50","","AAA1","(..1234) 2025-03-03","","EUR","",""
"EE717700771001735865","2","2025-03-14","DE93230707000621787100","Kunde Nord","","","C","1234.56","","AAA2","Arve 1001","","EUR","",""
"EE717700771001735865","3","2025-03-20","DE89370400440532013000","Haus West","","","D","-1000.00","","AAA3","Rent","","EUR","",""
""", "EUR"),
    text("swedbank-lt", """
"Sąskaitos Nr.","","Data","Gavėjas","Paaiškinimai","Suma","Valiuta","D/K","Įrašo Nr.","Kodas","Įmokos kodas","Dok. Nr."
"LT601010012345678901","10","2025-03-01","","Likutis pradžiai","500.00","EUR","K","","AS","",""
"LT601010012345678901","20","2025-03-04","Kaffee Rot","PIRKINYS 516793******6564 12.50 EUR (842326)","12.50","EUR","D","2025030400525747","K","",""
"LT601010012345678901","20","2025-03-14","Kunde Nord","Saskaita 15","1234.56","EUR","K","2025031400525748","MK","",""
"LT601010012345678901","20","2025-03-20","Haus West","Nuoma","1000.00","EUR","D","2025032000525749","MK","",""
"LT601010012345678901","82","2025-03-31","","Apyvarta","1012.50","EUR","D","","K2","",""
"LT601010012345678901","82","2025-03-31","","Apyvarta","1234.56","EUR","K","","K2","",""
"LT601010012345678901","86","2025-03-31","","likutis pabaigai","722.06","EUR","K","","LS","",""
""", "EUR", balances=True),
    text("mbank", """
mBank S.A. Bankowość Detaliczna;
Skrytka Pocztowa 2108;
#Klient;
IRIS HANDEL;

#Za okres:;
01.03.2025;31.03.2025;

#Rodzaj rachunku;#Waluta;#Numer rachunku;
eKonto;PLN;12 1140 2004 0000 3102 1234 5678;

#Podsumowanie obrotów na rachunku;#Liczba operacji;#Wartość operacji
Uznania;1;1 234,56;
Obciążenia;2;1 012,50;
Łącznie;3;222,06;

#Saldo początkowe;500,00 PLN;

#Data operacji;#Data księgowania;#Opis operacji;#Tytuł;#Nadawca/Odbiorca;#Numer konta;#Kwota;#Saldo po operacji;
2025-03-04;2025-03-04;ZAKUP PRZY UŻYCIU KARTY;"Kawa";"Kaffee Rot";'';-12,50;487,50;
2025-03-14;2025-03-14;PRZELEW PRZYCHODZĄCY;"FV 1001";"Kunde Nord";'61109010140000071219812874';1 234,56;1 722,06;
2025-03-20;2025-03-20;PRZELEW WYCHODZĄCY;"Czynsz";"Haus West";'27114020040000300201355387';-1 000,00;722,06;
;;;;;;#Saldo końcowe;722,06 PLN;
""", "PLN", encoding="cp1250", balances=True),
    text("pko-bp", """
"Data operacji","Data waluty","Typ transakcji","Kwota","Waluta","Saldo po transakcji","Opis transakcji","","","",""
"2025-03-20","2025-03-20","Przelew z rachunku","-1000.00","PLN","+722.06","Rachunek odbiorcy: 27 1140 2004 0000 3002 0135 5387","Nazwa odbiorcy: Haus West","Tytuł: Czynsz","",""
"2025-03-14","2025-03-14","Przelew na rachunek","+1234.56","PLN","+1722.06","Rachunek nadawcy: 61 1090 1014 0000 0712 1981 2874","Nazwa nadawcy: Kunde Nord","Tytuł: FV 1001","",""
"2025-03-04","2025-03-04","Płatność kartą","-12.50","PLN","+487.50","Tytuł: 000498849 74230784","Lokalizacja: Kaffee Rot","","",""
""", "PLN", encoding="cp1250", balances=True, named=False),
    text("ing-pl", """
"Lista transakcji";;;;"ING Bank Śląski S.A."
"Dokument nr 0001";;;;"31.03.2025"

"Data transakcji";"Data księgowania";"Dane kontrahenta";"Tytuł";"Nr rachunku";"Nazwa banku";"Szczegóły";"Nr transakcji";"Kwota transakcji (waluta rachunku)";"Waluta";"Kwota blokady/zwolnienie blokady";"Waluta";"Kwota płatności w walucie";"Waluta";"Konto";"Saldo po transakcji";"Waluta"
2025-03-20;2025-03-20;" Haus West ";" Czynsz ";'27114020040000300201355387 ';"mBank";"PRZELEW";'202500791234567891';-1000,00;PLN;;;;;"Konto";722,06;PLN
2025-03-14;2025-03-14;" Kunde Nord ";" FV 1001 ";'61109010140000071219812874 ';"Santander";"PRZELEW";'202500731234567892';1234,56;PLN;;;;;"Konto";1722,06;PLN
2025-03-04;2025-03-04;" Kaffee Rot ";" Płatność kartą ";'';;"TR.KART";'202500631234567893';-12,50;PLN;;;;;"Konto";487,50;PLN
"Dokument ma charakter informacyjny, nie stanowi dowodu księgowego";;;;
""", "PLN", encoding="cp1250", balances=True),
    text("fio", """
"accountId";"2000123456"
"bankId";"2010"
"currency";"CZK"
"iban";"CZ6508000000192000145399"
"openingBalance";"500,00"
"closingBalance";"722,06"
"dateStart";"01.03.2025"
"dateEnd";"31.03.2025"

"ID operace";"Datum";"Objem";"Měna";"Protiúčet";"Název protiúčtu";"Kód banky";"Název banky";"KS";"VS";"SS";"Poznámka";"Zpráva pro příjemce";"Typ";"Provedl";"Upřesnění";"BIC";"ID pokynu"
"26000000001";"04.03.2025";"-12,50";"CZK";"";"";"";"";"";"1234";"";"Nákup: Kaffee Rot";"";"Platba kartou";"Handel, Iris";"";"";"1"
"26000000002";"14.03.2025";"1234,56";"CZK";"2000999999";"Kunde Nord";"2010";"Fio banka";"0308";"1001";"";"Kunde Nord";"Faktura";"Bezhotovostní příjem";"";"";"";"2"
"26000000003";"20.03.2025";"-1000,00";"CZK";"2000888888";"Haus West";"2010";"Fio banka";"";"77";"";"Haus West";"Nájem";"Bezhotovostní platba";"Handel, Iris";"";"";"3"
""", "CZK", encoding="utf-8-sig"),
    text("csob-cz", f"""
Pohyby na účtu 123456789/0300

číslo účtu;datum zaúčtování;částka;měna;zůstatek;číslo účtu protistrany;kód banky protistrany;název účtu protistrany;konstantní symbol;variabilní symbol;specifický symbol;označení operace;id transakce;poznámka
123456789;20.03.2025;-1{NBSP}000,00;CZK;722,06;2000888888;2010;Haus West;;77;;Odchozí úhrada;3;Nájem
123456789;14.03.2025;1{NBSP}234,56;CZK;1{NBSP}722,06;2000999999;2010;Kunde Nord;308;1001;;Příchozí úhrada;2;Faktura
123456789;4.3.2025;-12,50;CZK;487,50;;;Kaffee Rot;;1234;;Transakce kartou;1;Káva
""", "CZK", encoding="cp1250", balances=True),
    text("airbank-cz-utf16", """
"Datum provedení";"Směr úhrady";"Typ úhrady";"Kategorie plateb";"Měna účtu";"Částka v měně účtu";"Poplatek v měně účtu";"Název protistrany";"Číslo účtu protistrany";"Zpráva pro mě"
"20/03/2025";"Odchozí";"Odchozí úhrada";"Bydlení";"CZK";"-1000,00";"0,00";"Haus West";"2000888888 / 2010";"Nájem"
"14/03/2025";"Příchozí";"Příchozí úhrada";"Příjem";"CZK";"1234,56";"0,00";"Kunde Nord";"2000999999 / 2010";"Faktura"
"04/03/2025";"Odchozí";"Platba kartou";"Jídlo";"CZK";"-12,50";"0,00";"Kaffee Rot";"";""
""", "CZK", encoding="utf-16"),
    text("otp-hu-headerless", """
"11773016123456780000000";"T";-13;"HUF";20250304;20250304;"";"487";"Kaffee Rot";"Vásárlás kártyával";"";"1"
"11773016123456780000000";"J";1235;"HUF";20250314;20250314;"117060000000000";"1722";"Kunde Nord";"Átutalás";"Számla 1001";"2"
"11773016123456780000000";"T";-1000;"HUF";20250320;20250320;"117080000000000";"722";"Haus West";"Átutalás";"Bérlet";"3"
""", "HUF", encoding="cp1250", moved=moves("03-04 -13, 03-14 1235, 03-20 -1000")),
    text("transilvania-ro", """
Extras de cont,,,,,,
Numar cont:,RO49AAAA1B31007593840000,,,,,
Perioada:,01-03-2025 - 31-03-2025,,,,,

Data tranzactie,Data valuta,Descriere,Referinta tranzactiei,Debit,Credit,Sold contabil
2025-03-20,2025-03-20,"Plata OP;Haus West",REF3,"-1,000.00",,722.06
2025-03-14,2025-03-14,"Incasare OP;Kunde Nord",REF2,,"1,234.56","1,722.06"
2025-03-04,2025-03-04,"Plata la POS;Kaffee Rot",REF1,-12.50,,487.50
""", balances=True),
)  # fmt: skip
