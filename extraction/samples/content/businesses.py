"""The fictional companies of the samples. Their accounts are examples that banks publish, or made like those."""

from __future__ import annotations

from schwifty import IBAN

from extraction.samples.content.bill import Account, Business


def _account(country: str, bank_code: str, account_code: str) -> Account:
    iban = IBAN.generate(country, bank_code=bank_code, account_code=account_code)
    return Account(str(iban), str(iban.bic))


ACME = Business(
    name="Acme GmbH",
    address=("Hafenstraße 12", "20457 Hamburg", "Germany"),
    vat_id="DE997130043",
    register="HRB 991204, Amtsgericht Hamburg",
    phone="+49 40 5550 1200",
    mail="billing@acme.example",
    web="www.acme.example",
    tagline="Industrial design & prototyping",
    emblem="hexagon",
    colour="#b3261e",
    account=_account("DE", "37040044", "532013000"),
)

HOLZMANN = Business(
    name="Schreinerei Holzmann & Söhne GmbH",
    address=("Mühlgasse 7", "79098 Freiburg im Breisgau"),
    tax_name="MwSt.",
    vat_id="DE998827118",
    register="HRB 990417, Amtsgericht Freiburg",
    phone="0761 555 0147",
    mail="post@holzmann.example",
    web="www.holzmann.example",
    tagline="Möbel nach Maß seit 1924",
    emblem="peak",
    colour="#5b3a1e",
    account=_account("DE", "50010517", "5407324942"),
)

HARROW = Business(
    name="Harrow & Finch Ltd",
    address=("14 Tannery Row", "Bristol BS1 6XB", "United Kingdom"),
    vat_id="GB999992113",
    register="Registered in England and Wales no. 09998877",
    phone="+44 117 496 0144",
    mail="accounts@harrowfinch.example",
    web="harrowfinch.example",
    tagline="Print · Signage · Exhibition",
    emblem="wave",
    colour="#0f4c5c",
    account=_account("GB", "NWBK601613", "31926819"),
)

BEAUMONT = Business(
    name="Atelier Beaumont SARL",
    address=("8, rue des Tanneurs", "69005 Lyon"),
    tax_name="TVA",
    vat_id="FR89999876543",
    register="SARL au capital de 15 000 € – RCS Lyon 999 876 543",
    phone="04 99 55 01 72",
    mail="compta@atelier-beaumont.example",
    web="atelier-beaumont.example",
    tagline="Traiteur & réceptions",
    emblem="sun",
    colour="#7a2e4d",
    account=_account("FR", "2004101005", "0500013M026"),
)

CASCADE = Business(
    name="Cascade Cloud Services, Inc.",
    address=("2200 Alder Avenue, Suite 410", "Seattle, WA 98121", "United States"),
    tax_name="Sales tax",
    phone="+1 (206) 555-0148",
    mail="billing@cascadecloud.example",
    web="cascadecloud.example",
    emblem="ring",
    colour="#4b3bd1",
    payment=("ACH routing 125000998", "Account 000 4417 8820"),
)

VERMEER = Business(
    name="Van der Meer Logistiek B.V.",
    address=("Waalhavenweg 88", "3089 JH Rotterdam"),
    tax_name="btw",
    vat_id="NL998765430B01",
    register="KvK 99887766",
    phone="010 555 01 88",
    mail="administratie@vdmeer.example",
    web="www.vdmeer.example",
    tagline="Transport · Opslag · Douane",
    emblem="blocks",
    colour="#d9560b",
    account=_account("NL", "ABNA", "417164300"),
)

CORRIB = Business(
    name="Corrib Power Ltd",
    address=("Lough Atalia Road", "Galway H91 X2C4", "Ireland"),
    vat_id="IE9998877W",
    register="Registered in Ireland no. 998877",
    phone="1800 555 014",
    mail="care@corribpower.example",
    web="corribpower.example",
    tagline="Electricity for business",
    emblem="bolt",
    colour="#157a4a",
    account=_account("IE", "AIBK931152", "12345678"),
)

SOWA = Business(
    name="Złota Sowa Sp. z o.o.",
    address=("ul. Młynarska 21", "09-400 Płock"),
    tax_name="VAT",
    vat_id="PL9998765414",
    register="KRS 0000998877",
    phone="+48 24 555 01 33",
    mail="biuro@zlotasowa.example",
    web="zlotasowa.example",
    emblem="leaf",
    colour="#8a6d00",
    account=_account("PL", "10901014", "0000071219812874"),
)

AOI = Business(
    name="Aoi Design K.K.",
    address=("4-12-9 Jingumae, Shibuya-ku", "Tokyo 150-0001", "Japan"),
    tax_name="Consumption tax",
    vat_id="T6999801234567",
    vat_label="Registration no.",
    phone="+81 3 5550 0126",
    mail="keiri@aoi.example",
    web="aoi.example",
    emblem="sun",
    colour="#12355b",
    payment=("Minato Example Bank, Shibuya branch (214)", "Ordinary account 4417882"),
)

BUEROWELT = Business(
    name="Bürowelt Nord GmbH",
    address=("Lagerstraße 3", "28195 Bremen"),
    tax_name="MwSt.",
    vat_id="DE995603185",
    register="HRB 992771, Amtsgericht Bremen",
    phone="0421 555 0110",
    mail="auftrag@buerowelt.example",
    web="www.buerowelt.example",
    emblem="blocks",
    colour="#00629b",
)

COPPER_POT = Business(
    name="The Copper Pot",
    address=("318 Harbor Street", "Portland, ME 04101", "(207) 555-0163"),
    tax_name="Tax",
)

KORB = Business(
    name="Grüner Korb Markt",
    address=("Kastanienallee 44", "10435 Berlin", "Tel. 030 555 0199"),
    tax_name="MwSt",
    vat_id="DE992144770",
)

NORDWERK = Business(
    name="Nordwerk Baustoffe",
    address=("Werftstraße 9", "18057 Rostock", "Tel. 0381 555 0144"),
    tax_name="MwSt",
    vat_id="DE993188465",
)

STUDIO_BERLIN = Business("Lindenhof Studio GmbH", ("Torstraße 61", "10119 Berlin", "Germany"))
STUDIO_BRISTOL = Business("Lindenhof Studio Ltd", ("3 Queen Charlotte Street", "Bristol BS1 4HQ"))
STUDIO_PARIS = Business("Lindenhof Studio SAS", ("27, rue Oberkampf", "75011 Paris"))
STUDIO_SEATTLE = Business("Lindenhof Studio Inc.", ("1411 Pike Street", "Seattle, WA 98101"))
STUDIO_AMSTERDAM = Business("Lindenhof Studio B.V.", ("Prinsengracht 402", "1016 JC Amsterdam"))
STUDIO_DUBLIN = Business("Lindenhof Studio (Ireland) Ltd", ("9 Fenian Street", "Dublin D02 K7X4"))
STUDIO_WARSAW = Business("Lindenhof Studio Sp. z o.o.", ("ul. Chmielna 73", "00-801 Warszawa"))
STUDIO_TOKYO = Business("Lindenhof Studio K.K.", ("2-8-1 Ebisu, Shibuya-ku", "Tokyo 150-0013"))
