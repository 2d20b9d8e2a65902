"""The big list of naughty strings: each is kept as it is or refused cleanly, and harms no output."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from fuzz import diff as comparison
from fuzz import memory, promises
from fuzz import reader as entry
from target_registry import formats, forms, limits, schema
from target_registry.documents import Unwritable
from target_registry.documents.reader import read
from target_registry.documents.writer import emit
from target_registry.forms import Unfit
from target_registry.intake import edits
from target_registry.load import load
from target_registry.model import IDENTIFIER, Level
from target_registry.reports import plain
from target_registry.views import official
from tests.conftest import Run
from tests.properties.test_forms import FORMATS, exported

STRINGS: list[str] = json.loads(Path(__file__).with_name("naughty-strings.json").read_text("ascii"))
PATH = memory.TARGET
LIMIT = 1 << 16
DATA: dict[str, Any] = {
    "key_work": "consumption", "target": "甲", "category": "qualitative", "deadline_month": 12, "half_year_target": "乙", "weight": 4,
    "basis": "丙", "verification": "丁", "fiscal_project": False,
}  # fmt: skip


def test_the_list_is_whole() -> None:
    assert len(STRINGS) == 485


def accepted(text: str) -> bool:
    """Whether a file may say this in a cell; if not, its fault has words."""
    document = read(PATH, emit({**DATA, "target": text}, "target", PATH), LIMIT)
    promises.findings(document.findings, emit({**DATA, "target": text}, "target", PATH).decode())
    found = [*document.findings, *schema.judge(document, "target").findings]
    if not any(finding.level is Level.ERROR for finding in found):
        assert document.data["target"] == text
        return True
    return False


LEGAL = [text for text in STRINGS if text == text.strip() and accepted(text)]


def test_most_may_be_written() -> None:
    assert len(LEGAL) > 420


@pytest.mark.parametrize("text", STRINGS)
def test_it_is_kept_or_refused_in_a_file(text: str) -> None:
    accepted(text)
    for written in (
        text,
        f"target: {text}\n",
        f"{text}: 甲\n",
        f'target: "{text}"\n',
        f"key_works:\n  - title: {text}\n",
    ):
        entry.attempt(written.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("text", STRINGS)
def test_it_harms_no_comparison(text: str) -> None:
    try:
        raw = emit({**DATA, "target": text, text or "x": text}, "target", PATH)
    except Unwritable as refused:
        promises.tell(refused.message)
        return
    comparison.attempt(b"\x00" + raw)


@pytest.mark.parametrize("ending", [*FORMATS, *forms.WRITERS])
@pytest.mark.parametrize(
    "texts", [LEGAL[at : at + limits.FORM_TARGETS] for at in range(0, len(LEGAL), limits.FORM_TARGETS)]
)
def test_all_of_them_go_out_with_a_form_and_come_back(ending: str, texts: list[str]) -> None:
    found = {memory.PLAN: memory.files()[memory.PLAN]}
    for number, text in enumerate(texts, start=1):
        path = f"targets/2018/{number:02}-t{number}.yaml"
        found[path] = emit({**DATA, "target": text, "basis": text}, "target", path)
    source = memory.Memory(found)
    plan = load(source).registry.plans[0]
    assert len(plan.targets) == len(texts)
    raw = exported(plan, ending, as_filed=False)
    intake = edits.into_plan(forms.reader(ending).read(raw), source, plan, edits.Wish())
    assert not intake.refused
    assert {path: text and text.decode() for path, text in intake.files.items()} == {}


@pytest.mark.parametrize("ending", ["csv", "json", "html", "md"])
def test_typed_into_a_form_it_is_taken_or_refused(ending: str) -> None:
    source = memory.Memory(memory.files())
    plan = load(source).registry.plans[0]
    look = formats.Look(100, plain, "zh")
    for text in STRINGS:
        table = official.view(plan, as_filed=False).table
        row = table.rows[0]
        cells = [text if cell == "社会消费品零售总额增长9%左右" else cell for cell in row.cells]
        typed = table._replace(
            rows=(row._replace(cells=tuple(cells), record={**row.record, "target": text}), *table.rows[1:])
        )
        try:
            grids = forms.reader(ending).read(formats.render(FORMATS[ending], [typed], look).encode())
        except Unfit as unfit:
            promises.tell(unfit.message, unfit.hint)
            continue
        intake = edits.into_plan(grids, source, plan, edits.Wish())
        for fault in intake.faults:
            promises.tell(fault.message, fault.hint, fault.place and fault.place.told())
        if text in LEGAL and not intake.refused and intake.files:
            said = read(PATH, intake.files[PATH] or b"", LIMIT).data["target"]
            assert said == "\n".join(line.strip() for line in text.split("\n"))


@pytest.mark.parametrize("form", formats.FORMATS)
def test_it_harms_no_table(form: str) -> None:
    plan = load(memory.Memory(memory.files())).registry.plans[0]
    table = official.view(plan, as_filed=False).table
    row = table.rows[0]
    for text in STRINGS:
        cells = (text,) * len(row.cells)
        made = table._replace(title=text, rows=(row._replace(cells=cells, group=text, record={"target": text}),))
        shown = formats.render(form, [made], formats.Look(100, plain, "zh"))
        if form in ("csv", "tsv"):
            delimiter = "," if form == "csv" else "\t"
            for line in csv.reader(io.StringIO(shown.removeprefix("\ufeff"), newline=""), delimiter=delimiter):
                assert not any(cell.startswith(("=", "@")) for cell in line)
        else:
            promises.harmless(shown)


def test_as_an_argument_it_is_a_target_or_one_sentence(run: Run) -> None:
    for text in STRINGS:
        if "\0" in text:
            continue  # no system hands it over
        outcome = run("--lang", "en", "show", "--", text)
        assert (outcome.code, outcome.out) == (2, "") or IDENTIFIER.match(text) or text.strip().isdigit(), text
        assert outcome.err.count("\n") == (1 if outcome.code else 0)
        promises.harmless(outcome.out)
        promises.harmless(outcome.err)


def test_as_a_slug_it_is_refused_in_one_sentence(run: Run) -> None:
    for text in [text for text in STRINGS if "\0" not in text and not IDENTIFIER.match(text.strip())]:
        outcome = run(
            "--lang", "en", "new", f"--slug={text}", "--dry-run", "--key-work=consumption", "--target=甲", "--category=qualitative",
            "--deadline-month=12", "--half-year-target=乙", "--weight=4", "--basis=丙", "--verification=丁", "--fiscal-project=no",
        )  # fmt: skip
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1), text
        promises.harmless(outcome.err)
