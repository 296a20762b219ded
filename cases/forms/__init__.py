"""The shape of what people give: forms that lead to the actions of a case. They hold no policy."""

from cases.forms.acting import ActionForm, Setting
from cases.forms.logging import LogForm, PointForm

__all__ = ["ActionForm", "LogForm", "PointForm", "Setting"]
