"""What is to be said of an alternative's bill: does it fit, is the load allowed, is the licence."""

from datetime import date
from typing import Literal, NamedTuple

import numpy as np

from selector.cost.load import Load
from selector.cost.plan import Plan
from selector.cost.tokens import peak_per_minute
from selector.domain import words
from selector.domain.evidence import Evidence
from selector.domain.pricing import Licence, ServedModel, TokenTariff
from selector.domain.workload import Workload
from selector.measure.figures import figures_of

Verdict = Literal["passes", "fails", "unproven", "told"]


class Note(NamedTuple):
    """A check of the workload against what is known: its kind, verdict, and words for people.

    Kinds: `fit`, `context`, `latency`, `rate_limit`, `licence`, `model`, `price`.
    """

    kind: str
    verdict: Verdict
    text: str


def rate_limit(evidence: Evidence | None, plan: Plan) -> Note | None:
    """Whether the tokens of the busiest minute, over the horizon, are within the limit."""
    load = Load(plan.likely(), plan.months)
    requests, tokens = peak_per_minute(load)
    first, last = (words.number(round(float(each))) for each in (tokens[0, 0], tokens.max()))
    growth = f", {last} at most over the horizon" if last != first else ""
    busy = (
        f"{first} tokens in the busiest minute ({words.number(float(f'{requests[0, 0]:.3g}'))} "
        f"requests){growth}"
    )
    if evidence is not None and evidence.state == "not_applicable":
        return None
    figures = figures_of(evidence, ()) if evidence is not None else None
    if figures is None or figures.central is None:
        return Note("rate_limit", "unproven", f"{busy}; the limit is not known.")
    limit = words.span(figures.low, figures.high)
    if tokens.max() <= figures.low:
        return Note("rate_limit", "passes", f"{busy}, of {limit} allowed at the start.")
    if tokens[0, 0] > figures.high:
        text = f"{busy}, but {limit} allowed at the start: ask for more."
        return Note("rate_limit", "fails", text)
    months = np.flatnonzero(tokens[0] > figures.low)
    text = f"{busy}; from month {int(months[0]) + 1} on more than the {limit} allowed at the start."
    return Note("rate_limit", "unproven", text)


def tariff_notes(tariff: TokenTariff, workload: Workload, day: date) -> list[Note]:
    """What a row of token prices says besides its prices."""
    found = []
    name = f"{tariff.name} at {tariff.provider}"
    if tariff.is_deprecated:
        found.append(Note("model", "told", f"{name} is deprecated: its end is announced."))
    for prices in tariff.after(day):
        if prices.starts is not None and months_between(day, prices.starts) < workload.months:
            text = f"Prices of {name} change on {words.day(prices.starts)}; the bill follows."
            found.append(Note("price", "told", text))
    length = (workload.context_tokens or workload.input_tokens).high
    if workload.context_tokens is None:
        length += workload.output_tokens.high
    if tariff.context_tokens is not None and length > tariff.context_tokens:
        text = f"{name} reads {tariff.context_tokens:,} tokens, not {length:,.0f}."
        found.append(Note("context", "fails", text))
    if tariff.also_billed:
        listed = words.listed(tariff.also_billed)
        found.append(
            Note("price", "told", f"{name} also bills what is not counted here: {listed}.")
        )
    return found


def months_between(day: date, start: date) -> int:
    """Whole months of a horizon that begins on the day, up to the first that begins after start."""
    if start <= day:
        return 0
    months = (start.year - day.year) * 12 + start.month - day.month
    return months if day.day >= start.day else months + 1


def licence_notes(served: ServedModel, workload: Workload) -> list[Note]:
    """The licence of the weights against users, region and purpose of the workload."""
    licence = served.licence
    if licence is None:
        text = f"Nobody has read the licence of {served.name}."
        return [Note("licence", "unproven", text)]
    name = f"{licence.name} ({served.name})"
    found = [
        note
        for note in (
            _users(licence, name, workload),
            _region(licence, name, workload),
            _purpose(licence, name, workload),
        )
        if note is not None
    ]
    if not found:
        found = [Note("licence", "passes", f"{name}: nothing in it stands against this use.")]
    if licence.attribution:
        found.append(
            Note("licence", "told", f"{name} asks for: {licence.attribution.rstrip('.')}.")
        )
    return found


def _users(licence: Licence, name: str, workload: Workload) -> Note | None:
    if licence.users_below is None:
        return None
    limit = f"{name} holds up to {licence.users_below:,} monthly users"
    if workload.users is None:
        return Note("licence", "told", f"{limit}; the workload says no number of users.")
    if workload.users.high <= licence.users_below:
        return None
    verdict: Verdict = "fails" if workload.users.low > licence.users_below else "unproven"
    return Note("licence", verdict, f"{limit}; there are {words.span(*workload.users[::2])}.")


def _region(licence: Licence, name: str, workload: Workload) -> Note | None:
    if not licence.excluded_regions:
        return None
    excluded = f"{name} grants no rights in {words.listed(licence.excluded_regions)}"
    if not workload.region:
        return Note("licence", "unproven", f"{excluded}; the workload does not say where it is.")
    if workload.region.lower() in {region.lower() for region in licence.excluded_regions}:
        return Note("licence", "fails", f"{excluded}, where the users are.")
    return None


def _purpose(licence: Licence, name: str, workload: Workload) -> Note | None:
    if not licence.purposes and not licence.excluded_purposes:
        return None
    purpose = workload.purpose.lower()
    if licence.purposes:
        allowed = f"{name} allows only {words.listed(licence.purposes)}"
        if not purpose:
            return Note("licence", "unproven", f"{allowed}; the workload says no purpose.")
        if purpose not in {each.lower() for each in licence.purposes}:
            return Note("licence", "fails", f"{allowed}, not {purpose}.")
    if purpose in {each.lower() for each in licence.excluded_purposes}:
        return Note("licence", "fails", f"{name} does not allow {purpose}.")
    if licence.excluded_purposes and not purpose:
        listed = words.listed(licence.excluded_purposes)
        return Note("licence", "unproven", f"{name} does not allow {listed}; no purpose is said.")
    return None
