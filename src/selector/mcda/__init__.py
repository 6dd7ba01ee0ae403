"""Arrays in, arrays out: value functions, weights, methods and robustness. Never sees a vendor."""
