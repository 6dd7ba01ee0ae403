"""Ways to weigh, one module each. All work among siblings; `tree` multiplies down to the leaves."""
