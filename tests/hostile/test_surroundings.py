"""What stands around a call, or in the folder where it is made, neither breaks it nor is taken for the tool's own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from target_registry import limits
from tests.conftest import ROOT, Run
from tests.hostile.command import call, check_text, environment, hold

MODULES = (
    "yaml", "click", "jsonschema", "jsonschema_rs", "re2", "sitecustomize", "usercustomize", "target_registry", "gettext", "lxml", "json", "re",
    "conftest", "encodings", "tabulate", "pypinyin", "xlsxwriter",
)  # fmt: skip
SCRIPT = Path(sys.executable).with_name("targets")


def set_traps(folder: Path, marker: Path) -> None:
    """Files that tools pick up where they are called, each of which would leave a marker."""
    code = f"import os; os.close(os.open({str(marker)!r}, os.O_CREAT | os.O_WRONLY))\n"
    for name in MODULES:
        (folder / f"{name}.py").write_text(code)
    for name in (
        "setup.cfg",
        "tox.ini",
        "pyproject.toml",
        ".env",
        "click.cfg",
        ".targets",
        ".targets.toml",
        "targets.toml",
        ".yamllint",
    ):
        (folder / name).write_text(
            '[tool.targets]\nlang = "xx"\nschema = "/etc/passwd"\n[tool.target-registry]\nplugins = ["conftest"]\n'
        )
    for name in ("git", "sh", "python3", "less"):
        (folder / name).write_text(f"#!/bin/sh\ntouch {marker}\n")
        (folder / name).chmod(0o755)
    (folder / "evil.pth").write_text(code)


@pytest.mark.parametrize("launch", ["script", "module"])
@pytest.mark.parametrize("place", ["", "targets/2018", "tools"])
def test_nothing_in_the_folder_is_taken_for_the_tool(registry: Path, tmp_path: Path, launch: str, place: str) -> None:
    marker = tmp_path / "ran"
    where = registry / place
    where.mkdir(exist_ok=True)
    plain = call("-C", str(registry), "weights")
    set_traps(where, marker)
    words = (str(SCRIPT),) if launch == "script" else (sys.executable, "-P", "-m", "target_registry")
    for command in (
        ("check",),
        ("weights",),
        ("check", "--base", "HEAD"),
        ("export", str(tmp_path / f"{len(place)}.xlsx"), "--force"),
    ):
        called = hold(call(*command, cwd=where, launch=words, env=environment(PATH=f".:{os.environ['PATH']}::")))
        assert not marker.exists(), command
        if command == ("weights",):
            assert called.out == plain.out


ODD = {
    "plain": {}, "c": {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": ""}, "gbk": {"PYTHONIOENCODING": "gbk"}, "ascii": {"PYTHONIOENCODING": "ascii"},
    "strict": {"PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0"}, "latin": {"LC_ALL": "de_DE.ISO-8859-1", "PYTHONIOENCODING": "latin-1"},
    "columns-0": {"COLUMNS": "0"}, "columns-minus": {"COLUMNS": "-5"}, "columns-huge": {"COLUMNS": "9" * 50}, "columns-word": {"COLUMNS": "abc"},
    "columns-wide-digits": {"COLUMNS": "８０"}, "term": {"TERM": "\x1b[31m"}, "no-term": {"TERM": ""}, "no-colour": {"NO_COLOR": "1", "FORCE_COLOR": "1"},
    "language": {"TARGETS_LANG": "\x1b[31m::error::x"}, "language-path": {"LANGUAGE": "../../../etc:zh", "TARGETS_LANG": ""}, "language-long": {"LANGUAGE": "zh:" * 5_000},
    "no-home": {"HOME": "/nowhere", "XDG_CONFIG_HOME": "/nowhere"}, "home-null": {"HOME": "/dev/null"}, "tmp": {"TMPDIR": "/nowhere"},
    "seed": {"PYTHONHASHSEED": "0"}, "optimised": {"PYTHONOPTIMIZE": "2"}, "dev": {"PYTHONDEVMODE": "0"}, "no-path": {"PATH": ""},
    "complete": {"_TARGETS_COMPLETE": "zsh_complete", "COMP_WORDS": "\x1b", "COMP_CWORD": "99999"},
    "lines": {"LINES": "x"}, "pager": {"PAGER": "touch pwned", "LESSOPEN": "|touch pwned"}, "editor": {"EDITOR": "touch pwned", "VISUAL": "touch pwned"},
    "breakpoint": {"PYTHONBREAKPOINT": "os.abort"}, "github": {"GITHUB_ACTIONS": "true", "CI": "1"},
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_an_odd_environment(registry: Path, odd: dict[str, str]) -> None:
    told = {**environment(), **odd}
    for command in (("check",), ("show", "1"), ("rules", "weights-total"), ("check", "--format", "sarif")):
        called = call("-C", str(registry), *command, env=told, cwd=registry)
        assert called.code in (0, 1, 2) and b"Traceback" not in called.err + called.out
        for stream in (called.out, called.err):
            check_text(stream.decode("utf-8", "replace").replace("\ufffd", "?"))
    assert not (registry / "pwned").exists()


@pytest.mark.parametrize(
    "closed", ["<&-", ">&-", "2>&-", ">&- 2>&- <&-", "> /dev/full", "2> /dev/full", "> /dev/full 2>&1", "| head -c 1"]
)
def test_streams_that_fail(registry: Path, closed: str) -> None:
    for command in ("check --format json", "table", "nothing", "show 99"):
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {sys.executable} -P -m target_registry -C {registry} {command} {closed}"],
            env=environment(), capture_output=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode in (0, 1, 2, 141), done.stderr
        assert b"Traceback" not in done.stderr + done.stdout
        assert b"Exception ignored" not in done.stderr


WORDS = (
    "",
    "-",
    "--",
    "..",
    "../../../etc/passwd",
    "/etc/passwd",
    "/dev/zero",
    "\x1b[31m",
    "::error::x",
    "##[x]",
    "a\nb",
    "\udcff",
    "x" * 5_000,
    "%s{0}",
    "\u202e",
    "=1",
)
CALLS = (
    ("check", "--", "{}"), ("check", "--format={}"), ("check", "--as-of={}"), ("table", "--plan={}"), ("table", "--columns={}"), ("table", "--where={}"),
    ("table", "--where", "target={}"), ("table", "--where", "weight<{}"), ("table", "--by={}"), ("table", "--width={}"), ("weights", "--plan={}"), ("show", "--", "{}"),
    ("diff", "--link={}"), ("history", "--", "{}"), ("adjust", "--date={}"), ("rules", "--", "{}"), ("import", "--", "{}"), ("import", "--into={}", "x.csv"),
    ("import", "--year={}", "x.csv"), ("export", "--plan={}", "x.csv"), ("rollover", "--dry-run", "--", "{}", "2019"), ("rollover", "--dry-run", "2018", "--", "{}"),
    ("fmt", "--check", "--", "{}"), ("new", "--dry-run", "--slug={}"), ("new", "--dry-run", "--key-work={}"), ("--lang={}", "check"), ("--", "{}"), ("-C{}", "check"),
)  # fmt: skip


def test_odd_words_of_a_call(registry: Path, run: Run) -> None:
    before = {path: path.read_bytes() for path in registry.rglob("*") if path.is_file()}
    for word in WORDS:
        for words in CALLS:
            arguments = [part.replace("{}", word) for part in words]
            start = () if words[0].startswith("-") else ("-C", str(registry))
            outcome = run(*start, *arguments)
            assert outcome.code in (0, 1, 2), arguments
            check_text(outcome.err)
            check_text(outcome.out.replace("\r\n", "\n").removeprefix("\ufeff"))
            assert "root:x" not in outcome.out + outcome.err
            assert len(outcome.err) < 20_000
    assert before == {path: path.read_bytes() for path in registry.rglob("*") if path.is_file()}


ENDINGS = ("docx", "xlsx", "csv", "tsv", "json", "md", "html")


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_imported(registry: Path, tmp_path: Path, run: Run, ending: str) -> None:
    form = tmp_path / f"form.{ending}"
    assert run("-C", str(registry), "export", str(form)).code == 0
    sound = form.read_bytes()
    middle = len(sound) // 2
    odd = (
        b"", b"\0", b"PK\x03\x04", b"\xff\xfe" + "序号".encode("utf-16-le"), sound[:middle], sound[:-1], sound + sound, sound[:middle] + b"\0" * 50 + sound[middle:],
        sound[:middle] + b"\xff" * 5 + sound[middle:], b"[" * 200_000, b"<" * 200_000, b"<table>" * 50_000, b"{" * 200_000, b"|" * 200_000, b"," * 200_000, b'"' * 200_001,
        b"9" * 200_000, b"[" + b"1e999999999," * 10_000 + b"1]", b"x" * (limits.FORM_TEXT_BYTES + 1), b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', b"\r" * 100_000,
    )  # fmt: skip
    before = {path: path.read_bytes() for path in registry.rglob("*") if path.is_file()}
    for raw in odd:
        form.write_bytes(raw)
        outcome = run("-C", str(registry), "import", str(form), "--into", "2018")
        assert outcome.code in (0, 1, 2)
        check_text(outcome.err)
        check_text(outcome.out)
        assert outcome.code == 0 or "form." in outcome.err + outcome.out
    form.unlink()
    for kind in ("link", "pipe", "folder"):
        if kind == "link":
            form.symlink_to("/dev/zero")
        elif kind == "pipe":
            os.mkfifo(form)
        else:
            form.mkdir()
        hold(call("-C", str(registry), "import", str(form), "--into", "2018"), codes=(2,))
        form.rmdir() if form.is_dir() else form.unlink()
    assert before == {path: path.read_bytes() for path in registry.rglob("*") if path.is_file()}


def test_what_is_written_stays_in_its_place(registry: Path, tmp_path: Path) -> None:
    """Neither a link in the registry nor a name leads a write elsewhere."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "keep.yaml").write_text("weight:   4\n")
    (registry / "targets/2018/90-link.yaml").symlink_to(outside / "keep.yaml")
    shutil.rmtree(registry / "targets/2018/adjustments", ignore_errors=True)
    (registry / "targets/2018/adjustments").symlink_to(outside)
    (registry / "targets/2019").symlink_to(outside)
    for command in (
        ("fmt",), ("rollover", "2018", "2019"), ("new", "--slug=../../x"), ("init", str(registry / "targets/2019")), ("export", str(registry / "targets/2019/x.csv")),
    ):  # fmt: skip
        hold(call("-C", str(registry), *command))
    assert {path.name for path in outside.iterdir()} <= {"keep.yaml", "x.csv"}  # the second by the caller's own word
    assert (outside / "keep.yaml").read_text() == "weight:   4\n"


def test_no_sentence_of_the_tool_holds_what_it_refuses() -> None:
    """The limits that messages name are those of limits.py, not figures written beside them."""
    for path in (ROOT / "tools/target_registry").rglob("*.py"):
        assert not re.search(r"Message\([^)]*\b(?:65536|262144|20000)\b", path.read_text("utf-8")), path


def test_names_are_git_s_whatever_the_locale(registry: Path) -> None:
    (registry / "targets" / "2018" / "文件.yaml").write_text("x: 1\n", "utf-8")
    plain = {**environment(), "LC_ALL": "C.UTF-8"}
    ascii_only = {**environment(), "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for form in ("json", "github", "gitlab", "sarif"):
        outputs = {
            call("-C", str(registry), "--lang", "zh", "check", "--format", form, env=told, cwd=registry).out
            for told in (plain, ascii_only)
        }
        assert len(outputs) == 1
        assert "文件.yaml".encode() in outputs.pop() or form in ("json", "sarif")
