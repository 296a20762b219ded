"""Print docs/workflow.md from the workflow table: `python docs/workflow.py > docs/workflow.md`."""

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cases.workflow import OPEN, STATES, STEPS, TRANSITIONS, Transition

MANY = 5  # an action from this many states or more is told in the table only
OF_THE_CLOCK = {  # the steps that move a case to another state
    "escalate_overdue": (("filed", "dispatched", "handling"), "escalated"),
    "resume_by_itself": (("suspended",), "handling"),
}


def arrows() -> Iterator[str]:
    """The lines of the diagram."""
    yield "    [*] --> reported"
    for action in TRANSITIONS.values():
        target = "suspended" if action.action == "approve" else action.target
        if target and len(action.sources) < MANY:
            yield from (f"    {source} --> {target}: {action.action}" for source in _in_order(action.sources))
    for kind, (sources, target) in OF_THE_CLOCK.items():
        yield from (f"    {source} --> {target}: {kind}" for source in sources)
    yield from (f"    {state.code} --> [*]" for state in STATES.values() if state.is_end)


def rows() -> Iterator[str]:
    """The lines of the table of actions."""
    for action in TRANSITIONS.values():
        yield (
            f"| `{action.action}` | {action.label} | {_sources(action)} | {action.target or ''} "
            f"| {', '.join(action.carries)} | {', '.join(action.may_carry)} | `{action.permission}` |"
        )


def _in_order(sources: frozenset[str]) -> list[str]:
    return [code for code in STATES if code in sources]


def _sources(action: Transition) -> str:
    if action.sources == frozenset(STATES):
        return "every state"
    return "every open state" if action.sources == OPEN else ", ".join(_in_order(action.sources))


def page() -> Iterator[str]:
    """The lines of the page."""
    yield from ("# The life of a case", "", "Printed from `cases/workflow` by `docs/workflow.py`; do not edit.", "")
    yield from ("```mermaid", "stateDiagram-v2", *arrows(), "```", "")
    yield from ("| State | Wording | Clock | End |", "|---|---|---|---|")
    for state in STATES.values():
        yield f"| `{state.code}` | {state.label} | {state.clock} | {'yes' if state.is_end else ''} |"
    yield from ("", "An approved suspension leads to `suspended`; a department's answer on a case that nobody has")
    yield from ("leads back to `filed`.", "")
    yield from (
        "| Action | Button | From | To | Must carry | May carry | Permission |",
        "|---|---|---|---|---|---|---|",
    )
    yield from rows()
    yield from ("", "| Step by itself | Wording |", "|---|---|")
    yield from (f"| `{kind}` | {label} |" for kind, label in STEPS.items())


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print("\n".join(page()))
