"""The page of a form, as every room of patrols has it: shown, or done, or shown again with what is refused."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from citymgmt.refusals import Invalid, mark

ASKING = ["GET", "HEAD", "POST"]
EMPTY = dict.fromkeys(("lead", "remove_url", "remove_question", "remove_label"), "")


def sent(request: Any) -> Any:
    """What a form was sent with; None when it is only asked for."""
    return request.POST if request.method == "POST" else None


def form_page(request: Any, form: forms.Form, act: Callable[[dict[str, Any]], Any], **words: Any) -> HttpResponse:
    """Show a form, or do what it asks; a refusal shows on the form.

    `words`: about (what the form belongs to, where the way back leads), title, button, done, back_url; lead, remove_url,
    remove_question and remove_label where they are wanted.
    """
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Invalid as refused:
            mark(form, refused)
        else:
            messages.success(request, words["done"])
            return redirect(words["back_url"])
    shown = {**EMPTY, "form": form, **words}
    return render(request, "patrols/form.html", shown, status=422 if form.is_bound else 200)
