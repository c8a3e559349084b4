"""What an operator reads when something about the machine or the settings is wrong: which, where, what to do."""

from __future__ import annotations

import errno
import os
import pty
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.console.operator_faults import operator_fault
from config.setting_faults import WrongSettings, load_settings, unknown_settings
from config.setting_origins import origin
from config.settings import Settings


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILLIFY_HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("BILLIFY_WEB_PORT", "abc", "“abc” is no whole number. Correct it, or leave it out for 8417."),
        ("BILLIFY_WEB_PORT", "99999", "“99999” is more than 65535. Correct it, or leave it out for 8417."),
        ("BILLIFY_MAIL_PORT", "-1", "“-1” is less than 0. Correct it, or leave it out for 2525."),
        ("BILLIFY_CURRENCY", "XQZ", "“XQZ” is no currency of ISO 4217 that money is paid in, such as EUR."),
        ("BILLIFY_CURRENCY", "XAU", "“XAU” is no currency of ISO 4217 that money is paid in, such as EUR."),
        ("BILLIFY_TIME_ZONE", "Mars/Base", "“Mars/Base” is no time zone, such as Europe/Berlin."),
        ("BILLIFY_TIME_ZONE", "../etc", "“../etc” is no time zone, such as Europe/Berlin."),
        ("BILLIFY_LOG_LEVEL", "loud", "“LOUD” is none of 'DEBUG', 'INFO', 'WARNING', 'ERROR' or 'CRITICAL'."),
        ("BILLIFY_READ_SECONDS", "-4", "“-4” is not more than 0.0. Correct it, or leave it out for 120.0."),
        ("BILLIFY_IMAP_SINCE", "x", "“x” is no date, such as 2026-01-31. Correct it, or leave it out."),
        ("BILLIFY_TELEGRAM_API_URL", "foo", "“foo” is no address of the web, such as https://billify.acme.com."),
        ("BILLIFY_IMAP_DONE_KEYWORD", "two words", "has signs that a keyword of IMAP may not have, such as blanks."),
        ("BILLIFY_MAIL_PLUS_ADDRESSES", "perhaps", "“perhaps” is neither true nor false."),
        ("BILLIFY_LANGUAGES", "[de", "is no list: write the values with commas between them."),
        ("BILLIFY_MAIL_USERS", "hunter2", "this is no JSON"),
        ("BILLIFY_DATABASE_URL", "hunter2", "this is no database that Billify knows, such as postgresql://"),
        ("BILLIFY_WEBPORT", "1", "there is no such setting. Did you mean BILLIFY_WEB_PORT?"),
        ("BILLIFY_SMTP_URI_FILE", "/run/x", "there is no such setting. Did you mean BILLIFY_SMTP_URL?"),
    ],
)
def test_a_variable_that_is_wrong(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettings) as found:
        load_settings()
    assert told in str(found.value) and str(found.value).startswith(f"{name} in the environment: ")
    assert "hunter2" not in str(found.value) and len(str(found.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("web_port =\n", "{file} is no TOML: Invalid value (at line 1, column 11). Correct that line."),
        ("\nwebport = 12", "webport in line 2 of {file}: there is no such setting. Did you mean web_port?"),
        ("x = 1\n[web]\nport = 1", "web in line 2 of {file}: there is no such setting. `billify config` prints all"),
        ('\n\nweb_port = "a"', "web_port in line 3 of {file}: “a” is no whole number."),
        ("smtp_url = 7", "smtp_url in line 1 of {file}: this is no text: put it into quotation marks."),
        ("\nlanguages = 7", "languages in line 2 of {file}: “7” is no list."),
    ],
)
def test_a_line_of_the_file_that_is_wrong(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "billify.toml").write_text(text)
    with pytest.raises(WrongSettings) as found:
        load_settings()
    assert told.format(file=tmp_path / "billify.toml") in str(found.value)


def test_what_a_host_sets_by_itself_is_told_and_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kubernetes sets such variables for a service that is called billify."""
    monkeypatch.setenv("BILLIFY_PORT", "tcp://10.0.0.7:80")
    monkeypatch.setenv("BILLIFY_SERVICE_HOST", "10.0.0.7")
    load_settings()
    assert unknown_settings() == [
        f"BILLIFY_{name} is set, and no setting of Billify's." for name in ("PORT", "SERVICE_HOST")
    ]


def test_lists_are_written_with_commas_or_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    for written in ("de, en", '["de", "en"]'):
        monkeypatch.setenv("BILLIFY_LANGUAGES", written)
        assert Settings().languages == ["de", "en"]


def test_each_setting_says_what_it_means_and_where_it_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "billify.toml").write_text('owner_name = "Ada"\nmail_port = 0\n')
    (tmp_path / "token").write_text("12:ab")
    monkeypatch.setenv("BILLIFY_MAIL_PORT", "2526")
    monkeypatch.setenv("BILLIFY_TELEGRAM_TOKEN_FILE", str(tmp_path / "token"))
    assert [origin(name) for name in ("owner_name", "mail_port", "telegram_token", "web_port")] == [
        f"line 1 of {tmp_path / 'billify.toml'}",
        "the environment",
        str(tmp_path / "token"),
        "",
    ]
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "/srv/b"), "/srv/b may not be used by this user"),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (OSError(errno.EROFS, "Read-only file system", "/srv/b"), "/srv/b can only be read"),
        (ExceptionGroup("", [OSError(errno.EADDRINUSE, "port 25 is taken")]), "in use already (port 25 is taken)"),
        (OperationalError("", {}, Exception("connection refused\nto db")), "reached (connection refused to db). Check"),
        (OperationalError("", {}, Exception("attempt to write a readonly database")), "cannot be written"),
        (OperationalError("", {}, Exception("database or disk is full")), "The disk is full"),
    ],
)
def test_a_fault_of_the_machine_says_what_to_do(error: BaseException, told: str) -> None:
    line = operator_fault(error)
    assert line is not None and told in line and "\n" not in line


def test_a_fault_of_ours_is_none_of_the_machine() -> None:
    assert operator_fault(KeyError("x")) is None and operator_fault(OSError("x")) is None


def _billify(*words: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot.cli", *words],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize(
    ("words", "environment", "told"),
    [
        (("link",), {"BILLIFY_HOME": "/proc/billify"}, "The home folder /proc/billify cannot be used"),
        (("link",), {"BILLIFY_DATABASE_URL": "postgresql://u:hunter2@127.0.0.1:1/x"}, "The database cannot be reached"),
        (("web",), {"BILLIFY_WEB_PORT": "{taken}"}, "in use"),
        (("web",), {"BILLIFY_WEB_HOST": "127.0.0.1", "BILLIFY_WEB_PORT": "-4"}, "“-4” is less than 0"),
    ],
)
def test_the_command_ends_with_one_line(words: tuple[str, ...], environment: dict[str, str], told: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        started = _billify(*words, **{name: value.format(taken=port) for name, value in environment.items()})
        said, _ = started.communicate(timeout=60)
    assert started.returncode == 1 and told in said and "Traceback" not in said and "hunter2" not in said
    assert len([line for line in said.splitlines() if "✗" in line]) == 1


def _on_a_terminal(*words: str) -> tuple[subprocess.Popen[bytes], int]:
    """The command, and what it writes to its terminal."""
    ours, theirs = pty.openpty()
    started = subprocess.Popen([sys.executable, "-m", "bot.cli", *words], stdout=theirs, stderr=theirs)
    os.close(theirs)
    return started, ours


def _rest(terminal: int) -> str:
    said = b""
    with suppress(OSError):  # how a terminal ends
        while part := os.read(terminal, 1000):
            said += part
    os.close(terminal)
    return said.decode()


def test_ctrl_c_is_quiet_from_the_first_moment() -> None:
    started, terminal = _on_a_terminal("config")
    assert os.read(terminal, 10).decode().startswith("…")  # while the rest is being loaded
    started.send_signal(signal.SIGINT)
    said = _rest(terminal)
    assert started.wait() == 130 and said.endswith("Stopped.\r\n") and "Traceback" not in said


def test_a_terminal_is_told_at_once_that_it_waits() -> None:
    started, terminal = _on_a_terminal("--version")
    said = _rest(terminal)
    assert started.wait() == 0 and said.startswith("…\r") and said.endswith("\r\n")
