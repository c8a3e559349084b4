"""No secret in logs, errors and `billify config`, and settings that lie in files."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic_settings import SettingsError
from typer.testing import CliRunner

import bot.commands.command_line  # noqa: F401 - makes the commands known
from bot.commands.command import app
from config.logging import RedactedRecord
from config.redaction import redacted
from config.setting_faults import WrongSettings
from config.settings import Settings


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("imaps://anna%40acme.com:s3cr3t@imap.acme.com/INBOX", "s3cr3t"),
        ("postgresql+psycopg://billify:pa:ss@db/ledger", "pa:ss"),
        ("GET /x?state=abc123&code=4/P7q7W91", "4/P7q7W91"),
        ("GET /x?access_token=ya29.abcdef", "ya29"),
        ("{'refresh_token': '1//0gabcdef', 'n': 1}", "0gabcdef"),
        ("Authorization: Bearer eyJhbGciOi.xyz-_", "eyJhbGciOi"),
        ("sent Bearer eyJhbGciOi.xyz", "eyJhbGciOi"),
        ("token xoxb-123456-abcdef failed", "xoxb"),
        ("https://api.telegram.org/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0/getMe", "AAHdq"),
        ("http://localhost:8417/enter/0123456789ABCDEFGHJKMNPQRS", "0123456789A"),
        ("join K7QM-2XWP-9TRD", "2XWP"),
        ("password=hunter2 user=anna", "hunter2"),
        ("to DE89 3704 0044 0532 0130 00 of Acme", "0532"),
        ("iban=GB29NWBK60161331926819.", "6016133"),
        ("NL91ABNA0417164300", "0417164"),
        ("de89370400440532013000", "0440532"),
        ("DE89-3704-0044-0532-0130-00.pdf", "0532"),
        ("DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000", "0532"),
        ("'DE89\\xa03704\\xa00044\\xa00532\\xa00130\\xa000'", "0532"),
        ("/pay?to=DE89%203704%200044%200532%200130%2000&n=1", "0532"),
        ("/pay?to=DE89+3704+0044+0532+0130+00", "0532"),
        ("scan_DE89370400440532013000_march.pdf", "0440532"),
        ("IBANDE89370400440532013000", "0440532"),
        ("AT61 1904 3002 3457 3201 EUR 5,00", "3457"),
        ("BE68 5390 0754 7034 ACME", "0754"),
        ("DE89 3704 0044 0532 0130 00 DE02 1203 0000 0000 2020 51", "0000 2020"),
        ("DE 89 3704 0044 0532 0130 00", "0532"),
        ("DE00 1234 5678 9012 3456 78 is no account", "5678"),
        ("DE89-3704-0044-0532-0130-01", "0044-0532"),
        ("Key (iban)=(DE89370400440532013000) already exists.", "0440532"),
    ],
)
def test_secrets_are_blotted_out(said: str, secret: str) -> None:
    assert secret in said and secret not in redacted(said)


@pytest.mark.parametrize(
    "said",
    [
        "message mail:9f86d081884c7d65 failed",
        "invoice RE-2026-0001-0002 over 1,249.50 EUR of 2026-10-01",
        "2026-11-29 06:15:09 http://localhost:8417/health at 127.0.0.1:2525",
        "RE2026 0001 and 2026-0001-0002-0003-0004-0005",
        "the key was seen in 3 tokens",
        "mail:de12c4b0a9f86d08 in b8c37e33defde51cf91e1e03e51657da",
        "see RE 2026 0001 0002 0003 0004 and page 12",
    ],
)
def test_all_else_stays(said: str) -> None:
    assert redacted(said) == said


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a library's own handler, with a plain formatter, writes."""
    before, stream = logging.getLogRecordFactory(), io.StringIO()
    logging.setLogRecordFactory(RedactedRecord)
    handler, logger = logging.StreamHandler(stream), logging.getLogger("somebody.else")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)
    logging.setLogRecordFactory(before)


def test_no_handler_of_any_library_writes_one(written: io.StringIO) -> None:
    log = logging.getLogger("somebody.else")
    log.error("to %s by %s", "DE89370400440532013000", "smtp://a:hunter2@host")
    try:
        raise ValueError("smtp://a:hunter2@host refused DE89370400440532013000")
    except ValueError:
        log.exception("it failed with %(token)s", {"token": "xoxb-1-2-3"})
    text = written.getvalue()
    assert "Traceback" in text and "DE89…3000" in text
    assert not any(secret in text for secret in ("hunter2", "xoxb", "0440532"))


def test_settings_come_from_files_and_are_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILLIFY_HOME", str(tmp_path / "home"))
    (tmp_path / "smtp").write_text("smtps://anna:hunter2@mail.acme.com\n")
    (tmp_path / "users").write_text('{"anna@acme.com": "hunter3"}')
    monkeypatch.setenv("BILLIFY_SMTP_URL_FILE", str(tmp_path / "smtp"))
    monkeypatch.setenv("BILLIFY_MAIL_USERS_FILE", str(tmp_path / "users"))
    monkeypatch.setenv("BILLIFY_MODEL_URL", "https://me:hunter4@models.acme.com/v1?api_key=hunter5")
    found = Settings()
    assert found.smtp_url.get_secret_value() == "smtps://anna:hunter2@mail.acme.com"
    assert found.mail_users["anna@acme.com"].get_secret_value() == "hunter3"
    shown = CliRunner().invoke(app, ["config"]).output
    assert "models.acme.com" in shown and "hunter" not in shown


def test_the_environment_comes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("from a file")
    monkeypatch.setenv("BILLIFY_MODEL_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("BILLIFY_MODEL_KEY", "from the environment")
    assert Settings().model_key.get_secret_value() == "from the environment"


@pytest.mark.parametrize(("name", "value"), [("MAIL_USERS", "hunter2"), ("MAIL_USERS_FILE", "/nowhere/at/all")])
def test_a_setting_that_is_wrong_is_named_and_not_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv("BILLIFY_HOME", str(tmp_path))
    monkeypatch.setenv(f"BILLIFY_{name}", value)
    result = CliRunner().invoke(app, ["config"])
    assert isinstance(result.exception, WrongSettings) and "mail_users" in str(result.exception).lower()
    assert "hunter2" not in str(result.exception) and result.exception.__suppress_context__
    with pytest.raises(SettingsError):
        Settings()
