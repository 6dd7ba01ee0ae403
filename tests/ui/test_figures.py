"""What people write into the form of Cost, and how a link says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selector.domain.problem import UsageError
from selector.domain.span import Span
from selector.ui.figures import Field, from_link, read, to_link, written

PLAIN = Field("requests_per_month", "Requests a month")
SHARE = Field("cached_share", "Share", is_share=True, most=1)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("1,000,000", (1e6,)),
        ("1 000 000", (1e6,)),
        ("1\u202f000\u202f000", (1e6,)),
        ("1.5 million", (1.5e6,)),
        ("800k", (8e5,)),
        ("1e6", (1e6,)),
        ("\u22125", (-5,)),
        ("1,000,000 to 2,000,000", (1e6, 1.5e6, 2e6)),
        ("1 to 2 million", (1e6, 1.5e6, 2e6)),
        ("500 to 1 million", (500, 500_250, 1e6)),
        ("1..2", (1, 1.5, 2)),
        ("1\u20132", (1, 1.5, 2)),
        ("10 to 20, likely 12", (10, 12, 20)),
        ("-2 to 3", (-2, 0.5, 3)),
        ("  7 ", (7,)),
    ],
)
def test_numbers_and_ranges_are_read_as_people_write_them(
    text: str, figure: tuple[float, ...]
) -> None:
    assert read(text, PLAIN) == (Span(*figure) if len(figure) == 3 else Span.exactly(*figure))


@pytest.mark.parametrize(
    ("text", "figure"),
    [("30 %", (0.3, 0.3, 0.3)), ("0.3", (0.3, 0.3, 0.3)), ("20 to 40%", (0.2, 0.3, 0.4))],
)
def test_shares_are_read_in_per_cent_or_as_they_are(
    text: str, figure: tuple[float, float, float]
) -> None:
    assert read(text, SHARE) == pytest.approx(figure)


@pytest.mark.parametrize("text", ["", "  ", "\u00a0"])
def test_nothing_written_is_the_figure_of_the_file(text: str) -> None:
    assert read(text, PLAIN) is None


@pytest.mark.parametrize(
    "text",
    ["many", "1,5", "1,,000", "1 to", "to 2", "1 to 2 to 3", "nan", "inf", "--1", "1e99", "2 to 1",
     "5, likely 5", "1 to 2, likely 3", "=1+1", "<b>1</b>", "1 %%x"],
)  # fmt: skip
def test_what_is_no_figure_is_told(text: str) -> None:
    with pytest.raises(UsageError):
        read(text, PLAIN)


NUMBERS = st.floats(0, 1e9).map(lambda x: float(f"{x:.6g}"))


@given(st.lists(NUMBERS, min_size=3, max_size=3).map(sorted))
def test_what_is_written_is_read_again(ends: list[float]) -> None:
    span = Span(*ends)
    assert read(written(span), PLAIN) == pytest.approx(span, rel=1e-8)


@given(st.lists(st.floats(0, 1).map(lambda x: round(x, 4)), min_size=3, max_size=3).map(sorted))
def test_shares_that_are_written_are_read_again(ends: list[float]) -> None:
    assert read(written(Span(*ends), True), SHARE) == pytest.approx(Span(*ends), abs=1e-9)


@given(st.dictionaries(st.sampled_from(["months", "a.price of b", "utilisation"]),
                       st.lists(NUMBERS, min_size=3, max_size=3).map(sorted)))  # fmt: skip
def test_a_link_says_the_same(figures: dict[str, list[float]]) -> None:
    spans = {name: Span(*ends) for name, ends in figures.items()}
    found, wrong = from_link(to_link(spans))
    assert wrong == []
    assert found == {
        name: Span(*(float(f"{end:.10g}") for end in span)) for name, span in spans.items()
    }


@pytest.mark.parametrize("link", ["months", "months:x", "months:1..2..3..4", "months:2..1",
                                  "months:3..2..1", ":1..", "months:nan", "months:inf",
                                  "months:1e99"])  # fmt: skip
def test_what_cannot_be_read_of_a_link_is_named_and_the_rest_kept(link: str) -> None:
    found, wrong = from_link(f"utilisation:0.4..0.6,{link}")
    assert found == {"utilisation": Span(0.4, 0.5, 0.6)}
    assert wrong == [link]
