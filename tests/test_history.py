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
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from target_registry import limits
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
        """Common ancestors that are no ancestors of another one."""
        common = self.ancestors[one] & self.ancestors[other]
        return {c for c in common if not any(c in self.ancestors[d] for d in common - {c})}

    def merge(self, commit: str) -> str | None:
        """The oldest commit of the line of first parents that leads to a commit beside it."""
        line = [self.head]
        while self.parents[line[-1]]:
            line.append(self.parents[line[-1]][0])
        if commit in line:
            return None
        return next(m for m in reversed(line) if commit in self.ancestors[m])

    def events(self) -> dict[str, set[tuple[Any, ...]]]:
        """By commit: (parent, field, before, after)."""
        found: dict[str, set[tuple[Any, ...]]] = {}
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
        """By field: the commit whose parents don't have its value."""
        present = self.states[self.head]
        assert present is not None
        found: dict[str, str] = {}
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
    found: dict[str, Any] = {}
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
    found: set[tuple[Any, ...]] = set()
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
            return made._replace(
                held=held_of(made.folder, dice.choice((1, 2)), {"target": "零售增长9%", "weight": 4}, 0)
            )
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


@pytest.mark.parametrize("seed", range(int(os.environ.get("HISTORIES", "10"))))
def test_every_line_is_true_of_a_random_history(seed: int, tmp_path: Path, run: Run) -> None:
    made = random_history(seed, 14 + 4 * seed)
    world = imported(made, tmp_path / "r")
    if not any(world.states[commit] for commit in world.commits):
        return
    prove(world, tmp_path / "r", run, "--plan", made[-1].folder)


# A history told with git's own commands, every case that has a name.

ZH = Path("targets/2018")
APPROVED = PLAN.format(year=2018) + "status: approved\napproved_revision: approved-2018\n"
FILED = """\
key_work: consumption
target: 社会消费品零售总额增长9%左右
category: key_quantitative
deadline_month: 12
half_year_target: 8.5%左右
weight: 4
remarks: 2017年同比增长10.6%
measure:
  indicator: 社会消费品零售总额同比增速
  unit: "%"
  aim: about
  full_year: 9
  half_year: 8.5
"""


class Script:
    """A repository that is written commit by commit, each a day later than the one before."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.named: dict[str, str] = {}
        self._day = 0
        root.mkdir()
        git(root, "init", "--quiet", "--initial-branch=main")

    def git(
        self, *arguments: str, who: str = "张三", by: str | None = None, zone: str = "+0800", fails: bool = False
    ) -> str:
        """Run Git as somebody, a day later than the last time."""
        self._day += 1
        moment = f"2018-{3 + self._day // 28:02}-{1 + self._day % 28:02}T23:30:00{zone}"
        names = {"AUTHOR": who, "COMMITTER": by or who}
        environment = {f"GIT_{key}_NAME": name for key, name in names.items()}
        environment |= {f"GIT_{key}_EMAIL": "z@example.org" for key in names}
        environment |= {f"GIT_{key}_DATE": moment for key in names}
        settings = ("-c", "commit.gpgsign=false", "-c", "merge.conflictStyle=merge", "-c", "gc.auto=0")
        done = subprocess.run(
            ["git", *settings, *arguments], cwd=self.root, capture_output=True, text=True, check=not fails,
            env={**os.environ, **environment},
        )  # fmt: skip
        return done.stdout.strip()

    def write(self, path: str | Path, content: str) -> None:
        """Write a file."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(content, encoding="utf-8")

    def edit(self, path: str | Path, *pairs: str) -> None:
        """Replace texts of a file: old, new, old, new."""
        content = (self.root / path).read_text(encoding="utf-8")
        for old, new in zip(pairs[0::2], pairs[1::2], strict=True):
            assert old in content, old
            content = content.replace(old, new)
        self.write(path, content)

    def commit(self, name: str, message: str = "", **who: Any) -> str:
        """Commit all that was written, and name the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message or name, **who)
        return self.mark(name)

    def mark(self, name: str) -> str:
        """Name the commit that HEAD is."""
        self.named[name] = git(self.root, "rev-parse", "HEAD")
        return self.named[name]

    def world(self, department: str = "省商务厅") -> World:
        """What each commit holds, read whole by the plainest means."""
        parents = {}
        states = {}
        for line in git(self.root, "rev-list", "--parents", "HEAD").splitlines():
            commit, *rest = line.split()
            parents[commit] = rest
            states[commit] = self._held(commit, department)
        return World(parents, states, git(self.root, "rev-parse", "HEAD"))

    def _held(self, commit: str, department: str) -> Held | None:
        listed = git(self.root, "ls-tree", "-r", "--name-only", commit).splitlines()
        for plan in listed:
            folder, _, name = plan.rpartition("/")
            if name != "plan.yaml":
                continue
            said = yaml.safe_load(git(self.root, "show", f"{commit}:{plan}"))
            if (said["year"], said["department"]) != (2018, department):
                continue
            for path in listed:
                if (
                    path.startswith(f"{folder}/")
                    and path.endswith(f"-{SLUG}.yaml")
                    and path.count("/") == folder.count("/") + 1
                ):
                    raw = git(self.root, "show", f"{commit}:{path}")
                    number = int(path.rpartition("/")[2].split("-")[0])
                    return Held(folder.removeprefix("targets/"), number, yaml.safe_load(raw), raw)
        return None


@pytest.fixture
def script(tmp_path: Path) -> Script:
    made = Script(tmp_path / "registry")
    made.write(ZH / "plan.yaml", PLAN.format(year=2018))
    made.write("targets/2019/plan.yaml", PLAN.format(year=2019))
    made.write(ZH / f"01-{SLUG}.yaml", FILED)
    made.write(f"targets/2019/01-{SLUG}.yaml", FILED)
    made.write(ZH / "02-other.yaml", FILED.replace("零售", "网络零售"))
    made.commit("filed")
    return made


def events(script: Script, run: Run, *options: str) -> dict[str, dict[str, Any]]:
    """The history of the target by the commits' names; each line is proven on the way."""
    found = prove(script.world(), script.root, run, "--plan", options[0] if options else "2018")
    names = {commit: name for name, commit in script.named.items()}
    return {names[event["commit"]]: event for event in found}


def fields(event: Mapping[str, Any]) -> list[str | None]:
    return sorted(change["field"] or "" for change in event["changes"])


def test_every_named_case(script: Script, run: Run) -> None:  # noqa: PLR0915  one story, told in order
    path = ZH / f"01-{SLUG}.yaml"
    script.edit(path, "weight: 4", "weight: 5")
    script.commit("linear")
    # Other files, and another year's target of the same name, are none of its business.
    script.edit("targets/2019/01-retail-sales.yaml", "weight: 4", "weight: 2")
    script.edit(ZH / "02-other.yaml", "weight: 4", "weight: 3")
    script.commit("unrelated")
    # A branch, merged without fast-forward.
    script.git("checkout", "-q", "-b", "lower")
    script.edit(path, "8.5%左右", "8%左右", "half_year: 8.5", "half_year: 8")
    script.commit("lowered", "调低半年目标\n\nReviewed-by: 王芳 <w@example.org>")
    script.git("checkout", "-q", "main")
    script.edit(ZH / "02-other.yaml", "weight: 3", "weight: 4")
    script.commit("meanwhile")
    message = "Merge pull request #12 from someone/lower\n\n调低\n\nApproved-by: 赵六 <l@example.org>"
    script.git("merge", "-q", "--no-ff", "lower", "--message", message, who="李四")
    script.mark("merged")
    # A change and its revert on a branch: the merge brings nothing, the two commits are told.
    script.git("checkout", "-q", "-b", "there-and-back")
    script.edit(path, "weight: 5", "weight: 6")
    script.commit("there")
    script.git("revert", "--no-edit", "HEAD")
    script.mark("back")
    script.git("checkout", "-q", "main")
    script.git("merge", "-q", "--no-ff", "there-and-back", "--message", "Merge branch 'there-and-back'")
    script.mark("nothing")
    # Squashed, and fast-forwarded.
    script.git("checkout", "-q", "-b", "squashed")
    script.edit(path, "deadline_month: 12", "deadline_month: 11")
    script.commit("lost in the squash")
    script.git("checkout", "-q", "main")
    script.git("merge", "-q", "--squash", "squashed")
    script.commit("squash", "提前完成时限 (#13)", by="GitHub", zone="-0500")
    script.git("checkout", "-q", "-b", "forward")
    script.edit(path, "10.6%", "10.7%")
    script.commit("forwarded")
    script.git("checkout", "-q", "main")
    script.git("merge", "-q", "--ff-only", "forward")
    # Two branches change one value, and the merge sets a third; two others change different values.
    script.git("checkout", "-q", "-b", "evil")
    script.edit(path, "weight: 5", "weight: 7")
    script.commit("seven")
    script.git("checkout", "-q", "main")
    script.edit(path, "weight: 5", "weight: 8")
    script.commit("eight")
    script.git("merge", "-q", "--no-ff", "evil", fails=True)
    script.git("checkout", "-q", "--ours", "--", ".")
    script.edit(path, "weight: 8", "weight: 9")
    script.git("add", "--all")
    script.git("commit", "-q", "--message", "Merge pull request '权重 (#1)' (#14) from someone/evil into main")
    script.mark("evil")
    # A merge that sets a branch's change aside.
    script.git("checkout", "-q", "-b", "ignored")
    script.edit(path, "weight: 9", "weight: 1")
    script.commit("ignored")
    script.git("checkout", "-q", "main")
    script.git("merge", "-q", "-s", "ours", "--no-ff", "ignored", "--message", "Merge branch 'ignored'")
    script.mark("ours")
    # An octopus: one arm touches the target.
    for name in ("a", "b", "c"):
        script.git("checkout", "-q", "-b", f"arm-{name}", "main")
        script.write(f"arm-{name}", name)
        if name == "b":
            script.edit(path, "10.7%", "10.8%")
        script.commit(f"arm-{name}")
    script.git("checkout", "-q", "main")
    script.git("merge", "-q", "--no-ff", "arm-a", "arm-b", "arm-c", "--message", "三个分支")
    script.mark("octopus")
    # Criss-cross.
    script.git("checkout", "-q", "-b", "left")
    script.edit(path, "full_year: 9", "full_year: 8")
    script.commit("left")
    script.git("checkout", "-q", "-b", "right", "main")
    script.edit(path, "weight: 9", "weight: 3")
    script.commit("right")
    script.git("merge", "-q", "--no-ff", "left", "--message", "cross one")
    script.mark("cross one")
    script.git("checkout", "-q", "left")
    script.git("merge", "-q", "--no-ff", script.named["right"], "--message", "cross two")
    script.mark("cross two")
    script.git("checkout", "-q", "main")
    script.git("merge", "-q", "--no-ff", "left", "--message", "Merge branch 'left'")
    script.mark("left in")
    script.git("merge", "-q", "--no-ff", "right", "--message", "Merge branch 'right'")
    script.mark("right in")
    # Renumbered on a branch while its weight changes on the other.
    script.git("checkout", "-q", "-b", "renumber")
    script.git("mv", str(path), str(ZH / f"30-{SLUG}.yaml"))
    script.commit("renumbered")
    script.git("checkout", "-q", "main")
    script.edit(path, "weight: 3", "weight: 4")
    script.commit("four")
    script.git("merge", "-q", "--no-ff", "renumber", "--message", "Merge branch 'renumber'")
    script.mark("both")
    path = ZH / f"30-{SLUG}.yaml"
    # Reformatted; removed and added again; the plan's folder moved.
    script.edit(path, "key_work:", "# 说明\nkey_work:")
    script.commit("comment")
    kept = (script.root / path).read_text(encoding="utf-8")
    (script.root / path).unlink()
    script.commit("removed")
    script.write(path, kept.replace("weight: 4", "weight: 2"))
    script.commit("again")
    script.git("mv", "targets/2018", "targets/kept")
    (script.root / ZH).mkdir()
    script.git("mv", "targets/kept", "targets/2018/commerce")
    script.commit("moved")
    script.edit(f"targets/2018/commerce/30-{SLUG}.yaml", "weight: 2", "weight: 3")
    script.commit("after the move")

    found = events(script, run, "2018/commerce")
    silent: tuple[str, ...] = (
        "unrelated",
        "meanwhile",
        "merged",
        "nothing",
        "lost in the squash",
        "arm-a",
        "arm-c",
        "octopus",
    )
    silent += ("cross one", "cross two", "left in", "right in", "both")
    assert set(found) == set(script.named) - set(silent)
    assert fields(found["lowered"]) == ["half_year_target", "measure.half_year"]
    lowered = found["lowered"]
    assert (lowered["pull_request"], lowered["reviewed_by"], lowered["approved_by"]) == ("#12", ["王芳"], ["赵六"])
    assert lowered["claimed"] == ["王芳"]  # the merge is another person's, and doesn't name her
    assert (lowered["merge"]["commit"], lowered["merge"]["name"]) == (script.named["merged"], "李四")
    assert lowered["author"] == {"name": "张三", "email": "z@example.org"}
    assert found["there"]["merge"]["commit"] == found["back"]["merge"]["commit"] == script.named["nothing"]
    squash = found["squash"]
    assert (squash["merge"], squash["pull_request"], squash["committer"]["name"]) == (None, "#13", "GitHub")
    assert squash["date"].endswith("T23:30:00-05:00") and squash["committed"] == squash["date"]
    assert (found["forwarded"]["merge"], found["forwarded"]["pull_request"]) == (None, None)
    evil = {(change["parent"], change["before"], change["after"]) for change in found["evil"]["changes"]}
    assert evil == {(script.named["eight"], 8, 9), (script.named["seven"], 7, 9)}
    assert (found["evil"]["pull_request"], found["seven"]["pull_request"]) == ("#14", "#14")
    assert [(c["before"], c["after"], c["parent"]) for c in found["ours"]["changes"]] == [
        (1, 9, script.named["ignored"])
    ]
    assert found["arm-b"]["merge"]["commit"] == script.named["octopus"]
    assert found["right"]["merge"]["commit"] == script.named["left in"]
    assert fields(found["renumbered"]) == ["number"]
    assert fields(found["comment"]) == ["layout"] and found["comment"]["severity"] == "formatting"
    assert fields(found["removed"]) == fields(found["again"]) == fields(found["filed"]) == [""]
    assert fields(found["moved"]) == ["path"]

    blamed = json.loads(run("-C", str(script.root), "blame", "30", "--plan", "2018/commerce", "--format", "json").out)
    by_field = {row["field"]: row["commit"] for row in blamed}
    assert by_field["file"] == script.named["moved"]
    assert by_field["weight"] == script.named["after the move"]
    assert by_field["number"] == by_field["remarks"] == script.named["again"]

    # Newest first, or the other way round; in both languages, at both widths, no line too long.
    newest = run("-C", str(script.root), "history", "30", "--format", "json").out
    oldest = run("-C", str(script.root), "history", "30", "--format", "json", "--reverse").out
    assert json.loads(newest) == json.loads(oldest)[::-1]
    from target_registry.wrapping import width

    for language, columns, form in itertools.product(("zh", "en"), (60, 120), ("text",)):
        for command in ("history", "blame"):
            options = ("--lang", language, command, "30", "--plan", "2018/commerce", "--width", str(columns))
            outcome = run("-C", str(script.root), *options, "--format", form)
            assert outcome.code == 0
            assert max(map(width, outcome.out.splitlines())) <= columns
    as_text = run("-C", str(script.root), "--lang", "en", "history", "30").out
    assert as_text.count("against its parent") == 3
    as_markdown = run("-C", str(script.root), "--lang", "en", "history", "30", "--format", "markdown").out
    assert as_markdown.count("\n### ") == len(found)


def test_the_changes_are_those_of_diff(script: Script, run: Run) -> None:
    path = ZH / f"01-{SLUG}.yaml"
    script.edit(path, "9%左右", "9%以上", "aim: about", "aim: at_least", "weight: 4", "weight: 5")
    script.edit(ZH / "02-other.yaml", "weight: 4", "weight: 3")
    script.commit("changed")
    [event] = json.loads(run("-C", str(script.root), "history", SLUG, "--plan", "2018", "--format", "json").out)[:1]
    changes = json.loads(run("-C", str(script.root), "diff", "HEAD~1", "HEAD", "--format", "json").out)["changes"]
    own = [change for change in changes if change["target"] == SLUG]
    assert own and [{**change, "parent": script.named["filed"]} for change in own] == event["changes"]


def test_what_is_gone_is_found_by_its_slug(script: Script, run: Run) -> None:
    (script.root / ZH / f"01-{SLUG}.yaml").unlink()
    script.commit("removed")
    found = events(script, run)
    assert list(found) == ["removed", "filed"]
    root = str(script.root)
    assert SLUG in run("-C", root, "history", f"01-{SLUG}.yaml", "--plan", "2018").out
    outcome = run("-C", root, "--lang", "en", "blame", SLUG, "--plan", "2018")
    assert outcome.code == 2 and "isn't there at HEAD any more" in outcome.err
    assert run("-C", root, "history", "nobody").code == 2
    # Two plans, both gone: it must be said which.
    subprocess.run(["rm", "-r", str(script.root / "targets/2018"), str(script.root / "targets/2019")], check=True)
    script.write("targets/2020/plan.yaml", PLAN.format(year=2020))
    script.commit("all gone")
    outcome = run("-C", root, "--lang", "en", "history", SLUG)
    assert outcome.code == 2 and "targets/2018, targets/2019" in outcome.err
    assert run("-C", root, "history", SLUG, "--plan", "2019").code == 0
    assert run("-C", root, "history", SLUG, "--rev", "HEAD~2", "--plan", "2018").code == 0


def test_another_slug_is_a_change_that_both_histories_show(script: Script, run: Run) -> None:
    script.git("mv", str(ZH / f"01-{SLUG}.yaml"), str(ZH / "01-consumer-goods.yaml"))
    script.commit("called otherwise")
    script.edit(ZH / "01-consumer-goods.yaml", "weight: 4", "weight: 5")
    script.commit("later")
    root = str(script.root)
    old = json.loads(run("-C", root, "history", SLUG, "--plan", "2018", "--format", "json").out)
    new = json.loads(run("-C", root, "history", "consumer-goods", "--format", "json").out)
    assert [event["commit"] for event in old] == [script.named[n] for n in ("called otherwise", "filed")]
    assert [event["commit"] for event in new] == [script.named[n] for n in ("later", "called otherwise")]
    assert [change["field"] for change in new[1]["changes"]] == ["slug"]
    shown = run("-C", root, "--lang", "en", "history", "consumer-goods").out
    assert shown.endswith(f"before that it was called {SLUG}; see targets history {SLUG}\n")


def test_records_of_the_pull_request_cover_its_commits(script: Script, run: Run) -> None:
    path = ZH / f"01-{SLUG}.yaml"
    script.write(ZH / "plan.yaml", APPROVED)
    script.commit("approved")
    script.git("tag", "approved-2018")

    def record(day: str, before: str, after: str) -> str:
        name = f"{ZH}/adjustments/material/2018-06-{day}-{SLUG}.yaml"
        script.write(
            name,
            f"reason: 市场变化\nbasis: 省政府批示\nrequested_by: 市场处\ndate: '2018-06-{day}'\n"
            f"changes:\n  - target: {SLUG}\n    field: half_year_target\n    from: {before}\n    to: {after}\n",
        )
        return name

    # The record comes in a commit of its own.
    script.git("checkout", "-q", "-b", "one")
    script.edit(path, "8.5%左右", "8%左右")
    script.commit("lowered")
    first = record("01", "8.5%左右", "8%左右")
    script.commit("record")
    script.git("checkout", "-q", "main")
    script.git("merge", "-q", "--no-ff", "one", "--message", "Merge branch 'one'")
    # Two commits make the change that the record names.
    script.git("checkout", "-q", "-b", "two")
    script.edit(path, "8%左右", "7%左右")
    script.commit("half way")
    script.edit(path, "7%左右", "7.5%左右")
    second = record("02", "8%左右", "7.5%左右")
    script.commit("the other half")
    script.git("checkout", "-q", "main")
    script.git("merge", "-q", "--no-ff", "two", "--message", "Merge branch 'two'")
    # Straight to the line, with its record, without one, and with one that says something else.
    script.edit(path, "7.5%左右", "7%左右")
    third = record("03", "7.5%左右", "7%左右")
    script.commit("straight")
    script.edit(path, "7%左右", "6%左右")
    script.commit("bare")
    script.edit(path, "6%左右", "5%左右")
    record("05", "6%左右", "4%左右")
    script.commit("wrong")
    found = events(script, run)
    records = {name: event["record"] for name, event in found.items()}
    assert records == {
        "filed": None,
        "lowered": first,
        "half way": second,
        "the other half": second,
        "straight": third,
        "bare": None,
        "wrong": None,
    }
    shown = run("-C", str(script.root), "--lang", "en", "history", SLUG, "--plan", "2018", "--width", "120").out
    assert shown.count("adjustment record: missing") == 2
    assert shown.count(f"adjustment record: {second}") == 2


def test_uncommitted_changes_are_mentioned_and_not_shown(script: Script, run: Run) -> None:
    call = ("-C", str(script.root), "--lang", "en", "history", SLUG, "--plan", "2018")
    line = "uncommitted changes of the target are not shown; see targets diff"
    assert line not in run(*call).out
    script.edit(ZH / "02-other.yaml", "weight: 4", "weight: 3")
    assert line not in run(*call).out
    before = run(*call).out
    script.edit(ZH / f"01-{SLUG}.yaml", "weight: 4", "weight: 3")
    assert run(*call).out == f"{line}\n{before}"
    assert run(*call[:4], "blame", *call[5:]).out.startswith(f"{line}\n1 {SLUG}\n")
    assert line not in run(*call, "--rev", "HEAD").out
    outcome = run(*call, "--format", "json")
    assert json.loads(outcome.out) and outcome.err == f"targets: {line}\n"


def test_a_shallow_clone_says_where_it_is_cut_off(script: Script, tmp_path: Path, run: Run) -> None:
    path = ZH / f"01-{SLUG}.yaml"
    for weight in (5, 6, 7):
        script.edit(path, f"weight: {weight - 1}", f"weight: {weight}")
        script.commit(str(weight))
    git(tmp_path, "clone", "--quiet", "--depth=2", script.root.as_uri(), "shallow")
    call = ("-C", str(tmp_path / "shallow"), "--lang", "en")
    found = run(*call, "history", SLUG, "--plan", "2018", "--format", "json")
    assert [event["commit"] for event in json.loads(found.out)] == [script.named["7"]]
    assert f"the history is cut off at {script.named['6'][:12]}: the clone is shallow" in found.err
    blamed = json.loads(run(*call, "blame", SLUG, "--plan", "2018", "--format", "json").out)
    assert {row["field"]: row["is_cut"] for row in blamed if row["field"] in ("weight", "number")} == {
        "weight": False,
        "number": True,
    }
    assert f"^{script.named['6'][:12]}" in run(*call, "blame", SLUG, "--plan", "2018", "--width", "160").out


def test_what_strangers_write_is_shown_and_does_nothing(script: Script, run: Run) -> None:
    path = ZH / f"01-{SLUG}.yaml"
    script.edit(path, "weight: 4", "weight: 5")
    script.git("add", "--all")
    evil = "\x1b[31m红\x1b[0m \u202e反 | `x` @team #99 <b>\n\nReviewed-by: \x1b[2J王 <w@example.org>"
    script.write("message", evil)
    script.git("commit", "-q", "--file", "message", "--cleanup=verbatim", who="张\u200b三")
    root = str(script.root)
    for form in ("text", "markdown", "json"):
        for command in ("history", "blame"):
            shown = run("-C", root, command, SLUG, "--plan", "2018", "--format", form).out
            assert not {"\x1b", "\u202e", "\u200b"} & set(shown)
    [event, _] = json.loads(run("-C", root, "history", SLUG, "--plan", "2018", "--format", "json").out)
    assert (event["pull_request"], event["reviewed_by"], event["author"]["name"]) == (None, ["\x1b[2J王"], "张\u200b三")
    # GBK, said and unsaid.
    for weight, named in ((6, True), (7, False)):
        script.edit(path, f"weight: {weight - 1}", f"weight: {weight}")
        script.git("add", "--all")
        tree = git(script.root, "write-tree")
        head = git(script.root, "rev-parse", "HEAD")
        who = "市场处".encode("gbk") + b" <s@example.org> 1530000000 +0800"
        raw = b"tree %s\nparent %s\nauthor %s\ncommitter %s\n" % (tree.encode(), head.encode(), who, who)
        raw += b"encoding GBK\n" * named + "\n联通 (#7)\n\nReviewed-by: 王芳 <w@example.org>\n".encode("gbk")
        commit = git_in(script.root, raw, "hash-object", "-t", "commit", "-w", "--stdin").decode().strip()
        git(script.root, "update-ref", "HEAD", commit)
    unsaid, stated, *_ = json.loads(run("-C", root, "history", SLUG, "--plan", "2018", "--format", "json").out)
    for event in (unsaid, stated):
        assert (event["author"]["name"], event["pull_request"], event["reviewed_by"]) == ("市场处", "#7", ["王芳"])
        assert event["subject"] == "联通 (#7)"


def test_a_wrong_name_is_no_pattern(script: Script, run: Run) -> None:
    name = "1 [*]?:(top) 零售.yml"
    script.write(ZH / name, FILED.replace("weight: 4", "weight: 1"))
    script.write(ZH / "03-plain.yaml", FILED.replace("weight: 4", "weight: 2"))
    script.commit("wrong")
    script.edit(ZH / name, "weight: 1", "weight: 3")
    script.commit("changed")
    found = json.loads(run("-C", str(script.root), "history", name, "--format", "json").out)
    assert [event["commit"] for event in found] == [script.named["changed"], script.named["wrong"]]
    assert [(c["before"], c["after"]) for c in found[0]["changes"]] == [(1, 3)]


def test_a_registry_below_the_top_and_a_conflict_that_was_committed(script: Script, run: Run) -> None:
    script.git("mv", "targets", "kept")
    (script.root / "inner").mkdir()
    script.git("mv", "kept", "inner/targets")
    script.commit("inner")
    path = f"inner/targets/2018/01-{SLUG}.yaml"
    script.edit(path, "weight: 4", "<<<<<<< ours\nweight: 4\n=======\nweight: 5\n>>>>>>> theirs")
    script.commit("broken")
    script.write(path, FILED.replace("weight: 4", "weight: 5"))
    script.commit("mended")
    options = ("--plan", "2018", "--format", "json")
    found = json.loads(run("-C", str(script.root / "inner"), "history", SLUG, *options).out)
    told = [(event["commit"], fields(event), event["severity"]) for event in found[:2]]
    assert [(commit, changed) for commit, changed, _ in told] == [
        (script.named["mended"], ["file"]),
        (script.named["broken"], ["file"]),
    ]
    assert found[2]["commit"] == script.named["inner"]


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("Merge pull request #12 from a/b", "#12"),
        ("Merge pull request #12 from a/b\n\n标题 (#13)", "#12"),
        ("标题 (#12)", "#12"),
        ('Revert "标题 (#12)"', None),
        ('Revert "标题 (#12)" (#15)', "#15"),
        ("标题 (#12) 之后", None),
        ("见 #12", None),
        ("(#12)", None),
        ("标题\n\n见 (#12)", None),
        ("标题\n\n(#12)", None),
        ("Merge pull request '标题' (#12) from a/b into main", "#12"),
        ("Merge pull request 'x' (#99) from evil' (#12) from a/b into main", "#12"),
        ("Merge branch 'a' into 'main'\n\n标题\n\nSee merge request group/sub/project!34", "!34"),
        ("Merge branch 'a'\n\n标题\n\nSee merge request !34", "!34"),
        ("Merge branch 'a'\n\nSee merge request group/project!34 and more", None),
        ("!56 标题\n\nMerge pull request !56 from a/b", "!56"),
        ("!重要", None),
        ("", None),
    ],
)
def test_pull_requests_are_read_where_forges_write_them(message: str, number: str | None) -> None:
    assert parse("0" * 40, b"tree x\n\n" + message.encode()).pull_request == number


def test_commits_that_no_git_would_write_are_read_all_the_same() -> None:
    odd = parse("0" * 40, b"author nobody\ncommitter X <> 99999999999999999 +9999\nencoding rot13\n\nuryyb \xff\n")
    assert (odd.author.name, odd.committer.name, odd.committer.time.year) == ("nobody", "X", 1970)
    assert odd.subject == "uryyb \\xff"
    long = parse("0" * 40, b"author " + b"n" * 999 + b" <> 1 +0000\n\n" + b"s" * 99_999 + b" (#12)\n\ntext\n")
    assert (len(long.subject), len(long.author.name)) == (limits.COMMIT_LINE, limits.COMMIT_LINE)
    assert long.subject.endswith("s…")
    assert long.pull_request == "#12"
    assert decode("市场".encode("gb18030")) == "市场"
    assert decode(b"\xc1\xaa\xcd\xa8", "GBK") == "联通"
    assert decode(b"x\x00", "no such \x00 encoding") == "x\x00"


def test_a_long_history_takes_no_longer_than_its_reader_waits(tmp_path: Path, run: Run) -> None:
    root = tmp_path / "long"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    stream = []
    for index in range(10_000):
        lines = [f"commit refs/heads/main\nmark :{index + 1}"]
        lines.append(f"committer 张三 <z@example.org> {1525300000 + index * 60} +0800")
        lines.append(blob(f"第{index}次").rstrip("\n"))
        if index:
            lines.append(f"from :{max(index - 1, 1) if index % 3 != 1 else index}")
            if index % 3 == 0:
                lines.append(f"merge :{index}")
        files = {f"targets/2018/{index % 58 + 2:02}-t{index % 58 + 2}.yaml": f"weight: {index}\n"}
        if not index:
            files = {f"targets/2018/{number:02}-t{number}.yaml": "weight: 1\n" for number in range(2, 60)}
            files["targets/2018/plan.yaml"] = PLAN.format(year=2018)
        if index == 0 or (index > 1 and index % 999 == 1):
            files[f"targets/2018/01-{SLUG}.yaml"] = f"weight: {index // 999 + 1}\n"
        lines += [f"M 100644 inline {path}\n{blob(content)}" for path, content in files.items()]
        stream.append("\n".join(lines) + "\n")
    git_in(root, "".join(stream).encode(), "fast-import", "--quiet")
    git(root, "reset", "--quiet", "--hard", "main")
    for command, rows in (("history", 11), ("blame", 3)):
        outcome = run("-C", str(root), command, SLUG, "--format", "json")
        assert len(json.loads(outcome.out)) == rows


@pytest.mark.parametrize(
    ("stamp", "time_told"),
    [
        ("1500000000 +0800", "2017-07-14T10:40:00+08:00"),
        ("1500000000 -2359", "2017-07-13T02:41:00-23:59"),
        ("1500000000 +2400", "2017-07-14T02:40:00+00:00"),
        ("1500000000 +9999", "2017-07-14T02:40:00+00:00"),
        ("1500000000 -9999", "2017-07-14T02:40:00+00:00"),
        ("-2208988800 +0000", "1900-01-01T00:00:00+00:00"),
        ("253402300799 +2300", "1970-01-01T00:00:00+00:00"),
        ("9" * 5000 + " +0000", "1970-01-01T00:00:00+00:00"),
    ],
)
def test_a_clock_that_nobody_has_is_read_all_the_same(script: Script, run: Run, stamp: str, time_told: str) -> None:
    script.edit(ZH / f"01-{SLUG}.yaml", "weight: 4", "weight: 5")
    script.git("add", "--all")
    tree, head = git(script.root, "write-tree"), script.named["filed"]
    raw = f"tree {tree}\nparent {head}\nauthor 张三 <z@e> {stamp}\ncommitter 李四 <l@e> {stamp}\n\nodd\n"
    # Git's own check of what it writes refuses some of these; a stranger's Git needn't.
    commit = git_in(script.root, raw.encode(), "hash-object", "-t", "commit", "-w", "--stdin", "--literally")
    git(script.root, "update-ref", "HEAD", commit.decode().strip())
    root, day = str(script.root), time_told[:10]
    [event, _] = json.loads(run("-C", root, "history", SLUG, "--plan", "2018", "--format", "json").out)
    assert event["date"] == time_told
    assert day in run("-C", root, "blame", SLUG, "--plan", "2018").out
    later = max(day, "2018-03-03")  # the day of the commit before it
    assert f"deadlines as of {later}" in run("-C", root, "--lang", "en", "diff", "HEAD~1", "HEAD").out
    for call in (("check", "--rev", "HEAD"), ("adjust", "HEAD~1")):
        assert run("-C", root, *call).code in (0, 1)


def test_grafts_and_replacements_bend_no_history(script: Script, run: Run) -> None:
    for weight in (5, 6):
        script.edit(ZH / f"01-{SLUG}.yaml", f"weight: {weight - 1}", f"weight: {weight}")
        script.commit(str(weight))
    calls: list[tuple[str, ...]] = [(command, SLUG, "--plan", "2018") for command in ("history", "blame")]
    calls.append(("diff", "HEAD~1", "HEAD"))
    before = [run("-C", str(script.root), *call) for call in calls]
    (script.root / ".git/info").mkdir(exist_ok=True)
    (script.root / ".git/info/grafts").write_text(f"{script.named['6']} {script.named['filed']}\n")
    git(script.root, "replace", script.named["5"], script.named["filed"])
    assert [run("-C", str(script.root), *call) for call in calls] == before


def test_a_longer_history_needs_no_more_processes(script: Script, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each costs more than all else that is done for a commit; the plan is approved, the most that is to be compared."""
    script.write(ZH / "plan.yaml", APPROVED)
    script.commit("approved")
    script.git("tag", "approved-2018")
    started: list[object] = []
    start = subprocess.Popen.__init__

    def counted(*arguments: Any, **options: Any) -> None:
        started.append(arguments)
        start(*arguments, **options)

    counts = []
    for weight in range(5, 25):
        script.edit(ZH / f"01-{SLUG}.yaml", f"weight: {weight - 1}\n", f"weight: {weight}\n")
        script.commit(str(weight))
        if weight in (7, 24):
            with monkeypatch.context() as patched:
                patched.setattr(subprocess.Popen, "__init__", counted)
                for command in ("history", "blame"):
                    assert run("-C", str(script.root), command, SLUG, "--plan", "2018").code == 0
            counts.append(len(started))
            started.clear()
    assert counts[0] == counts[1] > 0


def test_a_history_with_a_lost_tree_is_one_sentence(script: Script, run: Run) -> None:
    for weight in (5, 6):
        script.edit(ZH / f"01-{SLUG}.yaml", f"weight: {weight - 1}", f"weight: {weight}")
        script.commit(str(weight))
    for what in (f"{script.named['5']}^{{tree}}", f"{script.named['5']}:targets/2018"):
        tree = git(script.root, "rev-parse", what)
        file = script.root / ".git/objects" / tree[:2] / tree[2:]
        kept = file.rename(script.root / "kept")
        outcome = run("-C", str(script.root), "--lang", "en", "history", SLUG, "--plan", "2018")
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
        assert "the repository may be damaged" in outcome.err
        kept.rename(file)


@pytest.mark.parametrize(
    ("committer", "told"),
    [("张三", "reviewed by 王芳, as the author alone says"), ("李四", "reviewed by 王芳")],
)
def test_a_review_that_the_author_alone_names_is_told_as_such(
    script: Script, run: Run, committer: str, told: str
) -> None:
    script.edit(ZH / f"01-{SLUG}.yaml", "weight: 4", "weight: 5")
    script.git("add", "--all")
    tree, head = git(script.root, "write-tree"), git(script.root, "rev-parse", "HEAD")
    author, other = (f"{who} <x@example.org> 1530000000 +0800" for who in ("张三", committer))
    raw = (
        f"tree {tree}\nparent {head}\nauthor {author}\ncommitter {other}\n\n调整\n\nReviewed-by: 王芳 <w@example.org>\n"
    )
    commit = git_in(script.root, raw.encode(), "hash-object", "-t", "commit", "-w", "--stdin").decode().strip()
    git(script.root, "update-ref", "HEAD", commit)
    call = ("-C", str(script.root), "--lang", "en", "history", SLUG, "--plan", "2018")
    assert told in [line.strip() for line in run(*call).out.splitlines()]
    assert "what proves them is the forge's record" in " ".join(run(*call).out.split())
    # Merged by somebody else, whoever its committer said to be: nobody vouches for what it says.
    script.git("reset", "-q", "--hard", head)
    script.git("merge", "-q", "--no-ff", commit, "--message", "Merge")
    shown = [line.strip() for line in run(*call).out.splitlines()]
    assert "reviewed by 王芳, as the author alone says" in shown


def test_what_counts_as_a_trailer_is_not_the_readers_choice(script: Script, run: Run) -> None:
    script.edit(ZH / f"01-{SLUG}.yaml", "weight: 4", "weight: 5")
    script.commit("raised", "调整\n\nReviewed-by: 王芳 <w@example.org>")
    script.git("config", "trailer.separators", "#")
    shown = run("-C", str(script.root), "--lang", "en", "history", SLUG, "--plan", "2018").out
    assert "reviewed by 王芳" in shown


def test_parents_are_read_where_git_reads_them(script: Script, run: Run) -> None:
    script.edit(ZH / f"01-{SLUG}.yaml", "weight: 4", "weight: 5")
    script.git("add", "--all")
    tree, head = git(script.root, "write-tree"), git(script.root, "rev-parse", "HEAD")
    who = "张三 <x@example.org> 1530000000 +0800"
    said = f"tree {tree}\nparent {head}\nauthor {who}\ncommitter {who}\n".encode()
    for parent in (b"\xff\xfe", b"0" * 39 + b"7"):
        raw = said + b"parent " + parent + b"\n\nm\n"
        commit = git_in(script.root, raw, "hash-object", "-t", "commit", "-w", "--stdin").decode().strip()
        git(script.root, "update-ref", "HEAD", commit)
        call = ("-C", str(script.root), "--lang", "en")
        told = json.loads(run(*call, "history", SLUG, "--plan", "2018", "--format", "json").out)
        assert told[0]["parents"] == [head]
        assert run(*call, "check", "--rev", "HEAD").code in (0, 1) and run(*call, "diff", head, "HEAD").code == 0


def test_a_target_that_cannot_be_read_whole_is_told_first(script: Script, run: Run) -> None:
    path = f"{ZH}/01-{SLUG}.yaml"
    script.write(path, "- 甲\n")
    script.commit("broken")
    for command in ("blame", "history"):
        shown = run("-C", str(script.root), "--lang", "en", command, SLUG, "--plan", "2018").out
        assert shown.startswith(f"{path} has a fault there, so that not all of it is known\n")
