"""What `selector check` finds, as tables for people."""

from collections.abc import Iterable, Iterator

from selector.cli_output import Data, bold, columns
from selector.domain import words

_HOLDS = (
    "An earlier version of Selector froze it: it holds what the stacks scored, and no fact, price, "
    "fit or requirement of their parts."
)
BARE = f"{_HOLDS} None of these could be compared; freeze it again into the same file."
VERIFIED_BARE = f"{_HOLDS} Only the sum of the scores was computed again."


def check_table(data: Data) -> Iterable[str]:
    """What has changed since a decision was frozen, the answer first."""
    changed = data["changed"]
    yield bold(_answer(data))
    for heads, rows, right in (
        (["Chosen otherwise", "Before", "Now", "Knocked out by"], _choices(data), set()),
        (["Set otherwise", "Before", "Now"],
         [[e["what"], e["before"], e["now"]] for e in data["edits"]], set()),
        ([_whom(data), "Fact", "Before", "Now"],
         [[r["of"], r["name"], r["before"], r["now"]] for r in changed["facts"]], set()),
        (["Fit", "Before", "Now"],
         [[r["name"], r["before"], r["now"]] for r in changed["fits"]], set()),
        ([f"Bill of the first month, {data['currency']}", "before", "now",
          "Unit prices that moved"], _bills(data), {1, 2}),
        (["Weight of", "before", "now"],
         [[data["criteria"][name], _share(r["before"]), _share(r["now"])]
          for name, r in changed["weights"].items()], {1, 2}),
        (["Rank of", "before", "now"],
         [[r["of"], str(r["before"] or "–"), str(r["now"] or "–")] for r in _ranks(data)], {1, 2}),
        (["Stale of", "Fact", "Dates from"],
         [[r["of"], r["name"], r["as_of"]] for r in data["stale"]], set()),
    ):  # fmt: skip
        if rows:
            yield ""
            yield from columns(heads, rows, right)
    if not data["whole"]:
        yield ""
        yield BARE
    if data["confidential"]:
        yield ""
        yield (
            "What rests on confidential prices is left out, and what would tell it."
            if data["redacted"]
            else "Negotiated prices are confidential: do not pass these figures on."
        )


def _whom(data: Data) -> str:
    return "Part" if data["made_of"] else "Alternative"


def _choices(data: Data) -> list[list[str]]:
    return [
        [r["name"], r["before"] or "left empty", r["now"] or "left empty", r["why"]]
        for r in data["changed"]["choices"]
    ]


def _ranks(data: Data) -> list[Data]:
    """Who has another rank; of stacks those that are among the best on both sides."""
    is_stacks = bool(data["made_of"])
    rows = data["changed"]["ranking"]
    return [r for r in rows if not is_stacks or (r["before"] and r["now"])]


def _bills(data: Data) -> list[list[str]]:
    return [
        [
            r["of"],
            _amount(r["before"], r.get("confidential", False)),
            _amount(r["now"], r.get("confidential", False)),
            "; ".join(r["items"]),
        ]
        for r in data["changed"]["prices"]
    ]


# --- the answer -----------------------------------------------------------------------------------


def _answer(data: Data) -> str:
    names, leaders = data["names"], data["leaders"]
    now = [names[a] for a in leaders["now"]]
    if data["flipped"]:
        turned = _of_stacks(data) if data["made_of"] else _turned(*_called(data))
        return f"The answer has changed: {turned}."
    stands = f"{words.listed(now) or 'nobody'} {'are level first' if len(now) > 1 else 'leads'}"
    is_any = any(data["changed"].values()) or data["edits"] or not data["whole"]
    return f"{'The answer stands' if is_any else 'Nothing has changed'}: {stands}."


def _called(data: Data) -> Iterator[list[str]]:
    for side in ("before", "now"):
        yield [data["names"][a] for a in data["leaders"][side]]


def _turned(before: list[str], now: list[str]) -> str:
    """Who led and who does; of several that they were, or are, level."""
    led = (
        f"{words.listed(before)} were level"
        if len(before) > 1
        else f"{before[0] if before else 'nobody'} led"
    )
    if len(now) > 1:
        return f"{led}, now {words.listed(now)} are{' level' if len(before) < 2 else ''}"
    who = now[0] if now else "nobody"
    return f"{led}, now {who} {'leads' if len(before) > 1 else 'does'}"


def _of_stacks(data: Data) -> str:
    """The same of whole stacks: the first is always called the first, so by their parts."""
    before, now = (len(data["leaders"][side]) for side in ("before", "now"))
    if not now:
        return "no stack keeps all constraints now; 'selector compose' says which keep it from that"
    if not before:
        return "no stack kept all constraints, now one does"
    choices = data["changed"]["choices"]
    if before == now == 1 and len(choices) == 1:
        was, is_ = (choices[0][side].replace(",", "") for side in ("before", "now"))
        told = f"{was} is now {is_ or 'left empty'}" if was else f"left empty before, now {is_}"
        return f"{choices[0]['name']}: {told}"
    if before == now == 1 and not choices:  # of a decision that composed none before
        return _turned(*_called(data))
    if before == now == 1:
        return f"the best stack has another choice in {len(choices)} of {_layers(data)} layers"
    led = f"{before} stacks were level" if before > 1 else "one stack led"
    return f"{led}, now {f'{now} are level' if now > 1 else 'one leads'}"


def _layers(data: Data) -> int:
    """How many layers the best stack of now has."""
    return len(data["made_of"]["now"][data["winner"]["now"]]["names"])


def _amount(value: float | None, is_kept: bool) -> str:
    if is_kept:
        return "confidential"
    return "not known" if value is None else f"{value:,.2f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.2f} %"
