"""Any legal plan out as a form and back: nothing changes, or one clean refusal; never something else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz import promises
from fuzz.memory import PLAN, Memory
from target_registry import formats, forms, schema
from target_registry.documents.writer import emit
from target_registry.intake import edits
from target_registry.load import load
from target_registry.model import Level, Plan
from target_registry.reports import plain
from target_registry.views import official
from tests.properties.texts import ANYTHING, CELLS, LINES, plans, targets

FORMATS = {"csv": "csv", "tsv": "tsv", "json": "json", "md": "markdown", "html": "html"}
ENDINGS = (*forms.WRITERS, *FORMATS)


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
    return formats.load(FORMATS[ending]).render([table], formats.Look(100, plain, form.language)).encode()


@pytest.mark.parametrize("ending", ENDINGS)
@given(plan=plans(), rows=st.lists(targets(works=("consumption", "work-1")), min_size=1, max_size=3), filed=st.booleans())
def test_a_form_comes_back_as_it_went(ending: str, plan: dict[str, Any], rows: list[dict[str, Any]], filed: bool) -> None:
    source, read = registry(plan, rows)
    try:
        grids = forms.reader(ending).read(exported(read, ending, as_filed=filed))
    except forms.Unfit as unfit:
        promises.tell(unfit.message, unfit.hint)
        return
    intake = edits.into_plan(grids, source, read, edits.Wish())
    for fault in intake.faults:
        promises.tell(fault.message, fault.hint, fault.place and fault.place.told())
    assert intake.refused or {path: raw and raw.decode() for path, raw in intake.files.items()} == {}
