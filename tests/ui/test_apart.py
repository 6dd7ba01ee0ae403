"""A page that a test runs leaves nothing behind for the tests after it."""

import sys

from streamlit.testing.v1 import AppTest

MAIN = sys.modules["__main__"]


def test_streamlit_makes_the_page_the_main_module() -> None:
    AppTest.from_string("import streamlit as st; st.text('here')").run()
    assert sys.modules["__main__"] is not MAIN


def test_the_next_test_has_the_main_module_that_worker_processes_import() -> None:
    assert sys.modules["__main__"] is MAIN
