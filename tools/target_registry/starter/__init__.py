"""What a new registry starts with: an empty plan, the schemas, and the files of editors and forges.

Editors' and forges' files are this project's own, so that they can't differ; only how the tool is
installed does: here it is built from the repository, elsewhere it is a package of this version. What
the documents say of other forges is left out.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

from target_registry import __version__, escape, fields
from target_registry.documents.writer import emit
from target_registry.patterns import lazy
from target_registry.sources.pending import PENDING

_HERE = Path(__file__).parent
_PACKAGED = _HERE / "files"
# An installed package carries the files; a checkout has them at its top.
_FOLDER = _PACKAGED if _PACKAGED.is_dir() else _HERE.parents[2]

EDITOR = (".vscode/extensions.json", ".vscode/settings.json", ".vscode/targets.code-snippets")
_FORM = (
    ".github/ISSUE_TEMPLATE/adjustment.yml",
    ".github/ISSUE_TEMPLATE/config.yml",
    ".github/pull_request_template.md",
)


class Forge(NamedTuple):
    """What a forge reads: who approves, the check, and other files, each at the path it has here too.

    ``heading`` is the chapter of docs/approval.md that is about this forge alone, where it has one.
    """

    owners: str
    workflow: str
    others: tuple[str, ...]
    heading: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        """All of its files."""
        return (self.owners, self.workflow, *self.others)


FORGES = {
    "github": Forge(
        ".github/CODEOWNERS",
        ".github/workflows/check.yml",
        (
            ".github/workflows/comment.yml",
            ".github/rulesets/approved-tags.json",
            ".github/rulesets/main.json",
            *_FORM,
        ),
    ),
    # Gitea takes its forms from GitHub's folder.
    "gitea": Forge(".gitea/CODEOWNERS", ".gitea/workflows/check.yml", _FORM, "## Gitea"),
    "gitlab": Forge(
        ".gitlab/CODEOWNERS",
        ".gitlab-ci.yml",
        (".gitlab/issue_templates/申请目标调整.md", ".gitlab/merge_request_templates/Default.md"),
        "## GitLab",
    ),
}
DOCUMENTS = ("docs/approval.md", "docs/approval.zh-CN.md")
"""What the files of every forge refer to."""
VERSIONS = "constraints.txt"

_INSTALL = lazy(
    r"^(?P<start> *(?P<pip>\S+ -m pip install --constraint \S+)) hatchling\n *(?P=pip) --no-build-isolation \S+$",
    re.MULTILINE,
)
_WHY_BUILT = lazy(r" *# (?:The tool\. )?Without isolation, because [^\n]*\n")
_BUILDING = lazy(r"\n# What only building and testing .*", re.DOTALL)
_LINK = lazy(r"\[(`[^`\]]+`)\]\(\.\./([^)]+)\)")
_APPROVAL = lazy(r"\n## (?:Turn approval on|怎样启用审批)\n.*", re.DOTALL)
_EXAMPLE_YEAR = "2018"


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
    path = f"targets/{wish.year}/plan.yaml"
    return {
        **{f"schema/{name}.schema.json": fields.schema_text(name) for name in fields.SCHEMAS},
        **{path: _own(path).encode() for path in EDITOR},
        **(_of_forge(FORGES[wish.forge], wish.year) if wish.forge else {}),
        "README.md": _readme(wish).encode(),
        ".gitattributes": b"* text=auto eol=lf\n",
        ".gitignore": f"/{PENDING}/\n.venv/\n~$*\n.~lock.*\n".encode(),
        path: emit(plan(wish), "plan", path),
    }


def plan(wish: Wish) -> dict[str, Any]:
    """What the plan of a new registry holds."""
    return {
        "title": wish.title,
        "department": wish.department,
        "year": wish.year,
        "language": wish.language,
        "weight_rules": {"total": wish.total},
        "key_works": [{"id": identity, "title": title} for identity, title in wish.key_works],
    }


def _own(path: str) -> str:
    return (_FOLDER / path).read_text(encoding="utf-8")


def _of_forge(forge: Forge, year: int) -> dict[str, bytes]:
    paths = (*forge.files, VERSIONS, *DOCUMENTS)
    found = {path: _own(path) for path in paths}
    found[VERSIONS] = _BUILDING.sub("", found[VERSIONS])
    for path in forge.files:
        found[path] = _WHY_BUILT.sub(
            "", _INSTALL.sub(rf"\g<start> 'target-registry[fast]=={__version__}'", found[path])
        )
    for path in DOCUMENTS:
        found[path] = _about(forge, found[path], paths).replace(_EXAMPLE_YEAR, str(year))
    return {path: text.encode() for path, text in found.items()}


def _about(forge: Forge, text: str, there: tuple[str, ...]) -> str:
    """A document without the chapters of other forges, and without links to files of theirs."""
    for other in FORGES.values():
        if other.heading and other != forge:
            text = re.sub(rf"\n{other.heading}\n.*?(?=\n## |\Z)", "", text, flags=re.DOTALL)
    return _LINK.sub(lambda match: match[0] if match[2] in there else match[1], text)


def _readme(wish: Wish) -> str:
    text = (_HERE / f"README.{wish.language}.md").read_text(encoding="utf-8")
    forge = FORGES[wish.forge] if wish.forge else None
    return (text if forge else _APPROVAL.sub("", text)).format(
        title=escape.markdown(wish.title),
        department=escape.markdown(wish.department),
        year=wish.year,
        next=wish.year + 1,
        version=__version__,
        owners=forge and forge.owners,
        workflow=forge and forge.workflow,
    )
