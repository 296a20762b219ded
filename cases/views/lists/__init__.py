"""Lists of cases: the clerk's desk, one's own tasks, all cases, what is overdue, what waits for a decision."""

from cases.views.lists.approvals import approvals
from cases.views.lists.browse import case_list
from cases.views.lists.bulk import bulk
from cases.views.lists.desk import desk
from cases.views.lists.escalations import escalations
from cases.views.lists.mine import mine
from cases.views.lists.overdue import overdue

__all__ = ["approvals", "bulk", "case_list", "desk", "escalations", "mine", "overdue"]
