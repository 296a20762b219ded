"""A page with a form that leads to an action."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from citymgmt.refusals import Invalid, Refusal, Stale, WrongState, mark

ASKING = ["GET", "HEAD", "POST"]


def sent(request: Any) -> Any:
    """What a form was sent with; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def sent_with_files(request: Any) -> tuple[Any, Any]:
    """What a form with files was sent with; nothing when the page is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def form_page(
    request: Any,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    about: Any,
    template: str = "components/form_page.html",
    **words: Any,
) -> HttpResponse:
    """Show a form, or do what it asks if something was sent to it; a refusal shows on the form, with what was typed.
    `about` names the thing, `words` are title, button, done, back_url; lead, remove_url, remove_question and
    remove_label where they are wanted, and what else the template shows.
    """
    status = 200
    if form.is_bound:
        refused = _refusal_of(form, act)
        if refused is None:
            messages.success(request, words["done"])
            return redirect(words["back_url"])
        status = refused
    form.present_url = words["back_url"]  # type: ignore[attr-defined]
    empty = dict.fromkeys(("lead", "remove_url", "remove_question", "remove_label"), "")
    return render(request, template, {**empty, "about": about, "form": form, **words}, status=status)


def _refusal_of(form: forms.Form, act: Callable[[dict[str, Any]], Any]) -> int | None:
    """The status of a refusal, which is marked on the form; None when it was done."""
    refusal: Refusal
    if not form.is_valid():
        return Invalid.status
    try:
        act(form.cleaned_data)
    except Invalid as error:
        refusal = error
        mark(form, error)
    except (WrongState, Stale) as error:
        refusal = error
        _tell_who_was_faster(form, error)
    else:
        return None
    return refusal.status


def _tell_who_was_faster(form: Any, refusal: Refusal) -> None:
    """Say on the form why it was not done; what was typed stays. Sent again, it acts upon what is there by now: whoever
    reads this has been told that something changed.
    """
    form.refusal = str(refusal)
    if "version" in form.fields and "version" in refusal.details:
        form.data = form.data.copy()
        form.data["version"] = refusal.details["version"]
