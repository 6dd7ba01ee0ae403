"""Reference architectures are drawn so that they can be read, whatever fills them."""

import html
import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from selector.catalog.library import Library
from selector.domain.pattern import Pattern
from selector.report.diagram import Chosen, Plan, Reference, filled, laid_out, mermaid, svg
from selector.report.diagram.as_svg import ROUND
from selector.report.diagram.plan import CLOSE, ROOMY, Box, Spacing
from selector.report.exports.deck import fitting

LIBRARY = Library()
PATTERNS = [LIBRARY.pattern(name) for name in LIBRARY.pattern_ids()]
NASTY = 'A "very" long; name | of [a] thing <script>alert(1)</script> --> end #1 &amp; ' * 3
EACH = pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.id)
SPACED = pytest.mark.parametrize("spacing", [ROOMY, CLOSE], ids=["roomy", "close"])


def whole(pattern: Pattern) -> Reference:
    return filled(pattern, {layer: Chosen(f"Component {layer}") for layer in pattern.layers})


def touches(box: Box, one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether an upright or level stretch runs through a box."""
    (x, y), (to_x, to_y) = one, other
    left, right, top, bottom = min(x, to_x), max(x, to_x), min(y, to_y), max(y, to_y)
    return right > box.x and left < box.x + box.wide and bottom > box.y and top < box.y + box.high


@EACH
@SPACED
def test_no_line_runs_through_a_box_and_nothing_lies_on_anything(
    pattern: Pattern, spacing: Spacing
) -> None:
    plan: Plan = laid_out(whole(pattern), spacing)
    for one, other in combinations(plan.boxes, 2):
        apart = (
            one.x + one.wide <= other.x
            or other.x + other.wide <= one.x
            or one.y + one.high <= other.y
            or other.y + other.high <= one.y
        )
        assert apart, (one.part.name, other.part.name)
    for line in plan.lines:
        ends = {line.flow.source, line.flow.target}
        for stretch in pairwise(line.points):
            assert stretch[0][0] == stretch[1][0] or stretch[0][1] == stretch[1][1]
            through = [b.part.role.id for b in plan.boxes if touches(b, *stretch)]
            assert set(through) <= ends, (line.number, through)
        for box in plan.boxes:
            assert not touches(box, line.at, line.at), (line.number, box.part.name)
    for one, other in combinations(plan.lines, 2):
        near = abs(one.at[0] - other.at[0]) < 2 * ROUND and abs(one.at[1] - other.at[1]) < 2 * ROUND
        assert not near, (one.number, other.number)
    for area in plan.areas:
        assert area.x >= 0
        assert area.y >= 0
        assert area.x + area.wide <= plan.wide
        assert area.y + area.high <= plan.high


@EACH
@SPACED
def test_words_fit_their_boxes_however_long(pattern: Pattern, spacing: Spacing) -> None:
    reference = filled(pattern, {layer: Chosen(NASTY, NASTY) for layer in pattern.layers})
    plan = laid_out(reference, spacing)
    root = ElementTree.fromstring(svg(reference, plan))
    texts = [node for node in root.iter() if node.get("class") in ("name", "below")]
    assert len(texts) >= len(plan.boxes)
    for node in texts:
        x, y = float(node.get("x", 0)), float(node.get("y", 0))
        size = 13.0 if node.get("class") == "name" else 11.0
        half = fitting.width(node.text or "", size, node.get("class") == "name") / 2
        inside = [
            b
            for b in plan.boxes
            if b.x - 1 <= x - half
            and x + half <= b.x + b.wide + 1
            and b.y <= y - size * 0.7
            and y <= b.y + b.high
        ]
        assert inside, node.text


@EACH
def test_what_people_wrote_is_read_as_text_only(pattern: Pattern) -> None:
    reference = filled(pattern, {layer: Chosen(NASTY, NASTY) for layer in pattern.layers})
    drawn = svg(reference)
    assert "<script" not in drawn
    ElementTree.fromstring(drawn)
    # `%%{…}%%` would set how Mermaid draws, wherever it stands; the others stand for themselves
    # only where their signs are apart.
    odd = pattern._replace(name='%%{init: {"theme": "dark"}}%%; <b>')
    title = mermaid(filled(odd, {})).splitlines()[1]
    assert re.fullmatch(r"    accTitle: (?:[\w ,.:/()'-]|#\d+;)+", title)
    for name in ("$$x$$", "fa:fa-car", "a \\n line", "- one", "1. one"):
        drawn = mermaid(filled(pattern, dict.fromkeys(pattern.layers, Chosen(name))))
        assert html.unescape(drawn.replace("#", "&#")).replace("\u2060", "").count(name)
        assert not re.search(r"#36;#36;|fa#58;fa-|#92;n|\"-|\"1\.", drawn)
    for line in mermaid(reference).splitlines():
        bare = re.sub(r'"[^"]*"', '""', line)
        assert not re.search(r"script|alert|very", bare), line
        assert line.count('"') % 2 == 0


@EACH
def test_each_flow_is_told_in_words_with_the_boundaries_it_crosses(pattern: Pattern) -> None:
    ours = whole(pattern).flow_lines()
    assert len(ours) == len(pattern.flows)
    assert sum("Crosses" in line for line in ours) == len(list(pattern.crossings()))
    chosen = {layer: Chosen(layer) for layer in pattern.layers}
    theirs = filled(
        pattern, {**chosen, "orchestration": Chosen("Agents", "Somebody else")}
    ).flow_lines()
    assert sum("Crosses" in line for line in theirs) > sum("Crosses" in line for line in ours)
    drawn = mermaid(whole(pattern))
    assert drawn.count("==>") == len(list(pattern.crossings()))
    assert drawn.count("subgraph") == len(pattern.zones)


def test_a_layer_that_is_not_chosen_says_so() -> None:
    pattern = LIBRARY.pattern("retrieval-assistant")
    reference = filled(pattern, {"vector-store": Chosen("Qdrant")})
    assert reference.part("store").name == "Qdrant"
    assert reference.part("gateway").is_open
    assert "Gateway: not chosen here." in reference.part("gateway").in_words
    assert reference.part("cache").in_words.startswith("Semantic cache.")
    assert "not chosen here" in svg(reference)


@EACH
@SPACED
def test_what_others_run_stands_in_a_frame_of_its_own_and_not_among_ours(
    pattern: Pattern, spacing: Spacing
) -> None:
    chosen = {layer: Chosen(f"Component {layer}", "others on AWS") for layer in pattern.layers}
    reference = filled(pattern, chosen)
    theirs = {role.zone for role in pattern.roles if role.layer == "platform"}
    (apart,) = reference.apart().values()
    assert {p.role.id for p in apart} == {
        role.id for role in pattern.roles if role.layer and role.zone not in theirs
    }
    plan = laid_out(reference, spacing)
    frames = [area for area in plan.areas if area.is_apart]
    assert len(frames) == len(apart)
    for frame in frames:
        own, *more = [
            box for box in plan.boxes
            if frame.x < box.x + box.wide and box.x < frame.x + frame.wide
            and frame.y < box.y + box.high and box.y < frame.y + frame.high
        ]  # fmt: skip
        assert own.part in apart
        assert not more
        zone = next(z.name for z in pattern.zones if z.id == own.part.role.zone)
        around = next(area for area in plan.areas if area.name == zone)
        assert around.y + 20 < frame.y or not frame.name  # below the zone's own name
        assert around.x < frame.x
        assert frame.y + frame.high < around.y + around.high
    blocks = re.findall(r'subgraph \w+\["(.*?)"\]\n(.*?)\n    end', mermaid(reference), re.S)
    by_name = dict(blocks)
    assert by_name["Run by others on AWS"].count("Component") == len(apart)
    own = "".join(text for name, text in by_name.items() if not name.startswith("Run by"))
    assert own.count("Component") == len(pattern.layers) - len({p.role.layer for p in apart})
    assert svg(reference, plan).count('class="area apart"') == len(frames)


def test_what_helps_names_the_parts_that_it_needs_and_lacks() -> None:
    pattern = LIBRARY.pattern("multi-agent-back-office")
    reference = filled(pattern, {"orchestration": Chosen("LangGraph")})
    (spare,) = (one for one in pattern.safeguards if one.id == "fallback-model")
    assert reference.help(["fallback-model", "approval"]) == (
        "Fallback model (needs Gateway and Cases, not chosen here) and "
        "A person approves what cannot be undone"
    )
    assert reference.how(spare).endswith(" It needs Gateway and Cases, not chosen here.")
    assert reference.names(["agents", "gateway"]) == "LangGraph and Gateway (not chosen here)"
    assert "Gateway (not chosen here) to Evaluation" in " ".join(reference.flow_lines())
    assert not any(whole(pattern).missing(one) for one in pattern.safeguards)


def test_frameworks_are_answered_by_named_safeguards() -> None:
    answered = whole(LIBRARY.pattern("closed-network-chat")).answered()
    assert answered["well_architected"]["cost_optimization"] == ["Semantic cache"]
    assert "One way in" in answered["nist_ai_rmf"]["GOVERN 6.1"]
