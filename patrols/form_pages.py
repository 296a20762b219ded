"""A page of one form that leads to one action: the same in each room of patrols."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from citymgmt.refusals import Invalid, mark

ASKING = ["GET", "HEAD", "POST"]


def sent(request: Any) -> Any:
    """What a form was filled in with; None when it is only asked for."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: Any,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    about: str,
    template: str = "patrols/form.html",
    **words: Any,
) -> HttpResponse:
    """Show a form about something, or do what it asks; a refusal shows on the form. `words`: title, button, done,
    back_url; lead, remove_url and remove_question where they are wanted, and what else the template shows.
    """
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Invalid as refused:
            mark(form, refused)
        else:
            messages.success(request, words["done"])
            return redirect(words["back_url"])
    return render(
        request,
        template,
        {"lead": "", "remove_url": "", "remove_question": "", "about": about, "form": form, **words},
        status=422 if form.is_bound else 200,
    )
