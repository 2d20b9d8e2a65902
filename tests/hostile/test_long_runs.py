"""Long runs of one sign take no longer than other text: each of these took minutes, or did not end, by some other way."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from target_registry import fields, limits
from target_registry.documents import read
from target_registry.forms import reader
from target_registry.nearest import likeness
from tests.hostile.command import call, hold
from tests.test_sources import git

FIRST = "targets/2018/01-retail-sales.yaml"
HEADINGS = "序号,重点工作,绩效目标,目标类别,完成时限,半年度目标,分值权重,制定依据,核验标准,是否财政项目,备注"


def repository(registry: Path) -> Callable[[str], None]:
    """Put a registry under version control; gives what commits all of it."""
    git(registry, "init", "-q")

    def commit(message: str) -> None:
        git(registry, "add", "-A")
        git(registry, "commit", "-q", "-m", message)

    return commit


def put(registry: Path, key: str, value: str) -> None:
    """Write another value of a key into a target."""
    path = registry / FIRST
    lines = [f"{key}: {value}" if line.startswith(f"{key}: ") else line for line in path.read_text("utf-8").split("\n")]
    path.write_text("\n".join(lines), "utf-8")


def test_very_many_places_to_be_filled_in(registry: Path) -> None:
    commit = repository(registry)
    put(registry, "remarks", "年" * 180)
    commit("before")
    put(registry, "remarks", "【待填】" * 14 + "x")
    called = hold(call("-C", str(registry), "diff", "HEAD"))
    assert "“年" in called.text or "年年" in called.text


@pytest.mark.parametrize("sign", [" ", "(", "（", "一", "-", "\t", "【待填】", "“", "《", "a: "], ids=repr)
def test_a_text_of_one_sign(registry: Path, sign: str) -> None:
    """As a value, as what it is compared with, and as a key work's title."""
    commit = repository(registry)
    commit("before")
    text = sign * (1_900 // len(sign))
    for key in ("target", "basis", "verification", "remarks"):
        put(registry, key, '"x' + text.replace("\t", "\\t").replace('"', '\\"') + 'x"')
    hold(call("-C", str(registry), "check"), codes=(0, 1))
    hold(call("-C", str(registry), "diff", "HEAD"))


@pytest.mark.parametrize("sign", [" ", "(", "（", "一", "-", "|", "9", "\\", "【待填】"], ids=repr)
@pytest.mark.parametrize("ending", ["csv", "md"])
def test_a_cell_of_one_sign(registry: Path, tmp_path: Path, sign: str, ending: str) -> None:
    """In a row of its own above the headings, in a heading, as a key work and as a target."""
    run = sign * (90_000 // len(sign)) + "x"
    cells = [HEADINGS.split(","), ["1", run, run, "关键量化指标", "12", "", "4", "文件", "数据", "否", ""]]
    rows = [[f"2019年度（{run}", *[""] * 10], [run, *cells[0][1:]], *cells]
    form = tmp_path / f"form.{ending}"
    if ending == "csv":
        form.write_text("".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows), "utf-8")
    else:
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        form.write_text("\n".join([lines[0], "|" + run, *lines[1:3], "|" + "---|" * 11, lines[3]]), "utf-8")
    hold(call("-C", str(registry), "import", str(form), "--year", "2019"))
    hold(call("-C", str(registry), "import", str(form), "--into", "2018"))


def test_tabs_beside_very_many_quoted_values() -> None:
    lines = ["x:", *['- ""'] * 1_900]
    text = "\n".join([*lines, "z: a" + "\tb" * ((limits.PLAN_BYTES - 40_000) // 2)]) + "\n"
    found = read("plan.yaml", text.encode(), limits.PLAN_BYTES).findings
    assert found[0].code == "stray-tab"


def test_rules_of_tables_that_are_none() -> None:
    line = "-" + " " * (limits.FORM_LINE - 10)
    assert reader("md").read("\n".join(["|a", line + "x"] * 20).encode()) == []


def test_numerals_of_any_length() -> None:
    assert fields.parse_key_work("一" * 1_000_000 + "、甲") == (None, "一" * 1_000_000 + "、甲")


def test_texts_of_two_signs_are_compared_as_fast_as_others() -> None:
    """Of these two, difflib compares nearly every sign with every other, at each of its steps."""
    assert likeness("aab" * 2_000, "abb" * 2_000) > 0.6


def test_very_many_approved_plans_are_compared_by_few_processes(registry: Path) -> None:
    commit = repository(registry)
    plan = (registry / "targets/2018/plan.yaml").read_text("utf-8")
    target = (registry / FIRST).read_text("utf-8")
    for number in range(40):
        folder = registry / f"targets/2018/d{number}"
        folder.mkdir()
        said = plan.replace(
            "year: 2018", f"year: 2018\ndepartment_id: d{number}\nstatus: approved\napproved_revision: a1"
        )
        (folder / "plan.yaml").write_text(said, "utf-8")
        (folder / "01-retail-sales.yaml").write_text(target, "utf-8")
    commit("filed")
    git(registry, "tag", "a1")
    for path in registry.glob("targets/2018/d*/01*"):
        path.write_text(path.read_text("utf-8").replace("weight: 4", "weight: 3"), "utf-8")
    commit("later")
    code = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (60, 60));"
    code += "from target_registry import __main__; __main__.main()"
    called = call("-C", str(registry), "diff", "HEAD~1", "HEAD", launch=(*_PYTHON, code))
    hold(called, codes=(0,))


_PYTHON = (sys.executable, "-P", "-c")
