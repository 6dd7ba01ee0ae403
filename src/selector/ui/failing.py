"""What a visitor reads where something went wrong: a sentence, and a way out; never a trace.

What a visitor can mend (a file, a link, a figure) is a SelectorError and says itself what to do.
All else is a fault of the program or the machine: it gets a short code, which stands on the page
and, beside the trace, in the server's log.
"""

from __future__ import annotations

import logging
import secrets
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from selector.domain.problem import InputError, SelectorError
from selector.ui import look
from selector.ui.parts import html

KEPT = ("decision", "draft")  # of a link, what leads back to the same decision


def told(error: Exception) -> str:
    """Return what the page says of an error; what is nobody's mistake is logged under its code."""
    if isinstance(error, InputError):
        return html.problems(error)
    if isinstance(error, SelectorError):
        return html.page(html.notice(str(error)), _ways_out())
    code = secrets.token_hex(3)
    logging.getLogger(__name__).error("fault %s", code, exc_info=error)
    return html.page(
        '<div class="fault" role="alert"><h1>This did not work</h1>'
        '<p class="sub">Something went wrong on our side. What you have set is in the address '
        "of this page, so nothing of it is lost.</p></div>",
        _ways_out(),
        f'<p class="how">If it stays, tell whoever runs Selector the code <b>{code}</b> and what '
        "you did last: the server’s log has the rest.</p>",
    )


def _ways_out() -> str:
    link = {key: st.query_params[key] for key in KEPT if key in st.query_params}
    back = html.text(f"./?{urlencode(link)}" if link else "./")
    return html.lines(
        (
            '<a href="">Try again</a> <span>· the same page, as you have set it</span>',
            f'<a href="{back}">Back to the decision</a> <span>· as its file says it</span>',
        )
    )


def shown(error: Exception, place: Any = st) -> bool:
    """Show what went wrong at a place of the page; Streamlit then shows nothing of its own."""
    place.html(look.style() + told(error))
    return True
