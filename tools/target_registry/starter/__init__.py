"""What a new registry starts with: an empty plan, the schemas, and the files of editors and forges.

Editors' and forges' files are this project's own, so that they can't differ; only how the tool is
installed does: here it is built from the repository, elsewhere it is a package of this version.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

from target_registry import __version__, fields
from target_registry.documents.writer import emit

_HERE = Path(__file__).parent
_PACKAGED = _HERE / "files"
# An installed package carries the files; a checkout has them at its top.
_FOLDER = _PACKAGED if _PACKAGED.is_dir() else _HERE.parents[2]

EDITOR = (".vscode/extensions.json", ".vscode/settings.json", ".vscode/targets.code-snippets")
FORGES = {
    "github": (
        ".github/CODEOWNERS",
        ".github/ISSUE_TEMPLATE/adjustment.yml",
        ".github/ISSUE_TEMPLATE/config.yml",
        ".github/pull_request_template.md",
        ".github/rulesets/approved-tags.json",
        ".github/rulesets/main.json",
        ".github/workflows/check.yml",
        ".github/workflows/comment.yml",
    ),
    "gitea": (".gitea/CODEOWNERS", ".gitea/workflows/check.yml"),
    "gitlab": (
        ".gitlab-ci.yml",
        ".gitlab/CODEOWNERS",
        ".gitlab/issue_templates/申请目标调整.md",
        ".gitlab/merge_request_templates/Default.md",
    ),
}
"""The files of each forge, with the same paths as here."""
SHARED = ("constraints.txt",)
"""What the workflows of every forge install by."""

_INSTALL = re.compile(
    r"^(?P<start> *(?P<pip>\S+ -m pip install --constraint \S+)) hatchling\n *(?P=pip) --no-build-isolation \S+$",
    re.MULTILINE,
)
_WHY_BUILT = re.compile(r"^ *# (?:The tool\. )?Without isolation, because [^\n]*\n", re.MULTILINE)


class Wish(NamedTuple):
    """What a new registry is to be.

    ``key_works`` are pairs of id and title; ``forge`` is one of :data:`FORGES`, or empty for none.
    """

    department: str
    year: int
    title: str
    language: str
    total: Any
    key_works: tuple[tuple[str, str], ...]
    forge: str


def files(wish: Wish) -> dict[str, bytes]:
    """The files of a new registry, by path; the plan comes last, since it makes a folder a registry."""
    found = {f"schema/{name}.schema.json": fields.schema_text(name) for name in fields.SCHEMAS}
    found |= {path: _own(path) for path in EDITOR}
    if wish.forge:
        found |= {path: _elsewhere(_own(path)) for path in (*SHARED, *FORGES[wish.forge])}
    readme = (_HERE / f"README.{wish.language}.md").read_text(encoding="utf-8")
    found["README.md"] = readme.format(title=wish.title, department=wish.department, year=wish.year).encode()
    found[".gitattributes"] = b"* text=auto eol=lf\n"
    found[".gitignore"] = b"/.targets-pending/\n.venv/\n"
    path = f"targets/{wish.year}/plan.yaml"
    plan = {
        "title": wish.title,
        "department": wish.department,
        "year": wish.year,
        "language": wish.language,
        "weight_rules": {"total": wish.total},
        "key_works": [{"id": identity, "title": title} for identity, title in wish.key_works],
    }
    return {**found, path: emit(plan, "plan", path)}


def _own(path: str) -> bytes:
    return (_FOLDER / path).read_bytes()


def _elsewhere(raw: bytes) -> bytes:
    """A workflow that installs the tool as a package instead of building it from the repository."""
    text = raw.decode("utf-8")
    text = _INSTALL.sub(rf"\g<start> 'target-registry[fast]=={__version__}'", text)
    return _WHY_BUILT.sub("", text).encode("utf-8")
