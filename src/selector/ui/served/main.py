"""What Streamlit runs for each interaction; the pages are found by the router."""

from selector.ui import router

router.show()
