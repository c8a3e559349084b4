"""Pictures in letters that the recogniser does not know are told of; what is read badly for other reasons is not."""

from __future__ import annotations

import pytest

from extraction.evidence import Page
from extraction.pipeline.unread_script import unread_script_notice
from tests.fakes.documents.drawn_pages import page_of

# As the recogniser reads a Greek and a Bulgarian invoice.
GREEK = """Tvnoypapeío Atyaíov E.II.E
TuoÀ6yio   Tlelémnç
Hpepojnvíœ   23 Maptíov 2026
Iloøórnta   IIeptypaeñ   Tiñ poDéñaç
Tono0érnon   325,00
2uDoÀukñ agía   3.804,32 €
IBAN   GR76 0897 305N GMUW I7IV 8RGS IWG
"""
BULGARIAN = """Mpwc Tsproswa OOA
nonysaren   AoctaB4WK
CpoK Ha nnauiahe   CromHocT
HamMehoBahwe Ha CTOKata
AaHb4ha OCHOBa   06uua cyMa
CyMa 3a nnauuahe   3 918,00 €
Bahkosa cMerka: BG28 INTF 2594 52FZ 65T7 5M
"""


@pytest.mark.parametrize(
    ("text", "confidence", "said"),
    [
        (GREEK, 0.3, "Greek"),
        (BULGARIAN, 0.3, "Cyrillic"),
        (GREEK, 0.9, ""),
        (GREEK.replace("GR76", "DE76"), 0.3, ""),
        ("IBAN GR76 0897 305N", 0.2, ""),
    ],
)
def test_a_picture_in_other_letters_is_told_of(text: str, confidence: float, said: str) -> None:
    notice = unread_script_notice([page_of(text, "ocr", confidence=confidence)])
    assert (said in notice) if said else not notice
    assert not said or "Send the PDF" in notice


def test_a_text_layer_has_its_letters() -> None:
    page: Page = page_of(GREEK)
    assert not unread_script_notice([page])
