"""Exports, read again by other software."""
