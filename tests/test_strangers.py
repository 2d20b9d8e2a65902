"""Whatever a stranger writes, wherever it can stand, is only ever text: every command, in every format."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from target_registry import escape
from target_registry.space import LIMIT
from tests.conftest import Outcome, Run
from tests.test_report import OWN, rendered
from tests.test_sources import git

DAY = ("--as-of", "2018-03-01")
MARK = "zzq"
"""Stands in every text of a stranger, so that it is found wherever it comes out."""
FOLDER = "targets/2018"
MARKUP = (
    f"[{MARK}](http://{MARK}.example)", f"<img src={MARK}>", f"@{MARK}/team", f"fixes #1 {MARK}", f"https://{MARK}.example",
    f"`{MARK}", f"a|{MARK}\\|b", f"<!-- {MARK}", f"** {MARK} ~~x~~ $x$ :smile:", f"{MARK} 0123456789abcdef0123456789abcdef01234567",
    "`" * 90 + MARK, f"www.{MARK}.example", f"![{MARK}](http://x)", f"]]>{MARK}%0A::error::", f"&#64;{MARK}", f"</details>{MARK}",
)  # fmt: skip
CONTROL = (
    f"::{MARK}::", f" ::set-env name={MARK}::x", f"##[add-mask]{MARK}", f"a{' ' * 60}::error::{MARK}", f"\x1b[31m{MARK}",
    f"\x9b31m{MARK}", f"\x08{MARK}", f"{MARK}\r\nx", f"\u202e{MARK}", f"\u200b{MARK}", f"{MARK}\u2028::x::", f"\x85{MARK}",
    f"=cmd|' /C {MARK}'!A0", f"+{MARK}", f"@{MARK}", f"\t={MARK}", f"{MARK}" * 7000, f"{MARK}::" * 200, f"\ud800{MARK}",
)  # fmt: skip
TEXT_FORMATS = ("text", "github")


Place = Callable[[Path, Sequence[str]], None]


def quoted(text: str) -> str:
    """A YAML scalar, or a key, that reads as this text."""
    return json.dumps(text)


def put(path: Path, key: str, value: str) -> None:
    """Another value under a key at a file's top, or a key that wasn't there."""
    text = path.read_text("utf-8")
    line = f"{key}: {value}"
    changed = re.sub(rf"(?m)^{re.escape(key)}: .*$", lambda _: line, text)
    path.write_text(changed if changed != text else f"{text}{line}\n", "utf-8")


def commit(folder: Path, subject: str = "x", author: str = "x") -> None:
    """Commit all with a stranger's name and sentence, as far as Git takes them."""
    clean = subject.replace("\0", "").encode("utf-8", "backslashreplace").decode()
    name = re.sub(r"[\0\n<>]", "", author).encode("utf-8", "backslashreplace").decode()
    git(folder, "add", "--all")
    environment = {**os.environ, "GIT_AUTHOR_NAME": f"x {name}", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": f"y {name}",
                   "GIT_COMMITTER_EMAIL": "c@d", "LC_ALL": "C.UTF-8"}  # fmt: skip
    message = f"{clean}\n\nReviewed-by: {name.strip()} <r@example.org>\n"
    subprocess.run(
        ["git", "-C", str(folder), "commit", "--quiet", "--allow-empty", "--cleanup=verbatim", "--file=-"],
        input=message[:20_000].encode(), env=environment, check=True,
    )  # fmt: skip


@pytest.fixture
def approved(registry: Path) -> Path:
    """The registry, approved and committed."""
    git(registry, "init", "--quiet", "--initial-branch=main")
    plan = registry / FOLDER / "plan.yaml"
    plan.write_text(
        plan.read_text("utf-8").replace("language: zh\n", "language: zh\nstatus: approved\napproved_revision: v1\n"),
        "utf-8",
    )
    commit(registry, "approved")
    git(registry, "tag", "v1")
    return registry


def outside_code(page: str) -> str:
    """What a page says outside of code, tags included."""
    return re.sub(r"<(code|pre)\b[^>]*>.*?</\1>", "", page, flags=re.DOTALL)


def check_markdown(text: str) -> None:
    """Our own markup, and nothing of a stranger's outside of code."""
    page = rendered(text)
    assert {tag.lower() for tag in re.findall(r"<([a-zA-Z]\w*)", page)} <= OWN
    assert MARK not in html.unescape(outside_code(page))
    assert "<!--" not in page
    for table in re.findall(r"<table>.*?</table>", page, re.DOTALL):
        widths = Counter(len(re.findall(r"<t[hd][ >]", row)) for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL))
        assert len(widths) == 1
    for line in text.splitlines():
        assert not line.lstrip().startswith("::")
    assert "##[" not in text


def check_lines(text: str, *, commands: bool = False) -> None:
    """No control character, and nothing that a runner obeys."""
    for line in text.split("\n"):
        assert not escape._INVISIBLE.search(line), repr(line[:200])
        assert "##[" not in line
        if not commands:
            assert not line.lstrip().startswith("::"), line[:200]
        elif line.lstrip().startswith("::"):
            assert re.match(r"::(?:error|warning|notice) file=[^,:]*,line=\d+,(?:col=\d+,)?title=[^,:]*::", line), line


def check(outcome: Outcome, form: str, expected: tuple[int, ...] = (0, 1)) -> None:
    """An output as its medium wants it."""
    assert outcome.code in expected, outcome.err
    check_lines(outcome.err)
    if outcome.code == 2:  # nothing to show, which a line on standard error said
        assert outcome.out == ""
    elif form == "markdown":
        check_markdown(outcome.out)
    elif form in TEXT_FORMATS:
        check_lines(outcome.out, commands=form == "github")
    elif form in ("csv", "tsv"):
        rows = list(
            csv.reader(io.StringIO(outcome.out.removeprefix("\ufeff")), delimiter="," if form == "csv" else "\t")
        )
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if re.match(r"\s*[=+@-]", cell) and not re.fullmatch(r"[+-]?[\d.]+%?", cell)]
        assert not [cell for cell in cells if escape._INVISIBLE.search(cell.replace("\n", ""))]
    elif form == "html":
        assert not re.search(rf"<[^>]*{MARK}", outcome.out)
        check_lines(outcome.out)
    else:
        json.loads(outcome.out)
        check_lines(outcome.out)


def ask(run: Run, folder: Path, *, base: str = "main", target: str = "retail-sales") -> None:
    """Every command that reads, in every format."""
    call = ("-C", str(folder))
    for form in ("text", "json", "github", "gitlab", "sarif"):
        check(run(*call, "check", "--base", base, *DAY, "--format", form), form)
    for form in ("text", "markdown", "json", "github"):
        check(run(*call, "diff", base, *DAY, "--format", form), form)
    check(run(*call, "diff", base, *DAY, "--width", "20"), "text")
    for form in ("text", "markdown", "html", "csv", "tsv", "json"):
        check_table(run(*call, "table", "--format", form), form)
        check_table(run(*call, "weights", "--format", form), form)
    check_table(run(*call, "table", "--width", "24"), "text")
    check(run(*call, "table", "--by", "basis"), "text", (0, 1, 2))
    for form in ("text", "json"):
        check(run(*call, "show", target, "--format", form), form, (0, 1, 2))
    for form in ("text", "markdown", "json"):
        check(run(*call, "history", target, "--format", form), form, (0, 1, 2))
        if form != "markdown":
            check(run(*call, "blame", target, "--format", form), form, (0, 1, 2))
    check(run(*call, "history", target, "--width", "20"), "text", (0, 1, 2))
    check(run(*call, "fmt", "--check"), "text")


def check_table(outcome: Outcome, form: str) -> None:
    """A table in Markdown may show text that nothing can be made of outside of code."""
    if form != "markdown":
        check(outcome, form)
        return
    check_lines(outcome.out)
    page = rendered(outcome.out)
    assert {tag.lower() for tag in re.findall(r"<([a-zA-Z]\w*)", page)} <= OWN
    loose = html.unescape(re.sub(r"<[^>]*>", "", outside_code(page)))
    assert not re.search(rf"@{MARK}|#\d|://|www\.|[0-9a-f]{{40}}|:smile:|\$x\$", loose)


KEYS = ("key_work", "target", "half_year_target", "basis", "verification", "remarks")


def values(folder: Path, texts: Sequence[str]) -> None:
    """A stranger's texts as every value of targets and of their plan."""
    plan = folder / FOLDER / "plan.yaml"
    for number, text in enumerate(texts):
        path = sorted((folder / FOLDER).glob("[0-9]*.yaml"))[number]
        for key in KEYS:
            put(path, key, quoted(text))
        said = plan.read_text("utf-8")
        said = said.replace("key_works:\n", f"key_works:\n  - id: {quoted(text)}\n    title: {quoted(text)}\n")
        waiver = f"  - rule: {quoted(text)}\n    target: {quoted(text)}\n    reason: {quoted(text)}\n"
        said = (
            said.replace("waivers:\n", f"waivers:\n{waiver}") if "waivers:\n" in said else f"{said}waivers:\n{waiver}"
        )
        plan.write_text(said, "utf-8")
    put(plan, "title", quoted(texts[0]))
    put(plan, "department", quoted(texts[-1]))


def keys(folder: Path, texts: Sequence[str]) -> None:
    """A stranger's texts as keys, at every depth."""
    target, plan = folder / FOLDER / "01-retail-sales.yaml", folder / FOLDER / "plan.yaml"
    for number, text in enumerate(texts):
        for path in (target, plan):
            put(path, quoted(text), f"{{{quoted(text)}: 1}}")
        for path, group in ((target, "measure:\n"), (plan, "weight_rules:\n")):
            path.write_text(path.read_text("utf-8").replace(group, f"{group}  {quoted(text)}: 1\n"), "utf-8")
        whole = folder / FOLDER / f"9{number:02}-new.yaml"
        whole.write_text(f"{quoted(text)}: {quoted(text)}\ntarget: {quoted(text)}\nkey_work: {quoted(text)}\n", "utf-8")


def in_records(folder: Path, texts: Sequence[str]) -> None:
    """A stranger's texts as everything that records say."""
    put(folder / FOLDER / "01-retail-sales.yaml", "weight", "3")
    for number, text in enumerate(texts):
        path = folder / FOLDER / f"adjustments/material/2018-03-01-x{number}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        said = "".join(f"{key}: {quoted(text)}\n" for key in ("reason", "basis", "requested_by", "date", quoted(text)))
        said += "changes:\n  - target: retail-sales\n    field: weight\n    from: 4\n    to: 3\n"
        said += (
            f"  - target: {quoted(text)}\n    field: {quoted(text)}\n    from: {quoted(text)}\n    to: {quoted(text)}\n"
        )
        path.write_text(said, "utf-8")


def names(folder: Path, texts: Sequence[str]) -> None:
    """A stranger's texts as names of files and folders, as far as a file system takes them."""
    template = (folder / FOLDER / "28-trade-friction.yaml").read_text("utf-8")
    plan = (folder / FOLDER / "plan.yaml").read_text("utf-8")
    (folder / FOLDER / "adjustments" / "material").mkdir(parents=True)
    for text in texts:
        name = re.sub(r"[/\0]", "_", text).encode("utf-8", "replace")[:200].decode("utf-8", "ignore")
        (folder / FOLDER / f"99-{name}.yaml").write_text(template, "utf-8")
        (folder / "targets" / name).mkdir()
        (folder / "targets" / name / "plan.yaml").write_text(plan.replace("2018", "2019"), "utf-8")
        (folder / FOLDER / "adjustments" / "material" / f"{name}.yaml").write_text("reason: x\n", "utf-8")


PLACES = (values, keys, in_records, names)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
@pytest.mark.parametrize("texts", [MARKUP, CONTROL[:12], CONTROL[12:]], ids=["markup", "control", "formula"])
def test_in_a_working_tree(approved: Path, run: Run, place: Place, texts: Sequence[str]) -> None:
    place(approved, texts)
    call = ("-C", str(approved))
    for form in ("text", "markdown", "json", "github"):
        check(run(*call, "diff", "main", *DAY, "--format", form), form)
    for form in ("text", "github", "json"):
        check(run(*call, "check", "--base", "main", *DAY, "--format", form), form)


@pytest.mark.parametrize("texts", [MARKUP, CONTROL[:12], CONTROL[12:]], ids=["markup", "control", "formula"])
def test_every_command(approved: Path, run: Run, texts: Sequence[str]) -> None:
    values(approved, texts[: len(texts) // 2])
    keys(approved, texts[len(texts) // 2 :])
    commit(approved, texts[0], texts[1])
    ask(run, approved, base="main~1")
    ask(run, approved, base="main~1", target=texts[2].replace("\0", "")[:200].encode("utf-8", "replace").decode())


def test_commits_and_names_of_revisions(approved: Path, run: Run) -> None:
    texts = (*MARKUP, *CONTROL)
    for number in range(0, len(texts) - 1, 2):
        put(approved / FOLDER / "01-retail-sales.yaml", "remarks", quoted(f"第{number}次"))
        commit(approved, texts[number], texts[number + 1])
    git(approved, "tag", "@zzq/team#1")
    git(approved, "switch", "--quiet", "--create", "zzq`#1|@x<b>", "main~3")
    ask(run, approved, base="@zzq/team#1")
    put(approved / FOLDER / "plan.yaml", "approved_revision", quoted("@zzq/team#1"))
    ask(run, approved, base="zzq`#1|@x<b>")
    put(approved / FOLDER / "plan.yaml", "approved_revision", quoted("[zzq](http://x) @zzq"))
    commit(approved)
    put(approved / FOLDER / "01-retail-sales.yaml", "remarks", quoted("x"))
    ask(run, approved, base="HEAD")


RESERVED = (
    "file",
    "path",
    "layout",
    "number",
    "slug",
    "",
    "plan",
    "record",
    "adjustments",
    "measure.full_year",
    "a.b",
    '"',
)


@pytest.mark.parametrize("key", RESERVED)
def test_keys_that_are_called_as_the_tool_calls_things(approved: Path, run: Run, key: str) -> None:
    target, plan = approved / FOLDER / "01-retail-sales.yaml", approved / FOLDER / "plan.yaml"
    for value in ("readable", "{a: 1}"):
        for path in (target, plan):
            put(path, quoted(key), value)
        outcome = run("-C", str(approved), "diff", *DAY, "--format", "json")
        assert outcome.code == 0
        changes = [change for change in json.loads(outcome.out)["changes"] if change["code"] != "file-unreadable"]
        assert {(change["target"], change["code"]) for change in changes} == {
            ("retail-sales", "unknown-field"), (None, "unknown-field"),
        }  # fmt: skip
        own = {"slug", "number", "path", "layout", "file", "record", "measure.full_year", None, ""}
        assert not own & {change["field"] for change in changes}
        for form in ("text", "markdown", "github"):
            check(run("-C", str(approved), "diff", *DAY, "--format", form), form)
        commit(approved)
    for form in ("text", "markdown", "json"):
        check(run("-C", str(approved), "history", "retail-sales", "--format", form), form)
    check(run("-C", str(approved), "blame", "retail-sales", "--format", "json"), "json")


def test_a_key_without_a_name_is_not_the_whole_target(approved: Path, run: Run) -> None:
    put(approved / FOLDER / "01-retail-sales.yaml", '""', "x")
    record = approved / FOLDER / "adjustments/material/2018-03-01-x.yaml"
    record.parent.mkdir(parents=True)
    record.write_text(
        'reason: 甲\nbasis: 乙\nrequested_by: 丙\ndate: "2018-03-01"\nchanges:\n  - target: retail-sales\n    to: x\n',
        "utf-8",
    )
    outcome = run("-C", str(approved), "diff", *DAY, "--format", "json")
    assert [change["record"] for change in json.loads(outcome.out)["changes"]] == [None]


@pytest.fixture
def in_a_subfolder(registry: Path) -> Path:
    """A registry in a folder of a larger repository."""
    top = registry.parent
    (top / "CODEOWNERS").write_text("* @x\n")
    git(top, "init", "--quiet", "--initial-branch=main")
    commit(top)
    return registry


def files_of(out: str) -> Iterator[str]:
    return (match[1] for match in re.finditer(r"(?m)^::\w+ file=([^,]*)", out))


def test_annotations_point_from_the_repository_s_top(in_a_subfolder: Path, run: Run) -> None:
    put(in_a_subfolder / FOLDER / "01-retail-sales.yaml", "weight", "3")
    (in_a_subfolder.parent / "CODEOWNERS").write_text("* @y\n")
    (in_a_subfolder.parent / ".github").mkdir()
    (in_a_subfolder.parent / ".github/x.yml").write_text("x: 1\n")
    found = set(files_of(run("-C", str(in_a_subfolder), "diff", *DAY, "--format", "github").out))
    assert found == {"registry/targets/2018/01-retail-sales.yaml", "CODEOWNERS", ".github/x.yml"}
    put(in_a_subfolder / FOLDER / "01-retail-sales.yaml", "weight", '"x"')
    found = set(files_of(run("-C", str(in_a_subfolder), "check", "--base", "main", "--format", "github").out))
    assert "registry/targets/2018/01-retail-sales.yaml" in found
    assert all((in_a_subfolder.parent / path).exists() for path in found)


def test_a_path_is_never_cut(approved: Path, run: Run) -> None:
    long = approved / "targets" / "a-very-long-name-of-a-province" / "a-very-long-name-of-a-department-2018"
    long.parent.mkdir()
    os.rename(approved / FOLDER, long)
    commit(approved)
    git(approved, "tag", "--force", "v1")
    put(long / "01-retail-sales.yaml", "weight", "3")
    outcome = run("-C", str(approved), "adjust", "HEAD", *DAY, "--date", "2018-03-01")
    assert outcome.code == 0
    path = re.search(r"targets/\S+", outcome.out)
    assert path is not None
    assert len(path[0]) > 80
    assert (approved / path[0]).is_file()


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)//", "https://x.example/\x1b[31m", "https://x y", "x", "https://\u202ex", "https:///"]
)
def test_a_link_is_an_address(approved: Path, run: Run, link: str) -> None:
    outcome = run("-C", str(approved), "diff", "--format", "markdown", "--link", link)
    assert outcome.code == 2
    check_lines(outcome.err)


def test_a_link_stays_in_its_brackets(approved: Path, run: Run) -> None:
    put(approved / FOLDER / "01-retail-sales.yaml", "weight", "3")
    out = run("-C", str(approved), "diff", *DAY, "--format", "markdown", "--link", "https://x.example/a)[b](<c>`|/").out
    page = rendered(out)
    assert all(link.startswith("https://x.example/a%29") for link in re.findall(r'href="([^"]*)"', page))
    assert {tag.lower() for tag in re.findall(r"<([a-zA-Z]\w*)", page)} <= OWN | {"a"}


def test_a_target_without_its_sentence_demands_nothing(approved: Path, run: Run) -> None:
    path = approved / FOLDER / "28-trade-friction.yaml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(?m)^target: .*\n", "", text), "utf-8")
    said = json.loads(run("-C", str(approved), "diff", *DAY, "--format", "json").out)["changes"]
    assert [(change["field"], change["code"], change["severity"]) for change in said] == [
        ("target", "sentence-weakened", "material")
    ]
    commit(approved)
    path.write_text(text, "utf-8")
    said = json.loads(run("-C", str(approved), "diff", *DAY, "--format", "json").out)["changes"]
    assert [(change["field"], change["code"], change["severity"]) for change in said] == [
        ("target", "sentence-strengthened", "notable")
    ]


@pytest.mark.parametrize("char", ["\u200b", "\u202e", "\x1b", "\x85", "\u2028", "\ufeff"])
def test_an_escape_makes_no_text_of_what_can_not_be_seen(registry: Path, run: Run, char: str) -> None:
    path = registry / FOLDER / "01-retail-sales.yaml"
    put(path, "remarks", quoted(f"甲{char}乙"))
    before = path.read_bytes()
    found = json.loads(run("-C", str(registry), "check", "--format", "json").out)["findings"]
    errors = [(finding["code"], finding["path"]) for finding in found if finding["level"] == "error"]
    assert errors == [("hidden-character", f"{FOLDER}/01-retail-sales.yaml")]
    outcome = run("-C", str(registry), "fmt")
    assert outcome.code == 1
    assert "targets check" in outcome.err
    assert path.read_bytes() == before


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def shown(out: str) -> int:
    """How many rows tables of changes have."""
    return sum(len(re.findall(r"<tr>", table)) - 1 for table in re.findall(r"<table>.*?</table>", rendered(out), re.DOTALL)
               if "what it means" in table or "影响" in table)  # fmt: skip


def told(out: str, pattern: str) -> int:
    """The number that a sentence tells; none where there is no such sentence."""
    found = re.search(pattern, out)
    return int(found[1]) if found else 0


def complete(outcome: Outcome, decided: int, others: int = 0) -> None:
    """A report that has room below every limit, and says in numbers what it left out."""
    assert units(outcome.out) < LIMIT
    lost = told(outcome.out, r"有(\d+)项须审批的变更这里放不下")
    assert shown(outcome.out) + lost + told(outcome.out, r"另有(\d+)项较轻的变更这里放不下") == decided + others
    assert outcome.code == int(lost > 0)
    check_markdown(outcome.out)


def plans(registry: Path, count: int, name: str = "{n}") -> None:
    """Many plans of one target each."""
    plan = (registry / FOLDER / "plan.yaml").read_text("utf-8")
    target = (registry / FOLDER / "28-trade-friction.yaml").read_text("utf-8")
    for n in range(count):
        folder = registry / "targets" / name.format(n=n)
        folder.mkdir(parents=True)
        (folder / "plan.yaml").write_text(plan.replace("省商务厅", f"部门{n}"), "utf-8")
        (folder / "28-trade-friction.yaml").write_text(target, "utf-8")


@pytest.mark.parametrize(
    ("count", "name"), [(150, "{n}"), (80, "2018/" + "`|" * 110 + "{n}"), (60, "a/" * 40 + "𠮷" * 55 + "/{n}")]
)
def test_many_plans_leave_a_report_below_the_limit(approved: Path, run: Run, count: int, name: str) -> None:
    plans(approved, count, name)
    commit(approved)
    for path in sorted(approved.rglob("28-trade-friction.yaml")):
        put(path, "weight", "1")
    outcome = run("-C", str(approved), "diff", *DAY, "--format", "markdown")
    complete(outcome, count + 1)


def test_many_changes_of_every_weight_leave_a_report_below_the_limit(approved: Path, run: Run) -> None:
    text = (approved / FOLDER / "28-trade-friction.yaml").read_text("utf-8")
    for n in range(100, 600):
        (approved / FOLDER / f"{n}-more-{n}.yaml").write_text(text, "utf-8")
    commit(approved)
    kinds = (("weight", "1"), ("deadline_month", "1"), ("remarks", quoted("新" * 300)))
    for n in range(100, 600):
        for key, value in kinds[: 1 + n % 3]:
            put(approved / FOLDER / f"{n}-more-{n}.yaml", key, value)
    outcome = run("-C", str(approved), "diff", *DAY, "--format", "markdown")
    found = json.loads(run("-C", str(approved), "diff", *DAY, "--format", "json").out)["changes"]
    complete(outcome, len(found))
    assert outcome.code == 1


@pytest.mark.parametrize("filler", ["`", "|", "\u200b", "𠮷"])
def test_a_huge_cell_leaves_a_report_below_the_limit(approved: Path, run: Run, filler: str) -> None:
    huge = (filler * 15_000)[:15_000]
    plan = approved / FOLDER / "plan.yaml"
    for path, key in (
        (plan, "title"),
        (plan, "department"),
        (plan, "huge"),
        *((p, k) for p in sorted((approved / FOLDER).glob("0[12]*.yaml")) for k in KEYS[1:4]),
    ):
        put(path, key, quoted(huge)[:60_000])
    (approved / FOLDER / "99-huge.yaml").write_text(
        "".join(f"{quoted(huge[:20] + str(n))}: 1\n" for n in range(600)), "utf-8"
    )
    outcome = run("-C", str(approved), "diff", *DAY, "--format", "markdown")
    assert units(outcome.out) < LIMIT
    check_lines(outcome.out)
    commit(approved, huge, huge)
    outcome = run("-C", str(approved), "history", "retail-sales", "--format", "markdown")
    assert outcome.code == 0
    assert units(outcome.out) < LIMIT


CLOSING = "以上人员姓名和合并请求编号均摘自提交本身，是否属实以代码托管平台的记录为准"


def test_a_long_history_leaves_out_whole_commits_and_says_so(approved: Path, run: Run) -> None:
    for n in range(30):
        for key in KEYS[2:]:
            put(approved / FOLDER / "01-retail-sales.yaml", key, quoted(f"第{n}次" + "很长的说明" * 100))
        commit(approved, f"{n} " + "题" * 300, "名" * 100)
    outcome = run("-C", str(approved), "history", "retail-sales", "--format", "markdown")
    assert units(outcome.out) < LIMIT
    dropped = told(outcome.out, r"有(\d+)次提交这里放不下")
    assert dropped > 0
    assert len(re.findall(r"(?m)^### ", outcome.out)) + dropped == 31
    assert (outcome.code, "报告放不下" in outcome.err) == (1, True)
    assert "29 题" in outcome.out
    reverse = run("-C", str(approved), "history", "retail-sales", "--format", "markdown", "--reverse").out
    alone = [
        text.replace(CLOSING, "") for text in (reverse, outcome.out)
    ]  # which stands behind the last, whichever it is
    assert CLOSING in reverse and CLOSING in outcome.out
    one, other = (sorted(map(str.strip, text.split("### "))) for text in alone)
    assert one == other
