"""What payment codes in the form of an address (RFC 3986) share: bank://singlepaymentsepa?iban=…, upi://pay?pa=…"""

from __future__ import annotations

from urllib.parse import parse_qsl

_MOST_FIELDS = 40


def query_of(data: bytes, scheme: str, path: str) -> dict[str, str] | None:
    """The values of such an address by their names in lower case, the first of each; None for any other.

    They are Unicode, or Windows-1252 where that is what some program wrote.
    """
    text = data.decode("latin-1").strip()
    head, mark, _ = text.partition("?")
    if not mark or head.rstrip("/").lower() != f"{scheme}://{path}":
        return None
    for encoding in ("utf-8", "windows-1252"):
        try:
            raw = data.decode(encoding).strip().partition("?")[2]
            pairs = parse_qsl(
                raw, keep_blank_values=True, encoding=encoding, errors="strict", max_num_fields=_MOST_FIELDS
            )
        except ValueError:  # also of letters in another encoding
            continue
        return {name.lower(): value.strip() for name, value in reversed(pairs)}
    return None
