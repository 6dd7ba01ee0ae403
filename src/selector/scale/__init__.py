"""Much work: portfolios of decisions and long sampling, here or on the workers of a cluster."""
