"""A curator's "who wants dried mango?", and the answers to it that are wishes."""

import re
from typing import Final

from bot.rules.order_text import read_order
from bot.rules.typed_text import fold, one_line, plain

_WHO_WANTS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:who(?:'s| is| else)?|whos|anyone|anybody|does anyone|does anybody) "
        r"(?:wants?|would like|would take|needs?|fancies|fancy|is in for|in for|up for|interested in) "
        r"(?:to (?:buy|order|have) )?(?:(?:some|any|a|an|the) )?(?P<goods>[^?]+)\?",
        r"¿? ?(?:quien(?:es)?|alguien) "
        r"(?:quiere|quieren|querria|quisiera|necesita|se apunta al?|se anima con) "
        r"(?:comprar |pedir )?(?:(?:un|una|unos|unas|el|la|los|las) )?(?P<goods>[^?]+)\?",
        r"(?:кто|кому|кто-нибудь|кому-нибудь) "
        r"(?:хочет|хотел бы|хотите|будет|возьмет|нужен|нужна|нужно|нужны) "
        r"(?:купить |заказать |взять )?(?P<goods>[^?]+)\?",
        r"(?:有没有人|有人|谁|哪位)还?(?:想要|想买|想吃|想喝|需要|要买|要|想)"
        r"(?P<goods>[^?？]+?)(?:吗|么|呢)?[?？]",
    )
)
_YES: Final = frozenset(
    map(
        fold,
        (
            *(
                "me",
                "me too",
                "me please",
                "me!",
                "i do",
                "i would",
                "yes",
                "yes please",
                "yes, please",
                "i want",
            ),
            *(
                "count me in",
                "i'm in",
                "im in",
                "i'd take one",
                "i'd like one",
                "one for me",
                "i want some",
                "+",
            ),
            *(
                "yo",
                "yo también",
                "yo quiero",
                "sí",
                "sí, por favor",
                "me apunto",
                "quiero",
                "a mí",
                "uno para mí",
            ),
            *(
                "я",
                "и я",
                "я тоже",
                "мне",
                "и мне",
                "мне тоже",
                "да",
                "хочу",
                "я хочу",
                "беру",
                "возьму",
                "буду",
            ),
            *("我", "我要", "我也要", "要", "我想要", "想要", "算我一个", "加我一个", "+我"),
        ),
    )
)
_LEADS: Final = re.compile(
    r"(?:(?:si,? )?(?:me apunto con|me llevo)|i'?d (?:take|like|have)|i(?: would|'?ll) (?:take|like|have)|"
    r"i would like|me,?|yes,?|"
    r"yo(?: quiero| me llevo)?,?|quiero|мне бы|я бы взяла?|"
    r"я возьму|да,?|我想要|算我|我要) ?(?P<count>.+)"
)
_MOST: Final = 999
_NAMELESS: Final = frozenset(
    word
    for line in (
        "it this that these those them one more some another any",
        "esto eso este ese estos esos mas uno otro algo alguno",
        "это этого его ее их еще что-нибудь",
        "这个 那个 这 那 它 更多 一个",
    )
    for word in line.split()
)
"""What is asked about stands in another message."""


def goods_asked_about(text: str) -> str | None:
    """What a question asks who wants, as it was typed; None: it asks no such thing."""
    typed = one_line(plain(text))
    for pattern in _WHO_WANTS:
        found = pattern.search(typed.casefold().replace("ё", "е"))
        # Folding changes no lengths here, so the same place holds what was typed.
        folded = found or pattern.search(_bare(typed))
        if folded is not None:
            goods = typed[folded.start("goods") : folded.end("goods")].strip(" ,.!")
            return goods if _names_something(fold(goods)) else None
    return None


def _names_something(goods: str) -> bool:
    return bool(goods) and goods not in _NAMELESS and not goods.startswith("to ")


def wished_by(answer: str) -> int | None:
    """How many an answer to such a question wishes for; None: it wishes for nothing."""
    typed = fold(one_line(plain(answer))).strip(" .!,。！")
    if typed in _YES:
        return 1
    lead = _LEADS.fullmatch(typed)
    for said in (answer, lead["count"] if lead else None):
        order = read_order(said, [""]) if said else None
        if order is not None and order.action != "cancel" and len(order.items) == 1:
            quantity = order.items[0].quantity
            return quantity if 0 < quantity <= _MOST else None
    return None


def _bare(typed: str) -> str:
    accents = str.maketrans("áéíóúüñё", "aeiouune")
    return typed.casefold().translate(accents)
