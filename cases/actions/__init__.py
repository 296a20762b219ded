"""The use cases of a case: the one door for writes, for pages, API, Celery, imports and demo data alike.

`perform` runs an action of the workflow table by name; `report_case`, `log_case`, `log_into` and `import_cases` begin
cases; `hand_over_cases` follows a change of officer.
"""

from cases.actions import desk, district, endings, facts, field, more_time  # noqa: F401  (they register themselves)
from cases.actions.begin import Matter, log_case, log_into, report_case
from cases.actions.frame import ACTIONS, perform
from cases.actions.handover import hand_over_cases
from cases.actions.ledger import LedgerRow, import_cases
from cases.actions.photos import mark_draft, redact_photo, remove_draft, upload_photo
from citymgmt.photos.actions import process_photos

__all__ = [
    "ACTIONS",
    "LedgerRow",
    "Matter",
    "hand_over_cases",
    "import_cases",
    "log_case",
    "log_into",
    "mark_draft",
    "perform",
    "process_photos",
    "redact_photo",
    "remove_draft",
    "report_case",
    "upload_photo",
]
