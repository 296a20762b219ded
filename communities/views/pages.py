"""What pages of communities share: a form that leads to an action."""

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


def sent_files(request: Any) -> Any:
    """The files that a form was sent with; None when the page is only looked at."""
    return request.FILES if request.method == "POST" else None


def form_page(
    request: Any,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    *,
    template: str,
    done: str,
    **context: Any,
) -> HttpResponse:
    """Show a form, or do what it asks: `act` gets the values and returns where to go. A refusal shows on the form."""
    status = 200
    if request.method == "POST":
        target, status = _done(form, act)
        if target:
            messages.success(request, done)
            return redirect(target)
    return render(request, template, {"form": form, **context}, status=status)


def _done(form: forms.Form, act: Callable[[dict[str, Any]], str]) -> tuple[str, int]:
    """Where to go; nowhere with the status of a refusal, which is marked on the form."""
    refused: Refusal
    if not form.is_valid():
        return "", Invalid.status
    try:
        return act(form.cleaned_data), 0
    except (Invalid, WrongState, Stale) as error:
        refused = error
    mark(form, refused)
    return "", refused.status
