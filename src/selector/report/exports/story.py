"""What an export says: the answer and all that supports it, in words, made once for every format.

Plain text throughout: each format escapes it in its own way. With `redact`, what rests on prices
negotiated in confidence is left out, and so is what would tell it by a difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from selector.analysis import Analysis
from selector.analysis.robustness import Robustness
from selector.analysis.stack.derived import stack_of
from selector.domain import words as plain
from selector.domain.criterion import Criterion
from selector.domain.outcome import Excluded, Ranked
from selector.domain.performance import Cell
from selector.report import certainty, record, stacked, weighed, words
from selector.report.bills import by_cost
from selector.report.currency import exchange, in_currency
from selector.report.diagram import Reference
from selector.report.exports import confidence
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.option import Option, Reason
from selector.report.exports.risks import Risk, risks
from selector.report.exports.sources import Numbered, numbered
from selector.report.money import Money, money_of, shown
from selector.report.worth import sentences

REASONS = 3  # for and against each option
NOT_KNOWN = "not known in full"  # a bill of which some price is missing
SAMPLES = 10_000  # as the app's pages draw


class Story:
    """The words and figures of one answer."""

    def __init__(
        self, analysis: Analysis, redact: bool = False, link: str = "", samples: int = SAMPLES
    ) -> None:
        self.analysis = in_currency(analysis)
        self.link = link
        self.is_redacted = redact
        self._samples = samples

    # --- what it rests on -------------------------------------------------------------------
    @cached_property
    def robustness(self) -> Robustness:
        """The draws behind how sure it is; without figures where they would tell a hidden bill."""
        found = self.analysis.robustness(samples=self._samples)
        return confidence.without_figures(found) if self.veiled else found

    @cached_property
    def labels(self) -> Mapping[str, words.Label]:
        """Short names by id."""
        return words.labels(self.analysis.decision)

    @cached_property
    def money(self) -> Money:
        """The currency of all amounts."""
        return money_of(self.analysis.decision)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The options whose bill is left out."""
        return confidence.secret_bills(self.analysis) if self.is_redacted else frozenset()

    @cached_property
    def veiled(self) -> frozenset[str]:
        """The options whose score is left out; where there is one, so is how sure it is."""
        return confidence.veiled(self.analysis, self.hidden)

    @cached_property
    def warnings(self) -> list[str]:
        """What one must know when reading this, in plain words."""
        return [*exchange(self.analysis), *confidence.warnings(self.analysis, self.hidden)]

    def is_hidden(self, alternative: str, leaf: Criterion) -> bool:
        """Whether a cell is left out: the cost of an option that is kept in confidence."""
        return alternative in self.hidden and confidence.is_cost(leaf)

    @property
    def day(self) -> date:
        """The day by which facts and prices are judged."""
        return self.analysis.decision.day

    @cached_property
    def stamp(self) -> str:
        """The version and the day, as every page bears them."""
        return f"Decision {self.analysis.version} · facts as of {plain.day(self.day)}"

    @cached_property
    def sources(self) -> list[Numbered]:
        """All sources, numbered."""
        return numbered(self.analysis, self.hidden)

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of each source by its name."""
        return {source.name: source.number for source in self.sources}

    # --- the answer -------------------------------------------------------------------------
    @cached_property
    def standing(self) -> words.Standing:
        """Who leads whom by how much; not by how much where that would tell a hidden bill."""
        found = words.standing(self.analysis)
        if not {found.leader, found.second} & self.veiled:
            return found
        told = f"{self.labels[found.leader].short} leads"
        if found.second:
            told += f" {self.labels[found.second].short}"
        return words.Standing(found.leader, found.second, 0.0, told)

    @cached_property
    def is_close(self) -> bool:
        """Whether nobody is first in enough of the draws to be called the leader.

        Where scores are kept in confidence it is not told.
        """
        shares = [row[0] for row in self.robustness.rank_acceptability.values()]
        return len(shares) > 1 and not certainty.is_clear(max(shares))

    @cached_property
    def headline(self) -> str:
        """The answer in a sentence, without a full stop."""
        told = self.standing.sentence
        return f"Too close to call: {told}" if self.is_close else told

    @cached_property
    def recommendation(self) -> str:
        """What is recommended, with what it costs."""
        if not self.standing.leader:
            return self.standing.sentence
        name = self.labels[self.standing.leader].short
        cost = self.cost_of(self.standing.leader)
        ahead = ""
        is_hidden = bool({self.standing.leader, self.standing.second} & self.veiled)
        if self.standing.second and words.is_weighted_sum(self.analysis) and not is_hidden:
            by = plain.points(self.standing.gap)
            by = "less than 0.1" if by == plain.points(0.0) else by
            second = self.labels[self.standing.second].short
            ahead = f": ahead by {by} points"
            if self.is_close:
                ahead = f", before {second} by a hair: {by} points"
            if not self.standing.gap:
                ahead = f", level with {second}"
        money = f", at {cost} a month" if cost and cost != KEPT_IN_HOUSE else ""
        return f"We recommend {name}{ahead}{money}"

    @cached_property
    def made_of(self) -> str:
        """What the stack that leads is made of, in a sentence; empty where it is no stack."""
        composed = self.analysis.composed
        if composed is None or not self.standing.leader:
            return ""
        stack = stack_of(composed, self.standing.leader)
        return f"{self.labels[self.standing.leader].short}: {stacked.named(stack)}."

    @cached_property
    def asked(self) -> str:
        """What is asked of those who decide."""
        if not self.standing.leader:
            if not self.analysis.decision.alternatives:
                return "Asked: name options to choose from."
            return "Asked: loosen a requirement, or name further options."
        name = self.labels[self.standing.leader].short
        given, caution = record.approved(self.analysis), record.caution(self.analysis)
        if given and not caution and record.status(self.analysis) == "accepted":
            return given
        told = f"Asked: approve {name}, on the conditions named under risks."
        if self.is_close and self.standing.second:
            other = self.labels[self.standing.second].short
            told = f"Asked: agree on the weights, and approve a pilot with {name} and {other}."
        return f"{told} {caution or given}".strip()

    @cached_property
    def sure(self) -> str:
        """How sure it is, in a sentence or two."""
        if len(self.analysis.ranking) < 2:
            return ""
        if self.veiled:
            return f"{confidence.UNTOLD}."
        told = certainty.headline(self.analysis, self.robustness)
        return f"{told}. {certainty.others(self.analysis, self.robustness)}".strip()

    @cached_property
    def conditions(self) -> list[str]:
        """What would change the answer, the nearest first; one sentence each."""
        if not words.is_weighted_sum(self.analysis) or self.veiled:
            return []
        return [
            f"{self.labels[flip.winner].short} takes over if {flip.condition} ({flip.present})."
            for flip in words.flips(self.analysis)
        ]

    @cached_property
    def performance_flips(self) -> list[str]:
        """The single figures that would change the answer; one sentence each."""
        return [told for _, told in self.told_flips]

    @cached_property
    def told_flips(self) -> list[tuple[Criterion, str]]:
        """The same, each with the leaf whose figure it is."""
        found = []
        for flip in self.robustness.performance_flips:
            needed, now = certainty.performance_flip(self.analysis, flip)
            if needed:
                first, who = (self.labels[x].short for x in (flip.winner_becomes, flip.alternative))
                leaf = self.leaf(flip.criterion)
                what = words.lower_first(leaf.name)
                told = f"{first} leads with {what} of {who} at {needed} (now {now})."
                found.append((leaf, told))
        return found

    @cached_property
    def find_out(self) -> list[str]:
        """The open facts that could change the answer, the likeliest first; one sentence each."""
        return [
            f"{self.leaf(row.criterion).name} of {self.labels[row.alternative].short} "
            f"({certainty.BECAUSE[row.because]}): knowing it changes the winner in "
            f"{plain.of_100(row.chance)} of 100 cases."
            for row in self.robustness.worth_finding_out
            if row.chance > 0
        ]

    @cached_property
    def implied(self) -> list[str]:
        """What the weights imply in money; one sentence each."""
        return [] if self.hidden else sentences(self.analysis)

    @cached_property
    def risks(self) -> list[Risk]:
        """The risk register."""
        return risks(self.analysis, self.robustness, self.hidden)

    # --- beside the answer ------------------------------------------------------------------
    @cached_property
    def approvals(self) -> list[str]:
        """Who approved, a line each; notes only where nothing is kept in confidence."""
        rows = self.analysis.decision.record.approved
        return [record.approval_line(a, self.analysis.version, not self.hidden) for a in rows]

    @cached_property
    def architecture(self) -> record.Drawn | None:
        """The architecture around the option that leads; None where the decision has none."""
        return (
            stacked.drawn(self.reference) if self.reference else record.architecture(self.analysis)
        )

    @cached_property
    def reference(self) -> Reference | None:
        """The reference architecture of the stack that leads; None where it is none."""
        return stacked.reference_of(self.analysis)

    @cached_property
    def changes(self) -> list[str]:
        """Who set what, when and why, a line each; no figures where some are in confidence."""
        is_open, rows = not self.hidden, self.analysis.decision.record.changes
        return [record.entry_line(row, is_open) for row in rows]

    # --- the options ------------------------------------------------------------------------
    @cached_property
    def options(self) -> list[Option]:
        """All options: the ranked ones best first, then those knocked out."""
        places = {a.id: place for place, a in enumerate(self.analysis.decision.alternatives)}
        out: dict[str, list[Excluded]] = {}
        for failed in confidence.knock_outs(self.analysis, self.hidden):
            out.setdefault(failed.alternative, []).append(failed)
        found = [self._option(row, places[row.alternative], ()) for row in self.analysis.ranking]
        for alternative, rows in out.items():
            row = Ranked(alternative, rows[0].name, 0, None, None, None)
            found.append(self._option(row, places[alternative], rows))
        return found

    def _option(self, row: Ranked, place: int, failed: Sequence[Excluded]) -> Option:
        who = row.alternative
        label = self.labels[who]
        shares = self.robustness.rank_acceptability.get(who) if row.rank else None
        score, low, high = (row.score, row.low, row.high) if who not in self.veiled else [None] * 3
        return Option(
            who, row.name, label.short, label.detail, place, row.rank, score, low, high,
            float(shares[0]) if shares else None, self.cost_of(who) or self._untold,
            row.unproven_requirements, tuple(failed),
        )  # fmt: skip

    @property
    def _untold(self) -> str:
        return "" if self.analysis.decision.workload is None else NOT_KNOWN

    @property
    def ranked(self) -> list[Option]:
        """The options that are ranked, best first."""
        return [option for option in self.options if option.rank]

    @property
    def out(self) -> list[Option]:
        """The options that are knocked out."""
        return [option for option in self.options if not option.rank]

    def cost_of(self, alternative: str) -> str:
        """The first month's bill, as a range where it is one; empty where none is known."""
        if alternative in self.hidden:
            return KEPT_IN_HOUSE
        if self.analysis.decision.workload is None:
            return ""
        monthly = self.analysis.cost().alternatives[alternative].monthly
        return "" if monthly is None else self.money.ends(monthly, is_whole=True)

    def leaf(self, leaf_id: str) -> Criterion:
        """A leaf criterion by its id."""
        return next(leaf for leaf in self.analysis.leaves if leaf.id == leaf_id)

    def cell(self, alternative: str, leaf: Criterion) -> Cell | None:
        """A cell; None where it is kept in confidence."""
        if self.is_hidden(alternative, leaf):
            return None
        return self.analysis.cell(alternative, leaf.id)

    def cell_text(self, alternative: str, leaf: Criterion, unit: bool = False) -> str:
        """A performance as the matrix shows it."""
        cell = self.cell(alternative, leaf)
        if cell is None:
            return KEPT_IN_HOUSE
        return words.with_unit(cell, leaf) if unit else words.cell_text(cell)

    def worth(self, alternative: str, leaf: Criterion) -> float | None:
        """The value of a ranked option's cell; None where it would tell a hidden bill."""
        if alternative in self.veiled and confidence.is_cost(leaf):
            return None
        table, values = self.analysis.table, self.analysis.value_table.central
        return float(values[table.alternatives.index(alternative), table.leaves.index(leaf.id)])

    def step(self, node: Criterion) -> str:
        """What going from worst to best on a criterion means; not where bills are the ends."""
        scale = self.analysis.scales.get(node.id)
        is_told = not (self.veiled and confidence.is_cost(node) and scale and scale.is_local)
        return words.swing(self.analysis, node) if is_told else ""

    def reasons(self, alternative: str) -> tuple[list[Reason], list[Reason]]:
        """What speaks for an option and what against it: points above or below the mean option."""
        rows = {a.id: row for row, a in enumerate(self.analysis.alternatives)}
        values = self.analysis.value_table.central
        apart = self.analysis.leaf_weights * (values[rows[alternative]] - values.mean(axis=0))
        found = [
            Reason(leaf, self.cell_text(alternative, leaf, unit=True), float(points))
            for leaf, points in zip(self.analysis.leaves, apart, strict=True)
            if abs(points) >= 5e-4 and not (self.veiled and confidence.is_cost(leaf))
        ]
        best = sorted((r for r in found if r.points > 0), key=lambda r: -r.points)[:REASONS]
        worst = sorted((r for r in found if r.points < 0), key=lambda r: r.points)[:REASONS]
        return best, worst

    def between(self) -> list[Reason]:
        """What puts the first before the second, leaf by leaf; the points add up to the gap."""
        first, second = self.standing.leader, self.standing.second
        if not second or {first, second} & self.veiled:
            return []
        return [
            Reason(
                self.leaf(part.leaf),
                f"{self.cell_text(first, self.leaf(part.leaf))} against "
                f"{self.cell_text(second, self.leaf(part.leaf), unit=True)}",
                part.difference,
            )
            for part in self.analysis.contributions(first, second)
        ]

    @cached_property
    def weighed(self) -> str:
        """How the weights came about, in a sentence."""
        return weighed.of(self.analysis)

    @cached_property
    def bills(self) -> list[tuple[str, str, str]]:
        """The first month of each option: short name, likely amount, least to most."""
        if self.analysis.decision.workload is None:
            return []
        rows = []
        for bill in sorted(by_cost(self.analysis), key=lambda b: b.alternative in self.hidden):
            name = self.labels[bill.alternative].short
            if bill.alternative in self.hidden:
                rows.append((name, KEPT_IN_HOUSE, ""))
            elif bill.monthly is None:
                rows.append((name, NOT_KNOWN, ""))
            else:
                likely = shown(self.money(bill.monthly.likely), self.money.code)
                ends = self.money.ends(bill.monthly)
                rows.append((name, likely, ends if " to " in ends else ""))
        return rows
