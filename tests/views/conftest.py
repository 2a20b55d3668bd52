"""Each view speaks every language."""

import pytest

from bot.i18n import LANGUAGES, Translator
from tests.views.strange import STRANGE


@pytest.fixture(params=list(LANGUAGES))
def t(request: pytest.FixtureRequest) -> Translator:
    return Translator(request.param)


@pytest.fixture(params=STRANGE)
def text(request: pytest.FixtureRequest) -> str:
    """Something that a person may have written."""
    return str(request.param)
