"""What earners are told of their commissions: amounts and groups, and nothing of what anybody bought."""

from collections.abc import Iterable

from markupsafe import Markup

from bot.callbacks.payouts import EarningsButton
from bot.i18n import Translator
from bot.money import Money
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened
from storage.repositories.commission_news import EarningNews

_LONGEST_BUTTON = 40
_MOST_BUTTONS = 10
_ROOM = 3000


def earnings_notice(t: Translator, news: Iterable[EarningNews]) -> Screen:
    """What has changed of somebody's earnings since she was told last, by group."""
    changed = list(news)
    groups = {one.group_id: one.group_title for one in changed}
    return Screen(
        text=paragraphs(
            t.html("<b>What you earn by recommending</b>"),
            as_fits([_of_group(t, one) for one in changed], between="\n\n", limit=_ROOM),
            t.html("/earnings shows each order and why."),
        ),
        buttons=[
            [Button(text=shortened(title, _LONGEST_BUTTON), data=EarningsButton(group_id, 0))]
            for group_id, title in list(groups.items())[:_MOST_BUTTONS]
        ],
    )


def _of_group(t: Translator, news: EarningNews) -> Markup:
    def money(amount: int) -> str:
        return t.money(Money(amount=amount, currency=news.currency))

    gained = taken = due = None
    if news.gained_amount:
        gained = t.html_plural(
            "{amount} earned by {n} order. You can have it once its goods can no longer be given back.",
            "{amount} earned by {n} orders. You can have it once their goods can no longer be given back.",
            news.gained_orders,
            amount=money(news.gained_amount),
        )
    if news.lost_amount:
        taken = t.html(
            "{amount} taken back, since goods or money for them went back.", amount=money(news.lost_amount)
        )
    if news.released_amount:
        due = t.html("{amount} can be paid out now.", amount=money(news.released_amount))
    return lines(t.html("<b>{group}</b>", group=news.group_title), gained, taken, due)
