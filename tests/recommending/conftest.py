"""A small street of people who buy, so that every reason can be counted on one's fingers."""

import pytest

from bot.recommending.model import Model, fit
from bot.recommending.purchases import Facts, gather

ANN, BEN, CAT, DAN, EVE, FAY, NEW = 101, 102, 103, 104, 105, 106, 107
HONEY, BREAD, JAM, TEA, SOAP, UNSOLD = 1, 2, 3, 4, 5, 6


@pytest.fixture
def street() -> Facts:
    """Ann, Ben and Cat breakfast alike; Dan washes; Eve bought nothing, knows Dan, and he knows Fay."""
    return gather(
        [
            *((ANN, HONEY), (ANN, BREAD)),
            *((BEN, HONEY), (BEN, BREAD), (BEN, JAM)),
            *((CAT, HONEY), (CAT, BREAD), (CAT, JAM)),
            *((DAN, SOAP), (FAY, TEA)),
        ],
        [(EVE, DAN), (DAN, EVE), (DAN, FAY), (EVE, EVE)],
        items=[UNSOLD],
    )


@pytest.fixture
def model(street: Facts) -> Model:
    return fit(street)
