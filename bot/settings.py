"""The settings, read once from the environment and from `.env`; what is wrong is said in sentences."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

TELEGRAM: Final = "https://api.telegram.org"
DATABASE: Final = "sqlite:///data/vouch.db"

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{10,}")
_PROVIDER = re.compile(r"\d+:(?:TEST|LIVE):[A-Za-z0-9_.:-]{4,}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_MAKE_A_SECRET = "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
_NO_TOKEN = (
    "BOT_TOKEN is missing. Ask @BotFather on Telegram for one (/newbot), then put the line "
    "BOT_TOKEN=123456:ABC... into a file named .env here, or set it in the environment."
)
_NO_SECRET = (
    "VOUCH_WEBHOOK_SECRET is missing. A webhook needs one, so that nobody but Telegram can send updates; "
    f"make one with: {_MAKE_A_SECRET}"
)

S = TypeVar("S", bound="StorageSettings")


class SettingsWrong(Exception):
    """Settings are missing or cannot be used; `problems` holds a sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class CannotStart(Exception):
    """The settings are well formed, but what they name does not work; the text is a sentence for people."""


@dataclass(frozen=True, kw_only=True)
class Listen:
    """Where a server listens; port 0 takes a free one."""

    host: str
    port: int


class StorageSettings(BaseSettings):
    """What every command needs: the database and the log."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        hide_input_in_errors=True,
        validate_default=True,
    )

    database_url: SecretStr = Field(default=SecretStr(DATABASE), validation_alias="VOUCH_DATABASE_URL")
    log: Literal["console", "json"] = Field(default="console", validation_alias="VOUCH_LOG")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", validation_alias="VOUCH_LOG_LEVEL"
    )

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: SecretStr) -> SecretStr:
        return SecretStr(known_database(url.get_secret_value()))

    @field_validator("log", "log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return _lowered(value)


class Settings(StorageSettings):
    """What the running bot needs."""

    bot_token: SecretStr = Field(validation_alias="BOT_TOKEN")
    api_url: str = Field(default=TELEGRAM, validation_alias="VOUCH_API_URL")
    webhook_url: str | None = Field(default=None, validation_alias="VOUCH_WEBHOOK_URL")
    webhook_listen: Annotated[Listen, NoDecode] = Field(
        default=Listen(host="127.0.0.1", port=8443), validation_alias="VOUCH_WEBHOOK_LISTEN"
    )
    webhook_secret: SecretStr | None = Field(default=None, validation_alias="VOUCH_WEBHOOK_SECRET")
    http_listen: Annotated[Listen | None, NoDecode] = Field(
        default=None, validation_alias="VOUCH_HTTP_LISTEN"
    )
    admin_ids: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(), validation_alias="VOUCH_ADMIN_IDS"
    )

    provider_token: SecretStr | None = Field(default=None, validation_alias="VOUCH_PROVIDER_TOKEN")
    allowance: Literal["on", "off"] = Field(default="on", validation_alias="VOUCH_ALLOWANCE")
    """Whether groups that are new to the bot begin with an allowance for their commercial posts."""

    keep_failures_days: int = Field(default=30, ge=1, validation_alias="VOUCH_KEEP_FAILURES_DAYS")
    keep_drafts_days: int = Field(default=30, ge=1, validation_alias="VOUCH_KEEP_DRAFTS_DAYS")
    keep_deleted_accounts_days: int = Field(
        default=30, ge=1, validation_alias="VOUCH_KEEP_DELETED_ACCOUNTS_DAYS"
    )
    # Of these, 0 keeps them until somebody wants to be forgotten.
    keep_proofs_days: int = Field(default=180, ge=0, validation_alias="VOUCH_KEEP_PROOFS_DAYS")
    keep_visits_days: int = Field(default=365, ge=0, validation_alias="VOUCH_KEEP_VISITS_DAYS")
    keep_acquaintances_days: int = Field(default=365, ge=0, validation_alias="VOUCH_KEEP_ACQUAINTANCES_DAYS")
    keep_questions_days: int = Field(default=365, ge=0, validation_alias="VOUCH_KEEP_QUESTIONS_DAYS")
    keep_audit_days: int = Field(default=0, ge=0, validation_alias="VOUCH_KEEP_AUDIT_DAYS")

    @field_validator("allowance", mode="before")
    @classmethod
    def _on_or_off(cls, value: object) -> object:
        return _lowered(value)

    @property
    def webhook_path(self) -> str:
        """The path of the webhook's address, at which we listen too."""
        return urlsplit(self.webhook_url or "").path or "/"

    @field_validator("bot_token")
    @classmethod
    def _token_shape(cls, token: SecretStr) -> SecretStr:
        text = token.get_secret_value().strip()
        if not _TOKEN.fullmatch(text):
            raise ValueError("does not look like a token (123456:ABC...). Copy it whole from @BotFather.")
        return SecretStr(text)

    @field_validator("provider_token")
    @classmethod
    def _provider_shape(cls, token: SecretStr | None) -> SecretStr | None:
        text = token.get_secret_value().strip() if token else ""
        if token is not None and not _PROVIDER.fullmatch(text):
            raise ValueError(
                "does not look like a provider's token (123456:TEST:ABC... or 123456:LIVE:ABC...). "
                "Copy it whole from @BotFather (/mybots, Payments)."
            )
        return SecretStr(text) if token else None

    @field_validator("api_url")
    @classmethod
    def _address(cls, url: str) -> str:
        parts = urlsplit(url.strip())
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError(f"must be an address such as {TELEGRAM}.")
        return url.strip().rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _public_address(cls, url: str | None, info: ValidationInfo) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url.strip())
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError("must be the public address of the bot, such as https://bot.example.org/vouch.")
        if parts.scheme == "http" and info.data.get("api_url", TELEGRAM) == TELEGRAM:
            raise ValueError("must begin with https://: Telegram delivers to no other.")
        return url.strip()

    @field_validator("webhook_listen", "http_listen", mode="before")
    @classmethod
    def _host_and_port(cls, value: object) -> object:
        return _listen(value) if isinstance(value, str) else value

    @field_validator("webhook_secret")
    @classmethod
    def _secret_shape(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        # A webhook address that was refused is not in the data: somebody wanted a webhook all the same.
        wants_webhook = info.data.get("webhook_url", "refused") is not None
        if secret is None and wants_webhook:
            raise ValueError(_NO_SECRET)
        if secret is not None and not _SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError(
                f"may have 1 to 256 of A-Z, a-z, 0-9, _ and - only; make one with: {_MAKE_A_SECRET}"
            )
        return secret

    @field_validator("http_listen")
    @classmethod
    def _own_address(cls, listen: Listen | None, info: ValidationInfo) -> Listen | None:
        taken = info.data.get("webhook_listen") if info.data.get("webhook_url") else None
        if listen is not None and listen.port and listen == taken:
            raise ValueError("must differ from VOUCH_WEBHOOK_LISTEN: metrics are not for the public.")
        return listen

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _comma_list(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        words = [word.strip() for word in value.split(",") if word.strip()]
        if not all(word.isascii() and word.isdigit() for word in words):
            raise ValueError(
                "must be Telegram user ids with commas between, such as 12345,67890 (not @names); "
                "@userinfobot tells you yours."
            )
        return frozenset(int(word) for word in words)


def read_settings(kind: type[S], *, env_file: Path | None = Path(".env")) -> S:
    """Read the environment and `.env`. Raises SettingsWrong with every problem at once."""
    names = {name: str(field.validation_alias) for name, field in Settings.model_fields.items()}
    problems = _misspelt(os.environ, list(names.values()))
    try:
        settings = kind(_env_file=env_file)
    except ValidationError as error:
        problems += [_sentence(_name(fault, names), fault) for fault in _faults(error)]
    else:
        if not problems:
            return settings
    # Outside the except block: pydantic's own error is not chained to it.
    raise SettingsWrong(problems)


def demo_settings(
    *,
    token: str,
    api_url: str,
    folder: Path,
    provider_token: str | None = None,
    admin_ids: frozenset[int] = frozenset(),
) -> Settings:
    """Settings for a bot beside a local Telegram, whatever the environment says."""
    return Settings(
        _env_file=None,
        bot_token=SecretStr(token),
        api_url=api_url,
        database_url=SecretStr(f"sqlite:///{folder}/vouch.db"),
        webhook_url=None,
        webhook_secret=None,
        webhook_listen=Listen(host="127.0.0.1", port=0),
        http_listen=None,
        admin_ids=admin_ids,
        provider_token=SecretStr(provider_token) if provider_token else None,
        # Whoever tries it out posts one pick after the other, at whatever hour.
        allowance="off",
        log="console",
        log_level="warning",
    )


def _lowered(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _faults(error: ValidationError) -> list[Any]:
    return list(error.errors(include_url=False, include_input=False))


def _name(fault: Mapping[str, Any], names: Mapping[str, str]) -> str:
    # A default that is refused is named by its field, everything else by its variable.
    place = str(fault["loc"][0])
    return names.get(place, place)


def _sentence(name: str, fault: Mapping[str, Any]) -> str:
    if fault["type"] == "missing":
        return _NO_TOKEN if name == "BOT_TOKEN" else f"{name} is missing."
    if fault["type"].startswith("int_"):
        return f"{name} must be a whole number, such as 30."
    if fault["type"] == "greater_than_equal":
        return f"{name} must be at least {fault['ctx']['ge']}."
    if fault["type"] == "literal_error":
        return f"{name} must be one of {fault['ctx']['expected']}."
    reason = str(fault.get("ctx", {}).get("error", fault["msg"]))
    return reason if reason.startswith(name) else f"{name} {reason}"


def _misspelt(environment: Mapping[str, str], known: list[str]) -> list[str]:
    unknown = (name for name in environment if name.startswith("VOUCH_") and name not in known)
    near = ((name, get_close_matches(name, known, n=1, cutoff=0.9)) for name in unknown)
    return [f"{name} is not a setting; did you mean {match[0]}?" for name, match in near if match]


def _listen(text: str) -> Listen:
    host, _, port = text.strip().rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > 65_535:
        raise ValueError("must be host:port, such as 127.0.0.1:8443.")
    return Listen(host=host.strip("[]"), port=int(port))


def known_database(url: str) -> str:
    """The address of a database, if we can use it. Raises ValueError, which says what it must be."""
    try:
        address = make_url(url.strip())
        backend = address.get_backend_name()
    except (ArgumentError, ValueError):
        backend = ""
    if backend not in ("sqlite", "postgresql", "postgres"):
        raise ValueError(f"must be {DATABASE} (a file) or postgresql://user:password@host/name.")
    if backend == "sqlite" and address.database in (None, "", ":memory:"):
        raise ValueError(f"must name a file, such as {DATABASE}: memory forgets all at the end.")
    if backend != "sqlite" and "sslmode" in address.query:
        raise ValueError("must say ?ssl=require where other programs say ?sslmode=require.")
    return url.strip()
