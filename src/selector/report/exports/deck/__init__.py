"""The deck: slides drawn natively, text fitted by measuring it."""
