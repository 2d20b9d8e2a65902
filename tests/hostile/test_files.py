"""No file crashes, hangs, floods, leaks or passes that must not: each is refused by its name, and its line where it has one."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from target_registry import limits
from target_registry.cli.main import run as run_command
from tests.conftest import Run
from tests.hostile.command import MOST_OF_ONE_FILE, call, check_text, hold
from tests.hostile.texts import GOOD, HEAVY, TARGETS, Hostile

FOLDER = "targets/2018"
TABLES = ("text", "markdown", "html", "csv", "tsv", "json")


def found(folder: Path, *more: str) -> dict[str, set[int]]:
    """The lines of all errors, by file, as the check tells a program."""
    called = hold(call("-C", str(folder), "check", "--format", "json", *more, memory=MOST_OF_ONE_FILE), codes=(1,))
    lines: dict[str, set[int]] = {}
    for finding in json.loads(called.out)["findings"]:
        assert len(json.dumps(finding)) < 4_000
        if finding["level"] == "error":
            lines.setdefault(finding["path"], set()).add(finding["line"])
    return lines


def check_refused(lines: Mapping[str, set[int]], written: Mapping[str, Hostile]) -> None:
    """Each file that must be refused is, at its line; no other one is."""
    wrong = {
        path: (sorted(hostile.lines)[:5], sorted(lines.get(path, ()))[:5])
        for path, hostile in written.items()
        if bool(lines.get(path)) != bool(hostile.lines) or (hostile.lines and not lines[path] & hostile.lines)
    }
    assert not wrong


def written(registry: Path, texts: Mapping[str, Hostile]) -> dict[str, Hostile]:
    """Put hostile texts into a registry as targets; gives them by path."""
    paths = {}
    for number, (name, hostile) in enumerate(texts.items(), 100):
        path = f"{FOLDER}/{number}-{name}.yaml"
        (registry / path).write_bytes(hostile.raw)
        paths[path] = hostile
    return paths


def test_texts_as_targets(registry: Path) -> None:
    paths = written(registry, TARGETS)
    check_refused(found(registry), paths)
    called = hold(call("-C", str(registry), "check", "--format", "github"), annotations=True, codes=(1,))
    assert len(called.out) < 8 << 20


def test_commands_over_texts_as_targets(registry: Path) -> None:
    written(registry, {name: hostile for name, hostile in TARGETS.items() if name not in HEAVY})
    for form in ("text", "gitlab", "sarif"):
        hold(call("-C", str(registry), "check", "--format", form), codes=(1,))
    for number, form in enumerate(TABLES):
        view = ("table", "weights")[number % 2]
        hold(call("-C", str(registry), view, "--format", form), csv=form in ("csv", "tsv"), codes=(1,))
    for command in (("show", "duplicate"), ("fmt", "--check"), ("rollover", "2018", "2019"), ("export", "form.xlsx")):
        hold(call("-C", str(registry), *command, cwd=registry.parent))


def test_texts_as_plans(registry: Path) -> None:
    written = {}
    for number, (name, hostile) in enumerate(TARGETS.items(), 100):
        path = f"targets/p{number}-{name}/plan.yaml"
        (registry / path).parent.mkdir()
        (registry / path).write_bytes(hostile.raw)
        written[path] = hostile
    lines = found(registry)
    assert not [path for path in written if path not in lines]
    hold(call("-C", str(registry), "weights", "--format", "markdown"))


def test_texts_as_records(registry: Path) -> None:
    records = registry / FOLDER / "adjustments/material"
    records.mkdir(parents=True)
    for number, (name, hostile) in enumerate(TARGETS.items()):
        (records / f"2018-0{number % 9 + 1}-01-{name}.yaml").write_bytes(hostile.raw)
    lines = found(registry)
    assert not [path for path in records.iterdir() if path.relative_to(registry).as_posix() not in lines]


SCHEMAS = (
    b"{}",
    b"true",
    b'{"$ref": "http://localhost:1/x"}',
    b'{"$ref": "#"}',
    b"[" * 100_000,
    b"\0",
    b"\xff",
    b"x" * 5_000_000,
)


def test_a_schema_of_the_registry_judges_nothing(registry: Path) -> None:
    (registry / FOLDER / "90-x.yaml").write_text(GOOD.replace("weight: 4", "weight: true"))
    for number in range(4):
        for place, path in enumerate(sorted((registry / "schema").iterdir())):
            path.write_bytes(SCHEMAS[(2 * number + place) % len(SCHEMAS)])
        assert f"{FOLDER}/90-x.yaml" in found(registry)


def put(said: str, keys: str, value: str) -> str:
    """A file with another value under some keys."""
    return re.sub(rf"(?m)^({keys}): .*$", lambda match: f"{match[1]}: {value}", said)


def _plans(said: str) -> Iterator[tuple[str, str]]:
    """Plans that ask for much: each is a whole file."""
    yield (
        "ladders",
        said + "commitment_ladders:\n" + "".join(f"  - [{'甲' * 400}{n}, {'乙' * 400}{n}]\n" for n in range(90)),
    )
    yield "ladder-patterns", said + "commitment_ladders:\n  - ['(a+)+$', '(.*)*x', '((((a*)*)*)*)*']\n"
    yield "ladders-many", said + "commitment_ladders:\n" + "".join(f"  - [a{n}, b{n}]\n" for n in range(9_000))
    yield "waivers", said + "waivers:\n" + "  - rule: weight-step\n    target: retail-sales\n    reason: x\n" * 3_800
    yield "waivers-large", said + "waivers:\n" + "  - rule: x\n" * 100_000
    yield "key-works", said + "".join(f"  - id: w{n}\n    title: 工作{n}\n" for n in range(5_500))
    yield "key-works-alike", said + "  - id: w\n    title: 工作\n" * 9_000
    yield "key-works-large", said + "".join(f"  - id: w{n}\n    title: x\n" for n in range(100_000))
    yield "keys", said + "".join(f"k{n}: 1\n" for n in range(9_000))
    for key in ("total", "step", "minimum", "maximum"):
        for value in (".nan", "-5", "1e999999999", "9" * 400, "true", '"9"'):
            yield (
                f"{key}-{len(value)}-{value[:3]}".replace('"', ""),
                re.sub(rf"(?m)^  {key}: .*$", f"  {key}: {value}", said),
            )
    for key in ("title", "department", "year", "language"):
        for number, value in enumerate(
            ("[1]", "{a: b}", "true", "9" * 400, ".nan", '"\\e[31m"', '"a\\r::error::x"', "x" * 200_000)
        ):
            yield f"{key}-{number}", put(said, key, value)


def test_plans_that_ask_for_much(registry: Path) -> None:
    said = (registry / FOLDER / "plan.yaml").read_text("utf-8")
    written = []
    for name, text in _plans(said):
        folder = registry / "targets" / f"q-{name}"
        folder.mkdir()
        (folder / "plan.yaml").write_text(text, "utf-8")
        (folder / "01-x.yaml").write_text(GOOD, "utf-8")
        written.append(f"targets/q-{name}/plan.yaml")
    lines = found(registry)
    assert not [path for path in written if path not in lines and "ladder-patterns" not in path]
    for form in ("markdown", "html"):
        hold(call("-C", str(registry), "weights", "--format", form))


def test_what_is_no_file(registry: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("password: SECRETZZ\n" * 10)
    os.mkfifo(tmp_path / "fifo")
    folder = registry / FOLDER
    links: dict[str, str | Path] = {
        "out": secret, "passwd": "/etc/passwd", "environ": "/proc/self/environ", "git": "../../.git/config", "loop": "91-loop.yaml",
        "nowhere": "nowhere", "folder": "/etc", "zero": "/dev/zero", "good": "01-retail-sales.yaml", "fifo": tmp_path / "fifo",
    }  # fmt: skip
    for name, target in links.items():
        (folder / f"91-{name}.yaml").symlink_to(target)
    os.mkfifo(folder / "92-fifo.yaml")
    (folder / "93-folder.yaml").mkdir()
    (folder / "94-folder.yaml").mkdir()
    (folder / "94-folder.yaml/01-x.yaml").write_text(GOOD)
    with (folder / "95-sparse.yaml").open("wb") as file:
        file.truncate(1 << 40)
    at_socket = socket.socket(socket.AF_UNIX)
    os.chdir(folder)  # the name of a socket is short
    at_socket.bind("96-socket.yaml")
    names = [name for name in os.listdir(folder) if name.startswith("9")]
    if os.geteuid() == 0:
        os.mknod(folder / "97-device.yaml", stat.S_IFCHR | 0o666, os.makedev(1, 5))
        names.append("97-device.yaml")
    (registry / "targets/2017").symlink_to("/etc")
    (registry / "targets/2016").mkdir()
    (registry / "targets/2016/plan.yaml").symlink_to(secret)
    (registry / "targets/2016/01-x.yaml").write_text(GOOD)
    shutil.rmtree(registry / "schema")
    (registry / "schema").symlink_to("/etc")
    lines = found(registry)
    at_socket.close()
    for name in names:
        assert any(path.startswith(f"{FOLDER}/{name}") for path in lines), name
    assert {"targets/2017", "targets/2016/plan.yaml"} <= lines.keys()
    for command in (
        ("check",),
        ("table",),
        ("show", "91"),
        ("fmt",),
        ("rollover", "2018", "2019"),
        ("export", "x.csv"),
    ):
        called = hold(call("-C", str(registry), *command, cwd=tmp_path))
        assert "SECRETZZ" not in called.text + called.complaint and "root:" not in called.text + called.complaint
    assert secret.read_text() == "password: SECRETZZ\n" * 10


def test_folders_that_are_links(registry: Path, tmp_path: Path) -> None:
    (registry / "targets").rename(tmp_path / "elsewhere")
    (registry / "targets").symlink_to(tmp_path / "elsewhere")
    called = hold(call("-C", str(registry), "check"))
    assert called.code != 0
    assert hold(call("-C", str(registry), "fmt")).code != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_what_may_not_be_read(registry: Path, run: Run) -> None:
    run("-C", str(registry), "check", "--format", "json")  # all that is imported is, while it may be
    (registry / FOLDER / "02-online-retail.yaml").chmod(0)
    (registry / "targets/2019").mkdir(mode=0)
    for folder in (registry, *registry.parents):
        if folder.owner() == "root" and str(folder).startswith(f"{registry.parents[1]}"):
            folder.chmod(0o755)
    ways = [registry.parents[2], registry.parents[3]]
    modes = [way.stat().st_mode for way in ways]
    for way in ways:
        way.chmod(0o755)
    child = os.fork()
    if not child:
        os.setresuid(65534, 65534, 65534)
        os._exit(run_command(["-C", str(registry), "check", "--format", "json"]))
    _, status = os.waitpid(child, 0)
    for way, mode in zip(ways, modes, strict=True):
        way.chmod(stat.S_IMODE(mode))
    assert os.waitstatus_to_exitcode(status) == 1


NAMES = (
    b"90-new\nline.yaml", b"90-\x1b[31mred.yaml", b"-90-dash.yaml", b"--output=x.yaml", b'90-"quote".yaml', b"90-'q'.yaml", b"90-`x`.yaml",
    b"90-$(x).yaml", b"90-" + b"a" * 247 + b".yaml", b"90-\xff\xfe.yaml", "91-café.yaml".encode(), "91-cafe\u0301.yaml".encode(),
    "９０-x.yaml".encode(), "90-\u202egpj.yaml".encode(), b"90-::error::x.yaml", b"::error file=x::y.yaml", b"90-##[add-mask]x.yaml",
    b"90-a:b,c%0A.yaml", b"90-x|y.yaml", b"90-<img src=x>.yaml", b"90-@team.yaml", b"=cmd.yaml", b" 90-x.yaml", b"90-x .yaml", b"90-x.yaml ",
    b"90-x.YAML", b"90-x.yml", b"90-x.yaml.bak", b"90-x.yaml~", b"90-x.json", b"90.yaml", b"x.yaml", b"PLAN.yaml", b"plan.yaml.txt",
    b"plan (1).yaml", "90-\u200bx.yaml".encode(), b"0-x.yaml", b"9" * 200 + b"-x.yaml", "90-中文.yaml".encode(), b"90-a--b.yaml", b"CON.yaml",
    b"90-\\x.yaml", b"90-\r.yaml", b"90-\t.yaml", b"90-\x85.yaml", b"\xed\xa0\x80.yaml", b"90-{0.__class__}.yaml", b"90-%s%d.yaml",
    "\u2028.yaml".encode(), b"90-Twin.yaml", b".hidden.yaml",
)  # fmt: skip


def test_names_of_files_and_folders(registry: Path) -> None:
    top = os.fsencode(registry / "targets")
    os.makedirs(top + b"/2018/adjustments/material")
    for name in NAMES:
        os.mkdir(top + b"/f" + name[:200])
        for path, text in (
            (b"/2018/", GOOD),
            (b"/2018/adjustments/material/", "reason: x\n"),
            (b"/f" + name[:200] + b"/01-", GOOD),
        ):
            with open(top + path + name[-200:], "w", encoding="utf-8") as file:
                file.write(text)
    lines = found(registry)
    for name in NAMES:
        expected = f"{FOLDER}/{os.fsdecode(name[-200:])}"
        assert expected in lines, name
    for form in ("text", "github", "gitlab", "sarif"):
        hold(call("-C", str(registry), "check", "--format", form), annotations=form == "github", codes=(1,))
    for form in TABLES:
        hold(call("-C", str(registry), "table", "--format", form), csv=form in ("csv", "tsv"), codes=(1,))
    for name in NAMES[:4]:
        hold(call("-C", str(registry), "show", "--", os.fsdecode(name)))
        hold(call("-C", str(registry), "check", "--", os.fsdecode(b"targets/2018/" + name)))


def test_a_number_as_large_as_a_name_can_say(registry: Path) -> None:
    (registry / FOLDER / "999999999-x.yaml").write_text(GOOD, "utf-8")
    assert f"{FOLDER}/999999999-x.yaml" in found(registry)
    called = hold(call("-C", str(registry), "check", memory=MOST_OF_ONE_FILE), codes=(1,))
    assert "999999998" in called.text
    (registry / FOLDER / "01-retail-sales.yaml").unlink()
    for command in ("table", "weights"):
        hold(call("-C", str(registry), command, memory=MOST_OF_ONE_FILE))


VALUES = (
    '"a\\n::error::x"', '"##[add-mask]x"', '"::set-env name=x::y"', '"a\\n##[error]x"', '"a\\n  ::stop-commands::x"', '"=cmd|x!A1"',
    '"{0.__class__} %s %(x)s ${x} `x`"', '"<script>alert(1)</script>"', '"]]>&#x1b;"', '"a\\tb"',
)  # fmt: skip


def test_values_that_a_reader_could_obey(registry: Path) -> None:
    """Sound texts that nobody may obey: not a terminal, not a spreadsheet, not the runner in whose log they end."""
    for number, value in enumerate(VALUES, 30):
        text = put(GOOD, "target|half_year_target|basis|verification", value)
        (registry / FOLDER / f"{number}-v.yaml").write_text(text, "utf-8")
    plan = registry / FOLDER / "plan.yaml"
    plan.write_text(put(plan.read_text("utf-8"), "title|department", '"a\\n::error::x ##[y]"'), "utf-8")
    for form in TABLES:
        for command in (("table",), ("table", "--columns", "target"), ("weights",)):
            called = hold(call("-C", str(registry), *command, "--format", form), csv=form in ("csv", "tsv"))
            if form in ("csv", "tsv"):
                assert not re.search(r'(?m)^"?=cmd', called.text)
    for form in ("text", "json"):
        hold(call("-C", str(registry), "show", "30", "--format", form))


def test_very_many_faults(tmp_path: Path) -> None:
    """Beyond what is listed of all files, each further one is named, and the rest counted."""
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    shutil.copy(Path(__file__).parents[1] / "registry/targets/2018/plan.yaml", folder)
    text = "".join(f"k{n}: 1\n" for n in range(60))
    for number in range(1_000):
        (folder / f"{number:04}-x{number}.yaml").write_text(text)
    called = hold(call("-C", str(tmp_path), "check"), codes=(1,))
    check_text(called.text)
    assert len(called.out) < 8 << 20
    assert len(set(re.findall(r"(?m)^targets/2018/\d+-x\d+\.yaml", called.text))) == 1_000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("".join(f"k{n}: 1\n" for n in range(limits.KEYS)), "unknown-key"),
        ("x:\n" + "- ~\n" * (limits.TARGET_BYTES // 8), "empty-value"),
    ],
)
def test_one_file_with_very_many_faults(registry: Path, text: str, code: str) -> None:
    path = registry / FOLDER / "90-x.yaml"
    path.write_text(text)
    called = hold(call("-C", str(registry), "check", str(path), memory=MOST_OF_ONE_FILE), codes=(1,))
    assert called.text.count(f"[{code}]") == limits.FINDINGS_A_FILE
    assert "[more-findings]" in called.text
