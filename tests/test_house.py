"""What keeps the house as it is: layers, rooms, one place for each thing, every code documented."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from target_registry import faults, fields, formats, manual, reports, rules
from target_registry.model import Level
from tests.conftest import ROOT

PACKAGE = ROOT / "tools" / "target_registry"
CASES = ROOT / "tests" / "cases"
# From the ground up: a module may import from its own layer and those before it.
LAYERS = (
    (
        "model",
        "verdicts",
        "tables",
        "limits",
        "hanzi",
        "aims",
        "direction",
        "numerals",
        "scales",
        "quotations",
        "units",
        "subsequence",
        "equality",
        "nearest",
        "manual",
        "patterns",
        "automata",
        "faults",
        "escape",
        "wrapping",
        "space",
    ),
    ("fields", "figures", "fitting", "measuring", "contradictions", "commitments", "hollow", "assembly"),
    ("language",),
    ("documents", "sources"),
    ("schema",),
    ("inventory", "workers"),
    ("plans",),
    ("load",),
    ("snapshots",),
    ("changes",),
    ("rules", "guards", "approvals"),
    ("heads",),
    ("clearance",),
    ("codes", "review", "history", "checking"),
    ("views",),
    ("formats", "reports", "forms", "intake", "rollover", "starter"),
    ("cli",),
)
ROOMS = {
    "yaml": "documents",
    "jsonschema": "schema",
    "jsonschema_rs": "schema",
    "re2": "automata",
    "click": "cli",
    "tabulate": "formats",
    "wcwidth": "wrapping",
    "subprocess": "sources",
    "lxml": "forms",
    "xlsxwriter": "forms",
    "zipfile": "forms",
    "pypinyin": "intake",
}


def modules() -> Iterator[tuple[str, str, ast.Module]]:
    """Each module's dotted name below the package, the room it belongs to, and its code."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        if name not in ("__init__", "__main__"):
            yield name, name.split(".")[0], ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_imports_run_downward_only() -> None:
    height = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
    upward = []
    for name, room, tree in modules():
        for target in imported(tree):
            parts = target.split(".")
            if parts[0] == "target_registry" and parts[1] in height and height[parts[1]] > height[room]:
                upward.append(f"{name} imports {target}")
    assert upward == []


def test_no_module_needs_itself() -> None:
    """By way of others, imports within functions included: those for types alone run nowhere."""
    known = {name: tree for name, _, tree in modules()}
    needs: dict[str, set[str]] = {}
    for name, tree in known.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
                node.body = []
        named = {target.removeprefix("target_registry.") for target in imported(tree)}
        needs[name] = {target if target in known else target.rpartition(".")[0] for target in named} & known.keys()
    # Take away, again and again, what needs nothing more, or what nothing needs: what is left is a circle.
    left = dict(needs)
    while free := {name for name in left if not left[name] or name not in set().union(*left.values())}:
        left = {name: others - free for name, others in left.items() if name not in free}
    assert left == {}


def test_every_module_has_a_layer() -> None:
    known = {room for rooms in LAYERS for room in rooms}
    assert {room for _, room, _ in modules()} == known


def test_each_library_has_its_one_room() -> None:
    astray = [
        f"{name} imports {target}"
        for name, room, tree in modules()
        for target in imported(tree)
        if ROOMS.get(target.split(".")[0], room) != room
    ]
    assert astray == []


def test_every_rule_is_registered_and_named_after_its_code() -> None:
    files = {path.stem for path in (PACKAGE / "rules").glob("*.py")} - {"__init__"}
    registered = rules.ALL
    assert files == {code.replace("-", "_") for code in registered}
    for code, rule in registered.items():
        assert rule.__name__.rsplit(".", 1)[1] == code.replace("-", "_")  # type: ignore[attr-defined]
        assert isinstance(rule.LEVEL, Level)


def test_every_code_is_documented() -> None:
    for code, (_, text) in rules.manuals().items():
        assert text.what[0].islower() and not text.what.endswith("."), code
        assert text.why.endswith("."), code
        assert text.bad and text.good and text.bad != text.good, code


def test_every_code_has_good_and_bad_cases() -> None:
    for kind, codes in (("rules", [*rules.RULES, *rules.REVIEWS]), ("reading", list(faults.MANUALS))):
        for code in codes:
            if code == "unreadable-file":
                continue  # links and devices are made by test_sources, since Git and Windows would change them
            names = {path.name for path in (CASES / kind / code).iterdir()}
            assert "good" in names, code
            assert any(name.startswith("bad") for name in names), code
        assert {path.name for path in (CASES / kind).iterdir()} <= set(codes)


def codes_in_source() -> set[str]:
    """Codes that reading gives a finding, as they stand in its source."""
    found = set()
    for room in ("assembly", "documents", "schema", "inventory", "plans", "load"):
        for path in [PACKAGE / f"{room}.py", *(PACKAGE / room).glob("*.py")]:
            if path.exists():
                words = {
                    node.value
                    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                    if isinstance(node, ast.Constant) and isinstance(node.value, str)
                }
                found |= words & set(faults.MANUALS)
    return found


def test_every_documented_fault_is_one_that_reading_finds() -> None:
    assert codes_in_source() == set(faults.MANUALS)


def test_a_manual_lacking_a_part_is_refused() -> None:
    with pytest.raises(ValueError, match="not the form"):
        manual.parse("a thing is wrong\n\nBad:\n    x\n\nGood:\n    y\n")


def test_formats_and_reports_are_modules() -> None:
    for package, does in ((formats, ("piece", "whole")), (reports, ("render",))):
        files = {path.stem for path in PACKAGE.joinpath(package.__name__.rsplit(".", 1)[1]).glob("*.py")} - {"__init__"}
        assert files == set(package.FORMATS)
        for name in package.FORMATS:
            assert all(callable(getattr(package.load(name), function)) for function in does)
        with pytest.raises(ValueError, match="pdf"):
            package.load("pdf")


def headings() -> Iterator[str]:
    """Every title of a property, wherever it stands in the schemas."""

    def collect(node: object) -> Iterator[str]:
        if isinstance(node, dict):
            for child in node.get("properties", {}).values():
                if isinstance(child, dict) and "title" in child:
                    yield child["title"]
            for child in node.values():
                yield from collect(child)
        elif isinstance(node, list):
            for child in node:
                yield from collect(child)

    for name in fields.SCHEMAS:
        yield from collect(fields.schema(name))


def test_no_heading_is_spelled_in_code() -> None:
    long_enough = {title for title in headings() if len(title) > 3}
    spelled = [
        f"{name} says {title}"
        for name, _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in long_enough
        for title in (node.value,)
    ]
    assert spelled == []


def test_what_an_editor_shows_for_a_choice_is_what_its_column_says() -> None:
    """A choice repeats its column's title for editors' sake; the two may not drift apart."""

    def compare(node: object) -> None:
        if isinstance(node, dict):
            for extra in node.get("allOf", ()):
                if "title" in extra:
                    assert (extra["title"], extra["description"]) == (node["title"], node["description"])
            for child in node.values():
                compare(child)
        elif isinstance(node, list):
            for child in node:
                compare(child)

    for name in fields.SCHEMAS:
        compare(json.loads(fields.schema_text(name)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_needs_no_heavy_import(language: str) -> None:
    """The start of the command must not pay for what only its work needs."""
    program = (
        "import sys; from target_registry.cli.main import run; run(['--lang', sys.argv[1], '--help']); "
        "print(sorted({'yaml', 'jsonschema', 'jsonschema_rs', 're2', 'tabulate', 'wcwidth', 'json'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program, language], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_check_needs_no_grammar_of_python() -> None:
    """Nor the tables and verdicts of other commands: a check of a few files takes little longer than its start."""
    program = (
        "import os, sys; from target_registry.__main__ import main; end = os._exit\n"
        "def told(code):\n"
        "    wanted = {'ast', 'dis', 'platform', 'target_registry.tables', 'target_registry.verdicts', 'yaml'}\n"
        "    print(code, sorted(wanted & set(sys.modules)), 'ip_address' in vars(sys.modules['ipaddress']), flush=True)\n"
        "    end(code)\n"
        "os._exit = told; sys.argv = ['targets', 'check']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT / "tests" / "registry", capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "0 [] False"


def test_a_module_put_off_is_itself_once_it_is_asked() -> None:
    program = (
        "import sys; from target_registry.cli import later; later.put_off('inspect'); import inspect; "
        "print('ast' in sys.modules, hasattr(inspect, '__path__'), 'ast' in sys.modules)\n"
        "from inspect import cleandoc; import inspect as again; later.put_off('inspect'); "
        "print(again is inspect, cleandoc(' a'), inspect.isfunction(cleandoc), hasattr(inspect, 'no_such_thing'))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["False False False", "True a True False"]


def test_a_class_that_is_only_named_is_itself_once_the_naming_is_over() -> None:
    program = (
        "import sys; from target_registry.cli import later\n"
        "with later.Named('uuid', 'UUID'):\n"
        "    import uuid; named = uuid.UUID; import click\n"
        "print(named, 'platform' in sys.modules)\n"
        "print(uuid.UUID.__name__, str(click.UUID.convert('12345678123456781234567812345678', None, None)))\n"
        "with later.Named('uuid', 'UUID'):\n"
        "    print(uuid.UUID.__name__)\n"
        "print(uuid.UUID.__name__, 'platform' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "<class 'object'> False", "UUID 12345678-1234-5678-1234-567812345678", "UUID", "UUID True",
    ]  # fmt: skip


def test_nothing_names_a_machine_or_an_index() -> None:
    """Pinned versions carry no address; no file carries a path of the machine it was made on."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    words = ["pypi" + ".org", "python" + "hosted", "registry." + "npmjs", "/home" + "/", "/roo" + "t/"]
    found = [
        f"{path}: {word}"
        for path in listed.split("\0")
        if path and (ROOT / path).is_file()
        for word in words
        if word.encode() in (ROOT / path).read_bytes()
    ]
    assert found == []
