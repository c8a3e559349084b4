"""What roles may do: "members may see balances", „Mitglieder dürfen nur eigene Rechnungen sehen“."""

from __future__ import annotations

from typing import Literal

from handlers.requests import GrantRight, ShowRights
from handlers.understand.readers.approval_rules import read_role
from handlers.understand.text.sentence import SlotMismatch
from handlers.understand.values.slots import RequestBuilder, Slots
from storage.models import Permission

_BILLS = "bill bills invoice invoices rechnung rechnungen beleg belege"
_BOOKS = "books period periods month months bucher monat monate periode"
_MAILS = "mail mails email emails"
_SEE = "see view read know ask show export sehen einsehen ansehen lesen wissen erfragen abfragen exportieren"
_CHANGE = "change edit correct andern korrigieren bearbeiten"

_ACTS: tuple[tuple[Permission, str, str], ...] = (
    (Permission.SEE_MAIL, _SEE, f"{_MAILS} mailprotokoll mail-protokoll"),
    (Permission.SEE_BOOKS, _SEE, "books bucher buchhaltung trial summen journal movements umsatze ledger"),
    (Permission.SEE_BALANCES, _SEE,
     "balance balances kontostand kontostande saldo salden forecast forecasts prognose prognosen guthaben"),
    (Permission.SEE_RESULTS, _SEE,
     "income profit profits revenue result results umsatz gewinn ergebnis einnahmen ertrage"),
    (Permission.SEE_SPENDING, _SEE,
     "spending expenses costs payments debts ausgaben kosten zahlungen schulden"),
    (Permission.SEE_BILLS, _SEE, f"{_BILLS} originals original originale documents dokumente"),
    (Permission.MAKE_PAYMENT_FILES, "make create write download machen erstellen erzeugen schreiben",
     "file files sepa zahlungsdatei zahlungsdateien"),
    (Permission.IMPORT_STATEMENTS, "import upload send match importieren einlesen hochladen schicken zuordnen",
     "statement statements kontoauszug kontoauszuge auszuge movements umsatze bewegungen"),
    (Permission.TRUST_ACCOUNTS, "trust confirm vertrauen bestatigen", "account accounts iban ibans konten konto"),
    (Permission.REOPEN_BOOKS, "reopen offnen wiederoffnen", _BOOKS),
    (Permission.CLOSE_BOOKS, "close schliessen abschliessen", _BOOKS),
    (Permission.KEEP_BOOKS, "keep fuhren pflegen", "books bucher"),
    (Permission.EDIT_DRAFTS, _CHANGE, "draft drafts entwurf entwurfe"),
    (Permission.SET_RULES, _CHANGE, "rules regeln freigaberegeln"),
    (Permission.DESCRIBE_COMPANY, _CHANGE, "profile profil firmenprofil company firma firmendaten"),
    (Permission.RULE_MAIL, "decide entscheiden", "whose wessen senders absender"),
    (Permission.DECIDE_MAIL, "decide entscheiden", _MAILS),
    (Permission.OPEN_ROOMS, _CHANGE, "shared gemeinsamen"),
    (Permission.RECORD_PAYMENTS,
     "pay record note mark book zahlen bezahlen eintragen buchen erfassen vermerken",
     "payment payments paid zahlung zahlungen bezahlt"),
    (Permission.RECORD_PAYMENTS, "pay bezahlen zahlen", _BILLS),
    (Permission.VOID_BILLS, "void delete remove aside stornieren loschen verwerfen aussortieren", _BILLS),
    (Permission.CORRECT_BILLS, _CHANGE, _BILLS),
    (Permission.CONFIRM_BILLS, "confirm book post bestatigen buchen verbuchen", _BILLS),
    (Permission.APPROVE_BILLS, "approve refuse freigeben genehmigen ablehnen", f"{_BILLS} payments zahlungen"),
    (Permission.SEND_DOCUMENTS, "send submit hand upload schicken senden einreichen hochladen",
     f"{_BILLS} documents document dokumente"),
)  # fmt: skip
"""What is meant by one of the verbs with one of the nouns; the first counts."""
_OWN = frozenset({"own", "eigene", "eigenen", "theirs"})
_ALL = frozenset({"all", "every", "alle", "jede", "everybody's", "others", "fremde"})
_DENIES = frozenset({"not", "no", "never", "nicht", "keine", "kein", "keinen", "cannot", "nie"})


def grant(slots: Slots) -> GrantRight:
    """ "members may see balances"; "not all" leaves them their own. Raises: SlotMismatch for what is no right."""
    said = frozenset(word.plain for word in slots.said.words)
    permission = next((one for one, verbs, nouns in _ACTS if said & {*verbs.split()} and said & {*nouns.split()}), None)
    own, denied = bool(said & _OWN), bool(said & _DENIES)
    if permission is None or (permission is Permission.APPROVE_BILLS and own):  # that is a rule for approvals
        raise SlotMismatch
    reach: Literal["any", "own", "none"] = "any"
    if denied:
        reach = "own" if said & _ALL else "none"
    elif own:
        reach = "own"
    return GrantRight(read_role(slots.get("role")), str(permission), reach)


def show(slots: Slots) -> ShowRights:
    """ "what may members do?"."""
    return ShowRights(read_role(slots.get("role")))


REQUEST_BUILDERS: dict[str, RequestBuilder] = {
    "grant_right": grant,
    "show_rights": show,
    "show_all_rights": lambda _: ShowRights(),
    "show_my_rights": lambda _: ShowRights(mine=True),
}
