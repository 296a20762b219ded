"""What templates of residents' pages need."""

from django import template

from cases.intake.words import STATES

register = template.Library()


@register.filter
def plain_state(state: str) -> str:
    """The state of a case in a resident's words."""
    return str(STATES[state])
