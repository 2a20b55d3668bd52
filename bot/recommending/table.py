"""An evaluation as a Markdown table, in words for whoever reads it."""

from collections.abc import Iterable, Iterator

from bot.recommending.choosing import HISTORIES, Choice
from bot.recommending.evaluation import Evaluation, Line
from bot.recommending.measuring import METRICS, Estimate
from bot.recommending.rankings import NEIGHBOURS, SHIPPED
from bot.recommending.reading import Data

_NOTES = (
    "Learnt from the train file, scored on the val file: every item is ranked, without what the person has; "
    "no negatives are sampled.",
    "In brackets: 95 % intervals, a percentile bootstrap over the cases.",
    "At 0, 1 and 3 purchases: people with friends, cut down to so many, some 500 at a time.",
    "No parameter was chosen on the val file: the train file was split once more for that.",
    "Links are not split by time, so what friends do here may look better than it is.",
)


def words_of(evaluation: Evaluation, data: Data) -> list[str]:
    """The lines to print: what was read, the table, the shipped ranking's lead, and what to know."""
    return [
        f"{len(data.train):,} purchases to learn from, {len(data.val):,} to foretell, "
        f"{len(data.items):,} items, {len(data.links):,} lines of shares.",
        "",
        f"| purchases | ranking | {' | '.join(METRICS)} | cases |",
        f"|---|---|{'---|' * len(METRICS)}---|",
        *(_row(line) for line in evaluation.lines),
        "",
        *(
            f"R@10 of {SHIPPED} less that of {NEIGHBOURS}, {_history(purchases)}: {_figure(lead, sign='+')}."
            for purchases, lead in evaluation.leads.items()
        ),
        "",
        *_NOTES,
    ]


def _row(line: Line) -> str:
    figures = " | ".join(_figure(estimate) for estimate in line.estimates)
    history = "all" if line.purchases is None else line.purchases
    return f"| {history} | {line.ranking} | {figures} | {line.cases:,} |"


def _history(purchases: int | None) -> str:
    return "at full history" if purchases is None else f"at {purchases}"


def _figure(estimate: Estimate, *, sign: str = "") -> str:
    return f"{estimate.mean:{sign}.3f} ({estimate.low:{sign}.3f} to {estimate.high:{sign}.3f})"


def words_of_choice(choices: Iterable[Choice]) -> Iterator[str]:
    """A table of what else the parameters could be, line by line as they are scored."""
    yield "R@10 on purchases held back from the train file; nothing of the val file is used."
    yield ""
    yield f"| parameters | {' | '.join(_history(purchases) for purchases in HISTORIES)} |"
    yield f"|---|{'---|' * len(HISTORIES)}"
    for choice in choices:
        yield f"| {choice.change} | {' | '.join(f'{recall:.4f}' for recall in choice.recalls)} |"
