"""What reading any typed text begins with: one form for characters that look or mean the same."""

import unicodedata
from functools import lru_cache

# Only characters of the words that the readers know, and of common colours and sizes.
_TRADITIONAL = str.maketrans(
    "兩個來給謝請訂單紅藍綠黃雙條張隻為幫還買這點鐘後週時間號禮內歲罈壇",
    "两个来给谢请订单红蓝绿黄双条张只为帮还买这点钟后周时间号礼内岁坛坛",
)
_INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me"}


def plain(text: str) -> str:
    """The text in NFKC with ASCII digits and without invisible characters; its lines stay."""
    return "".join(_plain_character(c) for c in unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A key for comparing: no case, accents or apostrophes; ё is е; Chinese simplified."""
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(c for c in spread if unicodedata.category(c) != "Mn" and c not in "'’‘`")
    return unicodedata.normalize("NFKC", bare).translate(_TRADITIONAL)


def one_line(text: str) -> str:
    """Text to be stored and shown: no control characters, no bidirectional overrides, single spaces."""
    # Nearly every name has none of them, and each tap brings one.
    if not text.isprintable():
        text = "".join(c for c in text if c.isspace() or not _is_unseen_control(c))
    return " ".join(text.split())


def says_something(text: str) -> bool:
    """Whether there is a letter, a digit or a symbol in it, and not only marks and invisible characters."""
    return any(unicodedata.category(c)[0] in "LNS" for c in text)


def _plain_character(c: str) -> str:
    if c in "\n\r\u2028\u2029":
        return "\n"
    if c.isspace():
        return " "
    category = unicodedata.category(c)
    if category == "Nd":
        return str(unicodedata.decimal(c))
    return "" if category in _INVISIBLE else c


def _is_unseen_control(c: str) -> bool:
    # U+200D joins the parts of an emoji and U+200C shapes Persian words: they are not tricks.
    return unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c not in "\u200c\u200d"
