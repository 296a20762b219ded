"""Draw the diagram of docs/architecture.md from the imports: `python docs/architecture.py`; `--check` finds untruths.

A room is drawn once with all that belongs to it; an arrow is a real import with its count. Arrows that others imply
are left out. The check fails for a stale diagram, an upward arrow, and for a file or a name that the page tells of and
that does not exist.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.measuring.floors import imports_of, read_graph, room_of

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- drawn by docs/architecture.py -->", "<!-- end of the drawing -->"
# What is drawn, from top to bottom: floor, name, and the rooms that belong to it
DRAWN: tuple[tuple[str, str, str], ...] = (
    ("patrols", "patrols", "patrols"),
    ("cases", "statistics", "statistics"),
    ("cases", "meetings", "meetings"),
    ("cases", "intake", "intake"),
    ("cases", "publicity", "publicity"),
    (
        "cases",
        "doors",
        "urls api_urls views api admin apps tasks management demo bulk_seed verification watching beside"
        " beside_communities beside_projects pressing"
        " citing",
    ),
    ("cases", "lists", "listing list_forms exporting export_work standard_form"),
    ("cases", "forms, serializers", "forms serializers templatetags importing"),
    ("cases", "actions", "actions"),
    ("cases", "settling", "settling escalating"),
    ("cases", "history", "history"),
    ("cases", "notices", "notices told mentions"),
    ("cases", "questions", "querysets named scopes conditions available similar filters search keyset columns queues"),
    ("cases", "models", "models"),
    ("cases", "pure cores", "deadlines workflow masking"),
    ("communities", "communities", "communities"),
    ("citymgmt", "frame", "urls apps checks context docs_view health pages settings bells wsgi web celery api_schema"),
    ("citymgmt", "outbox", "outbox"),
    ("citymgmt", "worktime", "worktime"),
    ("citymgmt", "people", "people"),
    (
        "citymgmt",
        "ground",
        "citymgmt addresses api bulk collecting coordinates database_clock documents embedded even faults fields"
        " files form_pages forms found fsbroker helping history html jobs keeping logs metrics middleware mistakes"
        " months papers paperwork photos prepared qr refusals replica sealed sheets tables triggers uploads watching"
        " wording written",
    ),
)
Arrows = Mapping[tuple[int, int], int]  # from and to, as positions in DRAWN, and how many imports


def positions() -> dict[str, int]:
    """Where each room is drawn."""
    found = {}
    for position, (floor, _name, rooms) in enumerate(DRAWN):
        for room in rooms.split():
            found[room if room == floor else f"{floor}.{room}"] = position
    return found


def arrows(imports: Iterable[tuple[str, str]]) -> Arrows:
    """The imports between what is drawn. Raises KeyError for a room that is not drawn yet."""
    at = positions()
    pairs = ((room_of(one), room_of(other)) for one, other in imports)
    kept = [pair for pair in pairs if "cases.migrations" not in pair and pair[0] != "citymgmt"]
    counted = Counter((at[one], at[other]) for one, other in kept)
    return {pair: count for pair, count in counted.items() if pair[0] != pair[1]}


def upward(drawn: Arrows) -> list[str]:
    """The arrows that lead up, in words."""
    return [f"{DRAWN[one][1]} imports {DRAWN[other][1]}" for one, other in sorted(drawn) if one > other]


def plain(drawn: Arrows) -> list[tuple[int, int]]:
    """The arrows that no way over other arrows implies."""
    return [pair for pair in sorted(drawn) if not _is_implied(pair, drawn)]


def _is_implied(pair: tuple[int, int], drawn: Arrows) -> bool:
    """Arrows lead downwards only, so whatever lies on another way lies between the two."""
    reached = {pair[0]}
    for position in range(pair[0] + 1, pair[1]):
        if any((one, position) in drawn for one in reached):
            reached.add(position)
    return any((one, pair[1]) in drawn for one in reached - {pair[0]})


def diagram(drawn: Arrows) -> Iterator[str]:
    """The lines of the diagram."""
    yield from (BEGIN, "```mermaid", "flowchart TB")
    for floor in dict.fromkeys(floor for floor, _name, _rooms in DRAWN):
        yield f"    subgraph {floor}"
        yield from (f'        r{at}["{name}"]' for at, (of, name, _rooms) in enumerate(DRAWN) if of == floor)
        yield "    end"
    yield from (f"    r{one} -->|{drawn[one, other]}| r{other}" for one, other in plain(drawn))
    total, shown = sum(drawn.values()), len(plain(drawn))
    yield from ("```", "", f"{total} imports between these rooms along {len(drawn)} ways, none of them upward;")
    yield from (f"{shown} ways are drawn, the others follow from them.", "", "| Drawn as | Holds |", "|---|---|")
    yield from (f"| {floor}: {name} | {_held(rooms)} |" for floor, name, rooms in DRAWN if name != rooms)
    yield END


def _held(rooms: str) -> str:
    return ", ".join(f"`{room}`" for room in rooms.split())


def redrawn(text: str, drawn: Arrows) -> str:
    """The page with the diagram of now."""
    before, rest = text.split(BEGIN)
    return before + "\n".join(diagram(drawn)) + rest.split(END)[1]


def missing(text: str, root: Path = ROOT) -> list[str]:
    """The files and names that the page tells of, as `file` or `file::name`, and that do not exist."""
    told = re.findall(r"`([\w./-]+/[\w.-]*\w)(?:::(\w+))?`", text)
    return [f"{file}::{name}" if name else file for file, name in told if not _exists(root / file, name)]


def _exists(file: Path, name: str) -> bool:
    if not name:
        return file.exists()
    told = file.read_text("utf-8") if file.is_file() else ""
    return re.search(rf"^\s*(?:def|class) {name}\b|^{name}\b", told, re.MULTILINE) is not None


def complaints(text: str, drawn: Arrows) -> list[str]:
    """What the page says that is not so."""
    found = [f"upward: {arrow}" for arrow in upward(drawn)] + [f"does not exist: {name}" for name in missing(text)]
    is_stale = redrawn(text, drawn) != text
    return found + (["the diagram is stale: python docs/architecture.py"] if is_stale else [])


def main(arguments: list[str]) -> int:
    """Draw the diagram anew, or check the page; returns the exit code."""
    text, drawn = PAGE.read_text("utf-8"), arrows(imports_of(read_graph(ROOT)))
    if "--check" not in arguments:
        PAGE.write_text(redrawn(text, drawn), "utf-8")
        return 0
    found = complaints(text, drawn)
    print("\n".join(found) or "docs/architecture.md is true")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
