"""Commands that write, ended at random moments: ``python -m tests.kills 1000`` says in which state each was left.

Each is judged as ``tests.faults`` does: a state that is neither old, new nor to be completed ends the run.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.faults import COMMANDS, Fault, Scene

_SIGNALS = (*("SIGKILL",) * 6, "SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGPIPE")


def main() -> None:
    """Kill as often as is asked, in turn at each command."""
    wanted, seed = (int(word) for word in (*sys.argv[1:], "1000", "1")[:2])
    chance = random.Random(seed)  # noqa: S311  no secret
    states: dict[str, Counter[str]] = {name: Counter() for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        scenes = [Scene(Path(folder), name) for name in COMMANDS]
        for number in range(wanted):
            scene = scenes[number % len(scenes)]
            kind = chance.choice(_SIGNALS)
            # Most of a call is reading, so that the clock runs from one of its calls that write.
            step, moment = chance.randrange(len(scene.whole.calls)), chance.choice((0, 0.0005, 0.002))
            states[scene.name][f"{kind} {scene.fail(Fault(step, kind), seconds=moment)}"] += 1
    for name, found in states.items():
        told = ", ".join(f"{count} {state}" for state, count in sorted(found.items()))
        sys.stdout.write(f"{name}: {told}\n")
    total = Counter[str]()
    for found in states.values():
        for state, count in found.items():
            total[state.split()[1]] += count
    sys.stdout.write(f"all {wanted}: " + ", ".join(f"{count} {state}" for state, count in sorted(total.items())) + "\n")


if __name__ == "__main__":
    main()
