"""Small changes to a file, as storage, programs and people with bad intentions make them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

_NUMBERS = (b"0", b"-1", b"2147483647", b"4294967296", b"9" * 400, b"1e999", b"NaN", b"0001", b"9999")
_EDGES = (b"\x00", b"\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff", b"\x80\x00\x00\x00")


def mutated(data: bytes, random: Random) -> bytes:
    """The file after one to three changes."""
    for _ in range(random.randint(1, 3)):
        data = random.choice(_CHANGES)(data, random) or data
    return data


def _flip(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 4, 32))):
        changed[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(1, len(data) + 1)]


def _leave_out(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + data[at + random.choice((1, 16, 500)) :]


def _repeat(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    piece = data[at : at + random.choice((1, 20, 300))]
    return data[:at] + piece * random.choice((2, 50, 400)) + data[at:]


def _edge(data: bytes, random: Random) -> bytes:
    """A length or an offset that is at the edge of what it may be."""
    at, value = random.randrange(len(data)), random.choice(_EDGES)
    return data[:at] + value + data[at + len(value) :]


def _number(data: bytes, random: Random) -> bytes:
    """Another number for one that stands there in digits."""
    digits = [at for at in range(len(data)) if data[at : at + 1].isdigit()]
    if not digits:
        return data
    start = end = random.choice(digits)
    while data[end : end + 1].isdigit():
        end += 1
    return data[:start] + random.choice(_NUMBERS) + data[end:]


def _swap(data: bytes, random: Random) -> bytes:
    one, other = sorted((random.randrange(len(data)), random.randrange(len(data))))
    size = min(64, other - one)
    return (
        data[:one]
        + data[other : other + size]
        + data[one + size : other]
        + data[one : one + size]
        + data[other + size :]
    )


_CHANGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip,
    _flip,
    _cut,
    _leave_out,
    _repeat,
    _edge,
    _number,
    _swap,
)
