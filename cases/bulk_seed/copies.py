"""Copies of prototypes, written by the database itself: rows, events and escalations, with numbers of their own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models, transaction

from cases.actions.begin import next_number
from cases.bulk_seed.prototypes import HOUSE, NEARBY
from cases.models import Case, CaseEvent, CaseText, Category, Escalation

CHUNK = 20_000  # cases in one transaction
HOUSES = 997  # so many addresses along the street of a community
NEIGHBOURS = 20  # prototypes whose copies are mixed; copies of later prototypes get higher ids, as in life


@dataclass(frozen=True)
class Kept:
    """What an app keeps of each case: a row of `model`, which a copy gets from its prototype.

    `prepare` makes the rows of the prototypes as of a moment; `finish` is called once all copies are there.
    """

    model: type[models.Model]
    prepare: Callable[[datetime], object]
    finish: Callable[[], object]


kept_of_cases: list[Kept] = []


def copy_too(kept: Kept) -> None:
    """Have this copied with each case. Apps above say it once, when they are ready."""
    kept_of_cases.append(kept)


def multiply(prototypes: Sequence[int], count: int, progress: Callable[[int], object]) -> None:
    """Add `count` copies, spread evenly over the prototypes; `progress` gets the size of each chunk."""
    if count >= CHUNK and _are_there_at_most(count):
        with words_indexed_last():
            _multiply(prototypes, count, progress)
    else:
        _multiply(prototypes, count, progress)


def _are_there_at_most(count: int) -> bool:
    """Whether there are no more cases than that: else to index all of them anew costs more than it saves."""
    return Case.objects.order_by("pk")[: count + 1].count() <= count


@contextmanager
def words_indexed_last() -> Iterator[None]:
    """Without the index of words meanwhile: made at the end in one go, by several workers, it takes a fifth."""
    (index,) = CaseText._meta.indexes
    with connection.schema_editor() as editor:
        editor.execute(f"DROP INDEX IF EXISTS {editor.quote_name(index.name)}")  # a run that was killed left none
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            editor.add_index(CaseText, index)


def _multiply(prototypes: Sequence[int], count: int, progress: Callable[[int], object]) -> None:
    groups = [prototypes[start : start + NEIGHBOURS] for start in range(0, len(prototypes), NEIGHBOURS)]
    done = copied = 0
    for group in groups:
        done += len(group)
        wanted = count * done // len(prototypes) - copied
        for size in [CHUNK] * (wanted // CHUNK) + [wanted % CHUNK]:
            if size:
                _copy_group(group, size)
                progress(size)
        copied += wanted


@transaction.atomic
def _copy_group(group: Sequence[int], count: int) -> None:
    each = -(-count // len(group))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE bulk_copy (prototype bigint, case_id bigint, number text, house text, nearby text)"
        )
        cursor.execute(
            "WITH given AS (SELECT * FROM unnest(%s::bigint[], %s::text[], %s::int[]) AS one(prototype, day, serial)),"
            " numbered AS (SELECT prototype, day, serial + copy - 1 AS serial,"
            " row_number() OVER (ORDER BY copy, prototype) AS position"
            " FROM given CROSS JOIN generate_series(1, %s) AS copy)"
            " INSERT INTO bulk_copy SELECT prototype, %s + position,"
            " day || lpad(serial::text, greatest(4, length(serial::text)), '0'), serial %% %s + 1 || '号',"
            " (%s::text[])[position %% %s + 1] FROM numbered WHERE position <= %s",
            [*_numbers(group, each), each, _ids_for(count), HOUSES, *_matters(), count],
        )
        cursor.execute("ANALYZE bulk_copy")
        cursor.execute("SET LOCAL citymgmt.copies = 'on'")  # the texts are copied too, not made anew
        cursor.execute(
            _copy_statement(
                Case,
                "id",
                {
                    "id": "copy.case_id",
                    "number": "copy.number",
                    "address": _own("original.address"),
                    "description": _own("original.description"),
                },
            )
        )
        cursor.execute(_COPY_TEXTS)
        cursor.execute(_copy_statement(CaseEvent, "case_id", {"case_id": "copy.case_id", "changes": EVENT_CHANGES}))
        own = {"case_id": "copy.case_id", "number": "copy.number || '-D' || original.ordinal"}
        cursor.execute(_copy_statement(Escalation, "case_id", own))
        for kept in kept_of_cases:
            cursor.execute(_copy_statement(kept.model, "case_id", {"case_id": "copy.case_id"}))
        cursor.execute("DROP TABLE bulk_copy")


def _matters() -> tuple[list[str], int]:
    """What callers name, and how much that is: the categories, whose names need no escape in JSON."""
    matters = list(Category.objects.order_by("id").values_list("name_zh", flat=True))
    return matters, len(matters)


def _own(text: str, nearby: str = "copy.nearby") -> str:
    """SQL of a text of the prototype with the copy's own house and what its caller saw nearby."""
    return f"replace(replace({text}, '{HOUSE}', copy.house), '{NEARBY}', {nearby})"


_TEXT = _own("replace(kept.text, one.number, copy.number)", "cjk_fold(copy.nearby)")
_COPY_TEXTS = (
    f"INSERT INTO cases_casetext (case_id, text) SELECT copy.case_id, {_TEXT}"
    " FROM bulk_copy AS copy JOIN cases_case AS one ON one.id = copy.prototype"
    " JOIN cases_casetext AS kept ON kept.case_id = copy.prototype ORDER BY copy.case_id"
)
EVENT_CHANGES = (
    "CASE WHEN original.changes -> 'escalation.1' ? 'number' THEN jsonb_set(original.changes,"
    " '{escalation.1,number}', to_jsonb(copy.number || '-D1'))"
    f" WHEN original.seq = 1 THEN {_own('original.changes::text')}::jsonb ELSE original.changes END"
)


def _numbers(group: Sequence[int], copies: int) -> tuple[list[int], list[str], list[int]]:
    """For each prototype the numbers of its copies: sub-district and day, and the first serial of that day."""
    ids, days, serials = [], [], []
    for case in Case.objects.filter(pk__in=group).select_related("subdistrict").order_by("pk"):
        day, _hyphen, serial = next_number(case.subdistrict, case.created_at, copies).rpartition("-")
        ids.append(case.pk)
        days.append(f"{day}-")
        serials.append(int(serial))
    return ids, days, serials


def _ids_for(count: int) -> int:
    """Reserve `count` ids of cases; they follow the returned one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence('cases_case', 'id')")
        sequence = cursor.fetchone()[0]
        cursor.execute("SELECT nextval(%s)", [sequence])
        last = cursor.fetchone()[0]
        cursor.execute("SELECT setval(%s, %s)", [sequence, last + count])
    return int(last)


def _copy_statement(model: type[models.Model], case_column: str, own: dict[str, str]) -> str:
    """INSERT ... SELECT of all columns of the model; `own` gives those that differ from the original."""
    kept = [
        field.column
        for field in model._meta.concrete_fields
        if field.column and field.column not in {*own, "id", "request_key"}
    ]
    columns = [*own, *kept]
    values = [*own.values(), *(f"original.{column}" for column in kept)]
    table = model._meta.db_table
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    return (
        f"INSERT INTO {table} ({quoted}) SELECT {', '.join(values)} FROM bulk_copy AS copy"
        f" JOIN {table} AS original ON original.{case_column} = copy.prototype ORDER BY copy.case_id"
    )


def analyse() -> None:
    """Tell the planner what the tables hold now."""
    models_of_cases: list[type[models.Model]] = [Case, CaseEvent, CaseText, Escalation]
    with connection.cursor() as cursor:
        for model in (*models_of_cases, *(kept.model for kept in kept_of_cases)):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
