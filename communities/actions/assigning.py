"""Who answers for a community: give the post, end it, hand it over (一区一员)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg2.extras import DateRange

from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, NotFound
from communities.actions.changing import tell_of_change
from communities.actions.handing_over import hand_along, write_sheet
from communities.actions.periods import ONE_DAY, check_person, days, ended
from communities.models import Community, Handover, OfficerAssignment
from communities.querysets import OFFICER, assignments_on, locked_community

LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Given:
    """A post that was given: the assignment, who held it the day before, and whether it is new."""

    assignment: OfficerAssignment
    before: User | None
    is_new: bool


@transaction.atomic
def assign_officer(
    *,
    community: Community,
    user: User,
    part: str,
    from_on: date,
    until_on: date | None = None,
    by: User | None,
    at: datetime,
) -> OfficerAssignment:
    """Give a community its officer or deputy from a day on; whoever held the post ends the day before.

    A new officer takes over the open cases, with a handover sheet: at once, or when the day has come. Asking for
    the same again changes nothing. Raises: NotFound, NotPermitted, Invalid.
    """
    community = _permitted(community.pk, by, at)
    today = timezone.localdate(at)
    given = _give(community, user, part, days(from_on, until_on), today)
    if given.is_new and part == OFFICER and (from_on > today or today in given.assignment.period):
        hand_along(given.assignment, before=given.before, by=by, at=at)
    tell_of_change(community.pk, at)
    return given.assignment


@transaction.atomic
def hand_over(
    *, community: Community, to_user: User, on: date, note: str = "", by: User | None, at: datetime
) -> Handover:
    """Give the community to a new officer from the day `on`, with a handover sheet and the open cases.

    Cases move at once when `on` is today; on a later day the sweep moves them as it begins. Asking for the same
    again returns the sheet. Raises: NotFound, NotPermitted, Invalid.
    """
    community = _permitted(community.pk, by, at)
    today = timezone.localdate(at)
    if len(note) > LONGEST_NOTE:
        raise Invalid(fields={"note": _("At most %(most)s characters.") % {"most": LONGEST_NOTE}})
    try:
        if on < today:
            raise Invalid(fields={"from_on": _("A handover begins today or later.")})
        given = _give(community, to_user, OFFICER, days(on, None), today)
    except Invalid as refused:
        names = {"from_on": "on", "user": "to_user"}
        fields = {names.get(name, name): texts for name, texts in refused.fields.items()}
        raise Invalid(refused.sentence, fields=fields) from refused
    tell_of_change(community.pk, at)
    sheet = None if given.is_new else Handover.objects.filter(community=community, to_user=to_user, on=on).first()
    return sheet or write_sheet(given.assignment, before=given.before, note=note.strip(), by=by, at=at)


@transaction.atomic
def end_assignment(
    *, assignment: OfficerAssignment, last_on: date, by: User | None, at: datetime
) -> OfficerAssignment | None:
    """Make `last_on` the last day of an assignment; with a day before its first it is withdrawn (returns None).

    Past days stay as they were. Raises: NotFound, NotPermitted, Invalid.
    """
    _permitted(assignment.community_id, by, at)
    found = OfficerAssignment.objects.filter(pk=assignment.pk).select_related("community", "user").first()
    if found is None:
        raise NotFound
    period = ended(found, last_on, timezone.localdate(at))
    if period is None:
        _withdraw(found)
    elif period != found.period:
        found.period = period
        found.save(update_fields=["period"])
    tell_of_change(found.community_id, at)
    return found if period is not None else None


def _withdraw(assignment: OfficerAssignment) -> None:
    Handover.objects.filter(
        community=assignment.community,
        to_user=assignment.user,
        on=assignment.from_on,
        next_check_at__isnull=False,
    ).delete()
    assignment.delete()


def _permitted(community_id: int, by: User | None, at: datetime) -> Community:
    community = locked_community(community_id)
    require(by, "assignment.edit", community, on=timezone.localdate(at))
    return community


def _give(community: Community, user: User, part: str, period: DateRange, today: date) -> Given:
    """Give the post on a locked community; the running assignment ends the day before. Raises: Invalid."""
    _check_given(community, user, part)
    same = OfficerAssignment.objects.filter(community=community, user=user, part=part, period=period).first()
    from_on = period.lower or date.min
    held = assignments_on(from_on - ONE_DAY).filter(community=community, part=part).select_related("user")
    before = held.first()
    predecessor = before.user if before is not None and before.user_id != user.pk else None
    if same is not None:
        return Given(same, predecessor, is_new=False)
    _check_free(community, user, part, period, from_on)
    running = before if before is not None and from_on in before.period else None
    if running is not None:
        _check_replaceable(running, user, from_on, today)
    assignment = _written(OfficerAssignment(community=community, user=user, part=part, period=period), running=running)
    return Given(assignment, predecessor, is_new=True)


def _check_given(community: Community, user: User, part: str) -> None:
    if part not in OfficerAssignment.Part.values:
        raise Invalid(fields={"part": _("Choose officer or deputy.")})
    if not community.is_active:
        raise Invalid(_("This community is no longer active."))
    check_person(user, community.subdistrict_id)


def _check_free(community: Community, user: User, part: str, period: DateRange, from_on: date) -> None:
    """Refuse days that somebody else was already given, and one person in both parts. Raises: Invalid."""
    overlapping = OfficerAssignment.objects.filter(community=community, period__overlap=period).select_related("user")
    for other in overlapping.order_by("period"):
        if other.part == part and other.from_on >= from_on:
            raise Invalid(
                fields={
                    "from_on": _("%(who)s already has this post from %(day)s. End that assignment first.")
                    % {"who": other.user, "day": other.from_on}
                }
            )
        if other.part != part and other.user_id == user.pk:
            raise Invalid(fields={"user": _("Officer and deputy must be two people.")})


def _check_replaceable(running: OfficerAssignment, user: User, from_on: date, today: date) -> None:
    if running.user_id == user.pk:
        raise Invalid(
            fields={"user": _("%(who)s has had this post since %(day)s.") % {"who": user, "day": running.from_on}}
        )
    if from_on < today:
        raise Invalid(
            fields={
                "from_on": _("%(who)s answered until today; past days stay as they were. Choose today or later.")
                % {"who": running.user}
            }
        )


def _written(assignment: OfficerAssignment, running: OfficerAssignment | None) -> OfficerAssignment:
    """Write both rows. The community is locked since before the look for overlaps, so none can have come since."""
    if running is not None:
        running.period = DateRange(running.from_on, assignment.from_on)
        running.save(update_fields=["period"])
    assignment.save(force_insert=True)
    return assignment
