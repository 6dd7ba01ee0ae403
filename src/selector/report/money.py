"""Amounts of money as people read them, in the currency of the business or in US dollars."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from selector.domain.decision import Decision
from selector.domain.span import Span

WHOLE_FROM = 10.0  # of a currency: from here on headlines tell no cents
LEAST = 0.005  # of a currency: what is less would read as nothing
VAST = 1e15  # of a currency: from here on an amount is told by its power of ten


class Money(NamedTuple):
    """The currency that is shown: what one US dollar is worth in it."""

    factor: float = 1.0
    code: str = "USD"

    def __call__(self, amount: float) -> float:
        """An amount of US dollars, to a millionth, without noise of arithmetic."""
        return round(amount * self.factor, 6) + 0.0

    def span(self, span: Span | None) -> Mapping[str, Any] | None:
        """The three amounts of a range."""
        if span is None:
            return None
        return {name: self(end) for name, end in zip(Span._fields, span, strict=True)}

    def text(self, amount: float | None) -> str:
        """An amount of US dollars with its currency, such as 12,345 USD."""
        return shown(None if amount is None else self(amount), self.code)

    def whole(self, amount: float) -> str:
        """An amount as headlines tell it: without cents where it is not of cents alone."""
        return self.ends(Span.exactly(amount), is_whole=True)

    def ends(self, span: Span, is_whole: bool = False) -> str:
        """The least and the most, or the one amount where they read the same."""
        found = [self(span.low), self(span.high)]
        if is_whole and max(map(abs, found)) >= WHOLE_FROM:
            low, high = (shown(float(round(end)), places=0) for end in found)
        else:
            low, high = map(shown, found)
        return f"{low} {self.code}" if low == high else f"{low} to {high} {self.code}"


def money_of(decision: Decision) -> Money:
    """The currency of the decision's business, else US dollars."""
    given = decision.business.currency
    return Money() if given is None else Money(1 / given.usd, given.code)


def vast(size: float) -> str:
    """An amount too long to be read digit by digit: 1.2 × 10^18."""
    digits, power = f"{size:.1e}".split("e")
    return f"{digits} × 10^{int(power)}"


def shown(value: float | None, code: str = "", places: int = 2) -> str:
    """An amount: cents below a thousand, whole, or by its power of ten; a dash if unknown."""
    if value is None:
        return "–"
    size = abs(value)
    text = f"{size:,.{places}f}" if size < 1000 else f"{size:,.0f}" if size < VAST else vast(size)
    if 0 < size < LEAST:
        text = f"{size:.2g}"
    minus = chr(0x2212) if value < 0 and text.strip("0.") else ""
    return f"{minus}{text} {code}".strip()
