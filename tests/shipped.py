"""The shipped decisions that tests of pages walk over.

Those about one layer of a stack are of the same make with fewer criteria: each is ranked and
exported in tests of the catalog and the command line, which take less time than pages.
"""

PLATFORMS = ("coding-assistant", "high-volume-chat", "regulated-documents", "support-assistant")
