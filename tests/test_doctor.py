"""The doctor beside a local Telegram: each illness is named, with its cure."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.composition import asking
from bot.doctor import Finding, examine
from bot.jobs.dead_letters import DatabaseDeadLetters
from bot.services.payments.charges import Charge, record_charge
from bot.settings import Settings, demo_settings
from bot.shop import Shop
from bot.telegram.allowed import ALLOWED_UPDATES
from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.people import Sandbox
from sandbox.persons import Person
from storage.engine import Database, opened
from storage.models import Group as StoredGroup
from storage.repositories.members import Seen
from storage.schema import migrate
from storage.states import OutboxKind
from storage.unit_of_work import writing

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
async def tg() -> AsyncIterator[Sandbox]:
    async with Sandbox.running() as tg:
        yield tg


@pytest.fixture
def account(tg: Sandbox) -> Bot:
    return tg.create_bot("vouch_bot")


@pytest.fixture
def mei(tg: Sandbox) -> Person:
    return tg.person("Mei")


@pytest.fixture
def honey(tg: Sandbox, mei: Person) -> Group:
    return tg.group("Honey friends", owner=mei)


@pytest.fixture
def settings(tg: Sandbox, account: Bot, tmp_path: Path) -> Settings:
    return demo_settings(token=account.token, api_url=tg.url, folder=tmp_path)


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    async with opened(settings.database_url.get_secret_value()) as database:
        await migrate(database.write)
        yield database


async def serve(database: Database, group: Group, *, time_zone: str = "Asia/Shanghai") -> None:
    """The shop knows this group."""
    stored = StoredGroup(
        chat_id=group.id,
        title=group.title,
        language="en",
        currency="EUR",
        time_zone=time_zone,
        created_at=NOW,
    )
    async with writing(database) as uow:
        await uow.groups.add(stored)


async def findings_of(settings: Settings) -> list[Finding]:
    async with asking(settings) as ask:
        return [finding async for finding in examine(settings, ask)]


async def problem_of(settings: Settings) -> Finding:
    (problem,) = [finding for finding in await findings_of(settings) if not finding.is_ok]
    return problem


def with_provider(settings: Settings, token: str) -> Settings:
    return settings.model_copy(update={"provider_token": SecretStr(token)})


async def test_whether_cards_can_be_taken(
    tg: Sandbox, settings: Settings, database: Database, account: Bot, mei: Person, honey: Group
) -> None:
    await mei.adds_bot(account, honey, admin=True)
    await serve(database, honey)
    [without] = [finding for finding in await findings_of(settings) if finding.about == "cards"]
    assert without.is_ok
    assert "no VOUCH_PROVIDER_TOKEN" in without.says

    connected = with_provider(settings, tg.world.payments.connect_provider(account))
    [can] = [finding for finding in await findings_of(connected) if finding.about == "cards"]
    assert (can.is_ok, can.says) == (True, "groups can take cards (in test mode)")
    assert all(message.invoice is None for message in honey.messages)

    broken = await problem_of(with_provider(settings, "1:LIVE:nobodyknowsthis"))
    assert broken.about == "cards"
    assert "PAYMENT_PROVIDER_INVALID" in broken.says.upper()
    assert "nobodyknowsthis" not in broken.says

    tg.world.faults.refuse(400, "Bad Request: CURRENCY_INVALID", method="createInvoiceLink")
    [odd] = [finding for finding in await findings_of(connected) if finding.about == "cards"]
    assert odd.is_ok
    assert "CURRENCY_INVALID" in odd.says.upper()


async def test_a_healthy_bot_has_no_problems(
    settings: Settings, database: Database, account: Bot, mei: Person, honey: Group
) -> None:
    await mei.adds_bot(account, honey, admin=True)
    await serve(database, honey)
    findings = await findings_of(settings)
    assert [finding for finding in findings if not finding.is_ok] == []
    assert [finding.about for finding in findings] == [
        "disk",
        "time zones",
        "database",
        "dead letters",
        "outbox",
        "ledger",
        "token",
        "privacy mode",
        "inline mode",
        "group Honey friends",
        "polling",
        "cards",
    ]


async def test_before_the_first_start_there_is_no_database_and_that_is_well(
    settings: Settings, tmp_path: Path
) -> None:
    findings = await findings_of(settings)
    assert all(finding.is_ok for finding in findings)
    assert not (tmp_path / "vouch.db").exists(), "the doctor changes nothing"


async def test_a_refused_token_is_named_without_being_shown(settings: Settings, database: Database) -> None:
    stranger = settings.model_copy(update={"bot_token": type(settings.bot_token)("999:not-a-known-token")})
    problem = await problem_of(stranger)
    assert problem.about == "token"
    assert "@BotFather" in problem.mend
    assert "not-a-known-token" not in problem.says + problem.mend


async def test_a_telegram_that_cannot_be_reached_is_named(settings: Settings, database: Database) -> None:
    problem = await problem_of(settings.model_copy(update={"api_url": "http://127.0.0.1:9"}))
    assert problem.about == "token"
    assert "http://127.0.0.1:9" in problem.mend


async def test_a_bot_that_was_removed_is_named(
    settings: Settings, database: Database, account: Bot, mei: Person, honey: Group
) -> None:
    await mei.adds_bot(account, honey, admin=True)
    await serve(database, honey)
    await mei.removes_bot(account, honey)
    problem = await problem_of(settings)
    assert problem.about == "group Honey friends"
    assert "add the bot again" in problem.mend


async def test_a_group_that_telegram_does_not_know_is_named(
    settings: Settings, database: Database, honey: Group
) -> None:
    async with writing(database) as uow:
        await uow.groups.add(
            StoredGroup(
                chat_id=-100_999,
                title="Gone",
                language="en",
                currency="EUR",
                time_zone="UTC",
                created_at=NOW,
            )
        )
    problem = await problem_of(settings)
    assert problem.about == "group Gone"
    assert "chat not found" in problem.says.lower()


async def test_a_bot_that_is_no_administrator_is_named(
    settings: Settings, database: Database, account: Bot, mei: Person, honey: Group
) -> None:
    await mei.adds_bot(account, honey)
    await serve(database, honey)
    problem = await problem_of(settings)
    assert "no administrator" in problem.says
    assert "answers" in problem.says
    assert "invite users" in problem.mend


async def test_a_missing_right_is_named(
    settings: Settings, database: Database, account: Bot, mei: Person, honey: Group
) -> None:
    await mei.adds_bot(account, honey, admin=True, rights=frozenset({"can_manage_chat"}))
    await serve(database, honey)
    problem = await problem_of(settings)
    assert "invite links" in problem.says
    assert "invite users" in problem.mend


async def test_a_group_with_an_unknown_time_zone_is_named(
    settings: Settings, database: Database, account: Bot, mei: Person, honey: Group
) -> None:
    await mei.adds_bot(account, honey, admin=True)
    await serve(database, honey, time_zone="Mars/Olympus")
    problem = await problem_of(settings)
    assert "Mars/Olympus" in problem.says
    assert "/settings" in problem.mend


async def test_a_database_of_another_version_is_named(settings: Settings) -> None:
    async with opened(settings.database_url.get_secret_value()) as database, database.write.begin():
        pass
    problem = await problem_of(settings)
    assert problem.about == "database"
    assert "run_bot.py migrate" in problem.mend


async def test_a_database_that_does_not_answer_is_named(settings: Settings) -> None:
    address = type(settings.database_url)("postgresql://vouch@127.0.0.1:9/vouch")
    problem = await problem_of(settings.model_copy(update={"database_url": address}))
    assert problem.about == "database"
    assert "VOUCH_DATABASE_URL" in problem.mend


async def test_a_webhook_that_the_settings_do_not_want_is_named(
    settings: Settings, database: Database, tg: Sandbox, account: Bot
) -> None:
    async with asking(settings) as ask:
        await ask("setWebhook", {"url": "https://elsewhere.example.org/", "secret_token": "x"})
    problem = await problem_of(settings)
    assert problem.about == "webhook"
    assert "https://elsewhere.example.org/" in problem.says


async def test_inline_mode_is_named_and_how_to_switch_it_on(
    settings: Settings, database: Database, account: Bot
) -> None:
    [off] = [finding for finding in await findings_of(settings) if finding.about == "inline mode"]
    assert off.is_ok
    assert "/setinline" in off.says
    account.set_inline(feedback_percent=100)
    [on] = [finding for finding in await findings_of(settings) if finding.about == "inline mode"]
    assert "@vouch_bot can be typed in any chat" in on.says


async def test_updates_that_telegram_keeps_back_are_named(
    settings: Settings, database: Database, account: Bot
) -> None:
    url = "http://127.0.0.1:9/vouch"
    by_webhook = settings.model_copy(update={"webhook_url": url})
    hook = {"url": url, "secret_token": "x"}
    async with asking(settings) as ask:
        await ask("setWebhook", {**hook, "allowed_updates": ["message", "callback_query"]})
    problem = await problem_of(by_webhook)
    assert problem.about == "updates"
    assert "inline_query" in problem.says
    async with asking(settings) as ask:
        await ask("setWebhook", {**hook, "allowed_updates": list(ALLOWED_UPDATES)})
    assert all(finding.is_ok for finding in await findings_of(by_webhook))


async def test_a_webhook_that_fails_is_named(
    settings: Settings, database: Database, tg: Sandbox, account: Bot, mei: Person
) -> None:
    url = "http://127.0.0.1:9/vouch"
    async with asking(settings) as ask:
        await ask("setWebhook", {"url": url, "secret_token": "x"})
    await mei.starts(account)
    webhook = account.webhook
    assert webhook is not None
    await tg.world.until(lambda: webhook.last_error is not None, waiting_for="a failed delivery")
    problem = await problem_of(settings.model_copy(update={"webhook_url": url}))
    assert "the last delivery failed" in problem.says
    assert "1 updates wait" in problem.says
    assert "VOUCH_WEBHOOK_LISTEN" in problem.mend


async def test_dead_letters_are_named(settings: Settings, database: Database) -> None:
    await DatabaseDeadLetters(Shop(database=database)).add(5, {"update_id": 5}, "ValueError: bad")
    problem = await problem_of(settings)
    assert problem.says == "1 updates could not be handled"
    assert "/admin" in problem.mend


async def fail_to_send(database: Database, reason: str) -> None:
    async with writing(database) as uow:
        await uow.outbox.add(OutboxKind.MESSAGE, chat_id=5, payload={"text": "Hello"}, now=NOW)
        (due,) = await uow.outbox.list_due(now=NOW, limit=1, after=(-1, 0))
        await uow.outbox.fail(due.id, now=NOW, reason=reason)


async def test_charges_of_which_no_curator_hears_are_counted(settings: Settings, database: Database) -> None:
    payer = Seen(id=7, name="Ann", username=None, language="en")
    async with writing(database) as uow:
        for number, currency in enumerate(("EUR", "XTR")):
            charge = Charge(
                id=str(number),
                provider_charge_id=None,
                payer=payer,
                token="vouch-of-another-time",
                amount=5,
                currency=currency,
            )
            await record_charge(uow, charge, now=NOW)
    (charges,) = [finding for finding in await findings_of(settings) if finding.about == "charges"]
    assert charges.is_ok
    assert charges.says.startswith("1 came of invoices"), "Stars go back by themselves"


async def test_a_person_who_blocked_the_bot_is_no_fault(settings: Settings, database: Database) -> None:
    await fail_to_send(database, "Forbidden: bot was blocked by the user")
    (outbox,) = [finding for finding in await findings_of(settings) if finding.about == "outbox"]
    assert outbox.is_ok
    assert "1 were for people" in outbox.says


async def test_a_message_that_telegram_did_not_understand_is_named(
    settings: Settings, database: Database
) -> None:
    await fail_to_send(database, "Bad Request: can't parse entities")
    problem = await problem_of(settings)
    assert "can't parse entities" in problem.says
