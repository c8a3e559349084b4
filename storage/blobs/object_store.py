"""Bytes in an S3-compatible store, or another that fsspec knows, whose objects are there whole or not at all."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from storage.blobs.blob import Blob
from storage.errors import BadStore, StoreAway

log = logging.getLogger(__name__)

WHOLE = ("s3", "gs", "gcs", "az", "abfs")
"""Protocols of stores that take an object whole or not at all; over others (SFTP, WebDAV) half a file could be seen."""

PATIENCE_SECONDS = 20.0
"""For so long a store that is away is asked again before its caller hears of it; whoever serves a message waits on."""
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 4.0

T = TypeVar("T")


class ObjectStore:
    """Implements `Blobs` at s3://bucket/prefix. What follows a "?" are options of fsspec's file system, such as
    `?endpoint_url=https://minio.acme.com&profile=backup`; credentials are found as AWS's own tools find them."""

    def __init__(self, address: str, patience: float = PATIENCE_SECONDS) -> None:
        """Raises: BadStore."""
        parts = urlsplit(address)
        if parts.scheme not in WHOLE or not parts.netloc:
            raise BadStore(
                f"“{parts.scheme}://{parts.netloc}” is no store for documents. Write s3://bucket/folder, or the path "
                "of a folder."
            )
        self._protocol, self._bucket, self._patience = parts.scheme, parts.netloc, patience
        self._root = f"{parts.netloc}/{parts.path.strip('/')}".rstrip("/")
        self._files = _file_system(parts.scheme, dict(parse_qsl(parts.query)))

    def write(self, name: str, data: bytes) -> None:
        """See `Blobs`. Raises: StoreAway."""
        try:
            self._asked(lambda: self._files.pipe_file(self._path(name), data))
        except FileNotFoundError:
            raise self._no_bucket() from None

    def read(self, name: str) -> bytes:
        """See `Blobs`. Raises: StoreAway."""
        try:
            found: bytes = self._asked(lambda: self._files.cat_file(self._path(name)))
        except FileNotFoundError:
            self._expect_bucket()
            raise
        return found

    def exists(self, name: str) -> bool:
        """See `Blobs`. Raises: StoreAway."""
        return bool(self._asked(lambda: self._files.exists(self._path(name))))

    def remove(self, name: str) -> None:
        """See `Blobs`. Raises: StoreAway."""
        try:
            self._asked(lambda: self._files.rm_file(self._path(name)))
        except FileNotFoundError:
            return

    def each(self, prefix: str = "") -> Iterator[Blob]:
        """See `Blobs`. Raises: StoreAway."""
        try:
            found = self._asked(lambda: self._files.find(self._path(prefix.rstrip("/")), detail=True))
        except FileNotFoundError:
            found = {}
        if not found:
            self._expect_bucket()
        for path, details in found.items():
            changed = details.get("LastModified") or details.get("updated") or details.get("last_modified")
            yield Blob(path[len(self._root) + 1 :], details["size"], _aware(changed))

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root

    def _asked(self, ask: Callable[[], T]) -> T:
        """Its answer, however often it has to be asked within our patience."""
        until, pause = time.monotonic() + self._patience, FIRST_PAUSE
        while True:
            try:
                return ask()
            except FileNotFoundError:
                raise
            except Exception as error:  # of each library below in its own way: time-outs, refusals, 503
                if _is_forbidden(error):
                    raise self._away(f"it does not let us in ({error}); check the credentials") from None
                if time.monotonic() + pause > until:
                    raise self._away(str(error) or type(error).__name__) from error
                log.warning("%s://%s is away, asked again in %.1f s", self._protocol, self._bucket, pause)
            time.sleep(pause * random.uniform(0.7, 1.0))
            pause = min(pause * 2, LONGEST_PAUSE)

    def _expect_bucket(self) -> None:
        if not self._asked(lambda: self._files.exists(self._bucket)):
            raise self._no_bucket()

    def _no_bucket(self) -> StoreAway:
        return self._away(f"there is no bucket “{self._bucket}”; make it, or correct the address of the store")

    def _away(self, reason: str) -> StoreAway:
        return StoreAway(f"{self._protocol}://{self._bucket}", reason)


def _file_system(protocol: str, options: dict[str, str]) -> Any:
    """fsspec's, remembering nothing that another process may have changed."""
    try:
        import fsspec

        return fsspec.filesystem(protocol, use_listings_cache=False, skip_instance_cache=True, **options)
    except ImportError as error:
        raise BadStore(
            f"A store at {protocol}:// needs a package more ({error}). Install it with: pip install 'billify[s3]'"
        ) from None


def _is_forbidden(error: Exception) -> bool:
    """Whether asking again helps nobody, until somebody mends the credentials."""
    named = ("NoCredentialsError", "PartialCredentialsError", "ProfileNotFound")
    return isinstance(error, PermissionError) or type(error).__name__ in named


def _aware(moment: datetime | str | None) -> datetime:
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if moment is None:
        return datetime.now(UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
