"""The workload: what was answered, what follows from it, and what is assumed."""

from collections.abc import Iterable, Mapping

from selector.domain import EMPTY, words
from selector.domain.span import Span
from selector.intake.answers import Answers
from selector.intake.proposal import Figure
from selector.intake.questions import questions
from selector.intake.rules.taken import DAYS, LENGTHS, MONTHS, PEAKS, USUAL_LENGTH

ANSWER = "Your answer."
TO_SET: Mapping[str, tuple[float, float]] = {
    "input_tokens": (0, 1e9),
    "output_tokens": (0, 1e9),
    "peak_to_mean": (1, 1000),
    "replicas": (1, 100_000),
    "months": (1, 600),
}
"""The figures that somebody may set, with their bounds."""


def figure_wanted(key: str, value: float) -> str:
    """What would be right where the figure cannot be that; else nothing."""
    least, most = TO_SET.get(key, (0, -1))
    if not least <= value <= most:
        return f"write a number from {words.number(least)} to {words.number(most)}"
    return "write whole months" if key == "months" and value != int(value) else ""


def load_of(
    answers: Answers, wanted: Mapping[str, float] = EMPTY
) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    """The figures of the workload, and what of them is assumed, in sentences.

    `wanted` are figures that somebody set, by key; those that cannot be are left aside.

    Without a volume there is no workload: its bills would be invented.
    """
    volume = _volume(answers)
    if volume is None:
        return (), ("No volume is given, so no bill can be made: cost counts as unknown for all.",)
    rule = next(r for r in LENGTHS if r.length == _length(answers))
    waiting = answers.waiting or "waits"
    peak, why_peak = PEAKS[waiting]
    batch = 1.0 if answers.waiting == "overnight" else 0.0
    figures = [
        volume,
        Figure("input_tokens", rule.input_tokens, rule.reason, True),
        Figure("output_tokens", rule.output_tokens, "From short to long answers.", True),
        Figure(
            "batch_share",
            batch,
            "All of it can wait for a batch." if batch else "Nothing is sent in batches.",
            not answers.waiting,
        ),
        Figure("peak_to_mean", peak, why_peak, True),
        Figure(
            "replicas",
            1.0 if waiting == "overnight" else 2.0,
            "Copies kept running where you host the model: "
            + ("one will do at night." if waiting == "overnight" else "one more, if one fails."),
            True,
        ),
        Figure("months", float(MONTHS), "Two years.", True),
    ]
    if answers.users is not None:
        figures.append(Figure("users", answers.users, f"{ANSWER} Some licences ask."))
    if answers.where in ("eu", "us"):
        figures.append(Figure("region", answers.where, f"{ANSWER} Some licences ask."))
    if answers.purpose:
        purpose = next(q for q in questions({}) if q.id == "purpose").choices[answers.purpose]
        said = answers.purpose_words or purpose[0].lower() + purpose[1:]
        figures.append(Figure("purpose", said, f"{ANSWER} Some licences ask."))
    own = {key: value for key, value in wanted.items() if not figure_wanted(key, value)}
    set_by_hand = [Figure(f.key, own[f.key], "Set by you.") if f.key in own else f for f in figures]
    return tuple(set_by_hand), tuple(_said(answers, {f.key: f for f in set_by_hand}))


def _volume(answers: Answers) -> Figure | None:
    if answers.requests_per_month is not None:
        return Figure("requests_per_month", answers.requests_per_month, ANSWER)
    if answers.requests_per_day and answers.users:
        days = DAYS.get(answers.audience, DAYS["inside"])
        each = f"{words.number(answers.users)} people, {words.number(answers.requests_per_day)}"
        return Figure(
            "requests_per_month",
            answers.users * answers.requests_per_day * days,
            f"{each} requests a day, {days} days.",
        )
    return None


def _length(answers: Answers) -> str:
    return answers.length or USUAL_LENGTH.get(answers.purpose, "passages")


def _said(answers: Answers, load: Mapping[str, Figure]) -> Iterable[str]:
    if answers.requests_per_month is None and not answers.audience:
        yield f"It is used on {DAYS['inside']} days a month."
    sent, written = load["input_tokens"], load["output_tokens"]
    if sent.assumed and written.assumed:
        yield (
            f"A request has {_span(sent)} tokens, its answer {_span(written)}: the bills are "
            "ranges. Count your own."
        )
    yield "No part of a request is read from a cache, and the load does not grow: both can be set."
    if load["months"].assumed:
        yield "The decision is for two years."


def _span(figure: Figure) -> str:
    if not isinstance(figure.value, Span):
        return str(figure.value)
    return f"{words.number(figure.value.low)} to {words.number(figure.value.high)}"
