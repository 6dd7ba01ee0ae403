"""`python -m selector`: the command line."""

from selector.cli import main

main()
