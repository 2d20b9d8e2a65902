"""What runs where nobody watches: the workflows, the action and the pre-commit hooks.

Their scripts are taken out of the YAML and executed as GitHub's runner does it, in a
folder laid out as on the runner. The network is used once, for what constraints.txt
pins; the scripts then install from that, so that nothing unpinned can slip in.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parents[1]
REGISTRY = ROOT / "tests" / "registry"
CHECK = ROOT / ".github/workflows/check.yml"
CI = ROOT / ".github/workflows/ci.yml"
ACTION = ROOT / "action.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
DEPENDABOT = ROOT / ".github/dependabot.yml"
FILES = (CHECK, CI, ACTION, HOOKS, DEPENDABOT)

INSTALL, JUDGE, WEIGH = "Install the tool", "Check the registry", "Write the weights into the summary"
Step = Mapping[str, Any]


def _read(path: Path) -> Any:
    """A YAML file with every scalar as text: YAML 1.1 would read the key ``on`` as true."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it makes text, lists and mappings


def _jobs(path: Path) -> list[Mapping[str, Any]]:
    return list(_read(path)["jobs"].values())


def _steps(path: Path) -> list[Step]:
    if path == ACTION:
        return list(_read(path)["runs"]["steps"])
    return [step for job in _jobs(path) for step in job["steps"]]


# What the files say.


@pytest.mark.parametrize("path", [CHECK, CI, ACTION], ids=lambda path: path.name)
def test_actions_are_pinned_by_commit_beside_their_version(path: Path) -> None:
    """A tag can be moved to other code; a commit can't. The comment is for people and Dependabot."""
    used = [line.strip() for line in path.read_text("utf-8").splitlines() if re.match(r"\s*(- )?uses:", line)]
    assert len(used) == sum("uses" in step for step in _steps(path)) > 0
    for line in used:
        assert re.fullmatch(r"(- )?uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)


@pytest.mark.parametrize("path", [CHECK, CI], ids=lambda path: path.name)
def test_workflows_can_only_read(path: Path) -> None:
    """A stranger's pull request meets no token that writes, and no secret."""
    workflow = _read(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in workflow["jobs"].values())
    assert set(workflow["on"]) == {"pull_request", "push"}
    assert workflow["on"]["push"] == {"branches": ["main"]}
    text = path.read_text("utf-8")
    assert not re.search("pull_request_target|workflow_run|secrets|github.token", text)


@pytest.mark.parametrize("path", [CHECK, CI], ids=lambda path: path.name)
def test_checkouts_leave_no_credentials(path: Path) -> None:
    """Otherwise the token lies in ``.git/config`` for every later step."""
    checkouts = [step for step in _steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert {step["with"]["persist-credentials"] for step in checkouts} == {"false"}


@pytest.mark.parametrize("path", [CHECK, CI], ids=lambda path: path.name)
def test_jobs_are_bounded_and_their_machine_is_named(path: Path) -> None:
    """No job runs for hours, twice for one pull request, or on whatever image is the latest."""
    assert _read(path)["concurrency"]["cancel-in-progress"] == "true"
    for job in _jobs(path):
        assert 0 < int(job["timeout-minutes"]) <= 30
        assert re.fullmatch(r"ubuntu-\d\d\.\d\d", job["runs-on"])


@pytest.mark.parametrize("path", [CHECK, CI, ACTION], ids=lambda path: path.name)
def test_scripts_hold_no_expressions_and_no_failure_is_waved_through(path: Path) -> None:
    """An expression is pasted into the script before the shell reads it; an environment variable is not."""
    steps = _steps(path)
    default = _read(path).get("defaults", {}).get("run", {}).get("shell")
    for step in steps:
        assert "${{" not in step.get("run", "")
        assert not {"continue-on-error", "working-directory"} & set(step)
        if "run" in step:
            assert step.get("shell", default) == "bash"


@pytest.mark.parametrize("path", [CHECK, ACTION], ids=lambda path: path.name)
def test_python_is_shielded_wherever_it_runs(path: Path) -> None:
    """From modules in the folder it starts in, and from a path that the machine or the caller has set."""
    of_job = {} if path == ACTION else _jobs(path)[0]["env"]
    called = [step for step in _steps(path) if re.search(r"(?i)python|targets", step.get("run", ""))]
    assert {INSTALL, JUDGE, WEIGH} == {step["name"] for step in called}
    for step in called:
        shield = of_job | step.get("env", {})
        assert (shield["PYTHONSAFEPATH"], shield["PYTHONPATH"]) == ("1", "")


def test_the_tool_is_the_base_s_and_the_registry_the_pull_request_s() -> None:
    """Without a ref the checkout takes what the pull request would leave on main."""
    checkouts = {step["with"]["path"]: step["with"] for step in _steps(CHECK) if "path" in step.get("with", {})}
    assert set(checkouts) == {"registry", "tool"}
    assert "ref" not in checkouts["registry"]
    assert checkouts["tool"]["ref"] == "${{ github.event.pull_request.base.sha || github.sha }}"
    assert _read(CHECK)["on"]["pull_request"] == {"branches": ["main"]}


def test_ci_runs_the_guard_on_the_oldest_and_the_newest_python() -> None:
    """The oldest is what pyproject.toml promises."""
    (job,) = _jobs(CI)
    assert [step["run"] for step in job["steps"] if "run" in step] == ["bash .ci/run"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    versions = job["strategy"]["matrix"]["python"]
    assert f">={versions[0]}" == project["requires-python"]
    newest = next(step["with"]["python-version"] for step in _steps(CHECK) if "python-version" in step.get("with", {}))
    assert versions[-1] == newest


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_name_no_index_and_no_machine(path: Path) -> None:
    """They must work wherever the repository is."""
    assert not re.search(r"index-url|find-links|trusted-host|://|\s/(home|root|tmp|opt|work)/", path.read_text("utf-8"))


def test_zizmor_finds_nothing() -> None:
    """Its strictest persona, and no finding silenced by a comment."""
    zizmor = Path(sys.executable).with_name("zizmor")
    audit = subprocess.run(
        [zizmor, "--offline", "--no-config", "--no-ignores", "--strict-collection", "--persona=auditor", *FILES],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert audit.returncode == 0, audit.stdout + audit.stderr
    assert all(f"completed {path}" in audit.stderr for path in FILES)


# What the scripts do.


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


def _environment(**more: str) -> dict[str, str]:
    """Take the environment without what is this process's own; pip's settings stay."""
    own = re.compile(r"PYTHON|PYTEST|GIT|LC_|LANG|TARGETS_|VIRTUAL_ENV|NO_COLOR|COLUMNS")
    return {name: value for name, value in os.environ.items() if not own.match(name)} | more


class Runner:
    """GitHub's runner, as far as these files use it.

    Args:
        path: check.yml or action.yml.
        folder: for the workspace and the runner's other files.
        temporary: what RUNNER_TEMP names, where the tool is installed.
        wheels: where pip finds packages, and nowhere else.
    """

    def __init__(self, path: Path, folder: Path, temporary: Path, wheels: Path) -> None:
        self.is_action = path == ACTION
        self.workspace = folder / "workspace"
        self.registry = self.workspace if self.is_action else self.workspace / "registry"
        self.temporary = temporary
        self._job_environment = {} if self.is_action else dict(_jobs(path)[0]["env"])
        self._steps = [step for step in _steps(path) if "run" in step]
        self._folder = folder
        self._wheels = wheels
        self.registry.mkdir(parents=True)
        temporary.mkdir(exist_ok=True)

    def lay_out(self) -> None:
        """Put the real registry in place, as a checkout does."""
        for name in ("targets", "schema"):
            shutil.copytree((ROOT if name == "schema" else REGISTRY) / name, self.registry / name)
        _git(self.registry, "init", "--quiet")

    def run(
        self,
        *,
        only: Sequence[str] = (),
        inputs: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
        action_path: Path = ROOT,
    ) -> Job:
        """Run the scripts in their order; the installation, made once for all, only where it is asked for.

        Args:
            only: the names of the steps to run; if empty, all that their conditions let run.
            inputs: the action's inputs where they aren't the default.
            environment: what the runner's machine or the caller's job sets.
            action_path: the checkout of the action.
        """
        values = {"steps.python.outputs.python-path": sys.executable}
        if self.is_action:
            given = {name: about["default"] for name, about in _read(ACTION)["inputs"].items()} | (dict(inputs or {}))
            values |= {f"inputs.{name}": value for name, value in given.items()}
        summary = self._folder / "summary.md"
        base = _environment(
            LANG="C.UTF-8",
            PATH=f"{self._python()}{os.pathsep}{os.defpath}",
            PIP_NO_INDEX="1",
            PIP_FIND_LINKS=str(self._wheels),
            GITHUB_WORKSPACE=str(self.workspace),
            GITHUB_STEP_SUMMARY=str(summary),
            GITHUB_ACTION_PATH=str(action_path),
            RUNNER_TEMP=str(self.temporary),
        )
        summary.write_bytes(b"")
        ran: dict[str, Ran] = {}
        installed = False
        for step in self._steps:
            if (only and step["name"] not in only) or not _may_run(step, ran, installed=installed):
                continue
            if step["name"] == INSTALL and not only:
                installed = True
                continue
            own = {name: _resolve(value, values) for name, value in step.get("env", {}).items()}
            script = self._folder / "script.sh"
            script.write_text(step["run"], "utf-8")
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
                cwd=self.workspace, env=base | dict(environment or {}) | self._job_environment | own,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                encoding="utf-8", timeout=600, check=False,
            )  # fmt: skip
            ran[step["name"]] = Ran(done.returncode, done.stdout)
        return Job(ran, summary.read_text("utf-8"))

    def _python(self) -> Path:
        """A folder for PATH in which ``python`` is all there is, as after actions/setup-python."""
        python = self._folder / "bin/python"
        if not python.exists():
            python.parent.mkdir()
            python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', "utf-8")
            python.chmod(0o755)
        return python.parent


def _may_run(step: Step, ran: Mapping[str, Ran], *, installed: bool) -> bool:
    """Decide the two conditions that the files use; another one is an error."""
    return {
        "success()": not any(done.code for done in ran.values()),
        "${{ !cancelled() && steps.install.outcome == 'success' }}": installed,
    }[step.get("if", "success()")]


def _resolve(text: str, values: Mapping[str, str]) -> str:
    """A step's variable; an expression that isn't in the table is an error."""
    return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda match: values[match[1]], text)


def _git(folder: Path, *arguments: str) -> str:
    """Run git with nobody's configuration."""
    settings = ("-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    environment = _environment(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1")
    return subprocess.run(
        ["git", *settings, *arguments], cwd=folder, env=environment, stdout=subprocess.PIPE, check=True, text=True
    ).stdout


def _copy_tool(to: Path) -> None:
    """What a commit of the working tree would hold."""
    for name in _git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, to / name)


def _make_hostile(registry: Path) -> Path:
    """Add what a stranger could hope to have imported, run or read; return what appears if it was."""
    marker = registry.parent / f"{registry.name}-was-here"
    payload = f"open({str(marker)!r}, 'a').write(__name__ + '\\n')\nraise SystemExit(0)\n"
    modules = ("yaml", "click", "jsonschema", "jsonschema_rs", "tabulate", "sitecustomize", "usercustomize",
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


def _pinned() -> dict[str, str]:
    """The versions in constraints.txt by their normalised names."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pins}


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages that the tool and its build need: the only thing that is downloaded.

    Of each that constraints.txt pins there is an empty version 99 too, for whom forgets the constraints.
    """
    folder = tmp_path_factory.mktemp("wheels")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = settings["project"]
    needed = [
        *settings["build-system"]["requires"],
        *project["dependencies"],
        *project["optional-dependencies"]["fast"],
    ]
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--dest", folder,
         "--constraint", ROOT / "constraints.txt", *needed],
        env=_environment(), check=True,
    )  # fmt: skip
    for name in _pinned():
        with zipfile.ZipFile(folder / f"{name.replace('-', '_')}-99-py3-none-any.whl", "w") as wheel:
            about = f"{name.replace('-', '_')}-99.dist-info"
            wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 99\n")
            wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{about}/RECORD", "")
    return folder


class Installed(NamedTuple):
    """The tool as a script installed it, with a hostile registry beside or around it."""

    path: Path
    temporary: Path
    marker: Path


def _install(path: Path, folder: Path, wheels: Path) -> Installed:
    runner = Runner(path, folder, folder / "temp", wheels)
    runner.lay_out()
    marker = _make_hostile(runner.registry)
    tool = folder / "action" if runner.is_action else runner.workspace / "tool"
    _copy_tool(tool)
    # As where the caller's job lets its own tests import from the working folder.
    careless = {"PYTHONPATH": str(runner.registry)} if runner.is_action else {}
    done = runner.run(only=[INSTALL], action_path=tool, environment=careless).ran[INSTALL]
    assert done.code == 0, done.log
    shutil.rmtree(tool)
    return Installed(path, runner.temporary, marker)


@pytest.fixture(scope="session")
def by_workflow(tmp_path_factory: pytest.TempPathFactory, wheels: Path) -> Installed:
    """What check.yml installs."""
    return _install(CHECK, tmp_path_factory.mktemp("workflow"), wheels)


@pytest.fixture(scope="session")
def by_action(tmp_path_factory: pytest.TempPathFactory, wheels: Path) -> Installed:
    """What action.yml installs."""
    return _install(ACTION, tmp_path_factory.mktemp("action"), wheels)


@pytest.fixture(params=["by_workflow", "by_action"])
def installed(request: pytest.FixtureRequest) -> Installed:
    """Each of the two."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Installed)
    return found


def _fresh(installed: Installed, folder: Path, wheels: Path) -> Runner:
    runner = Runner(installed.path, folder, installed.temporary, wheels)
    runner.lay_out()
    return runner


@pytest.fixture
def runner(installed: Installed, tmp_path: Path, wheels: Path) -> Runner:
    """A fresh workspace with the real registry, for each of the two."""
    return _fresh(installed, tmp_path, wheels)


@pytest.fixture
def action(by_action: Installed, tmp_path: Path, wheels: Path) -> Runner:
    """The same for the action alone, which has inputs."""
    return _fresh(by_action, tmp_path, wheels)


def _program(runner: Runner, name: str) -> Path:
    (found,) = runner.temporary.glob(f"*/bin/{name}")
    return found


def _said(runner: Runner, language: str) -> list[str]:
    """The annotations in a language, as the command itself makes them."""
    said = subprocess.run(
        [_program(runner, "targets"), "--lang", language, "-C", runner.registry, "check", "--format", "github"],
        env=_environment(), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return Ran(said.returncode, said.stdout).annotations


def _change_weight(registry: Path, weight: str = "5") -> None:
    path = registry / "targets/2018/01-retail-sales.yaml"
    text = path.read_text("utf-8")
    assert "\nweight: 4\n" in text
    path.write_text(text.replace("\nweight: 4\n", f"\nweight: {weight}\n"), "utf-8")


def test_only_pinned_versions_are_installed(runner: Runner) -> None:
    """Also what the build and the dependencies need is named in constraints.txt."""
    listed = subprocess.run(
        [_program(runner, "python"), "-m", "pip", "list", "--format=json"],
        env=_environment(), stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    found = {re.sub(r"[-_.]+", "-", entry["name"]).lower(): entry["version"] for entry in json.loads(listed.stdout)}
    assert {"click", "jsonschema-rs", "target-registry"} <= set(found)
    brought_by_python = ("pip", "setuptools", "target-registry")
    assert {name: _pinned().get(name) for name in found if name not in brought_by_python} == {
        name: version for name, version in found.items() if name not in brought_by_python
    }


@pytest.mark.parametrize("machine", ["C.UTF-8", "en_US.UTF-8", "zh_CN.UTF-8", "POSIX"])
def test_a_sound_registry_passes_in_its_own_language(runner: Runner, machine: str) -> None:
    """Annotations and weights are in the plan's language, whatever the machine's is."""
    job = runner.run(environment={"LANG": machine})
    assert job.passed
    assert job.ran[JUDGE].annotations == _said(runner, "zh") != _said(runner, "en")
    assert any(line.startswith("::warning file=targets/2018/") for line in job.ran[JUDGE].annotations)
    assert re.search(r"^### 2018年度.*填报表\n\n\|.*\n\|(:?-+:?\|)+\n", job.summary, re.MULTILINE)
    assert "关键量化指标" in job.summary
    assert "**90**" in job.summary
    assert not re.search("[A-Za-z]", job.summary)


def test_a_changed_weight_fails_and_is_explained(runner: Runner) -> None:
    """The job is red, the line is marked, and the summary is written all the same."""
    _change_weight(runner.registry)
    job = runner.run()
    assert not job.passed
    assert job.ran[JUDGE].code == 1
    assert job.ran[JUDGE].annotations[0].startswith("::error file=targets/2018/plan.yaml,line=7,col=10,")
    assert job.ran[WEIGH].code == 1
    assert "**91**" in job.summary
    below = job.summary.rsplit("|", 1)[-1]
    assert sorted(re.findall(r"\d+", below)) == ["1", "90", "91"]  # over by one, not 90 as declared


def test_where_there_is_no_registry_the_job_fails(runner: Runner) -> None:
    """Two sentences in the log and no traceback."""
    shutil.rmtree(runner.registry / "targets")
    job = runner.run()
    assert not job.passed
    for ran in (job.ran[JUDGE], job.ran[WEIGH]):
        assert ran.code == 2
        assert len(ran.log.splitlines()) == 1
    assert job.summary == ""


@pytest.mark.parametrize("weight", ["4", "5", "many"])
def test_nothing_that_the_pull_request_brings_is_run_or_believed(
    runner: Runner, installed: Installed, weight: str
) -> None:
    """Modules, build files, settings and schemas at the registry's root change nothing."""
    if weight != "4":
        _change_weight(runner.registry, weight)
    honest = runner.run()
    assert honest.passed == (weight == "4")
    marker = _make_hostile(runner.registry)
    hostile = runner.run(environment={"PYTHONPATH": str(runner.registry)})
    assert not marker.exists()
    assert not installed.marker.exists()  # nor while the tool was installed
    assert [ran.code for ran in hostile.ran.values()] == [ran.code for ran in honest.ran.values()]
    assert hostile.summary == honest.summary
    added = set(hostile.ran[JUDGE].annotations) - set(honest.ran[JUDGE].annotations)
    assert set(honest.ran[JUDGE].annotations) <= set(hostile.ran[JUDGE].annotations)
    assert {re.sub(r",.*", "", line) for line in added} == {
        f"::warning file=schema/{name}.schema.json" for name in ("plan", "target")
    }


def test_the_hostile_files_would_bite(runner: Runner) -> None:
    """So that the test above isn't one of blanks: without protection each way in works."""
    marker = _make_hostile(runner.registry)
    for command, environment in (
        (["-c", "import venv"], {}),
        (["-m", "pip", "--version"], {}),
        (["-c", ""], {"PYTHONPATH": str(runner.registry)}),
        ([str(_program(runner, "targets")), "--version"], {"PYTHONPATH": str(runner.registry)}),
    ):
        subprocess.run(
            [_program(runner, "python"), *command],
            cwd=runner.registry, env=_environment(**environment), capture_output=True, check=False,
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


# What the pre-commit hooks do.


def _hook(name: str) -> Mapping[str, Any]:
    (found,) = [hook for hook in _read(HOOKS) if hook["id"] == name]
    assert isinstance(found, dict)
    return found


def _call(runner: Runner, hook: Mapping[str, Any], *files: str) -> subprocess.CompletedProcess[str]:
    """Run a hook's entry at the repository's top with the tool installed, as pre-commit does."""
    assert hook["language"] == "python"
    command, *arguments = shlex.split(hook["entry"])
    return subprocess.run(
        [_program(runner, command), *arguments, *files],
        cwd=runner.registry, env=_environment(), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def committed(by_workflow: Installed, tmp_path: Path, wheels: Path) -> Runner:
    """The registry with everything committed, and a tool installed to call."""
    runner = _fresh(by_workflow, tmp_path, wheels)
    _git(runner.registry, "add", ".")
    _git(runner.registry, "commit", "--quiet", "--message=form")
    return runner


def test_the_check_hook_judges_the_whole_registry(committed: Runner) -> None:
    """Also a commit that only deletes a file, of which pre-commit names no file to a hook."""
    hook = _hook("targets-check")
    assert (hook["pass_filenames"], hook["always_run"]) == ("false", "true")
    assert _call(committed, hook).returncode == 0
    _git(committed.registry, "rm", "--quiet", "targets/2018/28-trade-friction.yaml")
    assert _call(committed, hook).returncode == 1
    _git(committed.registry, "reset", "--quiet", "--hard")
    _change_weight(committed.registry)
    assert _call(committed, hook).returncode == 1


def test_the_fmt_hook_formats_the_files_it_is_given(committed: Runner) -> None:
    """And no other; on canonical files it does nothing."""
    hook = _hook("targets-fmt")
    files = _git(committed.registry, "ls-files").splitlines()
    chosen = [name for name in files if re.search(hook["files"], name) and hook["types"] == ["yaml"]]
    assert chosen == [name for name in files if name.startswith("targets/")]
    assert _call(committed, hook, *chosen).returncode == 0
    assert _git(committed.registry, "status", "--short") == ""
    untidy = []
    for name in chosen[:2]:
        path = committed.registry / name
        path.write_text(re.sub(r"(?m)^weight: (.*)\n", r"weight:   \1\n", path.read_text("utf-8")), "utf-8")
        untidy.append(name)
    assert _git(committed.registry, "diff", "--name-only").splitlines() == untidy
    assert _call(committed, hook, untidy[0]).returncode == 0
    assert _git(committed.registry, "diff", "--name-only").splitlines() == untidy[1:]


def test_the_hooks_say_what_they_do_in_both_languages() -> None:
    """One sentence each."""
    assert [hook["id"] for hook in _read(HOOKS)] == ["targets-check", "targets-fmt"]
    for hook in _read(HOOKS):
        assert re.fullmatch(r"[\u4e00-\u9fff，]+。[A-Z][a-z ,]+\.", hook["description"])
