"""The app: Streamlit pages around the live weighting component."""
