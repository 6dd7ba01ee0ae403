"""What a round's results say, in sentences: for the projector, phones and exports alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from selector.analysis.opinions import Apart
from selector.domain.words import listed, points
from selector.report.words import limit, lower_first, percent
from selector.workshop.results.records import Change, First, Movement, Results, Weighed

STRENGTHS = (
    (0.9, "nearly the same"),
    (0.7, "much alike"),
    (0.5, "moderately alike"),
    (0.3, "only a little alike"),
    (0.0, "hardly alike"),
)
"""Kendall's W in words, by the steps of Schmidt 1997, "Managing Delphi surveys using nonparametric
statistical techniques", Decision Sciences 28 (3), 763-774, doi 10.1111/j.1540-5915.1997.tb01330.x.
"""

_NAMED = 2  # criteria named in a headline
_SEEN = 0.01  # people closer than this on a criterion are not told that they differ


class Sentences(TypedDict):
    """All that is said beside the headline, each part a list of sentences, empty where nothing."""

    agreement: str
    movement: list[str]
    minority: list[str]
    gut: list[str]
    camps: list[str]
    scores: list[str]


def sentences(found: Results) -> Sentences:
    """Everything in words."""
    return {
        "agreement": agreement(found),
        "movement": movement(found),
        "minority": minority(found),
        "gut": gut(found),
        "camps": camps(found),
        "scores": scores(found),
    }


# --- the headline -------------------------------------------------------------------------------


def headline(found: Results, who: str = "of you") -> str:
    """Whom people would choose, and what to talk about. `who` follows a count, as in 17 of 31."""
    if not found.participants:
        return "Nobody has voted."
    if not found.ranking:
        return "No alternative is left to choose from."
    if not found.opinions:
        first = listed([found.short[name] for name in _first(found)])
        return f"Nobody had an opinion. By the decision's own weights {first} {_is(found)} first."
    return " ".join(part for part in (_choice(found, who), _talk(found)) if part)


def _leading(found: Results) -> list[str]:
    """What is first for the most people."""
    most = max(first.people for first in found.firsts)
    return [first.alternative for first in found.firsts if first.people >= most - 1e-9]


def _choice(found: Results, who: str) -> str:
    most = set(_leading(found))
    leading = [first for first in found.firsts if first.alternative in most]
    together = _first(found)
    if len(leading) > 1:
        names = listed([found.short[first.alternative] for first in leading])
        count = _people(leading[0])
        if len({_people(first) for first in leading}) > 1 or found.opinions == 1:
            return f"{names} are level."
        each = f"{count} of {found.opinions} {who}"
        return f"{names} are first for {each} each."
    one = leading[0]
    name = found.short[one.alternative]
    count = _people(one)
    told = f"{_so_many(count, found.opinions, who)} would choose {name}"
    if one.level:
        told += f", {one.level} of them as gladly another"
    if one.alternative not in together:
        others = listed([found.short[other] for other in together])
        told += f", but all weights together put {others} first"
    return f"{told}."


def _so_many(count: int, of: int, who: str) -> str:
    if of == 1:
        return "The one who weighed"
    if count == of:
        return f"Both {who}" if of == 2 else f"All {of} {who}"
    return f"{count} of {of} {who}"


def _people(first: First) -> int:
    return first.alone + first.level


def _first(found: Results) -> list[str]:
    return [row.alternative for row in found.ranking if row.rank == 1]


def _is(found: Results) -> str:
    return "is" if len(_first(found)) == 1 else "are"


def _talk(found: Results) -> str:
    if found.opinions < 2 or len(found.ranking) < 2:
        return ""
    pressing = [name for name in found.talk if found.of(name).is_pressing]
    talk = [lower_first(found.of(name).name) for name in pressing[:_NAMED]]
    calm = [name for name in found.calm if found.of(name).spread[1] > _SEEN][:1]
    told = [lower_first(found.of(name).name) for name in calm]
    alone = sum(row.opinions == 1 for row in found.weighed)
    if found.opinions > 2 and alone and 2 * alone >= len(found.weighed):
        on = f"{alone} of {len(found.weighed)} criteria" if alone > 1 else "the criterion"
        return f"On {on} one person's weights stand for all: ask the others first."
    if talk:
        rather = f", not about {told[0]}" if told else ""
        return f"Talk about {', then '.join(talk)}{rather}."
    leading = _leading(found)
    if len(leading) == 1 and leading[0] not in _first(found):
        return "No single weight makes that difference; several together do."
    if told:
        return f"You differ most on {told[0]}, and it cannot change the winner."
    return "You weigh alike." if found.weighed else ""


# --- one criterion ------------------------------------------------------------------------------


def verdict(found: Results, one: Weighed) -> str:
    """Whether to talk about a criterion, in a few words."""
    if not one.opinions:
        return "Nobody had an opinion"
    if len(found.ranking) < 2:
        return ""
    if not one.matters:
        told = "Cannot change the winner"
    else:
        told = "Talk: it can change the winner" if one.is_pressing else "Can change the winner"
    few = 2 * one.opinions < found.opinions
    return f"{told}; {one.opinions} of {found.opinions} weighed it" if few else told


def reason(found: Results, one: Weighed) -> str:
    """Where another would be first on a criterion, and how many people are there."""
    if not one.matters:
        return ""
    ends = []
    if one.below is not None:
        ends.append(f"below {limit(one.stable_low, one.low or 0.0)} {found.short[one.below]}")
    if one.above is not None:
        ends.append(f"above {limit(one.stable_high, one.high or 0.0)} {found.short[one.above]}")
    there = "is there" if one.past == 1 else "are there"
    text = listed(ends)
    return f"{text[0].upper()}{text[1:]} would be first; {one.past} of {one.opinions} {there}."


# --- agreement ----------------------------------------------------------------------------------


def agreement(found: Results) -> str:
    """How far people's rankings agree, Kendall's W in words."""
    w = found.kendall_w
    if w is None:
        if found.opinions < 2 or len(found.ranking) < 2:
            return "There is nothing to agree on: that takes two people and two alternatives."
        return "Everything is level for everybody, so there is no ranking to agree on."
    strength = next(word for least, word in STRENGTHS if w >= least)
    return (
        f"People's rankings are {strength} (Kendall's W {w:.2f}; 0 is no agreement, 1 the same "
        "ranking from all)."
    )


def consensus(found: Results) -> str:
    """Whether there is a consensus, against what was to count as one before anybody voted."""
    held = found.consensus
    if held.level == "too few":
        return "Too few for a consensus: two people at least have to weigh."
    count = max(first.people for first in found.firsts)
    of = found.opinions
    leader = found.short[held.leader] if held.leader else ""
    wanted = f"at least {100 * held.wanted_lead:.0f} of 100 were wanted"
    share = f"{leader} is first for {_count(count)} of {of}" if leader else "no single one leads"
    common = f"{share} ({wanted})"
    if held.kendall_w is None:
        alike = ""
    else:
        verb = "agree" if held.kendall_w >= held.agreement - 1e-9 else "differ"
        alike = (
            f"the rankings {verb} (Kendall's W {held.kendall_w:.2f}, at least "
            f"{held.agreement:.2f} was wanted)"
        )
    parts = [part for part in (common, alike) if part]
    start = {
        "reached": "Consensus",
        "lead": "Half a consensus",
        "agreement": "Half a consensus",
        "none": "No consensus yet",
    }[held.level]
    told = f"{start}: {listed(parts, 'but' if start.startswith('Half') else 'and')}."
    together = _first(found)
    if held.level in ("reached", "lead") and held.leader not in together:
        others = listed([found.short[name] for name in together])
        told += f" All weights together put {others} first: settle which counts before you sign."
    return told


# --- the other parts ----------------------------------------------------------------------------


def movement(found: Results) -> list[str]:
    """What moved since the round before."""
    change = found.movement
    if change is None:
        return []
    told = []
    if change.both:
        weighs, puts = _verb(change.moved, "weighs", "weigh"), _verb(change.turned, "puts", "put")
        told.append(
            f"Since round {change.since}, {change.moved or 'none'} of {change.both} who voted in "
            f"both rounds {weighs} otherwise, and {change.turned or 'none'} {puts} another first."
        )
    else:
        told.append(f"Nobody voted in round {change.since} and in this one.")
    told += _new_first(found, change)
    told += _agreement_moved(change.kendall_w)
    widest = max(
        (
            (abs(c.now - c.before), name, c)
            for name, c in change.medians.items()
            if c.now is not None and c.before is not None
        ),
        default=None,
        key=lambda row: row[0],
    )
    if widest is not None and widest[0] > _SEEN:
        _, name, shift = widest
        told.append(
            f"What moved most is {lower_first(found.of(name).name)}: its median went from "
            f"{percent(shift.before or 0.0)} to {percent(shift.now or 0.0)}."
        )
    return told


def _new_first(found: Results, change: Movement) -> list[str]:
    rows = change.ranks
    was = [found.short[name] for name, c in rows.items() if c.before == 1]
    now = [found.short[name] for name, c in rows.items() if c.now == 1]
    if not was or not now:
        return []
    if set(was) == set(now):
        return [f"All weights together still put {listed(now)} first."]
    return [f"All weights together now put {listed(now)} first, before it was {listed(was)}."]


def _agreement_moved(change: Change) -> list[str]:
    if change.now is None or change.before is None:
        return []
    if abs(change.now - change.before) < 0.005:
        return [f"The agreement is as before (Kendall's W {change.now:.2f})."]
    way = "grew" if change.now > change.before else "fell"
    return [f"The agreement {way}: Kendall's W went from {change.before:.2f} to {change.now:.2f}."]


def minority(found: Results) -> list[str]:
    """Who would choose another than all together, a sentence for each other choice."""
    told = []
    for one in found.minority:
        choice, chosen = found.short[one.alternative], found.short[one.chosen]
        whose = "their" if one.people > 1 else "that person's"
        on_average = " on average" if one.people > 1 else ""
        apart = _apart(found, one.apart)
        told.append(
            f"{one.people} of {found.opinions} would choose {choice}: by {whose} weights {chosen} "
            f"is {points(one.loss)} points of 100 behind it{on_average}{apart}."
        )
    return told


def gut(found: Results) -> list[str]:
    """What people put first by feeling, against what their weights say."""
    held = found.gut
    if held is None:
        return []
    most = max(row.firsts for row in held.ranking)
    leading = [row.alternative for row in held.ranking if row.firsts == most]
    names = listed([found.short[name] for name in leading])
    if len(leading) == 1:
        told = [f"By feeling {names} is first for {most} of {held.people}"]
    else:
        told = [f"By feeling {names} are first for {most} of {held.people} each"]
    together = _first(found)
    if set(leading) == set(together):
        told[0] += ", and so by all weights together."
    else:
        first = listed([found.short[name] for name in together])
        told[0] += f"; all weights together put {first} first."
    if held.compared:
        told.append(
            f"For {held.same or 'none'} of {held.compared} feeling and weights put the same first."
        )
    return told


def camps(found: Results) -> list[str]:
    """The camps of opinion, a sentence each; none where none stand out."""
    if len(found.camps) < 2:
        return ["No camps of opinion stand out."] if found.opinions > 2 else []
    told = [f"There are {len(found.camps)} camps of opinion."]
    for camp in found.camps:
        firsts = [
            f"{found.short[name]} for {_count(count)}"
            for name, count in sorted(camp.firsts.items(), key=lambda row: -row[1])
        ]
        size = len(camp.members)
        who = f"{size} {_verb(size, 'person', 'people')}"
        first = f": first is {listed(firsts)}" if firsts else ""
        told.append(f"{who}{first}{_apart(found, camp.apart)}.")
    return told


def _apart(found: Results, rows: Sequence[Apart]) -> str:
    """Where people stand apart, as the end of a sentence: global weights."""
    if not rows:
        return ""
    told = [
        f"{lower_first(found.names[row.criterion])} ({percent(row.weight)} against "
        f"{percent(row.others)} among the others)"
        for row in rows
    ]
    return f"; apart on {listed(told)}"


def scores(found: Results) -> list[str]:
    """Where scores are widest apart, and whether they changed who is first."""
    cells = found.scores.cells
    if not cells:
        return []
    told = []
    widest = max(cells, key=lambda cell: cell.high - cell.low)
    if widest.high - widest.low > _SEEN:
        told.append(
            f"People score {found.short[widest.alternative]} on "
            f"{lower_first(found.names[widest.leaf])} most differently: from "
            f"{100 * widest.low:.0f} to {100 * widest.high:.0f} of 100."
        )
    was = [row.alternative for row in found.scores.without if row.rank == 1]
    if set(was) == set(_first(found)):
        told.append("Without the scores the same would be first.")
    else:
        names = listed([found.short[name] for name in was])
        told.append(f"Without the scores {names} would be first.")
    return told


def _count(people: float) -> str:
    """So many people; parts of one where somebody has several first."""
    return f"{round(people, 1):g}"


def _verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
