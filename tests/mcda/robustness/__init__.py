"""Sampling, flips, dominance and what finding out is worth, on arrays."""
