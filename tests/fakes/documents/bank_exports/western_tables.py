"""CSV of banks in France, the Netherlands, Belgium, Spain, Italy, Portugal and the United Kingdom."""

from __future__ import annotations

from tests.fakes.documents.bank_exports.export import text

NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"

WESTERN_TABLES = (
    text("credit-agricole", f"""
Téléchargement du 31/03/2025;

Compte Courant carte n° 00012345678;
Solde au 31/03/2025 722,06 €

Liste des opérations du compte entre le 01/03/2025 et le 31/03/2025;

Date;Libellé;Débit euros;Crédit euros;
20/03/2025;"VIREMENT EMIS
HAUS WEST
LOYER MARS";1{NBSP}000,00;;
14/03/2025;"VIREMENT EN VOTRE FAVEUR
KUNDE NORD";;1{NBSP}234,56;
04/03/2025;"PAIEMENT PAR CARTE
KAFFEE ROT";12,50;;
""", "EUR", encoding="cp1252"),
    text("caisse-d-epargne", """
Code de la banque : 11315;Code de l'agence : 00001;Date de début de téléchargement : 01/03/2025;Date de fin de téléchargement : 31/03/2025;
Numéro de compte : 04123456789;Nom du compte : COMPTE COURANT;Devise : EUR;

Solde en fin de période;;;;722,06
Date;Numéro d'opération;Libellé;Débit;Crédit;Détail;
20/03/2025;0001AAA;VIR HAUS WEST;-1 000,00;;LOYER;
14/03/2025;0001AAB;VIR KUNDE NORD;;+1 234,56;FACT 1001;
04/03/2025;0001AAC;CB KAFFEE ROT;-12,50;;;
Solde en début de période;;;;500,00
""", "EUR", encoding="latin-1"),
    text("boursorama", f"""
dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance
2025-03-20;2025-03-20;"VIR Haus West";Loyer;Logement;haus west;-1{NARROW}000,00;;00040123456;BoursoBank;722.06
2025-03-14;2025-03-14;"VIR Kunde Nord";Virements;Revenus;kunde nord;1{NARROW}234,56;;00040123456;BoursoBank;722.06
2025-03-04;2025-03-04;"CARTE Kaffee Rot";Restaurants;Loisirs;kaffee rot;-12,50;;00040123456;BoursoBank;722.06
"""),
    text("societe-generale", """
="0123456789";01/03/2025;31/03/2025;3;31/03/2025;722,06 EUR

Date de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise
20/03/2025;VIR EMIS;HAUS WEST LOYER;-1000,00;EUR
14/03/2025;VIR RECU;DE: KUNDE NORD;1234,56;EUR
04/03/2025;CARTE X1234;KAFFEE ROT;-12,50;EUR
""", "EUR", encoding="latin-1"),
    text("cic", """
Date;Date de valeur;Débit;Crédit;Libellé;Solde
04/03/2025;04/03/2025;-12,50;;PAIEMENT CB KAFFEE ROT;487,50
14/03/2025;14/03/2025;;1234,56;VIR KUNDE NORD;1722,06
20/03/2025;20/03/2025;-1000,00;;PRLV HAUS WEST;722,06
""", encoding="latin-1", balances=True),
    text("banque-postale", """
Numéro Compte   :;1234567X020
Type         :;CCP
Compte tenu en  :;euros
Date            :;31/03/2025
Solde (EUROS)   :;722,06
Solde (FRANCS)  :;4736,40

Date;Libellé;Montant(EUROS);Montant(FRANCS)
20/03/2025;VIREMENT POUR HAUS WEST;-1000,00;-6559,57
14/03/2025;VIREMENT DE KUNDE NORD;1234,56;8098,18
04/03/2025;ACHAT CB KAFFEE ROT;-12,50;-81,99
""", "EUR", encoding="latin-1"),
    text("ing-nl", """
"Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Code";"Af Bij";"Bedrag (EUR)";"Mutatiesoort";"Mededelingen";"Saldo na mutatie";"Tag"
"20250320";"Haus West";"NL91ABNA0417164300";"DE89370400440532013000";"OV";"Af";"1000,00";"Overschrijving";"Huur";"722,06";""
"20250314";"Kunde Nord";"NL91ABNA0417164300";"DE93230707000621787100";"OV";"Bij";"1234,56";"Overschrijving";"Factuur 1001";"1722,06";""
"20250304";"Kaffee Rot";"NL91ABNA0417164300";"";"BA";"Af";"12,50";"Betaalautomaat";"Pasvolgnr: 001";"487,50";""
""", "EUR", balances=True),
    text("rabobank", """
"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn","Tegenrekening IBAN/BBAN","Naam tegenpartij","Naam uiteindelijke partij","Naam initiërende partij","BIC tegenpartij","Code","Batch ID","Transactiereferentie","Machtigingskenmerk","Incassant ID","Betalingskenmerk","Omschrijving-1","Omschrijving-2","Omschrijving-3","Reden retour","Oorspr bedrag","Oorspr munt","Koers"
"NL44RABO0123456789","EUR","RABONL2U","000000000000000001","2025-03-04","2025-03-04","-12,50","+487,50","","Kaffee Rot","","","","ba","","","","","","Betaalautomaat"," ","","","","",""
"NL44RABO0123456789","EUR","RABONL2U","000000000000000002","2025-03-14","2025-03-14","+1234,56","+1722,06","DE93230707000621787100","Kunde Nord","","","","cb","","","","","","Factuur 1001","","","","","",""
"NL44RABO0123456789","EUR","RABONL2U","000000000000000003","2025-03-20","2025-03-20","-1000,00","+722,06","DE89370400440532013000","Haus West","","","","tb","","","","","","Huur","","","","","",""
""", "EUR", encoding="cp1252", balances=True),
    text("abn-amro-tab-headerless", """
417164300	EUR	20250304	500,00	487,50	20250304	-12,50	BEA, Betaalpas Kaffee Rot
417164300	EUR	20250314	487,50	1722,06	20250314	1234,56	/TRTP/SEPA OVERBOEKING/NAME/Kunde Nord/REMI/Factuur 1001
417164300	EUR	20250320	1722,06	722,06	20250320	-1000,00	/TRTP/SEPA OVERBOEKING/NAME/Haus West/REMI/Huur
""", "EUR"),
    text("asn-headerless", """
04-03-2025,NL91ABNA0417164300,,Kaffee Rot,,,,EUR,500.00,EUR,-12.50,04-03-2025,04-03-2025,8810,BEA,1,,'Betaalautomaat',1
14-03-2025,NL91ABNA0417164300,DE93230707000621787100,Kunde Nord,,,,EUR,487.50,EUR,1234.56,14-03-2025,14-03-2025,8811,OVB,2,,'Factuur 1001',1
20-03-2025,NL91ABNA0417164300,DE89370400440532013000,Haus West,,,,EUR,1722.06,EUR,-1000.00,20-03-2025,20-03-2025,8812,OVB,3,,'Huur',1
""", "EUR"),
    text("knab", """
KNAB EXPORT;;;;;;;;;;;;;;
Rekeningnummer;Transactiedatum;Valutacode;CreditDebet;Bedrag;Tegenrekeningnummer;Tegenrekeninghouder;Valutadatum;Betaalwijze;Omschrijving;Type betaling;Machtigingsnummer;Incassant ID;Adres;Referentie
NL91ABNA0417164300;20-03-2025;EUR;D;1000,00;DE89370400440532013000;Haus West;20-03-2025;Overboeking;Huur;;;;;A1
NL91ABNA0417164300;14-03-2025;EUR;C;1234,56;DE93230707000621787100;Kunde Nord;14-03-2025;Overboeking;Factuur 1001;;;;;A2
NL91ABNA0417164300;04-03-2025;EUR;D;12,50;;Kaffee Rot;04-03-2025;Betaalautomaat;;;;;;A3
""", "EUR"),
    text("kbc-be", """
Rekeningnummer;Rubrieknaam;Naam;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;Saldo;credit;debet;rekeningnummer tegenpartij;BIC tegenpartij;Naam tegenpartij;Adres tegenpartij;gestructureerde mededeling;Vrije mededeling
BE68539007547034;;IRIS HANDEL;EUR;02025003;20/03/2025;OVERSCHRIJVING;20/03/2025;-1000,00;722,06;;-1000,00;DE89370400440532013000;COBADEFF;Haus West;;;Huur
BE68539007547034;;IRIS HANDEL;EUR;02025002;14/03/2025;OVERSCHRIJVING;14/03/2025;1234,56;1722,06;1234,56;;DE93230707000621787100;DEUTDEHH;Kunde Nord;;;Factuur
BE68539007547034;;IRIS HANDEL;EUR;02025001;04/03/2025;BETALING;04/03/2025;-12,50;487,50;;-12,50;;;Kaffee Rot;;;
""", "EUR", balances=True),
    text("caixabank-es", """
Concepto;Fecha;Importe;Saldo
TRANSF. HAUS WEST;20/03/2025;-1.000,00EUR;722,06EUR
TRANSFER. KUNDE NORD;14/03/2025;1.234,56EUR;1.722,06EUR
COMPRA KAFFEE ROT;04/03/2025;-12,50EUR;487,50EUR
""", "EUR", encoding="latin-1", balances=True),
    text("sabadell-es-headerless", """
04/03/2025|COMPRA TARJ. KAFFEE ROT|04/03/2025|-12.50|487.50|5402|
14/03/2025|TRANSFERENCIA KUNDE NORD|14/03/2025|1234.56|1722.06||RE 1001
20/03/2025|TRANSFERENCIA A HAUS WEST|20/03/2025|-1000.00|722.06||
""", balances=True),
    text("unicredit-it", """
Data Registrazione;Data valuta;Descrizione;Importo (EUR);
20.03.2025;20.03.2025;BONIFICO A HAUS WEST;-1.000,00;
14.03.2025;14.03.2025;BONIFICO DA KUNDE NORD;1.234,56;
04.03.2025;04.03.2025;PAGAMENTO KAFFEE ROT;-12,50;
""", "EUR"),
    text("poste-italiane", """
Data Contabile;Data Valuta;Addebiti (euro);Accrediti (euro);Descrizione operazioni
20/03/2025;20/03/2025;1.000,00;;POSTAGIRO A HAUS WEST
14/03/2025;14/03/2025;;1.234,56;BONIFICO KUNDE NORD
04/03/2025;04/03/2025;12,50;;PAGAMENTO POS KAFFEE ROT
""", "EUR"),
    text("caixa-geral-pt", """
Consultar saldos e movimentos à ordem - 31-03-2025

Conta ;0123456789000 - EUR - Conta Extracto
Data de início ;01-03-2025
Data de fim ;31-03-2025

Data mov. ;Data valor ;Descrição ;Débito ;Crédito ;Saldo contabilístico ;Saldo disponível ;Categoria ;
20-03-2025;20-03-2025;TRF HAUS WEST;1.000,00;;722,06;722,06;Casa ;
14-03-2025;14-03-2025;TRF KUNDE NORD;;1.234,56;1.722,06;1.722,06;Outros ;
04-03-2025;04-03-2025;COMPRA KAFFEE ROT;12,50;;487,50;487,50;Lazer ;
 ; ; ; ;Saldo contabilístico ;722,06 ;EUR ;
""", "EUR", encoding="latin-1", balances=True),
    text("barclays-uk", """
Number,Date,Account,Amount,Subcategory,Memo
	 ,20/03/2025,20-00-00 12345678,-1000.00,Direct Debit,"HAUS WEST 	 RENT"
	 ,14/03/2025,20-00-00 12345678,1234.56,Counter Credit,"KUNDE NORD 	 INV 1001"
	 ,04/03/2025,20-00-00 12345678,-12.50,Card Purchase,"KAFFEE ROT 	 ON 03 MAR"
"""),
    text("hsbc-uk-headerless", """
20/03/2025,HAUS WEST RENT DD,"-1,000.00"
14/03/2025,KUNDE NORD CR,"1,234.56"
04/03/2025,KAFFEE ROT VIS,-12.50
"""),
    text("lloyds", """
Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance
20/03/2025,SO,'30-00-00,12345678,HAUS WEST,1000.00,,722.06
14/03/2025,FPI,'30-00-00,12345678,KUNDE NORD,,1234.56,1722.06
04/03/2025,DEB,'30-00-00,12345678,KAFFEE ROT,12.50,,487.50
""", balances=True),
    text("nationwide", """
"Account Name:","FlexAccount ****12345"
"Account Balance:","£722.06"
"Available Balance: ","£722.06"

"Date","Transaction type","Description","Paid out","Paid in","Balance"
"04 Mar 2025","Visa purchase","KAFFEE ROT","£12.50","","£487.50"
"14 Mar 2025","Bank credit","KUNDE NORD","","£1,234.56","£1,722.06"
"20 Mar 2025","Standing order","HAUS WEST","£1,000.00","","£722.06"
""", "GBP", encoding="latin-1", balances=True),
    text("natwest", """
Date, Type, Description, Value, Balance, Account Name, Account Number

20/03/2025,S/O,"'HAUS WEST",-1000.00,722.06,"'HANDEL I","'600000-12345678",
14/03/2025,BAC,"'KUNDE NORD , INV 1001",1234.56,1722.06,"'HANDEL I","'600000-12345678",
04/03/2025,POS,"'3847 04MAR25 , KAFFEE ROT",-12.50,487.50,"'HANDEL I","'600000-12345678",
""", balances=True),
    text("starling", """
Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes
04/03/2025,Kaffee Rot,,CONTACTLESS,-12.50,487.50,EATING_OUT,
14/03/2025,Kunde Nord,INV 1001,FASTER PAYMENT,1234.56,1722.06,INCOME,
20/03/2025,Haus West,Rent,STANDING ORDER,-1000.00,722.06,HOME,
""", "GBP", balances=True),
    text("monzo", """
Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In
tx_0001,04/03/2025,10:11:12,Card payment,Kaffee Rot,,Eating out,-12.50,GBP,-15.10,EUR,,,,KAFFEE ROT,,-12.50,
tx_0002,14/03/2025,10:11:12,Faster payment,Kunde Nord,,Income,1234.56,GBP,1234.56,GBP,INV 1001,,,INV 1001,,,1234.56
tx_0003,20/03/2025,10:11:12,Faster payment,Haus West,,Bills,-1000.00,GBP,-1000.00,GBP,Rent,,,Rent,,-1000.00,
""", "GBP"),
)  # fmt: skip
