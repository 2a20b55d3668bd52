"""Invite links and chains."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Translator
from bot.services.referrals import Chain
from bot.views.screens import Button, Screen, lines, paragraphs, shortened
from storage.repositories.referrals import Upward
from storage.states import ReferralSource

_UPLINE_NAMED = 20
_LEVELS_SHOWN = 20
_LONGEST_NAME = 60


def invite(t: Translator, *, group: str, url: str, start_link: str | None) -> Screen:
    """A member's own invite link, and for a public group the one that leads through the bot."""
    return Screen(
        text=paragraphs(
            t.html("Your own invite link to <b>{group}</b>:", group=group),
            Markup.escape(url),
            t.html("Whoever joins by it counts as brought by you, for good."),
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


def chain(t: Translator, *, group: str, chain: Chain) -> Screen:
    """Who stands above a member up to the root, and how many below."""
    return Screen(
        text=paragraphs(
            t.html("<b>Your chain in {group}</b>", group=group),
            _upline(t, chain),
            _downline(t, chain),
        )
    )


def _upline(t: Translator, chain: Chain) -> Markup:
    if not chain.upline or chain.source is None:
        return t.html("I do not know who brought you: the chain begins with you.")
    name = chain.upline[0].name
    brought = {
        ReferralSource.INVITE_LINK: t.html("{name} brought you by an invite link.", name=name),
        ReferralSource.ADDED: t.html("{name} added you to the group.", name=name),
        ReferralSource.START: t.html("{name} brought you by a link through me.", name=name),
        ReferralSource.JOIN_REQUEST: t.html("{name} brought you by a link to request to join.", name=name),
    }
    return lines(
        brought[chain.source],
        t.html("Up to the root: {names}", names=" ← ".join(_names(chain.upline))),
    )


def _downline(t: Translator, chain: Chain) -> Markup:
    if not chain.downline:
        return t.html("You have brought nobody yet. /invite gives you your own link.")
    more = chain.downline.get(1, 0) - len(chain.direct)
    names = t.listed([shortened(name, _LONGEST_NAME) for name in chain.direct])
    return lines(
        t.html("You brought {names}", names=names),
        t.html_plural("and {n} more", "and {n} more", more) if more > 0 else None,
        *(
            t.html_plural("Level {level}: {n} person", "Level {level}: {n} people", count, level=level)
            for level, count in list(chain.downline.items())[:_LEVELS_SHOWN]
        ),
        Markup("…") if len(chain.downline) > _LEVELS_SHOWN else None,
    )


def _names(upline: Sequence[Upward]) -> list[str]:
    """The upline from the nearest to the root; of a very long one the middle is left out."""
    names = [shortened(above.name, _LONGEST_NAME) for above in upline]
    return names if len(names) <= _UPLINE_NAMED else [*names[: _UPLINE_NAMED - 1], "…", names[-1]]
