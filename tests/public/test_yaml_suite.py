"""The YAML test suite: what must fail is refused, all else is read as it says, or refused; never otherwise."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from target_registry.documents import quick
from target_registry.documents.reader import read
from target_registry.documents.writer import Unformattable, canonical
from target_registry.model import Level
from tests.properties.texts import sorted_by_key
from tests.test_quick import same

SUITE: list[dict[str, Any]] = json.loads(Path(__file__).with_name("yaml-test-suite.json").read_text("ascii"))
PATH = "targets/2018/01-x.yaml"
LIMIT = 1 << 16
READ = 126
"""Documents that are read; the others have an anchor, a tag, a second document or what else is refused."""


def refused(raw: bytes) -> bool:
    """Whether the reader finds an error."""
    return any(finding.level is Level.ERROR for finding in read(PATH, raw, LIMIT).findings)


def test_the_suite_is_whole() -> None:
    assert len(SUITE) == 402
    assert sum(case.get("fail", False) for case in SUITE) == 94


@pytest.mark.parametrize("case", SUITE, ids=lambda case: case["id"])
def test_a_document_is_read_as_it_says_or_refused(case: dict[str, Any]) -> None:
    raw = case["yaml"].encode("utf-8", "surrogatepass")
    said = read(PATH, raw, LIMIT)
    if refused(raw):
        assert quick.read(PATH, raw, LIMIT) is None
        with pytest.raises(Unformattable):
            canonical(PATH, raw, "target", LIMIT)
        return
    assert not case.get("fail")
    assert same(sorted_by_key(said.data), sorted_by_key(json.loads(case["json"], parse_float=Decimal)))
    if isinstance(said.data, dict):
        written = canonical(PATH, raw, "target", LIMIT)
        # Keys that the schema doesn't know keep their order, so that the whole is compared.
        assert same(read(PATH, written, LIMIT).data, said.data)
        assert canonical(PATH, written, "target", LIMIT) == written


def test_not_everything_is_refused() -> None:
    assert sum(not refused(case["yaml"].encode("utf-8", "surrogatepass")) for case in SUITE) == READ
