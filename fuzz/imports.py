"""Import of any file: grids of cells or one clean refusal, and then edits that can be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice

from fuzz import promises
from fuzz.memory import Memory, files
from target_registry import formats, forms, limits
from target_registry.documents.reader import read
from target_registry.intake import edits
from target_registry.intake.new_plan import NewPlan, new_plan
from target_registry.load import load
from target_registry.model import Level, Plan
from target_registry.reports import plain
from target_registry.views import official
from tests import form_files

_FORMATS = {"csv": "csv", "tsv": "tsv", "json": "json", "md": "markdown", "html": "html"}


def _word(raw: bytes) -> bytes:
    return form_files.zipped({**form_files.word_parts(""), "word/document.xml": raw})


def _sheet(raw: bytes) -> bytes:
    return form_files.zipped({**form_files.excel_parts("", strings=_STRINGS), "xl/sheet1.xml": raw})


def _strings(raw: bytes) -> bytes:
    return form_files.zipped({**form_files.excel_parts(_CELLS), "xl/sharedStrings.xml": raw})


def _styles(raw: bytes) -> bytes:
    return form_files.zipped({**form_files.excel_parts(_CELLS, strings=_STRINGS), "xl/styles.xml": raw})


def _same(raw: bytes) -> bytes:
    return raw


_STRINGS = "<si><t>甲</t></si><si><r><t>乙</t></r></si>"
_CELLS = form_files.rows('<c r="A1" t="s" s="1"><v>0</v></c><c t="s"><v>1</v></c><c s="1"><v>43100</v></c>')
# What the first byte of an input chooses: the ending, and how the rest becomes a file of that kind.
_KINDS: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    *((ending, _same) for ending in _FORMATS),
    ("docx", _word),
    ("xlsx", _sheet),
    ("xlsx", _strings),
    ("xlsx", _styles),
    ("docx", _same),
    ("xlsx", _same),
)


@cache
def _registry() -> tuple[Memory, Plan]:
    source = Memory(files())
    return source, load(source).registry.plans[0]


def seeds() -> Iterator[bytes]:
    """The form in every kind of file, and parts of Word and Excel files."""
    _, plan = _registry()
    form = official.view(plan, as_filed=True)
    for number, (ending, make) in enumerate(_KINDS):
        if ending in _FORMATS:
            text = formats.render(_FORMATS[ending], [form.table], formats.Look(100, plain, "zh"))
            yield bytes([number]) + text.encode()
        elif make is _same:
            yield bytes([number]) + forms.writer(ending).write(form)
    yield from (bytes([number]) + part for number, part in _parts(form_files.HEADINGS))


def _parts(headings: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    numbers = {make: number for number, (_, make) in enumerate(_KINDS)}
    texts = [
        "一、搞活流通",
        "1",
        "社会消费品零售总额增长9%左右",
        "关键量化指标",
        "12",
        "8.5%左右",
        "4",
        "文件",
        "数据",
        "否",
        "",
    ]
    cells = [
        [form_files.paragraph(form_files.run(text.replace("\n", ""))) for text in row] for row in (headings, texts)
    ]
    for body in (form_files.table(*cells), form_files.table(*cells, cells[1]) + form_files.table(*cells)):
        yield numbers[_word], str(form_files.word_parts(body)["word/document.xml"]).encode()
    sheet = ["".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) for row in (headings, texts)]
    parts = form_files.excel_parts(form_files.rows(*sheet), strings=_STRINGS)
    yield numbers[_sheet], str(parts["xl/sheet1.xml"]).encode()
    yield numbers[_strings], str(parts["xl/sharedStrings.xml"]).encode()
    yield numbers[_styles], str(parts["xl/styles.xml"]).encode()


def attempt(data: bytes) -> None:
    """Take a file in: into the plan that is there, and as a new plan.

    Raises:
        AssertionError: a promise is broken.
    """
    if not data:
        return
    ending, make = _KINDS[data[0] % len(_KINDS)]
    try:
        grids = forms.reader(ending).read(make(data[1:]))
    except forms.Unfit as unfit:
        promises.tell(unfit.message, unfit.hint)
        return
    source, plan = _registry()
    _judge(edits.into_plan(grids, source, plan, edits.Wish(measures=True)))
    _judge(new_plan(grids, NewPlan("2019", 2019, "2019年目标（省商务厅）"), [plan], lambda _: "甲"))


def _judge(intake: edits.Intake) -> None:
    for fault in islice(intake.faults, 50):
        promises.tell(fault.message, fault.hint, fault.place and fault.place.told())
    if intake.refused and intake.files:
        raise AssertionError("something is written of a form that is refused")
    for path, raw in intake.files.items():
        document = read(path, raw or b"", limits.PLAN_BYTES) if raw is not None else None
        if document is not None and any(finding.level is Level.ERROR for finding in document.findings):
            raise AssertionError(f"{path} is written and can't be read: {document.findings[0]}")
