"""Keep the documents' output real: ``python tools/upkeep/readme.py [--check]``.

In a document, a comment before a fenced block says what made the block:

    <!-- run: zh targets weights --width 80 | 12 -->    the command's output, its first 12 lines
    <!-- file: tests/cases/… | 12 -->                   a file, its first 12 lines
    <!-- rules: zh -->                                  the table of all rules
    <!-- approvals: zh -->                              the table of what a check against a base finds
    <!-- changes: zh -->                                the table of all codes of changes
    <!-- limits: zh -->                                 the table of all limits; in Chinese, what is said of each is kept

With ``--check`` nothing is written; what differs is named.
"""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from target_registry import codes, guards, limits, rules
from target_registry.language import Speech
from target_registry.manual import Manual
from target_registry.model import Level
from target_registry.reports.text import LEVELS

ROOT = Path(__file__).parents[2]
# The form as it was filed: a change of a live target leaves the documents as they are.
REGISTRY = ROOT / "tests" / "registry"
DOCUMENTS = (
    "README.md",
    "README.zh-CN.md",
    "docs/approval.md",
    "docs/approval.zh-CN.md",
    "docs/security.md",
    "docs/security.zh-CN.md",
)
_RUN = re.compile(r"(<!-- run: (zh|en) ([^|>]+?)(?: \| (\d+))? -->\n```console\n).*?(\n```\n)", re.DOTALL)
_FILE = re.compile(r"(<!-- file: ([^|>]+?)(?: \| (\d+))? -->\n```text\n).*?(```\n)", re.DOTALL)
_LIMITS = re.compile(r"(<!-- limits: (zh|en) -->\n)(.*?)(<!-- end -->\n)", re.DOTALL)
_LIMIT = re.compile(r"^\| `([A-Z_]+)` \| [^|]* \| (.*) \|$", re.MULTILINE)
_TABLE = re.compile(r"(<!-- (rules|approvals|changes): (zh|en) -->\n).*?(\n<!-- end -->\n)", re.DOTALL)


def output(language: str, command: str, lines: int | None) -> str:
    """What a person sees who types the command, cut after some lines."""
    words = shlex.split(command)
    if words[0] == "targets":
        words = [sys.executable, "-m", "target_registry", *words[1:]]
    environment = {**os.environ, "TARGETS_LANG": language, "PYTHONPATH": str(ROOT / "tools"), "NO_COLOR": "1"}
    done = subprocess.run(words, cwd=REGISTRY, env=environment, capture_output=True, text=True, check=False)
    shown = (done.stdout + done.stderr).rstrip("\n").split("\n")
    if lines is not None and len(shown) > lines:
        shown = [*shown[:lines], "…"]
    return "\n".join([f"$ {command}", *(line.rstrip() for line in shown)])


def quoted(path: str, lines: int | None) -> str:
    """A file, cut after some lines."""
    found = (ROOT / path).read_text(encoding="utf-8").splitlines()
    if lines is not None and len(found) > lines:
        found = [*found[:lines], "…"]
    return "".join(f"{line}\n" for line in found)


def table(kind: str, language: str) -> str:
    """Every code of a kind with what it means."""
    say = Speech(language)
    if kind == "changes":
        rows = [("code", "mirror", "what has changed") if language == "en" else ("代码", "反向改动", "变更内容")]
        rows += [
            (f"`{code}`", f"`{guards.GUARDS[code].MIRROR}`", say(manual.what))
            for code, manual in codes.of_changes().items()
        ]
    else:
        rows = [("code", "level", "what is wrong") if language == "en" else ("代码", "级别", "检查内容")]
        known: dict[str, tuple[Level, Manual]] = dict(codes.of_approvals())
        if kind == "rules":
            known = {code: entry for code, entry in rules.manuals().items() if code in rules.ALL}
        rows += [(f"`{code}`", say.tell(LEVELS[level]), say(manual.what)) for code, (level, manual) in known.items()]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---|---|---|", *lines[1:]])


def said_of_limits() -> dict[str, str]:
    """Every limit by its name, with what stands below it in ``limits.py``."""
    body = ast.parse(Path(limits.__file__).read_text(encoding="utf-8")).body
    said = {}
    for statement, below in zip(body, [*body[1:], None], strict=True):
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            told = below.value if isinstance(below, ast.Expr) else None
            text = told.value if isinstance(told, ast.Constant) else ""
            said[statement.targets[0].id] = str(text).rstrip(".").replace("``", "`")
    return said


def figure(name: str) -> str:
    """A limit as people write it."""
    number: int = getattr(limits, name)
    if name.endswith(("_BYTES", "_UNPACKED", "_MEMORY")):
        return f"{number // 1024**2} MiB" if number % 1024**2 == 0 else f"{number // 1024} KiB"
    return f"{number:,}"


def limits_table(language: str, before: str) -> str:
    """The table of all limits; in Chinese, what was said of each before."""
    said = said_of_limits()
    known = said if language == "en" else dict(_LIMIT.findall(before))
    lines = ["| limit | figure | of what |" if language == "en" else "| 限额 | 数值 | 含义 |", "|---|---|---|"]
    lines += [f"| `{name}` | {figure(name)} | {known.get(name, '?')} |" for name in said]
    return "\n".join(lines)


def made(text: str) -> str:
    """A document with its generated parts made anew."""
    text = _RUN.sub(
        lambda m: m[1] + output(m[2], m[3], int(m[4]) if m[4] else None) + m[5],
        text,
    )
    text = _FILE.sub(lambda m: m[1] + quoted(m[2], int(m[3]) if m[3] else None) + m[4], text)
    text = _LIMITS.sub(lambda m: m[1] + "\n" + limits_table(m[2], m[3]) + "\n\n" + m[4], text)
    return _TABLE.sub(lambda m: m[1] + "\n" + table(m[2], m[3]) + "\n" + m[4], text)


def main() -> int:
    """Write the documents, or name those that are out of step."""
    stale = []
    for name in DOCUMENTS:
        path = ROOT / name
        if not path.exists():
            continue
        text = path.read_text(encoding="utf-8")
        new = made(text)
        if new != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(new, encoding="utf-8")
    if "--check" in sys.argv:
        for name in stale:
            print(f"{name} is out of step with what the commands print: run make docs")
        return int(bool(stale))
    return 0


if __name__ == "__main__":
    sys.exit(main())
