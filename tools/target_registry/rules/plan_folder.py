"""a plan's year or department contradicts its folder

Why: people find a plan by its folder, and the tables print what is written in it. A plan
copied from last year keeps last year's year and department until somebody notices.

Bad:
    # targets/2018/plan.yaml
    year: 2017

Good:
    # targets/2018/plan.yaml
    year: 2018
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import IDENTIFIER, Finding, Level, Message, Name, Plan, Registry

CODE = "plan-folder"
LEVEL = Level.ERROR
WAIVABLE = False


def check(registry: Registry) -> Iterator[Finding]:
    """Compare the folders below targets/ with the plan: first the year, then the department."""
    for plan in registry.plans:
        if not plan.readable:
            continue
        year, *departments = plan.id.split("/")
        written = plan.values.get("year")
        if not (year.isascii() and year.isdigit() and len(year) == 4) or len(departments) > 1:
            yield Finding(
                CODE,
                LEVEL,
                plan.at(),
                Message("the folder {folder} is not a year, or a year and a department", folder=plan.id),
                Message("a plan lies in targets/2018 or in targets/2018/commerce"),
            )
        elif written is not None and int(written) != int(year):
            yield Finding(
                CODE,
                LEVEL,
                plan.at("year"),
                Message("the year is {year}, but the folder is {folder}", year=written, folder=plan.id),
                Message("correct the year, or move the plan"),
            )
        elif departments:
            yield from _department(plan, departments[0])


def agrees(identity: str, year: str, department: str) -> bool:
    """Whether a plan's folder surely is that of its year, or of its year and its department.

    Args:
        identity: the plan's id, which is its folder below ``targets/``.
        year: the plan's, in digits.
        department: the id of the plan's department; empty where it says none.
    """
    return len(year) == len("2018") and (identity == year or (department != "" and identity == f"{year}/{department}"))


def _department(plan: Plan, folder: str) -> Iterator[Finding]:
    identity = plan.values.get("department_id")
    if folder in (identity, plan.values.get("department")):
        return
    if identity is None:
        if not IDENTIFIER.match(folder):
            yield Finding(
                CODE,
                LEVEL,
                plan.at(),
                Message("the folder {folder} can't be a department's", folder=plan.id),
                Message("name it with a-z, 0-9 and hyphens, and write the same as {key}", key=Name("department_id")),
            )
        return
    message = Message(
        "{key} is {id}, but the folder is {folder}", key=Name("department_id"), id=identity, folder=folder
    )
    yield Finding(CODE, LEVEL, plan.at("department_id"), message, Message("correct it, or move the plan"))
