"""Settings: all mistakes at once, no value repeated, a demo that needs none."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from domain.words import LANGUAGES
from runtime.languages import reviewed
from runtime.settings import Mistakes, Settings, from_env, line_limits

KEY = base64.b64encode(b"k" * 32).decode()
OTHER = base64.b64encode(b"o" * 32).decode()
REAL: Mapping[str, str] = {
    "KUNING_GATEWAY": "africastalking",
    "KUNING_URL": "https://kuning.example",
    "KUNING_SECRET_KEY": "s" * 40,
    "KUNING_DATA_KEYS": f"k2:{KEY},k1:{OTHER}",
    "KUNING_INDEX_KEY": base64.b64encode(b"i" * 32).decode(),
    "KUNING_WEBHOOK_TOKENS": "n" * 24 + "," + "o" * 24,
    "KUNING_OFFICES": "32.10",
    "KUNING_SERVICE_CODE": "*123*3#",
    "KUNING_TARIFF": "Rp 350 tiap 20 detik",
    "AT_USERNAME": "kuning",
    "AT_API_KEY": "secret-of-the-gateway",
}
REQUIRED = sorted(REAL.keys() - {"KUNING_GATEWAY"})


def mistakes(environ: Mapping[str, str]) -> tuple[str, ...]:
    with pytest.raises(Mistakes) as found:
        from_env(environ)
    return found.value.lines


def demo(tmp_path: Path, **environ: str) -> Settings:
    return from_env({"KUNING_HOME": str(tmp_path / "home")} | environ)


def test_a_real_installation_is_read_whole() -> None:
    settings = from_env(REAL)
    assert not settings.demo
    assert settings.data_key == "k2"
    assert settings.data_keys["k1"] == b"o" * 32
    assert settings.webhook_tokens == ("n" * 24, "o" * 24)
    assert settings.regions == {"ID"}
    assert settings.africastalking is not None


def test_the_demo_offers_every_language(tmp_path: Path) -> None:
    assert demo(tmp_path).languages == ("id", "su", "jv", "en")
    assert demo(tmp_path, KUNING_LANGUAGES="en, jv").languages == ("id", "jv", "en")


def test_production_offers_only_languages_that_somebody_has_read() -> None:
    assert from_env(REAL).languages == reviewed()
    unread = [language for language in LANGUAGES if language not in reviewed()]
    for language in unread:
        (line,) = mistakes({**REAL, "KUNING_LANGUAGES": language})
        assert line.startswith("KUNING_LANGUAGES: nobody is named in docs/languages.md")
    assert from_env({**REAL, "KUNING_LANGUAGES": "id"}).languages == ("id",)


def test_how_long_a_call_may_last_is_read_without_the_rest() -> None:
    assert line_limits({}) == (180, 30)
    assert line_limits({"KUNING_SESSION_SECONDS": "120", "KUNING_IDLE_SECONDS": ""}) == (120, 30)
    with pytest.raises(Mistakes, match="KUNING_IDLE_SECONDS: must be a whole number from 5"):
        line_limits({"KUNING_IDLE_SECONDS": "0"})


def test_production_names_everything_that_is_missing() -> None:
    lines = mistakes({"KUNING_GATEWAY": "africastalking"})
    assert [line.split(":")[0] for line in lines] == REQUIRED


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "٨٠٠٠"),
        ("PORT", "8000\n"),
        ("KUNING_URL", "kuning.example"),
        ("KUNING_URL", "http://kuning.example"),
        ("KUNING_TRUSTED_PROXIES", "all"),
        ("KUNING_LANGUAGES", "su,ar"),
        ("KUNING_WEB_WORKERS", "-1"),
        ("DATABASE_URL", "mysql://db/kuning"),
        ("REDIS_URL", "localhost:6379"),
        ("KUNING_SECRET_KEY", "short"),
        ("KUNING_DATA_KEYS", KEY),
        ("KUNING_DATA_KEYS", f"k1:{KEY},k1:{OTHER}"),
        ("KUNING_DATA_KEYS", f"K 1:{KEY}"),
        (
            "KUNING_DATA_KEYS",
            "k1:" + base64.b64encode(b"31 bytes are not enough for this").decode()[:-4],
        ),
        ("KUNING_INDEX_KEY", "not base64!"),
        ("KUNING_INDEX_KEY", KEY),
        ("KUNING_WEBHOOK_TOKENS", "guess-me"),
        ("KUNING_WEBHOOK_TOKENS", "a/b" * 10),
        ("KUNING_ADMIN_EMAIL", "admin"),
        ("KUNING_ADMIN_PASSWORD", "12345678901"),
        ("KUNING_OFFICES", "3210"),
        ("KUNING_OFFICES", "32.10,32.10"),
        ("KUNING_GATEWAY", "pigeon"),
        ("KUNING_SERVICE_CODE", "dial it"),
        ("KUNING_TARIFF", "dua puluh lima huruf ini.."),
        ("KUNING_TARIFF", "murah 😀"),
        ("KUNING_SANDBOX_REGIONS", "Kenya"),
        ("KUNING_SMS_DAILY_BUDGET", "many"),
        ("KUNING_METRICS_TOKEN", "short"),
        ("KUNING_LOG_LEVEL", "loud"),
        ("KUNING_FAILPOINT", "web.committed:exit"),
        ("KUNING_SIMULATOR_LOG", "sms.jsonl"),
        ("AT_BASE_URL", "api"),
        ("KUNING_HOOME", "elsewhere"),
    ],
)
def test_one_mistake_is_named_without_its_value(name: str, value: str) -> None:
    environ = dict(REAL) | {name: value, "KUNING_ADMIN_EMAIL": "a@b.example"}
    (line,) = mistakes(environ | {name: value})
    assert line.startswith(f"{name}: ")
    assert value.strip() not in line.split(": ", 1)[1]


def test_several_mistakes_are_told_together() -> None:
    lines = mistakes(dict(REAL) | {"PORT": "x", "KUNING_TARIFF": "", "KUNING_LOG_LEVEL": "loud"})
    assert [line.split(":")[0] for line in lines] == ["KUNING_LOG_LEVEL", "KUNING_TARIFF", "PORT"]


def test_a_slip_of_the_keyboard_is_guessed() -> None:
    (line,) = mistakes(dict(REAL) | {"KUNING_TARRIF": "x"})
    assert line.endswith("did you mean KUNING_TARIFF?")


def test_the_demo_needs_no_setting_and_keeps_its_secrets(tmp_path: Path) -> None:
    first, second = demo(tmp_path), demo(tmp_path)
    assert first == second
    assert first.demo
    assert (first.bind, first.port) == ("127.0.0.1", 8000)
    assert first.offices == ("32.10", "33.74")
    kept = tmp_path / "home" / "secrets.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700


def test_two_demos_share_no_secret(tmp_path: Path) -> None:
    one, other = demo(tmp_path / "1"), demo(tmp_path / "2")
    assert one.secret_key != other.secret_key
    assert one.index_key != other.index_key
    assert one.webhook_tokens != other.webhook_tokens


def test_processes_that_start_at_once_read_the_same_secrets(tmp_path: Path) -> None:
    script = (
        "import os; from runtime.settings import from_env; print(from_env(os.environ).secret_key)"
    )
    environ = {"PATH": os.environ["PATH"], "KUNING_HOME": str(tmp_path / "home")}
    started = [
        subprocess.Popen([sys.executable, "-c", script], env=environ, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in started}) == 1


def test_what_the_environment_says_wins_over_the_demos_own(tmp_path: Path) -> None:
    assert demo(tmp_path, KUNING_SECRET_KEY="m" * 40).secret_key == "m" * 40
    made = json.loads((tmp_path / "home" / "secrets.json").read_text())
    assert made["KUNING_SECRET_KEY"] != "m" * 40


def test_production_reads_none_of_the_demos_secrets(tmp_path: Path) -> None:
    home = {"KUNING_HOME": str(tmp_path / "home")}
    demo(tmp_path)
    assert len(mistakes(home | {"KUNING_GATEWAY": "africastalking"})) == len(REQUIRED)


def test_a_home_that_cannot_be_used_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    (line,) = mistakes({"KUNING_HOME": str(tmp_path / "home")})
    assert line.startswith("KUNING_HOME: ")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_database_may_be_spelt_as_providers_do(scheme: str) -> None:
    settings = from_env(dict(REAL) | {"DATABASE_URL": f"{scheme}://u:p@db/kuning?sslmode=require"})
    assert settings.database_url == "postgresql+psycopg://u:p@db/kuning?sslmode=require"


def test_no_secret_is_shown_with_the_settings() -> None:
    shown = repr(from_env(dict(REAL) | {"DATABASE_URL": "postgres://u:dbsecret@db/k"}))
    for secret in ("s" * 40, KEY, "kkkk", "n" * 24, "dbsecret", "secret-of-the-gateway"):
        assert secret not in shown
