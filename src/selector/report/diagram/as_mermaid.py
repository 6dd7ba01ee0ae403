"""A reference architecture in Mermaid's language, for records and repositories."""

from __future__ import annotations

from selector.report.diagram.filling import Part, Reference
from selector.report.record import label

SHAPES = {
    "person": ("([", "])"),
    "store": ("[(", ")]"),
    "queue": ("[[", "]]"),
    "model": ("{{", "}}"),
    "process": ("[", "]"),
    "ground": ("[", "]"),
}


def mermaid(reference: Reference) -> str:
    """Return the diagram as a flowchart; nothing that people wrote is read as a part of it."""
    names = {part.role.id: f"n{number}" for number, part in enumerate(reference.parts)}
    lines = ["flowchart LR", f"    accTitle: {label(reference.pattern.name)}"]
    apart = reference.apart()
    others = [part for parts in apart.values() for part in parts]
    zones = {
        zone.name: [p for p in reference.parts if p.role.zone == zone.id and p not in others]
        for zone in reference.pattern.zones
    }
    zones |= {f"Run by {who}": parts for who, parts in apart.items()}
    for number, (name, inside) in enumerate(zones.items()):
        if not inside:
            continue
        lines.append(f'    subgraph z{number}["{label(name)}"]')
        lines += [f"        {names[part.role.id]}{_node(part)}" for part in inside]
        lines.append("    end")
    for number, flow in enumerate(reference.pattern.flows, 1):
        arrow = "==>" if reference.crosses(flow) else "-->"
        along = label(f"{number} {flow.carries}")
        lines.append(f'    {names[flow.source]} {arrow}|"{along}"| {names[flow.target]}')
    chosen = [names[part.role.id] for part in reference.parts if part.chosen]
    lines += [f"    style {name} stroke-width:3px" for name in chosen]
    return "\n".join(lines)


def _node(part: Part) -> str:
    before, after = SHAPES[part.role.kind]
    below = f"<br/>{label(part.below)}" if part.below else ""
    return f'{before}"{label(part.name)}{below}"{after}'
