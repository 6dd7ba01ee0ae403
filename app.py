"""`streamlit run app.py`. Streamlit knows an app by the call of App in this very file."""

from streamlit.starlette import App

from selector.ui.app import MAIN, PARTS

app = App(MAIN, **PARTS)
