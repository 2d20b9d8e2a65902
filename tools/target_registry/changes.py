"""Two registries to what differs between them: facts, and no judgement.

Identity is the slug: a target that has another number, another file or another folder is the
same target. Where the bytes differ and the data doesn't, that is a fact too.
"""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any

from target_registry import fields
from target_registry.equality import same
from target_registry.model import About, Adjustment, Plan, Registry, Target, Way, Where
from target_registry.nearest import likeness
from target_registry.verdicts import Change, Subject

_ALIKE = 0.6
"""From here on a sentence is taken for the same one, written otherwise; as ``difflib`` counts."""
_COMPARED = 200
"""Characters of two sentences that are looked at to tell that."""
_MOST_OF_A_NUMBER = 8
"""Targets with one number that are looked at for a new one's sake; in a sound plan there is one."""


def compare(before: Registry, after: Registry) -> tuple[Change, ...]:
    """What differs, plan by plan: the plan itself, then its targets in the form's order.

    Args:
        before: the earlier registry.
        after: the later. Either may hold only what differs between the two.
    """
    found: list[Change] = []
    for old, new in pairs(before, after):
        found += _plan(old, new)
        found += _targets(old, new)
        found += _records(old, new)
    return tuple(found)


def files(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    """What differs in files beside the plans.

    Args:
        before: the files' ids by path.
        after: the same, later.
    """
    return tuple(
        Change(
            Subject.FILE,
            "",
            None,
            None,
            (About.FILE, path),
            before.get(path),
            after.get(path),
            Where(path.removeprefix("/")),
            gone=path not in after,
        )
        for path in sorted({*before, *after})
        if before.get(path) != after.get(path)
    )


def pairs(before: Registry, after: Registry) -> Iterator[tuple[Plan | None, Plan | None]]:
    """Plans that are one another's: of the same folder, or of the same year and department in another one.

    Where several may be one another's, as where a plan is split, it is those with the most targets in common.
    """
    old = {plan.id: plan for plan in before.plans}
    new = {plan.id: plan for plan in after.plans}
    gone = [plan for plan in before.plans if plan.blob and not (plan.id in new and new[plan.id].blob)]
    come: dict[tuple[str, str], list[Plan]] = {}
    for plan in after.plans:
        if plan.blob and not (plan.id in old and old[plan.id].blob):
            come.setdefault(_names(plan), []).append(plan)
    alike = [(one, other) for one in gone for other in come.get(_names(one), ())]
    moved: dict[str, str] = {}
    taken = set[str]()
    for one, other in sorted(alike, key=lambda pair: (-_shared(*pair), pair[0].id, pair[1].id)):
        if one.id not in moved and other.id not in taken:
            moved[one.id] = other.id
            taken.add(other.id)
    for identity in sorted({*old, *new} - taken):
        yield old.get(identity), new.get(moved.get(identity, identity))


def _shared(one: Plan, other: Plan) -> int:
    return len({target.slug for target in one.targets} & {target.slug for target in other.targets})


def _names(plan: Plan) -> tuple[str, str]:
    return repr(plan.year or plan.values.get("year")), repr(plan.values.get("department"))


class _At:
    """Makes changes of one plan or target, which differ in their route and values only."""

    def __init__(
        self, subject: Subject, plan: Plan, target: Target | None = None, gone: bool = False, now: Plan | None = None
    ) -> None:
        self._subject = subject
        self._plan = plan
        self._identity = (now or plan).id
        self._target = target
        self._gone = gone

    def __call__(self, route: Way, before: Any, after: Any, where: Where | None = None) -> Change:
        target = self._target
        at = where or (target.at(*route) if target else self._plan.at(*route))
        return Change(
            self._subject,
            self._identity,
            target.slug if target else None,
            target.number if target else None,
            route,
            before,
            after,
            at,
            self._gone,
        )


def _plan(old: Plan | None, new: Plan | None) -> Iterator[Change]:
    if old is None or not old.blob:
        if new is not None and new.blob:
            yield _At(Subject.PLAN, new)((), None, dict(new.values), new.at())
        return
    if new is None or not new.blob:
        yield _At(Subject.PLAN, old, gone=True)((), dict(old.values), None, old.at())
        return
    make = _At(Subject.PLAN, new)
    if old.id != new.id:
        yield make((About.PATH,), old.path, new.path, new.at())
    changed = False
    if not (old.readable and new.readable) and old.blob != new.blob and "same" not in (old.blob, new.blob):
        changed = True
        yield _reading(make, old.readable, new.readable, new.at())
    if _is_blank(old) or _is_blank(new):
        return
    for route, before, after in _plan_values(old, new):
        changed = True
        yield make(route, before, after, _plan_place(new, route))
    if not changed and old.blob != new.blob and "same" not in (old.blob, new.blob):
        yield make((About.LAYOUT,), None, None, new.at())


def _reading(make: _At, before: bool, after: bool, where: Where) -> Change:
    """Whether a file could be read, strictly and whole: behind a fault another value may stand than the one told."""
    return make((About.FILE,), "readable" if before else "unreadable", "readable" if after else "unreadable", where)


def _is_blank(thing: Plan | Target) -> bool:
    """Whether nothing of a file could be read, so that none of its values can be compared."""
    return not thing.readable and not thing.values


def _plan_values(old: Plan, new: Plan) -> Iterator[tuple[Way, Any, Any]]:
    known = list(fields.schema("plan")["properties"])
    for key in sorted({*old.values, *new.values}, key=lambda key: (known.index(key) if key in known else 99, key)):
        before, after = old.values.get(key), new.values.get(key)
        if same(before, after):
            continue
        if key == "key_works":
            yield from _key_works(old, new)
        elif key == "waivers":
            yield from _waivers(old, new)
        elif isinstance(before, Mapping) or isinstance(after, Mapping):
            yield from _leaves((key,), before, after)
        else:
            yield (key,), before, after


def _leaves(route: Way, before: Any, after: Any) -> Iterator[tuple[Way, Any, Any]]:
    """The values below two mappings that differ."""
    if not all(isinstance(side, Mapping) or side is None for side in (before, after)):
        yield route, before, after
        return
    for key in dict.fromkeys([*(before or {}), *(after or {})]):
        one, other = (before or {}).get(key), (after or {}).get(key)
        if not same(one, other):
            yield (*route, key), one, other


def _key_works(old: Plan, new: Plan) -> Iterator[tuple[Way, Any, Any]]:
    before, after = old.key_work_by_id, new.key_work_by_id
    found = False
    for identity in dict.fromkeys([*before, *after]):
        one = before[identity].title if identity in before else None
        other = after[identity].title if identity in after else None
        if one is None or other is None:
            found = True
            yield ("key_works", identity), one, other
        elif one != other:
            found = True
            yield ("key_works", identity, "title"), one, other
    kept = [identity for identity in before if identity in after]
    moved = [identity for identity in after if identity in before]
    if kept != moved:
        found = True
        yield ("key_works",), tuple(kept), tuple(moved)
    if not found:  # duplicates, or items that are no key works
        yield ("key_works",), old.values.get("key_works"), new.values.get("key_works")


def _waivers(old: Plan, new: Plan) -> Iterator[tuple[Way, Any, Any]]:
    before = {(waiver.rule, waiver.target): waiver.reason for waiver in old.waivers}
    after = {(waiver.rule, waiver.target): waiver.reason for waiver in new.waivers}
    found = False
    for rule, target in dict.fromkeys([*before, *after]):
        one, other = before.get((rule, target)), after.get((rule, target))
        if one != other:
            found = True
            yield ("waivers", f"{rule}/{target}"), one, other
    if not found:
        yield ("waivers",), old.values.get("waivers"), new.values.get("waivers")


def _plan_place(plan: Plan, route: Way) -> Where:
    """Where a plan's value stands: list items are found by their place, not by their name."""
    if route[0] == "key_works" and len(route) > 1 and route[1] in plan.key_work_by_id:
        return plan.at("key_works", plan.key_work_by_id[str(route[1])].position - 1, *route[2:])
    if route[0] == "waivers" and len(route) > 1:
        place = plan.waiver_places.get(str(route[1]))
        return plan.at("waivers") if place is None else plan.at("waivers", place - 1)
    return plan.at(*route)


def _targets(old: Plan | None, new: Plan | None) -> Iterator[Change]:
    for one, other in target_pairs(old, new):
        yield from _target(old, new, one, other)


def target_pairs(old: Plan | None, new: Plan | None) -> list[tuple[Target | None, Target | None]]:
    """Targets that are one another's, in the form's order; None where there is none.

    Args:
        old: the plan before.
        new: the same plan after.
    """
    kept = _file_names(old) & _file_names(new)
    before = _by_slug(old, kept)
    after = _by_slug(new, kept)
    renamed = _renamed(
        {slug: target for slug, target in before.items() if slug not in after},
        {slug: target for slug, target in after.items() if slug not in before},
    )
    pairs: list[tuple[Target | None, Target | None]] = [
        (before.get(renamed.get(slug, slug)), target) for slug, target in after.items()
    ]
    gone = set(before) - set(after) - set(renamed.values())
    pairs += [(before[slug], None) for slug in gone]
    return sorted(pairs, key=lambda pair: _place(pair[1] or pair[0]))


def _place(target: Target | None) -> tuple[bool, int, str]:
    number = target.number if target else None
    return number is None, number or 0, target.slug if target else ""


def _file_names(plan: Plan | None) -> set[str]:
    return {posixpath.basename(target.path) for target in plan.targets} if plan else set()


def _by_slug(plan: Plan | None, kept: Collection[str]) -> dict[str, Target]:
    """Targets by slug; of two with one slug first those whose files are kept, then the well named, then the first.

    Args:
        plan: whose.
        kept: the names of files that are there before and after.
    """
    found: dict[str, Target] = {}
    times = Counter[str]()

    def place(target: Target) -> tuple[bool, str, bool]:
        name = posixpath.basename(target.path)
        return (False, name, False) if name in kept else (True, "", not target.well_named)

    for target in sorted(plan.targets, key=place) if plan else ():
        slug = target.slug
        while slug in found:
            times[target.slug] += 1
            slug = f"{target.slug} ({times[target.slug] + 1})"
        found[slug] = target
    return found


def _renamed(gone: Mapping[str, Target], come: Mapping[str, Target]) -> dict[str, str]:
    """New slugs with the old ones of what is the same target: the same file, or the same number and much the same sentence."""
    found: dict[str, str] = {}
    of_bytes: dict[str, dict[str, Target]] = defaultdict(dict)
    of_number: dict[int | None, dict[str, Target]] = defaultdict(dict)
    slugs = {target.path: slug for slug, target in gone.items()}
    for target in gone.values():
        of_number[target.number][target.path] = target
        if target.blob:
            of_bytes[target.blob][target.path] = target
    for slug, target in come.items():
        near = islice(of_number[target.number].values(), _MOST_OF_A_NUMBER)
        match = next(iter(of_bytes[target.blob].values()), None) or next(
            (one for one in near if _alike(one.text("target"), target.text("target"))), None
        )
        if match is not None:
            of_number[match.number].pop(match.path)
            of_bytes[match.blob].pop(match.path, None)
            found[slug] = slugs[match.path]
    return found


def _alike(one: str, other: str) -> bool:
    return likeness(one[:_COMPARED], other[:_COMPARED]) >= _ALIKE


def _target(old: Plan | None, new: Plan | None, one: Target | None, other: Target | None) -> Iterator[Change]:
    if other is None:
        if one is not None and old is not None:
            # In a plan that has moved it is the plan as it is now that lacks the target.
            yield _At(Subject.TARGET, old, one, gone=True, now=new)((), _whole(one), None, one.at())
        return
    plan = new or old
    if plan is None:
        return
    make = _At(Subject.TARGET, plan, other)
    if one is None:
        yield make((), None, _whole(other), other.at())
        return
    if one.slug != other.slug:
        yield make((About.SLUG,), one.slug, other.slug, other.at())
    if one.number != other.number:
        yield make((About.NUMBER,), one.number, other.number, other.at())
    if (one.plan, one.well_named) != (other.plan, other.well_named):
        yield make((About.PATH,), one.path, other.path, other.at())
    changed = False
    if not (one.readable and other.readable) and one.blob != other.blob:
        changed = True
        yield _reading(make, one.readable, other.readable, other.at())
    if _is_blank(one) or _is_blank(other):
        return
    known = list(fields.of_target())
    for key in sorted(
        {*one.values, *other.values}, key=lambda key: (known.index(key) if key in known else 99, str(key))
    ):
        before, after = one.values.get(key), other.values.get(key)
        if same(before, after):
            continue
        changed = True
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            for route, low, high in _leaves((key,), before, after):
                yield make(route, low, high)
        else:
            yield make((key,), before, after)
    if not changed and one.blob != other.blob:
        yield make((About.LAYOUT,), None, None, other.at())


def _whole(target: Target) -> dict[str, Any] | None:
    """All that a target's file says, as far as it can be read."""
    return dict(target.values)


def _records(old: Plan | None, new: Plan | None) -> Iterator[Change]:
    """Records that were there before and say something else now; new ones are no change, they explain some."""
    before: dict[str, Adjustment] = {_key(record): record for record in (old.adjustments if old else ())}
    after: dict[str, Adjustment] = {_key(record): record for record in (new.adjustments if new else ())}
    for key, record in before.items():
        kept = after.get(key)
        if kept is None or kept.blob != record.blob:
            plan = new or old
            if plan is not None:
                yield Change(
                    Subject.RECORD,
                    plan.id,
                    None,
                    None,
                    (About.RECORD, key),
                    record.texts.get("reason", ""),
                    kept.texts.get("reason", "") if kept else None,
                    (kept or record).at(),
                    gone=kept is None,
                )


def _key(record: Adjustment) -> str:
    return f"{record.folder}/{record.name}"
