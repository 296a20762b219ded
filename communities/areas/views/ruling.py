"""Pages on which an office sets its criteria of readiness and its local rules."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.pages import needs
from citymgmt.people.permissions import require_role
from citymgmt.refusals import NotFound
from communities.actions.rules import save_local_rule
from communities.areas import actions
from communities.areas.querysets import rules_of, standard_of
from communities.areas.rules_forms import CriteriaForm, RuleForm
from communities.areas.views.looking import RULES, around
from communities.local_rules import OF_AREAS, OF_PROJECTS, UNITS, Rule
from communities.local_rules import RULES as TABLE
from communities.models import LocalRule


@require_safe
@needs("area.view")
def rules(request: Any) -> HttpResponse:
    """The limits in force, each with its source, and what is entered for later. Raises: NotPermitted."""
    office = request.user.subdistrict_id
    limits = rules_of(office, request.on)
    coming = LocalRule.objects.filter(subdistrict=office, from_on__gt=request.on).order_by("from_on", "name")
    groups = [
        (_("Residential areas"), [_line(limits[name]) for name in OF_AREAS]),
        (_("Owners' committees"), [_line(limits[name]) for name in TABLE if name not in (*OF_AREAS, *OF_PROJECTS)]),
        (_("Public acceptances"), [_line(limits[name]) for name in OF_PROJECTS]),
    ]
    context = {
        **around(request, "rules"),
        "groups": groups,
        "coming": [(_(TABLE[one.name].label), one, _(UNITS[one.unit])) for one in coming],
        "standard": standard_of(office),
    }
    return render(request, "areas/rules.html", context)


def _line(rule: Rule) -> tuple[Rule, str, str, str]:
    return rule, _(rule.label), f"{rule.value} {_(UNITS[rule.unit])}", _(rule.source)


@require_http_methods(ASKING)
def rule(request: Any, name: str) -> HttpResponse:
    """Enter a local rule of the office. Raises: NotFound, NotPermitted."""
    require_role(request.user, RULES)
    if name not in TABLE:
        raise NotFound
    now = rules_of(request.user.subdistrict_id, request.on)[name]
    form = RuleForm(sent(request), rule=now, initial={"from_on": request.on})

    def act(_told: dict[str, Any]) -> None:
        save_local_rule(by=request.user, at=request.at, told=form.told())

    lead = _("Now: %(value)s %(unit)s. %(source)s What is timed already keeps its deadline.")
    told = {"value": now.value, "unit": _(UNITS[now.unit]), "source": _(now.source)}
    words = {"title": _(now.label), "button": _("Save"), "done": _("The rule is saved.")}
    back = reverse("areas:rules")
    return form_page(request, form, act, about=_("Local rules"), **words, lead=lead % told, back_url=back)


@require_http_methods(ASKING)
def criteria(request: Any) -> HttpResponse:
    """Change by which criteria the office assesses; assessments keep what they used. Raises: NotPermitted."""
    require_role(request.user, RULES)
    form = CriteriaForm(sent(request), standard=standard_of(request.user.subdistrict_id))

    def act(told: dict[str, Any]) -> None:
        given: dict[str, Any] = {"seen": told["seen"], "threshold": told["threshold"], "criteria": form.criteria()}
        actions.save_standard(by=request.user, at=request.at, **given)

    words = {"title": _("Criteria of readiness"), "button": _("Save"), "done": _("The criteria are saved.")}
    lead = _(
        "Points from 0 to 10 are weighted. An empty Chinese name leaves a line out. Assessments keep what they used."
    )
    around_it = {"lead": lead, "back_url": reverse("areas:rules"), "template": "areas/criteria.html"}
    return form_page(request, form, act, about=_("Local rules"), **words, **around_it)
