"""What became of a target: every line of ``history`` and ``blame`` against what the commits themselves hold.

The oracle knows nothing of the code under test: it reads each commit whole, walks the graph with sets of
ancestors, and compares plain values.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from target_registry.sources.log import decode, parse
from tests.conftest import Run
from tests.test_sources import git

SLUG = "retail-sales"
PLAN = """\
title: 2018年度填报表
department: 省商务厅
year: {year}
language: zh
weight_rules:
  total: 90
key_works:
  - id: consumption
    title: 扩大消费
"""


class Held(NamedTuple):
    """The target as one commit has it."""

    folder: str
    number: int
    values: Mapping[str, Any]
    raw: str


class World:
    """Commits with their parents, and the target in each: the oracle."""

    def __init__(self, parents: Mapping[str, Sequence[str]], states: Mapping[str, Held | None], head: str) -> None:
        self.states = states
        self.head = head
        self.ancestors: dict[str, set[str]] = {}
        self.parents = parents

        def walk(commit: str) -> set[str]:
            if commit not in self.ancestors:
                self.ancestors[commit] = {commit}.union(*(walk(parent) for parent in parents[commit]))
            return self.ancestors[commit]

        walk(head)
        self.commits = self.ancestors[head]

    def bases(self, one: str, other: str) -> set[str]:
        common = self.ancestors[one] & self.ancestors[other]
        return {c for c in common if not any(c in self.ancestors[d] for d in common - {c})}

    def merge(self, commit: str) -> str | None:
        line = [self.head]
        while self.parents[line[-1]]:
            line.append(self.parents[line[-1]][0])
        if commit in line:
            return None
        return next(m for m in reversed(line) if commit in self.ancestors[m])

    def events(self) -> dict[str, set[tuple[Any, ...]]]:
        """By commit: (parent, field, before, after)."""
        found = {}
        for commit in self.commits:
            parents = self.parents[commit]
            new = self.states[commit]
            if not parents:
                changed = {(None, *change) for change in differences(None, new)}
            elif len(parents) == 1:
                changed = {(parents[0], *change) for change in differences(self.states[parents[0]], new)}
            else:
                changed = {
                    (parent, *change)
                    for parent in parents
                    for change in differences(self.states[parent], new)
                    if self.is_own(commit, parent, change[0])
                }
            if changed:
                found[commit] = changed
        return found

    def is_own(self, commit: str, parent: str, field: str | None) -> bool:
        """Whether a merge made this difference: no parent gave it, or the giver knew nothing of this one's change."""
        new, own = self.states[commit], self.states[parent]
        others = [other for other in self.parents[commit] if other != parent]
        givers = [other for other in others if value(self.states[other], field) == value(new, field)]
        if field == "layout" and not givers:
            return all(said(self.states[other]) == said(new) for other in others)
        for giver in givers:
            bases = [self.states[base] for base in self.bases(parent, giver)] or [None]
            if field is None:
                if any(values(base) == values(own) for base in bases):
                    return False
            elif any(base is not None and value(base, field) == value(own, field) for base in bases):
                return False
        return True

    def blame(self) -> dict[str, str]:
        present = self.states[self.head]
        assert present is not None
        found = {}
        fields = ["number", "file", *(f for f, v in flat(present).items())]
        for field in fields:
            at = self.head
            while True:
                same = [p for p in self.parents[at] if value(self.states[p], field) == value(present, field)]
                if not same:
                    break
                at = same[0]
            found[field] = at
        return found


def flat(held: Held) -> dict[str, Any]:
    found = {}
    for key, item in held.values.items():
        if isinstance(item, dict):
            found |= {f"{key}.{inner}": leaf for inner, leaf in item.items()}
        else:
            found[key] = item
    return found


def value(held: Held | None, field: str | None) -> Any:
    """A value that can be compared; what isn't there is unlike all that is."""
    if field is None or held is None:
        return held is not None if field is None else "nothing here"
    if field == "file":
        return f"targets/{held.folder}/{held.number:02}-{SLUG}.yaml"
    if field in ("number", "path", "layout"):
        return {"number": held.number, "path": held.folder, "layout": held.raw}[field]
    return json.dumps({**held.values, **flat(held)}.get(field))


def said(held: Held | None) -> Any:
    return held and held.values


def values(held: Held | None) -> Any:
    return held and (held.values, held.number)


def differences(one: Held | None, other: Held | None) -> set[tuple[Any, ...]]:
    """(field, before, after), values as JSON."""
    if one is None or other is None:
        return set() if one is other else {(None, text(one and one.values), text(other and other.values))}
    found = set()
    if one.number != other.number:
        found.add(("number", text(one.number), text(other.number)))
    if one.folder != other.folder:
        paths = (value(one, "file"), value(other, "file"))
        found.add(("path", text(paths[0]), text(paths[1])))
    changed = False
    for key in {*one.values, *other.values}:
        before, after = one.values.get(key), other.values.get(key)
        if before == after:
            continue
        changed = True
        if isinstance(before, dict) and isinstance(after, dict):
            found |= {
                (f"{key}.{leaf}", text(before.get(leaf)), text(after.get(leaf)))
                for leaf in {*before, *after}
                if before.get(leaf) != after.get(leaf)
            }
        else:
            found.add((key, text(before), text(after)))
    if not changed and one.raw != other.raw:
        found.add(("layout", text(None), text(None)))
    return found


def text(item: Any) -> str:
    return json.dumps(item, sort_keys=True, ensure_ascii=False)


def told(history: Sequence[Mapping[str, Any]]) -> dict[str, set[tuple[Any, ...]]]:
    """What ``history --format json`` says, in the oracle's shape."""
    return {
        event["commit"]: {
            (change["parent"], change["field"], text(change["before"]), text(change["after"]))
            for change in event["changes"]
        }
        for event in history
    }


def prove(world: World, root: Path, run: Run, *options: str) -> list[dict[str, Any]]:
    """Hold every line of both commands against the oracle; the history is given back."""
    outcome = run("-C", str(root), "history", SLUG, "--format", "json", *options)
    assert outcome.code == 0, outcome.err
    found: list[dict[str, Any]] = json.loads(outcome.out)
    assert told(found) == world.events()
    order = [event["commit"] for event in found]
    assert len(set(order)) == len(order)
    for one, other in itertools.combinations(order, 2):
        assert one not in world.ancestors[other], "a parent stands above its child"
    for event in found:
        assert event["parents"] == list(world.parents[event["commit"]])
        assert (event["merge"] or {}).get("commit") == world.merge(event["commit"])
    if world.states[world.head] is not None:
        outcome = run("-C", str(root), "blame", SLUG, "--format", "json", *options)
        assert outcome.code == 0, outcome.err
        blamed = json.loads(outcome.out)
        assert {row["field"]: row["commit"] for row in blamed} == world.blame()
        for row in blamed:
            shown = row["value"] if row["field"] in ("file", "number") else text(row["value"])
            wanted = value(world.states[world.head], row["field"])
            assert shown == (wanted if row["field"] in ("file", "number") else text(json.loads(wanted)))
            assert (row["merge"] or {}).get("commit") == world.merge(row["commit"])
    return found


# Histories made at random.


class Made(NamedTuple):
    """A commit of a random history: what it holds beside the target tells that nothing else is mixed in."""

    parents: tuple[int, ...]
    held: Held | None
    folder: str
    other: int


def random_history(seed: int, size: int) -> list[Made]:
    """Branches, merges honest and not, renumberings, removals, moved plans, unrelated roots."""
    dice = random.Random(seed)  # noqa: S311  a test's
    made: list[Made] = []
    tips: list[int] = []
    for index in range(size):
        roll = dice.random()
        if not made or roll < 0.02:
            parents: tuple[int, ...] = ()
            before = Made((), None, "2018", 0)
        elif roll < 0.3 and len(tips) > 1:
            count = min(len(tips), 3 if dice.random() < 0.2 else 2)
            parents = tuple(dice.sample(tips, count))
            before = joined([made[parent] for parent in parents], dice)
        else:
            parents = (dice.choice(tips) if dice.random() < 0.8 else dice.randrange(len(made)),)
            before = made[parents[0]]
        after = before
        for _ in range(dice.choice((0, 1, 1, 2)) if len(parents) != 1 or dice.random() < 0.3 else 1):
            after = changed(after, dice)
        made.append(after._replace(parents=parents))
        tips = [tip for tip in tips if tip not in parents or dice.random() < 0.2] + [index]
    rest = [tip for tip in tips if tip != size - 1]
    if rest:
        made.append(joined([made[size - 1], *(made[tip] for tip in rest)], dice)._replace(parents=(size - 1, *rest)))
    return made


def joined(sides: Sequence[Made], dice: random.Random) -> Made:
    """A merge's content: one side whole, or a field from each."""
    taken = dice.choice(sides)
    helds = [side.held for side in sides if side.held is not None]
    if taken.held is None or dice.random() < 0.5:
        return taken
    keys = dict.fromkeys(key for held in helds for key in held.values)
    picked = {key: dice.choice(helds).values.get(key) for key in keys}
    held = held_of(
        taken.folder,
        dice.choice(helds).number,
        {key: item for key, item in picked.items() if item is not None},
        dice.randrange(2),
    )
    return taken._replace(held=held)


def changed(made: Made, dice: random.Random) -> Made:
    held = made.held
    roll = dice.random()
    if held is None:
        if roll < 0.6:
            return made._replace(held=held_of(made.folder, dice.choice((1, 2)), {"target": "零售增长9%", "weight": 4}, 0))
        return made._replace(other=made.other + 1)
    data: dict[str, Any] = dict(held.values)
    style = held.raw.count("#")
    number = held.number
    if roll < 0.08:
        return made._replace(held=None)
    if roll < 0.2:
        return made._replace(other=made.other + 1)
    if roll < 0.28:
        style = 1 - min(style, 1)
    elif roll < 0.38:
        number = dice.choice((1, 2, 30))
    elif roll < 0.43:
        folder = "2018/commerce" if made.folder == "2018" else "2018"
        return made._replace(folder=folder, held=held_of(folder, number, data, style))
    elif roll < 0.65:
        data["weight"] = dice.choice((3, 4, 5))
    elif roll < 0.75:
        data["remarks"] = dice.choice(("甲", "乙", "丙"))
    elif roll < 0.8:
        data.pop("remarks", None)
    elif roll < 0.85:
        data.pop("measure", None)
    else:
        measure = dict(data.get("measure", {"aim": "about", "full_year": 9}))
        measure[dice.choice(("full_year", "half_year"))] = dice.choice((8, 9))
        data["measure"] = measure
    return made._replace(held=held_of(made.folder, number, data, style))


def held_of(folder: str, number: int, said: Mapping[str, Any], style: int) -> Held:
    raw = yaml.safe_dump(dict(said), allow_unicode=True, sort_keys=True)
    return Held(folder, number, dict(said), raw + "# 说明\n" * style)


def imported(made: Sequence[Made], root: Path) -> World:
    """The history as a repository, through ``git fast-import``."""
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    stream: list[str] = []
    for index, commit in enumerate(made):
        files = {
            f"targets/{commit.folder}/plan.yaml": PLAN.format(year=2018),
            "targets/2019/plan.yaml": PLAN.format(year=2019),
            f"targets/2019/01-{SLUG}.yaml": f"target: 明年\nweight: {commit.other}\n",
            f"targets/{commit.folder}/03-other.yaml": f"target: 另一项\nweight: {commit.other}\n",
        }
        if commit.held is not None:
            files[str(value(commit.held, "file"))] = commit.held.raw
        lines = ["commit refs/heads/main", f"mark :{index + 1}"]
        lines += [f"author 作者{index} <a{index}@example.org> {1525300000 + index * 60} +0800"]
        # Clocks that go astray: the order of commits is the graph's.
        lines += [f"committer 提交者 <c@example.org> {1525300000 + index * 60 * (-1 if index % 7 == 3 else 1)} +0800"]
        lines += [blob(f"第{index}次\n").rstrip("\n")]
        for word, parent in zip(("from", *["merge"] * 99), commit.parents, strict=False):
            lines.append(f"{word} :{parent + 1}")
        if not commit.parents:
            lines[0] = f"reset refs/heads/main\n\n{lines[0]}"
        lines.append("deleteall")
        for path, content in files.items():
            lines += [f"M 100644 inline {path}", blob(content)]
        stream.append("\n".join(lines) + "\n")
    git_in(root, "".join(stream).encode(), "fast-import", "--quiet", "--force", "--export-marks=marks")
    marks = dict(line.split() for line in (root / "marks").read_text().splitlines())
    ids = [marks[f":{index + 1}"] for index in range(len(made))]
    parents = {ids[index]: [ids[parent] for parent in commit.parents] for index, commit in enumerate(made)}
    git(root, "reset", "--quiet", "--hard", ids[-1])
    return World(parents, {ids[index]: commit.held for index, commit in enumerate(made)}, ids[-1])


def blob(content: str) -> str:
    return f"data {len(content.encode())}\n{content}"


def git_in(folder: Path, given: bytes, *arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=folder, input=given, capture_output=True, check=True).stdout


@pytest.mark.parametrize("seed", range(int(os.environ.get("HISTORIES", "14"))))
def test_every_line_is_true_of_a_random_history(seed: int, tmp_path: Path, run: Run) -> None:
    made = random_history(seed, 14 + seed)
    world = imported(made, tmp_path / "r")
    if not any(world.states[commit] for commit in world.commits):
        return
    prove(world, tmp_path / "r", run, "--plan", made[-1].folder)
