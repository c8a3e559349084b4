"""All settings of Billify, typed, read once by the composition root.

Each comes from the environment (`BILLIFY_` and the name in capitals), else from `billify.toml` in the home
folder, else from the default here: the defaults run everything on one laptop.
"""

from __future__ import annotations

import getpass
import os
from datetime import date
from pathlib import Path

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


def default_home() -> Path:
    """`BILLIFY_HOME`, else a `billify` folder in the platform's user data directory."""
    return Path(os.environ.get("BILLIFY_HOME") or platformdirs.user_data_dir("billify", appauthor=False))


def _user() -> str:
    """What this machine calls its user: the full name where it knows one, else the login name."""
    try:
        login = getpass.getuser()
    except (OSError, KeyError):  # no such user in the password database, as in some containers
        return "Owner"
    try:
        import pwd  # not on Windows

        full_name = pwd.getpwnam(login).pw_gecos.partition(",")[0].strip()
    except (ImportError, KeyError):
        full_name = ""
    return full_name if full_name not in ("", login) else login.capitalize()


class Settings(BaseSettings):
    """Everything that can be configured, grouped by the part that it is for."""

    model_config = SettingsConfigDict(env_prefix="BILLIFY_", extra="forbid")

    home: Path = Field(default_factory=default_home)

    # The company and its owner, who is created at the first start.
    company_name: str = "My company"
    currency: str = Field(default="EUR", pattern=r"^[A-Z]{3}$")
    time_zone: str = ""
    owner_name: str = Field(default_factory=_user)
    owner_mail: str = "owner@localhost"

    # Where state is kept; empty means SQLite files in the home folder.
    database_url: SecretStr = SecretStr("")
    work_database_url: SecretStr = SecretStr("")
    process: str = Field(default="", description="unique and stable name of this process among its siblings")
    document_key: SecretStr = SecretStr("")

    # Reading documents.
    read_seconds: float = 120.0
    read_memory_mb: int = 6144
    languages: list[str] = ["en"]
    # "billify" reads Latin letters; else a network of EasyOCR's from `models`: "english_g2", "standard" (by language).
    recogniser: str = "billify"
    models: Path | None = Field(default=None, description="folder of EasyOCR's networks; else the English ones")

    # A language model for phrasings that the grammar does not know (an OpenAI-compatible API); empty means none.
    model_url: str = ""
    model_name: str = ""
    model_key: SecretStr = SecretStr("")
    model_seconds: float = 8.0

    # Web chat.
    web_host: str = "127.0.0.1"
    web_port: int = 8417
    web_url: str = ""

    # Mail in: a server of our own (SMTP or LMTP; port 0 turns it off) and/or an existing mailbox by IMAP.
    mail_host: str = "127.0.0.1"
    mail_port: int = 2525
    mail_lmtp_port: int = 0
    mail_address: str = "billify@localhost"
    imap_url: SecretStr = SecretStr("")
    # Of that mailbox, only what arrives from now on is taken in, or all since a day (2025-01-31). What was taken in
    # can be moved to a folder and given a keyword; else nothing in the mailbox is changed.
    imap_since: date | None = None
    imap_done_folder: str = ""
    imap_done_keyword: str = Field(default="", pattern=r"^[!#-$&'+-\[^-z|}~]*$")
    # What is kept of unknown senders until the owner decides: so many mails, megabytes a mail and altogether.
    quarantine_mails: int = Field(default=1000, ge=0)
    quarantine_mail_mb: int = Field(default=15, ge=0)
    quarantine_mb: int = Field(default=1024, ge=0)
    # Ports that take mail only after a login (by STARTTLS, or TLS from the first byte, which programs expect at 465):
    # addresses with their passwords, and the PEM files of a certificate.
    mail_submission_port: int = 0
    mail_submissions_port: int = 0
    mail_users: dict[str, SecretStr] = {}
    mail_certificate: Path | None = None
    mail_certificate_key: Path | None = None
    # Who wrote a mail: servers whose Authentication-Results count (those of Gmail and Microsoft 365 are known),
    # networks whose programs are believed, and name servers, empty for this machine's.
    mail_authserv_ids: list[str] = []
    mail_trusted_networks: list[str] = ["127.0.0.0/8", "::1/128"]
    name_servers: list[str] = []
    # Microsoft 365 and Google let nobody into mailboxes by password: the application that the company registered there,
    # with which `billify connect mail` signs in (the tenant: Microsoft's).
    mail_oauth_client_id: str = ""
    mail_oauth_client_secret: SecretStr = SecretStr("")
    mail_oauth_tenant: str = ""
    # Whether mail to name+anything@domain arrives (unset: where that is sure), and for how many days a mail of ours can
    # be answered with a change.
    mail_plus_addresses: bool | None = None
    mail_proof_days: int = Field(default=60, ge=1)
    # So many answers an hour one address gets by mail at most, so that no loop with another machine lives.
    mail_answers_an_hour: int = Field(default=30, ge=1)
    # Mail out: smtp://user:password@host:587 or smtps://…; empty keeps answers in the home folder as a Maildir.
    smtp_url: SecretStr = SecretStr("")

    # Telegram: polling, or a webhook where its public address is given.
    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_url: str = ""
    telegram_webhook_port: int = 8418
    telegram_webhook_secret: SecretStr = SecretStr("")

    # Slack: Socket Mode with an app token, or HTTP with a signing secret.
    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"
    slack_port: int = 8419
    # To be installed in several workspaces by OAuth, at /slack/install of that port: the app's credentials.
    slack_client_id: str = ""
    slack_client_secret: SecretStr = SecretStr("")

    log_level: str = "WARNING"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is handed in, then the environment, then `billify.toml`."""
        file = default_home() / "billify.toml"
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file)

    @property
    def ledger_url(self) -> str:
        """SQLAlchemy URL of the ledger."""
        return _driver(self.database_url.get_secret_value()) or f"sqlite:///{self.home / 'ledger.db'}"

    @property
    def work_url(self) -> str:
        """URL of the database of durable work: its own, else the ledger's server, else a SQLite file."""
        own = self.work_database_url.get_secret_value() or self.database_url.get_secret_value()
        return own or f"sqlite:///{self.home / 'work.db'}"

    @property
    def chat_url(self) -> str:
        """Where people open the web chat."""
        return self.web_url or f"http://{self.web_host}:{self.web_port}"


def _driver(url: str) -> str:
    """The URL with the driver that we ship, for the plain spellings that hosts hand out."""
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url
