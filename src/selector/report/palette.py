"""One colour per alternative, by its place in the decision file, the same wherever it is shown.

Colour-blind safe (after Okabe and Ito 2008, darkened so that white text on it reaches 4.5 to 1);
each has a lighter twin for dark grounds that carries dark text. Beyond the last the row repeats:
labels tell alternatives apart everywhere, never colour alone.
"""

LIGHT = (
    "#0072b2", "#c2410c", "#00795c", "#9a3b86", "#7a5c00", "#4453b8", "#a61e4d", "#4a6412",
    "#0b7285", "#6b4a3a",
)  # fmt: skip
DARK = (
    "#56b4e9", "#f2915a", "#4cc9a0", "#dd8fcb", "#d9b84a", "#9aa5f5", "#f58ba8", "#a9c65a",
    "#5cc7da", "#c9a48f",
)  # fmt: skip


def colour(place: int) -> str:
    """Return the colour of the alternative at that place of the decision file, for light paper."""
    return LIGHT[place % len(LIGHT)]


def css_colour(place: int) -> str:
    """Return the colour as CSS that follows the page's light or dark scheme."""
    return f"light-dark({LIGHT[place % len(LIGHT)]}, {DARK[place % len(DARK)]})"
