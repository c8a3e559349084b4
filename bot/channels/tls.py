"""TLS where something listens beyond this machine: by a certificate of ours, or by a proxy in front of us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext, SSLError

from cryptography.x509 import load_pem_x509_certificate

from bot.channels.channel import ChannelMisconfigured


@dataclass(frozen=True)
class Tls:
    """How what listens is protected: `certificate` and `key` are PEM files (the key may stand with the certificate),
    None for none. `proxy` is the address or network of a proxy that terminates TLS and passes on to us, "" for none."""

    certificate: Path | None = None
    key: Path | None = None
    proxy: str = ""

    def check(self, what: str, host: str) -> None:
        """Raises: ChannelMisconfigured, saying what to do, where `what` would be read on its way by others."""
        if self.certificate or self.proxy or is_loopback(host):
            return
        raise ChannelMisconfigured(
            f"{what} would listen on {host or 'all addresses'} without TLS, where others can read it on its way. Set "
            "BILLIFY_WEB_CERTIFICATE and BILLIFY_WEB_CERTIFICATE_KEY to the PEM files of a certificate, or "
            "BILLIFY_TRUSTED_PROXY to the address of the proxy in front that has one (such as 127.0.0.1)."
        )

    @property
    def host(self) -> str | None:
        """Where to listen for what a platform brings us: on all addresses (None) where it is protected, else only on
        this machine, where a tunnel or proxy may pass it on."""
        return None if self.certificate or self.proxy else "127.0.0.1"

    def context(self) -> SSLContext | None:
        """What to serve with; None where no certificate is set. Raises: ChannelMisconfigured where it is unreadable."""
        if self.certificate is None:
            return None
        made = SSLContext(PROTOCOL_TLS_SERVER)
        try:
            made.load_cert_chain(self.certificate, self.key)
        except (OSError, SSLError) as error:
            raise ChannelMisconfigured(
                f"The certificate cannot be read ({error}). BILLIFY_WEB_CERTIFICATE and BILLIFY_WEB_CERTIFICATE_KEY "
                "are the PEM files of the chain and of its key."
            ) from None
        return made


NO_TLS = Tls()


def valid_until(certificate: Path) -> datetime:
    """When the first certificate of a PEM file ends, aware UTC. Raises: ChannelMisconfigured where it is unreadable."""
    try:
        return load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc
    except (OSError, ValueError) as error:
        raise ChannelMisconfigured(f"The certificate {certificate} cannot be read ({error}).") from None


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is reached from this very machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
