"""Names of components, layers and of a pattern stay text in everything that tells of a stack."""

import csv
import io
import re

import openpyxl
import pytest

from selector.report.exports import Options, as_csv, as_page, as_record, as_workbook
from selector.report.exports.story import Story
from tests.stack.hostile import hostile_stack


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story(hostile_stack(tmp_path_factory.mktemp("home")))


def test_the_page_has_our_scripts_alone_and_no_picture(story: Story) -> None:
    text = as_page.made(story, Options()).decode()
    assert text.count("<script") == 2
    assert not re.search(r"<(?:img|link|iframe|object|embed|form)\b", text)


def test_the_workbook_and_the_table_reckon_nothing_that_people_wrote(story: Story) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook.made(story, Options())))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert formulas
    assert not any(re.search(r"cmd|alert|\+1\+1|-2\+3", formula) for formula in formulas)
    assert not any(cell.hyperlink and "script" in str(cell.hyperlink.target) for cell in cells)
    for row in csv.reader(io.StringIO(as_csv.made(story, Options()).decode())):
        for cell in row:
            assert cell[:1] not in ("=", "+", "-", "@") or re.fullmatch(r"-?[\d.e-]+", cell)


def test_the_record_has_one_diagram_whose_labels_stand_in_quotes(story: Story) -> None:
    text = as_record.made(story, Options()).decode()
    (drawn,) = re.findall(r"^```mermaid\n(.*?)^```$", text, flags=re.M | re.S)
    for line in drawn.splitlines()[2:]:
        bare = re.sub(r'"[\w ,.()/\'#;…\-<>:]*"', "", line).replace("<br/>", "")
        assert re.fullmatch(r"[\w \[\](){}|=\-:>]+", bare), line
    assert "%%" not in drawn
    body = text.split("---", 2)[2]
    assert "<script" not in re.sub(r"\\<|```.*?```", "", body, flags=re.S)
