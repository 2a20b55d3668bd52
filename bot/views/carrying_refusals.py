"""Words for what cannot be carried, or cannot be done with what is carried."""

from bot import carrying_errors, errors
from bot.i18n import Translator
from bot.views.screens import shortened

_LONGEST_CODE = 3


def carrying_refusal(t: Translator, error: errors.ShopError) -> str | None:
    """One clear sentence or two, as plain text; None where the refusal is about something else."""
    match error:
        case carrying_errors.TakesNoMore(number=number):
            return t("Pick #{number} takes no further orders here. What is ordered stands.", number=number)
        case carrying_errors.PortionSold(left=0):
            return t("All that this group may sell of it is ordered.")
        case carrying_errors.PortionSold(left=left):
            return t.plural(
                "This group may sell only {n} more of it, so nothing was changed. Please order fewer.",
                "This group may sell only {n} more of it, so nothing was changed. Please order fewer.",
                left,
            )
        case carrying_errors.SupplierDecides(number=number):
            return t(
                "Pick #{number} is another group's: only its supplier changes what it is, what it costs "
                "and when it closes. You can stop selling it.",
                number=number,
            )
        case carrying_errors.CarriedNotRepeated():
            return t("Another group supplies that, so only it can post it again. Look in /market.")
        case carrying_errors.CarryingOver(number=number):
            return t("Your group does not sell pick #{number} any more; nothing was changed.", number=number)
    return _not_carriable(t, error)


def _not_carriable(t: Translator, error: errors.ShopError) -> str | None:
    match error:
        case carrying_errors.OwnListing():
            return t("Your group supplies that itself.")
        case carrying_errors.OtherCurrency(currency=currency):
            return t(
                "That is sold in {currency}, and your group has another currency.",
                currency=shortened(currency, _LONGEST_CODE),
            )
        case carrying_errors.CarriedAlready(number=number):
            return t("Your group has that already: pick #{number}.", number=number)
        case carrying_errors.ListingOver():
            return t("Other groups cannot sell that any more. /market shows what they can.")
        case carrying_errors.SupplierGone():
            return t("I am not in the supplier's group any more, so other groups cannot sell that.")
        case carrying_errors.ListingNotOpen(opens_at=at):
            return t(
                "Other groups can sell that from {moment} on. Please take it up then; it stays in /market.",
                moment=t.moment(at, str(at.tzinfo), now=at),
            )
        case carrying_errors.ListingFull(limit=limit):
            return t.plural(
                "Its supplier wants {n} group to sell that, and it has one.",
                "Its supplier wants {n} groups to sell that, and it has them.",
                limit,
            )
        case carrying_errors.NoSlotInTime():
            return t("Your group bears its next post only when that is closed, so it cannot sell it in time.")
    return None
