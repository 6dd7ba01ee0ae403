"""Alternatives: six to eight that differ in kind, chosen by stated rules and never by the ranking.

Every offer of every vendor is a candidate. First goes what cannot be meant: what nobody could run,
or what runs elsewhere than the data may go. Then each requirement is judged on the facts, as the
engine judges it. Of what is left, kinds take turns, one offer of a vendor; within a kind the order
is: in a cloud that one has a contract with, fewer requirements unproven, where the people are, a
price that is known, a family of models that is not among those taken, more known of what the
criteria look at, and last the vendor's id. Of one vendor's offers that stand equally the first in
its profile comes first.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from selector.domain.criterion import CriteriaSet, FactMeasure, ShareMeasure
from selector.domain.decision import Alternative, Decision, Requirement
from selector.domain.evidence import UNKNOWN, Evidence
from selector.domain.fact import Dictionary
from selector.domain.vendor import Offer, Vendor
from selector.intake.proposal import LeftOut, ProposedAlternative
from selector.intake.rules._when import holds
from selector.intake.rules.taken import (
    CLOUDS,
    ENOUGH,
    KINDS,
    MACHINES,
    MOST,
    NOBODY_RUNS,
    NOT_IN_OUR_CLOUD,
    NOT_ON_PREMISES,
)
from selector.measure.requirements import judge

Given = Mapping[str, tuple[str, ...]]
OWN_PREMISES = "own premises"
KIND_WORDS = {
    "managed-platform": "A managed platform",
    "model-api": "A model behind an interface",
    "open-weight-stack": "Published weights on machines of your own",
}
# Where the name of an offer stops naming the model: "Llama 3.3 70B with KServe on EKS, Frankfurt".
_BEYOND_MODEL = re.compile(r",| (?:on|in|from|with|by|held|routed|for) ")

_FAMILY = re.compile(r"(?:Amazon )?([A-Za-z]+(?:-oss)?)")


class Candidate(NamedTuple):
    """An offer, and how it stands: why it is out (nothing where it is not), what is unproven."""

    vendor: Vendor
    offer: Offer | None
    facts: Mapping[str, Evidence]
    cloud: str
    ruled_out: str
    failed: tuple[str, ...]
    unproven: tuple[str, ...]
    is_placed: bool
    is_priced: bool
    known: int
    looked_at: int

    @property
    def id(self) -> str:
        """The id that it has as an alternative."""
        return f"{self.vendor.id}-{self.offer.id}" if self.offer else self.vendor.id

    @property
    def is_out(self) -> bool:
        """Whether it cannot be proposed."""
        return bool(self.ruled_out or self.failed)

    def order(self, taken: Iterable["Candidate"] = ()) -> tuple[bool | int, ...]:
        """What comes first comes first, beside those that are taken already."""
        is_new = self.family not in {c.family for c in taken}
        standing = (not self.cloud, len(self.unproven), not self.is_placed, not self.is_priced)
        return (*standing, not is_new, -self.known)

    @property
    def family(self) -> str:
        """The family of its model: Claude, GPT, gpt-oss."""
        found = _FAMILY.match(self.offer.name) if self.offer else None
        return found[1] if found else ""


class Chosen(NamedTuple):
    """The alternatives proposed, and those left out that one could ask for."""

    alternatives: tuple[ProposedAlternative, ...]
    left_out: tuple[LeftOut, ...]


def chosen(
    vendors: Sequence[Vendor],
    criteria: CriteriaSet,
    requirements: Sequence[Requirement],
    given: Given,
    dictionary: Dictionary,
    also: frozenset[str] = frozenset(),
) -> Chosen:
    """What is proposed. `also` are ids of offers that somebody wants, whatever the rules say."""
    candidates = candidates_of(vendors, criteria, requirements, given, dictionary)
    able = [candidate for candidate in candidates if not candidate.is_out]
    taken = _in_turns(able, KINDS.get(criteria.id, tuple(KIND_WORDS)))
    wanted = [c for c in candidates if c.id in also and c not in taken]
    short = _short_names([*taken, *wanted])
    alternatives = [
        ProposedAlternative(
            c.id,
            short[c.id],
            c.vendor.kind,
            _reason(c, given, taken) if c in taken else f"You asked for it. {_why_not(c, taken)}",
            c.vendor.id,
            c.offer.id if c.offer else "",
        )
        for c in [*taken, *wanted]
    ]
    return Chosen(tuple(alternatives), tuple(_left_out(candidates, [*taken, *wanted])))


def candidates_of(
    vendors: Sequence[Vendor],
    criteria: CriteriaSet,
    requirements: Sequence[Requirement],
    given: Given,
    dictionary: Dictionary,
) -> list[Candidate]:
    """Every offer of every vendor that can be chosen, with how it stands."""
    decision = Decision("intake", "Intake", criteria, dictionary=dictionary)
    looked_at = {
        leaf.measure.fact
        for leaf in criteria.leaves()
        if isinstance(leaf.measure, FactMeasure | ShareMeasure)
    }
    on_premises = "own_premises" in given["place"]
    found = []
    for vendor in vendors:
        if vendor.kind not in KIND_WORDS:
            continue
        offers: list[Offer | None] = list(vendor.offers)
        # Offers of a stack are priced on rented machines; on one's own, the machine is open.
        if not offers or (on_premises and vendor.kind == "open-weight-stack"):
            here = [o for o in offers if o is not None and o.region == OWN_PREMISES]
            offers = list(here) or [None]
        for offer in offers:
            facts = {**vendor.facts, **(offer.facts if offer else {})}
            cloud = _cloud_of(vendor, offer)
            own = [cloud] if cloud in given["clouds"] else []
            failed, unproven = _judged(decision, vendor, facts, requirements)
            found.append(
                Candidate(
                    vendor,
                    offer,
                    facts,
                    "".join(own),
                    _ruled_out(vendor, offer, facts, cloud, given),
                    failed,
                    unproven,
                    _is_placed(offer, facts, given),
                    _is_priced(vendor, offer, facts),
                    sum(facts.get(fact, UNKNOWN).state != "unknown" for fact in looked_at),
                    len(looked_at),
                )
            )
    return found


def _judged(
    decision: Decision,
    vendor: Vendor,
    facts: Mapping[str, Evidence],
    requirements: Sequence[Requirement],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which requirements it fails and which it does not prove, each in words."""
    alternative = Alternative(vendor.id, vendor.name, facts=facts)
    failed, unproven = [], []
    for requirement in requirements:
        verdict, known = judge(requirement, decision, alternative, {})
        if verdict == "fail" or (verdict == "unproven" and requirement.unproven_is_out):
            failed.append(known)
        elif verdict == "unproven":
            unproven.append(known)
    return tuple(failed), tuple(unproven)


def _ruled_out(
    vendor: Vendor, offer: Offer | None, facts: Mapping[str, Evidence], cloud: str, given: Given
) -> str:
    if holds(NOT_ON_PREMISES.when, given) and (
        vendor.kind != "open-weight-stack" or (offer is not None and offer.region != OWN_PREMISES)
    ):
        return NOT_ON_PREMISES.because
    mine = [name for name in given["clouds"] if name] or list(CLOUDS)
    if holds(NOT_IN_OUR_CLOUD.when, given) and cloud not in mine:
        return NOT_IN_OUR_CLOUD.because
    runs = facts.get("serving_responsibility", UNKNOWN).value
    if holds(NOBODY_RUNS.when, given) and runs == "own_cluster":
        return NOBODY_RUNS.because
    return ""


def _cloud_of(vendor: Vendor, offer: Offer | None) -> str:
    """The cloud that an offer runs in, as an account of one's own can have it; or nothing."""
    for cloud, providers in CLOUDS.items():
        if vendor.provider in providers:
            return cloud
    hosting = offer.cost.get("hosting", {}) if offer else {}
    machine = str(hosting.get("instance", ""))
    return next((cloud for start, cloud in MACHINES.items() if machine.startswith(start)), "")


def _is_placed(offer: Offer | None, facts: Mapping[str, Evidence], given: Given) -> bool:
    """Whether it runs where the people are; true where nobody says where that is."""
    in_eu = facts.get("eu_processing", UNKNOWN).value is True
    if "eu" in given["where"] or "eu" in given["place"]:
        return in_eu
    if "us" in given["where"]:
        return offer is None or offer.region.startswith(("us", "global"))
    return True


def _is_priced(vendor: Vendor, offer: Offer | None, facts: Mapping[str, Evidence]) -> bool:
    """Whether a bill can be made of it: by the price book, or by prices among its facts."""
    blocks = {**vendor.cost, **(offer.cost if offer else {})}
    if "tokens" in blocks or "hosting" in blocks:
        return True
    prices = ("price_input_tokens", "price_output_tokens")
    return all(facts.get(fact, UNKNOWN).state == "value" for fact in prices)


# --- taking turns ---------------------------------------------------------------------------------


def _in_turns(able: Sequence[Candidate], kinds: Sequence[str]) -> list[Candidate]:
    """One vendor of each kind in turn, up to MOST; where too few, a second offer of a vendor."""
    taken: list[Candidate] = []
    for each in (1, 2):
        queues = {kind: [c for c in able if c.vendor.kind == kind] for kind in kinds}
        while len(taken) < (MOST if each == 1 else ENOUGH):
            before = len(taken)
            for kind in kinds:
                if len(taken) < MOST and (following := _next(queues[kind], taken, each)):
                    taken.append(following)
            if len(taken) == before:
                break
    place = {kind: index for index, kind in enumerate(kinds)}
    return sorted(taken, key=lambda c: place[c.vendor.kind])


def _next(queue: Sequence[Candidate], taken: Sequence[Candidate], each: int) -> Candidate | None:
    """The next of a kind: the first in order of vendors with fewer than `each` taken.

    How much is known parts vendors; of one vendor's offers the first in its profile comes first.
    """
    count = Counter(c.vendor.id for c in taken)
    left = [c for c in queue if count[c.vendor.id] < each and c not in taken]
    if not left:
        return None
    best = min(left, key=lambda c: c.order(taken))
    same = best.order(taken)[:-1]
    own = (c for c in left if c.vendor.id == best.vendor.id and c.order(taken)[:-1] == same)
    return next(own)


# --- words ----------------------------------------------------------------------------------------


def _short_names(candidates: Iterable[Candidate]) -> dict[str, str]:
    """A name for each: vendor and model, or the whole name of the offer where two would be one."""
    names: dict[str, str] = {}
    for candidate in candidates:
        short = _name(candidate, whole=False)
        names[candidate.id] = _name(candidate, whole=True) if short in names.values() else short
    return names


def _name(candidate: Candidate, whole: bool) -> str:
    vendor = candidate.vendor.name.split(" (")[0]
    if candidate.offer is None:
        own = candidate.vendor.kind == "open-weight-stack"
        return f"{vendor} on our own machines" if own else vendor
    name = candidate.offer.name
    return f"{vendor}, {name if whole else _BEYOND_MODEL.split(name)[0]}"


def _reason(candidate: Candidate, given: Given, taken: Sequence[Candidate]) -> str:
    parts = [KIND_WORDS[candidate.vendor.kind]]
    if candidate.cloud:
        parts.append("in a cloud that you have a contract with")
    if "eu" in given["where"] or "eu" in given["place"]:
        in_eu = candidate.facts.get("eu_processing", UNKNOWN).value is True
        parts.append("held to the EU" if in_eu else "not held to the EU")
    if candidate.offer is None:
        parts.append("its model and machines still to be chosen")
    elif sum(c.family == candidate.family for c in taken) == 1:
        parts.append(f"the only {candidate.family} here")
    if candidate.offer is not None and not candidate.is_priced:
        parts.append("its price not known")
    parts.append(f"{candidate.known} of the {candidate.looked_at} facts weighed are known")
    said = ", ".join(parts) + "."
    if candidate.unproven:
        said += f" Not proven yet: {'; '.join(candidate.unproven)}."
    return said


def _why_not(candidate: Candidate, taken: Sequence[Candidate]) -> str:
    if candidate.ruled_out:
        return f"{candidate.ruled_out[0].upper()}{candidate.ruled_out[1:]}."
    if candidate.failed:
        return f"{'; '.join(candidate.failed)}."
    if any(c.vendor.id == candidate.vendor.id for c in taken):
        return "Another offer of this vendor is in."
    rivals = [c for c in taken if c.vendor.kind == candidate.vendor.kind]
    return f"Enough of its kind are in, and {_behind(candidate, rivals, taken)}."


def _behind(candidate: Candidate, rivals: Sequence[Candidate], taken: Sequence[Candidate]) -> str:
    """By which rule it stands behind those of its kind that are taken."""
    said = (
        "they run in a cloud that you have a contract with",
        f"it leaves more unproven: {'; '.join(candidate.unproven)}",
        "they run where the people are",
        "its price is not known",
        f"{candidate.family} is among them already",
        f"less of it is known: {candidate.known} of {candidate.looked_at}",
    )
    own = candidate.order(taken)
    for rival in reversed(rivals):
        other = rival.order([c for c in taken if c != rival])
        for mine, its, text in zip(own, other, said, strict=True):
            if mine > its:
                return text
            if mine < its:
                break
    return "they come first in the order of vendors"


def _left_out(candidates: Sequence[Candidate], taken: Sequence[Candidate]) -> list[LeftOut]:
    """Of each vendor without an alternative the offer that came nearest, and why it is out."""
    seen = {c.vendor.id for c in taken}
    nearest: dict[str, Candidate] = {}
    for c in candidates:
        if c.vendor.id in seen:
            continue
        other = nearest.get(c.vendor.id)
        if other is None or _distance(c) < _distance(other):
            nearest[c.vendor.id] = c
    return [
        LeftOut(
            c.id,
            _name(c, whole=False),
            _why_not(c, taken),
            c.vendor.id,
            c.offer.id if c.offer else "",
            c.vendor.kind,
        )
        for c in sorted(nearest.values(), key=_distance)
    ]


def _distance(candidate: Candidate) -> tuple[object, ...]:
    return (bool(candidate.ruled_out), len(candidate.failed), *candidate.order())
