"""Chains in words: who brought whom, and what came of it."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.callbacks.chains import (
    AllChainsButton,
    ChainButton,
    ChainNameButton,
    ChainPictureButton,
    ChainSheetButton,
)
from bot.i18n import Translator
from bot.money import Money
from bot.services.chains import Chain, Chains
from bot.views.screens import Button, Screen, lines, paragraphs, shortened
from storage.repositories.chains import Above, Reward
from storage.states import ReferralSource

_UPLINE_NAMED = 20
_LEVELS_SHOWN = 20
_LONGEST_NAME = 60


def chain(t: Translator, chain: Chain, *, sees_all: bool) -> Screen:
    """Who stands above a member up to the root, how many below, and what her own people ordered."""
    return Screen(
        text=paragraphs(
            t.html("<b>Your chain in {group}</b>", group=chain.group.title),
            _upline(t, chain),
            _downline(t, chain),
            _done(t, chain) if chain.levels else None,
            t.html("Your name is hidden: nobody else finds it in a chain.") if chain.hides_name else None,
        ),
        buttons=_buttons(t, chain, sees_all=sees_all),
    )


def all_chains(t: Translator, chains: Chains) -> Screen:
    """How many chains a group has and how people stand in them, for its owner."""
    group_id = chains.group.id or 0
    head = t.html("<b>All chains of {group}</b>", group=chains.group.title)
    back = [Button(text=t("‹ Back"), data=ChainButton(group_id))]
    if not chains.totals.chains:
        return Screen(text=paragraphs(head, t.html("Nobody has brought anybody yet.")), buttons=[back])
    text = paragraphs(
        head,
        lines(
            t.html("Chains: {n}", n=t.number(chains.totals.chains)),
            t.html("People in them: {n}", n=t.number(chains.totals.people)),
        ),
        lines(t.html("Below the people with whom chains begin:"), *_levels(t, chains.levels)),
        without_name(t),
    )
    drawn = Button(text=t("Draw a picture"), data=ChainPictureButton(group_id, 1))
    listed = Button(text=t("As a file (XLSX)"), data=ChainSheetButton(group_id))
    return Screen(text=text, buttons=[[drawn, listed], back])


def without_name(t: Translator) -> Markup:
    """Why somebody has no name in a picture or a file."""
    return t.html("People who have left the group or hide their name stand here without one.")


def chain_comes(t: Translator) -> str:
    """A toast: the picture or the file is being made."""
    return t("One moment: I am making it.")


def name_hidden(t: Translator, *, is_hidden: bool) -> str:
    """A toast: whether others find her name in chains from now on."""
    if is_hidden:
        return t("Nobody else finds your name in a chain now, in any group.")
    return t("Others find your name in chains again.")


def _buttons(t: Translator, chain: Chain, *, sees_all: bool) -> Sequence[Sequence[Button]]:
    group_id = chain.group.id or 0
    hide = t("Show my name") if chain.hides_name else t("Hide my name")
    drawn = Button(text=t("Draw a picture"), data=ChainPictureButton(group_id, 0))
    return [
        [drawn] if chain.people_below else [],
        [Button(text=hide, data=ChainNameButton(group_id, 0 if chain.hides_name else 1))],
        [Button(text=t("All chains"), data=AllChainsButton(group_id))] if sees_all else [],
    ]


def _upline(t: Translator, chain: Chain) -> Markup:
    if not chain.upline or chain.source is None:
        return t.html("I do not know who brought you: the chain begins with you.")
    name = chain.upline[0].name
    return lines(
        _brought_by(t, chain.source, name) if name else _brought(t, chain.source),
        t.html("Up to the root: {names}", names=" ← ".join(_names(t, chain.upline)))
        if name or len(chain.upline) > 1
        else None,
    )


def _brought_by(t: Translator, source: ReferralSource, name: str) -> Markup:
    brought = {
        ReferralSource.INVITE_LINK: t.html("{name} brought you by an invite link.", name=name),
        ReferralSource.ADDED: t.html("{name} added you to the group.", name=name),
        ReferralSource.START: t.html("{name} brought you by a link through me.", name=name),
        ReferralSource.JOIN_REQUEST: t.html("{name} brought you by a link to request to join.", name=name),
    }
    return brought[source]


def _brought(t: Translator, source: ReferralSource) -> Markup:
    brought = {
        ReferralSource.INVITE_LINK: t.html("Somebody brought you by an invite link."),
        ReferralSource.ADDED: t.html("Somebody added you to the group."),
        ReferralSource.START: t.html("Somebody brought you by a link through me."),
        ReferralSource.JOIN_REQUEST: t.html("Somebody brought you by a link to request to join."),
    }
    return brought[source]


def _downline(t: Translator, chain: Chain) -> Markup:
    if not chain.levels:
        return t.html("You have brought nobody yet. /invite gives you your own link.")
    direct = chain.levels.get(1, 0)
    more = direct - len(chain.direct)
    names = t.listed([shortened(name, _LONGEST_NAME) for name in chain.direct])
    if chain.direct:
        told = t.html("You brought {names}", names=names)
        rest = t.html_plural("and {n} more", "and {n} more", more) if more > 0 else None
    else:
        told = t.html_plural("You brought {n} person", "You brought {n} people", direct)
        rest = None
    return lines(told, rest, *_levels(t, chain.levels))


def _levels(t: Translator, levels: Mapping[int, int]) -> list[Markup]:
    told = [
        t.html_plural("Level {level}: {n} person", "Level {level}: {n} people", count, level=level)
        for level, count in list(levels.items())[:_LEVELS_SHOWN]
    ]
    return [*told, Markup("…")] if len(levels) > _LEVELS_SHOWN else told


def _done(t: Translator, chain: Chain) -> Markup:
    return lines(
        t.html_plural(
            "Those whom you brought yourself have {n} completed order here.",
            "Those whom you brought yourself have {n} completed orders here.",
            chain.completed_orders,
        ),
        *(_reward(t, reward) for reward in chain.rewards),
    )


def _reward(t: Translator, reward: Reward) -> Markup:
    accrued = t.money(Money(amount=reward.accrued_amount, currency=reward.currency))
    if not reward.expected_amount:
        return t.html("By their orders you have earned {amount}. /earnings tells more.", amount=accrued)
    return t.html(
        "By their orders you have earned {amount}, and {expected} more if those under way are completed. "
        "/earnings tells more.",
        amount=accrued,
        expected=t.money(Money(amount=reward.expected_amount, currency=reward.currency)),
    )


def _names(t: Translator, upline: Sequence[Above]) -> list[str]:
    """The upline from the nearest to the root; of a very long one the middle is left out."""
    names = [shortened(above.name, _LONGEST_NAME) if above.name else t("somebody") for above in upline]
    return names if len(names) <= _UPLINE_NAMED else [*names[: _UPLINE_NAMED - 1], "…", names[-1]]
