"""See that each data file names its schema in its first line, so that editors complete it."""

from selector.catalog.library import Library
from selector.catalog.reading import read_document
from selector.catalog.validation import kind_of

START = "# yaml-language-server: $schema="


def main() -> None:
    """Put the comment at the top of every shipped file that lacks it."""
    for path in Library().files():
        text = path.read_text(encoding="utf-8")
        line = f"{START}../schema/{kind_of(read_document(path), path)}.json\n"
        if not text.startswith(line):
            rest = text.split("\n", 1)[1] if text.startswith(START) else text
            path.write_text(line + rest, encoding="utf-8")


if __name__ == "__main__":
    main()
