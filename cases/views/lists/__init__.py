"""Lists of cases: the clerk's desk, one's own tasks, all cases, what is overdue, what waits for a decision."""

from cases.views.lists.approvals import approvals
from cases.views.lists.browse import case_list
from cases.views.lists.bulk import bulk
from cases.views.lists.desk import desk
from cases.views.lists.escalations import escalations
from cases.views.lists.exports import download, export, export_file, export_jobs, start_export
from cases.views.lists.keeping import choose_list_columns, delete_list_view, list_views, save_list_view
from cases.views.lists.mine import mine
from cases.views.lists.overdue import overdue

__all__ = [
    "approvals",
    "bulk",
    "case_list",
    "choose_list_columns",
    "delete_list_view",
    "desk",
    "download",
    "escalations",
    "export",
    "export_file",
    "export_jobs",
    "list_views",
    "mine",
    "overdue",
    "save_list_view",
    "start_export",
]
