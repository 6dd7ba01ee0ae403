"""`python -m selector` and the command `selector`."""

import gc


def main() -> None:
    """Run the command line.

    A command lives for a third of a second and makes no garbage worth collecting, so it does not
    look for any; that is a tenth of its time.
    """
    gc.disable()
    from selector.cli import main as run

    run()


if __name__ == "__main__":
    main()
