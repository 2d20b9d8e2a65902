"""``targets diff``, ``check --base`` and ``adjust`` on real repositories: which revisions, which exit code, which bytes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from target_registry import limits
from tests.conftest import Outcome, Run
from tests.test_sources import add_submodules, git

DAY = ("--as-of", "2018-03-01")
RETAIL = "targets/2018/01-retail-sales.yaml"


def edit(folder: Path, path: str, *pairs: tuple[str, str]) -> None:
    file = folder / path
    text = file.read_text("utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    file.write_text(text, "utf-8")


def commit(folder: Path, message: str = "change") -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", f"--message={message}")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(registry: Path) -> Path:
    """The registry, committed on main."""
    git(registry, "init", "--quiet", "--initial-branch=main")
    commit(registry, "first")
    return registry


@pytest.fixture
def approved(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same with the plan approved, at the beginning of the year."""
    edit(
        repository, "targets/2018/plan.yaml",
        ("language: zh\n", "language: zh\nstatus: approved\napproved_revision: approved-2018\n"),
    )  # fmt: skip
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2018-01-31T12:00:00+0800")
    git(repository, "commit", "--quiet", "--amend", "--no-edit")
    commit(repository, "approve")
    git(repository, "tag", "approved-2018")
    monkeypatch.delenv("GIT_COMMITTER_DATE")
    return repository


def changes(run: Run, folder: Path, *arguments: str) -> list[tuple[str | None, str | None, str]]:
    """Slug, field and severity of each change."""
    outcome = run("-C", str(folder), "diff", *arguments, *DAY, "--format", "json")
    assert outcome.code == 0, outcome.err
    return [(change["target"], change["field"], change["severity"]) for change in json.loads(outcome.out)["changes"]]


LATER = [("retail-sales", "deadline_month", "notable")]


def test_branches_tags_commits_and_the_working_tree(repository: Path, run: Run) -> None:
    first = git(repository, "rev-parse", "HEAD")
    git(repository, "tag", "--annotate", "v1", "--message=v1")
    git(repository, "switch", "--quiet", "--create", "proposal")
    edit(repository, RETAIL, ("deadline_month: 12", "deadline_month: 11"))
    assert changes(run, repository) == LATER
    assert changes(run, repository, "main") == LATER
    second = commit(repository)
    assert changes(run, repository) == []
    for base, head in (("main", "proposal"), ("v1", "HEAD"), (first, second), (first[:9], "@"), ("HEAD~1", second[:8])):
        assert changes(run, repository, base, head) == LATER
        assert changes(run, repository, f"{base}..{head}") == LATER
    assert changes(run, repository, "proposal", "main") == [("retail-sales", "deadline_month", "material")]


def test_three_dots_compare_with_where_the_two_parted(repository: Path, run: Run) -> None:
    git(repository, "switch", "--quiet", "--create", "proposal")
    edit(repository, RETAIL, ("deadline_month: 12", "deadline_month: 11"))
    commit(repository)
    git(repository, "switch", "--quiet", "main")
    edit(repository, "targets/2018/02-online-retail.yaml", ("deadline_month: 12", "deadline_month: 10"))
    commit(repository)
    assert changes(run, repository, "main...proposal") == LATER
    assert {slug for slug, _, _ in changes(run, repository, "main..proposal")} == {"retail-sales", "online-retail"}
    git(repository, "switch", "--quiet", "proposal")
    assert changes(run, repository, "main...") == LATER


def test_dots_in_braces_are_words_of_a_message(repository: Path, run: Run) -> None:
    edit(repository, RETAIL, ("deadline_month: 12", "deadline_month: 11"))
    commit(repository, "weights 1..2")
    commit_of_words = "HEAD^{/1..2}"
    assert changes(run, repository, "HEAD~1", commit_of_words) == LATER
    assert changes(run, repository, f"HEAD~1..{commit_of_words}") == LATER
    assert changes(run, repository, f"{commit_of_words}...HEAD") == []
    assert run("-C", str(repository), "check", "--base", commit_of_words).code == 0


def test_the_index_is_what_the_next_commit_holds(repository: Path, run: Run) -> None:
    edit(repository, RETAIL, ("deadline_month: 12", "deadline_month: 11"))
    git(repository, "add", "--all")
    edit(repository, RETAIL, ("weight: 4", "weight: 5"))
    assert changes(run, repository, "--cached") == LATER
    assert changes(run, repository, "HEAD", "--staged") == LATER
    assert {field for _, field, _ in changes(run, repository)} == {"deadline_month", "weight"}


def test_a_hook_looks_at_the_index_that_git_commits(
    repository: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With ``-a``, and where files are named, that is another one than the usual."""
    edit(repository, RETAIL, ("deadline_month: 12", "deadline_month: 11"))
    hook = repository / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text('#!/bin/sh\ncp "$GIT_INDEX_FILE" .git/kept\nexit 1\n')
    hook.chmod(0o755)
    for words in (("--all",), (RETAIL,)):
        with pytest.raises(subprocess.CalledProcessError):
            git(repository, "commit", "--quiet", "--message=x", *words)
        assert changes(run, repository, "--cached") == []
        monkeypatch.setenv("GIT_INDEX_FILE", str(repository / ".git/kept"))
        assert changes(run, repository, "--cached") == LATER
        shutil.move(repository / ".git/kept", tmp_path / "kept")
        monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "kept"))
        shown = run("-C", str(repository), "--lang", "en", "diff", "--cached")
        assert "nothing has changed" in shown.out
        assert "which is no index of this repository" in shown.err
        monkeypatch.delenv("GIT_INDEX_FILE")


def sentence(outcome: Outcome, code: int = 2) -> str:
    """The one sentence of a call that could not be done."""
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err.count("\n") == 1
    assert outcome.err.startswith("targets: ")
    return outcome.err


@pytest.mark.parametrize(
    "name", ["nowhere", "-x", "HEAD:targets", ":/first", "HEAD^{tree}", "a b", "a\nb", "--", "^HEAD"]
)
def test_a_bad_revision_is_one_sentence(repository: Path, run: Run, name: str) -> None:
    for arguments in ((f"{name}", "HEAD"), ("HEAD", name)):
        said = sentence(run("-C", str(repository), "--lang", "en", "diff", "--", *arguments))
        assert "there is no revision" in said


@pytest.mark.parametrize("option", ["--output=x", "--no-index", "--ext-diff", "-O/etc/passwd"])
def test_gits_options_are_none_of_ours(repository: Path, run: Run, option: str) -> None:
    assert "no such option" in sentence(run("-C", str(repository), "--lang", "en", "diff", option, "HEAD")).lower()
    assert not (repository / "x").exists()


def test_other_calls_that_make_no_sense(repository: Path, run: Run) -> None:
    call = ("-C", str(repository), "--lang", "en")
    assert "no second revision" in sentence(run(*call, "diff", "HEAD", "HEAD", "--cached"))
    assert "no third" in sentence(run(*call, "diff", "HEAD..HEAD", "HEAD"))
    assert "is no date" in sentence(run(*call, "diff", "--as-of", "2018-02-30"))
    assert "is no slug" in sentence(run(*call, "adjust", "--slug", "../x"))


def test_an_unborn_branch_and_a_shallow_clone(registry: Path, run: Run, tmp_path: Path) -> None:
    git(registry, "init", "--quiet", "--initial-branch=main")
    assert "no commit yet" in sentence(run("-C", str(registry), "--lang", "en", "diff"))
    commit(registry, "first")
    edit(registry, RETAIL, ("weight: 4", "weight: 5"))
    commit(registry, "second")
    git(tmp_path, "clone", "--quiet", "--depth=1", registry.as_uri(), "shallow")
    shallow = ("-C", str(tmp_path / "shallow"), "--lang", "en")
    assert "the clone is shallow" in sentence(run(*shallow, "diff", "HEAD~1"))
    assert run(*shallow, "diff").code == 0


def test_histories_without_a_common_commit(repository: Path, run: Run) -> None:
    git(repository, "switch", "--quiet", "--orphan", "other")
    (repository / "targets/2018").mkdir(parents=True)
    (repository / "targets/2018/plan.yaml").write_text("title: x\n")
    commit(repository)
    assert "no history in common" in sentence(run("-C", str(repository), "--lang", "en", "diff", "main...other"))


def test_a_folder_that_git_takes_for_another_repository_is_told(repository: Path, run: Run) -> None:
    """It was committed with a ``.git`` of its own, which is gone."""
    other = repository / "targets/2019"
    shutil.copytree(repository / "targets/2018", other)
    git(
        repository,
        "update-index",
        "--add",
        "--cacheinfo",
        f"160000,{git(repository, 'rev-parse', 'HEAD')},targets/2019",
    )
    git(repository, "commit", "--quiet", "--message=nested")
    for words in (("diff",), ("check", "--base", "HEAD"), ("adjust",)):
        said = sentence(run("-C", str(repository), "--lang", "en", *words))
        assert "Git has targets/2019 as a repository of its own" in said
        assert "run git rm --cached targets/2019, then git add targets/2019" in said


def test_a_merge_conflict_in_the_index_is_one_sentence(repository: Path, run: Run) -> None:
    git(repository, "switch", "--quiet", "--create", "other")
    edit(repository, RETAIL, ("weight: 4", "weight: 5"))
    commit(repository)
    git(repository, "switch", "--quiet", "main")
    edit(repository, RETAIL, ("weight: 4", "weight: 6"))
    commit(repository)
    with pytest.raises(Exception, match="merge"):
        git(repository, "merge", "other")
    assert "merge conflict" in sentence(run("-C", str(repository), "--lang", "en", "diff", "--cached"))


def test_exit_codes_are_the_callers_choice(repository: Path, run: Run) -> None:
    call = ("-C", str(repository), "diff", "HEAD", *DAY)
    assert run(*call, "--exit-code", "--fail-on", "formatting").code == 0
    edit(repository, RETAIL, ("deadline_month: 12", "deadline_month: 11"))
    assert run(*call).code == 0
    assert run(*call, "--exit-code").code == 1
    assert [run(*call, "--fail-on", level).code for level in ("formatting", "editorial", "notable", "material")] == [
        1,
        1,
        1,
        0,
    ]
    edit(repository, RETAIL, ("weight: 4", "weight: 5"))
    assert [run(*call, "--fail-on", level).code for level in ("material", "critical")] == [1, 0]


def test_json_is_what_the_contract_says(approved: Path, run: Run) -> None:
    edit(approved, RETAIL, ("8.5%左右", "8%左右"), ("half_year: 8.5", "half_year: 8"))
    base = git(approved, "rev-parse", "main")
    document: dict[str, Any] = json.loads(
        run("-C", str(approved), "--lang", "zh", "diff", "main", *DAY, "--format", "json").out
    )
    assert (document["base"], document["head"], document["severity"]) == (base, None, "material")
    first, second = document["changes"]
    assert {key: first[key] for key in ("target", "number", "field", "before", "after", "severity", "code", "effect", "path", "line")} == {
        "target": "retail-sales", "number": 1, "field": "half_year_target", "before": "8.5%左右", "after": "8%左右",
        "severity": "material", "code": "sentence-weakened", "effect": "要求降低：数值由“8.5%左右”降为“8%左右”",
        "path": RETAIL, "line": 6,
    }  # fmt: skip
    assert (second["field"], second["before"], second["after"], second["line"]) == ("measure.half_year", 8.5, 8, 17)
    assert [finding["code"] for finding in document["findings"]] == ["adjustment-missing"] * 2
    nothing = json.loads(run("-C", str(approved), "diff", "main", "main", "--format", "json").out)
    assert (nothing["severity"], nothing["changes"]) == (None, [])


def test_at_most_ten_annotations_the_worst_first(repository: Path, run: Run) -> None:
    for path in sorted((repository / "targets/2018").glob("[01]*.yaml")):
        path.write_text(
            re.sub(r"(?m)^weight: (\d+)", lambda m: f"weight: {int(m[1]) + 1}", path.read_text("utf-8")), "utf-8"
        )
    (repository / "targets/2018/28-trade-friction.yaml").unlink()
    lines = run("-C", str(repository), "--lang", "zh", "diff", "HEAD", *DAY, "--format", "github").out.splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == 10
    assert commands[0].startswith(
        "::warning file=targets/2018/28-trade-friction.yaml,line=1,title=28 整项目标：target-removed::"
    )
    assert lines[10] == "另有10项变更见报告"


def test_line_ends_of_windows_are_no_change(repository: Path, run: Run) -> None:
    """Git for Windows checks files out with CRLF; what it stores is LF."""
    path = repository / RETAIL
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert changes(run, repository) == []
    git(repository, "config", "core.autocrlf", "false")
    commit(repository)
    assert changes(run, repository, "HEAD~1", "HEAD") == [("retail-sales", "layout", "formatting")]


def test_what_was_read_on_the_way_is_the_same_by_either_door(approved: Path, run: Run) -> None:
    """The working tree, the index and the commit of one proposal give one answer."""
    edit(approved, RETAIL, ("增长9%左右", "增长8%左右"), ("weight: 4", "weight: 3"))
    (approved / "targets/2018/18-dubai-station.yaml").unlink()
    edit(approved, "targets/2018/plan.yaml", ("total: 90", "total: 87"))
    (approved / ".github").mkdir()
    (approved / ".github/CODEOWNERS").write_text("* @x\n")
    by_tree = changes(run, approved, "main")
    git(approved, "add", "--all")
    by_index = changes(run, approved, "main", "--cached")
    git(approved, "switch", "--quiet", "--create", "proposal")
    commit(approved)
    assert by_tree == by_index == changes(run, approved, "main", "proposal")
    assert [severity for _, _, severity in by_tree] == ["critical"] * 3 + ["material"] * 2


def test_a_registry_below_the_repositorys_top(repository: Path, run: Run) -> None:
    (repository / "部门 [1]").mkdir()
    for name in ("targets", "schema"):
        git(repository, "mv", name, f"部门 [1]/{name}")
    (repository / ".github").mkdir()
    (repository / ".github/CODEOWNERS").write_text("* @x\n")
    commit(repository)
    inner = repository / "部门 [1]"
    edit(inner, RETAIL, ("weight: 4", "weight: 5"))
    (repository / ".github/CODEOWNERS").write_text("* @y\n")
    found = changes(run, inner, "HEAD")
    assert found == [(None, "file", "critical"), ("retail-sales", "weight", "material")]
    commit(repository)
    assert changes(run, inner, "HEAD~1", "HEAD") == found
    report = run("-C", str(inner), "diff", "HEAD~1", "HEAD", "--format", "markdown", "--link", "https://f/").out
    assert "https://f/%E9%83%A8%E9%97%A8%20%5B1%5D/targets/2018/01-retail-sales.yaml#L7" in report
    assert "https://f/.github/CODEOWNERS#L1" in report


def test_nothing_of_the_repositorys_own_is_run(repository: Path, run: Run) -> None:
    mark = repository / "mark"
    script = repository / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    script.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "diff.external",
        "core.pager",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.clean",
    ):
        git(repository, "config", key, str(script))
    (repository / ".git/info").mkdir(exist_ok=True)
    (repository / ".git/info/attributes").write_text("*.yaml filter=evil diff=evil\n")
    (repository / RETAIL).write_text(
        (repository / RETAIL).read_text("utf-8").replace("weight: 4", "weight: 5"), "utf-8"
    )
    mark.unlink(missing_ok=True)
    assert changes(run, repository) == [("retail-sales", "weight", "material")]
    assert not mark.exists()


def test_adjust_writes_what_the_check_asks_for(approved: Path, run: Run) -> None:
    edit(approved, RETAIL, ("8.5%左右", "8%左右"), ("half_year: 8.5", "half_year: 8"))
    (approved / "targets/2018/18-dubai-station.yaml").unlink()
    edit(approved, "targets/2018/plan.yaml", ("total: 90", "total: 88"))
    call = ("-C", str(approved), "--lang", "en")
    assert run(*call, "check", "--base", "main", *DAY).out.count("[adjustment-missing]") == 4
    done = run(*call, "adjust", "main", *DAY, "--date", "2018-03-01")
    assert (done.code, done.err) == (0, "")
    records = sorted(
        path.relative_to(approved).as_posix() for path in (approved / "targets/2018/adjustments").rglob("*.yaml")
    )
    assert records == [
        "targets/2018/adjustments/critical/2018-03-01-dubai-station.yaml",
        "targets/2018/adjustments/material/2018-03-01-retail-sales.yaml",
    ]
    checked = run(*call, "check", "--base", "main", *DAY).out
    assert checked.count("error[empty-value] “reason”") + checked.count("error[empty-value] reason") == 2
    assert "adjustment-" not in checked
    for record in records:
        edit(approved, record, ("\nreason:\n", "\nreason: 一季度出口订单减少\n"))
    assert run(*call, "check", "--base", "main", *DAY).code == 0
    assert run(*call, "adjust", "main", *DAY).out.count("as it should be") == 2
    prompt = "# 为什么要调整"
    assert f"{prompt}，写给审批人和今后的查阅者看。\nreason: 一季度出口订单减少\n" in (approved / records[1]).read_text(
        "utf-8"
    )
    edit(approved, RETAIL, ("8%左右", "7.5%左右"), ("half_year: 8", "half_year: 7.5"))
    assert "[adjustment-stale]" in run(*call, "check", "--base", "main", *DAY).out
    run(*call, "adjust", "main", *DAY)
    assert "adjustment-" not in run(*call, "check", "--base", "main", *DAY).out
    assert "reason: 一季度出口订单减少\n" in (approved / records[1]).read_text("utf-8")
    assert prompt not in (approved / records[1]).read_text("utf-8")
    git(approved, "restore", RETAIL)
    assert f"left alone: {records[1]} asks for nothing" in run(*call, "adjust", "main", *DAY).out
    edit(approved, records[1], ("reason: 一季度出口订单减少", "reason:"))
    assert "deleted, for it asks for nothing" in run(*call, "adjust", "main", *DAY).out
    assert not (approved / records[1]).exists()


def test_adjust_writes_no_record_that_git_leaves_out(approved: Path, run: Run) -> None:
    """It would be missing for ever, and be written again and again."""
    edit(approved, "targets/2018/01-retail-sales.yaml", ("weight: 4", "weight: 3"))
    (approved / ".git/info/exclude").write_text("adjustments/\n")
    outcome = run("-C", str(approved), "--lang", "en", "adjust", "main", *DAY, "--reason", "甲")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "Git is told to leave targets/2018/adjustments/" in outcome.err
    assert not (approved / "targets/2018/adjustments").exists()


def test_adjust_says_when_there_is_nothing_to_write(approved: Path, run: Run) -> None:
    call = ("-C", str(approved), "--lang", "en", "adjust", "main")
    assert run(*call).out == "no change since main needs an adjustment record\n"
    edit(approved, RETAIL, ("deadline_month: 12", "deadline_month: 11"))
    assert run(*call, *DAY).out == "no change since main needs an adjustment record\n"
    assert not (approved / "targets/2018/adjustments").exists()


def test_adjust_of_a_draft_says_so(repository: Path, run: Run) -> None:
    edit(repository, RETAIL, ("weight: 4", "weight: 5"))
    said = run("-C", str(repository), "--lang", "en", "adjust").out
    assert said == "plan 2018 is a draft and needs no adjustment records\n"


def test_adjust_follows_no_link(approved: Path, run: Run, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (approved / "targets/2018/adjustments").symlink_to(elsewhere)
    edit(approved, RETAIL, ("weight: 4", "weight: 5"))
    said = sentence(run("-C", str(approved), "--lang", "en", "adjust", "main", *DAY))
    assert "is not a folder" in said
    assert list(elsewhere.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_adjust_in_a_folder_that_cant_be_written(approved: Path, run: Run) -> None:
    edit(approved, RETAIL, ("weight: 4", "weight: 5"))
    (approved / "targets/2018").chmod(0o555)
    try:
        assert "can't be written" in sentence(run("-C", str(approved), "--lang", "en", "adjust", "main", *DAY))
    finally:
        (approved / "targets/2018").chmod(0o755)


def test_a_record_covers_only_the_pull_request_that_adds_it(approved: Path, run: Run) -> None:
    edit(approved, RETAIL, ("8.5%左右", "8%左右"), ("half_year: 8.5", "half_year: 8"))
    call = ("-C", str(approved), "--lang", "en")
    run(*call, "adjust", "main", *DAY, "--date", "2018-03-01", "--reason", "甲")
    assert run(*call, "check", "--base", "main", *DAY).code == 0
    commit(approved, "lowered")
    edit(approved, RETAIL, ("8%左右", "8.5%左右"), ("half_year: 8", "half_year: 8.5"))
    commit(approved, "raised again")
    edit(approved, RETAIL, ("8.5%左右", "8%左右"), ("half_year: 8.5", "half_year: 8"))
    assert run(*call, "check", "--base", "main", *DAY).out.count("[adjustment-missing]") == 2


def test_status_and_approval_count_as_the_base_has_them(approved: Path, run: Run) -> None:
    """A proposal can't take the approval back and lower a target in one go."""
    edit(approved, "targets/2018/plan.yaml", ("status: approved", "status: draft"))
    edit(approved, RETAIL, ("增长9%左右", "增长9%左右的水平"))
    found = run("-C", str(approved), "--lang", "en", "check", "--base", "main", *DAY).out
    assert found.count("[adjustment-missing]") == 2


def test_the_same_revisions_give_the_same_answer_on_any_day(
    approved: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deadlines count by the later of both commits' dates: whoever makes a commit dates it."""
    git(approved, "switch", "--quiet", "--create", "proposal")
    edit(approved, "targets/2018/12-opening-up-conference.yaml", ("会议总结或省领导批示", "会议总结"))
    for day, severity in (("2018-04-30T23:59:00+0800", "notable"), ("2018-05-01T00:00:00+0800", "critical")):
        monkeypatch.setenv("GIT_COMMITTER_DATE", day)
        git(approved, "add", "--all")
        git(approved, "commit", "--quiet", "--amend", "--message=x") if severity == "critical" else commit(approved)
        outcome = json.loads(run("-C", str(approved), "diff", "main", "proposal", "--format", "json").out)
        assert outcome["severity"] == severity, day
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2018-05-01T00:00:00+0800")
    git(approved, "switch", "--quiet", "main")
    git(approved, "commit", "--quiet", "--allow-empty", "--message=later")
    git(approved, "switch", "--quiet", "proposal")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2018-01-02T00:00:00+0800")
    git(approved, "commit", "--quiet", "--amend", "--message=forged")
    assert (
        json.loads(run("-C", str(approved), "diff", "main", "HEAD", "--format", "json").out)["severity"] == "critical"
    )


def test_a_second_record_of_the_same_day_gets_a_name_of_its_own(approved: Path, run: Run) -> None:
    call = ("-C", str(approved), "--lang", "en")
    for before, after in (("8.5%左右", "8%左右"), ("8%左右", "7.5%左右")):
        edit(approved, RETAIL, (f"half_year_target: {before}", f"half_year_target: {after}"))
        run(*call, "adjust", *DAY, "--date", "2018-03-01", "--reason", "甲")
        found = run(*call, "check", "--base", "HEAD", *DAY).out
        assert "adjustment-" not in found
        commit(approved)
    names = sorted(path.name for path in (approved / "targets/2018/adjustments/material").iterdir())
    assert names == ["2018-03-01-retail-sales-2.yaml", "2018-03-01-retail-sales.yaml"]


def approved_value(run: Run, folder: Path, *arguments: str) -> list[tuple[str | None, Any]]:
    """Field and what the approved plan has instead, of each change that tells."""
    document = json.loads(run("-C", str(folder), "diff", *arguments, *DAY, "--format", "json").out)
    return [(change["field"], change["approved"]) for change in document["changes"] if change["approved"]]


def test_what_the_approved_plan_did_not_have_is_no_return_to_it(approved: Path, run: Run) -> None:
    path = "targets/2018/29-logistics-parks.yaml"
    text = (approved / RETAIL).read_text("utf-8").replace("零售总额增长9%左右", "零售总额增长10%左右")
    (approved / path).write_text(text, "utf-8")
    commit(approved, "a target more")
    edit(approved, path, ("增长10%左右", "增长8%左右"), ("full_year: 9", "full_year: 8"))
    assert approved_value(run, approved, "HEAD") == []


def test_more_files_than_anybody_could_look_at_are_compared_by_no_door(
    repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CHANGED_FILES", 1)
    for path in (RETAIL, "targets/2018/02-online-retail.yaml"):
        edit(repository, path, ("weight: 4", "weight: 3"))
    call = ("-C", str(repository), "--lang", "en", "diff", *DAY)

    def refused(*revisions: str) -> bool:
        done = run(*call, *revisions)
        return done.code == 2 and "differ in 2 files; at most 1 are compared" in done.err

    assert refused("HEAD")
    git(repository, "add", "--all")
    assert refused("--cached", "HEAD")
    commit(repository)
    assert refused("HEAD~1", "HEAD")


def test_a_year_with_a_point_is_the_same_year(approved: Path, run: Run) -> None:
    # Else no deadline of the plan would ever have passed again.
    edit(approved, "targets/2018/plan.yaml", ("year: 2018", "year: 2018.0"))
    commit(approved, "a point")
    edit(approved, RETAIL, ("weight: 4", "weight: 3"))
    said = run("-C", str(approved), "--lang", "en", "diff", "HEAD", "--as-of", "2019-03-01").out
    assert "to be decided: 1 critical change" in said


def test_a_key_that_nobody_knows_needs_no_record(approved: Path, run: Run) -> None:
    edit(approved, "targets/2018/plan.yaml", ("language: zh\n", "language: zh\nnote: x\n"))
    said = run("-C", str(approved), "--lang", "en", "check", "--base", "main", *DAY).out
    assert "[unknown-key]" in said and "[adjustment-missing]" not in said


def test_a_record_without_a_reason_keeps_nothing_from_being_compared(approved: Path, run: Run) -> None:
    edit(approved, RETAIL, ("weight: 4", "weight: 3"))
    call = ("-C", str(approved), "--lang", "en")
    assert run(*call, "adjust", "main", *DAY, "--date", "2018-03-01").code == 0
    done = run(*call, "diff", "main", *DAY)
    assert (done.code, "from being complete" in done.out) == (0, False)
    assert "the record says no reason yet" in done.out


def test_a_target_that_came_back_is_compared_with_the_approved_one(approved: Path, run: Run) -> None:
    path = approved / "targets/2018/15-import-expo.yaml"
    text = path.read_text("utf-8")
    path.unlink()
    commit(approved, "removed")
    path.write_text(text.replace("完成商务部", "争取完成商务部"), "utf-8")
    ((field, told),) = approved_value(run, approved, "HEAD")
    assert (field, told["value"], told["code"]) == (None, "完成商务部下达的进口博览会工作任务", "sentence-weakened")
    path.write_text(text, "utf-8")
    ((field, told),) = approved_value(run, approved, "HEAD")
    assert (field, told["severity"]) == (None, None)


def test_a_plan_that_moved_is_compared_with_where_it_was_approved(approved: Path, run: Run) -> None:
    (approved / "targets/2018/commerce").mkdir()
    for path in (approved / "targets/2018").glob("*.yaml"):
        git(approved, "mv", path.relative_to(approved).as_posix(), f"targets/2018/commerce/{path.name}")
    edit(
        approved,
        "targets/2018/commerce/plan.yaml",
        ("department: 省商务厅\n", "department: 省商务厅\ndepartment_id: commerce\n"),
    )
    commit(approved, "moved")
    moved = "targets/2018/commerce/01-retail-sales.yaml"
    edit(approved, moved, ("增长9%左右", "增长8.5%左右"))
    commit(approved, "first cut")
    edit(approved, moved, ("增长8.5%左右", "增长8%左右"))
    ((field, told),) = approved_value(run, approved, "HEAD")
    assert (field, told["value"], told["code"]) == ("target", "社会消费品零售总额增长9%左右", "sentence-weakened")


def test_a_tag_before_the_plan_says_that_it_is_approved_counts_as_approved(repository: Path, run: Run) -> None:
    git(repository, "tag", "approved-2018")
    edit(
        repository, "targets/2018/plan.yaml",
        ("language: zh\n", "language: zh\nstatus: approved\napproved_revision: approved-2018\n"),
    )  # fmt: skip
    commit(repository, "approve")
    edit(repository, "targets/2018/14-oil-merchants-conference.yaml", ("办好第二届", "参与第二届"))
    commit(repository, "first")
    edit(repository, "targets/2018/14-oil-merchants-conference.yaml", ("参与第二届", "关注第二届"))
    ((_, told),) = approved_value(run, repository, "HEAD")
    assert told["severity"] == "material"


@pytest.mark.parametrize("name", ["main", "HEAD", "no-such-tag", None])
def test_a_new_approval_must_name_a_tag_or_a_commit(repository: Path, run: Run, name: str | None) -> None:
    line = f"approved_revision: {name}\n" if name else ""
    edit(repository, "targets/2018/plan.yaml", ("language: zh\n", f"language: zh\nstatus: approved\n{line}"))
    outcome = run("-C", str(repository), "--lang", "en", "check", "--base", "HEAD", *DAY)
    assert "[approved-revision-missing]" in outcome.out
    assert outcome.code == 1


@pytest.mark.parametrize("of", ["main", "main^{tree}"])
def test_a_commit_id_is_one_in_capitals_as_well(repository: Path, run: Run, of: str) -> None:
    """Git takes it so, and some programs show it so."""
    name = git(repository, "rev-parse", of).upper()
    edit(
        repository,
        "targets/2018/plan.yaml",
        ("language: zh\n", f"language: zh\nstatus: approved\napproved_revision: {name}\n"),
    )
    outcome = run("-C", str(repository), "--lang", "en", "check", "--base", "HEAD", *DAY)
    assert ("[approved-revision-missing]" in outcome.out) is (of != "main")


def test_a_registry_whose_only_plan_goes_is_told_by_what_goes(repository: Path, run: Run) -> None:
    git(repository, "tag", "approved-2018")
    edit(
        repository,
        "targets/2018/plan.yaml",
        ("language: zh\n", "language: zh\nstatus: approved\napproved_revision: approved-2018\n"),
    )
    commit(repository, "approve")
    shutil.rmtree(repository / "targets/2018")
    outcome = run("-C", str(repository), "--lang", "en", "check", "--base", "HEAD", *DAY)
    assert "targets/2018/plan.yaml:1:1: error[adjustment-missing]" in outcome.out
    assert (outcome.code, outcome.err) == (1, "")
    commit(repository, "all gone")
    assert run("-C", str(repository), "--lang", "en", "check", "--base", "HEAD", *DAY).code == 2


def test_an_approved_plan_without_targets_is_short_of_its_total(repository: Path, run: Run) -> None:
    git(repository, "tag", "approved-2018")
    for path in (repository / "targets/2018").glob("[0-9]*"):
        path.unlink()
    call = ("-C", str(repository), "--lang", "en", "check")
    assert "weights-total" not in run(*call).out
    edit(
        repository,
        "targets/2018/plan.yaml",
        ("language: zh\n", "language: zh\nstatus: approved\napproved_revision: approved-2018\n"),
    )
    assert "error[weights-total] the weights of 0 targets sum to 0, 90 short" in run(*call).out


@pytest.mark.parametrize("year", [1, 9999])
def test_a_year_at_the_end_of_the_calendar_has_deadlines(repository: Path, run: Run, year: int) -> None:
    edit(repository, "targets/2018/plan.yaml", ("year: 2018\n", f"year: {year}\n"))
    commit(repository, "another year")
    edit(repository, "targets/2018/01-retail-sales.yaml", ("9%", "8%"))
    commit(repository, "less")
    for call in (("diff", "HEAD~", "HEAD", *DAY), ("history", "retail-sales")):
        outcome = run("-C", str(repository), "--lang", "en", *call)
        assert outcome.err == ""
        assert outcome.code < 2


def test_a_plan_that_never_named_its_approval_can_be_mended(repository: Path, run: Run) -> None:
    """From the tag that it names then on, what has changed since is added up."""
    plan, target = "targets/2018/plan.yaml", "targets/2018/01-retail-sales.yaml"
    git(repository, "tag", "approved-2018")
    edit(repository, target, ("9%", "8%"))
    edit(repository, plan, ("language: zh\n", "language: zh\nstatus: approved\n"))
    commit(repository, "approve by halves")
    edit(repository, plan, ("status: approved\n", "status: approved\napproved_revision: approved-2018\n"))
    outcome = run("-C", str(repository), "--lang", "en", "check", "--base", "HEAD", *DAY)
    assert "[approved-revision-missing]" not in outcome.out
    assert "[approval-half-stated]" not in outcome.out
    assert "[adjustment-missing]" in outcome.out  # naming it is a change of the approved plan
    shown = run("-C", str(repository), "--lang", "en", "diff", "HEAD", *DAY).out
    assert "1 more value differs materially from the approved revision approved-2018" in shown


def test_what_git_takes_for_a_tag_is_no_approval(repository: Path, run: Run) -> None:
    """A name as ``git describe`` prints it leads to its commit without any tag, and a branch can be called as a tag is."""
    described = f"approved-2018-0-g{git(repository, 'rev-parse', '--short', 'HEAD')}"
    git(repository, "update-ref", "refs/heads/refs/tags/moving", "HEAD")
    digits = "ab" * 32  # as many as an id has in another repository
    git(repository, "branch", digits)
    git(repository, "symbolic-ref", "refs/tags/led-on", "refs/heads/main")
    link = repository / ".git/refs/tags/linked"
    link.symlink_to("../heads/main")
    for name in (described, "moving", digits, "led-on", "linked"):
        edit(
            repository,
            "targets/2018/plan.yaml",
            ("language: zh\n", f"language: zh\nstatus: approved\napproved_revision: {name}\n"),
        )
        call = ("-C", str(repository), "--lang", "en", "check", "--base", "HEAD", *DAY)
        assert f"the repository has no tag and no commit {name}" in run(*call).out
        if name == "linked":
            link.unlink()
        git(repository, "update-ref", "--no-deref", f"refs/tags/{name}", "HEAD")
        assert "[approved-revision-missing]" not in run(*call).out
        git(repository, "checkout", "-q", "HEAD", "--", "targets")


def test_what_repairs_an_unreadable_plan_is_no_free_ride(approved: Path, run: Run) -> None:
    plan = approved / "targets/2018/plan.yaml"
    sound = plan.read_text("utf-8")
    plan.write_text("title: [\n", "utf-8")
    commit(approved, "broken")
    plan.write_text(sound, "utf-8")
    edit(approved, RETAIL, ("增长9%左右", "增长8%左右"))
    assert "[adjustment-missing]" in run("-C", str(approved), "--lang", "en", "check", "--base", "HEAD", *DAY).out


def test_adjust_leaves_a_record_alone_that_it_cannot_read(approved: Path, run: Run) -> None:
    edit(approved, RETAIL, ("8.5%左右", "8%左右"), ("half_year: 8.5", "half_year: 8"))
    call = ("-C", str(approved), "--lang", "en")
    run(*call, "adjust", "main", *DAY, "--date", "2018-03-01", "--reason", "甲")
    record = approved / "targets/2018/adjustments/material/2018-03-01-retail-sales.yaml"
    for broken in ('reason: "甲', "reason: 理由: 统计口径", "reason：甲"):
        text = record.read_text("utf-8")
        record.write_text(text.replace("reason: 甲", broken), "utf-8")
        before = record.read_bytes()
        outcome = run(*call, "adjust", "main", *DAY)
        assert (outcome.code, outcome.out) == (1, "")
        assert "nothing was written" in outcome.err
        assert record.read_bytes() == before
        checked = run(*call, "check", "--base", "main", *DAY)
        assert checked.code == 1
        assert "adjustment-missing" not in checked.out
        record.write_text(text, "utf-8")


def test_what_others_merged_since_is_not_mine(approved: Path, run: Run) -> None:
    git(approved, "switch", "--quiet", "--create", "proposal")
    edit(approved, RETAIL, ("8.5%左右", "8%左右"), ("half_year: 8.5", "half_year: 8"))
    commit(approved)
    git(approved, "switch", "--quiet", "main")
    edit(approved, "targets/2018/02-online-retail.yaml", ("weight: 4", "weight: 3"))
    commit(approved)
    git(approved, "switch", "--quiet", "proposal")
    call = ("-C", str(approved), "--lang", "en")
    shown = run(*call, "diff", "main", *DAY)
    assert "main has 1 commit that this branch lacks, whose changes show backwards" in shown.err
    assert run(*call, "diff", "main...", *DAY).err == ""
    made = run(*call, "adjust", "main", *DAY, "--date", "2018-03-01", "--reason", "甲")
    assert "compared with where the two parted" in made.err
    (record,) = (approved / "targets/2018/adjustments").rglob("*.yaml")
    assert "online-retail" not in record.read_text("utf-8")
    assert run(*call, "check", "--base", "main", *DAY).code == 0
    commit(approved)
    git(approved, "switch", "--quiet", "main")
    checked = run(*call, "check", "--base", "main", "--rev", "proposal", *DAY)
    assert checked.code == 0
    assert checked.err == "targets: main has 1 commit that proposal lacks; compared with where the two parted\n"
    assert {slug for slug, _, _ in changes(run, approved, "main", "proposal")} == {"retail-sales", "online-retail"}


def test_a_clock_that_was_wrong_lets_nobody_lack_commits(
    repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git lists commits by their dates, and ends where it takes the rest for older."""
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2018-01-31T12:00:00+0800")
    for number in range(3):
        git(repository, "commit", "--quiet", "--allow-empty", f"--message={number}")
    git(repository, "switch", "--quiet", "--create", "proposal")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "1990-01-31T12:00:00+0800")
    for number in range(8):
        git(repository, "commit", "--quiet", "--allow-empty", f"--message={number}")
    monkeypatch.delenv("GIT_COMMITTER_DATE")
    calls = (
        ("diff", "main"),
        ("check", "--base", "main"),
        ("check", "--base", "main", "--rev", "proposal"),
        ("adjust", "main"),
    )
    for call in calls:
        assert run("-C", str(repository), "--lang", "en", *call).err == ""
    git(repository, "switch", "--quiet", "main")
    git(repository, "commit", "--quiet", "--allow-empty", "--message=x")
    git(repository, "switch", "--quiet", "proposal")
    for call in calls:
        assert "main has 1 commit that " in run("-C", str(repository), "--lang", "en", *call).err


def test_a_shallow_clone_compares_with_nothing_older_than_where_the_two_parted(
    repository: Path, tmp_path: Path, run: Run
) -> None:
    git(repository, "tag", "first")
    edit(repository, "targets/2018/02-online-retail.yaml", ("deadline_month: 12", "deadline_month: 10"))
    commit(repository)
    for name in ("one", "other"):
        git(repository, "switch", "--quiet", "--create", name, "main")
        for number in range(3):
            git(repository, "commit", "--quiet", "--allow-empty", f"--message={name} {number}")
        tip = git(repository, "commit-tree", "HEAD^{tree}", "-p", "HEAD", "-p", "first", "-m", "x")
        git(repository, "reset", "--quiet", "--hard", tip)
    edit(repository, RETAIL, ("deadline_month: 12", "deadline_month: 11"))
    commit(repository)
    assert changes(run, repository, "one...other") == LATER
    clone = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=3", "--no-single-branch", "-b", "other", repository.as_uri(), str(clone))
    assert git(clone, "merge-base", "origin/one", "other") == git(repository, "rev-parse", "first")
    for call in (("diff", "origin/one...other"), ("check", "--base", "origin/one"), ("adjust", "origin/one")):
        said = sentence(run("-C", str(clone), "--lang", "en", *call))
        assert said.endswith("may not hold where the two histories parted; run git fetch --unshallow\n")
    shown = run("-C", str(clone), "--lang", "en", "diff", "origin/one")
    assert (shown.code, shown.err.count("\n")) == (0, 1)
    assert "what only origin/one has shows backwards here, and can't be told apart: the clone is shallow" in shown.err
    assert changes(run, clone, "HEAD~1...HEAD") == LATER
    git(clone, "fetch", "--quiet", "--unshallow")
    assert changes(run, clone, "origin/one...other") == LATER


def test_a_branch_without_commits_is_compared_as_any_other(approved: Path, run: Run) -> None:
    call = ("-C", str(approved), "--lang", "en")
    git(approved, "switch", "--quiet", "--orphan", "new")
    git(approved, "checkout", "--quiet", "main", "--", ".")
    edit(approved, RETAIL, ("deadline_month: 12", "deadline_month: 11"))
    assert changes(run, approved, "main") == LATER
    assert run(*call, "check", "--base", "main").err == ""
    assert "this branch has no commit yet" in sentence(run(*call, "diff"))
    commit(approved)
    shown = run(*call, "diff", "main")
    assert shown.err.endswith("can't be told apart: the two revisions have no history in common\n")
    assert "no history in common" in sentence(run(*call, "check", "--base", "main"))


def test_the_report_says_why(approved: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(approved, RETAIL, ("8.5%左右", "8%左右"), ("half_year: 8.5", "half_year: 8"))
    call = ("-C", str(approved), "--lang", "zh")
    run(*call, "adjust", "main", *DAY, "--date", "2018-03-01")
    report = run(*call, "diff", "main", *DAY, "--format", "markdown").out
    assert "尚缺1项，不能批准" in report
    assert "调整记录还没有写理由" in report
    run(*call, "adjust", "main", *DAY, "--date", "2018-03-01", "--reason", "一季度出口订单减少", "--by", "市场处")
    report = run(*call, "diff", "main", *DAY, "--format", "markdown").out
    assert "不能批准" not in report
    assert "调整理由：`一季度出口订单减少`<br>调整依据：`2018年国民经济和社会发展计划`<br>申请单位：`市场处`" in report
    document = json.loads(run(*call, "diff", "main", *DAY, "--format", "json").out)
    assert document["records"][0]["reason"] == document["changes"][0]["reason"] == "一季度出口订单减少"
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2018-03-01T12:00:00+0800")
    commit(approved)
    assert "理由：一季度出口订单减少" in "".join(run(*call, "history", "1").out.split())


@pytest.mark.parametrize("text", ["- a\n", "hello\n", "null\n", "", "[]\n"])
@pytest.mark.parametrize("name", ["01-retail-sales.yaml", "90-new.yaml", "plan.yaml"])
def test_what_says_nothing_keeps_a_comparison_from_being_complete(
    repository: Path, run: Run, name: str, text: str
) -> None:
    (repository / "targets/2018" / name).write_text(text)
    for form in ("text", "json"):
        outcome = run("-C", str(repository), "--lang", "en", "diff", "--format", form)
        assert outcome.code == 1
        assert "1 fault in files keeps the comparison from being complete" in outcome.out + outcome.err


def test_points_add_up_also_where_a_file_cannot_be_read(repository: Path, run: Run) -> None:
    path = repository / "targets/2018/04-export-share.yaml"
    path.unlink()
    path.symlink_to("/etc/passwd")
    (repository / "targets/2018/23-ecommerce-villages.yaml").unlink()
    report = run("-C", str(repository), "diff", "HEAD", *DAY, "--format", "markdown").out
    assert "| **合计** | **90** | **83** | **-7** |" in report


def test_points_add_up_also_where_a_slug_is_taken_twice(repository: Path, run: Run) -> None:
    shutil.copy(repository / RETAIL, repository / "targets/2018/29-retail-sales.yaml")
    assert "total  90 → 94" in run("-C", str(repository), "--lang", "en", "diff", *DAY).out


@pytest.mark.parametrize("first", ["edited", "added", "gone"])
def test_each_of_two_files_of_one_slug_is_judged_by_itself(repository: Path, run: Run, first: str) -> None:
    """Whatever becomes of the other, the file that stays promises less."""
    other = "targets/2018/29-retail-sales.yaml"
    text = (repository / RETAIL).read_text("utf-8")
    (repository / other).write_text(text.replace("9%左右", "12%左右"), "utf-8")
    if first == "added":
        (repository / RETAIL).unlink()
    commit(repository, "two files of one slug")
    edit(repository, other, ("增长12%左右", "增长5%左右"))
    if first == "gone":
        (repository / RETAIL).unlink()
    else:
        (repository / RETAIL).write_text(text.replace("9%左右", "13%左右"), "utf-8")
    told = json.loads(run("-C", str(repository), "diff", *DAY, "--format", "json").out)["changes"]
    (change,) = (one for one in told if one["path"] == other)
    assert (change["before"], change["after"]) == ("社会消费品零售总额增长12%左右", "社会消费品零售总额增长5%左右")
    assert (change["severity"], change["code"]) == ("material", "sentence-weakened")
    text = run("-C", str(repository), "--lang", "en", "diff", *DAY).out
    assert "  29 社会消费品零售总额增长5%左右\n" in text
    assert ("  1 社会消费品零售总额增长9%左右\n" if first == "gone" else "  1 社会消费品零售总额增长13%左右\n") in text


def test_of_two_files_of_one_slug_each_is_compared_with_its_own_approval(approved: Path, run: Run) -> None:
    other = "targets/2018/29-retail-sales.yaml"
    shutil.copy(approved / RETAIL, approved / other)
    edit(approved, other, ("9%左右", "12%左右"))
    commit(approved, "two files of one slug")
    git(approved, "tag", "--force", "approved-2018")
    for path, before, after in ((RETAIL, "9%左右", "10%左右"), (other, "12%左右", "11%左右")):
        edit(approved, path, (before, after))
    commit(approved, "a step")
    edit(approved, RETAIL, ("10%左右", "11%左右"))
    edit(approved, other, ("11%左右", "10%左右"))
    told = run("-C", str(approved), "--lang", "en", "diff", *DAY).out
    assert [line.split(";")[0] for line in told.splitlines() if "approved: 社会" in line] == [
        "    approved: 社会消费品零售总额增长12%左右",  # the worst first: this one promises less
        "    approved: 社会消费品零售总额增长9%左右",
    ]


@pytest.mark.parametrize(
    ("weight", "told"), [('"4"', "to the text “4”, which"), ("[4]", "to [4], which"), ("true", "to true, which")]
)
def test_a_weight_that_becomes_something_else_is_told_as_that(
    repository: Path, run: Run, weight: str, told: str
) -> None:
    edit(repository, RETAIL, ("weight: 4", f"weight: {weight}"))
    said = run("-C", str(repository), "--lang", "en", "diff", *DAY).out
    assert f"from 4 {told} is no number of points" in " ".join(said.split())
    commit(repository)
    edit(repository, RETAIL, (f"weight: {weight}", "weight: 4"))
    said = " ".join(run("-C", str(repository), "--lang", "en", "diff", *DAY).out.split())
    assert f"from {told[3:-7]}, which was no number of points, to 4 points" in said


def test_nothing_is_said_of_a_parting_that_there_was_not(approved: Path, run: Run) -> None:
    git(approved, "checkout", "-q", "--orphan", "other")
    commit(approved, "other")
    assert "no history in common" in sentence(run("-C", str(approved), "--lang", "en", "adjust", "main"))


@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "C.UTF-8", "en_US.UTF-8"])
def test_without_a_command_the_help_is_shown(run: Run, monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
    monkeypatch.setenv("LANG", locale)
    from target_registry.cli.main import run as command

    assert command([]) == 2


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("targets/2017", "2018"),
        ("targets/2018/adjustments", "/etc"),
        ("targets/notes.yaml", ""),
        ("targets/2018/notes.txt", ""),
        ("targets/2018/adjustments/2018-03-01-x.yaml", ""),
        ("targets/README.md", None),
    ],
)
def test_a_file_out_of_place_keeps_a_comparison_from_being_complete(
    repository: Path, run: Run, path: str, leads_to: str | None
) -> None:
    """One that check refuses: "nothing has changed" alone would be untrue."""
    (repository / path).parent.mkdir(exist_ok=True)
    if leads_to:
        (repository / path).symlink_to(leads_to)
    else:
        (repository / path).write_text("a: 1\n")
    for revisions in ((), ("HEAD~1", "HEAD")):
        if revisions:
            commit(repository)
        outcome = run("-C", str(repository), "--lang", "en", "diff", *revisions)
        assert outcome.code == (leads_to is not None)
        assert ("1 fault in files keeps the comparison from being complete" in outcome.out) is (leads_to is not None)


def test_a_target_that_git_ignores_is_named(repository: Path, run: Run) -> None:
    """A check counts it, and no commit will hold it."""
    (repository / ".git/info/exclude").write_text("targets/2018/29*\n*.log\n")
    (repository / "targets/2018/29-x.yaml").write_bytes(
        (repository / "targets/2018/28-trade-friction.yaml").read_bytes()
    )
    (repository / "targets/2018/x.log").write_text("x")
    for form in ("text", "json", "markdown"):
        outcome = run("-C", str(repository), "--lang", "en", "diff", "--format", form)
        assert outcome.code == 0
        assert outcome.err == (
            "targets: 1 file that targets check counts is left out, because Git ignores it: targets/2018/29-x.yaml\n"
        )
    assert run("-C", str(repository), "diff", "HEAD", "HEAD").err == ""


def test_a_working_tree_as_committed_has_no_changes(repository: Path, tmp_path: Path, run: Run) -> None:
    """Links, submodules, large files and what Git ignores are compared as what they are."""
    add_submodules(repository, tmp_path, ".github/sub", "targets/2019")
    (repository / ".github/link").symlink_to("../nowhere")
    (repository / "targets/2018/29-link.yaml").symlink_to("plan.yaml")
    (repository / "docs").symlink_to("elsewhere")
    (repository / "elsewhere").mkdir()
    (repository / "elsewhere/CODEOWNERS").write_text("x\n")
    (repository / "tools").mkdir()
    (repository / "tools/large.bin").write_bytes(b"x\r" * 700_000)
    (repository / "targets/2018/30-large.yaml").write_text("# " + "x" * 300_000 + "\n")
    (repository / ".gitignore").write_text("*.log\n.DS_Store\n/tools/cache/\n/targets/2018/31-*\n*.pyc\n")
    (repository / "targets/2018/__pycache__").mkdir()
    (repository / "targets/2018/__pycache__/x.yaml").write_text("x\n")
    commit(repository)
    (repository / "tools/__pycache__").mkdir()
    (repository / "tools/__pycache__/x.pyc").write_bytes(b"x")
    (repository / ".github/.DS_Store").write_text("x")
    (repository / "tools/cache").mkdir()
    (repository / "tools/cache/run.log").write_text("x")
    (repository / "targets/2018/31-ignored.yaml").write_text("x\n")
    assert changes(run, repository) == []
    here, there = (run("-C", str(repository), "diff", "HEAD~1", *head, "--format", "json") for head in ((), ("HEAD",)))
    assert json.loads(here.out)["changes"] == json.loads(there.out)["changes"] != []
    # A clone without the submodules has empty folders in their places, which are what the index has there.
    git(repository, "submodule", "--quiet", "deinit", "--all", "--force")
    assert changes(run, repository) == []
    assert run("-C", str(repository), "diff", "HEAD~1", "--format", "json").out == here.out


def test_a_submodule_that_was_not_fetched_is_what_the_index_has(repository: Path, run: Run) -> None:
    for commit_id in (git(repository, "rev-parse", "HEAD"), "1" * 40):
        git(repository, "update-index", "--add", "--cacheinfo", f"160000,{commit_id},tools")
        git(repository, "commit", "--quiet", "--message=on")
    (repository / "tools").mkdir()
    assert changes(run, repository) == []
    for base in ("HEAD~1", "HEAD~2"):
        assert changes(run, repository, base) == changes(run, repository, base, "HEAD") == [(None, "file", "critical")]
    git(repository, "rm", "--quiet", "--cached", "tools")
    assert changes(run, repository) == [(None, "file", "critical")]
    (repository / "tools/check.py").write_text("x\n")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message=files")
    git(repository, "update-index", "--force-remove", "tools/check.py")
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},tools")
    said = sentence(run("-C", str(repository), "--lang", "en", "diff"))
    assert "Git has tools as a repository of its own, and takes nothing in it into a commit" in said


@pytest.mark.parametrize("where", [".gitmodules", ".git/config"])
def test_no_setting_hides_what_a_submodule_stands_at(repository: Path, tmp_path: Path, run: Run, where: str) -> None:
    """What ``ignore`` says of a submodule is for the eyes of git status; what a proposal brings along counts for nothing."""
    add_submodules(repository, tmp_path, ".github/sub")
    git(repository, "config", "--file", where, "submodule..github/sub.ignore", "all")
    git(repository, "config", "--file", where, "submodule..github/sub.path", ".github/sub")
    git(repository, "config", "diff.ignoreSubmodules", "all")
    commit(repository)
    git(repository / ".github/sub", "commit", "--quiet", "--allow-empty", "--message=on")
    expected = [(None, "file", "critical")]
    assert changes(run, repository) == expected
    git(
        repository,
        "update-index",
        "--cacheinfo",
        f"160000,{git(repository / '.github/sub', 'rev-parse', 'HEAD')},.github/sub",
    )
    assert changes(run, repository, "--cached") == expected
    git(repository, "commit", "--quiet", "--allow-empty", "--message=on")
    assert changes(run, repository, "HEAD~1", "HEAD") == expected


@pytest.mark.parametrize("folder", ["targets", "targets/2018"])
def test_a_repository_among_the_files_of_this_one_is_told(repository: Path, run: Run, folder: str) -> None:
    """To Git the files are as they were: nobody has given up a plan."""
    git(repository / folder, "init", "--quiet")
    edit(repository, RETAIL, ("deadline_month: 12", "deadline_month: 11"))
    for call in (("diff",), ("check", "--base", "HEAD"), ("adjust",)):
        said = sentence(run("-C", str(repository), "--lang", "en", *call))
        assert f"a repository of its own lies in {folder}, as after git init there" in said
        assert f"move {folder}/.git away" in said
    assert not (repository / "targets/2018/adjustments").exists()
    # What Git doesn't take for one it passes over, and so does a comparison.
    shutil.rmtree(repository / folder / ".git")
    (repository / folder / ".git").mkdir()
    assert run("-C", str(repository), "check").code == 0
    (repository / folder / ".git/x").write_text("x")
    assert changes(run, repository) == LATER
    assert f"{folder}/.git/x:1:1: error[stray-file]" in run("-C", str(repository), "--lang", "en", "check").out


def test_what_a_sparse_checkout_leaves_out_is_not_deleted(repository: Path, run: Run) -> None:
    git(repository, "sparse-checkout", "set", "--no-cone", "/*", "!/targets/2018/0*")
    for call in (("diff",), ("check", "--base", "HEAD"), ("adjust",)):
        said = sentence(run("-C", str(repository), "--lang", "en", *call))
        assert "the checkout is sparse and leaves out targets/2018/01-retail-sales.yaml" in said
    assert changes(run, repository, "--cached") == changes(run, repository, "HEAD", "HEAD") == []
    git(repository, "sparse-checkout", "disable")
    (repository / "tools").mkdir()
    for text in ("x", "y"):
        (repository / "tools/check.py").write_text(text)
        commit(repository)
    git(repository, "sparse-checkout", "set", "--no-cone", "/*", "!/schema", "!/tools")
    assert not (repository / "schema").exists()
    assert changes(run, repository) == []
    # What a commit changed or added is in it all the same.
    for base in ("HEAD~1", "HEAD~2"):
        assert changes(run, repository, base) == changes(run, repository, base, "HEAD") == [(None, "file", "critical")]


@pytest.mark.parametrize(
    "edit_of",
    [
        lambda root: (root / "tools/large.bin").write_bytes(b"x" * 599_999 + b"y"),
        lambda root: ((root / ".github/link").unlink(), (root / ".github/link").symlink_to("../somewhere")),
        lambda root: ((root / ".github/link").unlink(), (root / ".github/link").write_text("../nowhere")),
        lambda root: git(root / ".github/sub", "commit", "--quiet", "--allow-empty", "--message=on"),
        lambda root: (root / ".github/new.yml").write_text("x\n"),
        lambda root: ((root / "tools/__pycache__").mkdir(), (root / "tools/__pycache__/x.pyc").write_bytes(b"x")),
    ],
)
def test_what_did_change_in_the_working_tree_is_seen(
    repository: Path, tmp_path: Path, run: Run, edit_of: Callable[[Path], object]
) -> None:
    git(tmp_path, "clone", "--quiet", str(repository), "other")
    git(
        repository, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(tmp_path / "other"), ".github/sub"
    )  # fmt: skip
    (repository / ".github/link").symlink_to("../nowhere")
    (repository / "tools").mkdir()
    (repository / "tools/large.bin").write_bytes(b"x" * 600_000)
    commit(repository)
    edit_of(repository)
    [change] = changes(run, repository)
    assert change == (None, "file", "critical")
    git(repository, "add", "--all")
    assert changes(run, repository, "--cached") == [change]


def test_sha256_compares_working_trees_as_well(registry: Path, run: Run) -> None:
    git(registry, "init", "--quiet", "--initial-branch=main", "--object-format=sha256")
    (registry / "targets/2018/29-link.yaml").symlink_to("plan.yaml")
    commit(registry, "first")
    git(registry, "tag", "--annotate", "v1", "--message=v1")
    assert changes(run, registry) == []
    edit(registry, RETAIL, ("deadline_month: 12", "deadline_month: 11"))
    assert changes(run, registry) == LATER
    assert changes(run, registry, "--cached") == []
    commit(registry)
    assert changes(run, registry, "v1", "HEAD") == LATER
    for command in ("history", "blame"):
        assert run("-C", str(registry), command, "1").code == 0
    assert run("-C", str(registry), "show", "1", "--rev", "v1").code == 0


def test_what_is_meant_to_be_added_is_not_staged_yet(repository: Path, run: Run) -> None:
    (repository / "targets/2018/29-new.yaml").write_bytes((repository / RETAIL).read_bytes())
    git(repository, "add", "--intent-to-add", ".")
    assert changes(run, repository, "--cached") == []
    assert [slug for slug, _, _ in changes(run, repository)] == ["new"]


def test_a_folder_that_cant_be_read_is_no_deletion(repository: Path, run: Run) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    (repository / "targets/2018").chmod(0)
    said = sentence(run("-C", str(repository), "--lang", "en", "diff"))
    (repository / "targets/2018").chmod(0o755)
    assert "targets/2018 is a folder that can't be read: permission denied" in said


def test_a_fifo_is_no_symbolic_link(repository: Path, run: Run) -> None:
    (repository / RETAIL).unlink()
    os.mkfifo(repository / RETAIL)
    outcome = run("-C", str(repository), "--lang", "en", "diff")
    assert outcome.code == 1
    assert "symbolic link" not in outcome.out
    assert "not a regular file" in run("-C", str(repository), "--lang", "en", "check", "--base", "HEAD").out


def test_a_name_that_is_no_text_is_shown_and_not_written(approved: Path, run: Run) -> None:
    folder = os.fsencode(approved / "targets/2018")
    os.rename(folder + b"/01-retail-sales.yaml", folder + b"/01-\xff.yaml")
    root = str(approved)
    for form in ("text", "markdown", "json", "github"):
        outcome = run("-C", root, "--lang", "en", "diff", "--format", form)
        assert outcome.code == 0, outcome.err
        assert "\\udcff" in outcome.out if form == "json" else "<U+DCFF>" in outcome.out
    before = sorted(path.name for path in approved.rglob("*"))
    said = sentence(run("-C", root, "--lang", "en", "adjust"))
    assert "- target: <U+DCFF> holds bytes that aren't UTF-8" in said
    assert sorted(path.name for path in approved.rglob("*")) == before


def test_a_reason_that_is_no_text_is_refused(approved: Path, run: Run) -> None:
    edit(approved, RETAIL, ("weight: 4", "weight: 5"))
    said = sentence(run("-C", str(approved), "--lang", "en", "adjust", *DAY, "--reason", "\udcff"))
    assert "reason holds an invisible character U+DCFF" in said
    assert not (approved / "targets/2018/adjustments").exists()


CALLS = (
    ("diff",), ("diff", "--cached"), ("check", "--base", "HEAD"), ("check", "--rev", "HEAD"),
    ("history", "1"), ("blame", "1"), ("adjust",),
)  # fmt: skip


def test_an_orphan_branch_says_that_it_has_no_commit(repository: Path, run: Run) -> None:
    git(repository, "switch", "--quiet", "--orphan", "other")
    git(repository, "checkout", "--quiet", "main", "--", ".")
    for call in CALLS:
        assert "this branch has no commit yet" in sentence(run("-C", str(repository), "--lang", "en", *call))
    assert run("-C", str(repository), "check", "--rev", "main").code == 0


def test_a_folder_outside_the_working_tree_belongs_to_no_revision(repository: Path, tmp_path: Path, run: Run) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(repository), "bare")
    (tmp_path / "bare/targets").mkdir()
    git(tmp_path, "clone", "--quiet", str(repository), "astray")
    git(tmp_path / "astray", "config", "core.worktree", "/etc")
    for place in ("bare", "astray"):
        for call in CALLS[:2] + CALLS[4:]:
            said = sentence(run("-C", str(tmp_path / place), "--lang", "en", *call))
            assert "lies outside the working tree of its Git repository" in said


def test_wherever_head_stands_the_answer_is_the_same(repository: Path, tmp_path: Path, run: Run) -> None:
    """Detached, in another working tree, in a submodule's: ``.git`` is a file there."""
    git(repository, "commit", "--quiet", "--allow-empty", "--message=empty")
    git(repository, "tag", "--annotate", "v1", "--message=v1")
    git(repository, "tag", "--annotate", "v1-again", "--message=v1", "v1")
    whole = [run("-C", str(repository), *call) for call in CALLS]
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "tree"), "HEAD")
    git(repository, "switch", "--quiet", "--detach", "v1-again")
    for place in (repository, tmp_path / "tree"):
        assert [run("-C", str(place), *call) for call in CALLS] == whole
        assert changes(run, place, "v1-again") == changes(run, place, "HEAD~1", "v1-again") == []


@pytest.mark.parametrize("name", ["blob", "tree", "HEAD^{tree}", "HEAD:targets"])
def test_what_is_no_commit_is_no_revision(repository: Path, run: Run, name: str) -> None:
    git(repository, "tag", "--annotate", "--message=x", "blob", f"HEAD:{RETAIL}")
    git(repository, "tag", "--annotate", "--message=x", "tree", "HEAD^{tree}")
    for call in (("diff", name), ("check", "--rev", name), ("check", "--base", name), ("history", "1", "--rev", name)):
        assert "there is no revision" in sentence(run("-C", str(repository), "--lang", "en", *call))


def test_histories_that_parted_at_several_commits_say_so(repository: Path, run: Run) -> None:
    git(repository, "switch", "--quiet", "--create", "one")
    edit(repository, RETAIL, ("deadline_month: 12", "deadline_month: 11"))
    commit(repository)
    git(repository, "switch", "--quiet", "--create", "other", "main")
    edit(repository, "targets/2018/02-online-retail.yaml", ("deadline_month: 12", "deadline_month: 10"))
    commit(repository)
    git(repository, "tag", "before")
    git(repository, "merge", "--quiet", "--no-edit", "one")
    git(repository, "switch", "--quiet", "one")
    git(repository, "merge", "--quiet", "--no-edit", "before")
    outcome = run("-C", str(repository), "--lang", "en", "diff", "one...other")
    assert outcome.code == 0
    assert "the histories parted at several commits" in outcome.err
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize("wording", ["2019年12月", "2028年12月", "2019 年 12 月", "2019年12月底前", "12月或次年3月"])
def test_a_printed_deadline_of_another_year_is_no_other_wording(approved: Path, run: Run, wording: str) -> None:
    path = approved / RETAIL
    path.write_text(path.read_text("utf-8") + f"as_filed:\n  deadline_month: {wording}\n", "utf-8")
    outcome = run("-C", str(approved), "--lang", "en", "check", "--base", "main", *DAY)
    assert outcome.code == 1
    assert "adjustment-missing" in outcome.out
    line = len(path.read_text("utf-8").splitlines())
    code = "variant-wording" if "或" in wording else "as-filed-mismatch"
    assert f"{RETAIL}:{line}:19: {'warning' if '或' in wording else 'error'}[{code}]" in outcome.out
    path.write_text(path.read_text("utf-8").replace(wording, "2018年12月底"), "utf-8")
    outcome = run("-C", str(approved), "--lang", "en", "check", "--base", "main", *DAY)
    assert outcome.code == 0
    assert f"{RETAIL}:{line}" not in outcome.out


def test_what_a_crossed_branch_takes_back_is_told(approved: Path, run: Run) -> None:
    """A branch merged the same commit as its base, and kept the old value: a clean merge would take the base's away."""
    git(approved, "switch", "--quiet", "--create", "raise")
    edit(approved, RETAIL, ("weight: 4", "weight: 5"))
    commit(approved)
    git(approved, "switch", "--quiet", "main")
    git(approved, "commit", "--quiet", "--allow-empty", "--message=x")
    git(approved, "branch", "mine")
    git(approved, "merge", "--quiet", "--no-edit", "raise")
    git(approved, "switch", "--quiet", "mine")
    git(approved, "merge", "--quiet", "--no-edit", "--strategy=ours", "raise")
    assert len(git(approved, "merge-base", "--all", "main", "mine").split()) == 2
    for words in (("check", "--base", "main", *DAY), ("check", "--base", "main", "--rev", "mine", *DAY)):
        outcome = run("-C", str(approved), "--lang", "en", *words)
        assert outcome.code == 1, words
        assert "adjustment-missing" in outcome.out, words
    for name in ("main...mine", "main..."):
        outcome = run("-C", str(approved), "--lang", "en", "diff", name)
        assert "before: 5" in outcome.out, name
        assert "after: 4" in outcome.out, name


def test_a_branch_older_than_the_approval_is_to_take_it_first(repository: Path, run: Run) -> None:
    git(repository, "switch", "--quiet", "--create", "mine")
    edit(repository, RETAIL, ("weight: 4", "weight: 3"))
    commit(repository)
    git(repository, "switch", "--quiet", "main")
    git(repository, "tag", "approved-2018")
    edit(
        repository,
        "targets/2018/plan.yaml",
        ("language: zh\n", "language: zh\nstatus: approved\napproved_revision: approved-2018\n"),
    )
    commit(repository)
    git(repository, "switch", "--quiet", "mine")
    calls = (("check", "--base", "main"), ("check", "--base", "main", "--rev", "mine"), ("adjust", "main"))
    for words in calls:
        outcome = run("-C", str(repository), "--lang", "en", *words)
        assert outcome.code == 2, words
        assert "main has changed the approval of 2018 since the two parted" in outcome.err, words
    assert not (repository / "targets/2018/adjustments").exists()
    git(repository, "merge", "--quiet", "--no-edit", "main")
    assert "adjustment-missing" in run("-C", str(repository), "--lang", "en", *calls[0], *DAY).out


def test_what_brings_a_file_back_names_where_the_two_parted(approved: Path, run: Run) -> None:
    """The base may have renumbered it since."""
    start = git(approved, "rev-parse", "HEAD")
    git(approved, "switch", "--quiet", "--create", "mine")
    git(approved, "rm", "--quiet", RETAIL)
    commit(approved)
    git(approved, "switch", "--quiet", "main")
    git(approved, "mv", RETAIL, "targets/2018/29-retail-sales.yaml")
    commit(approved)
    git(approved, "switch", "--quiet", "mine")
    for words in (("check", "--base", "main", *DAY), ("diff", "main...", *DAY)):
        said = " ".join(run("-C", str(approved), "--lang", "en", *words).out.split())
        assert f"git checkout {start[:12]} -- {RETAIL}" in said, words
    git(approved, "checkout", start[:12], "--", RETAIL)
    assert run("-C", str(approved), "check", "--base", "main", *DAY).code == 0


def test_a_closed_pipe_is_told_from_gits(repository: Path, run: Run) -> None:
    start = f"{sys.executable} -m target_registry -C {repository} diff"
    for call, code in (("HEAD", 141), ("HEAD --format json", 141), ("--help", 141), ("@{u}", 2)):
        done = subprocess.run(
            ["bash", "-c", f"{start} {call} | true; exit ${{PIPESTATUS[0]}}"], capture_output=True, check=False
        )
        assert (done.returncode, done.stderr.count(b"\n")) == (code, code == 2), call


def test_targets_that_only_moved_are_told_as_one(approved: Path, run: Run) -> None:
    folder = approved / "targets" / "2018"
    for path in sorted(folder.glob("[0-9]*.yaml"), reverse=True):
        number, _, slug = path.name.partition("-")
        if int(number) >= 7:
            path.rename(folder / f"{int(number) + 1:02}-{slug}")
    said = run("-C", str(approved), "--lang", "en", "diff", "HEAD").out
    assert "22 notable changes\n  22 targets moved\n" in said
    assert "before: 7 to 28\n    after: 8 to 29\n" in said
    report = run("-C", str(approved), "--lang", "en", "diff", "HEAD", "--format", "markdown").out
    assert report.count("目标在填报表中的序号变了") == 1
    assert "| 22项目标的序号顺移 | 序号 | <del>`7至28`</del> | <ins>`8至29`</ins> |" in report
    records = json.loads(run("-C", str(approved), "diff", "HEAD", "--format", "json").out)["changes"]
    assert len(records) == 22
