"""Who is told what of publicity: one table for each kind of thing, and the wording of each message.

Steps of the ladders name their recipients in their own rows: "responsible" is who answers for an item.
"""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.publicity.lifecycle import FORUM, ITEM, SUGGESTION
from citymgmt.outbox.telling import Rule
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.models import NoticeGroup
from communities.telling import Told

DEADLINES, ANSWERS = NoticeGroup.DEADLINES, NoticeGroup.ANSWERS
OF_ITEMS: Mapping[str, Rule] = {
    ITEM.kind("plan"): Rule(("responsible",), _("You answer for publicity: %(theme)s, planned for %(day)s")),
    ITEM.kind("urge"): Rule((), _("Publicity “%(theme)s” is overdue: put it out, or take it down"), group=DEADLINES),
    ITEM.kind("supervise"): Rule((), _("Publicity “%(theme)s” is still overdue"), group=DEADLINES),
}
OF_FORUMS: Mapping[str, Rule] = {
    FORUM.kind("plan"): Rule(("officer",), _("A forum is planned in %(community)s: %(topic)s, %(day)s")),
    FORUM.kind("call_off"): Rule(("officer", "clerks"), _("The forum in %(community)s is called off: %(topic)s")),
    FORUM.kind("urge"): Rule((), _("The record of the forum in %(community)s is missing: %(topic)s"), group=DEADLINES),
    FORUM.kind("supervise"): Rule(
        (), _("The record of the forum in %(community)s is still missing: %(topic)s"), group=DEADLINES
    ),
}
OF_SUGGESTIONS: Mapping[str, Rule] = {
    SUGGESTION.kind("enter"): Rule(("officer",), _("A suggestion in %(community)s is to be answered")),
    SUGGESTION.kind("answer"): Rule(("officer",), _("A suggestion in %(community)s was answered"), group=ANSWERS),
    SUGGESTION.kind("urge"): Rule((), _("A suggestion in %(community)s was not answered in time"), group=DEADLINES),
    SUGGESTION.kind("supervise"): Rule((), _("A suggestion in %(community)s is still not answered"), group=DEADLINES),
    SUGGESTION.kind("urge_doing"): Rule(
        (), _("An adopted suggestion in %(community)s was not carried out in time"), group=DEADLINES
    ),
    SUGGESTION.kind("supervise_doing"): Rule(
        (), _("An adopted suggestion in %(community)s is still not carried out"), group=DEADLINES
    ),
}
ITEMS = Told(
    OF_ITEMS,
    ITEM.subject,
    lambda item: item.community_id,
    lambda item, community: {"theme": item.theme, "day": f"{item.planned_on:%Y-%m-%d}"},
    lambda item: {"responsible": item.responsible_id},
)
FORUMS = Told(
    OF_FORUMS,
    FORUM.subject,
    lambda forum: forum.community_id,
    lambda forum, community: {
        "topic": forum.topic,
        "community": community.name_zh,
        "day": f"{timezone.localtime(forum.held_at):%Y-%m-%d %H:%M}",
    },
)
SUGGESTIONS = Told(
    OF_SUGGESTIONS,
    SUGGESTION.subject,
    lambda suggestion: suggestion.community_id,
    lambda suggestion, community: {"community": community.name_zh},
)


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    for table in (OF_ITEMS, OF_FORUMS, OF_SUGGESTIONS):
        register_words(table)
