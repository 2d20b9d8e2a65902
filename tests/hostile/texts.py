"""Hostile texts of YAML files, by name: each is a whole file, with the lines at which it must be refused.

Several lines mean that one of them will do, since readers of YAML differ about where such a fault begins; none
that the file is sound after all, and nothing but warnings may be said of it.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from target_registry import limits

GOOD = """\
key_work: consumption
target: 社会消费品零售总额增长9%左右
category: qualitative
deadline_month: 12
half_year_target: 取得进展
weight: 4
basis: 2018年国民经济和社会发展计划
verification: 省统计局统计数据
fiscal_project: false
"""
LINES = len(GOOD.splitlines())
NEXT = LINES + 1


class Hostile(NamedTuple):
    """A file's bytes, and the lines at one of which it must be refused; none where it is sound."""

    raw: bytes
    lines: frozenset[int]


def _file(text: str | bytes, *lines: int) -> Hostile:
    return Hostile(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text, frozenset(lines))


def _added(text: str, *lines: int) -> Hostile:
    """The good target with a text behind it, refused at the line behind it where nothing else is said."""
    return _file(GOOD + text, *(lines or (NEXT,)))


def _with(key: str, value: str, *lines: int) -> Hostile:
    """The good target with another value, refused at its line."""
    rows = GOOD.splitlines()
    at = next(number for number, row in enumerate(rows) if row.startswith(f"{key}:"))
    rows[at] = f"{key}: {value}"
    return _file("\n".join(rows) + "\n", *(lines or (at + 1,)))


def _sound(hostile: Hostile) -> Hostile:
    return hostile._replace(lines=frozenset())


def _bombs() -> dict[str, Hostile]:
    laughs = 'a: &a ["lol","lol"]\n' + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12)
    )
    deep = 100_000
    small = 60_000  # what still passes the size of a target
    return {
        "laughs": _file(laughs, 1),
        "laughs-merged": _file("a: &a {x: 1}\nb: &b {<<: *a}\nc: {<<: [*a, *b]}\n", 1),
        "alias-of-itself": _added("remarks: &r [*r]\n"),
        "brackets": _file("remarks: " + "[" * small, 1),
        "brackets-large": _file("remarks: " + "[" * deep, 1),
        "braces": _file("remarks: " + "{" * small, 1),
        "braces-keyed": _file("remarks: " + "{a: " * 15_000, 1),
        "brackets-closed": _file("remarks: " + "[" * 1_900 + "]" * 1_900, 1),
        "brackets-within-limit": _file("remarks: " + "[" * 1_990, 1),
        "brackets-quoted": _sound(_with("verification", f'"{"[" * 400}"')),
        "deep-indentation": _file("".join(f"{' ' * n}a:\n" for n in range(340)), *range(1, 16)),
        "deep-list": _file("- " * 30_000, 1),
        "deep-list-by-lines": _file("".join(f"{' ' * n}-\n" for n in range(340)), *range(1, 16)),
        "deep-questions": _file("? " * 30_000, 1),
        "deep-mixed": _file("? - " * 15_000, 1),
        "deep-colons": _file(": " * 30_000, 1),
        "deep-flow-questions": _file("remarks: " + "[? " * 1_900, 1),
        "commas": _file("remarks: [" + "," * 60_000, 1),
        "blanks-and-bracket": _with("basis", " " * small + "]"),
        "tabs-as-value": _with("deadline_month", "\t" * small),
        "blanks-and-word": _with("deadline_month", " " * small + "x"),
        "one-word": _file("x" * small, 1),
        "one-key": _added("k" * small + ": 1\n"),
        "keys-in-a-line": _file("target: " + "a:" * (small // 2), 1),
        "many-nulls": _file("remarks: [" + "~," * 30_000 + "]", 1),
        "many-items": _file("remarks:\n" + "- 1\n" * 15_000, *range(1, 15_002)),
        "many-keys": _file("".join(f"k{n}: 1\n" for n in range(6_000)), *range(1, 6_001)),
        "same-key-often": _file("weight: 4\n" * 6_000, *range(1, 6_001)),
        "large": _file(GOOD + "# " + "x" * limits.TARGET_BYTES, 1),
        "huge": _file(b"a: 1\n" * 10_000_000, 1),
        "zeros": _file(b"\0" * 50_000, 1),
        "long-key": _added(f"{'k' * 50_000}: 1\n"),
        "long-value": _with("verification", "长" * 20_000),
        "long-word-in-quotes": _with("verification", '"' + "\\u957f" * 9_000 + '"'),
        "escapes-hidden": _with("verification", '"' + "\\0" * 32_000 + '"'),
        "escapes-hidden-often": _file("".join(f'k{n:05d}: "\\u200b"\n' for n in range(3_000)), *range(1, 3_001)),
        "escapes-hidden-below": _added('remarks: "a\n  b\n  c\\u200bd"\n', NEXT + 2),
        "quote-before-a-key": _file(f'"{GOOD}measure:\n  unit: "%"\n', 1),
        "empty-group": _file("{}", 1),
        "line-ends-doubled": _file(GOOD.replace("\n", "\r\r\n"), *range(1, 2 * LINES + 1)),
        "long-line-of-hashes": _added("#" * 50_000 + "\n: x\n", NEXT + 1),
        "long-line-of-spaces": _file(GOOD + " " * 50_000 + "x: 1\n", *range(LINES, NEXT + 1)),
        "long-anchor": _added(f"remarks: &{'a' * 50_000} x\n"),
        "long-tag": _added(f"remarks: !{'a' * 50_000} x\n"),
        "long-escape": _added('remarks: "\\UFFFFFFFF"\n'),
        "quotes": _added("remarks: " + "'" * 50_000 + "x\n", NEXT, NEXT + 1),
        "backslashes": _added('remarks: "' + "\\" * 50_001 + "\n", NEXT, NEXT + 1),
        "percent-lines": _file("%A b\n" * 10_000, *range(1, 10_001)),
        "documents": _file("---\n" * 15_000, *range(1, 15_001)),
        "document-ends": _file("...\n" * 15_000, 1),
        "blank-lines": _file("\n" * 60_000, 1),
        "tabs": _file("\t" * 60_000, 1),
        "colons": _file(":" * 60_000, 1),
        "fullwidth-colons": _file("：" * 20_000, 1),
        "fullwidth-lines": _file("标题：甲\n" * 4_000, *range(1, 4_001)),
        "fullwidth-braces": _added("measure: " + "｛" * 15_000 + "\n"),
        "folded": _added("remarks: >" + "\n  x" * 10_000 + "\n"),
        "folded-indent": _added("remarks: |99\n x\n", NEXT, NEXT + 1),
        "dashes": _file("-" * 60_000, 1),
        "conflicts": _file("<<<<<<< a\n" * 5_000, 1),
        "bom-run": _file("\ufeff" * 15_000, *range(1, 3)),
        "zero-widths": _with("target", "增" + "\u200b" * 15_000),
        "combining": _with("verification", "省" + "\u0301" * 20_000),
        "emoji-run": _with("verification", "😀" * 15_000),
    }


def _numbers() -> dict[str, Hostile]:
    found = {}
    odd = {
        "digits-400": "1" + "0" * 400,
        "digits-60000": "9" * 60_000,
        "digits-quoted": '"' + "1" * 40 + '"',
        "digits-circled": "①" * 40,
        "fraction-long": "0." + "0" * 400 + "1",
        "exponent": "1e999999999",
        "exponent-negative": "1e-999999999",
        "exponent-signed": "-1E+99999999999999999999",
        "nan": ".nan",
        "nan-upper": ".NaN",
        "nan-word": "NaN",
        "infinity": ".inf",
        "infinity-minus": "-.INF",
        "infinity-word": "Infinity",
        "true": "true",
        "yes": "yes",
        "null": "null",
        "tilde": "~",
        "octal": "010",
        "octal-new": "0o10",
        "hexadecimal": "0x10",
        "binary": "0b100",
        "sexagesimal": "1:30",
        "underscored": "1_0",
        "comma": '"1,000"',
        "point": "4.",
        "leading-point": ".5",
        "plus": "+4",
        "minus": "-4",
        "minus-zero": "-0",
        "zero": "0",
        "text": '"4"',
        "fullwidth": "４",
        "arabic": "٤",
        "superscript": "²",
        "circled": "④",
        "roman": "Ⅳ",
        "han": "四",
        "fraction": "½",
        "date": "2018-06-30",
        "list": "[4]",
        "group": "{a: 4}",
        "nested": "[[[[4]]]]",
        "empty": "",
        "quoted-empty": '""',
        "space-in-it": "4 4",
        "with-unit": "4分",
        "formula": "=4",
        "infinitesimal": "0.0000000000000000000000001",
        "beyond": "1000000",
    }
    for name, value in odd.items():
        found[f"weight-{name}"] = _with("weight", value)
        found[f"month-{name}"] = _with("deadline_month", value)
    for name in ("month-octal-new", "month-hexadecimal"):
        found[name] = _with("deadline_month", odd[name.removeprefix("month-")])
    found["month-fraction-number"] = _with("deadline_month", "6.5")
    found["month-with-zeros"] = _with("deadline_month", "06")
    found["fiscal-1"] = _with("fiscal_project", "1")
    found["fiscal-yes"] = _with("fiscal_project", "yes")
    found["fiscal-off"] = _with("fiscal_project", "off")
    found["fiscal-text"] = _with("fiscal_project", '"true"')
    found["fiscal-upper"] = _sound(_with("fiscal_project", "True"))
    for name, value in (("nan", ".nan"), ("exponent", "1e400"), ("digits", "9" * 400), ("true", "true")):
        lines = f'measure:\n  indicator: 增速\n  unit: "%"\n  aim: about\n  full_year: {value}\n'
        found[f"measure-{name}"] = _added(lines, NEXT + 4)
    return found


def _encodings() -> dict[str, Hostile]:
    good, rows = GOOD.encode(), GOOD.encode().splitlines(keepends=True)

    def behind(row: int, raw: bytes) -> bytes:
        return b"".join([*rows[: row - 1], rows[row - 1].rstrip(b"\n") + raw + b"\n", *rows[row:]])

    found = {
        "utf16-le": _file(GOOD.encode("utf-16-le"), 1, 2),
        "utf16-be": _file(GOOD.encode("utf-16-be"), 1, 2),
        "utf16-bom": _file(GOOD.encode("utf-16"), 1),
        "utf16-be-bom": _file(b"\xfe\xff" + GOOD.encode("utf-16-be"), 1),
        "utf32": _file(GOOD.encode("utf-32"), 1),
        "utf32-le": _file(GOOD.encode("utf-32-le"), 1, 2),
        "utf32-be": _file(GOOD.encode("utf-32-be"), 1, 2),
        "utf7": _file(b"+AGEAYgBj-: 1\n", 1),
        "gbk": _file(GOOD.encode("gbk"), 2),
        "gb18030-odd": _file(b"target: \x81\x30\x81\x30\n", 1),
        "big5": _file("target: 社會\n".encode("big5"), 1),
        "latin1": _file("target: é\n".encode("latin-1"), 1),
        "bom": _file(b"\xef\xbb\xbf" + good, 1),
        "bom-inside": _file(behind(2, b"\xef\xbb\xbf"), 2),
        "bom-at-end": _file(good + b"\xef\xbb\xbf", LINES + 1),
        "overlong-slash": _file(behind(3, b"\xc0\xaf"), 3),
        "overlong-nul": _file(behind(3, b"\xc0\x80"), 3),
        "overlong-three": _file(behind(3, b"\xe0\x80\xaf"), 3),
        "overlong-four": _file(behind(3, b"\xf0\x80\x80\xaf"), 3),
        "surrogate": _file(behind(3, b"\xed\xa0\x80"), 3),
        "surrogate-pair": _file(behind(3, b"\xed\xa0\xbd\xed\xb8\x80"), 3),
        "beyond-unicode": _file(behind(3, b"\xf4\x90\x80\x80"), 3),
        "five-bytes": _file(behind(3, b"\xf8\x88\x80\x80\x80"), 3),
        "cut-off": _file(good + b"remarks: \xe7\xa4", NEXT),
        "lone-continuation": _file(behind(2, b"\x80"), 2),
        "ff": _file(b"\xff", 1),
        "fe": _file(b"\xfe", 1),
        "nul": _file(behind(4, b"\0"), 4),
        "nul-at-end": _file(good + b"\0", LINES + 1),
        "cr-only": _sound(_file(good.replace(b"\n", b"\r"))),
        "crlf": _sound(_file(good.replace(b"\n", b"\r\n"))),
        "cr-in-value": _file(behind(2, b"\rx: 1"), 2, 3),
        "lost": _file(behind(2, "\ufffd".encode()), 2),
        "gzip": _file(b"\x1f\x8b\x08\0\0\0\0\0\0\3" + bytes(range(256)), 1),
        "elf": _file(b"\x7fELF\2\1\1\0" + bytes(range(256)), 1, 2, 3),
        "all-bytes": _file(bytes(range(256)) * 100, 1, 2, 3),
        "lfs-pointer": _file(b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 5\n", 1, 2, 3),
    }  # fmt: skip
    hidden = {
        "nel": "\x85", "ls": "\u2028", "ps": "\u2029", "esc": "\x1b[31m", "csi": "\x9b31m", "bell": "\a", "backspace": "\b",
        "delete": "\x7f", "vertical-tab": "\v", "form-feed": "\f", "rlo": "\u202e", "lri": "\u2066", "alm": "\u061c",
        "zwsp": "\u200b", "zwj": "\u200d", "word-joiner": "\u2060", "soft-hyphen": "\xad", "tag": "\U000e0041",
        "variation": "\ufe0f", "variation-supplement": "\U000e0101", "hangul-filler": "\u3164", "noncharacter": "\uffff",
        "plane-noncharacter": "\U0001ffff", "interlinear": "\ufff9", "mongolian": "\u180e", "shorthand": "\U0001bca0",
        "musical": "\U0001d173",
    }  # fmt: skip
    for name, sign in hidden.items():
        found[f"raw-{name}"] = _file(behind(2, sign.encode()), 2, 3)
        codes = "".join(f"\\U{ord(char):08x}" for char in sign)
        found[f"escaped-{name}"] = _with("target", f'"增长{codes}9%"')
        found[f"key-{name}"] = _added(f'"ke{codes}y": 1\n')
    for name, escaped in (
        ("high", "\\ud800"), ("low", "\\udfff"), ("pair", "\\ud83d\\ude00"), ("nul", "\\0"), ("hex", "\\x1b"), ("next", "\\N"),
        ("line", "\\L"), ("paragraph", "\\P"), ("escape", "\\e"), ("bell", "\\a"), ("large", "\\U00110000"), ("short", "\\u12"),
        ("unknown", "\\q"), ("continued", "\\"),
    ):  # fmt: skip
        found[f"escape-{name}"] = _with("target", f'"增长{escaped}9%"', 2, 3)
    return found


def _structures() -> dict[str, Hostile]:
    return {
        "duplicate": _added("weight: 5\n"),
        "duplicate-quoted": _added('"weight": 5\n'),
        "duplicate-escaped": _added('"w\\u0065ight": 5\n'),
        "duplicate-inside": _added("measure: {unit: 家, unit: 户}\n"),
        "duplicate-explicit": _added("? weight\n: 5\n"),
        "anchor": _with("basis", "&a 2018年计划"),
        "alias": _with("basis", "*a"),
        "anchor-on-key": _added("&a remarks: x\n"),
        "merge": _added("<<: {weight: 5}\n"),
        "merge-list": _added("<<: [{weight: 5}]\n"),
        "merge-quoted": _added('"<<": {weight: 5}\n'),
        "equals-key": _added("=: 5\n"),
        "tag-python": _added('remarks: !!python/object/apply:os.system ["touch pwned"]\n'),
        "tag-python-name": _added("remarks: !!python/name:os.system\n"),
        "tag-ruby": _added("remarks: !ruby/object:Gem::Installer {}\n"),
        "tag-java": _added('remarks: !!javax.script.ScriptEngineManager [!!java.net.URL ["http://x"]]\n'),
        "tag-local": _with("weight", "!points 4"),
        "tag-str": _with("weight", "!!str 4"),
        "tag-float": _with("weight", "!!float 4"),
        "tag-binary": _with("target", "!!binary aGVsbG8="),
        "tag-bare": _with("weight", "! 4"),
        "tag-verbatim": _with("weight", "!<tag:yaml.org,2002:int> 4"),
        "tag-on-root": _file("!!map\n" + GOOD, 1),
        "tag-set": _added("remarks: !!set {a, b}\n"),
        "include": _added("remarks: !include /etc/passwd\n"),
        "env": _added("remarks: !ENV ${HOME}\n"),
        "directive": _file("%YAML 1.1\n---\n" + GOOD, 1, 2),
        "directive-3": _file("%YAML 3.0\n---\n" + GOOD, 1, 2),
        "directive-tag": _file("%TAG ! tag:evil,2000:\n---\n" + GOOD, 1, 2),
        "directive-odd": _file("%FOO bar\n---\n" + GOOD, 1, 2),
        "second-document": _added("---\nweight: 9\n"),
        "second-document-empty": _added("---\n"),
        "second-behind-end": _added("...\n---\nweight: 9\n", NEXT, NEXT + 1),
        "text-behind-end": _added("...\nweight: 9\n", NEXT, NEXT + 1),
        "document-start-only": _file("---\n", 1, 2),
        "document-start-inline": _sound(_file("---\n" + GOOD)),
        "document-end-first": _file("...\n" + GOOD, 1),
        "comment-only": _file("# nothing\n", 1),
        "empty": _file("", 1),
        "space": _file(" ", 1),
        "scalar-root": _file("weight\n", 1),
        "number-root": _file("4\n", 1),
        "list-root": _file("- weight: 4\n", 1),
        "text-root": _file("'" + GOOD.replace("'", "''") + "'", 1),
        "block-root": _file("|\n" + "".join(f"  {row}\n" for row in GOOD.splitlines()), 1),
        "null-root": _file("null\n", 1),
        "json-root": _file(json.dumps({"weight": "NaN"}), 1),
        "complex-key": _added("? [weight]\n: 5\n"),
        "complex-key-map": _added("? {weight: 1}\n: 5\n"),
        "complex-key-flow": _added("{a: b}: 5\n"),
        "number-key": _added("4: 5\n"),
        "true-key": _added("true: 5\n"),
        "null-key": _added("null: 5\n"),
        "empty-key": _added(": 5\n"),
        "quoted-empty-key": _added('"": 5\n'),
        "float-key": _added("1.5: 5\n"),
        "nan-key": _added(".nan: 5\n"),
        "multiline-key": _added('"wei\n  ght": 5\n', NEXT, NEXT + 1),
        "key-with-newline": _added('"wei\\nght": 5\n'),
        "key-with-colon": _added('"::error::x": 5\n'),
        "key-with-command": _added('"##[add-mask]x": 5\n'),
        "key-with-escape": _added('"\\e[31mx": 5\n'),
        "key-upper": _added("Weight: 5\n"),
        "key-dotted": _added("measure.unit: 家\n"),
        "key-hyphen": _added("deadline-month: 5\n"),
        "key-proto": _added("__proto__: 5\n"),
        "key-class": _added("__class__: 5\n"),
        "key-format": _added('"{0.__class__}": 5\n'),
        "key-format-percent": _added('"%(x)s %s %d": 5\n'),
        "key-braces": _added('"{key}{": 5\n'),
        "value-format": _with("category", '"{key} %s {0.__class__}"'),
        "lookalike-a": _added("w\u0435ight: 5\n"),
        "lookalike-fullwidth": _added("\uff57eight: 5\n"),
        "lookalike-greek": _added("b\u03b1sis: x\n"),
        "lookalike-cyrillic-o": _added("half_year_targ\u0435t: x\n"),
        "lookalike-underscore": _added("key\uff3fwork: x\n"),
        "lookalike-combining": _added("re\u0301marks: x\n"),
        "lookalike-value": _with("category", "qualit\u0430tive"),
        "lookalike-key-work": _with("key_work", "c\u043ensumption"),
        "unknown-category": _with("category", "qualitative "  + "x"),
        "category-list": _with("category", "[qualitative]"),
        "key-work-newline": _with("key_work", '"consumption\\n"'),
        "key-work-path": _with("key_work", "../../etc/passwd"),
        "key-work-upper": _with("key_work", "Consumption"),
        "key-work-unknown": _with("key_work", "nothing-like-it"),
        "target-group": _with("target", "{a: b}"),
        "target-number": _with("target", "9"),
        "target-true": _with("target", "true"),
        "target-null": _with("target", "null"),
        "target-empty": _with("target", '""'),
        "target-blank": _with("target", '"   "'),
        "target-ideographic": _with("target", '"\u3000\u3000"'),
        "target-block-newlines": _with("target", "|\n  a\n  b\n\n", 2, 3),
        "tab-indent": _added("measure:\n\tunit: 家\n", NEXT, NEXT + 1),
        "tab-behind-colon": _with("weight", "\t4"),
        "ideographic-indent": _added("measure:\n\u3000\u3000unit: 家\n", NEXT, NEXT + 1),
        "nbsp-indent": _added("measure:\n\xa0\xa0unit: 家\n", NEXT, NEXT + 1),
        "fullwidth-colon": _added("remarks：x\n", *range(1, NEXT + 1)),
        "unclosed-quote": _added('remarks: "x\n', NEXT, NEXT + 1),
        "unclosed-single": _added("remarks: 'x\n", NEXT, NEXT + 1),
        "unclosed-bracket": _added("remarks: [x\n", NEXT, NEXT + 1),
        "unclosed-brace": _added("remarks: {x: 1\n", NEXT, NEXT + 1),
        "closing-bracket": _added("remarks: ]\n", NEXT, NEXT + 1),
        "bad-indent": _added("   remarks: x\n", *range(LINES, NEXT + 1)),
        "backtick": _added("remarks: `x`\n"),
        "at-sign": _added("remarks: @x\n"),
        "percent-value": _added("remarks: %x\n"),
        "block-indicator": _added("remarks: |+2x\n"),
        "reserved-dash": _added("- x\n", LINES, NEXT),
        "conflict": _added("<<<<<<< HEAD\nremarks: a\n=======\nremarks: b\n>>>>>>> x\n"),
        "swallowed-weight": _with("weight", "4#5"),
        "question-alone": _added("?\n"),
        "question-value": _added("remarks: ? x\n"),
        "flow-no-space": _added("measure: {unit:家}\n"),
        "flow-colon-null": _added("measure: {unit}\n"),
        "flow-nested-list": _added("as_filed: [a, b]\n"),
        "measure-text": _added("measure: x\n"),
        "measure-empty": _added("measure: {}\n"),
        "measure-deep": _added("measure: {unit: {a: {b: c}}}\n"),
        "as-filed-deep": _added("as_filed: {category: {a: b}}\n"),
        "as-filed-unknown": _added("as_filed: {__class__: x}\n"),
        "carriage-before-command": _added('remarks: "a\\r::error::x"\n'),
        "everything-wrong": _file("a: &b !c [*b]\n? [x]\n: 1_0\n<<: 1\n" + "\u200b\n" * 100, *range(1, 6)),
    }  # fmt: skip


HEAVY = frozenset(_bombs())
"""The names of those that take a while, each well below a second."""
TARGETS = {**_bombs(), **_numbers(), **_encodings(), **_structures()}
