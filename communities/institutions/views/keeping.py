"""The register is kept: institutions are entered and changed, agreements signed and ended."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from citymgmt.people.permissions import require
from communities.institutions import actions
from communities.institutions.forms import AgreementForm, ChangeForm, EndAgreementForm, InstitutionForm
from communities.institutions.querysets import visible_agreement, visible_institution
from communities.models import Institution
from communities.querysets import visible_community
from communities.views.pages import ASKING, form_page, sent, sent_files

FORM, KEEP = "institutions/form.html", "institution.keep"


def opened(request: Any, pk: int, permission: str) -> Institution:
    """The institution, if the person may do this with it. Raises: NotFound, NotPermitted."""
    found = visible_institution(request.user, pk, request.on)
    require(request.user, permission, found, on=request.on)
    return found


def around(institution: Institution) -> dict[str, Any]:
    """What a form about an institution shows around its fields."""
    return {
        "template": FORM,
        "lead": f"{institution.name} · {institution.community.name}",
        "back_url": institution.get_absolute_url(),
        "back_label": institution.name,
    }


@require_http_methods(ASKING)
def new(request: Any, code: str) -> HttpResponse:
    """Enter an institution of a community. Raises: NotFound, NotPermitted, KeyReused."""
    community = visible_community(request.user, code, request.on)
    require(request.user, KEEP, community, on=request.on)
    form = InstitutionForm(sent(request))

    def act(told: dict[str, Any]) -> str:
        given: dict[str, Any] = {"community": community.pk, "request_key": str(told["request_key"])}
        made = actions.enter_institution(by=request.user, at=request.at, told=form.told(), **given)
        return made.get_absolute_url()

    return form_page(
        request,
        form,
        act,
        template=FORM,
        title=_("New institution"),
        lead=community.name,
        button=_("Enter"),
        done=_("The institution is entered."),
        back_url=reverse("institutions:list"),
        back_label=_("Institutions"),
    )


@require_http_methods(ASKING)
def change(request: Any, pk: int) -> HttpResponse:
    """Say anew what is known of an institution. Raises: NotFound, NotPermitted."""
    found = opened(request, pk, KEEP)
    initial = {name: getattr(found, name) for name in ChangeForm.base_fields if name != "request_key"}
    form = ChangeForm(sent(request), initial=initial)

    def act(told: dict[str, Any]) -> str:
        given: dict[str, Any] = {"pk": found.pk, "told": form.told(), "is_active": told["is_active"]}
        actions.change_institution(by=request.user, at=request.at, **given)
        return found.get_absolute_url()

    texts = {"title": _("Change the entry"), "button": _("Save"), "done": _("The entry is changed.")}
    return form_page(request, form, act, **texts, **around(found))


@require_http_methods(ASKING)
def sign(request: Any, pk: int) -> HttpResponse:
    """Keep an agreement that was signed. Raises: NotFound, NotPermitted, KeyReused."""
    found = opened(request, pk, KEEP)
    form = AgreementForm(sent(request), sent_files(request), initial={"signed_on": request.on})

    def act(told: dict[str, Any]) -> str:
        given: dict[str, Any] = {"institution": found.pk, "request_key": str(told["request_key"])}
        files: dict[str, Any] = {
            "photos": (one.read() for one in told["photos"]),
            "paper": told["paper"].read() if told["paper"] else None,
        }
        actions.sign_agreement(by=request.user, at=request.at, told=form.told(), **files, **given)
        return found.get_absolute_url()

    texts = {
        "title": _("Enter a signed agreement"),
        "button": _("Enter"),
        "done": _("The agreement is entered."),
    }
    return form_page(request, form, act, **texts, **around(found))


@require_http_methods(ASKING)
def end_agreement(request: Any, pk: int) -> HttpResponse:
    """Note that an agreement holds no longer. Raises: NotFound, NotPermitted."""
    agreement = visible_agreement(request.user, pk, request.on)
    found = opened(request, agreement.institution_id, KEEP)

    def act(told: dict[str, Any]) -> str:
        actions.end_agreement(by=request.user, at=request.at, pk=pk, on=told["on"], reason=told["reason"])
        return found.get_absolute_url()

    form = EndAgreementForm(sent(request), initial={"on": request.on})
    texts = {"title": _("End the agreement"), "button": _("It ends"), "done": _("The agreement has ended.")}
    return form_page(request, form, act, **texts, **around(found))
