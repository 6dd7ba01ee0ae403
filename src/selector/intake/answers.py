"""What was answered: read from a form or taken from a page, and checked against the questions."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from selector.catalog.library import sorted_problems
from selector.catalog.reading import Document, steering, steering_words
from selector.catalog.records import quoted, unknown_name
from selector.domain import words
from selector.domain.fact import Dictionary
from selector.domain.problem import InputError, UsageError
from selector.intake.questions import LONGEST, Question, questions
from selector.intake.rules.taken import DAYS

Complain = Callable[[tuple[object, ...], str, str], None]


class Answers(NamedTuple):
    """One answer to each question; empty, () or None where there is none."""

    purpose: str = ""
    purpose_words: str = ""
    audience: str = ""
    users: float | None = None
    where: str = ""
    data: tuple[str, ...] = ()
    place: str = ""
    ai_act: str = ""
    certificates: tuple[str, ...] = ()
    requests_per_month: float | None = None
    requests_per_day: float | None = None
    length: str = ""
    waiting: str = ""
    budget: float | None = None
    team: str = ""
    clouds: tuple[str, ...] = ()
    today: str = ""
    today_name: str = ""
    today_monthly: float | None = None
    lock_in: str = ""

    def of(self, question: str) -> tuple[str, ...]:
        """The answers to a question of choices as a tuple; ("",) where there is none."""
        given = getattr(self, question)
        if isinstance(given, tuple):
            return given or ("",)
        return (str(given),)


def answers_in(document: Document, dictionary: Dictionary) -> Answers:
    """The answers in a form that was filled in. InputError lists every problem with its place."""
    if not isinstance(document.data, dict):
        document.complain(
            (), "no form of answers", "begin with what `selector start --questions` prints"
        )
        raise InputError(sorted_problems(document.problems))

    def complain(where: tuple[object, ...], what: str, instead: str) -> None:
        document.complain(where, what, instead)

    known = {question.id: question for question in questions(dictionary)}
    for name in document.data:
        if name not in known:
            what, instead = unknown_name("question", str(name), known)
            document.complain((name,), what, instead, key=True)
    answers = _checked(document.data, known, complain)
    if document.problems:
        raise InputError(sorted_problems(document.problems))
    return answers


def answers_of(given: Mapping[str, object], dictionary: Dictionary) -> Answers:
    """The answers given on a page. UsageError, with every problem, where one cannot be used."""
    found: list[str] = []

    def complain(where: tuple[object, ...], what: str, instead: str) -> None:
        found.append(f"“{known[str(where[0])].words}”: {what}; {instead}.")

    known = {question.id: question for question in questions(dictionary)}
    answers = _checked({k: v for k, v in given.items() if k in known}, known, complain)
    if found:
        raise UsageError(" ".join(found))
    return answers


def _checked(
    given: Mapping[object, object], known: Mapping[str, Question], complain: Complain
) -> Answers:
    checks = {"choice": _choice, "choices": _choices, "number": _number, "text": _text}
    found = {}
    for name, value in given.items():
        if name in known and value not in (None, "", [], ()):
            question = known[str(name)]
            answer = checks[question.kind](question, value, complain)
            if answer is not None:
                found[question.id] = answer
    answers = Answers(**found)  # type: ignore[arg-type]
    most = known["requests_per_month"].most
    if (answers.users or 0) * (answers.requests_per_day or 0) * max(DAYS.values()) > most:
        what = "so many requests of so many people are out of bounds"
        complain(("requests_per_day",), what, f"at most {words.number(most)} a month are taken")
    return answers


def _choice(question: Question, value: object, complain: Complain) -> object:
    if isinstance(value, str) and value in question.choices:
        return value
    complain((question.id,), *_not_among(question, value))
    return None


def _choices(question: Question, value: object, complain: Complain) -> object:
    items = list(value) if isinstance(value, list | tuple) else [value]
    for index, item in enumerate(items):
        if not isinstance(item, str) or item not in question.choices:
            where = (question.id, index) if isinstance(value, list) else (question.id,)
            complain(where, *_not_among(question, item))
    return tuple(name for name in question.choices if name in items)


def _not_among(question: Question, value: object) -> tuple[str, str]:
    return f"{quoted(value)} is not one of the choices", f"write {', '.join(question.choices)}"


def _number(question: Question, value: object, complain: Complain) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        complain((question.id,), f"{quoted(value)} is not a number", "write a number, or nothing")
        return None
    if not question.least <= value <= question.most:
        ends = f"{words.number(question.least)} to {words.number(question.most)}"
        complain((question.id,), f"{words.number(value)} is out of bounds", f"write {ends}")
        return None
    return float(value)


def _text(question: Question, value: object, complain: Complain) -> object:
    text = " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
    if not text:
        complain((question.id,), f"{quoted(value)} is not text", "write a few words, or nothing")
        return None
    if found := steering(text):
        complain((question.id,), *steering_words(found[1]))
        return None
    if len(text) > LONGEST:
        complain((question.id,), f"{len(text)} letters", f"write at most {LONGEST}")
        return None
    if not text.isascii() and text.encode("utf-8", "replace").decode() != text:
        complain((question.id,), "a letter that is none", "write it anew")
        return None
    return text
