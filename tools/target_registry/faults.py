"""The documentation of the codes that reading a file can give; rules document themselves."""

from __future__ import annotations

from collections.abc import Mapping

WARNINGS = frozenset(("swallowed-text", "doubtful-text", "foreign-schema"))
"""The codes that don't fail a check by themselves."""

MANUALS: Mapping[str, str] = {
    "unreadable-file": r"""a file can't be read

Why: what can't be read can't be checked or counted; links are not followed, because they
can lead out of the registry.

Bad:
    targets/2018/05-own-brand.yaml -> /somewhere/else.yaml

Good:
    targets/2018/05-own-brand.yaml     # a plain file
""",
    "missing-plan": r"""a folder of targets has no plan.yaml

Why: the plan holds what the targets have in common: the form's title, the key works, the
total of the weights. Without it no target can be judged.

Bad:
    targets/2018/01-retail-sales.yaml  # and no plan.yaml beside it

Good:
    targets/2018/01-retail-sales.yaml
    targets/2018/plan.yaml
""",
    "too-large": r"""a file is larger than a target or a plan can be

Why: a target is a row of a form. A limit keeps one file from stopping the check of all.

Bad:
    remarks: （数万字的附件全文）

Good:
    remarks: 详见附件
""",
    "more-findings": r"""more is wrong with a file, or with all of them, than is listed

Why: one file's faults must not bury those of all others, nor a hundred thousand files' all
reports; where there are very many, most come from a few. A check ends where it can hold no
more, and says how many plans it has not looked at.

Bad:
    a: 1               # and some hundred keys more that no target has

Good:
    target: 社会消费品零售总额增长9%左右
""",
    "too-complex": r"""a file is nested too deeply or has too many parts

Why: a target has one level below its keys. Deep nesting is an attack on programs or an
accident.

Bad:
    measure: [[[[[[[[[[[[[]]]]]]]]]]]]]

Good:
    measure:
      unit: 家
""",
    "not-utf8": r"""a file is in another encoding than UTF-8

Why: the same bytes are other characters in another encoding; some editors on Chinese
Windows save as GBK unless told otherwise.

Bad:
    target: \xC9\xE7\xBB\xE1     # 社会, when saved as GBK

Good:
    target: 社会                  # saved as UTF-8
""",
    "byte-order-mark": r"""a file starts with a byte order mark

Why: some readers take the mark for the first letter of the first key. Notepad writes it
when told “UTF-8 with BOM”.

Bad:
    <U+FEFF>key_work: consumption

Good:
    key_work: consumption
""",
    "hidden-character": r"""a file holds a character that can't be seen

Why: invisible characters make two texts look equal that aren't, or show a text in another
order than it is written.

Bad:
    target: 增长<U+200B>9%

Good:
    target: 增长9%
""",
    "conflict-marker": r"""two versions of some lines were left by a merge

Why: Git writes both versions into the file where it can't choose. Until somebody does, neither
counts.

Bad:
    <<<<<<< HEAD
    weight: 4
    =======
    weight: 5
    >>>>>>> adjust-weights

Good:
    weight: 5
""",
    "lost-text": r"""a sign stands where text was lost

Why: the sign � is written by programs that could not read a character. What stood there is
gone from the file.

Bad:
    verification: 省统计局统计�据

Good:
    verification: 省统计局统计数据
""",
    "swallowed-text": r"""the end of a text is taken for a comment

Why: a # behind a space starts a comment, so that nobody who reads the table sees what stands
after it.

Bad:
    basis: 2018年度工作要点 #P4

Good:
    basis: "2018年度工作要点 #P4"
""",
    "foreign-schema": r"""a comment has editors take the schema from elsewhere

Why: an editor fetches what this comment names, from wherever that is, and completes and judges by it. The check
never does: it knows its own schema.

Bad:
    # yaml-language-server: $schema=https://example.com/target.schema.json

Good:
    # yaml-language-server: $schema=../../schema/target.schema.json
""",
    "doubtful-text": r"""a text is something else to programs that read YAML as it was before 2009

Why: no, off and 2018-06-30 are texts in YAML 1.2, and here. By YAML 1.1, as PyYAML and others read it, they are
false and a day, and 1:30 is the number 90. Quotes make them texts to all.

Bad:
    basis: 2018-06-30

Good:
    basis: "2018-06-30"
""",
    "empty-file": r"""a file holds nothing

Why: an empty file is a target that was begun and forgotten, or one whose text was lost.

Bad:
    # only a comment

Good:
    key_work: consumption
""",
    "several-documents": r"""a file holds a second document

Why: one file is one target. What stands after a line of three hyphens would be read by
some programs and not by others.

Bad:
    key_work: consumption
    ---
    key_work: exports

Good:
    key_work: consumption
""",
    "directive": r"""a line starting with a percent sign gives YAML orders

Why: a directive can change how the rest of the file is read.

Bad:
    %YAML 1.1
    ---
    weight: 010

Good:
    weight: 10
""",
    "tag": r"""a tag tells readers to make something else of a value

Why: a tag such as !!int can make a number of a text or a text of a number, and some make
programs run code.

Bad:
    weight: !!str 4

Good:
    weight: 4
""",
    "anchor": r"""a value is marked to be used elsewhere, or used from elsewhere

Why: an anchor (&) and an alias (*) make one line's value depend on another's, which a
reviewer of the change doesn't see.

Bad:
    basis: &plan 2018年国民经济和社会发展计划
    verification: *plan

Good:
    basis: 2018年国民经济和社会发展计划
    verification: 省统计局统计数据
""",
    "merge-key": r"""a merge key takes values from elsewhere

Why: readers of YAML 1.1 fill in the values of another group, readers of 1.2 don't.

Bad:
    <<: {weight: 4}

Good:
    weight: 4
""",
    "duplicate-key": r"""a key stands twice

Why: some readers take the first value, others the last, others refuse the file.

Bad:
    weight: 4
    weight: 5

Good:
    weight: 5
""",
    "odd-key": r"""a key is not a plain word

Why: keys are the words of the schema; a list or a number as a key is a slip.

Bad:
    ? [weight]
    : 4

Good:
    weight: 4
""",
    "ambiguous-number": r"""a number is written so that programs read it in different ways

Why: 012 is ten to one reader and twelve to another; 1_000 is a thousand or a text.

Bad:
    weight: 04

Good:
    weight: 4
""",
    "empty-value": r"""a key has no value

Why: a blank cell of the form is a key left out, so that blank and forgotten can't be
confused.

Bad:
    remarks:

Good:
    # no line for remarks at all
""",
    "fullwidth-colon": r"""a full-width colon stands after a key

Why: with ： the line is no entry: YAML takes it, and often the lines after it, for one long
text.

Bad:
    target：社会消费品零售总额增长9%左右

Good:
    target: 社会消费品零售总额增长9%左右
""",
    "missing-space": r"""no half-width space stands after a colon or a list's dash

Why: without the space, or with a full-width one, YAML takes key and value for one text, and no item starts.

Bad:
    weight:4

Good:
    weight: 4
""",
    "wide-indent": r"""a line is indented with a full-width or no-break space

Why: such a space looks like ordinary spaces and becomes part of the key.

Bad:
    measure:
    　unit: 家

Good:
    measure:
      unit: 家
""",
    "stray-tab": r"""a tab stands where YAML wants a space

Why: YAML forbids tabs in an indent, because nobody knows how wide a tab is, and elsewhere
programs differ about them.

Bad:
    measure:
    →   unit: 家        # → is a tab

Good:
    measure:
      unit: 家
""",
    "fullwidth-hash": r"""a comment starts with a full-width sign

Why: only a half-width # starts a comment; ＃ is text.

Bad:
    ＃ 待核实

Good:
    # 待核实
""",
    "fullwidth-dash": r"""a list item starts with a full-width dash

Why: only a half-width hyphen and a space start an item.

Bad:
    key_works:
      － id: consumption

Good:
    key_works:
      - id: consumption
""",
    "fullwidth-bracket": r"""a full-width bracket, comma or colon stands where YAML needs a half-width one

Why: YAML takes the whole for a text.

Bad:
    measure: ｛unit：家，aim：at_least｝

Good:
    measure:
      unit: 家
      aim: at_least
""",
    "fullwidth-digits": r"""a number is written with full-width digits

Why: ４ is a text to YAML, not the number 4.

Bad:
    weight: ４

Good:
    weight: 4
""",
    "needs-quotes": r"""a value starts with a sign that YAML keeps for itself

Why: % @ ` > | * & ! at the start of a value mean something to YAML.

Bad:
    unit: %

Good:
    unit: "%"
""",
    "unclosed-quote": r"""a quotation mark is opened and not closed

Why: everything up to the next mark, lines below included, becomes one text.

Bad:
    unit: "%

Good:
    unit: "%"
""",
    "text-after-quote": r"""text follows a value that its quote or bracket has closed already

Why: a value that starts with a quotation mark or a bracket ends with its partner.

Bad:
    basis: [2018]14号文

Good:
    basis: "[2018]14号文"
""",
    "bad-escape": r"""a backslash in double quotes starts an unknown escape

Why: in double quotes a backslash begins a code such as \n.

Bad:
    remarks: "见\附件"

Good:
    remarks: 见\附件
""",
    "unclosed-bracket": r"""a bracket is opened and not closed

Why: a value that starts with [ or { is a list or a group to YAML.

Bad:
    basis: [2018年计划

Good:
    basis: "[2018年计划"
""",
    "missing-colon": r"""a line has no “key: value” form

Why: a line without a colon is no entry.

Bad:
    weight 4

Good:
    weight: 4
""",
    "stray-colon": r"""a second “key: value” starts in the same line

Why: a colon and a space in a text look like a key to YAML.

Bad:
    remarks: 说明: 见附件

Good:
    remarks: 说明：见附件
""",
    "bad-indent": r"""a line is indented differently from its neighbours

Why: lines that belong together begin in the same column; two spaces more mean “inside”.

Bad:
    measure:
      unit: 家
       aim: at_least

Good:
    measure:
      unit: 家
      aim: at_least
""",
    "syntax": r"""the file can't be read as YAML

Why: what no reader understands can't be checked.

Bad:
    weight: 4 }{

Good:
    weight: 4
""",
    "missing-key": r"""a key that every target or plan needs is missing

Why: a form with a blank in such a cell isn't accepted.

Bad:
    key_work: consumption
    # and no line for weight

Good:
    key_work: consumption
    weight: 4
""",
    "unknown-key": r"""a key is not one of the schema's

Why: a misspelt key is a blank cell: the value is there, and no table shows it.

Bad:
    wieght: 4

Good:
    weight: 4
""",
    "wrong-type": r"""a value is of another kind than its key takes

Why: a weight that is a text can't be summed; a group that is a text has no entries.

Bad:
    weight: 4分
    measure: 增长9%

Good:
    weight: 4
    measure:
      indicator: 同比增速
      unit: "%"
      aim: about
      full_year: 9
""",
    "unknown-value": r"""a value is not one of those to choose from

Why: what is chosen from a list is counted by the list.

Bad:
    category: 关键量化指标

Good:
    category: key_quantitative
""",
    "out-of-range": r"""a number is too small or too large for its key

Why: there is no thirteenth month, and every target counts more than nothing.

Bad:
    deadline_month: 13

Good:
    deadline_month: 12
""",
    "blank-edge": r"""a text starts or ends with a blank, or is nothing else

Why: blanks at the edge can't be seen and make equal texts unequal.

Bad:
    basis: "2018年国民经济和社会发展计划 "

Good:
    basis: 2018年国民经济和社会发展计划
""",
    "malformed-id": r"""an identifier has other characters than a-z, 0-9 and hyphens

Why: identifiers become file names and addresses; other characters break somewhere.

Bad:
    key_work: Consumption_1

Good:
    key_work: consumption-1
""",
    "too-long": r"""a text or a list is too long

Why: a cell of the form holds some sentences, and a list as many items as a form has.

Bad:
    remarks: （两千字以上）

Good:
    remarks: 详见附件
""",
    "nothing-inside": r"""a list or a group is empty

Why: a blank is a key left out.

Bad:
    as_filed: {}

Good:
    # no line for as_filed at all
""",
    "needless-key": r"""a key has no place beside the measure's aim

Why: a target that follows another figure has no figure of its own, and one with a figure
of its own follows none.

Bad:
    aim: match
    reference: 全国平均增速
    full_year: 9

Good:
    aim: match
    reference: 全国平均增速
""",
}
