"""MarkdownV2 parse mode; every refusal is worded as Telegram's own parser words it, offsets in bytes."""

from dataclasses import dataclass
from typing import Any

from sandbox.entities import in_order, utf16_length
from sandbox.parsing.html import moment
from sandbox.parsing.links import (
    check_date_format,
    checked_link,
    emoji_link,
    time_link,
    unparsable,
    user_link,
)

Json = dict[str, Any]

_RESERVED = "_*[]()~`>#+-=|{}.!\n"
_SPACE = " \t\r\n\0\v"
# As the parser names them in its errors, and as the Bot API does.
_TYPES = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "TextUrl": "text_link",
}
_MARKS = {
    "Bold": "*",
    "Italic": "_",
    "Underline": "__",
    "Strikethrough": "~",
    "Spoiler": "||",
    "Code": "`",
    "Pre": "```",
    "PreCode": "```",
    "TextUrl": "]",
    "CustomEmoji": "]",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Open:
    kind: str
    at: int
    begins: int
    part: int
    language: str = ""


def parse_markdown_v2(source: str) -> tuple[str, list[Json]]:
    """Return text and entities of MarkdownV2; raises ApiError 400 "can't parse entities: …"."""
    return _Reader(source).read()


class _Reader:
    """Reads MarkdownV2 once from left to right, entities within entities."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._parts: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Json] = []
        self._is_quoting = False
        self._may_quote = True

    def read(self) -> tuple[str, list[Json]]:
        while self._at < len(self._source):
            sign, following = self._source[self._at], self._source[self._at + 1 : self._at + 2]
            if sign == "\\" and following and "\0" < following <= "~":
                self._at += 1
                self._plain(following)
            elif sign not in self._reserved():
                self._plain(sign)
            elif self._ends(sign):
                self._close(sign)
            else:
                self._begin(sign)
            self._at += 1
        self._finish_quote()
        if self._open:
            raise self._endless()
        return "".join(self._parts), in_order(self._entities)

    # Signs

    def _reserved(self) -> str:
        in_code = bool(self._open) and self._open[-1].kind in ("Code", "Pre", "PreCode")
        return "`" if in_code else _RESERVED

    def _plain(self, sign: str) -> None:
        self._parts.append(sign)
        self._length += utf16_length(sign)
        if sign != "\r":
            self._may_quote = sign == "\n"

    def _has(self, mark: str) -> bool:
        return self._source.startswith(mark, self._at)

    def _byte(self, at: int) -> int:
        return len(self._source[:at].encode())

    def _endless(self) -> Exception:
        innermost = self._open[-1]
        return unparsable(
            f"Can't find end of {innermost.kind} entity at byte offset {self._byte(innermost.at)}"
        )

    # Beginnings

    def _begin(self, sign: str) -> None:
        begin, language = self._at, ""
        if sign == "\n":
            self._plain(sign)
            return
        if sign == ">" and self._may_quote:
            if self._is_quoting:
                return
            self._is_quoting = True
            kind = "BlockQuote"
        elif self._has("```"):
            language = self._code_block()
            kind = "PreCode" if language else "Pre"
        else:
            kind = self._inline(sign)
            self._at += len("![" if kind == "CustomEmoji" else _MARKS[kind]) - 1
        self._open.append(
            _Open(kind=kind, at=begin, begins=self._length, part=len(self._parts), language=language)
        )

    def _inline(self, sign: str) -> str:
        if self._has("!["):
            return "CustomEmoji"
        if sign == "[":
            return "TextUrl"
        for kind in ("Underline", "Italic", "Bold", "Strikethrough", "Spoiler", "Code"):
            if self._has(_MARKS[kind]):
                return kind
        raise unparsable(f"Character '{sign}' is reserved and must be escaped with the preceding '\\'")

    def _code_block(self) -> str:
        """Pass over ``` and the language behind it, and the end of that line; returns the language."""
        begin = at = self._at + 3
        while at < len(self._source) and self._source[at] not in _SPACE + "`":
            at += 1
        language = ""
        if at > begin and at < len(self._source) and self._source[at] != "`":
            language, begin = self._source[begin:at], at
        self._at = begin + _line_end(self._source, begin) - 1
        return language

    # Ends

    def _ends(self, sign: str) -> bool:
        if not self._open:
            return False
        if self._is_quoting and sign == "\n" and not self._has("\n>"):
            return True
        kind = self._open[-1].kind
        if kind == "BlockQuote":
            return False
        return self._has(_MARKS[kind]) and not (kind == "Italic" and self._has("__"))

    def _close(self, sign: str) -> None:
        kind = self._open[-1].kind
        if sign == "\n":
            kind = self._quote_kind()
            self._is_quoting = False
            self._plain(sign)
        else:
            self._at += len(_MARKS[kind]) - 1
        extra: Json | None = {}
        if kind == "TextUrl":
            extra = self._link()
        elif kind == "CustomEmoji":
            extra = self._emoji_or_moment()
        elif kind == "PreCode":
            extra = {"language": self._open[-1].language}
        self._add(kind, extra)

    def _add(self, kind: str, extra: Json | None) -> None:
        opened = self._open.pop()
        length = self._length - opened.begins
        if extra is not None and length:
            place = {"offset": opened.begins, "length": length}
            self._entities.append({"type": _TYPES.get(kind, "")} | place | extra)

    def _quote_kind(self) -> str:
        """Return which quotation ends here; || right before its end makes it expandable."""
        last = self._open[-1]
        written = self._source[last.at : self._at].rstrip("\r")
        if last.kind == "Spoiler" and written == "||" and len(self._open) > 1:
            self._open.pop()
            if self._open[-1].kind == "BlockQuote":
                return "ExpandableBlockQuote"
        if self._open[-1].kind != "BlockQuote":
            raise self._endless()
        return "BlockQuote"

    def _finish_quote(self) -> None:
        last = self._open[-1] if self._open else None
        if not self._is_quoting or last is None:
            return
        kind = "BlockQuote"
        if last.kind == "Spoiler" and self._source[last.at :] == "||":
            self._open.pop()
            kind = "ExpandableBlockQuote"
        if self._open[-1].kind == "BlockQuote":
            self._add(kind, {})

    def _link(self) -> Json | None:
        url = self._address()
        if url is None:
            url = "".join(self._parts[self._open[-1].part :])
        user_id = user_link(url)
        if user_id is not None:
            return {"type": "text_mention", "user": {"id": user_id}}
        checked = checked_link(url)
        return {"url": checked} if checked else None

    def _emoji_or_moment(self) -> Json | None:
        url = self._address()
        if url is None:
            raise unparsable("The entity must contain a tg://emoji or tg://time URL")
        emoji = emoji_link(url)
        if emoji is not None:
            return {"type": "custom_emoji", "custom_emoji_id": emoji}
        time = time_link(url)
        if time is None:
            raise unparsable("Invalid tg://emoji or tg://time URL specified")
        unix, pattern = time
        check_date_format(pattern)
        fields = moment(str(unix), pattern)
        return {"type": "date_time"} | fields if fields else None

    def _address(self) -> str | None:
        """Read the (address) behind a ]; None where there is none."""
        if not self._source.startswith("(", self._at + 1):
            return None
        begin = at = self._at + 2
        url = ""
        while at < len(self._source) and self._source[at] != ")":
            following = self._source[at + 1 : at + 2]
            if self._source[at] == "\\" and following and "\0" < following <= "~":
                at += 1
            url += self._source[at]
            at += 1
        if at >= len(self._source):
            raise unparsable(f"Can't find end of a URL at byte offset {self._byte(begin)}")
        self._at = at
        return url


def _line_end(source: str, at: int) -> int:
    """Return how many signs end a line here: 0, 1, or 2 for the pair of both."""
    first, second = source[at : at + 1], source[at + 1 : at + 2]
    if not first or first not in "\r\n":
        return 0
    return 2 if second and second in "\r\n" and second != first else 1
