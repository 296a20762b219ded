"""The roles of the portal. A pure list: who may do what stands in `permissions`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is in the portal; see product.md, People and their day."""

    CLERK = "clerk", _("clerk")
    OFFICER = "officer", _("community officer")
    TEAM_LEADER = "team_leader", _("team leader")
    TEAM_MEMBER = "team_member", _("team member")
    LEADER = "leader", _("leader")
    LIAISON = "liaison", _("district liaison")
    ADMIN = "admin", _("administrator")
    SECADMIN = "secadmin", _("security administrator")
    AUDITOR = "auditor", _("auditor")


TEAM_ROLES = frozenset({Role.TEAM_LEADER.value, Role.TEAM_MEMBER.value})
DEPARTMENT_ROLES = frozenset({Role.LIAISON.value})
SUBDISTRICT_ROLES = frozenset(role.value for role in Role) - DEPARTMENT_ROLES
