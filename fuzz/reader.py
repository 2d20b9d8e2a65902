"""The reader, ``fmt`` and the schema on any bytes: a document with findings, and one reading only."""

from __future__ import annotations

from collections.abc import Iterator

from fuzz import promises
from fuzz.memory import ROOT
from target_registry import limits, schema
from target_registry.documents import quick
from target_registry.documents.reader import read
from target_registry.documents.writer import Unformattable, canonical
from tests.test_quick import same

_PATHS = {"target": "targets/2018/01-x.yaml", "plan": "targets/2018/plan.yaml", "adjustment": "a.yaml"}
_SEEDS = (
    "targets/2018/0*.yaml",
    "targets/2018/plan.yaml",
    "tests/cases/reading/**/*.yaml",
    "tests/cases/changes/**/*.yaml",
)


def seeds() -> Iterator[bytes]:
    """The repository's own files, those of the cases first."""
    for pattern in _SEEDS:
        for path in sorted(ROOT.glob(pattern)):
            raw = path.read_bytes()
            if len(raw) <= limits.TARGET_BYTES // 16:
                yield raw


def attempt(data: bytes) -> None:
    """Read bytes as a file of each kind.

    Raises:
        AssertionError: a promise is broken.
    """
    name = "plan" if b"key_works" in data else "adjustment" if b"changes:" in data else "target"
    path, limit = _PATHS[name], limits.TARGET_BYTES
    document = read(path, data, limit)
    promises.findings(document.findings, data.decode("utf-8-sig", "replace"))
    plain = quick.read(path, data, limit)
    if plain is not None and (
        document.findings or not same(plain.data, document.data) or plain.places != document.places
    ):
        raise AssertionError("the quick reader reads otherwise")
    _format(path, data, name)
    judged = schema.judge(document, name)
    promises.tell(*(words for finding in judged.findings for words in (finding.message, finding.hint)))


def _format(path: str, data: bytes, name: str) -> None:
    try:
        written = canonical(path, data, name, limits.TARGET_BYTES)
    except Unformattable as refused:
        if not refused.findings and read(path, data, limits.TARGET_BYTES).data is not None:
            return  # a text or a list alone has no canonical form
        return
    if canonical(path, written, name, 2 * limits.TARGET_BYTES) != written:
        raise AssertionError("the canonical form has another canonical form")
