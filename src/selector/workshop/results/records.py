"""What a round's ballots say together: the records that pages, JSON and sentences are made of."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from selector.analysis.opinions import Apart
from selector.domain.outcome import Notice, Ranked

Level = Literal["reached", "lead", "agreement", "none", "too few"]
"""How much of what was to count as consensus is there: both, only the share of people with the
same first, only Kendall's W, neither; or fewer than two people said anything."""


class Weighed(NamedTuple):
    """One criterion's share among its siblings, by all who had an opinion on it.

    `mean`, `median`, `lower` and `upper` (the quartiles), `low` and `high` are over `opinions`
    people; None where there are none. `weight` is what all together give it (see `together`): at
    the top of the tree the mean, where everybody had an opinion on all beside it. From
    `stable_low` to `stable_high` the first of all together stays first while this share alone
    moves; past the ends `below` and `above` take over. `past` counts the people past an end, and
    where there are any the disagreement `matters`. `is_pressing` says to talk about it first: the
    middle half of the opinions reaches past an end, or where that is so of none, this is the one
    that matters on which people are the widest apart.
    """

    id: str
    name: str
    parent: str
    opinions: int
    mean: float | None
    median: float | None
    lower: float | None
    upper: float | None
    low: float | None
    high: float | None
    weight: float
    stable_low: float
    stable_high: float
    below: str | None
    above: str | None
    past: int
    matters: bool
    is_pressing: bool

    @property
    def spread(self) -> tuple[float, float]:
        """How far apart people are: the width of the middle half, then of all."""
        return (self.upper or 0.0) - (self.lower or 0.0), (self.high or 0.0) - (self.low or 0.0)


class Placed(NamedTuple):
    """An alternative's rank and score by one person's weights."""

    alternative: str
    rank: int
    score: float


class Row(NamedTuple):
    """One ballot without whose it is, unless the room said that names are shown.

    `shares` are by criterion that is asked, None without an opinion; `weights` by leaf, in the
    decision's order. `ranking` is empty where nothing was weighed.
    """

    name: str
    shares: Mapping[str, float | None]
    weights: tuple[float, ...]
    ranking: tuple[Placed, ...]
    gut_ranking: tuple[str, ...] = ()

    @property
    def firsts(self) -> tuple[str, ...]:
        """The alternatives that are first, several where they are level."""
        return tuple(row.alternative for row in self.ranking if row.rank == 1)


class First(NamedTuple):
    """For how many people an alternative is first: `alone`, or `level` with others.

    In `people` somebody with several level counts for each of them in equal parts.
    """

    alternative: str
    name: str
    people: float
    alone: int
    level: int


class Consensus(NamedTuple):
    """How far people agree, against what was to count as consensus before anybody voted.

    `kendall_w` against `agreement`; `lead`, the share of people with the same first `leader`,
    against `wanted_lead`. `leader` is empty where none has more than all the others.
    """

    level: Level
    kendall_w: float | None
    agreement: float
    leader: str
    lead: float
    wanted_lead: float


class Camp(NamedTuple):
    """People who weigh alike: where their ballots stand, whom they put first, where they differ.

    `firsts` counts as First.people does. `apart` are global weights of criteria.
    """

    members: tuple[int, ...]
    firsts: Mapping[str, float]
    apart: tuple[Apart, ...]


class Minority(NamedTuple):
    """People who would choose another than all together, by what they would choose.

    `loss` and `most_loss` are how far, by their own weights, the choice of all is behind theirs
    in score, on average and at most.
    """

    alternative: str
    chosen: str
    people: int
    loss: float
    most_loss: float
    apart: tuple[Apart, ...]


class Split(NamedTuple):
    """People of one role, of whom there are enough: `ballots`, and `opinions` among them.

    `medians` are None where too few had an opinion; `ranking` is by the means of their shares, and
    with `firsts` empty where too few weighed anything.
    """

    role: str
    ballots: int
    opinions: int
    medians: Mapping[str, float | None]
    firsts: tuple[First, ...]
    ranking: tuple[Ranked, ...]


class ScoredCell(NamedTuple):
    """What people scored an alternative on a leaf, as values 0 to 1; `before` is the decision's."""

    alternative: str
    leaf: str
    opinions: int
    mean: float
    low: float
    high: float
    before: float


class Scores(NamedTuple):
    """What people scored, and the ranking of all together without that."""

    cells: tuple[ScoredCell, ...] = ()
    without: tuple[Ranked, ...] = ()


class GutPlace(NamedTuple):
    """An alternative by feeling: its mean place, who put it first, and its rank by the weights."""

    alternative: str
    name: str
    mean_place: float
    firsts: int
    rank: int


class Gut(NamedTuple):
    """The rankings by feeling of `people`, the best mean place first.

    What somebody did not name shares the middle of the places left. Of `compared` people who also
    weighed, `same` put by feeling first what their weights put first.
    """

    people: int
    ranking: tuple[GutPlace, ...]
    compared: int
    same: int


class Change(NamedTuple):
    """A figure in the round before and in this one."""

    before: float | None
    now: float | None


class Movement(NamedTuple):
    """What changed since the round `since`: medians by criterion, ranks and firsts by alternative.

    Of `both` people with a ballot in both rounds `moved` weigh otherwise, by more than counts as
    alike, and `turned` put another first; `joined` and `left` voted in one round only.
    """

    since: int
    medians: Mapping[str, Change]
    ranks: Mapping[str, Change]
    firsts: Mapping[str, Change]
    kendall_w: Change
    both: int
    moved: int
    turned: int
    joined: int
    left: int


class Results(NamedTuple):
    """What a round's ballots say, all numbers by the weighted sum.

    `participants` is the number of ballots, of which `without_opinion` weigh nothing and `proxies`
    were entered by the facilitator. `weighed` are the criteria that are asked, in their order;
    `talk` those that matter and `calm` the others, the most pressing and the widest apart first.
    `shares` and `ranking` are those of all together, `by_median` the ranking by the medians.
    `rows` are the ballots in an order of their content; `places` says where each participant's is,
    and is for counting who moved and for showing people their own, never for others. `names` are
    those of criteria, `short` the short ones of alternatives.
    """

    round: int
    participants: int
    without_opinion: int
    proxies: int
    weighed: tuple[Weighed, ...]
    talk: tuple[str, ...]
    calm: tuple[str, ...]
    shares: Mapping[str, float]
    ranking: tuple[Ranked, ...]
    by_median: tuple[Ranked, ...]
    firsts: tuple[First, ...]
    consensus: Consensus
    camps: tuple[Camp, ...]
    silhouette: float | None
    minority: tuple[Minority, ...]
    splits: tuple[Split, ...]
    scores: Scores
    gut: Gut | None
    movement: Movement | None
    rows: tuple[Row, ...]
    places: Mapping[str, int]
    names: Mapping[str, str]
    short: Mapping[str, str]
    is_named: bool
    notices: tuple[Notice, ...]

    @property
    def kendall_w(self) -> float | None:
        """Kendall's W of people's rankings; None for fewer than two, or where all are level."""
        return self.consensus.kendall_w

    @property
    def opinions(self) -> int:
        """How many weighed something."""
        return self.participants - self.without_opinion

    def of(self, criterion: str) -> Weighed:
        """What was said of a criterion; KeyError where it is not asked."""
        for one in self.weighed:
            if one.id == criterion:
                return one
        raise KeyError(criterion)
