"""A network of its own for a process, joined to this machine by a cable that can be pulled."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.fakes.servers.programs import needed


class Network:
    """`host` is this machine's address on the cable; `within` are the words before a command that is to run there."""

    def __init__(self, ip: str) -> None:
        number = os.getpid() % 65_000
        self._ip, self._name, self._cable = ip, f"billify-{number}", f"billify{number}"
        self.host = f"10.231.{number % 250}.1"
        self.within = (ip, "netns", "exec", self._name)

    def cut(self) -> None:
        """Pulls the cable: nothing arrives at either end, and nobody is told."""
        self._call("link", "set", self._cable, "down")

    def mend(self) -> None:
        """Plugs it in."""
        self._call("link", "set", self._cable, "up")

    @contextmanager
    def made(self) -> Iterator[None]:
        """For as long as the block lasts."""
        there, far = f"{self.host[:-1]}2/24", f"{self._cable}x"
        self._call("netns", "add", self._name)
        try:
            self._call("link", "add", self._cable, "type", "veth", "peer", "name", far, "netns", self._name)
            self._call("addr", "add", f"{self.host}/24", "dev", self._cable)
            self._call("-n", self._name, "addr", "add", there, "dev", far)
            for where in (("-n", self._name, "link", "set", far), ("-n", self._name, "link", "set", "lo")):
                self._call(*where, "up")
            self.mend()
            yield
        finally:
            self._call("netns", "del", self._name)  # and the cable with it

    def _call(self, *arguments: str) -> None:
        subprocess.run([self._ip, *arguments], check=True, capture_output=True)


@contextmanager
def network() -> Iterator[Network]:
    """Skips where there is no `ip`."""
    found = Network(needed("ip", "iproute2", ["/sbin", "/usr/sbin"]))
    with found.made():
        yield found
