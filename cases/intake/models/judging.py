"""How residents judge what became of their reports: by themselves, or asked on the telephone (回访)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from citymgmt.people.models import SubDistrict, User

LONGEST_WORDS = 500


class Judgement(models.Model):
    """What whoever reported a case thinks of its closing: one for each closing, named by the number of its event.

    "Not solved" waits for a review: the case is opened again, or the closing is upheld with a reason.
    Source: domain 5.2 (call back), 12345 practice of "solved" and "satisfied" as two questions.
    """

    class Way(models.TextChoices):
        WEB = "web", _("by the resident")
        PHONE = "phone", _("asked by telephone")

    class Score(models.IntegerChoices):
        VERY_SATISFIED = 5, _("very satisfied")
        SATISFIED = 4, _("satisfied")
        FAIR = 3, _("fairly satisfied")
        DISSATISFIED = 2, _("dissatisfied")
        VERY_DISSATISFIED = 1, _("very dissatisfied")

    class Review(models.TextChoices):
        NONE = "", _("none needed")
        PENDING = "pending", _("waits for review")
        REOPENED = "reopened", _("opened again")
        UPHELD = "upheld", _("closing upheld")

    SATISFIED_FROM = Score.FAIR.value  # what counts as satisfied: 基本满意 does

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    case = models.ForeignKey(Case, models.PROTECT, related_name="judgements", verbose_name=_("case"))
    closing_seq = models.PositiveIntegerField()
    way = models.CharField(_("way"), max_length=5, choices=Way.choices)
    is_solved = models.BooleanField(_("solved"))
    score = models.PositiveSmallIntegerField(_("satisfaction"), choices=Score.choices)
    words = models.CharField(_("in words"), max_length=LONGEST_WORDS, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked by"))
    at = models.DateTimeField(_("judged at"))
    review = models.CharField(_("review"), max_length=8, choices=Review.choices, blank=True, default=Review.NONE)
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewed by")
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=LONGEST_WORDS, blank=True)

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "closing_seq"], name="judgement_once_a_closing"),
            models.CheckConstraint(condition=Q(score__range=(1, 5)), name="judgement_score_known"),
            models.CheckConstraint(
                condition=Q(way="web", by=None) | Q(way="phone", by__isnull=False), name="judgement_way_has_asker"
            ),
            models.CheckConstraint(
                condition=Q(is_solved=True, review="") | Q(is_solved=False) & ~Q(review=""),
                name="judgement_unsolved_is_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(review__in=["", "pending"], reviewed_by=None, reviewed_at=None)
                | Q(review__in=["reopened", "upheld"], reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="judgement_review_has_reviewer",
            ),
            models.CheckConstraint(condition=~Q(review="upheld") | ~Q(reason=""), name="judgement_upheld_says_why"),
        ]
        indexes = [
            models.Index(fields=["subdistrict", "-at", "-id"], name="judgement_newest"),
            models.Index(fields=["subdistrict", "at"], condition=Q(review="pending"), name="judgement_to_review"),
        ]

    def __str__(self) -> str:
        return f"judgement {self.pk}"

    @property
    def is_satisfied(self) -> bool:
        """Whether it counts as satisfied."""
        return self.score >= self.SATISFIED_FROM


class CallAttempt(models.Model):
    """That somebody tried to call a reporter back in vain."""

    class Outcome(models.TextChoices):
        NO_ANSWER = "no_answer", _("nobody answered")
        REFUSED = "refused", _("does not want to judge")
        WRONG_NUMBER = "wrong", _("wrong number")

    ENDS = frozenset({Outcome.REFUSED.value, Outcome.WRONG_NUMBER.value})  # after which nobody calls again

    case = models.ForeignKey(Case, models.PROTECT, related_name="call_attempts", verbose_name=_("case"))
    closing_seq = models.PositiveIntegerField()
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("called by"))
    at = models.DateTimeField(_("when"))
    request_key = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("call in vain")
        verbose_name_plural = _("calls in vain")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["no_answer", "refused", "wrong"]), name="call_outcome_known"
            )
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"
