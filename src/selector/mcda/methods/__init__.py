"""Ways to rank, one module each: a kernel over arrays, its parameters and its source."""
