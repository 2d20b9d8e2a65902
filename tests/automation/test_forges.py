"""What the forges are told: who approves what, what protects main, the forms, and the checks of Gitea and GitLab."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.automation.conftest import Installed
from tests.automation.runner import (
    CHECK,
    GITEA,
    GITLAB,
    JUDGE,
    ROOT,
    Forge,
    Runner,
    change_weight,
    environment,
    jobs,
    make_hostile,
    read,
    steps,
)

TEAMS = {"department", "performance-office", "leaders", "maintainers"}
SHOW, WEIGH = "Show the changes", "Show the weights"
DOCUMENTS = (ROOT / "docs/approval.md", ROOT / "docs/approval.zh-CN.md")


# Who approves what.


def _lines(path: Path) -> list[list[str]]:
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return [line.split() for line in lines if line and not line.startswith("#")]


def _github(path: str) -> set[str]:
    """The owners on GitHub: of the last pattern that matches, by the part of gitignore's rules that is used."""
    owners: list[str] = []
    for pattern, *named in _lines(ROOT / ".github/CODEOWNERS"):
        anchored = pattern.startswith("/") or "/" in pattern.rstrip("/")
        words = re.escape(pattern.strip("/")).replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
        below = "/.*" if pattern.endswith("/") else "(/.*)?"
        if re.fullmatch(("" if anchored else "(.*/)?") + words + below, path):
            owners = named
    return {owner.removeprefix("@OWNER/") for owner in owners}


def _gitea(path: str) -> set[str]:
    """The reviewers on Gitea: of every expression that matches the whole path, or doesn't where it starts with ``!``."""
    found: set[str] = set()
    for pattern, *named in _lines(ROOT / ".gitea/CODEOWNERS"):
        matches = re.fullmatch(pattern.removeprefix("!").replace("\\\\", "\\"), path) is not None
        if matches != pattern.startswith("!"):
            found |= {owner.removeprefix("@OWNER/") for owner in named}
    return found


def _gitlab(path: str) -> set[str]:
    """All whose approval is needed on GitLab, or one of them a section: in each the last pattern that matches."""
    found: dict[str, list[str]] = {}
    section, default = "", [""]
    for words in _lines(ROOT / ".gitlab/CODEOWNERS"):
        if words[0].startswith("["):
            section, default = words[0], words[1:]
            continue
        pattern, named = words[0], words[1:] or default
        written = (
            re.escape(pattern.strip("/")).replace(r"\*\*/", "(.*/)?").replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
        )
        if re.fullmatch(written + ("/.*" if pattern.endswith("/") else ""), path):
            found[section] = named
    return {owner.removeprefix("@OWNER/") for owners in found.values() for owner in owners}


EITHER = {"department", "performance-office"}
HOUSE = {"maintainers", "performance-office"}
OWNED = {
    "targets/2018/01-retail-sales.yaml": EITHER,
    "targets/2018/commerce/01-retail-sales.yaml": EITHER,
    "targets/2018/adjustments/material/2018-07-02-export.yaml": {"performance-office"},
    "targets/2018/commerce/adjustments/material/2018-07-02-export.yaml": {"performance-office"},
    "targets/2018/adjustments/critical/2018-07-02-export.yaml": {"leaders"},
    "targets/2018/commerce/adjustments/critical/2018-07-02-export.yaml": {"leaders"},
    "targets/2018/plan.yaml": {"leaders"},
    "targets/2018/commerce/plan.yaml": {"leaders"},
    "schema/target.schema.json": HOUSE,
    "tools/target_registry/cli/main.py": HOUSE,
    ".github/CODEOWNERS": HOUSE,
    ".github/workflows/check.yml": HOUSE,
    ".github/rulesets/main.json": HOUSE,
    ".gitea/workflows/check.yml": HOUSE,
    ".gitlab-ci.yml": HOUSE,
    "action.yml": HOUSE,
    "constraints.txt": HOUSE,
    "README.md": HOUSE,
}


@pytest.mark.parametrize("path", OWNED)
def test_every_file_has_its_approvers(path: str) -> None:
    """The same ones on each forge; on GitLab those of a record come on top of those of any target."""
    assert _github(path) == OWNED[path]
    assert _gitea(path) == OWNED[path]
    assert _gitlab(path) == OWNED[path] | (EITHER if path.startswith("targets/") else set())


def test_no_line_is_without_approvers_and_only_known_teams_are_named() -> None:
    """A line without owners would leave its files to anybody."""
    for forge in (".github", ".gitea", ".gitlab"):
        for words in _lines(ROOT / forge / "CODEOWNERS"):
            assert {owner.removeprefix("@OWNER/") for owner in words if owner.startswith("@")} <= TEAMS
            assert len(words) > 1 or forge == ".gitlab"
    named = {team for words in _lines(ROOT / ".github/CODEOWNERS") for team in words[1:]}
    assert named == {f"@OWNER/{team}" for team in TEAMS}


def test_code_owners_are_written_in_what_github_reads() -> None:
    """Not all of gitignore's syntax is: no ranges, no negation, no escaped ``#``."""
    for pattern, *_ in _lines(ROOT / ".github/CODEOWNERS"):
        assert re.fullmatch(r"[\w./*-]+", pattern)


# What protects main.


def _ruleset(name: str) -> Any:
    return json.loads((ROOT / f".github/rulesets/{name}.json").read_text("utf-8"))


def test_the_ruleset_asks_for_all_that_approval_rests_on() -> None:
    """And lets nobody by. The check is the one that check.yml reports, and GitHub Actions must report it."""
    ruleset = _ruleset("main")
    assert (ruleset["target"], ruleset["enforcement"], ruleset["bypass_actors"]) == ("branch", "active", [])
    assert ruleset["conditions"] == {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}}
    rules = {rule["type"]: rule.get("parameters") for rule in ruleset["rules"]}
    assert len(rules) == len(ruleset["rules"])
    assert set(rules) == {"deletion", "non_fast_forward", "pull_request", "required_status_checks"}
    review = rules["pull_request"]
    assert review.pop("required_approving_review_count") >= 1
    assert review.pop("allowed_merge_methods") == ["merge"]
    assert review == dict.fromkeys(
        (
            "dismiss_stale_reviews_on_push",
            "require_code_owner_review",
            "require_last_push_approval",
            "required_review_thread_resolution",
        ),
        True,
    )
    checks = rules["required_status_checks"]
    assert checks["strict_required_status_checks_policy"] is True
    assert checks["do_not_enforce_on_create"] is False
    (job,) = jobs(CHECK)
    assert [check["context"] for check in checks["required_status_checks"]] == [job["name"]]
    assert checks["required_status_checks"][0]["integration_id"] == 15368


def test_the_approved_tags_stay_where_they_are() -> None:
    """A plan names one; whoever could move it could change what was approved."""
    ruleset = _ruleset("approved-tags")
    assert (ruleset["target"], ruleset["enforcement"], ruleset["bypass_actors"]) == ("tag", "active", [])
    assert ruleset["conditions"]["ref_name"] == {"include": ["refs/tags/approved-*"], "exclude": []}
    assert {rule["type"] for rule in ruleset["rules"]} == {"deletion", "update", "non_fast_forward"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_each_line_of_the_rulesets_is_documented(path: Path) -> None:
    """JSON holds no comments."""
    text = path.read_text("utf-8")

    def keys(node: object) -> set[str]:
        if isinstance(node, dict):
            return set(node) | {key for child in node.values() for key in keys(child)}
        return {key for child in node for key in keys(child)} if isinstance(node, list) else set()

    rules = [rule["type"] for name in ("main", "approved-tags") for rule in _ruleset(name)["rules"]]
    settings = {key for rule in _ruleset("main")["rules"] for key in keys(rule.get("parameters", {}))}
    for word in {*rules, *settings, "bypass_actors", "conditions", "enforcement"} - {"context"}:
        assert f"`{word}`" in text, word


# The forms.


def test_the_form_asks_for_what_a_record_holds() -> None:
    """Each question once, in Chinese, and none with a choice that is read in two ways."""
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/adjustment.yml").read_text("utf-8"))
    assert set(form) == {"name", "description", "title", "body"}
    allowed = {"markdown", "input", "textarea", "dropdown", "checkboxes"}
    assert {element["type"] for element in form["body"]} <= allowed
    asked = [element for element in form["body"] if element["type"] != "markdown"]
    identifiers = [element["id"] for element in asked]
    assert len(set(identifiers)) == len(identifiers)
    assert {"target", "before", "after", "reason", "basis", "requested_by"} <= set(identifiers)
    for element in asked:
        assert re.search("[\u4e00-\u9fff]", element["attributes"]["label"])
        if element["type"] == "checkboxes":
            assert all(option["required"] is True for option in element["attributes"]["options"])
        else:
            assert element["validations"] == {"required": True}
    (choice,) = [element for element in asked if element["type"] == "dropdown"]
    assert all(isinstance(option, str) for option in choice["attributes"]["options"])


def test_gitlab_s_templates_ask_the_same() -> None:
    """GitLab has no forms; its headings are the form's labels."""
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/adjustment.yml").read_text("utf-8"))
    written = (ROOT / ".gitlab/issue_templates/申请目标调整.md").read_text("utf-8")
    headings = re.findall(r"^## (.*)$", written, re.MULTILINE)
    labels = [element["attributes"]["label"] for element in form["body"] if element["type"] in ("input", "textarea")]
    assert headings == labels

    def outline(path: str) -> list[str]:
        return re.findall(r"^(?:## |- ).*$", (ROOT / path).read_text("utf-8"), re.MULTILINE)

    assert outline(".gitlab/merge_request_templates/Default.md") == outline(".github/pull_request_template.md")


def test_gitea_takes_the_templates_of_github() -> None:
    """It reads .github/ where .gitea/ has none, so there is one text to keep."""
    assert {path.name for path in (ROOT / ".gitea").iterdir()} == {"CODEOWNERS", "workflows"}


# The checks of Gitea and GitLab.


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    """One with the real registry on its main branch."""
    return Forge(tmp_path / "forge")


class Went(NamedTuple):
    """How a check went."""

    code: int
    log: str


def _on_gitea(forge: Forge, installed: Installed, folder: Path, event: Mapping[str, str], ref: str) -> Went:
    runner = Runner(GITEA, folder / "gitea", installed.temporary, installed.wheels)

    def check_out(given: Mapping[str, str]) -> None:
        forge.check_out(runner.workspace / given["path"], given.get("ref", ref))

    job = runner.run(event=event, check_out=check_out)
    return Went(int(not job.passed), job.log)


PULL = {
    "github.event_name": "pull_request",
    "github.event.pull_request.base.ref || github.ref": "main",
    "github.event.before": "",
}


def _on_gitlab(
    forge: Forge, installed: Installed, folder: Path, variables: Mapping[str, str], ref: str = "refs/pull/7/head"
) -> Went:
    """Run the job's script in a checkout, with an installation that is already there."""
    checkout, programs = folder / "builds", folder / "programs"
    commit = forge.check_out(checkout, ref)
    programs.mkdir()
    made = "\n".join(
        [
            "#!/bin/bash -e",
            'if [[ "$1 $2" == "-m venv" ]]; then',
            f'    mkdir -p "$3/bin"; ln -s "{installed.temporary}/tool/bin/targets" "$3/bin/targets"',
            '    printf \'#!/bin/sh\\necho "$@"\\n\' >"$3/bin/python"; chmod +x "$3/bin/python"',
            "else exit 3; fi\n",
        ]
    )
    (programs / "python").write_text(made, "utf-8")
    (programs / "python").chmod(0o755)
    (job,) = [job for name, job in read(GITLAB).items() if name == "check"]
    (script,) = job["script"]
    (folder / "script.sh").write_text(script, "utf-8")
    done = subprocess.run(
        ["bash", folder / "script.sh"], cwd=checkout, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", check=False,
        env=environment(PATH=os.pathsep.join([str(programs), os.defpath]), TMPDIR=str(folder),
                        CI_PROJECT_ID="1", CI_PROJECT_URL="https://forge.example/office/registry",
                        CI_COMMIT_SHA=commit) | job["variables"] | dict(variables),
    )  # fmt: skip
    return Went(done.returncode, done.stdout)


REQUEST = {
    "CI_MERGE_REQUEST_IID": "7",
    "CI_MERGE_REQUEST_PROJECT_ID": "1",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
    "CI_COMMIT_BRANCH": "",
}


def _move(to: str) -> Any:
    def move(files: Path) -> None:
        change_weight(files, "5", target=to)
        change_weight(files, "3", target="02-online-retail")

    return move


@pytest.fixture(params=["gitea", "gitlab"])
def judge(request: pytest.FixtureRequest, forge: Forge, by_workflow: Installed, tmp_path: Path) -> Any:
    """Run the check of each for pull request 7."""

    def run() -> Went:
        if request.param == "gitea":
            return _on_gitea(forge, by_workflow, tmp_path, PULL, "refs/pull/7/head")
        return _on_gitlab(forge, by_workflow, tmp_path, REQUEST)

    return run


def test_a_sound_request_passes_and_is_told(forge: Forge, judge: Any) -> None:
    """With what it changes, and the weights."""
    start = forge.main
    forge.push(lambda files: (files / "notes.txt").write_text("1", "utf-8"))
    forge.propose(7, _move("01-retail-sales"), start=start)
    went = judge()
    assert went.code == 0, went.log
    assert "90" in went.log


def test_what_is_judged_is_the_merge(forge: Forge, judge: Any) -> None:
    """Fine by itself, and not together with what main has got since."""
    start = forge.main
    forge.push(_move("03-goods-trade-growth"))
    forge.propose(7, _move("01-retail-sales"), start=start)
    went = judge()
    assert went.code == 1
    assert "91" in went.log


def test_a_conflict_is_told_in_a_sentence(forge: Forge, judge: Any) -> None:
    """There is nothing that could be judged."""
    start = forge.main
    forge.push(lambda files: change_weight(files, "5"))
    forge.propose(7, lambda files: change_weight(files, "3"), start=start)
    went = judge()
    assert went.code == 1
    assert "有冲突" in went.log
    assert "weights" not in went.log


def test_a_hostile_request_runs_nothing(forge: Forge, judge: Any, tmp_path: Path) -> None:
    """Its own code, schema and settings are in the checkout, and that is all."""
    marker = tmp_path / "was-here"
    forge.propose(7, lambda files: make_hostile(files, marker))
    went = judge()
    assert went.code == 0, went.log
    assert not marker.exists()


def test_gitlab_keeps_its_reports(forge: Forge, by_workflow: Installed, tmp_path: Path) -> None:
    """Code quality, and the changes with links to the request's own lines; each is among the artifacts."""
    head = forge.propose(7, _move("01-retail-sales"))
    went = _on_gitlab(forge, by_workflow, tmp_path, REQUEST)
    assert went.code == 0, went.log
    job = read(GITLAB)["check"]
    quality = json.loads((tmp_path / "builds" / job["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
    assert {issue["location"]["path"].split("/")[0] for issue in quality} == {"targets"}
    (changes,) = job["artifacts"]["paths"]
    report = (tmp_path / "builds" / changes).read_text("utf-8")
    assert f"https://forge.example/office/registry/-/blob/{head}/targets/2018/01-retail-sales.yaml#L" in report
    assert job["artifacts"]["when"] == "always"
    assert re.fullmatch(r"\w[-\w ]*", job["artifacts"]["expose_as"], re.ASCII)  # as GitLab has it


def test_gitlab_refuses_a_pipeline_of_a_fork(forge: Forge, by_workflow: Installed, tmp_path: Path) -> None:
    """There origin's main is the fork's, and so would be the tool."""
    forge.propose(7, _move("01-retail-sales"))
    went = _on_gitlab(forge, by_workflow, tmp_path, REQUEST | {"CI_MERGE_REQUEST_PROJECT_ID": "2"})
    assert went.code == 1
    assert "派生项目" in went.log


def test_gitlab_s_own_merge_is_judged_by_its_source(forge: Forge, by_workflow: Installed, tmp_path: Path) -> None:
    """In a pipeline for merged results the checkout is GitLab's merge."""
    head = forge.propose(7, _move("01-retail-sales"))
    variables = REQUEST | {"CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": head}
    went = _on_gitlab(forge, by_workflow, tmp_path, variables, "refs/pull/7/merge")
    assert went.code == 0, went.log


@pytest.mark.parametrize("known", [True, False])
def test_a_push_is_compared_with_what_was_there(
    forge: Forge, by_workflow: Installed, tmp_path: Path, *, known: bool
) -> None:
    """Where there was something."""
    before = forge.main if known else "0" * 40
    forge.push(_move("01-retail-sales"))
    event = PULL | {"github.event_name": "push", "github.event.before": before}
    on_gitea = _on_gitea(forge, by_workflow, tmp_path, event, "main")
    variables = {"CI_COMMIT_BRANCH": "main", "CI_COMMIT_BEFORE_SHA": before}
    on_gitlab = _on_gitlab(forge, by_workflow, tmp_path, variables, "main")
    assert (on_gitea.code, on_gitlab.code) == (0, 0), on_gitea.log + on_gitlab.log
    assert (tmp_path / "builds/changes.md").exists() == known


def test_gitea_s_check_judges_as_github_s_does() -> None:
    """Names that protection rules rely on, and the commands."""
    (github,), (gitea,) = jobs(CHECK), jobs(GITEA)
    assert github["name"] == gitea["name"] == "check"
    assert [step["name"] for step in steps(GITEA) if "run" in step] == [
        "Install the tool", "Merge, and find what to compare with", JUDGE, SHOW, WEIGH,
    ]  # fmt: skip
    assert "ref" not in next(step for step in steps(GITEA) if step.get("with", {}).get("path") == "head")["with"]


def _commands(text: str) -> Sequence[str]:
    return re.findall(r"targets(?:\"| -C \S+)* (check|diff|weights)\b", text)


def test_each_forge_runs_the_same_commands() -> None:
    """So that a request that passes on one passes on the others."""
    for path in (CHECK, GITEA, GITLAB):
        assert set(_commands(path.read_text("utf-8"))) == {"check", "diff", "weights"}, path
