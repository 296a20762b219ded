"""Publicity items. Columns that follow from events are written by the journal alone."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.publicity import lifecycle
from cases.publicity.kinds import KIND_CHOICES, KINDS, Kind
from citymgmt.history import Event, append_only, numbered
from citymgmt.people.models import SubDistrict, User
from citymgmt.worktime.models import Termed
from citymgmt.worktime.steps import only_moves
from communities.models import Community, Institution, Regulation
from communities.models.places import LONGEST_ADDRESS

LONGEST_THEME, LONGEST_MAKER, LONGEST_UNIT, LONGEST_WEB, LONGEST_NOTE = 100, 80, 8, 300, 500
MOST_QUANTITY, MOST_REACHED = 1_000_000, 10_000_000
STATES = [(key, stage.label) for key, stage in lifecycle.ITEM.stages.items()]


def steps_in_order(name: str, first: list[str], subject: str, refusal: str) -> pgtrigger.Trigger:
    """A trigger that lets a row begin in one of these stages and change by the steps of its table alone."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=only_moves(first, lifecycle.MOVES[subject], refusal),
    )


class PublicityItem(Termed):
    """Something by which an office tells people something: a wall poster, leaflets, a post. Without a community it is
    of the whole sub-district.

    `maker` is the organisation that made it, in words; empty for the office itself. Due is the planned day, then the
    day by which it is taken down, where it is.
    """

    # facts
    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    made_at = models.DateTimeField(_("entered at"))
    # what follows from the events
    state = models.CharField(_("state"), max_length=16, choices=STATES)
    community = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("community")
    )
    kind = models.CharField(_("kind of publicity"), max_length=8, choices=KIND_CHOICES)
    theme = models.CharField(_("theme"), max_length=LONGEST_THEME)
    regulation = models.ForeignKey(
        Regulation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("regulation publicised")
    )
    address = models.CharField(_("place"), max_length=LONGEST_ADDRESS, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=10, decimal_places=7, null=True, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=7, null=True, blank=True)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("institution")
    )
    maker = models.CharField(_("maker"), max_length=LONGEST_MAKER, blank=True)
    quantity = models.PositiveIntegerField(_("how many"))
    unit = models.CharField(_("unit of quantity"), max_length=LONGEST_UNIT)
    reached = models.PositiveIntegerField(_("people reached"), null=True, blank=True)
    responsible = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who answers for it"))
    planned_on = models.DateField(_("planned for"))
    put_on = models.DateField(_("put out on"), null=True, blank=True)
    until_on = models.DateField(_("to be taken down by"), null=True, blank=True)
    down_on = models.DateField(_("taken down on"), null=True, blank=True)
    web = models.CharField(_("web address"), max_length=LONGEST_WEB, blank=True)

    class Meta:
        verbose_name = _("publicity item")
        verbose_name_plural = _("publicity items")
        ordering = ["-planned_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="publicity_has_quantity"),
            models.CheckConstraint(
                condition=Q(state__in=lifecycle.SHOWN, put_on__isnull=False)
                | ~Q(state__in=lifecycle.SHOWN) & Q(put_on=None, reached=None),
                name="publicity_out_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state=lifecycle.DOWN, down_on__gte=F("put_on"), until_on__isnull=False)
                | ~Q(state=lifecycle.DOWN) & Q(down_on=None),
                name="publicity_down_has_day",
            ),
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None) | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="publicity_point_on_earth",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="publicity_due_for_sweep"
            ),
            models.Index(fields=["subdistrict", "put_on"], name="publicity_put_out"),
            models.Index(fields=["subdistrict", "planned_on"], name="publicity_planned"),
        ]
        triggers = [
            steps_in_order(
                "item_steps_in_order",
                [lifecycle.PLANNED, lifecycle.OUT, lifecycle.DOWN],
                "item",
                "This is no step of a publicity item",
            )
        ]

    def __str__(self) -> str:
        return self.theme

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("publicity:item", args=[self.pk])

    @property
    def told_kind(self) -> Kind:
        """The row of its kind in the table."""
        return KINDS[self.kind]

    @property
    def where(self) -> Any:
        """The community, or that it is of the whole sub-district."""
        return self.community or gettext("whole sub-district")


class ItemEvent(Event):
    """Something that happened to a publicity item."""

    item = models.ForeignKey(PublicityItem, models.PROTECT, db_index=False, related_name="events")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["item", "seq"]
        constraints = numbered("item", "publicity_event")
        triggers = append_only("The history of publicity items")

    def __str__(self) -> str:
        return f"{self.item_id}.{self.seq} {self.kind}"
