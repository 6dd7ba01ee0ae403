"""The questions as a YAML form to fill in: every choice stands above its place."""

from textwrap import wrap

from selector.domain.fact import Dictionary
from selector.intake.questions import GROUPS, Question, questions

HEAD = (
    "Answers for `selector start`. Each place may stay empty: what is then assumed is listed in "
    "the proposal. Write one of the names, or for “any of” a list such as [personal, secret]."
)


def form(dictionary: Dictionary) -> str:
    """The form, with nothing answered."""
    blocks = ["\n".join(_comment(HEAD))]
    number = 0
    for group in GROUPS:
        blocks.append(f"# --- {group} " + "-" * (92 - len(group)))
        for question in questions(dictionary):
            if question.group == group:
                number += not question.part_of
                head = question.words if question.part_of else f"{number}. {question.words}"
                blocks.append("\n".join([f"# {head}", *_asked(question)]))
    return "\n\n".join(blocks) + "\n"


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in wrap(text, 98)]


def _asked(question: Question) -> list[str]:
    found = _comment(question.help)
    if question.choices:
        found.append("# Any of:" if question.kind == "choices" else "# One of:")
        found += [f"#   {name}: {said}" for name, said in question.choices.items()]
    if question.unit:
        found.append(f"# A number of {question.unit}.")
    return [*found, f"{question.id}:"]
