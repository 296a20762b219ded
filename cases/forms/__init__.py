"""The shape of what people give: forms that lead to the actions of a case. They hold no policy."""

from cases.forms.acting import ActionForm, Setting
from cases.forms.logging import LogForm

__all__ = ["ActionForm", "LogForm", "Setting"]
