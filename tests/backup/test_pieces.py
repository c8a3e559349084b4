"""What lies in a backup: sealed, only what is new, whole or not at all, and each harm to it is found and named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.backup.checking import faults
from storage.backup.repository import Repository, begun_at, new_id
from storage.backup.thinning import Keep, thin
from storage.backup.thinning import kept as still_kept
from storage.blobs.folder import Folder
from storage.errors import BackupDamaged, NoBackup
from storage.sealing.key_ring import KeyRing
from tests.fakes.kept.kept_ledger import BACKUP_KEY, DOCUMENT_KEY, NOW, Kept


def _cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-7])


def _change(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize("piece", ["ledger.bill.0", "ledger.person.0", "home", "documents", "document"])
@pytest.mark.parametrize(
    ("harm", "told"),
    [(_cut_off, "it was cut off or changed"), (_change, "it was changed"), (Path.unlink, "is missing")],
)
def test_each_harm_is_found_and_named(kept: Kept, piece: str, harm: Callable[[Path], None], told: str) -> None:
    manifest = kept.back_up()
    assert list(faults(kept.repository, manifest)) == []
    file = kept.folder / "backups" / manifest.id / piece
    if piece == "document":
        file = next(path for path in (kept.folder / "documents").rglob("*") if path.is_file())
    harm(file)

    (found,) = faults(kept.repository, manifest)

    assert told in found and (file.name in found)


def test_a_piece_cannot_stand_in_for_another(kept: Kept) -> None:
    first, second = kept.back_up(), kept.back_up(NOW + timedelta(days=1))
    folders = [kept.folder / "backups" / each.id for each in (first, second)]
    (folders[1] / "ledger.bill.0").write_bytes((folders[0] / "ledger.bill.0").read_bytes())
    assert "ledger.bill.0" in "".join(faults(kept.repository, second))


def test_no_key_and_no_content_lies_there_in_the_clear(kept: Kept) -> None:
    kept.back_up()
    for file in (path for path in kept.folder.rglob("*") if path.is_file()):
        data = file.read_bytes()
        for secret in (BACKUP_KEY, DOCUMENT_KEY, b"IBAN", b"Acme"):
            assert secret not in data and secret.hex().encode() not in data


def test_another_key_opens_nothing_and_the_text_says_which_is_missing(kept: Kept) -> None:
    made = kept.back_up()
    with pytest.raises(BackupDamaged, match="BILLIFY_BACKUP_KEY"):
        Repository(kept.place, KeyRing([bytes(32)])).manifest(made.id)


class Counting(Folder):
    """A folder that notes what is written, and breaks after so much."""

    def __init__(self, folder: Path, breaks_after: int | None = None) -> None:
        super().__init__(folder)
        self.written: list[str] = []
        self.breaks_after = breaks_after

    def write(self, name: str, data: bytes) -> None:
        if self.breaks_after is not None and len(self.written) >= self.breaks_after:
            raise OSError("the cable was pulled")
        super().write(name, data)
        self.written.append(name)


def test_only_new_documents_are_copied(kept: Kept) -> None:
    place = Counting(kept.folder)
    repository = Repository(place, KeyRing([BACKUP_KEY]))
    kept.back_up(repository=repository)
    assert sum(name.startswith("documents/") for name in place.written) == 2
    place.written.clear()
    new = kept.documents.keep(b"a third")

    made = kept.back_up(NOW + timedelta(days=1), repository)

    assert [name for name in place.written if name.startswith("documents/")] == [f"documents/{new[:2]}/{new}"]
    assert made.files == 3
    place.written.clear()
    kept.back_up(NOW + timedelta(days=2), repository, anew=True)
    assert sum(name.startswith("documents/") for name in place.written) == 3


def test_a_document_that_was_cut_off_in_the_backup_is_copied_again(kept: Kept) -> None:
    kept.back_up()
    _cut_off(next(path for path in (kept.folder / "documents").rglob("*") if path.is_file()))
    made = kept.back_up(NOW + timedelta(days=1))
    assert list(faults(kept.repository, made)) == []


def test_a_backup_that_breaks_off_anywhere_is_never_taken_for_a_whole_one(kept: Kept) -> None:
    whole = kept.back_up()
    pieces = len(list((kept.folder / "backups" / whole.id).iterdir()))
    for after in range(pieces):
        place = Counting(kept.folder, breaks_after=after)
        with pytest.raises(OSError, match="cable"):
            kept.back_up(NOW + timedelta(days=1), Repository(place, KeyRing([BACKUP_KEY])))
    assert kept.repository.whole() == [whole.id]
    broken = kept.repository.broken_off()
    assert len(broken) == pieces - 1  # the first one had written nothing
    with pytest.raises(NoBackup, match="no whole backup"):
        kept.repository.manifest(next(iter(broken)))

    thin(kept.repository, Keep(), max(broken.values()) + timedelta(days=2))

    assert kept.repository.broken_off() == {} and list(faults(kept.repository, whole)) == []


def test_a_damaged_original_is_left_out_and_said_and_the_rest_is_kept(kept: Kept) -> None:
    harmed = sorted(kept.documents.names())[0]
    _change(kept.folder.parent / "documents" / harmed[:2] / harmed)
    made = kept.back_up()
    assert made.files == 1 and [one.sha256 for one in made.left_out] == [harmed]
    assert "altered" in made.left_out[0].reason


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        (Keep(1, 0, 0), {"0331"}),
        (Keep(3, 0, 0), {"0331", "0330", "0329"}),
        (Keep(1, 2, 0), {"0331", "0330"}),  # 31 March 2025 is a Monday: the week before ended on the 30th
        (Keep(1, 0, 3), {"0331", "0228", "0131"}),
        (Keep(2, 3, 2), {"0331", "0330", "0323", "0228"}),
    ],
)
def test_old_backups_are_thinned(keep: Keep, expected: set[str]) -> None:
    days = [*(f"01{day:02}" for day in range(1, 32)), *(f"02{day:02}" for day in range(1, 29))]
    days += [f"03{day:02}" for day in range(1, 32)]
    backups = [f"2025{day}-030000-000000-ab12" for day in days]
    assert {backup[4:8] for backup in still_kept(backups, keep)} == expected


def test_thinning_forgets_documents_that_no_backup_has_any_more(kept: Kept) -> None:
    first = kept.back_up(NOW)
    gone, stays = sorted(kept.documents.names())
    (kept.folder.parent / "documents" / gone[:2] / gone).unlink()
    last = kept.back_up(NOW + timedelta(days=40))
    assert set(kept.repository.documents()) == {gone, stays}

    assert thin(kept.repository, Keep(1, 0, 0), NOW + timedelta(days=40)) == 1

    assert kept.repository.whole() == [last.id] != [first.id]
    assert set(kept.repository.documents()) == {stays}
    assert list(faults(kept.repository, last)) == []


def test_nothing_is_thinned_where_a_backup_cannot_be_opened(kept: Kept) -> None:
    kept.back_up(NOW)
    last = kept.back_up(NOW + timedelta(days=40))
    _change(kept.folder / "backups" / last.id / "manifest")
    with pytest.raises(BackupDamaged):
        thin(kept.repository, Keep(1, 0, 0), NOW + timedelta(days=40))
    assert len(kept.repository.whole()) == 2


@given(st.timedeltas(timedelta(0), timedelta(days=9999)), st.timedeltas(timedelta(microseconds=1), timedelta(days=99)))
def test_names_of_backups_sort_as_they_were_begun(since: timedelta, later: timedelta) -> None:
    """Also those of one second: the latest is kept, and the others are thinned out."""
    one, other = NOW + since, NOW + since + later
    assert begun_at(new_id(one, "ffff")) == one < begun_at(new_id(other, "0000")) == other
    assert new_id(one, "ffff") < new_id(other, "0000")
