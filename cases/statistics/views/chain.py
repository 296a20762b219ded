"""Who answers for what on a day: the chains of an office, and the pages to appoint somebody and to end that."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.models import Category
from cases.named import kept_names, named
from cases.statistics.chain import actions
from cases.statistics.chain.forms import AppointForm, ChainForm
from cases.statistics.chain.models import Answerable
from cases.statistics.chain.querysets import (
    Chain,
    InStreet,
    appointments_of,
    chain_for,
    communities_in,
    in_force,
    in_street,
)
from cases.statistics.models import Dimension
from cases.statistics.named import in_order, name_of
from cases.statistics.views.opening import figures_read
from cases.views.lists.pages import PortalRequest
from citymgmt.pages import needs
from citymgmt.people.models import Organisation, User
from citymgmt.people.permissions import allows, require
from citymgmt.refusals import Invalid, NotFound, mark
from communities.forms import EndForm, WithdrawForm
from communities.models import Community

OWNED = {Dimension.COMMUNITY: Community, Dimension.TEAM: Organisation, Dimension.OFFICER: User}


@dataclass(frozen=True)
class Step:
    """A person (or several, or nobody) in a chain, in words."""

    post: str
    people: str
    is_special: bool


@dataclass(frozen=True)
class Line:
    """A thing and its chain in words."""

    name: str
    steps: list[Step]


@dataclass(frozen=True)
class Day:
    """All that is needed to tell the chains of a day."""

    rows: list[Answerable]
    street: InStreet
    on: date

    def chain(self, dimension: str, key: str) -> Chain:
        """The chain of one thing."""
        return chain_for(dimension, key, self.rows, self.street, self.on)

    def line(self, dimension: str, key: str, name: str) -> Line:
        """The same in words."""
        return Line(name, list(_steps(self.chain(dimension, key))))


@require_safe
@needs("chain.view")
@figures_read
def chain(request: PortalRequest) -> HttpResponse:
    """The chains of the office on a day, that of one thing before them where one is asked for. Raises: NotFound."""
    form = ChainForm(request.GET)
    told = form.cleaned_data if form.is_valid() else {}
    on = told.get("on") or request.on
    office = request.user.subdistrict_id or 0
    day = Day(in_force(request.user, request.on, on), in_street(office, on), on)
    groups = list(_groups(day, office))
    whole = day.line(Dimension.ALL, "", _("the whole office"))
    context = {
        "form": form,
        "day_form": ChainForm(initial={**told, "on": on}),
        "on": on,
        "today": request.on,
        "asked": _asked(day, office, told.get("by", ""), told.get("key", "")),
        "whole": whole,
        "groups": groups,
        "gaps": list(_gaps(whole, groups)),
        "appointments": _appointments(request),
        "may_edit": allows(request.user, "chain.edit"),
    }
    return render(request, "statistics/chain.html", context, status=200 if form.is_valid() else 422)


def _asked(day: Day, office: int, by: str, key: str) -> Line | None:
    if not by or by == Dimension.ALL:
        return None
    _check_own(by, key, office)
    return day.line(by, key, name_of(by, key))


def _check_own(by: str, key: str, office: int) -> None:
    """Raises: NotFound for what is unknown or belongs to another office."""
    if not key.isascii() or not in_order(by, [key]):
        raise NotFound
    model = OWNED.get(Dimension(by))
    if model is not None and kept_names()[model][int(key)].subdistrict_id != office:
        raise NotFound


def _groups(day: Day, office: int) -> Iterator[tuple[str, list[Line]]]:
    """The chains by community, disorder and team."""
    disorders = {str(category.disorder_id) for category in kept_names()[Category].values()}
    teams = [
        str(one.pk) for one in kept_names()[Organisation].values() if one.subdistrict_id == office and _is_team(one)
    ]
    keys: dict[Dimension, Iterable[str]] = {
        Dimension.COMMUNITY: [str(community.pk) for community in communities_in(office)],
        Dimension.DISORDER: disorders,
        Dimension.TEAM: teams,
    }
    for dimension, wanted in keys.items():
        lines = [day.line(dimension, keyed.key, keyed.name) for keyed in in_order(dimension, wanted)]
        yield str(dimension.label), lines


def _is_team(body: Organisation) -> bool:
    return body.is_active and body.kind != Organisation.Kind.OFFICE


def _steps(chain: Chain) -> Iterator[Step]:
    for link in chain.links:
        posts = " / ".join(dict.fromkeys(one.post for one in link.held))
        people = " / ".join(str(one.user) for one in link.held)
        yield Step(posts or str(Answerable.Level(link.level).label), people, link.is_special)
    if chain.last is not None:
        post = _("Community officer") if chain.last.post == "officer" else _("Team leader")
        yield Step(post, " / ".join(map(str, chain.last.people)), True)


def _gaps(whole: Line, groups: Iterable[tuple[str, list[Line]]]) -> Iterator[str]:
    """What nobody answers for, in sentences; what the whole office lacks is said once."""
    told = _("Nobody answers for %(what)s as %(post)s.")
    lacking = {step.post for step in whole.steps if not step.people}
    for post in sorted(lacking):
        yield told % {"what": whole.name, "post": post}
    for _label, lines in groups:
        for line in lines:
            for step in line.steps:
                if not step.people and step.post not in lacking:
                    yield told % {"what": line.name, "post": step.post}


def _appointments(request: PortalRequest) -> list[tuple[Answerable, str]]:
    """The appointments that hold or are to come, each with what it is for."""
    lasting = Q(period__upper_inf=True) | Q(period__endswith__gt=request.on)
    rows = named(appointments_of(request.user, request.on).filter(lasting)).order_by("level", "period", "pk")
    return [(row, name_of(*map(str, row.scope)) if row.scope[0] else _("the whole office")) for row in rows]


@require_http_methods(["GET", "HEAD", "POST"])
@needs("chain.edit")
def appoint(request: PortalRequest) -> HttpResponse:
    """Appoint somebody."""
    office = request.user.subdistrict
    if office is None:
        raise NotFound
    sent = request.POST if request.method == "POST" else None
    form = AppointForm(sent, subdistrict=office, initial={"from_on": request.on})

    def act() -> None:
        actions.appoint_answerable(subdistrict=office, by=request.user, at=request.at, **form.told)

    return _form_page(
        request,
        form,
        act,
        title=_("Appoint who answers"),
        lead=_("Whoever answers for the same at this level now ends the day before."),
        button=_("Appoint"),
        done=_("The appointment was saved."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: PortalRequest, pk: int) -> HttpResponse:
    """End an appointment, or withdraw one that has not begun before today. Raises: NotFound, NotPermitted."""
    found = named(appointments_of(request.user, request.on).filter(pk=pk)).first()
    if found is None:
        raise NotFound
    require(request.user, "chain.edit", found, on=request.on)
    sent = request.POST if request.method == "POST" else None
    is_withdrawn = found.from_on >= request.on
    form: forms.Form = WithdrawForm(sent) if is_withdrawn else EndForm(sent, initial={"last_on": request.on})

    def act() -> None:
        asked: dict[str, Any] = {"answerable": found, "by": request.user, "at": request.at}
        if is_withdrawn:
            actions.withdraw_answerable(**asked)
        else:
            actions.end_answerable(last_on=form.cleaned_data["last_on"], **asked)

    return _form_page(
        request,
        form,
        act,
        title=_("Withdraw appointment") if is_withdrawn else _("End appointment"),
        lead=f"{found.user} · {found.post}",
        button=_("Withdraw") if is_withdrawn else _("End"),
        done=_("The appointment was ended."),
        duty=found,
    )


def _form_page(request: PortalRequest, form: forms.Form, act: Callable[[], None], **words: Any) -> HttpResponse:
    """Show a form, or do what it asks and go back to the chains. A refusal shows on the form."""
    back_url = reverse("statistics:chain")
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Invalid as refused:
            mark(form, refused)
        else:
            messages.success(request, words["done"])
            return redirect(back_url)
    context = {"form": form, "back_url": back_url, "duty": None, **words}
    return render(request, "statistics/chain_form.html", context, status=422 if form.is_bound else 200)
