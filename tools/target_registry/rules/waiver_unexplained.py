"""a waiver gives no reason

Why: a waiver sets a rule aside for good, and whoever meets it years later has nothing but its reason. 无, a lone full
stop and TODO are none.

Bad:
    waivers:
      - rule: half-year-missing
        target: import-expo
        reason: 无

Good:
    waivers:
      - rule: half-year-missing
        target: import-expo
        reason: 任务由商务部下达，时间未定
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.hollow import is_hollow
from target_registry.model import Finding, Level, Message, Registry

CODE = "waiver-unexplained"
LEVEL = Level.ERROR
WAIVABLE = False


def check(registry: Registry) -> Iterator[Finding]:
    """Look at the reasons of waivers."""
    for plan in registry.plans:
        for waiver in plan.waivers:
            if is_hollow(waiver.reason):
                yield Finding(
                    CODE,
                    LEVEL,
                    plan.at("waivers", waiver.position - 1, "reason"),
                    Message("the waiver gives no reason but {text}", text=waiver.reason),
                    Message("write why the rule doesn't hold for this target"),
                )
