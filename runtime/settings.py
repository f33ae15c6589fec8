"""All settings in one frozen object, read once; every mistake is told at the same time.

The environment is an argument. Messages name settings and never repeat a value: it may be
a secret. `KUNING_GATEWAY` unset means the demo; any gateway means production, where a
missing secret is a mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from domain.words import LANGUAGES
from runtime import demo_secrets
from runtime import setting_values as values
from runtime.languages import reviewed
from runtime.setting_names import strangers

SIMULATOR = "simulator"
AFRICAS_TALKING = "africastalking"
GATEWAYS = (SIMULATOR, AFRICAS_TALKING)
DEFAULT_HOME = ".kuning"
_DEMO = {
    "KUNING_OFFICES": "32.10,33.74",
    "KUNING_SERVICE_CODE": "*123#",
    "KUNING_TARIFF": "Rp0",
    "KUNING_ADMIN_EMAIL": "petugas@kuning.example",
}
_Value = TypeVar("_Value")


class Mistakes(Exception):  # noqa: N818 - said as what it holds
    """What is wrong with the settings, one line each, all of them."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


@dataclass(frozen=True, slots=True)
class AfricasTalking:
    """The account at Africa's Talking; `base_url` is None for their own address."""

    username: str
    api_key: str = field(repr=False)
    base_url: str | None


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation is told. Secrets are left out of `repr`."""

    gateway: str
    port: int
    bind: str
    url: str
    trusted_proxies: int
    web_workers: int
    database_url: str | None = field(repr=False)
    redis_url: str | None = field(repr=False)
    home: Path
    secret_key: str = field(repr=False)
    data_keys: Mapping[str, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)
    webhook_tokens: tuple[str, ...] = field(repr=False)
    admin_email: str | None = field(repr=False)
    admin_password: str | None = field(repr=False)
    offices: tuple[str, ...]
    service_code: str
    tariff: str
    sandbox_regions: frozenset[str]
    languages: tuple[str, ...]
    session_seconds: int
    idle_seconds: int
    sms_daily_budget: int
    metrics_token: str | None = field(repr=False)
    log_level: str
    simulator_log: Path | None
    failpoints: frozenset[str]
    africastalking: AfricasTalking | None

    @property
    def demo(self) -> bool:
        """Whether this is the demo: simulator, browser phone, this machine only."""
        return self.gateway == SIMULATOR

    @property
    def data_key(self) -> str:
        """The id of the data key that seals."""
        return next(iter(self.data_keys))

    @property
    def regions(self) -> frozenset[str]:
        """Countries whose numbers may register."""
        return self.sandbox_regions | {"ID"}


def from_env(environ: Mapping[str, str]) -> Settings:
    """Read the settings; raise Mistakes with all that is wrong.

    In the demo this makes the home and, once, its secrets.
    """
    home = values.folder(environ.get("KUNING_HOME") or DEFAULT_HOME)
    demo = not environ.get("KUNING_GATEWAY") or environ["KUNING_GATEWAY"] == SIMULATOR
    full = _DEMO | _with_secrets(environ, home) if demo else dict(environ)
    reader = _Reader({name: text for name, text in full.items() if text}, strangers(environ))
    settings = _read(reader, home, environ.get("KUNING_GATEWAY") or SIMULATOR)
    _cross_check(reader, settings)
    if reader.mistakes:
        raise Mistakes(sorted(set(reader.mistakes)))
    return settings


def _with_secrets(environ: Mapping[str, str], home: Path) -> dict[str, str]:
    try:
        return demo_secrets.complete(environ, home)
    except OSError as error:
        raise Mistakes([f"KUNING_HOME: {home} cannot be used: {error.strerror}"]) from error


def _read(reader: _Reader, home: Path, gateway: str) -> Settings:
    port = reader.number("PORT", 8000, 1, 65535)
    return Settings(
        gateway=gateway,
        port=port,
        bind=reader.text("KUNING_BIND", "127.0.0.1"),
        url=reader.may("KUNING_URL", values.web_address) or f"http://127.0.0.1:{port}",
        trusted_proxies=reader.number("KUNING_TRUSTED_PROXIES", 0, 0, 5),
        web_workers=reader.number("KUNING_WEB_WORKERS", 1, 1, 64),
        database_url=reader.may("DATABASE_URL", values.database),
        redis_url=reader.may("REDIS_URL", values.redis),
        home=home,
        secret_key=reader.need("KUNING_SECRET_KEY", values.secret),
        data_keys=reader.need("KUNING_DATA_KEYS", values.keys),
        index_key=reader.need("KUNING_INDEX_KEY", values.key),
        webhook_tokens=reader.need("KUNING_WEBHOOK_TOKENS", values.tokens),
        admin_email=reader.may("KUNING_ADMIN_EMAIL", values.email),
        admin_password=reader.may("KUNING_ADMIN_PASSWORD", values.password),
        offices=reader.need("KUNING_OFFICES", values.offices),
        service_code=reader.need("KUNING_SERVICE_CODE", values.service_code),
        tariff=reader.need("KUNING_TARIFF", values.tariff),
        sandbox_regions=reader.may("KUNING_SANDBOX_REGIONS", values.regions) or frozenset(),
        languages=reader.may("KUNING_LANGUAGES", values.languages)
        or (LANGUAGES if gateway == SIMULATOR else reviewed()),
        session_seconds=_session_seconds(reader),
        idle_seconds=_idle_seconds(reader),
        sms_daily_budget=reader.number("KUNING_SMS_DAILY_BUDGET", 2000, 0, 10_000_000),
        metrics_token=reader.may("KUNING_METRICS_TOKEN", values.secret),
        log_level=reader.may("KUNING_LOG_LEVEL", values.level) or "info",
        simulator_log=reader.may("KUNING_SIMULATOR_LOG", values.folder),
        failpoints=reader.may("KUNING_FAILPOINT", values.failpoints) or frozenset(),
        africastalking=_africastalking(reader) if gateway == AFRICAS_TALKING else None,
    )


def line_limits(environ: Mapping[str, str]) -> tuple[int, int]:
    """Read the seconds of a session and of a wait alone; raise Mistakes when one is wrong."""
    reader = _Reader({name: text for name, text in environ.items() if text}, [])
    limits = _session_seconds(reader), _idle_seconds(reader)
    if reader.mistakes:
        raise Mistakes(reader.mistakes)
    return limits


def _session_seconds(reader: _Reader) -> int:
    return reader.number("KUNING_SESSION_SECONDS", 180, 30, 3600)


def _idle_seconds(reader: _Reader) -> int:
    return reader.number("KUNING_IDLE_SECONDS", 30, 5, 600)


def _africastalking(reader: _Reader) -> AfricasTalking:
    return AfricasTalking(
        username=reader.need("AT_USERNAME", str),
        api_key=reader.need("AT_API_KEY", str),
        base_url=reader.may("AT_BASE_URL", values.web_address),
    )


def _cross_check(reader: _Reader, settings: Settings) -> None:
    """Say what no setting shows alone."""
    if settings.gateway not in GATEWAYS:
        reader.mistakes.append("KUNING_GATEWAY: must be one of " + ", ".join(GATEWAYS))
    if not settings.demo:
        _check_production(reader, settings)
    if settings.data_keys and settings.index_key in settings.data_keys.values():
        reader.mistakes.append("KUNING_INDEX_KEY: must differ from every data key")


def _check_production(reader: _Reader, settings: Settings) -> None:
    reader.need("KUNING_URL", values.public_address)
    reader.refuse("KUNING_FAILPOINT", "is for tests and refused with a real gateway")
    reader.refuse("KUNING_SIMULATOR_LOG", "holds personal data and is refused with a real gateway")
    for language in settings.languages or ():
        if language not in reviewed():
            unread = f"KUNING_LANGUAGES: nobody is named in docs/languages.md who read {language}"
            reader.mistakes.append(unread)
    if settings.admin_email is None and settings.admin_password is not None:
        reader.mistakes.append("KUNING_ADMIN_EMAIL: is missing beside KUNING_ADMIN_PASSWORD")


class _Reader:
    """Takes settings one by one and remembers every mistake."""

    def __init__(self, environ: Mapping[str, str], mistakes: list[str]) -> None:
        self._environ = environ
        self.mistakes = mistakes

    def need(self, name: str, read: Callable[[str], _Value]) -> _Value:
        if name not in self._environ:
            self.mistakes.append(f"{name}: is missing")
        # After a mistake None is never seen: Mistakes is raised before anybody looks.
        return cast("_Value", self.may(name, read))

    def may(self, name: str, read: Callable[[str], _Value]) -> _Value | None:
        text = self._environ.get(name)
        if text is None:
            return None
        try:
            return read(text)
        except ValueError as error:
            self.mistakes.append(f"{name}: must be {error}")
            return None

    def text(self, name: str, default: str) -> str:
        return self._environ.get(name, default)

    def number(self, name: str, default: int, low: int, high: int) -> int:
        found = self.may(name, lambda text: values.whole(text, low, high))
        return default if found is None else found

    def refuse(self, name: str, why: str) -> None:
        if name in self._environ:
            self.mistakes.append(f"{name}: {why}")
