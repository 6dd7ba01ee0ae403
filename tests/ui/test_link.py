"""What the address says, when it comes late, and when somebody goes back."""

from streamlit.testing.v1 import AppTest

Link = dict[str, str]


class Visitor:
    """A session whose browser sends the addresses that a test says."""

    def __init__(self) -> None:
        def script() -> None:
            import streamlit as st
            from streamlit.runtime.scriptrunner import get_script_run_ctx

            from selector.ui.state import State

            # As Streamlit sets it where the browser says that somebody went back or forth.
            get_script_run_ctx().is_history_navigation = st.session_state.pop("goes", False)
            state = State()
            state.write_link()

        self.test = AppTest.from_function(script, default_timeout=60)
        self.test.query_params["decision"] = "support-assistant"
        self.test.run()

    @property
    def link(self) -> Link:
        found = self.test.query_params.items()
        return {key: value if isinstance(value, str) else value[0] for key, value in found}

    def sets(self, points: float) -> Link:
        """Set a weight; the address after it."""
        self.test.session_state["points"] = {"cost": points}
        self.test.run()
        assert self.link["w"] == f"cost:{points:g}"
        return self.link

    def arrives(self, link: Link) -> Link:
        """The browser asks for a run with an address; the address after it."""
        self.test.query_params.clear()
        self.test.query_params.update(link)
        self.test.run()
        assert not self.test.exception
        return self.link

    def goes(self, link: Link) -> Link:
        """The visitor goes back or forth to an address."""
        self.test.session_state["goes"] = True
        return self.arrives(link)


def test_what_an_address_said_is_set_though_the_run_ends_before_it_draws_a_page() -> None:
    def script() -> None:
        import streamlit as st

        from selector.ui.state import State

        if "taken" not in st.session_state:  # the press that ends this run has no address
            st.session_state["taken"] = True
            State().take_up("?decision=support-assistant&w=cost:50")
            st.stop()
        State().write_link()

    test = AppTest.from_function(script, default_timeout=60).run()
    test.query_params.clear()
    test.run()
    assert test.query_params["w"] == "cost:50"


def test_an_address_that_comes_late_takes_nothing_back_however_late() -> None:
    visitor = Visitor()
    plain = visitor.link
    first = visitor.sets(60)
    second = visitor.sets(70)
    for late in (plain, first, plain):
        assert visitor.arrives(late) == second


def test_an_address_that_somebody_goes_to_is_followed_at_once() -> None:
    visitor = Visitor()
    plain, set_ = visitor.link, visitor.sets(60)
    for link in (plain, set_, plain):
        assert visitor.goes(link) == link
    assert visitor.arrives(set_) == plain  # that was late: nobody went there again


def test_going_counts_once() -> None:
    visitor = Visitor()
    plain, first = visitor.link, visitor.sets(60)
    assert visitor.goes(plain) == plain
    again = visitor.sets(80)
    for late in (plain, first):
        assert visitor.arrives(late) == again


def test_an_address_that_the_session_never_had_is_followed() -> None:
    visitor = Visitor()
    visitor.sets(60)
    other = {"decision": "coding-assistant"}
    assert visitor.arrives(other) == other


def test_going_back_takes_answers_back_and_going_forth_brings_them_again() -> None:
    visitor = Visitor()
    plain = visitor.link
    visitor.test.session_state["answered"] = {"purpose": "coding"}
    visitor.test.run()
    answered = visitor.link
    assert answered["q"] == "purpose:coding"
    for link in (plain, answered, plain):
        assert visitor.goes(link) == link


def test_what_cannot_be_fixed_does_not_stay_in_the_address() -> None:
    visitor = Visitor()
    whole = {"decision": "startup-one-cloud"}
    asked = "vector-store:pinecone,vector-store2:qdrant,gateway:nobody,:,orchestration:-"
    assert visitor.arrives(whole | {"fix": asked})["fix"] == "vector-store:pinecone"
    assert visitor.goes(whole | {"fix": "gateway:<script>"}) == whole
    assert visitor.goes({"decision": "support-assistant", "fix": "gateway:litellm"}) == {
        "decision": "support-assistant"
    }


def test_a_link_and_a_downloaded_file_have_the_version_of_what_was_shown() -> None:
    def script(is_first: bool) -> None:
        import streamlit as st

        from selector.analysis import analyse
        from selector.ui.state import State

        state = State()
        if is_first:
            state.load_weights({"cost": 100 / 7, "uptime": 100 / 3, "own_keys": 1 / 7})
        made = analyse(state.library.decision_of(state.text(), "x.yaml", state.beside))
        st.session_state["versions"] = state.analysis.version, made.version, state.base.version
        state.write_link()

    def seen(is_first: bool, **link: str) -> AppTest:
        test = AppTest.from_function(script, args=(is_first,), default_timeout=60)
        test.query_params.update({"decision": "support-assistant", **link})
        test.run()
        assert not test.exception
        return test

    first = seen(True)
    weights = str(first.query_params["w"])
    again = seen(False, w=weights)
    shown, downloaded, own = first.session_state["versions"]
    assert shown == downloaded != own
    assert again.session_state["versions"] == first.session_state["versions"]
    assert again.query_params["w"] == weights
