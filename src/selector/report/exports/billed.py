"""What the options cost, as far as it is told: the bills of the first month."""

from __future__ import annotations

from functools import cached_property

from selector.report.bills import are_months_apart, by_cost, per_month
from selector.report.exports import confidence
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.grounds import Grounds
from selector.report.money import shown

NOT_KNOWN = "not known in full"  # a bill of which some price is missing


class Billed(Grounds):
    """The bills of one answer."""

    @cached_property
    def is_billed(self) -> bool:
        """Whether costs are told: where any is known, if in part, or a criterion or a limit asks.

        A workload alone, of options that have no bill, tells none.
        """
        if self.analysis.decision.workload is None:
            return False
        is_asked = any(map(confidence.is_cost, self.analysis.leaves))
        bills = self.analysis.cost().alternatives.values()
        return (
            is_asked
            or self.analysis.composed is not None
            or any(bill.monthly is not None or bill.items for bill in bills)
        )

    @cached_property
    def is_of_one_month(self) -> bool:
        """Whether what is told of a month is the first one's, for months differ."""
        return are_months_apart(self.analysis, self.hidden)

    @property
    def per_month(self) -> str:
        """What follows the bill of a month in a sentence."""
        return per_month(self.analysis, self.hidden)

    @property
    def month_head(self) -> str:
        """What stands over the bills of a month."""
        return "First month" if self.is_of_one_month else "A month"

    @property
    def _untold(self) -> str:
        return NOT_KNOWN if self.is_billed else ""

    def cost_of(self, alternative: str) -> str:
        """The first month's bill, as a range where it is one; empty where none is known."""
        if alternative in self.hidden:
            return KEPT_IN_HOUSE
        if self.analysis.decision.workload is None:
            return ""
        monthly = self.analysis.cost().alternatives[alternative].monthly
        return "" if monthly is None else self.money.ends(monthly, is_whole=True)

    @cached_property
    def bills(self) -> list[tuple[str, str, str]]:
        """The first month of each option: short name, likely amount, least to most."""
        if self.analysis.decision.workload is None:
            return []
        rows = []
        told = [bill for bill in by_cost(self.analysis) if bill.alternative not in self.hidden]
        bills = self.analysis.cost().alternatives
        told += [bills[who] for who in self.labels if who in self.hidden]  # not by what they cost
        for bill in told:
            name = self.labels[bill.alternative].short
            if bill.alternative in self.hidden:
                rows.append((name, KEPT_IN_HOUSE, ""))
            elif bill.monthly is None:
                rows.append((name, NOT_KNOWN, ""))
            else:
                likely = shown(self.money(bill.monthly.likely), self.money.code)
                ends = self.money.ends(bill.monthly, is_whole=True)
                rows.append((name, likely, ends if " to " in ends else ""))
        return rows
