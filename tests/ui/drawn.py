"""One page of the app, run as Streamlit would run it, without a browser."""

from streamlit.testing.v1 import AppTest


def draw(page: str, decision: str = "case", *, framed: bool = False, **link: str) -> AppTest:
    """Run a page on a decision in a fresh session; `link` is what else its address says.

    Framed it is run as the router runs it, with what is told above all pages and faults told in
    words; else what goes wrong on the page is the test's `exception`.
    """

    def script(page: str, framed: bool) -> None:
        from selector.ui import router
        from selector.ui.state import State

        state = State()
        shown = next(each for each in router.pages() if each.name == page)
        if framed:
            router._runner(shown, state)()
        else:
            shown.show(state)
        state.write_link()

    test = AppTest.from_function(script, args=(page, framed), default_timeout=60)
    for key, value in {"decision": decision, **link}.items():
        if value:
            test.query_params[key] = value
    return test.run()


def markup(test: AppTest) -> str:
    """Return all markup of the page; a space that holds a line together is a space like any."""
    whole = "".join(element.proto.body for element in test.get("html"))
    return whole.replace("\u00a0", " ")
