"""Words for who got something before, where somebody decides whether to buy it."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.rules.acquaintances import Proof
from bot.views.screens import lines


def proof_lines(t: Translator, proof: Proof) -> Markup | None:
    """How many got it, and how many of them the reader knows; nothing where nobody did."""
    return lines(_known(t, proof), _counted(t, proof)) or None


def _known(t: Translator, proof: Proof) -> Markup | None:
    if not proof.known_bought:
        return None
    if not proof.known_again:
        return t.html_plural(
            "{n} person you know here bought this.",
            "{n} people you know here bought this.",
            proof.known_bought,
        )
    return t.html_plural(
        "{n} person you know here bought this, {again} would again.",
        "{n} people you know here bought this, {again} would again.",
        proof.known_bought,
        again=t.number(proof.known_again),
    )


def _counted(t: Translator, proof: Proof) -> Markup | None:
    here, elsewhere = proof.here, proof.elsewhere
    if here and elsewhere:
        return t.html_plural(
            "{n} person here has got it already, and {elsewhere} in other groups.",
            "{n} people here have got it already, and {elsewhere} in other groups.",
            here,
            elsewhere=t.number(elsewhere),
        )
    if here:
        return t.html_plural(
            "{n} person here has got it already.", "{n} people here have got it already.", here
        )
    if elsewhere:
        return t.html_plural(
            "{n} person in another group has got it already.",
            "{n} people in other groups have got it already.",
            elsewhere,
        )
    return None
