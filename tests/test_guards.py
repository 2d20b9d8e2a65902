"""The judgement of changes: each guard does what its documentation shows, and its mirror does the reverse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from target_registry import changes, codes, guards, manual
from target_registry.assembly import adjustment, key_works, waivers
from target_registry.commitments.ladders import builtin
from target_registry.guards.case import Case, Totals
from target_registry.language import Speech
from target_registry.model import About, Plan, Registry, Target
from target_registry.verdicts import Change, Judged, Severity, Subject

GUARDS = Path(guards.__file__).parent
PLAN = {
    "title": "2018年度绩效目标填报表",
    "department": "省商务厅",
    "year": 2018,
    "language": "zh",
    "weight_rules": {"total": 90},
    "key_works": [{"id": "consumption", "title": "扩大消费"}],
}
TARGET = {
    "key_work": "consumption",
    "target": "社会消费品零售总额增长9%左右",
    "category": "key_quantitative",
    "deadline_month": 12,
    "weight": 4,
    "basis": "2018年国民经济和社会发展计划",
    "verification": "省统计局统计数据",
    "fiscal_project": False,
}
NOW = date(2018, 5, 3)


def exact(value: Any) -> Any:
    """Numbers as the strict reader gives them."""
    if isinstance(value, dict):
        return {key: exact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [exact(item) for item in value]
    return Decimal(str(value)) if isinstance(value, float) else value


def plan_of(values: Mapping[str, Any], *targets: Target, blob: str = "", **more: Any) -> Plan:
    return Plan(
        "2018", "targets/2018/plan.yaml", values, key_works(values.get("key_works")),
        waivers(values.get("waivers")), targets, blob=blob or repr(values), **more,
    )  # fmt: skip


def target_of(values: Mapping[str, Any] | None, slug: str = "sample", number: int = 1, blob: str = "") -> Target:
    return Target(
        "2018", f"targets/2018/{number:02}-{slug}.yaml", number, slug, True,
        values or {}, readable=values is not None, blob=blob or repr(values),
    )  # fmt: skip


class Example:
    """One side of a guard's example as a registry: a plan with one target, and what stands beside it."""

    def __init__(self, text: str) -> None:
        said = exact(yaml.safe_load(text)) or {}
        self.absent = text.strip().startswith("# no such")
        self.plan_is_absent = text.strip() == "# no such plan"
        self.file = said.pop("file", "readable")
        self.record = said.pop("reason", None)
        self.layout = said.pop("layout", "")
        slug, number = said.pop("slug", "sample"), said.pop("number", 1)
        plan_keys = {*PLAN, "status", "approved_revision", "waivers", "commitment_ladders"} & set(said)
        self.plan_values = {**PLAN, **{key: said[key] for key in plan_keys}}
        values = {**TARGET, **{key: said[key] for key in said if key not in plan_keys}}
        self.target = target_of(
            None if self.file == "unreadable" else values, slug, number, self.layout + repr(values) + self.file
        )

    def registry(self) -> Registry:
        """The plan with its target and its record."""
        if self.plan_is_absent:
            return Registry(())
        records = (
            (adjustment("2018", "targets/2018/adjustments/material/2018-05-01-x.yaml", {"reason": self.record},
                        readable=True, blob=self.record),)
            if self.record else ()
        )  # fmt: skip
        targets = () if self.absent else (self.target,)
        return Registry((plan_of(self.plan_values, *targets, adjustments=records),))

    def policy(self) -> dict[str, str]:
        """Files beside the plans, by path."""
        return {".github/CODEOWNERS": self.file} if self.file.startswith(".github") else {}


def judge(before: Example, after: Example, *, as_of: date = NOW) -> list[Judged]:
    """All changes from one example to the other with their verdicts."""
    one, other = before.registry(), after.registry()
    old, new = (registry.plans[0] if registry.plans else None for registry in (one, other))
    weights = [{target.slug: target.weight for target in plan.targets} if plan else {} for plan in (old, new)]
    found = [*changes.compare(one, other), *changes.files(before.policy(), after.policy())]
    judged = []
    for change in found:
        case = Case(
            old, new,
            None if before.absent else before.target, None if after.absent else after.target,
            as_of, builtin(), Totals(lambda: weights[0], lambda: weights[1]),
        )  # fmt: skip
        judged.append(Judged(change, guards.judge(change, case)))
    return judged


def test_every_guard_is_registered_documented_and_named_after_its_code() -> None:
    files = {path.stem for path in GUARDS.glob("*.py")} - {"__init__", "case", "effects", "filling"}
    assert files == {code.replace("-", "_") for code in guards.GUARDS}
    chinese = Speech("zh")
    for code, guard in guards.GUARDS.items():
        text = manual.parse(guard.__doc__)
        assert guard.__name__.rsplit(".", 1)[1] == code.replace("-", "_")  # type: ignore[attr-defined]
        assert text.of_change
        assert text.what[0].islower() and not text.what.endswith("."), code
        assert text.why.endswith("."), code
        assert chinese(text.what) != text.what, code
        assert chinese(text.why) != text.why, code


def test_every_guard_has_a_mirror_that_mirrors_it() -> None:
    for code, guard in guards.GUARDS.items():
        assert code == guards.GUARDS[guard.MIRROR].MIRROR


# Examples whose guard needs a day after the deadline, or totals of a plan that was scaled.
LATER = {"deadline-passed": date(2018, 6, 1)}
SCALED = {"weight-renormalised": ({"weight_rules": {"total": 90}}, {"weight_rules": {"total": 180}})}


@pytest.mark.parametrize("code", guards.GUARDS)
def test_a_guards_example_is_what_it_says_both_ways(code: str) -> None:
    text = codes.of_changes()[code]
    before, after = Example(text.bad), Example(text.good)
    if code in SCALED:
        for side, more in zip((before, after), SCALED[code], strict=True):
            side.plan_values |= more
    as_of = LATER.get(code, NOW)
    forward = {verdict.code for item in judge(before, after, as_of=as_of) for verdict in item.verdicts}
    backward = {verdict.code for item in judge(after, before, as_of=as_of) for verdict in item.verdicts}
    assert code in forward
    assert guards.GUARDS[code].MIRROR in backward
    if code != guards.GUARDS[code].MIRROR:
        assert code not in backward


@pytest.mark.parametrize("code", guards.GUARDS)
def test_what_weakens_one_way_strengthens_the_other(code: str) -> None:
    """Of a guard and its mirror at most one is light, unless both directions count alike."""
    text = codes.of_changes()[code]
    before, after = Example(text.bad), Example(text.good)
    worst = [
        {verdict.code: verdict.severity for item in judge(*pair) for verdict in item.verdicts}
        for pair in ((before, after), (after, before))
    ]
    mirror = guards.GUARDS[code].MIRROR
    if mirror == code or code not in worst[0]:
        return
    pair = {worst[0][code], worst[1][mirror]}
    assert pair in (
        {Severity.MATERIAL, Severity.NOTABLE},
        {Severity.MATERIAL, Severity.CRITICAL},
        {Severity.MATERIAL},
    ), code


def test_a_field_that_no_guard_knows_is_material() -> None:
    change = Change(Subject.PLAN, "2018", None, None, ("path",), "a", "b", plan_of(PLAN).at())
    case = Case(None, None, None, None, NOW, builtin(), Totals())
    assert guards.judge(change._replace(subject=Subject.TARGET, route=("new", "thing")), case)[0].severity is (
        Severity.MATERIAL
    )


def severities(before: Mapping[str, Any], after: Mapping[str, Any], *, approved: bool = False) -> dict[str, str]:
    """The severity of each field that differs between two targets, or between two plans."""
    sides = []
    for values in (before, after):
        example = Example(
            yaml.safe_dump({**({"status": "approved"} if approved else {}), **values}, allow_unicode=True)
        )
        sides.append(example)
    return {item.change.field or "": item.severity.value for item in judge(sides[0], sides[1])}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"weight": 4}, {"weight": 3}, {"weight": "material"}),
        ({"deadline_month": 6}, {"deadline_month": 12}, {"deadline_month": "material"}),
        ({"deadline_month": 12}, {"deadline_month": 6}, {"deadline_month": "notable"}),
        ({"deadline_month": 12}, {"deadline_month": "12月"}, {"deadline_month": "material"}),
        ({"half_year_target": "8.5%左右"}, {}, {"half_year_target": "material"}),
        ({}, {"half_year_target": "8.5%左右"}, {"half_year_target": "notable"}),
        ({"weight": 4}, {"weight": 4.0}, {"layout": "formatting"}),
        ({"weight": 4}, {"weight": "4"}, {"weight": "material"}),
        ({"fiscal_project": False}, {"fiscal_project": "false"}, {"fiscal_project": "material"}),
        ({"remarks": "说明"}, {"remarks": "说明一下"}, {"remarks": "editorial"}),
        ({"category": "key_quantitative"}, {"category": "qualitative"}, {"category": "material"}),
        # A figure beside the aim to match demands nothing, but is no punctuation.
        (
            {"measure": {"unit": "%", "aim": "match", "reference": "全国", "full_year": 9}},
            {"measure": {"unit": "%", "aim": "match", "reference": "全国", "full_year": 2}},
            {"measure.full_year": "material"},
        ),
    ],
)
def test_severities(before: Mapping[str, Any], after: Mapping[str, Any], expected: Mapping[str, str]) -> None:
    assert severities(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "severity"),
    [
        ({"target": "培育产业链【待填】条"}, {"target": "培育产业链80条"}, "notable"),
        (
            {"half_year_target": "【待填】%左右，培育【待填】家"},
            {"half_year_target": "8%左右，培育【待填】家"},
            "notable",
        ),
        ({"basis": "【待填】（2027年为：省政府文件）"}, {"basis": "省政府文件（2027年为：省政府文件）"}, "notable"),
        (
            {"remarks": "2027年目标：新增9家；完成情况：【待填】"},
            {"remarks": "2027年目标：新增9家；完成情况：1005万亩"},
            "notable",
        ),
        (
            {"remarks": "2027年目标：新增9家；完成情况：【待填】"},
            {"remarks": "2027年目标：新增9家；完成情况：8%即达标"},
            "material",
        ),
        ({"target": "培育产业链【待填】条，增长9%"}, {"target": "培育产业链80条，增长5%"}, "material"),
        ({"target": "培育产业链80条"}, {"target": "培育产业链【待填】条"}, "material"),
    ],
)
def test_a_place_that_is_filled_in(before: Mapping[str, Any], after: Mapping[str, Any], severity: str) -> None:
    (found,) = severities(before, after).values()
    assert found == severity
    (found,) = severities(before, after, approved=True).values()
    assert found == ("material" if "remarks" not in before else found)


def test_a_rewording_is_decided_once_the_plan_is_approved() -> None:
    before, after = {"target": "办好第二届世界油商大会"}, {"target": "参与第二届世界油商大会有关工作"}
    assert severities(before, after) == {"target": "notable"}
    assert severities(before, after, approved=True) == {"target": "material"}


def test_one_figure_changed_without_the_other_is_a_contradiction_and_a_weakening() -> None:
    measure = {"indicator": "同比增速", "unit": "%", "aim": "about", "full_year": 9}
    before = Example(yaml.safe_dump({"measure": measure}))
    after = Example(yaml.safe_dump({"measure": measure, "target": "社会消费品零售总额增长8%左右"}))
    (item,) = judge(before, after)
    assert {verdict.code for verdict in item.verdicts} == {"sentence-weakened", "contradiction-made"}


def test_a_deadline_passes_with_the_last_day_of_its_month() -> None:
    before, after = (Example(f"deadline_month: 4\nbasis: {word}") for word in ("甲文件", "乙文件"))
    assert judge(before, after, as_of=date(2018, 4, 30))[0].severity is Severity.MATERIAL
    assert judge(before, after, as_of=date(2018, 5, 1))[0].severity is Severity.CRITICAL


def test_punctuation_and_numbering_stay_light_after_the_deadline() -> None:
    before, after = (
        Example("deadline_month: 4\nnumber: 1\nbasis: 甲文件"),
        Example("deadline_month: 4\nnumber: 2\nbasis: 甲文件。"),
    )
    found = {item.change.field: item.severity for item in judge(before, after, as_of=date(2018, 9, 1))}
    assert found == {"number": Severity.NOTABLE, "basis": Severity.EDITORIAL}


def test_weights_count_by_their_share() -> None:
    """Scaling all is read; scaling one, or bending the rounding, is decided."""

    def found(before: dict[str, Any], after: dict[str, Any], totals: tuple[int, int]) -> dict[str, str]:
        plans = []
        for weights, total in zip((before, after), totals, strict=True):
            targets = [
                target_of({**TARGET, "weight": exact(w)}, slug, n) for n, (slug, w) in enumerate(weights.items(), 1)
            ]
            plans.append(plan_of({**PLAN, "weight_rules": {"total": total, "step": Decimal("0.5")}}, *targets))
        sums = Totals(
            lambda: {t.slug: t.weight for t in plans[0].targets}, lambda: {t.slug: t.weight for t in plans[1].targets}
        )
        result = {}
        for change in changes.compare(Registry((plans[0],)), Registry((plans[1],))):
            pair = [next((t for t in p.targets if t.slug == change.target), None) for p in plans]
            case = Case(plans[0], plans[1], pair[0], pair[1], NOW, builtin(), sums)
            if change.route == ("weight",):
                result[str(change.target)] = guards.judge(change, case)[0].code
        return result

    assert found({"a": 4, "b": 6}, {"a": 8, "b": 12}, (10, 20)) == {
        "a": "weight-renormalised",
        "b": "weight-renormalised",
    }
    assert found({"a": 3, "b": 6}, {"a": 3.5, "b": 6.5}, (9, 10)) == {
        "a": "weight-renormalised", "b": "weight-renormalised",
    }  # fmt: skip
    assert found({"a": 4, "b": 6}, {"a": 9, "b": 11}, (10, 20)) == {"a": "weight-changed", "b": "weight-changed"}
    assert found({"a": 4, "b": 6}, {"a": 5, "b": 5}, (10, 10)) == {"a": "weight-changed", "b": "weight-changed"}
    assert found({"a": 4, "b": 6}, {"a": 8}, (10, 8)) == {"a": "weight-changed"}


class Counted(dict[str, Decimal | None]):
    """Weights that count how often they are gone through."""

    times = 0

    def items(self) -> Any:
        """All weights, counted."""
        self.times += 1
        return super().items()


def test_weights_are_gone_through_once_for_all_changes() -> None:
    ones, others = (Counted({f"t{at}": Decimal(weight) for at in range(50)}) for weight in (4, 8))
    old, new = (plan_of({**PLAN, "weight_rules": {"total": total}}) for total in (200, 400))
    totals = Totals(lambda: ones, lambda: others)
    case = Case(old, new, target_of(TARGET), target_of(TARGET), NOW, builtin(), totals)
    for at in range(50):
        change = Change(Subject.TARGET, "2018", f"t{at}", at, ("weight",), Decimal(4), Decimal(8), new.at())
        assert guards.judge(change, case)[0].code == "weight-renormalised"
    assert ones.times == 1


def test_a_share_beyond_reason_is_not_told() -> None:
    rules = {"weight_rules": {"total": Decimal("0.00000000000001")}}
    old, new = plan_of({**PLAN, **rules}), plan_of({**PLAN, **rules})
    case = Case(old, new, target_of(TARGET), target_of(TARGET), NOW, builtin(), Totals())
    change = Change(Subject.TARGET, "2018", "sample", 1, ("weight",), 999999999999999, 4, new.at())
    assert guards.judge(change, case)[0].effect.text == "from {before} to {after} points"


def renamed(count: int, numbers: int, words: str) -> list[Change]:
    """The changes where each of some targets is another file with another sentence."""
    plans = [
        plan_of(PLAN, *(
            target_of({**TARGET, "target": f"{chr(0x4E00 + at) * 40}{said}"}, f"{name}-{at}", at % numbers + 1)
            for at in range(count)
        ))
        for name, said in (("before", ""), ("after", words))
    ]  # fmt: skip
    return list(changes.compare(Registry((plans[0],)), Registry((plans[1],))))


def test_each_renamed_target_is_found() -> None:
    assert {change.route for change in renamed(400, 400, "等")} == {(About.SLUG,), ("target",)}


def test_many_targets_of_one_number_are_not_all_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(changes, "_alike", lambda one, other: asked.append((one, other)))
    assert {change.route for change in renamed(400, 1, "等")} == {()}
    assert len(asked) < 400 * 10


def test_the_worst_verdict_comes_first() -> None:
    before, after = Example("deadline_month: 4\ntarget: 增长9%"), Example("deadline_month: 4\ntarget: 增长8%")
    (item,) = judge(before, after, as_of=date(2019, 1, 1))
    assert [verdict.severity for verdict in item.verdicts] == [Severity.CRITICAL, Severity.MATERIAL]


@pytest.mark.parametrize(
    ("june", "severity"),
    [
        ("8.5%左右", Severity.NOTABLE),
        ("力争完成一半", Severity.NOTABLE),
        ("本项不纳入考核，顺延至2019年", Severity.MATERIAL),
        ("完成一半，特殊情况可顺延", Severity.MATERIAL),
    ],
)
def test_a_half_year_target_that_takes_something_back_is_material(june: str, severity: Severity) -> None:
    (judged,) = judge(Example(""), Example(f"half_year_target: {june}"))
    assert [(verdict.code, verdict.severity) for verdict in judged.verdicts] == [("half-year-added", severity)]
