"""The command line: parse, call, print. Results on standard output, messages on standard error.

Exit codes: 0 fine, 1 the check found something, 2 bad usage or bad input.
"""

import sys
from io import TextIOWrapper
from typing import Any

from selector.cli import answers, data, files, serving, workshop  # noqa: F401  # each adds its commands
from selector.cli._app import app
from selector.domain.problem import InputError, SelectorError

__all__ = ["app", "main"]


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every error that people can cause is said in plain words."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a narrow terminal is no error
    try:
        result: Any = app(arguments, standalone_mode=False)
    except InputError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        sys.exit(2)
    except SelectorError as error:
        print(f"selector: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        print(f"selector: {error.format_message()}", file=sys.stderr)
        sys.exit(2)
    sys.exit(result if isinstance(result, int) else 0)
