"""The use cases of a case: the one door for writes, for pages, API, Celery, imports and demo data alike.

`perform` runs an action of the workflow table by name; `report_case`, `log_case` and `import_cases` begin
cases; `hand_over_cases` follows a change of officer.
"""

from cases.actions import desk, district, endings, facts, field, more_time  # noqa: F401  (they register themselves)
from cases.actions.begin import Matter, log_case, report_case
from cases.actions.frame import ACTIONS, perform
from cases.actions.handover import hand_over_cases
from cases.actions.ledger import LedgerRow, import_cases

__all__ = [
    "ACTIONS",
    "LedgerRow",
    "Matter",
    "hand_over_cases",
    "import_cases",
    "log_case",
    "perform",
    "report_case",
]
