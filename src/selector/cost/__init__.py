"""Workload × prices = monthly bill: pure functions on arrays (scenarios, months), in US dollars."""
