"""Invite links."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.money import Money
from bot.views.promotions import bring_a_friend_line
from bot.views.screens import Button, Screen, paragraphs


def invite(
    t: Translator, *, group: str, url: str, start_link: str | None, for_friends: Money | None = None
) -> Screen:
    """A member's own invite link, and for a public group the one that leads through the bot.

    While a promotion for friends runs, it says what each of the two gets.
    """
    return Screen(
        text=paragraphs(
            t.html("Your own invite link to <b>{group}</b>:", group=group),
            Markup.escape(url),
            t.html("Whoever joins by it counts as brought by you, for good."),
            bring_a_friend_line(t, for_friends) if for_friends else None,
            t.html(
                "The group is public: whom you only tell its name should come by this link, "
                "which leads through me: {link}",
                link=start_link,
            )
            if start_link
            else None,
        )
    )


def invited(t: Translator, *, group: str, referrer: str | None, url: str | None) -> Screen:
    """To somebody who opened a member's link that leads through the bot."""
    text = (
        t.html("{name} invites you to <b>{group}</b>.", name=referrer, group=group)
        if referrer
        else t.html("You are invited to <b>{group}</b>.", group=group)
    )
    if url is None:
        return Screen(
            text=paragraphs(text, t.html("Please ask one of its members how to join: I have no link to it."))
        )
    return Screen(text=text, buttons=[[Button(text=t("Join the group"), url=url)]])
