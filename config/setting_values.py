"""What a setting may be, where that is more than a type: each refusal completes “… is “x”, which …”."""

from __future__ import annotations

import ipaddress
import json
import re
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import iso4217
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

_DATABASES = ("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")
_KEYWORD = re.compile(r"[!#-$&'+-\[^-z|}~]*")
"""RFC 9051, flag-keyword."""


def _currency(code: str) -> str:
    try:
        decimals = iso4217.Currency(code).exponent
    except ValueError:
        decimals = None
    if decimals is None:
        raise ValueError("is no currency of ISO 4217 that money is paid in, such as EUR")
    return code


def _time_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key if name else ""
    except (ValueError, KeyError, OSError):  # a path, an unknown name, a folder of names
        raise ValueError("is no time zone, such as Europe/Berlin") from None


def _web_address(url: str) -> str:
    if url and not re.fullmatch(r"https?://[^\s/]+\S*", url):
        raise ValueError("is no address of the web, such as https://billify.acme.com")
    return url


def _database(url: SecretStr) -> SecretStr:
    if (text := url.get_secret_value()) and not text.startswith(_DATABASES):
        raise ValueError("is no database that Billify knows, such as postgresql://user:password@host/name")
    return url


def _store(address: str) -> str:
    if "://" in address and not re.fullmatch(r"(s3|gs|gcs|az|abfs)://[^/\s]+\S*", address):
        raise ValueError("is no place for files, such as s3://bucket/folder or the path of a folder")
    return address


def _keyword(text: str) -> str:
    if not _KEYWORD.fullmatch(text):
        raise ValueError("has signs that a keyword of IMAP may not have, such as blanks")
    return text


def _listed(value: Any) -> Any:
    """A list as JSON, or plainly with commas."""
    if not isinstance(value, str):
        return value
    if not value.startswith("["):
        return [each.strip() for each in value.split(",") if each.strip()]
    try:
        return json.loads(value)
    except ValueError:
        raise ValueError("is no list: write the values with commas between them") from None


def _network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text))
    except ValueError:
        raise ValueError("is no network, such as 10.1.0.0/16") from None


def _level(name: Any) -> Any:
    return name.upper() if isinstance(name, str) else name


Port = Annotated[int, Field(ge=0, le=65535)]
Currency = Annotated[str, AfterValidator(_currency)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
DatabaseAddress = Annotated[SecretStr, AfterValidator(_database)]
StoreAddress = Annotated[str, AfterValidator(_store)]
ImapKeyword = Annotated[str, AfterValidator(_keyword)]
Listed = Annotated[list[str], NoDecode, BeforeValidator(_listed)]
Networks = Annotated[list[Annotated[str, AfterValidator(_network)]], NoDecode, BeforeValidator(_listed)]
InCapitals = BeforeValidator(_level)
InLowerCase = BeforeValidator(lambda said: said.lower() if isinstance(said, str) else said)


def with_our_driver(url: str) -> str:
    """The URL with the driver that we ship, for the plain spellings that hosts hand out."""
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url
