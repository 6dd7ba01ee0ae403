"""Analyses as people see them: words, colours, the live script, and files of each format."""
