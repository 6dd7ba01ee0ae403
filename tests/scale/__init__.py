"""Portfolios and clusters."""
