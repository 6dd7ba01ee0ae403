"""From answers to a whole decision: criteria, requirements, alternatives, load and weights."""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, floor, log10
from statistics import median
from typing import Any

from selector.catalog.library import Library
from selector.catalog.reading import parse_document
from selector.catalog.records.decision import decision_record
from selector.catalog.shapes._common import shaped
from selector.catalog.shapes.decision import DecisionFile
from selector.domain.criterion import (
    BudgetShare,
    CostMeasure,
    CriteriaSet,
    Criterion,
    FactMeasure,
    LinearScale,
    ShareMeasure,
)
from selector.domain.decision import Decision, Requirement
from selector.domain.fact import Dictionary
from selector.domain.problem import InputError, UsageError
from selector.domain.vendor import Vendor
from selector.intake.answers import Answers
from selector.intake.choosing import Given, chosen
from selector.intake.loading import load_of
from selector.intake.proposal import (
    NO_WISHES,
    Figure,
    Proposal,
    ProposedAlternative,
    ProposedRequirement,
    Said,
    Wishes,
)
from selector.intake.questions import BESIDE_ATTESTATIONS
from selector.intake.rules._when import JUDGEMENT, holds
from selector.intake.rules.asked import NOTES, PROHIBITED, REQUIREMENTS, SETS, SetRule
from selector.intake.weighing import weights_of
from selector.intake.writing import write
from selector.measure.costs import cost_cell
from selector.measure.requirements import in_words

# What the decision is called, and what it asks, by purpose.
CALLED = {
    "assistant": ("our-assistant", "Assistant over our documents", "our assistant"),
    "coding": ("our-coding-assistant", "Coding assistant", "our coding assistant"),
    "documents": ("our-documents", "Reading documents in bulk", "the reading of our documents"),
    "agents": ("our-agents", "Agents that act for us", "our agents"),
}
CALLED_ELSE = ("our-decision", "AI platform", "our use")
ASKED = {
    "ai-platform": "Which platform should serve",
    "model-api": "Which model, and from whom, should serve",
    "open-weight-stack": "On which stack, and with which open model, should we run",
    "governance-first": "Which model, on which platform, should serve",
}
TODAY = "today"
BY_HAND = "People do it by hand"
PLACE_HOLDER = 10_000.0


def propose(answers: Answers, library: Library, wishes: Wishes = NO_WISHES) -> Proposal:
    """The decision that follows from the answers. The same answers give the same decision.

    UsageError where there is nothing to decide: a practice that the EU AI Act prohibits.
    """
    if answers.ai_act == "prohibited":
        raise UsageError(PROHIBITED)
    dictionary = library.dictionary()
    given: dict[str, tuple[str, ...]] = {name: answers.of(name) for name in answers._fields}
    rule = _set_for(given, library, wishes)
    criteria = library.criteria_set(rule.criteria)
    given["criteria"] = (criteria.id,)
    follow = _requirements(answers, given, dictionary)
    requirements = tuple(r for r in follow if r.id not in wishes.without)
    picked = chosen(
        _vendors(library),
        criteria,
        [requirement_of(r.asks) for r in requirements],
        given,
        dictionary,
        wishes.also,
    )
    workload, load_assumptions = load_of(answers, wishes.figures)
    status_quo = _today(answers, criteria, requirements, is_billed=bool(workload))
    alternatives = (*status_quo, *picked.alternatives)
    named, title, asked = CALLED.get(answers.purpose, CALLED_ELSE)
    proposal = Proposal(
        id=named,
        title=_title(title, answers),
        question=f"{ASKED.get(criteria.id, ASKED['ai-platform'])} {asked} {_horizon(workload)}?",
        criteria=criteria.id,
        criteria_name=criteria.name,
        criteria_reason=Said(rule.reason, rule.source),
        alternatives=tuple(a for a in alternatives if a.id not in wishes.without),
        left_out=picked.left_out,
        requirements=requirements,
        workload=workload,
        budget=answers.budget,
        worst_cost=None,
        cost_criteria=_scaled_by_budget(criteria),
        cost_reason="Your answer: what it may cost a month.",
        weights=weights_of(criteria, given, wishes.points),
        assumptions=(*_assumptions(answers), *load_assumptions),
        notes=tuple(Said(n.text, n.source) for n in NOTES if holds(n.when, given)),
        without=(
            *(r for r in follow if r.id in wishes.without),
            *(a for a in alternatives if a.id in wishes.without),
        ),
    )
    return proposal if answers.budget is not None else _with_worst_cost(proposal, library)


def _set_for(given: Given, library: Library, wishes: Wishes) -> SetRule:
    known = library.criteria_ids()
    if wishes.criteria in known:
        return SetRule(wishes.criteria, {}, "Chosen by you.", "your answer")
    return next(r for r in SETS if r.criteria in known and holds(r.when, given))


def _title(title: str, answers: Answers) -> str:
    said = answers.purpose_words
    if not said:
        return title
    return said[0].upper() + said[1:] if title == CALLED_ELSE[1] else f"{title}: {said}"


def _horizon(workload: Sequence[Figure]) -> str:
    months = next((f.value for f in workload if f.key == "months"), 24)
    years = {12: "year", 24: "two years", 36: "three years", 48: "four years", 60: "five years"}
    known = years.get(int(months)) if isinstance(months, int | float) else None
    return f"for the next {known or f'{months:g} months'}"


def _vendors(library: Library) -> list[Vendor]:
    """All vendors whose profile can be read; what is wrong with one is told where it is shown."""
    found = []
    for vendor_id in library.vendor_ids():
        try:
            found.append(library.vendor(vendor_id))
        except InputError:
            continue
    return found


# --- requirements ---------------------------------------------------------------------------------


def _requirements(
    answers: Answers, given: Given, dictionary: Dictionary
) -> list[ProposedRequirement]:
    found: dict[str, ProposedRequirement] = {}
    for rule in REQUIREMENTS:
        if not holds(rule.when, given) or not set(_facts_in(rule.asks)) <= set(dictionary):
            continue
        same = next((r for r in found.values() if _same(r.asks, rule.asks)), None)
        if same is None:
            found[rule.id] = _proposed(rule.id, rule.asks, rule.reason, rule.source, dictionary)
        else:  # asked for twice: the stricter, with both reasons
            reasons = (f"{same.reason} {rule.reason}", same.source)
            asks = {**same.asks, **rule.asks}
            found[same.id] = _proposed(same.id, asks, *reasons, dictionary)
    for made in _certificates(answers, dictionary):
        if not any(made.says == r.says for r in found.values()):
            found[made.id] = made
    return list(found.values())


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    def condition(asks: Mapping[str, Any]) -> dict[str, Any]:
        beside = ("unproven", "when_not_applicable")
        return {key: value for key, value in asks.items() if key not in beside}

    return condition(one) == condition(other)


def _certificates(answers: Answers, dictionary: Dictionary) -> Iterable[ProposedRequirement]:
    reason, source = "You would turn down a supplier without it.", "your answer"
    attested = [name for name in answers.certificates if name not in BESIDE_ATTESTATIONS]
    if attested:
        asks = {"fact": "attestations", "includes": attested}
        yield _proposed("certificates", asks, reason, source, dictionary)
    if "hipaa" in answers.certificates:
        yield _proposed("hipaa", {"fact": "hipaa", "is": True}, reason, source, dictionary)
    if "fedramp" in answers.certificates:
        asks = {"fact": "fedramp", "at_least": "moderate"}
        yield _proposed("fedramp", asks, reason, source, dictionary)


def _proposed(
    name: str, asks: Mapping[str, Any], reason: str, source: str, dictionary: Dictionary
) -> ProposedRequirement:
    """A requirement that passes where it does not apply: nobody else is then asked to prove it."""
    parts = [{**part, "when_not_applicable": "pass"} for part in asks.get("any", ())]
    whole = {"any": parts} if parts else {**asks, "when_not_applicable": "pass"}
    stub = Decision("intake", "Intake", CriteriaSet("intake", "Intake", ()), dictionary=dictionary)
    says = in_words(requirement_of(whole), stub)
    return ProposedRequirement(name, whole, says, reason, source or JUDGEMENT)


def requirement_of(asks: Mapping[str, Any]) -> Requirement:
    """The requirement that a file writes so."""
    return Requirement(
        fact=asks.get("fact", ""),
        any_of=tuple(requirement_of(part) for part in asks.get("any", ())),
        at_least=asks.get("at_least"),
        equals=asks.get("is"),
        includes=tuple(asks.get("includes", ())),
        unproven_is_out=asks.get("unproven") == "out",
        not_applicable_passes=asks.get("when_not_applicable") == "pass",
    )


def _facts_in(asks: Mapping[str, Any]) -> list[str]:
    parts = asks.get("any")
    return [fact for part in parts for fact in _facts_in(part)] if parts else [asks["fact"]]


# --- what there is today --------------------------------------------------------------------------


def _today(
    answers: Answers,
    criteria: CriteriaSet,
    requirements: Sequence[ProposedRequirement],
    is_billed: bool,
) -> list[ProposedAlternative]:
    """The status quo. What is required of it is unknown, and stands in the file to be filled in.

    Where people do it by hand, what is asked of suppliers does not apply, as far as the criteria
    say what that is worth. What it costs is its bill, or, where nothing is billed for want of a
    volume, its performance.
    """
    if answers.today not in ("by_hand", "solution"):
        return []
    by_hand = answers.today == "by_hand"
    ruled = {
        leaf.measure.fact: leaf.not_applicable is not None
        for leaf in criteria.leaves()
        if isinstance(leaf.measure, FactMeasure | ShareMeasure)
    }
    facts: dict[str, dict[str, Any]] = {}
    for fact in dict.fromkeys(f for r in requirements for f in _facts_in(r.asks)):
        if by_hand and ruled.get(fact, True):
            facts[fact] = {"not_applicable": True, "note": BY_HAND.lower()}
        elif by_hand:
            facts[fact] = {"unknown": True, "note": "hard to say of people"}
        else:
            facts[fact] = {"unknown": True, "note": "to be found out: it is required"}
    name = BY_HAND if by_hand else answers.today_name or "What we have today"
    reason = "What you do today is an option too: a change has to be worth its trouble."
    if answers.today_monthly is None:
        reason += " What it costs is not known."
    strict = [f for r in requirements if r.asks.get("unproven") == "out" for f in _facts_in(r.asks)]
    if any(facts[fact].get("unknown") for fact in strict):
        reason += " It is knocked out until its facts are written down: what is not proven is out."
    cost = [
        leaf.id
        for leaf in criteria.leaves()
        if isinstance(leaf.measure, CostMeasure) and leaf.measure.figure == "monthly"
    ]
    monthly = answers.today_monthly
    performance = {} if is_billed or monthly is None else dict.fromkeys(cost, monthly)
    return [
        ProposedAlternative(
            TODAY,
            name,
            "status-quo",
            reason,
            monthly=monthly,
            performance=performance,
            facts=facts,
        )
    ]


# --- what is assumed ------------------------------------------------------------------------------


def _assumptions(answers: Answers) -> Iterable[str]:
    if not answers.data:
        yield "Nothing delicate goes into it: no requirement on data follows."
    if set(answers.data) & {"personal", "health", "payment"} and not answers.where:
        yield "Some of the people are in the EU, so that its law on personal data applies."
        if "health" in answers.data and answers.place not in ("eu", "own_premises"):
            yield "Some patients are in the United States, so that HIPAA applies."
    if not answers.place:
        yield "The data may go anywhere."
    if answers.ai_act in ("", "not_sure"):
        yield (
            "It is no high-risk use under the EU AI Act: article 6 and Annex III say which are. "
            "Find out before you rely on this."
        )
    if not answers.team:
        yield "Somebody could run machines of your own, so they are among the alternatives."
    if answers.place == "own_cloud" and not answers.clouds:
        yield "Any of AWS, Azure and Google Cloud could hold that account."
    if not answers.waiting:
        yield "Somebody waits for each answer."


# --- the scale of cost ----------------------------------------------------------------------------


def _scaled_by_budget(criteria: CriteriaSet) -> tuple[str, ...]:
    def by_budget(leaf: Criterion) -> bool:
        scale = leaf.scale
        return isinstance(scale, LinearScale) and any(
            isinstance(end, BudgetShare) for end in (scale.worst, scale.best)
        )

    return tuple(leaf.id for leaf in criteria.leaves() if by_budget(leaf))


def _with_worst_cost(proposal: Proposal, library: Library) -> Proposal:
    """The proposal with an end for the scale of cost: twice the bill in the middle, rounded up."""
    if not proposal.cost_criteria:
        return proposal
    trial = proposal._replace(worst_cost=PLACE_HOLDER)
    decision = decision_in(write(trial), library)
    bills = [
        cell.central
        for a in decision.alternatives
        if (cell := cost_cell(decision, a, CostMeasure("monthly"))).central
    ]
    bills += [a.monthly for a in proposal.alternatives if a.monthly and not proposal.workload]
    if not bills:
        reason = (
            "No budget and no volume are given: the end of this scale is a place-holder, and moves "
            "nothing while no bill is known."
        )
        said = "No budget is given: the scale of cost is a place-holder until a bill is known."
        return trial._replace(cost_reason=reason, assumptions=(*proposal.assumptions, said))
    worst = _rounded_up(2 * median(bills))
    reason = (
        "No budget is given: the scale of cost runs to twice the bill in the middle of those "
        "proposed. Write your budget instead."
    )
    return proposal._replace(
        worst_cost=worst, cost_reason=reason, assumptions=(*proposal.assumptions, reason)
    )


def _rounded_up(amount: float) -> float:
    """Up to two digits: 13,412 is 14,000."""
    step = 10.0 ** (floor(log10(amount)) - 1)
    return float(f"{ceil(round(amount / step, 9)) * step:.12g}")


def decision_in(text: str, library: Library) -> Decision:
    """The decision that a text says. InputError with every problem where it says none."""
    document = parse_document(text.encode(), "proposal.yaml")
    shape = shaped(document, DecisionFile)
    if shape is not None:
        decision = decision_record(document, shape, library)
        if not document.problems:
            return decision
    raise InputError(document.problems)
