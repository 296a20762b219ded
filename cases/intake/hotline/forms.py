"""The forms by which sheets come in, orders are found and noted, and the hotline is answered."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import LongText
from cases.intake.hotline.models import KINDS, LONGEST_NUMBER, LONGEST_REPLY, URGENCIES
from cases.intake.hotline.querysets import STANDS, due_table
from citymgmt.fields import PlainText
from citymgmt.forms import DateTimeInput, PortalForm
from communities.importing import LARGEST_FILE

ALL = "all"
YES_OR_NO = [("yes", _("Yes, solved")), ("no", _("No, not solved"))]


class OrderFilter(forms.Form):
    """What the list shows: without a choice the orders that are not replied yet."""

    q = forms.CharField(
        required=False,
        max_length=LONGEST_NUMBER,
        label=_("Number"),
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("number of the order or the case")}),
    )
    stands = forms.ChoiceField(required=False, label=_("State"))
    due = forms.ChoiceField(required=False, label=_("Limit of the hotline"))
    kind = forms.ChoiceField(required=False, label=_("Kind"))

    def __init__(self, *args: Any, at: datetime, soon: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.due_table = due_table(at, soon)
        self.choose("stands", [(key, label) for key, (label, _q) in STANDS.items()] + [(ALL, _("all"))])
        self.choose("due", [("", _("all")), *((key, label) for key, (label, _q) in self.due_table.items())])
        self.choose("kind", [("", _("all")), *KINDS.items()])

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Offer these choices."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def question(self) -> Q:
        """What the valid form asks for. A number or a late reply is looked for among all orders."""
        told = self.cleaned_data
        usual = ALL if told["q"] or told["due"] else "waiting"
        asked = Q()
        stands = told["stands"] or usual
        if stands != ALL:
            asked &= STANDS[stands][1]
        if told["due"]:
            asked &= self.due_table[told["due"]][1]
        if told["kind"]:
            asked &= Q(kind=told["kind"])
        if told["q"]:
            asked &= Q(number__icontains=told["q"]) | Q(case__number__iendswith=told["q"])
        return asked


class UploadForm(PortalForm):
    """A sheet of orders."""

    file = forms.FileField(
        label=_("Sheet of orders"),
        help_text=_(
            "Excel or CSV as the hotline exports it, at most 5,000 rows. Needed columns: 工单编号, 来电时间, and"
            " 诉求内容 or 标题. Read as well: 来电人, 联系电话, 诉求类型, 紧急程度, 派单时间, 地址, 社区,"
            " 受理时限, 办结时限."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        """A file that is not too large."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 20 MB."))
        return file


class ReplyForm(PortalForm):
    """What the hotline gets back: final once the case has ended, interim before."""

    is_final = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda value: value == "yes", widget=forms.HiddenInput
    )
    text = LongText(
        max_length=LONGEST_REPLY,
        rows=6,
        label=_("Text of the reply"),
        help_text=_("It goes into the sheet word for word, and stays as it was written. No names or telephones in it."),
    )
    is_solved = forms.TypedChoiceField(
        choices=YES_OR_NO,
        coerce=lambda value: value == "yes",
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
        label=_("Is it solved?"),
    )

    def __init__(self, given: Any = None, *, is_final: bool, text: str = "") -> None:
        initial = {"is_final": "yes" if is_final else "no", "text": text, "is_solved": "yes"}
        super().__init__(given, initial=initial)
        if not is_final:
            del self.fields["is_solved"]


class NoteOrderForm(PortalForm):
    """The hotline's order of a case that the desk logged by hand."""

    number = PlainText(max_length=LONGEST_NUMBER, label=_("Number of the order"))
    kind = forms.ChoiceField(choices=KINDS.items(), label=_("Kind"))
    urgency = forms.ChoiceField(choices=URGENCIES.items(), label=_("Urgency"))
    called_at = forms.DateTimeField(label=_("Called at"), widget=DateTimeInput())
    finish_due_at = forms.DateTimeField(
        required=False,
        label=_("To be finished by"),
        help_text=_("As the hotline set it. Without it our table of limits tells."),
        widget=DateTimeInput(),
    )
