"""All settings of Billify, typed, read once by the composition root.

Each comes from the environment (`BILLIFY_` and the name in capitals), else from the file that the environment names
(the same with `_FILE`) or that lies in `/run/secrets` (`billify_` and the name), else from `billify.toml` in the home
folder, else from the default here: the defaults run everything on one laptop.
"""

from __future__ import annotations

import getpass
import os
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import Field, SecretStr, StringConstraints
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from config.secret_files import SecretFileSource
from config.setting_groups import OpenIdSettings
from config.setting_values import (
    Currency,
    DatabaseAddress,
    ImapKeyword,
    InCapitals,
    InLowerCase,
    Listed,
    Networks,
    Port,
    StoreAddress,
    TimeZone,
    WebAddress,
    with_our_driver,
)


def default_home() -> Path:
    """`BILLIFY_HOME`, else a `billify` folder in the platform's user data directory."""
    return Path(os.environ.get("BILLIFY_HOME") or platformdirs.user_data_dir("billify", appauthor=False))


def settings_file() -> Path:
    """The file of settings, whether it is there or not."""
    return default_home() / "billify.toml"


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
    """Everything that can be configured, grouped by the part that it is for. What stands below a setting is what
    `billify config` says of it."""

    model_config = SettingsConfigDict(
        env_prefix="BILLIFY_", env_nested_delimiter="__", extra="forbid", use_attribute_docstrings=True
    )

    home: Path = Field(default_factory=default_home)
    """The folder that holds everything Billify keeps on this machine."""

    company_name: str = "My company"
    """What the company is called until somebody says so in a chat."""
    currency: Currency = "EUR"
    """The company's currency (ISO 4217)."""
    time_zone: TimeZone = ""
    """Where the company's days begin and end, such as Europe/Berlin; empty: as on this machine."""
    owner_name: str = Field(default_factory=_user)
    """The first owner, who is created at the first start."""
    owner_mail: str = "owner@localhost"
    """From where the owner writes mail."""

    database_url: DatabaseAddress = SecretStr("")
    """The ledger: postgresql://user:password@host/name; empty: a SQLite file in the home folder."""
    work_database_url: DatabaseAddress = SecretStr("")
    """The durable work's database; empty: beside the ledger."""
    process: str = ""
    """The name of this process, unique among its siblings; empty: one that is free."""
    drain_seconds: float = Field(default=8.0, ge=0)
    """Seconds that what is in work may take to end when a process is told to stop; the rest is handed over."""
    document_key: SecretStr = SecretStr("")
    """The key that seals what is kept; empty: a file in the home folder that is made at the first start."""
    secret_key: SecretStr = SecretStr("")
    """What cookies and mails of ours are signed with, the same on all machines; empty: a file in the home folder."""
    documents_url: StoreAddress = ""
    """Where originals lie: a folder, or s3://bucket/folder that several machines share; empty: the home folder."""
    backup_url: StoreAddress = ""
    """Where backups are made: a folder on another disk, or s3://bucket/folder; empty: none are made by themselves."""
    backup_key: SecretStr = SecretStr("")
    """The key that seals backups; empty: a file in the home folder. Without it no backup can be opened: note it."""
    backup_hours: float = Field(default=24.0, gt=0)
    """Hours from one backup to the next; the owners are told when the last one is twice as old."""
    backup_keep_days: int = Field(default=7, ge=1)
    """The last backup of each of so many days is kept,"""
    backup_keep_weeks: int = Field(default=5, ge=0)
    """of so many weeks,"""
    backup_keep_months: int = Field(default=12, ge=0)
    """and of so many months."""

    read_seconds: float = Field(default=120.0, gt=0)
    """Seconds that one document may take."""
    read_memory_mb: int = Field(default=1536, ge=512)
    """Megabytes that the process that reads may use."""
    languages: Listed = ["en"]
    """Languages of EasyOCR's own networks, where one of them is the recogniser."""
    recogniser: str = "billify"
    """The network that reads lines: billify (Latin letters), or of EasyOCR's, from `models`, english_g2 or standard."""
    models: Path | None = None
    """The folder of EasyOCR's networks, which do not come with Billify."""

    model_url: WebAddress = ""
    """A language model for phrasings that Billify does not know: an OpenAI-compatible API; empty: none."""
    model_name: str = ""
    """Which model to ask for there."""
    model_key: SecretStr = SecretStr("")
    """What it lets us in by."""
    model_seconds: float = Field(default=8.0, gt=0)
    """Seconds after which it is no longer waited for."""

    web_host: str = "127.0.0.1"
    """Where the web chat listens. Beyond this machine it needs TLS or a proxy, and so do Slack and Telegram."""
    web_port: Port = 8417
    """Its port."""
    web_url: WebAddress = ""
    """Where people open it; empty: made of host and port."""
    web_certificate: Path | None = None
    """A certificate for TLS (PEM)."""
    web_certificate_key: Path | None = None
    """Its key (PEM)."""
    trusted_proxy: str = ""
    """The address or network of a proxy in front that has the certificate."""

    api_calls_a_minute: int = Field(default=600, ge=1)
    """So many calls of the API one token may make in a minute, in each process."""

    mcp_url: WebAddress = ""
    """Which Billify `billify mcp` asks, as people open it; empty: the one on this machine."""
    mcp_token: SecretStr = SecretStr("")
    """The token (bfy_…) of the person whom the assistant helps, with assistant:read and assistant:write."""

    webhook_networks: Networks = []
    """Private networks that webhooks may be in, such as 10.1.0.0/16; without them what happens is told to none."""

    openid: dict[Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")], OpenIdSettings] = {}
    """Companies' identity providers, by a name of their own, which stands in the address that each is told to come back
    to ({web_url}/openid/NAME/back): BILLIFY_OPENID__NAME__ISSUER and so on, or [openid.NAME] in billify.toml."""

    mail_host: str = "127.0.0.1"
    """The address that the mail server of ours listens at."""
    mail_port: Port = 2525
    """Its port for SMTP; 0: none."""
    mail_lmtp_port: Port = 0
    """Its port for LMTP; 0: none."""
    mail_address: str = "billify@localhost"
    """Where people write to."""
    imap_url: SecretStr = SecretStr("")
    """An existing mailbox: imaps://user:password@host/INBOX; empty: none."""
    imap_since: date | None = None
    """What arrived there since a day (2025-01-31) is taken in; unset: only what arrives from now on."""
    imap_done_folder: str = ""
    """Where what was taken in is moved to; empty: nowhere."""
    imap_done_keyword: ImapKeyword = ""
    """What it is marked with; empty: nothing."""
    quarantine_mails: int = Field(default=1000, ge=0)
    """So many mails of unknown senders are kept until somebody decides."""
    quarantine_mail_mb: int = Field(default=15, ge=0)
    """Megabytes of one of them, at most."""
    quarantine_mb: int = Field(default=1024, ge=0)
    """Megabytes of all of them, at most."""
    mail_submission_port: Port = 0
    """A port that takes mail after a login, by STARTTLS; 0: none."""
    mail_submissions_port: Port = 0
    """The same by TLS from the first byte, which programs expect at 465; 0: none."""
    mail_users: dict[str, SecretStr] = {}
    """Who may log in there: addresses with their passwords."""
    mail_certificate: Path | None = None
    """The certificate of both (PEM)."""
    mail_certificate_key: Path | None = None
    """Its key (PEM)."""
    mail_authserv_ids: Listed = []
    """Servers whose Authentication-Results say who wrote a mail; those of Gmail and Microsoft 365 are known."""
    mail_trusted_networks: Listed = ["127.0.0.0/8", "::1/128"]
    """Networks whose programs are believed who they say they are."""
    name_servers: Listed = []
    """Name servers to ask about senders; empty: this machine's."""
    mail_oauth_client_id: str = ""
    """The application that the company registered at Microsoft or Google, for `billify connect mail`."""
    mail_oauth_client_secret: SecretStr = SecretStr("")
    """Its secret."""
    mail_oauth_tenant: str = ""
    """Microsoft's tenant."""
    mail_plus_addresses: bool | None = None
    """Whether mail to name+anything@domain arrives; unset: where that is sure."""
    mail_proof_days: int = Field(default=60, ge=1)
    """For how many days a mail of ours can be answered with a change."""
    mail_answers_an_hour: int = Field(default=30, ge=1)
    """So many answers one address gets at most, so that no loop with another machine lives."""
    smtp_url: SecretStr = SecretStr("")
    """What sends our mail: smtp://user:password@host:587 or smtps://…; empty: a Maildir in the home folder keeps it."""

    telegram_token: SecretStr = SecretStr("")
    """What @BotFather gave; empty: no Telegram."""
    telegram_api_url: WebAddress = "https://api.telegram.org"
    """The Bot API server."""
    telegram_webhook_url: WebAddress = ""
    """The public address of our port for Telegram; empty: Telegram is asked."""
    telegram_webhook_port: Port = 8418
    """That port."""
    telegram_webhook_secret: SecretStr = SecretStr("")
    """What Telegram proves itself by; empty: made of the token."""

    slack_bot_token: SecretStr = SecretStr("")
    """xoxb-…; empty: no Slack."""
    slack_app_token: SecretStr = SecretStr("")
    """xapp-…, for Socket Mode."""
    slack_signing_secret: SecretStr = SecretStr("")
    """For HTTP, in place of Socket Mode."""
    slack_api_url: WebAddress = "https://slack.com/api/"
    """Slack's API."""
    slack_port: Port = 8419
    """Our port for Slack's HTTP."""
    slack_client_id: str = ""
    """To be installed in several workspaces, at /slack/install of that port."""
    slack_client_secret: SecretStr = SecretStr("")
    """Its secret."""

    keep_books_years: int = Field(default=10, ge=1)
    """Years that what the books rest on is kept, from its year's end (§ 147 AO: eight for vouchers, ten for books)."""
    keep_other_days: int = Field(default=365, ge=1)
    """Days that other documents are kept."""
    keep_chat_days: int = Field(default=730, ge=1)
    """Days that what was said is kept."""

    metrics_port: Port = 0
    """The first of ten ports of which each process takes one for Prometheus (`/metrics`); 0: none."""
    metrics_host: str = "127.0.0.1"
    """The address that it listens at. Beyond this machine it needs a token, and TLS or a proxy."""
    metrics_token: SecretStr = SecretStr("")
    """What Prometheus proves itself by (Authorization: Bearer …); with it the web chat's port answers, too."""
    traces_url: WebAddress = ""
    """Where spans go (OpenTelemetry, OTLP over HTTP), such as http://collector:4318/v1/traces; empty: nowhere."""

    log_format: Annotated[Literal["auto", "text", "json"], InLowerCase] = "auto"
    """How it tells on standard error: text, json (one object a line), or auto: text on a terminal, else json."""
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], InCapitals] = "WARNING"
    """How much of its own work Billify tells on standard error."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is handed in, then the environment, then files of one setting each, then `billify.toml`."""
        toml = TomlConfigSettingsSource(settings_cls, toml_file=settings_file())
        return init_settings, env_settings, SecretFileSource(settings_cls), toml

    @property
    def ledger_url(self) -> str:
        """SQLAlchemy URL of the ledger."""
        return with_our_driver(self.database_url.get_secret_value()) or f"sqlite:///{self.home / 'ledger.db'}"

    @property
    def work_url(self) -> str:
        """URL of the database of durable work: its own, else the ledger's server, else a SQLite file."""
        own = self.work_database_url.get_secret_value() or self.database_url.get_secret_value()
        return with_our_driver(own) or f"sqlite:///{self.home / 'work.db'}"

    @property
    def chat_url(self) -> str:
        """Where people open the web chat."""
        return self.web_url or f"{'https' if self.web_certificate else 'http'}://{self.web_host}:{self.web_port}"
