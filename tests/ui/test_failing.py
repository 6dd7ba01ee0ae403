"""Where something goes wrong the page says a sentence and a way out, never a trace."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.golden.cases import CASES
from tests.ui.drawn import draw, markup

CASE = next(case for case in CASES if "error" not in case.expected)


@pytest.mark.parametrize(("page", "shown"), [("decision", 20), ("edit", 1)])
def test_of_thousands_of_faults_the_first_are_told_and_the_others_counted(
    home: Path, page: str, shown: int
) -> None:
    folder = home / "decisions"
    folder.mkdir()
    wrong = "".join(f"  - {{id: a{i}, wrong: 1}}\n" for i in range(3000))
    (folder / "case.yaml").write_text(
        f"id: case\ntitle: A case\ncriteria: ai-platform\nalternatives:\n{wrong}", encoding="utf-8"
    )
    test = draw(page, framed=True)
    assert not test.exception
    told = markup(test)
    assert told.count("case.yaml:") == shown
    assert page == "edit" or "<li>and 2,981 more</li>" in told


def test_a_page_that_fails_says_a_sentence_a_way_out_and_a_code_of_the_log(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    CASE.home(home)

    def script() -> None:
        import streamlit as st

        from selector.ui.router import Page, _runner
        from selector.ui.state import State

        def fails(_state: State) -> None:
            st.html("half a page")
            raise RuntimeError("<b>a secret of the program</b>")

        _runner(Page("decision", "Decision", "", "", fails), State())()

    test = AppTest.from_function(script, default_timeout=60)
    test.query_params.update({"decision": "case", "w": "cost:50"})
    told = markup(test.run())
    assert not test.exception
    assert "This did not work" in told
    assert told.index("This did not work") < told.index("half a page")
    assert '<a href="">Try again</a>' in told
    assert 'href="./?decision=case">Back to the decision' in told
    assert not re.search("secret|Traceback|RuntimeError", told)
    code = re.search(r"the code <b>(\w{6})</b>", told)
    assert code
    logged = [record for record in caplog.records if code[1] in record.getMessage()]
    assert logged[0].exc_info


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\xff\xfe", b"{", b"- a\n- list\n", b"id: case\n", b"&a [*a, *a]\n"]
)
@pytest.mark.parametrize("folder", ["decisions", "vendors", "criteria"])
def test_a_broken_file_is_told_on_every_page_that_needs_it(
    folder: str, raw: bytes, home: Path
) -> None:
    CASE.home(home)
    name = {"decisions": "case", "vendors": "amazon-bedrock", "criteria": "ai-platform"}[folder]
    (home / folder).mkdir(exist_ok=True)
    (home / folder / f"{name}.yaml").write_bytes(raw)
    decision = "case" if folder == "decisions" else "support-assistant"
    for page in ("decision", "vendors"):
        test = draw(page, decision, framed=True)
        assert not test.exception, page
        told = markup(test)
        assert "This did not work" not in told, page
        if page == "decision":
            assert f"{name}.yaml" in told
