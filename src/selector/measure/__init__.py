"""Records to a performance table: facts, shares of checklists, costs; and knock-outs."""
