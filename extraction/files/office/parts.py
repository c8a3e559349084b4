"""The parts of an Office document, which is a ZIP archive: those asked for, unpacked no further than is safe."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element
from zipfile import ZipFile, ZipInfo

from extraction.errors import Unreadable
from extraction.evidence import Problem
from extraction.limits import LARGEST_OFFICE, MOST_OFFICE_PARTS, OFFICE_TOO_LARGE
from extraction.standards.safe_xml import XML_TOO_LARGE, parse_untrusted_xml
from extraction.standards.zip_file import opened_zip, pieces_of, unzipped

BROKEN = Problem(
    "broken_office",
    "This Office document is damaged or incomplete. Please save it once more, or export it as PDF and send that.",
)


def parts_of(data: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The wanted parts by name, in the order of their names; what the archive says of their size is not believed.

    Raises: Unreadable when it is damaged, encrypted, or holds more than a document may.
    """
    found: dict[str, bytes] = {}
    room = LARGEST_OFFICE
    with opened_zip(data, BROKEN) as archive:
        for entry in sorted(_listed(archive), key=lambda entry: entry.filename):
            if wanted(entry.filename):
                found[entry.filename] = unzipped(archive, entry, room, OFFICE_TOO_LARGE, BROKEN)
                room -= len(found[entry.filename])
    return found


def check_size(data: bytes) -> None:
    """Looks through all parts without keeping them. Raises: Unreadable as `parts_of`."""
    room = LARGEST_OFFICE
    with opened_zip(data, BROKEN) as archive:
        for entry in _listed(archive):
            with archive.open(entry) as file:
                room -= sum(map(len, pieces_of(file, room, OFFICE_TOO_LARGE)))


def _listed(archive: ZipFile) -> list[ZipInfo]:
    listed = archive.infolist()
    if len(listed) > MOST_OFFICE_PARTS:
        raise Unreadable(OFFICE_TOO_LARGE)
    return listed


def tree_of(part: bytes) -> Element:
    """The root element of a part. Raises: Unreadable."""
    try:
        return parse_untrusted_xml(part)
    except Unreadable as error:
        raise Unreadable(OFFICE_TOO_LARGE if error.problem == XML_TOO_LARGE else BROKEN) from error
