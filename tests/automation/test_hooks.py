"""What the pre-commit hooks do."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Mapping
from typing import Any

from tests.automation.runner import ROOT, Runner, change_weight, environment, git, program, read

HOOKS = ROOT / ".pre-commit-hooks.yaml"


def _hook(name: str) -> Mapping[str, Any]:
    (found,) = [hook for hook in read(HOOKS) if hook["id"] == name]
    assert isinstance(found, dict)
    return found


def _call(runner: Runner, hook: Mapping[str, Any], *files: str) -> subprocess.CompletedProcess[str]:
    """Run a hook's entry at the repository's top with the tool installed, as pre-commit does."""
    assert hook["language"] == "python"
    command, *arguments = shlex.split(hook["entry"])
    return subprocess.run(
        [program(runner, command), *arguments, *files],
        cwd=runner.registry, env=environment(), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_check_hook_judges_the_whole_registry(committed: Runner) -> None:
    """Also a commit that only deletes a file, of which pre-commit names no file to a hook."""
    hook = _hook("targets-check")
    assert (hook["pass_filenames"], hook["always_run"]) == ("false", "true")
    assert _call(committed, hook).returncode == 0
    git(committed.registry, "rm", "--quiet", "targets/2018/28-trade-friction.yaml")
    assert _call(committed, hook).returncode == 1
    git(committed.registry, "reset", "--quiet", "--hard")
    change_weight(committed.registry)
    assert _call(committed, hook).returncode == 1


def test_the_fmt_hook_formats_the_files_it_is_given(committed: Runner) -> None:
    """And no other; on canonical files it does nothing."""
    hook = _hook("targets-fmt")
    files = git(committed.registry, "ls-files").splitlines()
    chosen = [name for name in files if re.search(hook["files"], name) and hook["types"] == ["yaml"]]
    assert chosen == [name for name in files if name.startswith("targets/")]
    assert _call(committed, hook, *chosen).returncode == 0
    assert git(committed.registry, "status", "--short") == ""
    untidy = []
    for name in chosen[:2]:
        path = committed.registry / name
        path.write_text(re.sub(r"(?m)^weight: (.*)\n", r"weight:   \1\n", path.read_text("utf-8")), "utf-8")
        untidy.append(name)
    assert git(committed.registry, "diff", "--name-only").splitlines() == untidy
    assert _call(committed, hook, untidy[0]).returncode == 0
    assert git(committed.registry, "diff", "--name-only").splitlines() == untidy[1:]


def test_the_hooks_say_what_they_do_in_both_languages() -> None:
    """One sentence each."""
    assert [hook["id"] for hook in read(HOOKS)] == ["targets-check", "targets-fmt"]
    for hook in read(HOOKS):
        assert re.fullmatch(r"[\u4e00-\u9fff，]+。[A-Z][a-z ,]+\.", hook["description"])
