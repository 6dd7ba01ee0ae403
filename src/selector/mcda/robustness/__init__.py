"""How sure the answer is: what would have to change for another to come first."""
