"""What templates of residents' pages need."""

from django import template
from django.utils.translation import gettext as _

from cases.intake.publishing import stage_of

register = template.Library()


@register.filter
def plain_state(state: str) -> str:
    """How far a case in this state is, in words for everybody."""
    return _(stage_of(state).label)
