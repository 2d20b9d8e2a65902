"""What comment.yml says to a pull request, and when it says nothing.

Git and the tool are real; GitHub's API, which is across the network, is a program named
``gh`` that keeps its state in files.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.automation.conftest import Installed
from tests.automation.runner import (
    COMMENT,
    Change,
    Forge,
    Job,
    Runner,
    change,
    change_weight,
    environment,
    git,
    make_hostile,
    program,
    steps,
)

FIND, FETCH, REPORT, POST = "Find the pull request", "Fetch the pull request as objects", "Write the report", "Comment"
MARK = "<!-- target-registry: report -->"
BOT = {"login": "github-actions[bot]", "type": "Bot"}
FORK, OWN = 202, 101
"""The numbers of the repositories: the fork's, and this one's."""
TOKEN = "ghs_not-to-be-seen"  # noqa: S105 - it opens nothing

GH = r'''
import json, os, re, sys
from pathlib import Path

state = Path(os.environ["FORGE_STATE"])
if not os.environ.get("GH_TOKEN"):
    sys.exit("gh: no token")
words = sys.argv[1:]
assert words.pop(0) == "api", words
method, body, paginate, place = "GET", None, False, None
while words:
    word = words.pop(0)
    if word == "--method": method = words.pop(0)
    elif word == "--input": body = json.loads(Path(words.pop(0)).read_text("utf-8"))
    elif word == "--paginate": paginate = True
    elif word == "--silent": pass
    elif not word.startswith("-") and place is None: place = word
    else: sys.exit(f"gh: unexpected {word}")
with (state / "calls").open("a") as calls:
    calls.write(f"{method} {place}\n")


def load(name):
    return json.loads((state / name).read_text("utf-8"))


def save(name, value):
    (state / name).write_text(json.dumps(value), "utf-8")


def pages(entries):
    """As gh prints several pages: one array after the other."""
    size = 2 if paginate else 30
    for start in range(0, max(len(entries), 1), size):
        print(json.dumps(entries[start : start + size]), end="")


top = "repos/office/registry"
if method == "GET" and place == f"{top}/pulls?state=open&per_page=100":
    pages([pull for pull in load("pulls") if pull["state"] == "open"])
elif method == "GET" and (found := re.fullmatch(rf"{top}/pulls/(\d+)", place)):
    later = {pull["number"]: pull for pull in load("pulls-later")} if (state / "pulls-later").exists() else {}
    now = {pull["number"]: pull for pull in load("pulls")} | later
    print(json.dumps(now[int(found[1])]))
elif method == "GET" and re.fullmatch(rf"{top}/issues/7/comments\?per_page=100", place):
    pages(load("comments"))
elif method == "POST" and place == f"{top}/issues/7/comments":
    comments = load("comments")
    comments.append({"id": 1000 + len(comments), "user": json.loads(os.environ["FORGE_BOT"]), **body})
    save("comments", comments)
elif method == "PATCH" and (found := re.fullmatch(rf"{top}/issues/comments/(\d+)", place)):
    comments = load("comments")
    (one,) = [comment for comment in comments if comment["id"] == int(found[1])]
    one.update(body)
    save("comments", comments)
else:
    sys.exit(f"gh: HTTP 404 {method} {place}")
'''


class Hub:
    """The forge with its API, and pull request 7 of a fork.

    Args:
        folder: for all of it.
        installed: the tool.
    """

    def __init__(self, folder: Path, installed: Installed) -> None:
        self.forge = Forge(folder / "forge")
        self.folder = folder
        self.state = folder / "state"
        self.runs = 0
        self._installed = installed
        self._programs = folder / "programs"
        self._programs.mkdir()
        self.state.mkdir()
        (self._programs / "gh.py").write_text(GH, "utf-8")
        (self._programs / "gh").write_text(f'#!/bin/sh\nexec "{sys.executable}" -I "$0.py" "$@"\n', "utf-8")
        (self._programs / "gh").chmod(0o755)
        self.save("comments", [])
        self.save("pulls", [])

    def save(self, name: str, value: object) -> None:
        """Let the API know something."""
        (self.state / name).write_text(json.dumps(value), "utf-8")

    def load(self, name: str) -> Any:
        """What the API knows by now."""
        return json.loads((self.state / name).read_text("utf-8"))

    @property
    def comments(self) -> list[str]:
        """The bodies of the pull request's comments."""
        return [comment["body"] for comment in self.load("comments")]

    @property
    def wrote(self) -> list[str]:
        """The calls that changed something."""
        calls = (self.state / "calls").read_text("utf-8").splitlines() if (self.state / "calls").exists() else []
        return [call for call in calls if not call.startswith("GET ")]

    def pull(self, sha: str, /, **more: object) -> dict[str, object]:
        """A pull request as the API gives it."""
        about: dict[str, object] = {
            "number": 7,
            "state": "open",
            "title": "$(touch taken) `touch taken` '; touch taken; ' \n::warning::x",
            "head": {"sha": sha, "ref": "$(touch taken)", "repo": {"id": FORK, "full_name": "stranger/registry"}},
            "base": {"ref": "main", "sha": self.forge.main, "repo": {"id": OWN, "full_name": "office/registry"}},
        }
        return about | more

    def propose(self, change: Change, *, start: str | None = None) -> str:
        """Open pull request 7, or give it a new head; say which."""
        head = self.forge.propose(7, change, start=start)
        self.save("pulls", [self.pull(head)])
        return head

    def run(self, head: str, *, before_post: Callable[[], object] | None = None) -> Job:
        """Run the workflow after a run of ``check`` for a head."""
        self.runs += 1
        runner = Runner(COMMENT, self.folder / f"run-{self.runs}", self._installed.temporary, self._installed.wheels)
        self.runner = runner

        def check_out(given: Mapping[str, str]) -> None:
            assert given["ref"] == "main"
            self.forge.check_out(runner.workspace / given["path"], given["ref"])
            if before_post is not None:
                before_post()

        return runner.run(
            event={
                "github.event.repository.default_branch": "main",
                "github.event.workflow_run.head_sha": head,
                "github.event.workflow_run.head_repository.id": str(FORK),
                "github.token": TOKEN,
            },
            around={"FORGE_STATE": str(self.state), "FORGE_BOT": json.dumps(BOT)},
            check_out=check_out,
            path=[self._programs],
        )

    def report(self, before: str, after: str, head: str) -> str:
        """What the base's tool says of two commits."""
        return subprocess.run(
            [program(self.runner, "targets"), "-C", self.runner.workspace / "base", "diff", before, after,
             "--format", "markdown", "--link", f"https://forge.example/office/registry/blob/{head}/"],
            env=environment(LC_ALL="C.UTF-8"), stdout=subprocess.PIPE, encoding="utf-8", check=False,
        ).stdout  # fmt: skip


@pytest.fixture
def hub(by_workflow: Installed, tmp_path: Path) -> Hub:
    """A fresh one."""
    return Hub(tmp_path, by_workflow)


def _soften(files: Path) -> None:
    change(
        files / "targets/2018/02-online-retail.yaml", "target: 网络零售额增长20%左右", "target: 网络零售额增长15%左右"
    )


def test_the_comment_is_the_base_tool_s_report_of_the_merge(hub: Hub) -> None:
    """Of a fork's pull request, compared with the base that the merge was made with."""
    start = hub.forge.main
    hub.forge.push(lambda files: (files / "notes.txt").write_text("1", "utf-8"))
    head = hub.propose(_soften, start=start)
    job = hub.run(head)
    assert job.passed, job.log
    merge = git(hub.forge.server, "rev-parse", "refs/pull/7/merge")
    (comment,) = hub.comments
    report = hub.report(hub.forge.main, merge, head)
    assert "15%" in report
    assert comment.startswith(f"{MARK}\n{report}")
    assert head[:12] in comment
    assert hub.wrote == ["POST repos/office/registry/issues/7/comments"]
    assert TOKEN not in job.log + comment


def test_the_comment_is_kept_up_to_date_and_not_repeated(hub: Hub) -> None:
    """Also where pages of other comments stand before it."""
    chatter = [{"id": number, "user": {"login": "li", "type": "User"}, "body": "好的"} for number in range(1, 6)]
    hub.save("comments", chatter)
    first = hub.propose(_soften)
    assert hub.run(first).passed
    second = hub.propose(lambda files: change_weight(files, "5"))
    assert hub.run(second).passed
    assert hub.run(second).passed
    assert [call.partition(" ")[0] for call in hub.wrote] == ["POST", "PATCH", "PATCH"]
    assert len(hub.comments) == 6
    assert hub.comments[:5] == ["好的"] * 5
    assert not any("未能生成" in comment for comment in hub.comments)
    assert first[:12] not in hub.comments[5]
    assert second[:12] in hub.comments[5]


@pytest.mark.parametrize(
    "author",
    [
        {"login": "stranger", "type": "User"},
        {"login": "github-actions[bot]", "type": "User"},
        {"login": "stranger[bot]", "type": "Bot"},
    ],
    ids=lambda author: f"{author['login']}, {author['type']}",
)
def test_someone_else_s_comment_with_the_mark_is_left_alone(hub: Hub, author: dict[str, str]) -> None:
    """Anybody can write the mark; only the workflow's own comment is written over."""
    forged = {"id": 1, "user": author, "body": f"{MARK}\n一切正常，请批准。"}
    quoted = {"id": 2, "user": BOT, "body": f"> {MARK}\n引用"}
    hub.save("comments", [forged, quoted])
    head = hub.propose(_soften)
    assert hub.run(head).passed
    assert hub.load("comments")[:2] == [forged, quoted]
    assert len(hub.comments) == 3


def _closed(hub: Hub, head: str) -> list[dict[str, object]]:
    return [hub.pull(head, state="closed")]


def _twice(hub: Hub, head: str) -> list[dict[str, object]]:
    return [hub.pull(head), hub.pull("0" * 40, number=8), hub.pull(head, number=9)]


def _nowhere(hub: Hub, head: str) -> list[dict[str, object]]:
    return []


def _older(hub: Hub, head: str) -> list[dict[str, object]]:
    return [hub.pull("0" * 40)]


def _of_another_fork(hub: Hub, head: str) -> list[dict[str, object]]:
    return [hub.pull(head, head={"sha": head, "ref": "x", "repo": {"id": 303}})]


def _of_a_deleted_fork(hub: Hub, head: str) -> list[dict[str, object]]:
    return [hub.pull(head, head={"sha": head, "ref": "x", "repo": None})]


def _to_another_branch(hub: Hub, head: str) -> list[dict[str, object]]:
    return [hub.pull(head, base={"ref": "draft", "sha": hub.forge.main, "repo": {"id": OWN}})]


@pytest.mark.parametrize(
    "pulls",
    [_closed, _twice, _nowhere, _older, _of_another_fork, _of_a_deleted_fork, _to_another_branch],
    ids=lambda pulls: pulls.__name__.strip("_"),
)
def test_without_exactly_one_open_pull_request_nothing_is_said(
    hub: Hub, pulls: Callable[[Hub, str], list[dict[str, object]]]
) -> None:
    """And nothing is fetched, installed or run."""
    head = hub.propose(_soften)
    hub.save("pulls", pulls(hub, head))
    job = hub.run(head)
    assert job.passed, job.log
    assert set(job.ran) == {FIND}
    assert list(hub.runner.workspace.iterdir()) == []
    assert hub.comments == []
    assert hub.wrote == []


def test_where_the_head_moved_before_it_was_fetched_nothing_is_said(hub: Hub) -> None:
    """The report would be of another commit than the one that was judged."""
    head = hub.propose(_soften)
    job = hub.run(head, before_post=lambda: hub.forge.propose(7, lambda files: change_weight(files, "5")))
    assert job.passed, job.log
    assert set(job.ran) == {FIND, FETCH}
    assert hub.comments == []


@pytest.mark.parametrize("moved", ["head", "state", "base"])
def test_where_the_pull_request_moved_before_the_comment_nothing_is_said(hub: Hub, moved: str) -> None:
    """An old comment stays as it was: it says of which commit it is."""
    head = hub.propose(_soften)
    hub.save("comments", [{"id": 1, "user": BOT, "body": f"{MARK}\n旧"}])
    later = {
        "head": {"sha": "0" * 40, "ref": "x", "repo": {"id": FORK}},
        "state": "closed",
        "base": {"ref": "draft", "sha": hub.forge.main, "repo": {"id": OWN}},
    }
    hub.save("pulls-later", [hub.pull(head, **{moved: later[moved]})])
    job = hub.run(head)
    assert job.passed, job.log
    assert set(job.ran) == {FIND, FETCH, REPORT, POST}
    assert hub.comments == [f"{MARK}\n旧"]
    assert hub.wrote == []


@pytest.mark.parametrize("stale", [False, True], ids=["no merge", "merge of an older head"])
def test_a_conflict_is_told_and_the_changes_since_the_start_are_shown(hub: Hub, *, stale: bool) -> None:
    """What the main branch did meanwhile is not the pull request's doing."""
    start = hub.forge.main
    if stale:
        hub.propose(lambda files: (files / "more.txt").write_text("1", "utf-8"), start=start)
    hub.forge.push(
        lambda files: change(
            files / "targets/2018/02-online-retail.yaml",
            "target: 网络零售额增长20%左右",
            "target: 网络零售额增长25%左右",
        )
    )
    head = hub.propose(_soften, start=start)
    assert hub.forge.try_merge(7) is None
    job = hub.run(head)
    assert job.passed, job.log
    (comment,) = hub.comments
    assert "有冲突" in comment
    assert hub.report(start, head, head) in comment
    assert "25%" not in comment


def test_where_the_tool_fails_the_comment_says_so(hub: Hub) -> None:
    """One sentence in place of an old report, which must not pass for a new one."""
    head = hub.propose(_soften)
    hub.save("comments", [{"id": 1, "user": BOT, "body": f"{MARK}\n旧"}])
    bad = hub.forge.commit(lambda _: None)  # an unrelated history, of which no report can be made
    git(hub.forge.server, "update-ref", "refs/pull/7/head", bad)
    git(hub.forge.server, "update-ref", "-d", "refs/pull/7/merge")
    hub.save("pulls", [hub.pull(bad)])
    assert head != bad
    job = hub.run(bad)
    assert job.passed, job.log
    (comment,) = hub.comments
    assert comment.startswith(f"{MARK}\n未能生成本次变更的对照说明")
    assert len(comment) < 400


@pytest.mark.parametrize(("code", "length"), [(0, 0), (0, 62_001), (2, 10), (124, 10), (1, 62_001)])
def test_a_report_that_can_t_be_posted_is_not(hub: Hub, tmp_path: Path, code: int, length: int) -> None:
    """GitHub takes 65,536 characters; a part of a report would hide the rest."""
    job, comment = _with_another_tool(hub, tmp_path, f"import sys; sys.stdout.write('字' * {length}); sys.exit({code})")
    assert job.passed, job.log
    assert comment.startswith(f"{MARK}\n未能生成本次变更的对照说明")


@pytest.mark.parametrize("code", [0, 1])
def test_the_longest_report_fits(hub: Hub, tmp_path: Path, code: int) -> None:
    """Exit code 1 says that the report had to leave something out, and says so itself."""
    job, comment = _with_another_tool(hub, tmp_path, f"import sys; sys.stdout.write('字' * 60_000); sys.exit({code})")
    assert job.passed, job.log
    assert comment.count("字") == 60_000
    assert len(comment) < 65_536


def _with_another_tool(hub: Hub, tmp_path: Path, source: str) -> tuple[Job, str]:
    """Run it with a program in the tool's place, for what the tool never does."""
    temporary = tmp_path / "temporary"
    (temporary / "tool/bin").mkdir(parents=True)
    tool = temporary / "tool/bin/targets"
    tool.write_text(f"#!{sys.executable} -I\n{source}\n", "utf-8")
    tool.chmod(0o755)
    hub._installed = hub._installed._replace(temporary=temporary)
    head = hub.propose(_soften)
    job = hub.run(head)
    (comment,) = hub.comments
    return job, comment


def _hostile(files: Path, marker: Path) -> None:
    """All that a fork can send at once."""
    make_hostile(files, marker)
    for name in ("check", "comment", "extra"):
        (files / f".github/workflows/{name}.yml").parent.mkdir(parents=True, exist_ok=True)
        (files / f".github/workflows/{name}.yml").write_text("name: check\non: pull_request_target\n", "utf-8")
    (files / ".gitattributes").write_text("* filter=evil diff=evil\ntargets/** ident eol=crlf\n", "utf-8")
    (files / ".gitmodules").write_text('[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch% taken\n', "utf-8")
    (files / ".gitconfig").write_text("[core]\n\tfsmonitor = touch taken\n", "utf-8")
    os.symlink("/etc/passwd", files / "targets/2018/29-passwd.yaml")
    (files / "targets/2018/30-huge.yaml").write_text("target: " + "很长" * 300_000 + "\n", "utf-8")
    path = files / "targets/2018/01-retail-sales.yaml"
    text = path.read_text("utf-8")
    bait = (
        "'$(touch taken)`touch taken`<img src=https://evil.example/x>@office/leaders <!-- --> ##[add-mask]e fixes #1'"
    )
    path.write_text(text.replace("remarks: 2017年同比增长10.6%", f"remarks: {bait}"), "utf-8")
    assert "touch taken" in path.read_text("utf-8")


def test_a_hostile_fork_runs_nothing_and_is_reported_by_the_base_s_tool(hub: Hub, tmp_path: Path) -> None:
    """Code, settings, schemas, workflows, links, values and titles are data."""
    marker = tmp_path / "was-here"
    head = hub.propose(lambda files: _hostile(files, marker))
    job = hub.run(head)
    assert job.passed, job.log
    assert not marker.exists()
    assert list(tmp_path.rglob("taken")) == []
    (comment,) = hub.comments
    merge = git(hub.forge.server, "rev-parse", "refs/pull/7/merge")
    report = hub.report(hub.forge.main, merge, head)
    assert report.strip()
    assert comment.startswith(f"{MARK}\n{report}")
    assert len(comment) < 65_536
    assert "root:x:" not in comment
    assert "##[" not in comment
    markup = re.sub(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", "", comment)  # what stands in a code span is only shown
    for live in ("<img", "@office/leaders", "fixes #1", "touch taken", "<!-- -->"):
        assert live in comment
        assert live not in markup
    assert "::warning::x" not in job.log


def test_the_pull_request_s_objects_are_fetched_and_not_checked_out(hub: Hub, tmp_path: Path) -> None:
    """The work tree stays the base's, file by file, and the token is left nowhere."""
    head = hub.propose(lambda files: _hostile(files, tmp_path / "was-here"))
    before = hub.forge.main
    assert hub.run(head).passed
    base = hub.runner.workspace / "base"
    assert [path.name for path in hub.runner.workspace.iterdir()] == ["base"]
    assert git(base, "status", "--short", "--ignored") == ""
    assert git(base, "rev-parse", "HEAD") == before
    assert git(base, "rev-parse", "refs/judged/head") == head
    assert not (base / ".git/modules").exists()
    settings = (base / ".git/config").read_text("utf-8")
    assert "extraheader" not in settings
    assert TOKEN not in settings


def test_the_hostile_files_would_bite(hub: Hub, tmp_path: Path) -> None:
    """So that the test above isn't one of blanks."""
    marker = tmp_path / "was-here"
    head = hub.propose(lambda files: _hostile(files, marker))
    hub.forge.check_out(tmp_path / "checked-out", head)
    subprocess.run([sys.executable, "-c", "import yaml"], cwd=tmp_path / "checked-out", env=environment(), check=False)
    assert marker.exists()


def test_the_steps_are_those_that_the_tests_run() -> None:
    """A step of another name would be run by nobody here."""
    assert [step["name"] for step in steps(COMMENT) if "run" in step] == [FIND, "Install the tool", FETCH, REPORT, POST]
