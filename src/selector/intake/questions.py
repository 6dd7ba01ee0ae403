"""What is asked: a dozen plain questions, in four groups, each of which may stay unanswered.

Plain data: the page Start, the form of `selector start --questions` and docs/intake.md are all made
from it.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from selector.domain import EMPTY
from selector.domain.fact import Dictionary

Kind = Literal["choice", "choices", "number", "text"]

PURPOSE, DATA, LOAD, HAVE = (
    "What it is for",
    "Data and law",
    "Load and money",
    "What you have",
)
GROUPS = (PURPOSE, DATA, LOAD, HAVE)
LONGEST = 120
"""Letters of a text answer at most."""


class Question(NamedTuple):
    """One thing asked. `part_of` names the question that it belongs to, if it is a part of one.

    A `choice` is one of `choices` (id to words), `choices` any of them; a number is at least
    `least` and at most `most`, in `unit`. `default` is what counts as unanswered.
    """

    id: str
    group: str
    words: str
    kind: Kind
    choices: Mapping[str, str] = EMPTY
    help: str = ""
    part_of: str = ""
    unit: str = ""
    least: float = 0
    most: float = 1e12
    default: object = ""


_QUESTIONS = (
    Question(
        "purpose",
        PURPOSE,
        "What is it for?",
        "choice",
        {
            "assistant": "An assistant over our own documents",
            "coding": "Help for our developers",
            "documents": "Reading documents in bulk",
            "agents": "Agents that act in our systems",
            "other": "Something else",
        },
    ),
    Question(
        "purpose_words",
        PURPOSE,
        "In a few words of your own",
        "text",
        part_of="purpose",
        help="It becomes part of the title, such as: support for our customers.",
    ),
    Question(
        "audience",
        PURPOSE,
        "Who uses it?",
        "choice",
        {"inside": "People inside", "customers": "Customers or the public"},
    ),
    Question(
        "users",
        PURPOSE,
        "How many people?",
        "number",
        part_of="audience",
        unit="people",
        least=1,
        default=None,
        help="Some licences of model weights ask; it also turns requests a day into a month's.",
    ),
    Question(
        "where",
        PURPOSE,
        "Where are they?",
        "choice",
        {
            "eu": "In the EU",
            "us": "In the United States",
            "several": "In both, or several places",
            "elsewhere": "Elsewhere",
        },
        part_of="audience",
        help="It says which law on personal and health data is taken to apply.",
    ),
    Question(
        "data",
        DATA,
        "What data goes into it?",
        "choices",
        {
            "public": "Public",
            "internal": "Internal",
            "personal": "Personal",
            "health": "Health",
            "payment": "Payment cards",
            "secret": "Trade secrets",
        },
        default=(),
        help="All that may stand in a request or in the documents searched.",
    ),
    Question(
        "place",
        DATA,
        "Where may the data go?",
        "choice",
        {
            "anywhere": "Anywhere",
            "eu": "The EU only",
            "own_cloud": "Our own cloud account",
            "own_premises": "Our own premises",
        },
    ),
    Question(
        "ai_act",
        DATA,
        "Which class is it under the EU AI Act?",
        "choice",
        {
            "prohibited": "Prohibited, such as social scoring",
            "high": "High risk",
            "limited": "Limited: people must be told",
            "minimal": "Minimal",
            "not_sure": "Not sure",
        },
        help="High are the uses of Annex III, such as hiring, credit, education and public "
        "benefits; limited is what talks with people or makes content; most others are minimal.",
    ),
    Question(
        "certificates",
        DATA,
        "What must a supplier prove?",
        "choices",
        default=(),
        help="Only what you would turn a supplier down for.",
    ),
    Question(
        "requests_per_month",
        LOAD,
        "How many requests a month?",
        "number",
        unit="requests",
        least=1,
        default=None,
        help="One question, one document or one step of an agent is one request.",
    ),
    Question(
        "requests_per_day",
        LOAD,
        "Or: how many does each person make on a working day?",
        "number",
        part_of="requests_per_month",
        unit="requests",
        most=1e6,
        default=None,
    ),
    Question(
        "length",
        LOAD,
        "How long is a request?",
        "choice",
        {
            "short": "A short chat",
            "passages": "A question with a few passages",
            "long": "Long documents",
        },
        part_of="requests_per_month",
    ),
    Question(
        "waiting",
        LOAD,
        "Does somebody wait for the answer?",
        "choice",
        {
            "waits": "Yes, at the screen",
            "minutes": "Some minutes will do",
            "overnight": "Overnight will do",
        },
    ),
    Question(
        "budget",
        LOAD,
        "What may it cost a month, in USD?",
        "number",
        unit="USD",
        least=1,
        default=None,
        help="Without people's hours. It sets the scale on which costs are weighed.",
    ),
    Question(
        "team",
        HAVE,
        "Who could run it?",
        "choice",
        {
            "nobody": "Nobody who runs servers",
            "platforms": "People who run platforms",
            "accelerators": "People who run Kubernetes and GPUs",
        },
    ),
    Question(
        "clouds",
        HAVE,
        "With which clouds have you a contract?",
        "choices",
        {"aws": "AWS", "azure": "Azure", "google": "Google Cloud"},
        part_of="team",
        default=(),
    ),
    Question(
        "today",
        HAVE,
        "How is it done today?",
        "choice",
        {
            "nothing": "Not at all",
            "by_hand": "People do it by hand",
            "solution": "With a solution that we have",
        },
        help="What you have today is an alternative like the others.",
    ),
    Question(
        "today_name",
        HAVE,
        "What is that solution called?",
        "text",
        part_of="today",
    ),
    Question(
        "today_monthly",
        HAVE,
        "What does today's way cost a month, in USD?",
        "number",
        part_of="today",
        unit="USD",
        default=None,
        help="Left open, it counts as unknown.",
    ),
    Question(
        "lock_in",
        HAVE,
        "How much would a supplier's exit hurt?",
        "choice",
        {
            "little": "Little: we would move",
            "some": "It would cost us months",
            "much": "It must not happen",
        },
        help="A supplier may raise its price, retire the model, or close.",
    ),
)

BESIDE_ATTESTATIONS = {
    "hipaa": "HIPAA: agreement available",
    "fedramp": "FedRAMP, moderate or high",
}
"""What a supplier can prove that stands in facts of its own."""


def questions(dictionary: Dictionary) -> tuple[Question, ...]:
    """All questions; what a supplier can prove is what the dictionary knows of."""
    attestations = dictionary["attestations"].choices if "attestations" in dictionary else {}
    known = {name: words for name, words in BESIDE_ATTESTATIONS.items() if name in dictionary}
    proofs = {**attestations, **known}
    return tuple(
        question._replace(choices=proofs) if question.id == "certificates" else question
        for question in _QUESTIONS
    )
