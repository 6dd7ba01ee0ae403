"""Whatever is answered, a file comes out that our reader takes, and that ranks or says why not."""

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from selector.analysis import analyse
from selector.catalog import checks
from selector.catalog.library import Library, shipped_home
from selector.catalog.reading import parse_document, steering
from selector.domain.decision import Decision
from selector.domain.problem import InputError, UsageError
from selector.intake.answers import Answers, answers_in, answers_of
from selector.intake.form import form
from selector.intake.proposal import Proposal
from selector.intake.proposing import decision_in, propose
from selector.intake.questions import LONGEST, Question, questions
from selector.intake.writing import line, quoted, write

LIBRARY = Library(shipped_home())
ANOTHER = Library(shipped_home())  # that has read its files itself
ASKED = questions(LIBRARY.dictionary())
PHASES = (Phase.explicit, Phase.generate)  # to shrink takes minutes, and an answer is short
NASTY = (
    "a: b",
    '"', "'", "\\", "# no comment", "- item", "&a *a !!python/object:os.system", "{{x}}",
    "<script>alert(1)</script>", "true", "null", "2026-11-24", "1e5", "=1+1", "\x7f", "\u00a0",
    "back\\u0022slash", "100 %", "emoji \U0001f600", "ﬁ", "شركة",
)  # fmt: skip
WORDS = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=LONGEST),
)


def _answer(question: Question) -> st.SearchStrategy[object]:
    some: st.SearchStrategy[object]
    if question.kind == "choices":
        some = st.sets(st.sampled_from(list(question.choices)), min_size=1, max_size=4).map(sorted)
    elif question.kind == "choice":
        some = st.sampled_from([name for name in question.choices if name != "prohibited"])
    elif question.kind == "number":
        some = st.floats(max(question.least, 0.01), min(question.most, 1e5))
    else:
        some = WORDS.filter(lambda words: words.strip() != "" and not steering(words))
    return some


ANSWERS = st.fixed_dictionaries({}, optional={q.id: _answer(q) for q in ASKED})


def opened(proposal: Proposal) -> Decision:
    """The decision as it is read back, with no problem that `selector validate` would tell."""
    text = write(proposal)
    decision = decision_in(text, LIBRARY)
    document = parse_document(text.encode(), "proposal.yaml")
    subject = checks.Subject(document, decision, LIBRARY.dictionary(), LIBRARY.prices())
    assert list(checks.problems(subject)) == []
    return decision


@settings(max_examples=40, deadline=None, phases=PHASES)
@given(ANSWERS)
@example({})
@example({"place": "own_premises", "ai_act": "high", "today": "by_hand", "lock_in": "much"})
@example({"certificates": ["hds", "fedramp"], "data": ["secret", "health"], "today": "solution"})
@example({"purpose_words": "a: b\n#'\"{", "today": "solution", "today_name": "*x &y !z"})
def test_any_answers_give_a_decision_that_ranks_or_says_why_not(said: dict[str, object]) -> None:
    answers = answers_of(said, LIBRARY.dictionary())
    proposal = propose(answers, LIBRARY)
    decision = opened(proposal)
    assert (decision.id, decision.title) == (proposal.id, proposal.title)
    assert [a.name for a in decision.alternatives] == [a.name for a in proposal.alternatives]
    assert len(decision.requirements) == len(proposal.requirements)
    assert sum(decision.weights.values.values()) == 100
    assert set(decision.weights.reasons) == set(decision.weights.values)
    analysis = analyse(decision)
    assert analysis.ranking or analysis.excluded or not proposal.alternatives
    if not proposal.alternatives:
        assert proposal.left_out
        assert all(out.reason for out in proposal.left_out)
    assert len(proposal.alternatives) <= 8
    assert all(part.reason for part in (*proposal.alternatives, *proposal.requirements))


@settings(max_examples=12, deadline=None, phases=PHASES)
@given(ANSWERS)
def test_the_same_answers_give_the_same_file(said: dict[str, object]) -> None:
    answers = answers_of(said, LIBRARY.dictionary())
    first = write(propose(answers, LIBRARY))
    assert first == write(propose(answers, LIBRARY))
    assert first == write(propose(answers, ANOTHER))


@settings(max_examples=300)
@given(WORDS)
@example("a , b")
@example("a. ")
@example("yes")
@example("x - y")
@example("a")
def test_text_is_read_back_as_it_was_written(words: str) -> None:
    if steering(words):
        return
    text = f"said: {line(words)}\nlist: [{quoted(words)}, {{also: {quoted(words)}}}]\n"
    document = parse_document(text.encode(), "x.yaml")
    assert document.problems == []
    assert document.data == {"said": words, "list": [words, {"also": words}]}


def test_unanswered_everything_works() -> None:
    proposal = propose(Answers(), LIBRARY)
    assert analyse(opened(proposal)).ranking
    assert proposal.requirements == ()
    assert len(proposal.assumptions) >= 5


def test_what_is_written_says_why() -> None:
    text = write(propose(Answers(data=("personal",), place="eu", today="by_hand"), LIBRARY))
    for said in ("reason:", "# Left out:", "# Assumed", "# To know:", "kind: status-quo", "By:"):
        assert said in text
    assert max(map(len, text.splitlines())) < 200


# --- answers --------------------------------------------------------------------------------------


def told(form_text: str) -> list[str]:
    document = parse_document(form_text.encode(), "answers.yaml")
    with pytest.raises(InputError) as caught:
        answers_in(document, LIBRARY.dictionary())
    return [str(problem) for problem in caught.value.problems]


def test_the_form_as_it_is_printed_answers_nothing() -> None:
    text = form(LIBRARY.dictionary())
    document = parse_document(text.encode(), "answers.yaml")
    assert answers_in(document, LIBRARY.dictionary()) == Answers()
    assert list(document.data) == [q.id for q in ASKED]
    for question in ASKED:
        assert question.words in text
        assert all(f"#   {name}: " in text for name in question.choices)


def test_every_wrong_answer_is_told_at_its_place() -> None:
    found = told(
        "purpose: codeing\ndata: [personal, cats]\nusers: many\nbudget: -3\n"
        "purpose_words: [a]\nplaces: eu\ntoday_name: 2026-01-01\n"
    )
    assert [line.split(": ", 1)[0] for line in found] == [
        "answers.yaml:1:10",
        "answers.yaml:2:18",
        "answers.yaml:3:8",
        "answers.yaml:4:9",
        "answers.yaml:5:16",
        "answers.yaml:6:1",
        "answers.yaml:7:13",
    ]
    assert found[0].endswith("write assistant, coding, documents, agents, other")
    assert "place" in found[5]


def test_more_requests_than_can_be_reckoned_with_are_told() -> None:
    found = told("users: 1e9\nrequests_per_day: 1e6\n")
    assert found[0].startswith("answers.yaml:2:19: so many requests of so many people")


def test_what_is_no_form_is_told() -> None:
    assert told("- 1\n")[0].startswith("answers.yaml:1:1: no form of answers")


def test_an_answer_from_a_page_is_told_by_its_question() -> None:
    with pytest.raises(UsageError, match=r"“How many people.”: 'x' is not a number"):
        answers_of({"users": "x"}, LIBRARY.dictionary())


def test_words_are_one_line_and_short() -> None:
    assert answers_of({"purpose_words": " a\n b "}, {}).purpose_words == "a b"
    with pytest.raises(UsageError, match="at most 120"):
        answers_of({"purpose_words": "x" * 121}, {})
    with pytest.raises(UsageError, match=r"U\+202E"):
        answers_of({"purpose_words": "a\u202eb"}, {})
    with pytest.raises(UsageError, match="a letter that is none"):
        answers_of({"purpose_words": "a\ud800"}, {})
