"""What an export says: the answer and all that supports it, in words, made once for every format.

Plain text throughout: each format escapes it in its own way. With `redact`, what rests on prices
negotiated in confidence is left out, and so is what would tell it by a difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from selector.analysis.stack.derived import stack_of
from selector.domain import words as plain
from selector.domain.criterion import Criterion
from selector.domain.outcome import Excluded, Ranked
from selector.mcda.methods._contract import method
from selector.report import certainty, record, stacked, weighed, words
from selector.report.diagram import Reference
from selector.report.exports import confidence
from selector.report.exports.billed import Billed
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.option import Option, Reason
from selector.report.exports.risks import Risk, first_to_prove, risks
from selector.report.worth import sentences

A_HAIR = 0.01  # of a score: a lead that is smaller
SOME = 4  # names of those who are level that a sentence has room for
REASONS = 3  # for and against each option


class Story(Billed):
    """The words and figures of one answer."""

    # --- the answer -------------------------------------------------------------------------
    @cached_property
    def standing(self) -> words.Standing:
        """Who leads the rival by how much; not by how much where that would tell a hidden bill."""
        found = words.standing(self.analysis, self.rival)
        if not {found.leader, found.second} & self.veiled:
            return found
        told = f"{self.labels[found.leader].short} leads"
        if found.second:
            told += f" {self.labels[found.second].short}"
        if not words.is_weighted_sum(self.analysis):
            told += f" by {words.method_name(self.analysis.decision.method)}"
        return words.Standing(found.leader, found.second, 0.0, told)

    @cached_property
    def sampled(self) -> certainty.Sampled:
        """The draws ranked by the decision's own method, where they can be."""
        return certainty.sampled(self.robustness)

    @cached_property
    def draws_by(self) -> str:
        """By which method the draws are ranked, where that has to be said."""
        return certainty.ranked_by(self.analysis, self.robustness)

    @property
    def score_head(self) -> str:
        """What stands over the scores."""
        if words.is_weighted_sum(self.analysis):
            return "Points of 100"
        best = method(self.analysis.decision.method).best
        return "Score, less is better" if best == "lowest" else "Score"

    @property
    def by_sum(self) -> str:
        """What follows figures of the weighted sum where another method ranks; else empty."""
        return f" {words.by_sum(self.analysis)}".rstrip()

    @property
    def often_head(self) -> str:
        """What stands over how often each is first."""
        return f"First, of 100 draws {self.draws_by}".strip()

    @cached_property
    def oftener(self) -> str:
        """Who is first in more of the draws than who is recommended, and in how many."""
        who = "" if self.veiled else certainty.oftener(self.analysis, self.robustness)
        if not who:
            return ""
        often = plain.of_100(self.sampled.firsts()[who])
        return f"{self.labels[who].short} is first in more draws, {often} of 100"

    @cached_property
    def level(self) -> list[str]:
        """The short names of those who share the first place; of one alone, none."""
        if self.veiled:
            return []
        found = words.level(self.analysis)
        return [self.labels[who].short for who in found] if len(found) > 1 else []

    @cached_property
    def is_close(self) -> bool:
        """Whether who is recommended is first in too few of the draws to be called the leader.

        Where scores are kept in confidence it is not told.
        """
        shares = self.sampled.firsts()
        return len(shares) > 1 and not certainty.is_clear(shares[self.standing.leader])

    @cached_property
    def rival(self) -> str:
        """With whom the leader is compared, by id, wherever one other is named beside it."""
        return certainty.rival(self.analysis, self.robustness)

    @cached_property
    def before(self) -> dict[str, float]:
        """Who of the others comes before the leader in how many of the draws, by id, most first.

        They are ranked as a whole: what several rest on is drawn once for all of them.
        """
        wins = self.sampled.found.pairwise_winning
        shares = {who: row.get(self.standing.leader, 0.0) for who, row in wins.items()}
        some = {who: share for who, share in shares.items() if share > 0}
        return dict(sorted(some.items(), key=lambda row: -row[1]))

    @cached_property
    def headline(self) -> str:
        """The answer in a sentence, without a full stop."""
        told = self.standing.sentence
        if not self.is_close:
            return told
        but = f", but {self.oftener}" if self.oftener else ""
        return f"Too close to call: {told}{but}"

    @property
    def closed(self) -> str:
        """What became of a decision about which nothing is asked any more; else empty."""
        status = record.status(self.analysis)
        return "" if status in ("proposed", "accepted") else status

    @cached_property
    def recommendation(self) -> str:
        """What is recommended, with what it costs."""
        if self.closed:
            return f"{self.closed[0].upper()}{self.closed[1:]}: {self.standing.sentence}"
        if not self.standing.leader:
            return self.standing.sentence
        name = self.labels[self.standing.leader].short
        cost = self.cost_of(self.standing.leader)
        ahead = by = ""
        is_hidden = bool({self.standing.leader, self.standing.second} & self.veiled)
        if self.standing.second and words.is_weighted_sum(self.analysis) and not is_hidden:
            by = plain.points(self.standing.gap)
            by = "less than 0.1" if by == plain.points(0.0) else by
            second = self.labels[self.standing.second].short
            ahead = f": ahead by {by} points"
            if self.is_close:
                ahead = f", but not surely: {by} points before {second}"
                if self.standing.gap < A_HAIR:
                    ahead = f", before {second} by a hair: {by} points"
        if self.level:
            ahead = f", level with {plain.listed(self.level[1:])}"
            if len(self.level) > SOME:
                ahead = f", level with {len(self.level) - 1} others"
        elif self.oftener:
            ahead = f": ahead by {by} points" if by else ""
            ahead += f", though {self.oftener}"
        money = f", at {cost} {self.per_month}" if cost and cost != KEPT_IN_HOUSE else ""
        return f"We recommend {name}{money}{ahead}"

    @cached_property
    def made_of(self) -> str:
        """What the leading stack is made of, or why there is none; empty of no stack at all."""
        composed = self.analysis.composed
        if composed is None or not self.standing.leader:
            in_the_way = " ".join(composed.conflicts) if composed is not None else ""
            return f"What stands in the way: {in_the_way}" if in_the_way else ""
        stack = stack_of(composed, self.standing.leader)
        return f"{self.labels[self.standing.leader].short}: {stacked.named(stack)}."

    @cached_property
    def asked(self) -> str:
        """What is asked of those who decide, with what has to be proven before."""
        return f"{self.asked_in_short} {first_to_prove(self.analysis, self.tried)}".strip()

    @cached_property
    def tried(self) -> list[str]:
        """With whom a pilot is asked for, by id; nobody where none is."""
        if self.closed or self._approved or not self.is_close:
            return []
        if 1 < len(self.level) <= SOME:
            return words.level(self.analysis)
        return [self.standing.leader, self.rival] if self.standing.second else []

    @property
    def _approved(self) -> str:
        """Who approved this very answer, so that nothing is asked; else empty."""
        is_done = record.status(self.analysis) == "accepted" and not record.caution(self.analysis)
        return record.approved(self.analysis) if is_done else ""

    @cached_property
    def asked_in_short(self) -> str:
        """What is asked of those who decide."""
        if self.closed:
            return f"Nothing is asked: the decision is {self.closed}."
        if not self.standing.leader:
            if self.analysis.composed is not None and not self.options:
                return stacked.to_loosen(self.analysis.composed)
            if not self.analysis.decision.alternatives:
                return "Asked: name options to choose from."
            return "Asked: loosen a requirement, or name further options."
        name = self.labels[self.standing.leader].short
        if self._approved:
            return self._approved
        on = ", on the conditions named under risks" if self.risks else ""
        told = f"Asked: approve {name}{on}."
        few = self.level if 1 < len(self.level) <= SOME else []
        if self.level:
            which = f"the {len(self.level)} that" if not few else f"{plain.listed(few)}, which"
            told = f"Asked: choose between {which} are level."
        if self.tried:
            who = plain.listed([self.labels[one].short for one in self.tried])
            told = f"Asked: agree on the weights, and approve a pilot with {who}{on}."
        return f"{told} {record.caution(self.analysis) or record.approved(self.analysis)}".strip()

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
            f"{plain.of_100(row.chance)} of 100 cases{self.by_sum}."
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

    @cached_property
    def asked_people(self) -> list[str]:
        """Who was asked, how much each counts and whom each would choose; a line each."""
        people = self.analysis.decision.stakeholders
        views = self.analysis.stakeholders().views if people and not self.veiled else {}
        lines = []
        for one in people:
            first = [r.alternative for r in views[one.name].ranking if r.rank == 1] if views else []
            chosen = plain.listed([self.labels[who].short for who in first[:SOME]])
            told = f": {chosen} first" if 0 < len(first) <= SOME else ""
            lines.append(f"{one.name} (counts {plain.number(one.influence)}){told}")
        return lines

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
        shares = self.sampled.found.rank_acceptability.get(who) if row.rank else None
        score, low, high = (row.score, row.low, row.high) if who not in self.veiled else [None] * 3
        return Option(
            who, row.name, label.short, label.detail, place, row.rank, score, low, high,
            float(shares[0]) if shares else None, self.cost_of(who) or self._untold,
            confidence.to_prove(self.analysis, who, row.unproven_requirements, self.hidden),
            tuple(failed),
        )  # fmt: skip

    @property
    def ranked(self) -> list[Option]:
        """The options that are ranked, best first."""
        return [option for option in self.options if option.rank]

    @property
    def out(self) -> list[Option]:
        """The options that are knocked out."""
        return [option for option in self.options if not option.rank]

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

    def parting(self) -> str:
        """What puts the first before the second in all; in hundredths where the scores as they
        are shown differ by another figure. Empty where nothing is told.
        """
        parts = self.between()
        if not parts:
            return ""
        gap = sum(reason.points for reason in parts)
        shown_ = plain.points(
            words.ahead(self.analysis, self.standing.leader, self.standing.second)
        )
        if shown_ == plain.points(gap):
            return shown_
        return plain.signed(f"{100 * gap:.2f}, before scores are rounded")

    @cached_property
    def weighed(self) -> str:
        """How the weights came about, in a sentence."""
        return weighed.of(self.analysis)
