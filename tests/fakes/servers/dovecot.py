"""A real Dovecot, started by a test with a configuration of its own: IMAP and LMTP on free ports, any user name."""

from __future__ import annotations

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.servers.ports import free_port
from tests.fakes.servers.programs import needed

PASSWORD = "sesame"

_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
protocols = imap lmtp
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {login_user}
last_valid_uid = 0
mail_location = maildir:~/Maildir
recipient_delimiter = +
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/homes/%n allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
service anvil {{
  chroot =
}}
{settings}
"""


class Dovecot:
    """The server, with a mailbox for whoever asks. It can be stopped and started again, as real ones are."""

    host = "127.0.0.1"

    def __init__(self, program: str, folder: Path, settings: str = "") -> None:
        self._program = program
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.imap_port = free_port()
        self.lmtp_port = free_port()
        root = os.geteuid() == 0
        user = "nobody" if root else getpass.getuser()
        group = grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name
        (folder / "homes").mkdir()
        if root:
            folder.chmod(0o755)
            shutil.chown(folder / "homes", user, group)
        (folder / "dovecot.conf").write_text(
            _CONFIGURATION.format(
                folder=folder,
                user=user,
                group=group,
                login_user="daemon" if root else user,
                password=PASSWORD,
                imap_port=self.imap_port,
                lmtp_port=self.lmtp_port,
                settings=settings,
            )
        )

    def url(self, user: str, folder: str = "INBOX") -> str:
        """The mailbox of a user, as `BILLIFY_IMAP_URL` has it."""
        return f"imap://{user}:{PASSWORD}@{self.host}:{self.imap_port}/{folder}"

    def start(self) -> None:
        """Returns when it answers. Raises: RuntimeError with its log when it does not."""
        command = [self._program, "-F", "-c", str(self._folder / "dovecot.conf")]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(200):
            if self._process.poll() is not None:
                break
            if _answers(self.host, self.imap_port) and _answers(self.host, self.lmtp_port):
                return
            time.sleep(0.05)
        self.stop()
        log = self._folder / "log"
        raise RuntimeError(f"Dovecot did not start: {log.read_text() if log.exists() else 'no log'}")

    def stop(self) -> None:
        """Ends it and its children; its mailboxes stay."""
        if self._process:
            self._process.terminate()
            self._process.wait(20)
            assert self._process.stderr is not None
            self._process.stderr.close()
            self._process = None

    def mailbox(self, user: str) -> imaplib.IMAP4:
        """A connection to a user's INBOX, as another mail program of that person would have."""
        connection = imaplib.IMAP4(self.host, self.imap_port)
        connection.login(user, PASSWORD)
        connection.select()
        return connection

    def renumber(self, user: str) -> None:
        """Starts it again without what it knows of a user's mailbox, as after a restored backup: its mails stay, and
        get other UIDs with another UIDVALIDITY."""
        self.stop()
        maildir = self._folder / "homes" / user / "Maildir"
        for known in (*maildir.glob("dovecot*"), *maildir.glob(".dovecot*")):
            known.unlink()
        time.sleep(1.1)  # a UIDVALIDITY is the second in which it was given
        self.start()

    def mails(self, user: str, criteria: str = "ALL", folder: str = "INBOX") -> list[bytes]:
        """The mails in a user's folder that meet the criteria (RFC 3501, 6.4.4), untouched; none without the folder."""
        with self.mailbox(user) as connection:
            if connection.select(folder)[0] != "OK":
                return []
            _, found = connection.search(None, criteria)
            fetched = [connection.fetch(number, "(BODY.PEEK[])")[1][0] for number in found[0].decode().split()]
        return [bytes(part[1]) for part in fetched if isinstance(part, tuple)]


def _answers(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


@pytest.fixture
def dovecot(request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    """A running Dovecot, with further settings as its parameter. Skips where it is not installed, except in CI."""
    program = needed("dovecot", "dovecot-imapd dovecot-lmtpd", ["/usr/sbin", "/usr/local/sbin"])
    # Not pytest's tmp_path: the path of a socket is limited to about 100 bytes, and Dovecot's user must pass.
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    server = Dovecot(program, folder, getattr(request, "param", ""))
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
