"""The limits: all in one place, each explained, each with its figure in the documents on security."""

from __future__ import annotations

import ast
import re

import pytest

from target_registry import fields, limits
from tests.conftest import ROOT
from tests.test_language import upkeep

DOCUMENTS = ("docs/security.md", "docs/security.zh-CN.md")
readme = upkeep("readme")
NAMES = sorted(name for name in vars(limits) if name.isupper())


def test_every_limit_is_explained() -> None:
    said = readme.said_of_limits()
    assert sorted(said) == NAMES
    assert all(said.values())


def test_what_is_compared_is_what_a_cell_can_hold() -> None:
    assert fields.schema("target")["$defs"]["cell"]["maxLength"] == limits.SENTENCE_CHARACTERS


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_documents_name_every_limit_with_its_figure(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    rows = dict(re.findall(r"(?m)^\| `([A-Z_]+)` \| ([^|]+) \| [^|?]+ \|$", text))
    assert rows == {name: readme.figure(name) for name in NAMES}
    assert readme.made(text) == text


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_documents_name_tests_that_are_there(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    assert [int(number) for number in re.findall(r"(?m)^\| ([0-9]+) \|", text)] == list(range(1, 15))
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text)
    assert len(named) > 14
    for file, test in named:
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        assert not test or test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, test


def test_links_between_the_documents_lead_somewhere() -> None:
    for path in ("SECURITY.md", *DOCUMENTS):
        for link in re.findall(r"\]\(([^)#]+)\)", (ROOT / path).read_text("utf-8")):
            assert (ROOT / path).parent.joinpath(link).exists(), link
