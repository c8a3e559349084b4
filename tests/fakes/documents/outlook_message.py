"""A .msg file as Outlook writes it (MS-OXMSG), in an OLE file (MS-CFB)."""

from __future__ import annotations

from dataclasses import dataclass, field
from struct import pack

_SECTOR, _SMALL = 512, 4096
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


@dataclass
class _Entry:
    """A storage (with entries) or a stream (with data) of an OLE file."""

    name: str
    data: bytes | None = None
    inside: list[_Entry] = field(default_factory=list)


def outlook_message(
    subject: str,
    text: str = "",
    html: str = "",
    files: dict[str, bytes] | None = None,
    shown: tuple[str, ...] = (),
    depth: int = 0,
) -> bytes:
    """A message with these files; those named in `shown` have a content id, as pictures of its text do. They lie in as
    many messages within each other as `depth` says."""
    root = _message(subject, text, html, files, shown)
    for _ in range(depth):
        root.name = "__substg1.0_3701000D"
        outer = _message(subject, text, html, {}, ())
        outer.inside.append(_Entry("__attach_version1.0_#00000000", inside=[*_property_streams({}, bytes(8)), root]))
        root = outer
    return _ole(root)


def _message(subject: str, text: str, html: str, files: dict[str, bytes] | None, shown: tuple[str, ...]) -> _Entry:
    streams = {"0037001F": subject.encode("utf-16-le"), "1000001F": text.encode("utf-16-le")}
    streams |= {"10130102": html.encode()} if html else {}
    root = _Entry("Root Entry", inside=_property_streams(streams, bytes(32)))
    for n, (name, data) in enumerate((files or {}).items()):
        own = {"3707001F": name.encode("utf-16-le"), "37010102": data}
        own |= {"3712001F": "picture@example.com".encode("utf-16-le")} if name in shown else {}
        root.inside.append(_Entry(f"__attach_version1.0_#{n:08X}", inside=_property_streams(own, bytes(8))))
    return root


def _property_streams(streams: dict[str, bytes], head: bytes) -> list[_Entry]:
    """Each property's own stream, and the stream that lists them (MS-OXMSG 2.4)."""
    listed = head
    for tag, data in streams.items():
        listed += pack("<HHIII", int(tag[4:], 16), int(tag[:4], 16), 6, len(data) + 2 * tag.endswith("1F"), 0)
    listed += pack("<HHIII", 3, 0x3705, 6, 1, 0)  # attached by value
    entries = [_Entry(f"__substg1.0_{tag}", data) for tag, data in streams.items()]
    return [_Entry("__properties_version1.0", listed), *entries]


def _ole(root: _Entry) -> bytes:
    """The file: header, then the sectors of streams, the directory and the FAT (MS-CFB 2)."""
    sectors, fat = bytearray(), []
    small, small_fat = bytearray(), []
    records: list[bytes] = []

    def chain(data: bytes) -> int:
        return _chain(data, sectors, fat, _SECTOR)

    def add(entry: _Entry, right: int, kind: int) -> int:
        """The entry's number; siblings form a chain to the right, which readers of trees take."""
        number = len(records)
        records.append(b"")
        child = _NONE
        for inner in reversed(entry.inside):
            child = add(inner, child, 1 if inner.data is None else 2)
        data = entry.data or b""
        if kind == 5:  # all streams are in place by now
            data = bytes(small)
        start = chain(data) if kind == 5 or len(data) >= _SMALL else _chain(data, small, small_fat, 64)
        name = entry.name.encode("utf-16-le") + b"\0\0"
        records[number] = (
            name.ljust(64, b"\0")
            + pack("<HBBIII", len(name), kind, 1, _NONE, right, child)
            + bytes(16 + 4 + 8 + 8)
            + pack("<IQ", start if data else _END, len(data))
        )
        return number

    add(root, _NONE, 5)
    while len(records) % 4:
        records.append(bytes(68) + pack("<III", _NONE, _NONE, _NONE) + bytes(48))
    directory = chain(b"".join(records))
    small_table = chain(b"".join(pack("<I", at) for at in small_fat).ljust(-len(small_fat) // 128 * -512, b"\xff"))
    count = 1
    while count * 128 < len(fat) + count:
        count += 1
    places = [*range(len(fat), len(fat) + count)] + [_FREE] * (109 - count)
    fat += [_FAT] * count
    table = b"".join(pack("<I", value) for value in fat).ljust(count * _SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += pack("<IIIIIIIII", 0, count, directory, 0, _SMALL, small_table, -(-len(small_fat) // 128), _END, 0)
    return head + b"".join(pack("<I", at) for at in places) + bytes(sectors) + table


def _chain(data: bytes, sectors: bytearray, fat: list[int], size: int) -> int:
    """Appends the data in sectors of this size; where it begins."""
    if not data:
        return _END
    begin, count = len(fat), -(-len(data) // size)
    sectors += data.ljust(count * size, b"\0")
    fat += [*range(begin + 1, begin + count), _END]
    return begin
