"""The peer of the app's benchmark: a page with one slider and one chart, nothing else."""

import plotly.graph_objects as go
import streamlit as st

weight = st.slider("Weight", 0, 100, 50)
st.plotly_chart(go.Figure(go.Bar(x=["a", "b", "c"], y=[weight, 50, 100 - weight])))
