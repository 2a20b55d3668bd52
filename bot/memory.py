"""How the garbage collector is set for a process that runs for months."""

import gc

_THRESHOLDS = (20_000, 20, 20)


def settle() -> None:
    """Look no more through what was loaded for good, and less often through what is on its way.

    A hundred taps in flight hold tens of thousands of objects that die together; at the default of
    700 each batch would be looked through some forty times.
    """
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
