"""Suggestions (献计献策), and apart from them, sealed, who made them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case, ReporterLook
from cases.models.reporter import LONGEST_REASON
from cases.publicity import lifecycle
from cases.publicity.models.forums import Forum
from cases.publicity.models.items import steps_in_order
from citymgmt.history import Event, append_only, numbered
from citymgmt.people.models import SubDistrict, User
from citymgmt.sealed import SealedText
from citymgmt.worktime.models import Termed
from communities.models import Community

LONGEST_TEXT, LONGEST_ANSWER, LONGEST_NAME, LONGEST_PHONE = 500, 1000, 60, 30
STATES = [(key, stage.label) for key, stage in lifecycle.SUGGESTION.stages.items()]
ANSWERED = (lifecycle.TO_DO, lifecycle.DONE, lifecycle.DECLINED)


class Suggestion(Termed):
    """What somebody suggests. Its words are no part of the history, because events cannot forget.

    Due is the answer, then that it is carried out. `ended_on` is the day after which nothing is to be done any more.
    """

    # facts
    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    forum = models.ForeignKey(
        Forum, models.PROTECT, null=True, blank=True, related_name="suggestions", verbose_name=_("forum")
    )
    way = models.CharField(_("how it came"), max_length=8, choices=list(lifecycle.WAYS.items()))
    text = models.TextField(_("suggestion"), max_length=LONGEST_TEXT)
    received_on = models.DateField(_("received on"))
    made_at = models.DateTimeField(_("entered at"))
    # what follows from the events
    state = models.CharField(_("state"), max_length=16, choices=STATES)
    decision = models.CharField(_("decision"), max_length=8, choices=list(lifecycle.DECISIONS.items()), blank=True)
    answer = models.TextField(_("answer"), max_length=LONGEST_ANSWER, blank=True)
    reason = models.TextField(_("why it is not adopted"), max_length=LONGEST_ANSWER, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    by_day = models.DateField(_("to be carried out by"), null=True, blank=True)
    done = models.TextField(_("what was done about it"), max_length=LONGEST_ANSWER, blank=True)
    done_on = models.DateField(_("carried out on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    case = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="suggestion", verbose_name=_("case")
    )

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(way="forum", forum__isnull=False) | ~Q(way="forum") & Q(forum=None),
                name="suggestion_of_a_forum",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ANSWERED, answered_on__isnull=False) & ~Q(decision="") & ~Q(answer="")
                | ~Q(state__in=ANSWERED) & Q(answered_on=None, decision="", answer=""),
                name="suggestion_answered_wholly",
            ),
            models.CheckConstraint(
                condition=Q(state=lifecycle.DECLINED, decision=lifecycle.NOT_ADOPTED) & ~Q(reason="")
                | ~Q(state=lifecycle.DECLINED) & ~Q(decision=lifecycle.NOT_ADOPTED),
                name="suggestion_declined_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state=lifecycle.DONE, done_on__isnull=False) & ~Q(done="")
                | ~Q(state=lifecycle.DONE) & Q(done_on=None, done=""),
                name="suggestion_done_says_what",
            ),
            models.CheckConstraint(
                condition=Q(state=lifecycle.CASE, case__isnull=False) | ~Q(state=lifecycle.CASE) & Q(case=None),
                name="suggestion_case_is_there",
            ),
            models.CheckConstraint(
                condition=Q(state__in=lifecycle.ENDED, ended_on__isnull=False, due_at=None)
                | ~Q(state__in=lifecycle.ENDED) & Q(ended_on=None, due_at__isnull=False),
                name="suggestion_open_is_due",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="suggestion_due_for_sweep"
            ),
            models.Index(fields=["subdistrict", "answered_on"], name="suggestion_answered"),
        ]
        triggers = [
            steps_in_order(
                "suggestion_steps_in_order", [lifecycle.OPEN], "suggestion", "This is no step of a suggestion"
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("publicity:suggestion", args=[self.pk])


class SuggestionEvent(Event):
    """Something that happened to a suggestion."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["suggestion", "seq"]
        constraints = numbered("suggestion", "suggestion_event")
        triggers = append_only("The history of suggestions")

    def __str__(self) -> str:
        return f"{self.suggestion_id}.{self.seq} {self.kind}"


class Suggester(models.Model):
    """Who made a suggestion, as far as the person said so; `erased_at` says when nothing of it was kept any longer.

    Source: PIPL art. 6, 19, 47 (domain 10.2), as for reporters of cases.
    """

    suggestion = models.OneToOneField(
        Suggestion, models.CASCADE, related_name="suggester", verbose_name=_("suggestion")
    )
    name = SealedText(_("name"), blank=True)
    phone = SealedText(_("telephone"), blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        verbose_name = _("who made a suggestion")
        verbose_name_plural = _("who made suggestions")
        constraints = [
            models.CheckConstraint(condition=Q(erased_at=None) | Q(name="", phone=""), name="suggester_erased_is_empty")
        ]
        indexes = [models.Index(fields=["suggestion"], condition=Q(erased_at=None), name="suggester_kept")]

    def __str__(self) -> str:
        return f"who made suggestion {self.suggestion_id}"


class SuggesterLook(models.Model):
    """That somebody saw who made a suggestion, unmasked, and why. Rows are neither changed nor deleted."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="+", verbose_name=_("suggestion"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who looked"))
    at = models.DateTimeField(_("when"))
    purpose = models.CharField(_("purpose"), max_length=8, choices=ReporterLook.Purpose.choices)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)

    class Meta:
        verbose_name = _("look at who made a suggestion")
        verbose_name_plural = _("looks at who made suggestions")
        ordering = ["-id"]
        triggers = append_only("The list of looks at who made suggestions")
        constraints = [
            models.CheckConstraint(condition=~Q(purpose="other") | ~Q(reason=""), name="suggester_look_says_what_else")
        ]

    def __str__(self) -> str:
        return f"look {self.pk}"
