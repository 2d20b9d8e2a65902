"""What the workflow check.yml and the action do with a registry."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.automation.conftest import Installed
from tests.automation.runner import (
    CHECK,
    COMPARE,
    JUDGE,
    MARK,
    REPORT,
    WEIGH,
    Change,
    Forge,
    Job,
    Ran,
    Runner,
    about_pull_request,
    about_push,
    change,
    change_weight,
    environment,
    git,
    make_hostile,
    pinned,
    program,
)


def _said(runner: Runner, language: str) -> list[str]:
    """The annotations in a language, as the command itself makes them."""
    compared = [] if runner.is_action else ["--rev", "HEAD", "--base", "HEAD^1"]
    said = subprocess.run(
        [program(runner, "targets"), "--lang", language, "-C", runner.registry, "check", *compared,
         "--format", "github"],
        env=environment(), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return Ran(said.returncode, said.stdout).annotations


def test_only_pinned_versions_are_installed(runner: Runner) -> None:
    """Also what the build and the dependencies need is named in constraints.txt."""
    listed = subprocess.run(
        [program(runner, "python"), "-m", "pip", "list", "--format=json"],
        env=environment(), stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    found = {re.sub(r"[-_.]+", "-", entry["name"]).lower(): entry["version"] for entry in json.loads(listed.stdout)}
    assert {"click", "jsonschema-rs", "target-registry"} <= set(found)
    brought_by_python = ("pip", "setuptools", "target-registry")
    assert {name: pinned().get(name) for name in found if name not in brought_by_python} == {
        name: version for name, version in found.items() if name not in brought_by_python
    }


@pytest.mark.parametrize("machine", ["C.UTF-8", "en_US.UTF-8", "zh_CN.UTF-8", "POSIX"])
def test_a_sound_registry_passes_in_its_own_language(runner: Runner, machine: str) -> None:
    """Annotations and weights are in the plan's language, whatever the machine's is."""
    job = runner.run(around={"LANG": machine})
    assert job.passed
    assert job.ran[JUDGE].annotations == _said(runner, "zh") != _said(runner, "en")
    assert any(line.startswith("::warning file=targets/2018/") for line in job.ran[JUDGE].annotations)
    assert re.search(r"^### 2018年度.*填报表\n\n\|.*\n\|(:?-+:?\|)+\n", job.summary, re.MULTILINE)
    assert "关键量化指标" in job.summary
    assert "**90**" in job.summary
    assert not re.search("[A-Za-z]", _weights(job.summary).replace("<br>", "").replace("HEAD", ""))


def _weights(summary: str) -> str:
    """The last of a summary's tables, without the commit that it is of."""
    return re.sub(r"[0-9a-f]{12,40}", "0", summary[summary.rindex("### 2018年度") :])


def test_a_changed_weight_fails_and_is_explained(runner: Runner) -> None:
    """The job is red, the line is marked, and the summary is written all the same."""
    change_weight(runner.registry)
    job = runner.run()
    assert not job.passed
    assert job.ran[JUDGE].code == 1
    assert job.ran[JUDGE].annotations[0].startswith("::error file=targets/2018/plan.yaml,line=7,col=10,")
    assert job.ran[WEIGH].code == 1
    assert "**91**" in job.summary
    below = job.summary.rsplit("|", 1)[-1].partition("<br>")[0]
    assert sorted(re.findall(r"\d+", below)) == ["1", "90", "91"]  # over by one, not 90 as declared


def test_where_there_is_no_registry_the_job_fails(runner: Runner) -> None:
    """A sentence of each step in the log, and no traceback."""
    shutil.rmtree(runner.registry / "targets")
    job = runner.run()
    assert not job.passed
    assert {JUDGE, WEIGH} <= set(job.ran)
    for name, ran in job.ran.items():
        if name not in (JUDGE, MARK, REPORT, WEIGH) or (runner.is_action and name == REPORT):
            continue  # the action compares only where it is told with what
        assert ran.code == 2
        assert len(ran.log.splitlines()) == 1
    assert job.summary == ""


@pytest.mark.parametrize("weight", ["4", "5", "many"])
def test_nothing_that_the_pull_request_brings_is_run_or_believed(
    runner: Runner, installed: Installed, weight: str
) -> None:
    """Modules, build files, settings and schemas at the registry's root change nothing."""
    if weight != "4":
        change_weight(runner.registry, weight)
    honest = runner.run()
    assert honest.passed == (weight == "4")
    marker = make_hostile(runner.registry)
    hostile = runner.run(around={"PYTHONPATH": str(runner.registry)})
    assert not marker.exists()
    assert not installed.marker.exists()  # nor while the tool was installed
    assert [ran.code for ran in hostile.ran.values()] == [ran.code for ran in honest.ran.values()]
    assert _weights(hostile.summary) == _weights(honest.summary)
    # The report names a schema that is changed, since whoever approves should look at it.
    told = {name for name in ("plan", "target") if f"schema/{name}.schema.json" in hostile.summary}
    assert told == (set() if runner.is_action else {"plan", "target"})
    added = set(hostile.ran[JUDGE].annotations) - set(honest.ran[JUDGE].annotations)
    assert set(honest.ran[JUDGE].annotations) <= set(hostile.ran[JUDGE].annotations)
    assert {re.sub(r",.*", "", line) for line in added} == {
        f"::warning file=schema/{name}.schema.json" for name in ("plan", "target")
    }


def test_the_hostile_files_would_bite(runner: Runner) -> None:
    """So that the test above isn't one of blanks: without protection each way in works."""
    marker = make_hostile(runner.registry)
    for command, around in (
        (["-c", "import venv"], {}),
        (["-m", "pip", "--version"], {}),
        (["-c", ""], {"PYTHONPATH": str(runner.registry)}),
        ([str(program(runner, "targets")), "--version"], {"PYTHONPATH": str(runner.registry)}),
    ):
        subprocess.run(
            [program(runner, "python"), *command],
            cwd=runner.registry, env=environment(**around), capture_output=True, check=False,
        )  # fmt: skip
        assert marker.exists(), command
        marker.unlink()


def test_strict_lets_warnings_fail(action: Runner) -> None:
    """The 2018 form has warnings, so that it passes only where they may stand."""
    assert action.run(inputs={"strict": "false"}).passed
    job = action.run(inputs={"strict": "true"})
    assert {name: ran.code for name, ran in job.ran.items() if ran.code} == {JUDGE: 1}


@pytest.mark.parametrize(
    "value", ["yes", "True", "", " true", "true\n::warning::x", "$(touch taken)", "';touch taken;'"]
)
def test_a_bad_input_is_refused_with_one_sentence(action: Runner, value: str) -> None:
    """It is neither repeated nor run, and nothing is installed for it."""
    for name in ("strict", "lang") if value else ("strict",):
        job = action.run(inputs={name: value})
        assert not job.passed
        (refused,) = job.ran.values()
        assert refused.code == 2
        assert len(refused.annotations) == len(refused.log.splitlines()) == 1
        assert refused.log.startswith(f"::error::{name} 只能是")
    assert not (action.workspace / "taken").exists()


def test_the_language_can_be_chosen(action: Runner) -> None:
    """For the annotations; the weights are a document of the plan and keep its language."""
    job = action.run(inputs={"lang": "en"})
    assert job.passed
    assert job.ran[JUDGE].annotations == _said(action, "en")
    assert job.summary == action.run(inputs={"lang": "zh"}).summary


@pytest.mark.parametrize("name", ["departments/commerce", "a b", "-C", "$(touch taken)", "'; touch taken; '", "商务厅"])
def test_the_registry_can_lie_anywhere(action: Runner, name: str) -> None:
    """The folder's name is never read as shell, and annotations start at the repository's top."""
    folder = action.workspace / name
    folder.mkdir(parents=True)
    for part in ("targets", "schema"):
        (action.workspace / part).rename(folder / part)
    job = action.run(inputs={"path": name})
    assert job.passed
    assert not (action.workspace / "taken").exists()
    assert job.ran[JUDGE].annotations[0].startswith(f"::warning file={name}/targets/2018/")


# What is judged: the merge.


class Judged(NamedTuple):
    """A forge with a pull request of a fork, and how its check went."""

    job: Job
    runner: Runner


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    """One with the real registry on its main branch."""
    return Forge(tmp_path / "forge")


Judge = Callable[..., Judged]


@pytest.fixture
def judge(forge: Forge, by_workflow: Installed, tmp_path: Path) -> Judge:
    """Run check.yml as for a pull request, or as for a push."""
    count = itertools.count()

    def run(event: Mapping[str, str], ref: str) -> Judged:
        runner = Runner(CHECK, tmp_path / f"run-{next(count)}", by_workflow.temporary, by_workflow.wheels)

        def check_out(given: Mapping[str, str]) -> None:
            if given["path"] == "registry":
                forge.check_out(runner.registry, ref)

        return Judged(runner.run(event=event, check_out=check_out), runner)

    return run


def _of_pull_request(forge: Forge, number: int) -> tuple[dict[str, str], str]:
    head = git(forge.server, "rev-parse", f"refs/pull/{number}/head")
    return about_pull_request(head, forge.main), f"refs/pull/{number}/merge"


def _move_points(to: str) -> Change:
    """Give a point of the second target to another one; the sum stays."""

    def move(registry: Path) -> None:
        change_weight(registry, "5", target=to)
        change_weight(registry, "3", target="02-online-retail")

    return move


def test_the_base_is_the_one_that_the_merge_was_made_with(forge: Forge, judge: Judge) -> None:
    """However many commits the pull request and the base have had since they parted."""
    start = forge.main
    forge.push(lambda files: (files / "notes.txt").write_text("1", "utf-8"))
    first = forge.commit(_move_points("01-retail-sales"), start)
    head = forge.propose(7, lambda files: (files / "more.txt").write_text("2", "utf-8"), start=first)
    judged = judge(*_of_pull_request(forge, 7))
    assert judged.job.passed
    outputs = judged.runner.outputs["compare"]
    assert outputs["base"] == forge.main != start
    assert outputs["after"] == git(forge.server, "rev-parse", "refs/pull/7/merge")
    assert outputs["link"] == f"https://forge.example/office/registry/blob/{head}/"


def test_the_reports_are_the_command_s_of_base_and_merge(forge: Forge, judge: Judge) -> None:
    """Annotations, at most ten of a kind, and a summary whose links lead to the head's lines."""
    forge.propose(7, _move_points("01-retail-sales"))
    judged = judge(*_of_pull_request(forge, 7))
    assert judged.job.passed
    outputs = judged.runner.outputs["compare"]
    diff: list[str | Path] = [
        program(judged.runner, "targets"),
        "-C",
        judged.runner.registry,
        "diff",
        outputs["base"],
        outputs["after"],
    ]

    def said(*options: str) -> str:
        return subprocess.run(
            [*diff, *options], env=environment(LC_ALL="C.UTF-8"), stdout=subprocess.PIPE, encoding="utf-8", check=True
        ).stdout

    marked = judged.job.ran[MARK]
    assert marked.log == said("--format", "github")
    assert 0 < len(marked.annotations) <= 10
    assert any("file=targets/2018/01-retail-sales.yaml" in line for line in marked.annotations)
    report = said("--format", "markdown", "--link", outputs["link"])
    assert judged.job.summary.startswith(report)
    assert f"{outputs['link']}targets/2018/01-retail-sales.yaml#L" in report
    assert "**90**" in judged.job.summary[len(report) :]


def test_two_fine_pull_requests_that_break_the_total_together_fail(forge: Forge, judge: Judge) -> None:
    """Each takes the same point from the same target, which Git merges without a word."""
    start = forge.main
    forge.propose(7, _move_points("01-retail-sales"), start=start)
    forge.propose(8, _move_points("03-goods-trade-growth"), start=start)
    assert judge(*_of_pull_request(forge, 7)).job.passed
    assert judge(*_of_pull_request(forge, 8)).job.passed
    forge.merge(7)
    assert forge.try_merge(8) is not None
    together = judge(*_of_pull_request(forge, 8)).job
    assert not together.passed
    assert together.ran[JUDGE].annotations[0].startswith("::error file=targets/2018/plan.yaml,line=7,")
    assert together.ran[WEIGH].code == 1
    assert "**91**" in together.summary


def test_what_is_judged_is_what_git_stores(forge: Forge, judge: Judge) -> None:
    """A pull request's .gitattributes can make its checkout look like something else."""

    def attributes_only(files: Path) -> None:
        (files / ".gitattributes").write_text("targets/2018/01* ident\n", "utf-8")
        path = files / "targets/2018/01-retail-sales.yaml"
        path.write_text(path.read_text("utf-8").replace("remarks: ", "remarks: $Id$ "), "utf-8")

    forge.propose(7, attributes_only)
    judged = judge(*_of_pull_request(forge, 7))
    assert "$Id: " in (judged.runner.registry / "targets/2018/01-retail-sales.yaml").read_text("utf-8")
    assert "$Id: " not in judged.job.log + judged.job.summary


def test_a_checkout_that_is_no_merge_is_refused(forge: Forge, judge: Judge) -> None:
    """Compared with its own parent, a pull request of two commits would hide the first."""
    first = forge.commit(_move_points("01-retail-sales"), forge.main)
    forge.propose(7, lambda files: (files / "more.txt").write_text("2", "utf-8"), start=first)
    event, _ = _of_pull_request(forge, 7)
    for ref in ("refs/pull/7/head", "refs/heads/main"):
        job = judge(event, ref).job
        assert set(job.ran) == {COMPARE}
        assert not job.passed
        assert len(job.ran[COMPARE].annotations) == 1


def test_a_push_is_compared_with_what_was_there_before(forge: Forge, judge: Judge) -> None:
    """Also one of several commits; with nothing where there is nothing, or where history was rewritten."""
    before = forge.main
    forge.push(_move_points("01-retail-sales"))
    after = forge.push(lambda files: (files / "notes.txt").write_text("1", "utf-8"))
    judged = judge(about_push(before, after), "refs/heads/main")
    assert judged.job.passed
    assert judged.runner.outputs["compare"]["base"] == before
    assert MARK in judged.job.ran
    stranger = forge.commit(lambda files: (files / "notes.txt").write_text("2", "utf-8"), before)
    for nothing in ("0" * 40, "", stranger, "e" * 40, "--help"):
        judged = judge(about_push(nothing, after), "refs/heads/main")
        assert judged.job.passed
        assert judged.runner.outputs["compare"]["base"] == ""
        assert set(judged.job.ran) == {COMPARE, JUDGE, WEIGH}


def test_an_approved_plan_asks_for_a_record(forge: Forge, judge: Judge) -> None:
    """Once the base's plan is approved; a pull request that takes that back changes nothing."""
    git(forge.server, "tag", "approved-2018", forge.main)
    forge.push(_approve)
    forge.propose(7, _move_points("01-retail-sales"))
    job = judge(*_of_pull_request(forge, 7)).job
    assert job.ran[JUDGE].code == 1
    assert job.ran[WEIGH].code == 0

    def withdraw(files: Path) -> None:
        _move_points("01-retail-sales")(files)
        change(files / "targets/2018/plan.yaml", "status: approved\napproved_revision: approved-2018\n", "")

    forge.propose(8, withdraw)
    assert judge(*_of_pull_request(forge, 8)).job.ran[JUDGE].code == 1


def test_with_a_record_of_each_change_it_passes(forge: Forge, judge: Judge) -> None:
    """As docs/approval.md writes it: one a severity, in its folder."""
    git(forge.server, "tag", "approved-2018", forge.main)
    forge.push(_approve)
    forge.propose(7, _move_points("01-retail-sales"))
    bare = judge(*_of_pull_request(forge, 7))
    outputs = bare.runner.outputs["compare"]
    said = subprocess.run(
        [program(bare.runner, "targets"), "-C", bare.runner.registry, "diff", outputs["base"], outputs["after"],
         "--format", "json"],
        env=environment(LC_ALL="C.UTF-8"), stdout=subprocess.PIPE, encoding="utf-8", check=True,
    ).stdout  # fmt: skip
    changes = [entry for entry in json.loads(said)["changes"] if entry["severity"] in ("material", "critical")]
    assert changes

    def with_records(files: Path) -> None:
        _move_points("01-retail-sales")(files)
        for severity in {entry["severity"] for entry in changes}:
            folder = files / "targets/2018/adjustments" / severity
            folder.mkdir(parents=True)
            record = "reason: 国家统计局调整统计口径\nbasis: 浙商务发〔2018〕56号\nrequested_by: 省商务厅市场处\n"
            record += "date: 2018-07-02\nchanges:\n"
            for entry in changes:
                if entry["severity"] == severity:
                    record += f"  - target: {entry['target']}\n    field: {entry['field']}\n"
                    record += f"    from: {entry['before']}\n    to: {entry['after']}\n"
            (folder / "2018-07-02-points.yaml").write_text(record, "utf-8")

    forge.propose(7, with_records)
    job = judge(*_of_pull_request(forge, 7)).job
    assert job.passed, job.log


def _approve(files: Path) -> None:
    change(files / "targets/2018/plan.yaml", "language: zh\n",
           "language: zh\nstatus: approved\napproved_revision: approved-2018\n")  # fmt: skip


def test_one_report_that_fails_keeps_none_of_the_others_back(forge: Forge, judge: Judge) -> None:
    """Whoever repairs a pull request needs all of them; the job is red all the same."""

    def break_it(files: Path) -> None:
        change_weight(files, "5")
        change(files / "targets/2018/02-online-retail.yaml", "\ncategory:", "\ncategory\t:")

    forge.propose(7, break_it)
    job = judge(*_of_pull_request(forge, 7)).job
    assert set(job.ran) == {COMPARE, JUDGE, MARK, REPORT, WEIGH}
    assert job.ran[JUDGE].code == 1
    assert "### 2018年度" in job.summary


def test_the_action_compares_with_the_base_it_is_given(action: Runner) -> None:
    """The summary tells the changes, and what approval lacks fails the job; without a base neither happens."""
    plan = action.registry / "targets/2018/plan.yaml"
    change(plan, "language: zh\n", "language: zh\nstatus: approved\napproved_revision: approved\n")
    git(action.registry, "add", ".")
    git(action.registry, "commit", "--quiet", "--message=form")
    git(action.registry, "tag", "approved")
    base = git(action.registry, "rev-parse", "HEAD")
    change_weight(action.registry)
    change(plan, "total: 90", "total: 91")
    git(action.registry, "commit", "--quiet", "--all", "--message=proposal")
    job = action.run(inputs={"base": base})
    assert not job.passed
    assert "adjustment-missing" in job.ran[JUDGE].log
    assert "分值由4分改为5分" in job.summary or "完成时限" in job.summary
    assert action.run().passed
    refused = action.run(inputs={"base": "main; touch taken"})
    assert refused.ran[next(iter(refused.ran))].log.startswith("::error::base 只能是提交号")
    assert not (action.workspace / "taken").exists()
