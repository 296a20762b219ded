"""Use cases of institutions: the only door through which their rows are written."""

from communities.institutions.actions.agreements import AgreementTold, end_agreement, sign_agreement
from communities.institutions.actions.importing import Imported, import_institutions
from communities.institutions.actions.planning import Planned, plan_quarter, plan_visit, save_visit_rule
from communities.institutions.actions.pledges import PledgeTold, act_on_pledge, add_pledge
from communities.institutions.actions.register import change_institution, enter_institution
from communities.institutions.actions.visits import VisitTold, drop_visit, record_visit
from communities.institutions.told import InstitutionTold

__all__ = [
    "AgreementTold",
    "Imported",
    "InstitutionTold",
    "Planned",
    "PledgeTold",
    "VisitTold",
    "act_on_pledge",
    "add_pledge",
    "change_institution",
    "drop_visit",
    "end_agreement",
    "enter_institution",
    "import_institutions",
    "plan_quarter",
    "plan_visit",
    "record_visit",
    "save_visit_rule",
    "sign_agreement",
]
