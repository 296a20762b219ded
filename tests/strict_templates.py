"""An undefined variable in a template of ours fails the test that renders it."""

import inspect
from pathlib import Path

import django.contrib
from django.template.base import Node, Template

FOREIGN = (str(Path(django.contrib.__file__).parent), "site-packages")


class UndefinedTemplateVariableError(AssertionError):
    """The template and the variable."""


def rendering_template() -> str:
    """The file of the template whose variable is being resolved, from the nodes on the stack."""
    frame = inspect.currentframe()
    while frame is not None:
        rendered = frame.f_locals.get("self")
        if isinstance(rendered, (Node, Template)) and getattr(rendered, "origin", None):
            return str(rendered.origin.name)
        frame = frame.f_back
    return "<unknown>"


class UndefinedVariable(str):
    """Django's `string_if_invalid` that raises for our templates and is empty for those of packages."""

    def __contains__(self, part: object) -> bool:
        return part == "%s"  # so that Django calls __mod__ with the variable

    def __mod__(self, variable: object) -> str:
        template = rendering_template()
        if any(place in template for place in FOREIGN):
            return ""
        raise UndefinedTemplateVariableError(f"{template}: undefined variable {variable}")
