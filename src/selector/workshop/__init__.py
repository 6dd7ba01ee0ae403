"""Workshops: many people weigh a decision on their own, and see together where they differ."""
