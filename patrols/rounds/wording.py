"""Plans of rounds in words: frequencies, and why a point is seen on a day or its frequency is not kept."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from patrols.rounds.figures import Turn, Why
from patrols.rounds.planning import Wish

WHY: Mapping[Why, object] = {
    Why.SHORT: gettext_lazy("It is seen more rarely than the plan is long."),
    Why.OFF: gettext_lazy("Days without patrols lie in between."),
    Why.EVEN: gettext_lazy("A visit was a day early to even the days out, the next one on its day."),
    Why.PARTS: gettext_lazy("It is to be seen more often in a day than the team has shifts."),
    Why.CHANGED: gettext_lazy("Its class has changed since, or the team had other shifts."),
}
TURN: Mapping[Turn, object] = {
    Turn.BEGIN: gettext_lazy("It begins here, where the days were emptiest."),
    Turn.DUE: gettext_lazy("Its turn."),
    Turn.EARLY: gettext_lazy("Before its turn: that day was emptier."),
    Turn.AFTER_OFF: gettext_lazy("Its turn fell on a day without patrols."),
    Turn.EVEN: gettext_lazy("A day later than its class says: the visit before it was early."),
    Turn.AGAIN: gettext_lazy("Once more on the same day, in another shift."),
    Turn.CHANGED: gettext_lazy("Its class has changed since, or the team had other shifts."),
}


def frequency(wish: Wish) -> str:
    """How often a place is to be seen."""
    if wish.days == 1:
        return ngettext("once a day", "%(count)s times a day", wish.times) % {"count": wish.times}
    told = {"count": wish.times, "days": wish.days}
    return ngettext("once in %(days)s days", "%(count)s times in %(days)s days", wish.times) % told


def gap_allowed(days: int) -> str:
    """How long a place of a class may wait."""
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def between(least: int, most: int) -> str:
    """From the least to the most of something; one number where they are the same."""
    return str(least) if least == most else _("%(least)s to %(most)s") % {"least": least, "most": most}
