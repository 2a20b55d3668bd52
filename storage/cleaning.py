"""Taking a person out of what was written down: she becomes a number that says nothing."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from markupsafe import escape

MASK: Final = "–"
"""What stands where her name stood."""

_SHORTEST_WITHIN = 4
"""Shorter texts of hers, such as "ok", are taken out only where they stand alone."""

_TECHNICAL: Final = ("callback_data", "parse_mode")
"""What machines read: somebody may be called as they are."""


@dataclass(frozen=True, kw_only=True)
class Traces:
    """By what a person is known, and the number that she gets instead."""

    person_id: int
    pseudonym: int
    names: Collection[str]
    #: What she wrote.
    texts: Collection[str] = ()

    def cleaned(self, value: Any) -> Any:
        """A document, or a piece of one, without her."""
        match value:
            case bool():
                return value
            case int():
                return self.pseudonym if value == self.person_id else value
            case str():
                return self._without(value)
            case list():
                return [self.cleaned(one) for one in value]
            case dict():
                # Keys are no words of hers, whatever she is called.
                return {
                    self._numbered(key): self._numbered(one) if key in _TECHNICAL else self.cleaned(one)
                    for key, one in value.items()
                }
        return value

    @cached_property
    def written(self) -> frozenset[str]:
        """All by which she can be found in stored text."""
        forms = {form for name in self.names for form in (name, str(escape(name)))}
        return frozenset({str(self.person_id), *forms})

    @cached_property
    def _id(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\d){self.person_id}(?!\d)")

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        # One without a letter stands for her only where it stands alone: "1" is in every price.
        telling = {form for form in self.written if any(sign.isalpha() for sign in form)}
        if not telling:
            return None
        longest_first = "|".join(map(re.escape, sorted(telling, key=len, reverse=True)))
        # Tags and addresses are passed over: whoever is called B stands not in <b>.
        return re.compile(
            rf"(?P<left><[^<>]*>|https?://[^\s<>]+)|(?<![\w&#])@?(?:{longest_first})(?!\w)", re.IGNORECASE
        )

    @cached_property
    def _pages(self) -> re.Pattern[str]:
        """Where an address leads to her."""
        return re.compile(
            rf"(?<=t\.me/)(?:{'|'.join(map(re.escape, sorted(self.names)))})(?!\w)", re.IGNORECASE
        )

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset({form for text in self.texts if text for form in (text, str(escape(text)))})

    def _numbered(self, text: str) -> str:
        return self._id.sub(str(self.pseudonym), text)

    def _without(self, text: str) -> str:
        if text in self._texts:
            return ""
        if text in self.names:
            return MASK
        for hers in self._texts:
            if len(hers) >= _SHORTEST_WITHIN:
                text = text.replace(hers, MASK)
        text = self._numbered(text)
        text = self._pages.sub(MASK, text) if self.names else text
        return self._names.sub(lambda found: found["left"] or MASK, text) if self._names else text
