"""Content controls of a Word document, and the other elements that only stand around what a person sees.

Source: ECMA-376 part 1, section 17.5.2 (structured document tags); [MS-DOCX], section 2.5.2 (repeating sections).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from target_registry.forms.word_alternatives import ALTERNATIVES, chosen
from target_registry.forms.word_styles import W, switch
from target_registry.patterns import lazy

# Elements around others that change nothing about them, and those whose content goes once the change is accepted.
AROUND = ALTERNATIVES | frozenset(
    W + name
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
)  # fmt: skip
ARRIVED = frozenset((W + "ins", W + "moveTo"))
_USUAL = lazy(
    r"(?i)\s*(?:"
    r"(?:[请請]|单击|点击|[在此]处)(?:在|此处|这里|單擊|单击|点击|以|来|[后後]){0,4}(?:[输輸]入|键入|填写|[选選][择擇])"
    r"[^0-9０-９一二三四五六七八九十百千万亿%％，,；;]{0,12}"
    r"|[请請]?(?:在|单击|點選|点击|按一下|轻触|或|此处|這裡|这里|以|来|[后後]){0,8}(?:[输輸]入|键入|填写|[选選][择擇])"
    r"(?:所需|任何|[您你]的)?(?:一[个個]?)?(?:文字|文本|内容|日期|[项項]目?|[选選][项項]|构建基块)?"
    r"|(?:(?:please|click|tap|or|here|to)\s+){0,6}(?:enter|choose|select|type)(?:\s+(?:an?|any|your))?"
    r"(?:\s+(?:text|date|item|content|building\s+block))?(?:\s+here)?"
    r"|\[[^][0-9]{1,20}\]"
    r"|输入要重复的任何内容，包括其他内容控件。还可以在表格行周围插入此控件，以便重复表格的各部分"
    r"|enter any content that you want to repeat, including other content controls\. "
    r"You can also insert this control around table rows in order to repeat parts of a table"
    r")?[.。…]{0,3}\s*"
)
"""What Word and WPS themselves, and those who make a form, write where nothing has been filled in."""
_LONGEST = 200
"""Characters of a prompt that may be a usual one."""


class Controls(NamedTuple):
    """What the content controls around something say of it.

    Attributes:
        bound: whether one takes its content from elsewhere in the file.
        unfilled: whether one shows only its prompt.
    """

    bound: bool = False
    unfilled: bool = False


FREE = Controls()
"""No control stands around."""


def within(node: Any, *tags: str, around: Controls = FREE) -> Iterator[tuple[Any, Controls]]:
    """Elements of these tags below one, looking through what only stands around them; with the controls around each.

    Args:
        node: where to look.
        tags: what to look for.
        around: the controls around the node itself.
    """
    open_levels = [(iter(chosen(node)), around)]  # no call within a call: each element would pass through all of them
    while open_levels:
        children, controls = open_levels[-1]
        for child in children:
            if child.tag in tags:
                yield child, controls
            elif child.tag in AROUND or child.tag in ARRIVED:
                open_levels.append((iter(chosen(child)), _with(controls, child)))
                break
        else:
            open_levels.pop()


def _with(controls: Controls, node: Any) -> Controls:
    if node.tag != W + "sdt":
        return controls
    return Controls(controls.bound or is_bound(node), controls.unfilled or is_unfilled(node))


def is_bound(control: Any) -> bool:
    """Whether a control's content is taken from elsewhere in the file."""
    properties = control.find(W + "sdtPr")
    return properties is not None and next(properties.iterchildren("{*}dataBinding"), None) is not None


def is_unfilled(node: Any) -> bool:
    """Whether an element is a content control that shows only its prompt, which is no text of anybody."""
    return node.tag == W + "sdt" and bool(switch(node.find(W + "sdtPr"), "showingPlcHdr"))


def prompts(node: Any) -> bool:
    """Whether what stands in a control that nobody filled in is nothing but a prompt."""
    text = "".join(part.text or "" for part in node.iter(W + "t"))
    return len(text) <= _LONGEST and _USUAL.fullmatch(text) is not None
