"""`streamlit run app.py`: the app itself is selector.ui."""

from selector.ui.app import app as app
