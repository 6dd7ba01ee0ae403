"""Pieces that pages are drawn from; they take records and return markup, or draw."""
