"""Greetings, settings and invitations."""

import pytest
from markupsafe import Markup

from bot.i18n import LANGUAGES, Translator
from bot.views import groups, members, referrals
from bot.views.screens import LONGEST_TOAST, Screen, as_fits, shortened, shown_length, toast
from sandbox.entities import utf16_length
from storage.models import Group
from tests.views.strange import GROUP, NAME, NOW, long, make_posted, shown

LINK = "https://t.me/vouch_bot?start=settings_1"
LONGEST_COMMAND_WORDS = 256


@pytest.mark.parametrize("flag", [True, False])
def test_the_settings_of_a_group(t: Translator, text: str, flag: bool) -> None:
    group = make_posted(text).group
    group.reads_plain_orders = group.bot_is_admin = group.takes_campaigns = flag
    shown(groups.settings_card(t, group, now=NOW, saved=flag))
    for page in ("language", "currency", "zone", "quiet"):
        shown(groups.settings_page(t, group, page))


@pytest.mark.parametrize("count", [1, 30, 150])
def test_a_choice_of_groups(t: Translator, text: str, count: int) -> None:
    several: list[Group] = [make_posted(text).group] * count
    shown(groups.choose_group(t, several, groups.which_group(t), links=[LINK] * count))


def test_words_to_people_without_a_group(t: Translator) -> None:
    shown(groups.leads_none(t))
    shown(groups.in_no_group(t))


@pytest.mark.parametrize("owner", [None, "Mei"])
def test_the_bot_arrives(t: Translator, owner: str | None) -> None:
    shown(groups.arrived(t, owner=owner, link=LINK))


def test_greetings_and_help(t: Translator, text: str) -> None:
    shown(members.greeting(t, name=long(text, NAME), add_link=LINK))
    shown(members.help_in_private(t))
    shown(members.help_in_group(t, is_curator=True))
    shown(members.help_in_group(t, is_curator=False))
    for name in (long(text, NAME), None):
        shown(members.look_in_private(t, name=name, link=LINK))
    shown(members.nothing_here(t))


def test_languages_name_themselves(t: Translator) -> None:
    labels = [button.text for row in members.choose_language(t).buttons for button in row]
    assert labels == list(LANGUAGES.values())
    assert utf16_length(members.language_chosen(t)) <= LONGEST_TOAST
    assert utf16_length(members.gave_up(t)) <= LONGEST_TOAST


def test_every_command_says_what_it_does(t: Translator) -> None:
    assert all(1 <= len(words) <= LONGEST_COMMAND_WORDS for words in members.command_words(t).values())


@pytest.mark.parametrize("url", [None, LINK])
@pytest.mark.parametrize("known", [True, False])
def test_invitations(t: Translator, text: str, url: str | None, known: bool) -> None:
    shown(referrals.invite(t, group=long(text, GROUP), url=LINK, start_link=LINK))
    name = long(text, NAME) if known else None
    shown(referrals.invited(t, group=long(text, GROUP), referrer=name, url=url))


class TestLengths:
    def test_a_text_is_measured_as_telegram_measures_it(self) -> None:
        assert shown_length("<b>Tom &amp; Ann</b> 🍯") == len("Tom & Ann ") + 2

    @pytest.mark.parametrize(
        ("text", "limit", "short"),
        [
            ("honey", 5, "honey"),
            ("honey", 4, "hon…"),
            ("two words", 5, "two…"),
            ("🍯🍯🍯", 6, "🍯🍯🍯"),
            ("🍯🍯🍯", 5, "🍯🍯…"),
            ("🍯🍯🍯", 4, "🍯…"),
            ("honey", 0, "…"),
            ("", 0, ""),
        ],
    )
    def test_a_text_is_cut_between_characters(self, text: str, limit: int, short: str) -> None:
        assert shortened(text, limit) == short

    def test_a_toast_is_cut_to_what_it_may_hold(self) -> None:
        assert utf16_length(toast("🍯" * 200)) <= LONGEST_TOAST
        assert toast("Saved.") == "Saved."

    def test_as_many_parts_as_fit(self) -> None:
        parts = [Markup("<b>{}</b>").format("x" * 8)] * 5
        assert as_fits(parts, between="\n", limit=100) == Markup("\n").join(parts)
        cut = as_fits(parts, between="\n", limit=30)
        assert cut == Markup("\n").join([*parts[:3], Markup("…")])
        assert shown_length(cut) <= 30

    def test_a_screen_without_buttons_has_no_keyboard(self) -> None:
        screen = Screen(text=Markup("x"))
        assert screen.keyboard() is None
        assert screen.payload(topic_id=3) == {"text": "x", "keyboard": None, "topic_id": 3}
