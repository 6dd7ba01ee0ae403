"""What a round's ballots say together, without any input or output."""

from __future__ import annotations

from collections.abc import Sequence

from selector.analysis import Analysis
from selector.domain.outcome import Notice
from selector.report.words import labels, method_name
from selector.workshop.asking import questions
from selector.workshop.records import Ballot, Rules
from selector.workshop.results.as_json import to_json
from selector.workshop.results.into_file import stakeholders_from
from selector.workshop.results.movement import gut_of, moved, scores_of
from selector.workshop.results.opinions import (
    camps_of,
    consensus_of,
    firsts_of,
    minority_of,
    splits_of,
)
from selector.workshop.results.people import (
    People,
    people_of,
    room_of,
    scored_cells,
    together,
    weighed_by,
)
from selector.workshop.results.records import Placed, Results, Row
from selector.workshop.results.weighing import in_order, weighed

__all__ = ["Results", "results", "stakeholders_from", "to_json"]


def results(
    analysis: Analysis,
    rules: Rules,
    ballots: Sequence[Ballot],
    before: Results | None = None,
    round_: int = 0,
) -> Results:
    """What the ballots of one round say, and what moved since the round `before`.

    `round_` is the round where there is no ballot to say so.

    The order of the ballots is of no account, nor is anything of who cast them but their role.
    Works for nobody, for people without any opinion, and where no alternative is left. Raises
    InputError where a cell of the decision cannot be valued.
    """
    cells = scored_cells(analysis, rules, ballots)
    room = room_of(analysis, cells)
    people = people_of(room, rules, ballots)
    pooled = together(room, people)
    all_of_them = weighed_by(room, pooled)
    ranking = tuple(all_of_them.ranking)
    asked = questions(room, rules)
    ids = tuple(question.id for question in asked)
    by_criterion = weighed(asked, room.basis.nodes, people, pooled, all_of_them.stability)
    firsts = firsts_of(room, people)
    camps, silhouette = camps_of(room, people, ids)
    medians = together(room, people, by="median")
    found = Results(
        ballots[0].round if ballots else round_,
        len(people.ballots),
        int((~people.weighs).sum()),
        sum(ballot.by_facilitator for ballot in people.ballots),
        by_criterion,
        in_order(by_criterion, True),
        in_order(by_criterion, False),
        all_of_them.shares,
        ranking,
        tuple(weighed_by(room, medians).ranking),
        firsts,
        consensus_of(rules, people, firsts),
        camps,
        silhouette,
        minority_of(room, people, ids, ranking),
        splits_of(room, people, ids),
        scores_of(analysis, cells, pooled, room_of(analysis, {})),
        gut_of(room, people, ranking),
        None,
        _rows(room, rules, people, ids),
        {b.participant: row for row, b in enumerate(people.ballots) if b.participant},
        {node.id: node.name for node in room.decision.criteria.walk()},
        {name: label.short for name, label in labels(room.decision).items()},
        rules.is_named,
        _notices(analysis, people, bool(cells)),
    )
    if before is None or not before.participants:
        return found
    return found._replace(movement=moved(found, before))


def _rows(room: Analysis, rules: Rules, people: People, asked: Sequence[str]) -> tuple[Row, ...]:
    columns = [(name, room.basis.nodes.index(name)) for name in asked]
    ids = room.basis.ids
    shares, told, weights = people.shares.tolist(), people.told.tolist(), people.weights.tolist()
    scores, ranks = people.scores.tolist(), people.ranks.tolist()
    rows = []
    for i, ballot in enumerate(people.ballots):
        placed = map(Placed, ids, ranks[i], scores[i]) if people.weighs[i] else ()
        rows.append(
            Row(
                ballot.name if rules.is_named else "",
                {name: shares[i][c] if told[i][c] else None for name, c in columns},
                tuple(weights[i]),
                tuple(sorted(placed, key=lambda one: one.rank)),
                ballot.gut_ranking,
            )
        )
    return tuple(rows)


def _notices(analysis: Analysis, people: People, has_scores: bool) -> tuple[Notice, ...]:
    found = []
    if analysis.decision.method != "weighted_sum":
        name = method_name(analysis.decision.method)
        found.append(
            Notice(
                "room-by-weighted-sum",
                f"The decision is ranked by {name}; the numbers of a workshop are those of the "
                "weighted sum of values, which people's weights speak of.",
            )
        )
    if not analysis.alternatives:
        found.append(Notice("nothing-to-rank", "No alternative is left to rank."))
    unasked = sum(bool(ballot.scores) for ballot in people.ballots)
    if unasked and not has_scores:
        found.append(
            Notice(
                "scores-not-asked",
                "Scores came that this room does not ask for; they do not count.",
            )
        )
    return tuple(found)
