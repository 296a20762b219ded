"""What was found on a round, for the round's own page: `{% findings_on round as found %}`."""

from collections.abc import Sequence
from typing import Any

from django import template

from patrols.findings.models import Finding
from patrols.findings.querysets import findings_on
from patrols.rounds.models import PatrolRound

register = template.Library()


@register.simple_tag(takes_context=True, name="findings_on")
def findings_of_round(context: Any, round_: PatrolRound) -> Sequence[Finding]:
    """The findings of a round that the reader sees; one query."""
    request = context["request"]
    return list(findings_on(round_, request.user, request.on))
