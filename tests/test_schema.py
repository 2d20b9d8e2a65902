"""The schemas mean the same to every validator, and the codec reads what it writes."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from target_registry import fields
from target_registry.documents import Document
from target_registry.documents.reader import read
from target_registry.language import Speech
from target_registry.schema import judge
from tests.conftest import REGISTRY, ROOT

CASES = json.loads((ROOT / "tests" / "editor" / "cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", fields.SCHEMAS)
def test_the_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(fields.schema_text(name)))


@pytest.mark.parametrize("path", sorted((REGISTRY / "targets" / "2018").glob("*.yaml")), ids=lambda path: path.stem)
def test_both_validators_pass_the_registry(path: Any) -> None:
    name = "plan" if path.stem == "plan" else "target"
    data = read("x", path.read_bytes(), 1 << 20).data
    assert jsonschema_rs.validator_for(fields.schema_text(name).decode()).is_valid(data)
    assert jsonschema.Draft202012Validator(fields.schema(name)).is_valid(data)


def variants() -> list[tuple[str, dict[str, Any]]]:
    """Data that is nearly right, in many ways."""
    base: dict[str, Any] = {
        "key_work": "a", "target": "增长9%", "category": "qualitative", "deadline_month": 6, "weight": 4,
        "basis": "b", "verification": "c", "fiscal_project": False,
        "measure": {"indicator": "i", "unit": "%", "aim": "about", "full_year": 9},
        "as_filed": {"category": "x"},
    }  # fmt: skip
    odd: list[Any] = ["", " ", "a ", "\n", "a\n", "x" * 2001, 0, 1, 13, -1, Decimal("1.5"), Decimal("12.0"), True,
                      False, None, [], {}, ["a"], {"a": 1}, "Key", "a-b", "a--b", "-a", "qualitative", "match"]  # fmt: skip
    found = [("base", base)]
    for key in (*base, "remarks", "half_year_target", "stranger"):
        found.append((f"without {key}", {k: v for k, v in base.items() if k != key}))
        found += [(f"{key}={value!r}", {**base, key: value}) for value in odd]
    for key in ("indicator", "unit", "aim", "full_year", "half_year", "baseline", "reference", "stranger"):
        measure = base["measure"]
        found.append((f"measure without {key}", {**base, "measure": {k: v for k, v in measure.items() if k != key}}))
        found += [(f"measure.{key}={value!r}", {**base, "measure": {**measure, key: value}}) for value in odd]
    return found


def test_the_fast_validator_gives_the_same_verdicts_and_faults_are_explained() -> None:
    fast = jsonschema_rs.validator_for(fields.schema_text("target").decode())
    for name, data in variants():
        judged = judge(Document("x", data), "target")
        assert fast.is_valid(data) == (not judged.findings), name


def test_a_check_without_the_fast_validator_says_the_same() -> None:
    program = (
        "import sys; sys.modules['jsonschema_rs'] = None\n"
        "from target_registry.cli.main import run; sys.exit(run(['--lang', 'zh', 'check']))"
    )
    slow = subprocess.run([sys.executable, "-c", program], cwd=REGISTRY, capture_output=True, check=False)
    fast = subprocess.run(
        [sys.executable, "-m", "target_registry", "--lang", "zh", "check"],
        cwd=REGISTRY,
        capture_output=True,
        check=False,
    )
    assert (slow.returncode, slow.stdout, slow.stderr) == (fast.returncode, fast.stdout, fast.stderr) != (0, b"", b"")


@pytest.mark.parametrize("field", fields.form(), ids=lambda field: field.key)
def test_the_codec_reads_what_it_writes(field: fields.Field) -> None:
    samples: dict[str, list[Any]] = {
        "text": ["增长9%左右"],
        "integer": [1, 12, Decimal("12.0")],
        "number": [4, Decimal("2.5")],
        "choice": [value for value, _ in field.choices],
    }
    for value in samples[field.kind]:
        for language in ("zh", "en"):
            assert field.parse(field.render(value, language)) == value
    assert "." not in field.render(Decimal("12.0")) or field.kind != "integer"
    assert field.parse("  ") is None
    assert field.render(None) == ""


def test_the_codec_reads_what_people_write() -> None:
    known = fields.of_target()
    assert known["category"].parse("关键量化目标") == "key_quantitative"
    assert known["category"].parse(" 一般量化 指标 ") == "general_quantitative"
    assert known["weight"].parse("４") == 4
    assert known["fiscal_project"].parse("是") is True
    for key, text in (("category", "其他"), ("weight", "四分"), ("deadline_month", "6.5"), ("weight", "nan")):
        with pytest.raises(fields.Unreadable):
            known[key].parse(text)


@pytest.mark.parametrize(
    ("name", "key"),
    [("weight", "weight"), ("分值权重", "weight"), ("分值权重（分）", "weight"), ("序号", "number"), ("Half-Year Target", "half_year_target"),
     ("类别", "category"), ("slug", "slug"), ("标识", "slug")],
)  # fmt: skip
def test_fields_are_found_by_key_or_heading(name: str, key: str) -> None:
    found = fields.find(name)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("name", ["", "目标", "owner"])
def test_what_names_no_one_field(name: str) -> None:
    assert fields.find(name) is None


def test_cases_shared_with_other_validators() -> None:
    assert CASES


@pytest.mark.parametrize(
    ("name", "text", "message", "cure"),
    [
        ("target", "weight: 4\nwеight: 9\n", "looks like a key but has the character е U+0435 in it", "weight itself is there as well"),
        ("target", 'weight: 4\n"weight\\u00a0": 9\n', "has the character U+00A0 in it", "weight itself is there as well"),
        ("target", "weight: 4\n中: 9\n", "中 is no key here", "the keys are"),
        ("target", 'remarks: "\\n"\n', "remarks holds nothing but spaces", "fill it in, or delete the line"),
        ("plan", "commitment_ladders: [[[a b], [c]]]\n", "item 1 has a space in it", "take the spaces away"),
        ("plan", "commitment_ladders: [[[1], [c]]]\n", "item 1 is ", 'put it in quotes: - "1"'),
        ("plan", "approved_revision: -x\n", "not an identifier", "name a tag, such as approved-2018"),
        ("target", "measure: {half_year: 8。5}\n", "half_year", "write the number alone: half_year: 8.5"),
        ("target", "measure: {half_year: 8·5}\n", "half_year", "write the number alone: half_year: 8.5"),
        ("target", "weight: 4，\n", "weight", "write the number alone: weight: 4"),
        ("plan", "weight_rules:\n  total: 90,\n", "total", "write the number alone: total: 90"),
        ("plan", "weight_rules:\n  total: 9O\n", "total", "write a number such as total: 90"),
        ("target", "deadline_month: 6月30日\n", "deadline_month", "write the number alone: deadline_month: 6"),
        ("target", "deadline_month: 六月三十日前\n", "deadline_month", "write the number alone: deadline_month: 6"),
        ("target", "deadline_month: 3季度\n", "deadline_month", "write a number such as deadline_month: 12"),
        ("target", "deadline_month: 8.5%\n", "deadline_month", "write a number such as deadline_month: 12"),
        ("target", "target: |+\n  甲\n\n\n", "target", "write |- or >- instead"),
        ("target", "target: |-\n\n  甲\n", "target", "delete the blank lines that the text begins with"),
        ("plan", "year: [2018]\n", "year is a list", "year: 2018"),
    ],
)  # fmt: skip
def test_a_fault_is_told_by_what_it_is(name: str, text: str, message: str, cure: str) -> None:
    speech = Speech("en")
    found = judge(read("x", text.encode(), 1 << 20), name).findings
    told = [(speech.tell(f.message), speech.tell(f.hint) if f.hint else "") for f in found]
    assert any(message in said and cure in hint for said, hint in told), told
