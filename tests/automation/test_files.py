"""What the workflows, the action, the hooks and Dependabot's file say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.automation.runner import (
    ACTION,
    CHECK,
    CI,
    COMMENT,
    GITEA,
    INSTALL,
    ROOT,
    jobs,
    read,
    steps,
)

HOOKS = ROOT / ".pre-commit-hooks.yaml"
DEPENDABOT = ROOT / ".github/dependabot.yml"
FILES = (CHECK, COMMENT, CI, GITEA, ACTION, HOOKS, DEPENDABOT)


WORKFLOWS = (CHECK, COMMENT, CI, GITEA)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=_name)
def test_actions_are_pinned_by_commit_beside_their_version(path: Path) -> None:
    """A tag can be moved to other code; a commit can't. The comment is for people and Dependabot."""
    used = [line.strip() for line in path.read_text("utf-8").splitlines() if re.match(r"\s*(- )?uses:", line)]
    assert len(used) == sum("uses" in step for step in steps(path)) > 0
    for line in used:
        assert re.fullmatch(r"(- )?uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)


@pytest.mark.parametrize("path", [CHECK, CI, GITEA], ids=_name)
def test_workflows_can_only_read(path: Path) -> None:
    """A stranger's pull request meets no token that writes, and no secret."""
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in workflow["jobs"].values())
    assert set(workflow["on"]) == {"pull_request", "push"}
    assert workflow["on"]["push"] == {"branches": ["main"]}
    text = path.read_text("utf-8")
    assert not re.search("pull_request_target|workflow_run|secrets|github.token", text)


@pytest.mark.parametrize("path", WORKFLOWS, ids=_name)
def test_checkouts_leave_no_credentials(path: Path) -> None:
    """Otherwise the token lies in ``.git/config`` for every later step."""
    checkouts = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert {step["with"]["persist-credentials"] for step in checkouts} == {"false"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=_name)
def test_jobs_are_bounded_and_their_machine_is_named(path: Path) -> None:
    """No job runs for hours, twice for one pull request, or on whatever image is the latest."""
    # A comment that is being written is finished; the next one waits for it.
    assert read(path)["concurrency"]["cancel-in-progress"] == ("false" if path == COMMENT else "true")
    for job in jobs(path):
        assert 0 < int(job["timeout-minutes"]) <= 30
        assert re.fullmatch(r"ubuntu-\d\d\.\d\d", job["runs-on"])


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=_name)
def test_scripts_hold_no_expressions_and_no_failure_is_waved_through(path: Path) -> None:
    """An expression is pasted into the script before the shell reads it; an environment variable is not."""
    default = read(path).get("defaults", {}).get("run", {}).get("shell")
    for step in steps(path):
        assert "${{" not in step.get("run", "")
        assert not {"continue-on-error", "working-directory"} & set(step)
        if "run" in step:
            assert step.get("shell", default) == "bash"


@pytest.mark.parametrize("path", [CHECK, COMMENT, GITEA, ACTION], ids=_name)
def test_python_is_shielded_wherever_it_runs(path: Path) -> None:
    """From modules in the folder it starts in, and from a path that the machine or the caller has set."""
    of_job = {} if path == ACTION else jobs(path)[0]["env"]
    called = [step for step in steps(path) if re.search(r"/python|/targets|python -m", step.get("run", ""))]
    assert INSTALL in {step["name"] for step in called}
    assert len(called) > 1
    for step in called:
        shield = of_job | step.get("env", {})
        assert (shield["PYTHONSAFEPATH"], shield["PYTHONPATH"]) == ("1", "")


@pytest.mark.parametrize(("path", "folder"), [(CHECK, "tool"), (COMMENT, "base"), (GITEA, "base")])
def test_the_tool_is_installed_in_one_way_and_from_the_base(path: Path, folder: str) -> None:
    """What the tests of the action and of check.yml show of the script holds for each."""

    def script(path: Path) -> str:
        (found,) = [step["run"] for step in steps(path) if step["name"] == INSTALL]
        return str(found)

    assert script(path).replace(f" {folder}/", " tool/").replace(f"./{folder}[", "./tool[") == script(CHECK)
    (ref,) = [step["with"]["ref"] for step in steps(path) if step.get("with", {}).get("path") == folder]
    assert re.fullmatch(r"\$\{\{ github\.event\.(pull_request\.base|repository\.default_branch).* \}\}", ref)


def test_the_tool_is_the_base_s_and_the_registry_the_pull_request_s() -> None:
    """Without a ref the checkout takes what the pull request would leave on main."""
    checkouts = {step["with"]["path"]: step["with"] for step in steps(CHECK) if "path" in step.get("with", {})}
    assert set(checkouts) == {"registry", "tool"}
    assert "ref" not in checkouts["registry"]
    assert checkouts["registry"]["fetch-depth"] == "0"
    assert checkouts["tool"]["ref"] == "${{ github.event.pull_request.base.sha || github.sha }}"
    assert read(CHECK)["on"]["pull_request"] == {"branches": ["main"]}


def test_only_the_comment_s_job_may_write_and_only_comments() -> None:
    """And the token is given to no step that reads what a pull request's files say."""
    workflow = read(COMMENT)
    assert workflow["permissions"] == {}
    (job,) = workflow["jobs"].values()
    assert job["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert workflow["on"] == {"workflow_run": {"workflows": [read(CHECK)["name"]], "types": ["completed"]}}
    trusted = {step["name"] for step in job["steps"] if "github.token" in str(step)}
    assert trusted == {"Find the pull request", "Fetch the pull request as objects", "Comment"}
    assert not any("/targets" in step.get("run", "") for step in job["steps"] if step["name"] in trusted)
    assert "secrets" not in COMMENT.read_text("utf-8")


def test_nothing_but_two_facts_of_the_first_run_is_taken() -> None:
    """Which commit, and whose; what it was called, said or left behind could be forged."""
    (job,) = jobs(COMMENT)
    taken = set(re.findall(r"github\.event\.[\w.]+", str([job["env"], *job["steps"]])))
    assert taken == {
        "github.event.workflow_run.head_sha",
        "github.event.workflow_run.head_repository.id",
        "github.event.repository.default_branch",
    }
    assert not re.search("download-artifact|artifacts|actions: ", COMMENT.read_text("utf-8").split("jobs:")[1])
    assert {step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step} == {
        "actions/checkout", "actions/setup-python",
    }  # fmt: skip


def test_the_comment_follows_a_pull_request_s_run_only() -> None:
    """Not a push, nor a run that was overtaken or that nobody has let run yet."""
    (job,) = jobs(COMMENT)
    assert " ".join(job["if"].split()) == (
        "${{ github.event.workflow_run.event == 'pull_request' && "
        """!contains(fromJSON('["cancelled", "action_required"]'), github.event.workflow_run.conclusion) }}"""
    )


def test_ci_runs_the_guard_on_the_oldest_and_the_newest_python() -> None:
    """The oldest is what pyproject.toml promises."""
    (job,) = jobs(CI)
    assert [step["run"] for step in job["steps"] if "run" in step] == ["bash .ci/run"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    versions = job["strategy"]["matrix"]["python"]
    assert f">={versions[0]}" == project["requires-python"]
    newest = next(step["with"]["python-version"] for step in steps(CHECK) if "python-version" in step.get("with", {}))
    assert versions[-1] == newest


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_files_name_no_index_and_no_machine(path: Path) -> None:
    """They must work wherever the repository is."""
    assert not re.search(r"index-url|find-links|trusted-host|://|\s/(home|root|tmp|opt|work)/", path.read_text("utf-8"))


def test_zizmor_finds_nothing_but_the_trigger_that_is_explained() -> None:
    """Its strictest persona. One comment silences one finding, and says why; without it that finding is there."""
    zizmor = Path(sys.executable).with_name("zizmor")
    call: list[str | Path] = [
        zizmor,
        "--offline",
        "--no-config",
        "--strict-collection",
        "--persona=auditor",
        "--format=json",
    ]
    audit = subprocess.run([*call, "--no-ignores", *FILES], capture_output=True, text=True, check=False)
    found = [
        (finding["ident"], str(finding["locations"][0]["symbolic"]["key"])) for finding in json.loads(audit.stdout)
    ]
    assert [ident for ident, _ in found] == ["dangerous-triggers"], audit.stdout
    assert "comment.yml" in found[0][1]
    assert all(f"completed {path}" in audit.stderr for path in FILES)
    quiet = subprocess.run([*call, *FILES], capture_output=True, text=True, check=False)
    assert json.loads(quiet.stdout) == []
    ignored = [line for path in FILES for line in path.read_text("utf-8").splitlines() if "zizmor: ignore" in line]
    assert len(ignored) == 1
    assert re.search(r"zizmor: ignore\[dangerous-triggers\] \w.{20,}", ignored[0])
