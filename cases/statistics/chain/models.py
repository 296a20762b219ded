"""Who of a sub-district office answers for what, and on which days."""

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cases.models import Disorder
from citymgmt.people.models import Organisation, SubDistrict, User, in_language
from communities.models import Community, DatedDuty, Point

SCOPES = ("community", "disorder", "team")  # the columns of which one says for what; none: for the whole office
LONGEST_POST = 60  # characters


class PointOrNone(Func):
    """As `communities.models.Point`, with 0 for none: nothing with nothing counts as the same."""

    function = "int8range"

    def __init__(self, expression: str) -> None:
        point = Coalesce(F(expression), Value(0))
        super().__init__(point, point, Value("[]"))


def of_one_office() -> pgtrigger.Trigger:
    """Refuse a person, community or team of another sub-district than the row's own."""
    places = " OR ".join(
        f"(NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {model._meta.db_table} AS one"
        f" WHERE one.id = NEW.{column} AND one.subdistrict_id = NEW.subdistrict_id))"
        for column, model in (("user_id", User), ("community_id", Community), ("team_id", Organisation))
    )
    return pgtrigger.Trigger(
        name="of_one_office",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF {places} THEN
                RAISE EXCEPTION 'who answers, and for what, belong to one office' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


@pghistory.track()
class Answerable(DatedDuty):
    """Who answers, in which post and at which level, for the whole office or one community, disorder or team.

    At one level one person answers for one of these on each day.
    """

    class Level(models.IntegerChoices):
        SECRETARY = 1, _("Party secretary")
        DIRECTOR = 2, _("Director of the office")
        DEPUTY = 3, _("Deputy director in charge")
        HEAD = 4, _("Section head")

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    post_zh = models.CharField(_("post"), max_length=LONGEST_POST)
    post_en = models.CharField(_("post in English"), max_length=LONGEST_POST, blank=True)
    community = models.ForeignKey(Community, models.PROTECT, null=True, related_name="+", verbose_name=_("community"))
    disorder = models.ForeignKey(Disorder, models.PROTECT, null=True, related_name="+", verbose_name=_("disorder"))
    team = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("team"))

    class Meta:
        verbose_name = _("person who answers")
        verbose_name_plural = _("people who answer")
        ordering = ["subdistrict", "level", "period"]
        triggers = [of_one_office()]
        constraints = [
            ExclusionConstraint(
                name="one_answers_each_day",
                expressions=[
                    *((Point(name), RangeOperators.OVERLAPS) for name in ("subdistrict_id", "level")),
                    *((PointOrNone(f"{name}_id"), RangeOperators.OVERLAPS) for name in SCOPES),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="answerable_period_not_empty"),
            models.CheckConstraint(condition=Q(level__in=[1, 2, 3, 4]), name="answerable_level_known"),
            models.CheckConstraint(condition=~Q(post_zh=""), name="answerable_has_post"),
            models.CheckConstraint(
                condition=Q(community=None, disorder=None) | Q(community=None, team=None) | Q(disorder=None, team=None),
                name="answerable_for_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.period.lower}"

    @property
    def post(self) -> str:
        """The post in the reader's language."""
        return in_language(self.post_zh, self.post_en)

    @property
    def scope(self) -> tuple[str, int]:
        """For what: the name of the column and its id; ("", 0) for the whole office."""
        for name in SCOPES:
            pk = getattr(self, f"{name}_id")
            if pk is not None:
                return name, pk
        return "", 0
