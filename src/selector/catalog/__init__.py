"""YAML to records and back: the only reader of data files."""
