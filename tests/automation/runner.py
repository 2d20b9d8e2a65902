"""The forge and its runner, as far as the workflows and the action use them.

Scripts are taken out of the YAML and executed as GitHub's runner does it, in a folder laid
out as on the runner. The network is used once, for what constraints.txt pins; the scripts
then install from that, so that nothing unpinned can slip in.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
REGISTRY = ROOT / "tests" / "registry"
CHECK = ROOT / ".github/workflows/check.yml"
COMMENT = ROOT / ".github/workflows/comment.yml"
CI = ROOT / ".github/workflows/ci.yml"
GITEA = ROOT / ".gitea/workflows/check.yml"
GITLAB = ROOT / ".gitlab-ci.yml"
ACTION = ROOT / "action.yml"

INSTALL, COMPARE = "Install the tool", "Find what to compare with"
JUDGE, MARK = "Check the registry", "Mark the changes"
REPORT, WEIGH = "Write the changes into the summary", "Write the weights into the summary"
Step = Mapping[str, Any]


def read(path: Path) -> Any:
    """A YAML file with every scalar as text: YAML 1.1 would read the key ``on`` as true."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it makes text, lists and mappings


def jobs(path: Path) -> list[Mapping[str, Any]]:
    """The jobs of a workflow."""
    return list(read(path)["jobs"].values())


def steps(path: Path) -> list[Step]:
    """The steps of a workflow or an action."""
    if path == ACTION:
        return list(read(path)["runs"]["steps"])
    return [step for job in jobs(path) for step in job["steps"]]


class Ran(NamedTuple):
    """One script's exit code and what it wrote to the log."""

    code: int
    log: str

    @property
    def annotations(self) -> list[str]:
        """The lines that GitHub shows beside a file's lines."""
        return [line for line in self.log.splitlines() if line.startswith("::")]


class Job(NamedTuple):
    """What a job's scripts left behind, by the names of their steps."""

    ran: Mapping[str, Ran]
    summary: str

    @property
    def passed(self) -> bool:
        """Whether GitHub would call the job green."""
        return not any(ran.code for ran in self.ran.values())

    @property
    def log(self) -> str:
        """All that was written to the log."""
        return "".join(ran.log for ran in self.ran.values())


def environment(**more: str) -> dict[str, str]:
    """Take the environment without what is this process's own; pip's settings stay."""
    own = re.compile(r"PYTHON|PYTEST|GIT|GH_|LC_|LANG|TARGETS_|VIRTUAL_ENV|NO_COLOR|COLUMNS|CI_")
    return {name: value for name, value in os.environ.items() if not own.match(name)} | more


def git(folder: Path, *arguments: str, index: Path | None = None) -> str:
    """Run git with nobody's configuration."""
    settings = ("-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    around = environment(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1")
    if index is not None:
        around["GIT_INDEX_FILE"] = str(index)
    return subprocess.run(
        ["git", *settings, *arguments], cwd=folder, env=around, stdout=subprocess.PIPE, check=True, text=True
    ).stdout.strip()


Change = Callable[[Path], object]


class Forge:
    """A bare repository with a main branch and the refs that a forge keeps of pull requests.

    Args:
        folder: where to put it.
    """

    def __init__(self, folder: Path) -> None:
        self.server = folder / "server.git"
        self._scratch = folder / "scratch"
        self._scratch.mkdir(parents=True)
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.server))
        git(self.server, "config", "uploadpack.allowAnySHA1InWant", "true")
        self.push(lay_out)

    @property
    def main(self) -> str:
        """The commit of the main branch."""
        return git(self.server, "rev-parse", "refs/heads/main")

    def commit(self, change: Change, *parents: str) -> str:
        """Make a commit by changing the files of its first parent."""
        index = self._scratch.with_name("index")
        there = ("-c", "core.bare=false", "--git-dir", str(self.server), "--work-tree", ".")
        for entry in self._scratch.iterdir():
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
        index.unlink(missing_ok=True)
        if parents:
            git(self._scratch, *there, "read-tree", parents[0], index=index)
            git(self._scratch, *there, "checkout-index", "--all", "--force", index=index)
        change(self._scratch)
        git(self._scratch, *there, "add", "--all", "--force", ".", index=index)
        tree = git(self._scratch, *there, "write-tree", index=index)
        return self._record(tree, *parents)

    def push(self, change: Change) -> str:
        """Make a commit on the main branch, and say which."""
        exists = git(self.server, "for-each-ref", "refs/heads/main") != ""
        made = self.commit(change, *([self.main] if exists else []))
        git(self.server, "update-ref", "refs/heads/main", made)
        return made

    def propose(self, number: int, change: Change, *, start: str | None = None) -> str:
        """Open a pull request from a fork, or give it a new head; say which.

        Args:
            number: its number.
            change: what it does.
            start: the commit it starts from; the main branch's if None.
        """
        head = self.commit(change, start or self.main)
        git(self.server, "update-ref", f"refs/pull/{number}/head", head)
        self.try_merge(number)
        return head

    def try_merge(self, number: int) -> str | None:
        """Make the merge that the forge keeps beside a pull request, unless there is a conflict."""
        head = git(self.server, "rev-parse", f"refs/pull/{number}/head")
        try:
            tree = git(self.server, "merge-tree", "--write-tree", "--no-messages", self.main, head)
        except subprocess.CalledProcessError:
            return None
        merge = self._record(tree, self.main, head)
        git(self.server, "update-ref", f"refs/pull/{number}/merge", merge)
        return merge

    def merge(self, number: int) -> None:
        """Merge a pull request."""
        merge = self.try_merge(number)
        assert merge is not None
        git(self.server, "update-ref", "refs/heads/main", merge)

    def check_out(self, to: Path, ref: str) -> str:
        """Do what actions/checkout does with ``fetch-depth: 0``, and say which commit it was."""
        commit = git(self.server, "rev-parse", f"{ref}^{{commit}}")
        git(to.parent, "clone", "--quiet", "--no-checkout", str(self.server), str(to))
        git(to, "fetch", "--quiet", "origin", commit)
        git(to, "checkout", "--quiet", "--detach", commit)
        return commit

    def _record(self, tree: str, *parents: str) -> str:
        named = [word for parent in parents for word in ("-p", parent)]
        return git(self.server, "commit-tree", tree, *named, "-m", "change")


class Runner:
    """GitHub's runner, as far as these files use it.

    Args:
        path: a workflow, or action.yml.
        folder: for the workspace and the runner's other files.
        temporary: what RUNNER_TEMP names, where the tool is installed.
        wheels: where pip finds packages, and nowhere else.
    """

    def __init__(self, path: Path, folder: Path, temporary: Path, wheels: Path) -> None:
        self.path = path
        self.is_action = path == ACTION
        self.workspace = folder / "workspace"
        self.registry = self.workspace if self.is_action else self.workspace / "registry"
        self.temporary = temporary
        self.outputs: dict[str, dict[str, str]] = {}
        self._job_environment = {} if self.is_action else dict(jobs(path)[0]["env"])
        self._steps = steps(path)
        self._folder = folder
        self._wheels = wheels
        self.workspace.mkdir(parents=True)
        temporary.mkdir(exist_ok=True)

    def lay_out(self) -> None:
        """Put the real registry in place, as a checkout does."""
        self.registry.mkdir(exist_ok=True)
        lay_out(self.registry)
        git(self.registry, "init", "--quiet", "--initial-branch=main")
        git(self.registry, "add", ".")
        git(self.registry, "commit", "--quiet", "--message=form")

    def propose(self) -> dict[str, str]:
        """Commit what lies in the registry as the merge of a pull request, and say what the event would."""
        base = git(self.registry, "rev-parse", "refs/heads/main")
        git(self.registry, "add", "--all", "--force", ".")
        tree = git(self.registry, "write-tree")
        head = git(self.registry, "commit-tree", tree, "-p", base, "-m", "proposal")
        merge = git(self.registry, "commit-tree", tree, "-p", base, "-p", head, "-m", "merge")
        git(self.registry, "update-ref", "--no-deref", "HEAD", merge)
        return about_pull_request(head)

    def run(
        self,
        *,
        only: Sequence[str] = (),
        inputs: Mapping[str, str] | None = None,
        around: Mapping[str, str] | None = None,
        action_path: Path = ROOT,
        event: Mapping[str, str] | None = None,
        check_out: Callable[[Mapping[str, str]], object] | None = None,
        path: Sequence[Path] = (),
    ) -> Job:
        """Run the scripts in their order; the installation, made once for all, only where it is asked for.

        Args:
            only: the names of the steps to run; if empty, all that their conditions let run.
            inputs: the action's inputs where they aren't the default.
            around: what the runner's machine or the caller's job sets.
            action_path: the checkout of the action.
            event: what the expressions of the event give; if None, the pull request that the
                registry's folder is.
            check_out: called with what each checkout step is given, once its expressions are resolved.
            path: folders to find programs in before all others.
        """
        values = {"steps.python.outputs.python-path": sys.executable}
        if self.is_action:
            given = {name: about["default"] for name, about in read(ACTION)["inputs"].items()} | (dict(inputs or {}))
            values |= {f"inputs.{name}": value for name, value in given.items()}
        else:
            values |= dict(event or {}) if event is not None or only else self.propose()
        summary, output, script = (self._folder / name for name in ("summary.md", "output", "script.sh"))
        base = environment(
            LANG="C.UTF-8",
            PATH=os.pathsep.join([*map(str, path), str(self._python()), os.defpath]),
            PIP_NO_INDEX="1",
            PIP_FIND_LINKS=str(self._wheels),
            GITHUB_WORKSPACE=str(self.workspace),
            GITHUB_STEP_SUMMARY=str(summary),
            GITHUB_OUTPUT=str(output),
            GITHUB_ACTION_PATH=str(action_path),
            GITHUB_SERVER_URL="https://forge.example",
            GITHUB_REPOSITORY="office/registry",
            RUNNER_TEMP=str(self.temporary),
        )
        summary.write_bytes(b"")
        ran: dict[str, Ran] = {}
        self.outputs = {}
        job_environment = {name: self._resolve(value, values) for name, value in self._job_environment.items()}
        for step in self._steps:
            if (only and step["name"] not in only) or not (only or self._may_run(step, ran)):
                continue
            if "uses" in step:
                if check_out is not None and step["uses"].startswith("actions/checkout@"):
                    check_out({name: self._resolve(value, values) for name, value in step["with"].items()})
                continue
            if step["name"] == INSTALL and not only:
                self.outputs["install"] = {"outcome": "success"}
                continue
            output.write_bytes(b"")
            own = {name: self._resolve(value, values) for name, value in step.get("env", {}).items()}
            script.write_text(step["run"], "utf-8")
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
                cwd=self.workspace, env=base | dict(around or {}) | job_environment | own,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                encoding="utf-8", timeout=600, check=False,
            )  # fmt: skip
            ran[step["name"]] = Ran(done.returncode, done.stdout)
            if "id" in step:
                said = (line.partition("=") for line in output.read_text("utf-8").splitlines())
                self.outputs[step["id"]] = {name: value for name, _, value in said}
        return Job(ran, summary.read_text("utf-8"))

    def _may_run(self, step: Step, ran: Mapping[str, Ran]) -> bool:
        """Decide the conditions that the files use; one of another form is an error."""
        condition = step.get("if", "")
        asked = re.fullmatch(
            r"\$\{\{ (!cancelled\(\) && )?steps\.(\w+)\.(?:outputs\.)?([\w-]+) (==|!=) '(\w*)' \}\}|", condition
        )
        assert asked is not None, condition
        also_after_failure, name, output, operator, value = asked.groups()
        if not also_after_failure and any(done.code for done in ran.values()):
            return False
        if name is None:
            return True
        return (self._output(name, output) == value) == (operator == "==")

    def _output(self, step: str, name: str) -> str:
        """What a step said; nothing if it wasn't run, and an error if there is none of that name."""
        assert any(other.get("id") == step for other in self._steps), step
        return self.outputs.get(step, {}).get(name, "")

    def _resolve(self, text: str, values: Mapping[str, str]) -> str:
        """A variable; an expression that is neither in the table nor a step's output is an error."""

        def value(match: re.Match[str]) -> str:
            said = re.fullmatch(r"steps\.(\w+)\.outputs\.(\w+)", match[1])
            return self._output(said[1], said[2]) if said else values[match[1]]

        return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", value, text)

    def _python(self) -> Path:
        """A folder for PATH in which ``python`` is all there is, as after actions/setup-python."""
        python = self._folder / "bin/python"
        if not python.exists():
            python.parent.mkdir()
            python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', "utf-8")
            python.chmod(0o755)
        return python.parent


def about_pull_request(head: str, base: str = "") -> dict[str, str]:
    """What the expressions of a pull request's event give."""
    return {
        "github.event_name": "pull_request",
        "github.event.pull_request.base.sha || github.sha": base,
        "github.event.pull_request.head.sha || github.sha": head,
        "github.event.before": "",
    }


def about_push(before: str, after: str) -> dict[str, str]:
    """What the expressions of a push give."""
    return {
        "github.event_name": "push",
        "github.event.pull_request.base.sha || github.sha": after,
        "github.event.pull_request.head.sha || github.sha": after,
        "github.event.before": before,
    }


def lay_out(folder: Path) -> None:
    """Put the real registry into a folder."""
    for name in ("targets", "schema"):
        shutil.copytree((ROOT if name == "schema" else REGISTRY) / name, folder / name)


def copy_tool(to: Path) -> None:
    """What a commit of the working tree would hold."""
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, to / name)


def make_hostile(registry: Path, marker: Path | None = None) -> Path:
    """Add what a stranger could hope to have imported, run or read; return what appears if it was."""
    marker = marker or registry.parent / f"{registry.name}-was-here"
    payload = f"open({str(marker)!r}, 'a').write(__name__ + '\\n')\nraise SystemExit(0)\n"
    modules = ("yaml", "click", "jsonschema", "jsonschema_rs", "re2", "tabulate", "sitecustomize", "usercustomize",
               "venv", "ensurepip", "hatchling")  # fmt: skip
    for name in modules:
        (registry / f"{name}.py").write_text(payload, "utf-8")
    for folder in ("target_registry", "tools/target_registry", "pip", "hatchling"):
        (registry / folder).mkdir(parents=True)
        (registry / folder / "__init__.py").write_text(payload, "utf-8")
        (registry / folder / "__main__.py").write_text(payload, "utf-8")
    (registry / "setup.py").write_text(payload, "utf-8")
    (registry / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "hatchling"\nbackend-path = ["."]\n'
        '[project]\nname = "target-registry"\nversion = "99"\n', "utf-8"
    )  # fmt: skip
    (registry / "constraints.txt").write_text("click==0.1\n", "utf-8")
    for name in ("pip.conf", "setup.cfg"):
        (registry / name).write_text("[global]\nrequire-virtualenv = nonsense\n[install]\ntarget = stolen\n", "utf-8")
    for name in ("plan", "target"):
        (registry / f"schema/{name}.schema.json").write_text("{}\n", "utf-8")
    return marker


def pinned() -> dict[str, str]:
    """The versions in constraints.txt by their normalised names."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pins}


def program(runner: Runner, name: str) -> Path:
    """One that the runner's installation made."""
    (found,) = runner.temporary.glob(f"*/bin/{name}")
    return found


def change(path: Path, before: str, after: str) -> None:
    """Replace the one place where a file says something."""
    text = path.read_text("utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), "utf-8")


def change_weight(registry: Path, after: str = "5", *, target: str = "01-retail-sales", before: str = "4") -> None:
    """Give a target another weight."""
    change(registry / f"targets/2018/{target}.yaml", f"\nweight: {before}\n", f"\nweight: {after}\n")


def built_with() -> list[str]:
    """What the tool and its build need, as pyproject.toml says it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = settings["project"]
    return [
        *settings["build-system"]["requires"],
        *project["dependencies"],
        *project["optional-dependencies"]["fast"],
    ]
