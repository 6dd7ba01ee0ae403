"""Workload times prices, as pure functions: what a month costs, item by item."""
