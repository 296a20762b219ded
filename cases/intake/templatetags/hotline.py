"""How an order of the hotline looks: `{% hotline_clock due done rules at %}`, `{% hotline_urgency order %}`."""

from datetime import datetime

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.intake.hotline.limits import Urgency
from cases.intake.hotline.models import HotlineOrder
from cases.templatetags.cases import due_clock, moment
from citymgmt.people.templatetags.portal import badge_clock, badge_state
from citymgmt.worktime.rules import Rules

register = template.Library()
TONES = {Urgency.URGENT.value: "waiting", Urgency.CRITICAL.value: "alert"}


@register.simple_tag
def hotline_clock(due_at: datetime, done_at: datetime | None, rules: Rules, at: datetime) -> SafeString:
    """The badge of a limit: working time left or overdue; once it is done, whether it was in time."""
    if done_at is None:
        return due_clock(due_at, rules, at)
    title = _("due %(when)s") % {"when": moment(due_at)}
    if done_at > due_at:
        return badge_clock("overdue", _("done late"), title)
    return badge_clock("on-time", _("done in time"), title)


@register.simple_tag
def hotline_urgency(order: HotlineOrder) -> SafeString:
    """The badge of what is urgent; nothing for what is not."""
    tone = TONES.get(order.urgency)
    return badge_state(order.get_urgency_display(), tone) if tone else SafeString()
