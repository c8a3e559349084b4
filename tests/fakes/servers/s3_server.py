"""An S3-compatible store over HTTP: moto's server, in a process of its own that can be stopped and started again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from tests.fakes.servers.ports import free_port

BUCKET = "billify"


class S3Server:
    """One that runs on a port of its own; what it keeps is gone when it stops, unless it is only held up."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def address(self, folder: str) -> str:
        """Of a folder in its bucket, as a setting says it."""
        return f"s3://{BUCKET}/{folder}?endpoint_url={self.url}"

    def start(self) -> None:
        """Starts it, with an empty bucket, and waits until it answers."""
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while True:
            try:
                request = urllib.request.Request(f"{self.url}/{BUCKET}", method="PUT", headers=_SIGNED)
                urllib.request.urlopen(request, timeout=5).close()
                return
            except (urllib.error.URLError, ConnectionError):
                assert time.monotonic() < until, "the store does not start"
                time.sleep(0.1)

    def stop(self) -> None:
        """Ends it. Harmless to repeat."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


_SIGNED = {"Authorization": "AWS4-HMAC-SHA256 Credential=test/20250321/us-east-1/s3/aws4_request"}


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """A store that runs until the end of the block, with credentials for it in the environment."""
    server = S3Server()
    before = {name: os.environ.get(name) for name in _CREDENTIALS}
    os.environ.update(_CREDENTIALS)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


_CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
