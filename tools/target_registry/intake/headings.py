"""Which column a form heads so: its words, and what may stand in brackets beside them.

What stands in a heading's brackets says how a cell is to be filled in, or what it counts. A unit, a year or a state
that isn't the column's own makes it another column, whose cells say something else than the form's do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from target_registry import fields
from target_registry.fields import Field
from target_registry.patterns import lazy

_STARS = "*＊※ \t\n"
_AROUND = "*※!。.:"
_APART = lazy(r"[（()）]|单位\s*[:：]|[,，;；。]")
"""What parts the brackets of a heading into what they say."""
_HINT = lazy(
    r"(?:必|选|可|非必|按需|据实|如实)(?:须|选)?填|可(?:选|不填|空|为空|留空)|(?:如|若|没|无(?!效)|不[超少多得能可要填必]|勿|例|格式|示例|样例|注[:1-9])|[0-9]{1,4}个?字"
    r"|(?:请|须|需|应|限|由|按|只|仅|填|写|注明|列明|写明|说明|简|概述|一句话|选|勾|打|单选|多选|点|下拉|在|从|至|截|用|以|与|含|包括|附|具体|精确|最多|至多|控制在)"
    r"|共[0-9]{1,3}[项个条]|(?:详?见|参见|参照|参考)|(?:系统)?自动|只读|.{1,20}请|.{1,30}(?:填写?|一致|为准|说明|要求|选择)\Z"
    r"|(?:required|optional|[0-9]{1,2}|[a-z一二三四五六七八九十甲乙丙丁戊己庚辛壬癸]|[大小]项|整数|数字)\Z"
)
"""How what says how, or whether, a cell is to be filled in begins or ends; or what numbers the column."""
_OTHER = (
    r"[%‰双季旬周废旧草拟暂扣万亿元]|百分|千分|停用|原(?!则|文|件|因)|初稿|建议|(?<![勿得要可能])(?:调整|修改|变更)|更正"
    r"|上年|去年|往年|前年|明年|下年|来年|[12][0-9]{3}年|完成情况|实际|实绩|[加得]分|自评|占比|比例|比重"
)
"""What makes the cells below such a hint others than the form's."""
_OF_OTHERS: Mapping[str, re.Pattern[str]] = {
    "deadline_month": lazy(rf"{_OTHER}|日(?!期)|[天分]|小时|年(?![月底末])"),
    "weight": lazy(rf"{_OTHER}|[月年日天]"),
}
_OF_ANY = lazy(_OTHER)
_WHEN = r"[0-9x×几某~至到—]{0,6}月(?:[份底末]|[0-9]{1,2}日)?(?:以?前)?"
_KIND = r"(?:(?:关键|一般)?(?:量化|定[量性])|关键|一般)(?:绩效)?(?:指标|目标)?"
_PROOF = r"(?:材料|标志|资料|方式|方法|标准|办法|依据|来源)"
_OWN: Mapping[str, re.Pattern[str]] = {
    "key_work": lazy(r"(?:重点)?(?:任务|工作|项目|事项)?(?:名称|内容)?\Z"),
    "number": lazy(r"(?:自动)?编?号\Z|no\.?\Z"),
    "target": lazy(
        r"(?:全年|本?年度?|当年)?(?:目标|任务|指标)?(?:内容|名称|值)?\Z|[含及和]?指标值?\Z|(?:可?(?:量化|考核|衡量|检查)[、和]?)+\Z|定[量性](?:[/、或和与]定[量性])?\Z|(?:预期)?成果(?:形式)?\Z"
    ),
    "category": lazy(rf"{_KIND}(?:[/、或和与及]{_KIND})*\Z|三选一\Z"),
    "deadline_month": lazy(
        rf"(?:格式|如|例如?)?:?(?:(?:[0-9]{{4}}|x{{4}})?年[/、.]?)?{_WHEN}日?\Z|(?:截止)?(?:日期|时间|月份)\Z|1[~至到—]?12\Z|deadline\Z|months?\Z"
    ),
    "half_year_target": lazy(
        r"上?半年(?:度)?(?:目标)?\Z|(?:截[至止]|[至到])?(?:1?[~至到—]?6|六)月(?:[底末]|30日)?(?:以?前)?\Z|进度(?:目标|安排)?\Z"
    ),
    "weight": lazy(
        r"(?:满分|总分|共计?|合计|总计|每项)?为?[0-9.~至到—]{0,7}分\Z|(?:满分|总分|共计?|合计|总计)为?[0-9]{1,4}\Z|points?\Z"
    ),
    "basis": lazy(
        r"[含及和]?(?:(?:政策|上级|依据)?文件)?(?:名称?|标题)?[及和与、/]?(?:发?文号|文件号|字号|条款)?\Z|来源\Z|出处\Z"
    ),
    "verification": lazy(
        rf"[含及和附]?(?:佐证|证明|验收|核验|考核|评价|评分|支撑|数据|完成)?{_PROOF}(?:[及和与、/]{_PROOF})*\Z"
    ),
    "fiscal_project": lazy(r"[是否有无√✓×✗xyn/、或]+\Z|yes/no\Z"),
    "remarks": lazy(
        r"(?:[12][0-9]{3}年|上一?年|去年|往年)度?(?:实绩|(?:实际)?(?:完成)?(?:情况|值|数据?)?|同期|基数|基准)\Z|补充\Z|(?:其[他它]|有关|相关).{0,8}(?:情况|事项)?\Z"
    ),
}
"""What a column's own brackets may say beside that, folded: its unit, its choices, what belongs into it."""


_LONGEST = 500
"""Characters of a heading with all that its brackets say; a cell may have many more."""


def of_heading(text: str) -> Field | None:
    """The column, or the slug's, that a form heads so.

    Other words, blanks, widths, and the stars of what has to be filled in are let be; what stands in brackets has to
    be of a kind that the column knows.
    """
    found = meant(text)
    if found is None or _named(text) is found:
        return found
    said = _bracketed(text.strip(_STARS))
    return found if all(_by_heading().get(each) is found or _is_known(each, found.key) for each in said) else None


def meant(text: str) -> Field | None:
    """The column that a heading names, whatever stands in its brackets."""
    if len(text) > _LONGEST:
        return None
    return _named(text) or _by_heading().get(fields.fold(fields.bare(text.strip(_STARS))))


def _named(text: str) -> Field | None:
    """The column that a heading names as a whole."""
    return _by_heading().get(fields.fold(text.strip(_STARS)))


@cache
def _by_heading() -> Mapping[str, Field]:
    """The form's columns, and the slug's, by every heading that is known for them, folded."""
    found: dict[str, Field] = {}
    for field in (*fields.form(), fields.of_row()["slug"]):
        names = (field.key, field.heading, "".join(field.lines), *field.also)
        for name in (*names, *map(fields.bare, names)):
            found.setdefault(fields.fold(name), field)
    return found


def _bracketed(heading: str) -> Iterator[str]:
    """What stands in the brackets of a heading, each part of it folded: 月 and 必填 of 完成时限（月，必填）."""
    for line in heading.split("\n"):
        for part in _APART.split(line[slice(*fields.brackets(line))]):
            if said := fields.fold(part).strip(_AROUND):
                yield said


def _is_known(said: str, key: str) -> bool:
    """Whether what a heading's brackets say leaves its column what it is."""
    own, other = _OWN.get(key), _OF_OTHERS.get(key, _OF_ANY)
    return (own is not None and own.match(said) is not None) or (
        _HINT.match(said) is not None and other.search(said) is None
    )
