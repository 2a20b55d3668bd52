"""What the settings accept, and how they say what is wrong."""

from pathlib import Path

import pytest

from bot.settings import Listen, Settings, SettingsWrong, StorageSettings, demo_settings, read_settings

TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz0123456"


@pytest.fixture(autouse=True)
def empty_desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No settings around, and a working directory of our own."""
    for name in [str(field.validation_alias) for field in Settings.model_fields.values()]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problems_of(monkeypatch: pytest.MonkeyPatch, **environment: str) -> list[str]:
    for name, value in {"BOT_TOKEN": TOKEN, **environment}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsWrong) as caught:
        read_settings(Settings)
    return caught.value.problems


def test_a_token_is_all_that_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", f" {TOKEN} ")
    settings = read_settings(Settings)
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.api_url == "https://api.telegram.org"
    assert settings.database_url.get_secret_value() == "sqlite:///data/vouch.db"
    assert settings.webhook_url is None
    assert settings.webhook_listen == Listen(host="127.0.0.1", port=8443)
    assert settings.http_listen is None
    assert settings.admin_ids == frozenset()
    assert (settings.log, settings.log_level) == ("console", "info")


def test_everything_can_stand_in_a_file(empty_desk: Path) -> None:
    (empty_desk / ".env").write_text(
        f"BOT_TOKEN={TOKEN}\n"
        "VOUCH_DATABASE_URL=postgresql://vouch:secret@db/vouch\n"
        "VOUCH_WEBHOOK_URL=https://bot.example.org/vouch\n"
        "VOUCH_WEBHOOK_LISTEN=[::1]:9443\n"
        "VOUCH_WEBHOOK_SECRET=s-e_c-R3t\n"
        "VOUCH_HTTP_LISTEN=0.0.0.0:9090\n"
        "VOUCH_ADMIN_IDS=12, 34,\n"
        "VOUCH_PROVIDER_TOKEN= 12345:TEST:abc-DEF_9.8 \n"
        "VOUCH_LOG=JSON\n"
        "VOUCH_LOG_LEVEL=Debug\n"
        "SOMETHING_ELSE=1\n"
    )
    settings = read_settings(Settings)
    assert settings.webhook_path == "/vouch"
    assert settings.webhook_listen == Listen(host="::1", port=9443)
    assert settings.http_listen == Listen(host="0.0.0.0", port=9090)
    assert settings.admin_ids == {12, 34}
    assert settings.provider_token is not None
    assert settings.provider_token.get_secret_value() == "12345:TEST:abc-DEF_9.8"
    assert (settings.log, settings.log_level) == ("json", "debug")


def test_the_environment_wins_over_the_file_and_empty_means_unset(
    empty_desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty_desk / ".env").write_text(f"BOT_TOKEN={TOKEN}\nVOUCH_LOG=json\n")
    monkeypatch.setenv("VOUCH_LOG", "console")
    monkeypatch.setenv("VOUCH_WEBHOOK_URL", "")
    monkeypatch.setenv("VOUCH_HTTP_LISTEN", "")
    settings = read_settings(Settings)
    assert settings.log == "console"
    assert settings.webhook_url is None
    assert settings.http_listen is None


def test_a_missing_token_is_told_with_where_to_get_one() -> None:
    with pytest.raises(SettingsWrong) as caught:
        read_settings(Settings)
    (problem,) = caught.value.problems
    assert problem.startswith("BOT_TOKEN is missing")
    assert "@BotFather" in problem
    assert ".env" in problem


def test_all_problems_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    problems = problems_of(
        monkeypatch,
        BOT_TOKEN="not a token",
        VOUCH_API_URL="api.telegram.org",
        VOUCH_DATABASE_URL="mysql://somewhere/else",
        VOUCH_WEBHOOK_URL="https://bot.example.org",
        VOUCH_WEBHOOK_LISTEN="8443",
        VOUCH_HTTP_LISTEN="127.0.0.1:99999",
        VOUCH_ADMIN_IDS="12,@mei",
        VOUCH_LOG="xml",
        VOUCH_LOG_LEVEL="loud",
    )
    named = {problem.split(" ", 1)[0] for problem in problems}
    assert named == {
        "BOT_TOKEN",
        "VOUCH_API_URL",
        "VOUCH_DATABASE_URL",
        "VOUCH_WEBHOOK_LISTEN",
        "VOUCH_WEBHOOK_SECRET",
        "VOUCH_HTTP_LISTEN",
        "VOUCH_ADMIN_IDS",
        "VOUCH_LOG",
        "VOUCH_LOG_LEVEL",
    }
    assert len(problems) == len(named)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("VOUCH_WEBHOOK_URL", "http://bot.example.org/", "https://"),
        ("VOUCH_WEBHOOK_URL", "bot.example.org", "public address"),
        ("VOUCH_WEBHOOK_SECRET", "with a space", "1 to 256"),
        ("VOUCH_WEBHOOK_SECRET", "x" * 257, "1 to 256"),
        ("VOUCH_DATABASE_URL", "sqlite://", "must name a file"),
        ("VOUCH_DATABASE_URL", "sqlite:///:memory:", "must name a file"),
        ("VOUCH_DATABASE_URL", "nonsense", "postgresql://"),
        ("VOUCH_DATABASE_URL", "postgresql://u@h/n?sslmode=require", "?ssl=require"),
        ("VOUCH_HTTP_LISTEN", ":9090", "host:port"),
        ("VOUCH_ADMIN_IDS", "-5", "user ids"),
        ("VOUCH_LOG", "xml", "'console' or 'json'"),
    ],
)
def test_a_wrong_value_is_told_with_the_right_shape(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    problems = problems_of(monkeypatch, **{name: value})
    about = [problem for problem in problems if problem.startswith(name)]
    assert len(about) == 1
    assert words in about[0]


def test_a_webhook_without_a_secret_says_how_to_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    (problem,) = problems_of(monkeypatch, VOUCH_WEBHOOK_URL="https://bot.example.org/vouch")
    assert "VOUCH_WEBHOOK_SECRET is missing" in problem
    assert "secrets.token_urlsafe" in problem


def test_metrics_are_not_served_where_the_public_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    (problem,) = problems_of(
        monkeypatch,
        VOUCH_WEBHOOK_URL="https://bot.example.org/vouch",
        VOUCH_WEBHOOK_SECRET="secret",
        VOUCH_WEBHOOK_LISTEN="127.0.0.1:9000",
        VOUCH_HTTP_LISTEN="127.0.0.1:9000",
    )
    assert "must differ" in problem


def test_another_api_server_may_be_reached_without_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "BOT_TOKEN": TOKEN,
        "VOUCH_API_URL": "http://127.0.0.1:8081/",
        "VOUCH_WEBHOOK_URL": "http://127.0.0.1:8443",
        "VOUCH_WEBHOOK_SECRET": "secret",
    }.items():
        monkeypatch.setenv(name, value)
    settings = read_settings(Settings)
    assert settings.api_url == "http://127.0.0.1:8081"
    assert settings.webhook_path == "/"


def test_a_misspelt_name_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    (problem,) = problems_of(monkeypatch, VOUCH_DATABSE_URL="sqlite:///elsewhere.db")
    assert problem == "VOUCH_DATABSE_URL is not a setting; did you mean VOUCH_DATABASE_URL?"


def test_other_names_of_ours_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("VOUCH_BOTAPI_SPEC", "/somewhere")
    monkeypatch.setenv("VOUCH_DATA", "/somewhere")
    assert read_settings(Settings).log == "console"


def test_no_secret_is_ever_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = problems_of(
        monkeypatch,
        BOT_TOKEN="123456789:AA with a space in it",
        VOUCH_DATABASE_URL="mysql://u:pass123@host/name",
        VOUCH_WEBHOOK_SECRET="hidden words!",
    )
    assert not any(secret in problem for problem in wrong for secret in ("with a space", "pass123", "hidden"))
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("VOUCH_DATABASE_URL", "postgresql://u:password@host/name")
    monkeypatch.setenv("VOUCH_WEBHOOK_SECRET", "hidden")
    settings = read_settings(Settings)
    assert not any(secret in repr(settings) for secret in (TOKEN, "password", "hidden"))


def test_the_storage_settings_need_no_token_and_heed_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOUCH_ADMIN_IDS", "nonsense")
    assert read_settings(StorageSettings).log == "console"


def test_the_demo_heeds_no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("VOUCH_WEBHOOK_URL", "https://bot.example.org")
    monkeypatch.setenv("VOUCH_HTTP_LISTEN", "nonsense")
    settings = demo_settings(token="7000000001:SANDBOX-vouch", api_url="http://127.0.0.1:1", folder=tmp_path)
    assert settings.webhook_url is None
    assert settings.http_listen is None
    assert settings.bot_token.get_secret_value() == "7000000001:SANDBOX-vouch"


@pytest.mark.parametrize(
    "token", ["987654", "12345:abcdefgh", "x:TEST:abcdefgh", "1:TEST:", "1:TEST:ab cd ef"]
)
def test_a_providers_token_has_a_shape_and_is_not_shown(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    [problem] = problems_of(monkeypatch, VOUCH_PROVIDER_TOKEN=token)
    assert problem.startswith("VOUCH_PROVIDER_TOKEN does not look like a provider's token")
    assert token not in problem


def test_a_providers_token_is_in_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("VOUCH_PROVIDER_TOKEN", "12345:LIVE:abcdefgh")
    assert "abcdefgh" not in repr(read_settings(Settings))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("VOUCH_KEEP_PROOFS_DAYS", "a while", "VOUCH_KEEP_PROOFS_DAYS must be a whole number, such as 30."),
        ("VOUCH_KEEP_VISITS_DAYS", "-1", "VOUCH_KEEP_VISITS_DAYS must be at least 0."),
        ("VOUCH_KEEP_FAILURES_DAYS", "0", "VOUCH_KEEP_FAILURES_DAYS must be at least 1."),
    ],
)
def test_how_long_things_are_kept_is_a_number_of_days(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    assert problems_of(monkeypatch, **{name: value}) == [sentence]


@pytest.mark.parametrize(("said", "kept"), [("", "on"), ("on", "on"), (" OFF ", "off")])
def test_new_groups_begin_with_an_allowance_unless_that_is_off(
    monkeypatch: pytest.MonkeyPatch, said: str, kept: str
) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("VOUCH_ALLOWANCE", said)
    assert read_settings(Settings).allowance == kept
    assert problems_of(monkeypatch, VOUCH_ALLOWANCE="perhaps") == [
        "VOUCH_ALLOWANCE must be one of 'on' or 'off'."
    ]
