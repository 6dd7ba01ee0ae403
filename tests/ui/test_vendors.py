"""Vendors: a profile of one's own, two side by side, and what is told of each profile."""

import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from selector.catalog.coverage import coverage_of
from selector.catalog.library import Library
from selector.catalog.reading import MAX_BYTES
from selector.catalog.validation import problems_of
from selector.domain.evidence import UNKNOWN, Evidence
from selector.domain.fact import FactDefinition
from selector.domain.problem import InputError
from selector.ui import upload
from selector.ui.parts import profile, versus
from selector.ui.parts.html import unmarked

LIBRARY = Library()
DICTIONARY = LIBRARY.dictionary()
THREE_MISTAKES = {
    "kind: model-api ": "kind: model-app ",
    "value: 99.9 ": "value: 199.9 ",
    "  private_networking:": "  private_netwrking:",
}


def spoilt() -> str:
    """Return the template with three mistakes in it."""
    text = upload.template().decode()
    for right, wrong in THREE_MISTAKES.items():
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    return text


def problems(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        upload.read_profile(text.encode(), "mine.yaml", DICTIONARY)
    return caught.value


def test_the_template_is_a_profile_that_can_be_read() -> None:
    vendor = upload.read_profile(upload.template(), "my-vendor.yaml", DICTIONARY)
    assert vendor.name == "My vendor"
    assert len(vendor.offers) == 2


def test_three_mistakes_are_mended_by_following_the_messages_only() -> None:
    text = spoilt()
    found = problems(text).problems
    assert len(found) == 3
    lines = text.splitlines()
    for problem in found:
        line = lines[problem.line - 1]
        before, rest = line[: problem.column - 1], line[problem.column - 1 :]
        wrong = re.match(r"[^\s:,#]+", rest)
        assert wrong, problem
        right = re.findall(r"'([a-z_-]+)'", problem.instead) or re.findall(
            r"\d+ to (\d+)", problem.instead
        )
        choice = min(
            right, key=lambda word: sum(a != b for a, b in zip(word, wrong[0], strict=False))
        )
        lines[problem.line - 1] = before + choice + rest[wrong.end() :]
    assert upload.read_profile("\n".join(lines).encode(), "mine.yaml", DICTIONARY).id == "my-vendor"


def test_the_messages_are_those_of_the_command(tmp_path: Path) -> None:
    path = tmp_path / "vendors" / "my-vendor.yaml"
    path.parent.mkdir()
    for wrong in (spoilt(), spoilt() + "\nnonsense: 1\n", "id: [", "", "- a list"):
        path.write_text(wrong, encoding="utf-8")
        told = [(p.line, p.column, p.what, p.instead) for p in problems_of(LIBRARY, path)]
        ours = [(p.line, p.column, p.what, p.instead) for p in problems(wrong).problems]
        assert ours == told, wrong[:20]


def test_a_date_to_come_is_told_as_in_a_file() -> None:
    text = upload.template().decode().replace("as_of: 2026-06-30", "as_of: 2126-06-30")
    assert "2126" in str(problems(text))


def test_what_is_too_large_or_not_text_is_refused_with_a_message() -> None:
    for raw in (b"a" * (MAX_BYTES + 1), b"\xff\xfe\x00", b"a: &a [*a]", b"\x00"):
        with pytest.raises(InputError) as caught:
            upload.read_profile(raw, "mine.yaml", DICTIONARY)
        assert str(caught.value).startswith("mine.yaml:")


# --- side by side -------------------------------------------------------------------------------

SET = FactDefinition("s", "S", "set", choices={"a": "A", "b": "B", "c": "C"})


def pair(left: Evidence, right: Evidence) -> versus.Pair:
    return versus.Pair(SET, left, right)


def had(*choices: str, open_: tuple[str, ...] = ()) -> Evidence:
    return Evidence("value", value=choices, open_choices=open_)


@pytest.mark.parametrize(
    ("left", "right", "differs", "is_open"),
    [
        (had("a", "b"), had("b", "a"), False, False),
        (had("a"), had("b"), True, False),
        (had("a"), had("a", "b"), True, False),
        (had("a", open_=("b",)), had("a", "b"), False, True),
        (had("a", open_=("b",)), had("a", "c"), True, False),
        (had("a"), UNKNOWN, False, True),
        (Evidence("value", value=1.0), Evidence("value", value=1.0, note="else"), False, False),
        (Evidence("value", value=1.0), Evidence("value", low=1.0, high=2.0), True, False),
        (Evidence("value", value=False), Evidence("not_applicable"), True, False),
        (
            Evidence("disputed", accounts=(had("a"), had("b"))),
            Evidence("disputed", accounts=(had("b"), had("a"))),
            False,
            False,
        ),
    ],
)
def test_what_differs_is_known_of_both(
    left: Evidence, right: Evidence, differs: bool, is_open: bool
) -> None:
    for one in (pair(left, right), pair(right, left)):
        assert (one.differs, one.is_open) == (differs, is_open)


def side(vendor_id: str, offer: str = "") -> versus.Side:
    vendor = LIBRARY.vendor(vendor_id)
    return versus.Side(vendor.name, offer, profile.merged(vendor, offer))


def test_any_two_vendors_can_be_compared_and_the_counts_add_up() -> None:
    ids = LIBRARY.vendor_ids()
    for left, right in zip(ids, ids[1:] + ids[:1], strict=True):
        sides = side(left), side(right)
        found = versus.pairs(*sides, DICTIONARY)
        assert {p.definition.id for p in found} == set(sides[0].facts) | set(sides[1].facts)
        for which in ("differences", "everything", "gaps"):
            markup = versus.comparison(found, *sides, which, date.today())  # type: ignore[arg-type]
            rows = len(re.findall(r'<tr class="(?:differs)?"><th scope="row">', markup))
            wanted = {
                "differences": sum(p.differs for p in found),
                "gaps": sum(p.is_open for p in found),
                "everything": len(found),
            }[which]
            assert rows == wanted


def test_a_vendor_beside_itself_differs_in_nothing() -> None:
    for vendor_id in LIBRARY.vendor_ids():
        one = side(vendor_id)
        assert not any(p.differs for p in versus.pairs(one, one, DICTIONARY)), vendor_id


def test_an_offers_facts_stand_over_its_vendors() -> None:
    vendor = LIBRARY.vendor("amazon-bedrock")
    offer = vendor.offers[0]
    assert offer.facts
    merged = profile.merged(vendor, offer.id)
    assert all(merged[name] is evidence for name, evidence in offer.facts.items())
    assert set(merged) == set(vendor.facts) | set(offer.facts)


# --- profiles -----------------------------------------------------------------------------------


@pytest.mark.parametrize("vendor_id", LIBRARY.vendor_ids())
def test_a_profile_tells_each_group_stale_fact_and_offer(vendor_id: str) -> None:
    row = coverage_of(LIBRARY.vendor(vendor_id), DICTIONARY)
    told = profile.profile(row, DICTIONARY, date.today(), is_own=False)
    for known, applicable in row.groups.values():
        assert f"{known} of {applicable}" in told or not applicable
    assert told.count("days past its") >= len(row.stale)
    disputed = [e for _, _, e in profile._named(row.vendor) if e.state == "disputed"]
    assert told.count("Where sources disagree") == bool(disputed)
    assert told.count('<details class="group">') == len(row.groups) + len(row.vendor.offers)


def test_what_people_write_never_becomes_markup() -> None:
    evil = "<img src=x onerror=alert(1)>"
    text = upload.template().decode()
    for words in ("My vendor", "My Company", "Small model in the EU", "section 2, first table"):
        text = text.replace(f" {words}", f" {evil}{words}")
    vendor = upload.read_profile(text.encode(), "mine.yaml", DICTIONARY)
    told = profile.profile(coverage_of(vendor, DICTIONARY), DICTIONARY, date.today(), True)
    one = versus.Side(vendor.name, vendor.offers[0].name, vendor.facts)
    found = versus.pairs(one, one, DICTIONARY)
    told += versus.comparison(found, one, one, "everything", date.today())
    told += versus.counts(found, one, one)
    assert "<img" not in told
    assert "&lt;img" in told


def test_labels_that_are_read_as_markdown_stay_as_written() -> None:
    assert unmarked("A *b* :red[c]") == r"A \*b\* \:red\[c\]"


# --- the page -----------------------------------------------------------------------------------


def run(view: str, *, with_own: bool = False) -> AppTest:
    def script(view: str, with_own: bool) -> None:
        from selector.ui import upload
        from selector.ui.router import pages
        from selector.ui.state import State

        state = State()
        if with_own:
            state.add_profile(
                upload.read_profile(upload.template(), "mine", state.library.dictionary())
            )
        state.open_vendors_view(view)
        next(page for page in pages() if page.name == "vendors").show(state)

    return AppTest.from_function(script, args=(view, with_own), default_timeout=60).run()


@pytest.mark.parametrize("with_own", [False, True])
@pytest.mark.parametrize("view", ["Profiles", "Compare two", "Bring your own"])
def test_each_view_is_drawn(view: str, with_own: bool) -> None:
    test = run(view, with_own=with_own)
    assert not test.exception
    markup = "".join(element.proto.body for element in test.get("html"))
    assert ("1 of them yours" in markup) == with_own
    if view == "Compare two":
        assert "differ in" in markup


def test_one_s_own_profiles_have_a_limit_and_nothing_is_written() -> None:
    def script() -> None:
        import streamlit as st

        from selector.domain.problem import UsageError
        from selector.ui import upload
        from selector.ui.state import MOST_PROFILES, State

        state = State()
        vendor = upload.read_profile(upload.template(), "mine", state.library.dictionary())
        for number in range(MOST_PROFILES):
            state.add_profile(vendor._replace(id=f"v{number}"))
        try:
            state.add_profile(vendor)
        except UsageError as error:
            st.text(str(error))
        state.add_profile(vendor._replace(id="v0", name="Again"))
        state.remove_profile("own:v1")
        st.text(f"{len(state.own_profiles)} {state.own_profiles['own:v0'].name}")

    before = {path: path.stat().st_mtime for path in LIBRARY.files()}
    test = AppTest.from_function(script, default_timeout=60).run()
    assert "remove one first" in test.text[0].value
    assert test.text[1].value == "19 Again"
    assert {path: path.stat().st_mtime for path in Library().files()} == before
