"""Named questions about people: users and organisations within someone's reach, log-ins."""

from datetime import date, datetime

from axes.models import AccessFailureLog, AccessLog
from django.db.models import Q, QuerySet

from citymgmt.people.models import ApiToken, Organisation, User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound

NO_ROLE = "none"


def users_seen_by(user: User, on: date) -> QuerySet[User]:
    """The users whom a person may see, with their places, by log-in name."""
    found = visible_to(user, User.objects.all(), on=on)
    return found.select_related("subdistrict", "organisation", "organisation__subdistrict").order_by("username")


def visible_user(user: User, username: str, on: date) -> User:
    """The user of this log-in name, if the person may see it. Raises: NotFound."""
    found = users_seen_by(user, on).filter(username=username).first()
    if found is None:
        raise NotFound
    return found


def locked_user(pk: int) -> User:
    """The row of this user, locked until the transaction ends. Raises: NotFound."""
    row = User.objects.filter(pk=pk).select_for_update(of=("self",), no_key=True).first()
    if row is None:
        raise NotFound
    return row


def organisations_for(user: User, action: str, on: date) -> QuerySet[Organisation]:
    """The active bodies among which a person chooses when doing `action` on users."""
    return visible_to(user, Organisation.objects.filter(is_active=True), on=on, action=action)


def matching(queryset: QuerySet[User], *, words: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """Those whose log-in name, name, post or phone holds every word, of this role (or none), active or not."""
    for word in words.split()[:5]:
        queryset = queryset.filter(
            Q(username__icontains=word)
            | Q(display_name__icontains=word)
            | Q(post__icontains=word)
            | Q(office_phone__contains=word)
        )
    if role:
        queryset = queryset.filter(role="" if role == NO_ROLE else role)
    if state:
        queryset = queryset.filter(is_active=state == "active")
    return queryset


def log_ins_of(user: User) -> QuerySet[AccessLog]:
    """The log-ins of a person, newest first."""
    return AccessLog.objects.filter(username=user.username).order_by("-attempt_time", "-pk")


def failed_log_ins(auditor: User, on: date) -> QuerySet[AccessFailureLog]:
    """Failed log-ins under names that the auditor sees, and under names that nobody has; newest first."""
    seen = visible_to(auditor, User.objects.all(), on=on, action="audit.view").values("username")
    known = User.objects.values("username")
    failed = AccessFailureLog.objects.filter(Q(username__in=seen) | Q(username=None) | ~Q(username__in=known))
    return failed.order_by("-attempt_time", "-pk")


def tokens_of(user: User, at: datetime) -> QuerySet[ApiToken]:
    """The tokens of a person that have not ended, newest first."""
    return ApiToken.objects.filter(user=user, expiry__gt=at).order_by("-created", "number")
