"""Any legal plan out as a form and back changes nothing; whatever is typed into a form is taken, or refused cleanly."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz import promises
from fuzz.memory import PLAN, Memory
from target_registry import documents, formats, forms, limits
from target_registry.documents.writer import emit
from target_registry.intake import edits
from target_registry.load import load
from target_registry.model import Level, Plan
from target_registry.reports import plain
from target_registry.views import official
from tests.conftest import EXAMPLES
from tests.properties.texts import ANYTHING, plans, targets

FORMATS = {"csv": "csv", "tsv": "tsv", "json": "json", "md": "markdown", "html": "html"}


def registry(plan: dict[str, Any], rows: list[dict[str, Any]]) -> tuple[Memory, Plan]:
    """A registry of one plan with these targets, read."""
    found = {PLAN: emit(plan, "plan", PLAN)}
    for number, row in enumerate(rows, start=1):
        path = f"targets/2018/{number:02}-t{number}.yaml"
        found[path] = emit(row, "target", path)
    source = Memory(found)
    loaded = load(source)
    assert [finding for finding in loaded.findings if finding.level is Level.ERROR] == []
    return source, loaded.registry.plans[0]


def exported(plan: Plan, ending: str, *, as_filed: bool) -> bytes:
    """The form as a file."""
    form = official.view(plan, as_filed=as_filed)
    if ending in forms.WRITERS:
        return forms.writer(ending).write(form)
    table = form.table._replace(note="\n".join(form.standing))
    return formats.render(FORMATS[ending], [table], formats.Look(100, plain, form.language)).encode()


ROWS = st.lists(targets(works=("consumption", "work-1")), min_size=1, max_size=3)


def comes_back(ending: str, plan: dict[str, Any], rows: list[dict[str, Any]], *, as_filed: bool) -> None:
    """Export a plan, and import what was exported."""
    source, read = registry(plan, rows)
    grids = forms.reader(ending).read(exported(read, ending, as_filed=as_filed))
    intake = edits.into_plan(grids, source, read, edits.Wish())
    for fault in intake.faults:
        promises.tell(fault.message, fault.hint, fault.place and fault.place.told())
    assert not intake.refused
    assert {path: raw and raw.decode() for path, raw in intake.files.items()} == {}


@pytest.mark.parametrize("ending", FORMATS)
@given(plan=plans(), rows=ROWS, filed=st.booleans())
def test_a_form_comes_back_as_it_went(
    ending: str, plan: dict[str, Any], rows: list[dict[str, Any]], *, filed: bool
) -> None:
    comes_back(ending, plan, rows, as_filed=filed)


@pytest.mark.parametrize("ending", forms.WRITERS)
@given(plan=plans(), rows=ROWS, filed=st.booleans())
@settings(max_examples=max(EXAMPLES // 8, 1))
def test_an_office_form_comes_back_as_it_went(
    ending: str, plan: dict[str, Any], rows: list[dict[str, Any]], *, filed: bool
) -> None:
    comes_back(ending, plan, rows, as_filed=filed)


CHANGES = st.dictionaries(st.sampled_from(["target", "basis", "verification", "remarks", "half_year_target"]), ANYTHING)


@pytest.mark.parametrize("ending", FORMATS)
@given(row=targets(), changes=CHANGES)
@settings(max_examples=max(EXAMPLES // 2, 1))
def test_any_text_typed_into_a_form_is_taken_or_refused(
    ending: str, row: dict[str, Any], changes: dict[str, str]
) -> None:
    plan = {"title": "表", "department": "厅", "year": 2018, "language": "zh", "weight_rules": {"total": 9},
            "key_works": [{"id": "consumption", "title": "甲"}]}  # fmt: skip
    source, read = registry(plan, [row])
    (target,) = read.targets
    typed = replace(read, targets=(replace(target, values={**target.values, **changes}),))
    grids = forms.reader(ending).read(exported(typed, ending, as_filed=False))
    intake = edits.into_plan(grids, source, read, edits.Wish(measures=True))
    for fault in intake.faults:
        promises.tell(fault.message, fault.hint, fault.place and fault.place.told())
    # What is written is a file without faults as YAML, whatever the schema says of it.
    for path, raw in intake.files.items():
        assert raw is not None
        assert documents.read(path, raw, limits.PLAN_BYTES).findings == []
