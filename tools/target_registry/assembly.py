"""Which file of a plan is what, by its name, and what its data makes: key works, waivers, adjustment records."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Any

from target_registry import escape
from target_registry.model import (
    IDENTIFIER,
    LONGEST_NAME,
    Adjustment,
    Asked,
    Finding,
    KeyWork,
    Level,
    Message,
    Waiver,
    Where,
)
from target_registry.patterns import lazy

PLAN_FILE = "plan.yaml"
ADJUSTMENTS = "adjustments"
"""The folder, in a plan's, of the records that explain its changes; below it one folder a severity."""
YAML = (".yaml", ".yml")
WATCHED = ("/",)
"""All of the repository: a path tells whether it matters, and a pathspec can't without regard to case."""
_POLICY = (
    ".github",
    ".gitea",
    ".forgejo",
    ".gitlab",
    ".gitlab-ci.yml",
    "codeowners",
    "docs/codeowners",
    "action.yml",
    "action.yaml",
    "constraints.txt",
    "pyproject.toml",
    "tools",
)
"""What decides how a change is judged and by whom, at the repository's top."""
_POLICY_ANYWHERE = (".gitattributes", ".gitmodules")
TOOLS = "tools/"
"""The tool's own code, whose change is told as one."""


_SEGMENT = lazy(rf"""(?=.{{1,{LONGEST_NAME}}}\Z)[^./\\:*?"<>|\s][^/\\:*?"<>|]*\Z""", re.DOTALL)
_DEVICES = lazy(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE)
_DEPTH = 8


def may_be_written(path: str) -> bool:
    """Whether a path is one at which a command may write or delete: a YAML file below ``targets/``.

    No segment may lead upward, be hidden, or be a name that some system takes for something else.
    """
    first, *below = path.split("/")
    return (
        first == "targets"
        and 1 < len(below) + 1 <= _DEPTH
        and path.endswith(YAML)
        and escape.visible(path) == path
        and all(_SEGMENT.match(part) and not part.endswith((".", " ")) and not _DEVICES.match(part) for part in below)
    )


def is_policy(path: str, prefix: str) -> bool:
    """Whether a file decides how a change is judged and by whom, beside the plans.

    On file systems without regard to case ``.GitHub`` is ``.github``, so it counts as that here.

    Args:
        path: of the registry, or with ``/`` before it of the repository's top.
        prefix: the way from there to the registry.
    """
    folded = path.casefold()
    if path.startswith("targets/"):  # also where the registry itself lies in such a folder
        return folded.rpartition("/")[2] in _POLICY_ANYWHERE
    whole = folded[1:] if path.startswith("/") else prefix.casefold() + folded
    return (
        folded.rpartition("/")[2] in _POLICY_ANYWHERE
        or folded.startswith("schema/")
        or folded == "schema"
        or any(whole == name or whole.startswith(name + "/") for name in _POLICY)
    )


def may_be_target(name: str) -> bool:
    """Whether a file in a plan's folder is meant to be a target, whatever its ending."""
    lower = name.lower()
    return (
        lower.endswith(YAML)
        or re.match(r"[0-9]+[-_ ][^.]*(?:\.ya?ml)?(?:\.(?:txt|json|yam|ymal|bak)|~)?\Z", lower) is not None
    )


def place(path: str) -> tuple[str, tuple[str, ...] | None]:
    """Of a file below ``targets/`` the folder that would be its plan's, and its way in that plan's adjustments.

    A plan's folder ends before the first folder named ``adjustments``; what lies in there is never a
    plan or a target. The way is None for what lies elsewhere.
    """
    steps = path.split("/")
    if ADJUSTMENTS in steps[2:-1]:
        at = steps.index(ADJUSTMENTS, 2)
        return "/".join(steps[:at]), tuple(steps[at + 1 :])
    return posixpath.dirname(path), None


def record_place(path: str) -> tuple[str, str] | None:
    """The folder and the name of an adjustment record, as its path has them; None where it is no record's path.

    The forge asks for approval by folder, so a record lies in no deeper one.
    """
    _, way = place(path)
    if way is None or len(way) != 2 or not way[1].lower().endswith(YAML) or way[1] == PLAN_FILE:
        return None
    return way[0], way[1]


def unreadable(path: str, reason: Message) -> Finding:
    """A file of the registry that can't be read, at its top; the reason is what is to be said of it."""
    return Finding(
        "unreadable-file",
        Level.ERROR,
        Where(path),
        Message("the file {reason}", reason=reason),
        Message("put the file itself here, as a plain file that may be read"),
        1,
        1,
    )


ODD = (
    Message("no file can have this path: a step of it is empty, a dot, two dots or .git"),
    Message("delete it; a tree like this is made by hand, so look at what else came with it"),
)
"""What is said of an odd path: Git can store it, and whoever wrote there would end up elsewhere."""


def is_odd(path: str) -> bool:
    """Whether a path from Git is none that a folder could hold, or leads out of the one it names."""
    return any(step in ("", ".", "..") or step.lower() == ".git" for step in path.removeprefix("/").split("/"))


def adjustment(plan: str, path: str, data: Mapping[str, Any], *, readable: bool, blob: str = "") -> Adjustment:
    """An adjustment record from what its file says.

    Args:
        plan: its plan's id.
        path: where it stands.
        data: its keys and values, as far as they are sound.
        readable: whether all of it is sound.
        blob: tells its bytes from others'.
    """
    folder, name = record_place(path) or ("", posixpath.basename(path))
    changes = data.get("changes")
    listed = enumerate(changes, start=1) if isinstance(changes, list) else ()
    asked = [(position, item) for position, item in listed if isinstance(item, dict)]
    named = all(isinstance(item.get(key, ""), str) for _, item in asked for key in ("target", "field"))
    return Adjustment(
        plan,
        path,
        folder,
        name,
        {key: value for key, value in data.items() if isinstance(value, str)},
        tuple(
            Asked(item.get("target"), item.get("field"), item.get("from"), item.get("to"), position)
            for position, item in asked
        )
        if named
        else (),
        readable and named,
        blob,
    )


def key_works(value: Any) -> tuple[KeyWork, ...]:
    """The key works that can be told apart, even where a sibling is broken."""
    if not isinstance(value, list):
        return ()
    found = [
        KeyWork(item["id"], str(item.get("title", "")), position)
        for position, item in enumerate(value, start=1)
        if isinstance(item, dict) and isinstance(item.get("id"), str)
    ]
    return tuple(found)


def waivers(value: Any) -> tuple[Waiver, ...]:
    """The waivers that can be understood, even where a sibling is broken."""
    if not isinstance(value, list):
        return ()
    return tuple(
        Waiver(item["rule"], item["target"], item["reason"], position)
        for position, item in enumerate(value, start=1)
        if isinstance(item, dict)
        and isinstance(item.get("reason"), str)
        and all(isinstance(item.get(key), str) and IDENTIFIER.match(item[key]) for key in ("rule", "target"))
    )
