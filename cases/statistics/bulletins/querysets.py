"""Named questions about bulletins."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, Max, OuterRef, QuerySet

from cases.statistics.bulletins.models import Bulletin, BulletinFile, BulletinJob
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound

TEXTS = ("sections", "snapshot")  # columns that only the paper itself needs


def bulletins_of(user: User, on: date) -> QuerySet[Bulletin]:
    """The bulletins that a person may see, without their texts: the latest month first, of a month the latest issue."""
    seen = visible_to(user, Bulletin.objects.all(), on=on).defer(*TEXTS)
    is_replaced = Exists(Bulletin.objects.filter(replaces=OuterRef("pk")))
    found = seen.select_related("saved_by", "issued_by").annotate(is_replaced=is_replaced)
    return found.order_by("-month", "-pk")


def visible_bulletin(user: User, pk: int, on: date) -> Bulletin:
    """The bulletin of this id with all that its paper needs, if the person may see it. Raises: NotFound."""
    seen = visible_to(user, Bulletin.objects.filter(pk=pk), on=on) if 0 < pk < 2**63 else Bulletin.objects.none()
    related = seen.select_related(
        "evaluation", "subdistrict", "saved_by", "drafted_by", "issued_by", "replaces", "replaced_by"
    )
    found = related.defer(*(f"{one}__{column}" for one in ("replaces", "replaced_by") for column in TEXTS)).first()
    if found is None:
        raise NotFound
    return found


def issued_of(subdistrict_id: int, month: date) -> Bulletin | None:
    """The issued bulletin of a month that holds: that which no other replaces."""
    of_month = Bulletin.objects.filter(subdistrict_id=subdistrict_id, month=month, issued_at__isnull=False)
    return of_month.filter(replaced_by=None).defer(*TEXTS).first()


def draft_of(subdistrict_id: int, month: date) -> Bulletin | None:
    """The draft of a month, if there is one."""
    return Bulletin.objects.filter(subdistrict_id=subdistrict_id, month=month, issued_at=None).defer(*TEXTS).first()


def next_number(subdistrict_id: int, year: int) -> int:
    """The number of the bulletin that is issued next in a year; none is ever given back, because issued ones stay."""
    issued = Bulletin.objects.filter(subdistrict_id=subdistrict_id, year=year)
    return (issued.aggregate(last=Max("number"))["last"] or 0) + 1


def latest_issued(subdistrict_id: int) -> Bulletin | None:
    """The bulletin that the office issued last."""
    issued = Bulletin.objects.filter(subdistrict_id=subdistrict_id, issued_at__isnull=False)
    return issued.defer(*TEXTS).order_by("-issued_at", "-pk").first()


def files_of(bulletin: Bulletin) -> dict[str, BulletinFile]:
    """The files of the bulletin by kind, the newest of each, without their content."""
    files = bulletin.files.defer("content").order_by("version")
    return {file.kind: file for file in files}


def file_of(bulletin: Bulletin, kind: str) -> BulletinFile:
    """The newest file of a kind; of an issued bulletin that of its last text. Raises: NotFound."""
    files = bulletin.files.filter(kind=kind)
    wanted = files if bulletin.is_draft else files.filter(version=bulletin.version)
    found = wanted.order_by("-version").first()
    if found is None:
        raise NotFound
    return found


def waiting_of(bulletins: Iterable[int]) -> QuerySet[BulletinJob]:
    """The jobs that wait or are being done for these bulletins."""
    return BulletinJob.objects.filter(bulletin__in=list(bulletins), state=BulletinJob.State.WAITING)
