"""Shape of what is entered about people."""

from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from citymgmt.forms import DateInput, PortalForm, PortalModelForm, TimeInput
from citymgmt.middleware import is_hostile
from citymgmt.people.models import NoticeGroup, Organisation, User, all_groups
from citymgmt.people.preferences import MAIL_HOURS, preference_faults
from citymgmt.people.querysets import NO_ROLE, organisations_for
from citymgmt.people.roles import Role

log_in_name = RegexValidator(
    r"^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,29}\Z",
    _("2 to 30 letters a-z, digits, dots, hyphens and underscores, beginning with a letter or digit."),
)
LONGEST_PASSWORD = 500
RESERVED = frozenset({"new"})


def plain_text(text: str) -> None:
    """Refuse characters that no person types. Raises: ValidationError."""
    if is_hostile([text]):
        raise ValidationError(_("This holds characters that cannot be read."))


class BodyField(forms.ModelChoiceField):
    """A body, with its sub-district when it belongs to one."""

    def label_from_instance(self, organisation: Organisation) -> str:
        """Name and kind, so that a team and an office of the same name differ."""
        return f"{organisation.name}（{organisation.get_kind_display()}）"


class PersonFields(PortalModelForm):
    """Who a user is, without any right."""

    class Meta:
        model = User
        fields = ("display_name", "post", "office_phone", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].required = True
        for name in ("display_name", "post", "office_phone"):
            self.fields[name].validators.append(plain_text)


class NewUserForm(PersonFields):
    """A new user: log-in name, who it is, and where the person works."""

    username = forms.CharField(
        label=_("Log-in name"), max_length=30, validators=[log_in_name], help_text=_("It cannot be changed later.")
    )
    organisation = BodyField(
        Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
        empty_label=_("the sub-district itself"),
        help_text=_("A team or office of the sub-district, or a department of the district."),
    )
    field_order = ["username", "display_name", "organisation", "post", "office_phone", "email"]

    def __init__(self, *args: Any, by: User, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(BodyField, self.fields["organisation"]).queryset = organisations_for(by, "user.create", on)

    def clean_username(self) -> str:
        """The name, unless it is one that an address needs."""
        name: str = self.cleaned_data["username"]
        if name.lower() in RESERVED:
            raise ValidationError(_("This log-in name is taken."))
        return name


class GrantForm(PortalForm):
    """The role of a user and the body for which the user works."""

    role = forms.ChoiceField(label=_("Role"), required=False)
    organisation = BodyField(
        Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
        empty_label=_("the sub-district itself"),
        help_text=_("Liaisons: a district department. Team leaders and members: their team."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, *args: Any, by: User, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["role"]).choices = [("", _("no role")), *Role.choices]
        cast(BodyField, self.fields["organisation"]).queryset = organisations_for(by, "user.grant", on)


class AccountForm(PortalModelForm):
    """What each person decides about the own account."""

    mail_groups = forms.MultipleChoiceField(
        label=_("E-mail about"),
        choices=NoticeGroup.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    mail_hour = forms.TypedChoiceField(
        label=_("Hour of the daily e-mail"), choices=[(hour, f"{hour:02d}:00") for hour in MAIL_HOURS], coerce=int
    )

    class Meta:
        model = User
        fields = (
            "language", "email", "mail_choice", "mail_groups", "mail_rhythm", "mail_hour", "quiet_from", "quiet_until"
        )  # fmt: skip
        widgets = {"quiet_from": TimeInput, "quiet_until": TimeInput}
        labels = {"mail_choice": _("Messages by e-mail"), "mail_rhythm": _("How e-mail comes")}
        help_texts = {
            "quiet_from": _("No e-mail in this time, unless it is urgent. Leave both empty for none."),
            "mail_choice": _("The inbox always gets everything."),
            "mail_rhythm": _("Urgent matters always come at once. What you read in the inbox first is left out."),
        }

    def clean_mail_groups(self) -> list[str]:
        """Each chosen group once, in the order of the table."""
        return [group for group in all_groups() if group in self.cleaned_data["mail_groups"]]

    def clean(self) -> dict[str, Any]:
        """Quiet hours have both ends and a length; whoever wants e-mail has an address."""
        given = super().clean() or self.cleaned_data
        for name, sentence in preference_faults(given).items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return given


class OwnPasswordForm(PasswordChangeForm):
    """The own password: old one, new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].widget.attrs.pop("autofocus", None)  # it is not the first thing on its page
        for field in self.fields.values():
            field.validators.append(MaxLengthValidator(LONGEST_PASSWORD))


class TokenForm(PortalForm):
    """A new token of the API: what it is for, and for how many days."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=60,
        validators=[plain_text],
        help_text=_("For example the program's name."),
    )
    days = forms.IntegerField(label=_("Days until it ends"), min_value=1, initial=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days, most = self.fields["days"], settings.TOKEN_DAYS
        days.initial = min(30, most)
        days.help_text = _("At most %(days)s.") % {"days": most}
        days.validators.append(MaxValueValidator(most))
        days.widget.attrs["max"] = most


class UserFilter(forms.Form):
    """Which users a list shows."""

    q = forms.CharField(label=_("Name, log-in name, phone"), required=False, max_length=60)
    role = forms.ChoiceField(label=_("Role"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), ("active", _("active")), ("locked", _("locked out"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["role"]).choices = [("", _("all")), (NO_ROLE, _("no role")), *Role.choices]


class AuditFilter(forms.Form):
    """Which changes the audit trail shows."""

    kind = forms.ChoiceField(label=_("What was changed"), required=False)
    person = forms.ModelChoiceField(
        User.objects.none(), label=_("Who"), required=False, to_field_name="username", empty_label=_("everyone")
    )
    day = forms.DateField(label=_("On the day"), required=False, widget=DateInput)

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["kind"]).choices = [("", _("all")), *kinds]
        cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = people

    def clean_day(self) -> date | None:
        """A day on which the portal can have been in use."""
        day: date | None = self.cleaned_data["day"]
        if day is not None and not 2000 <= day.year <= 2100:
            raise ValidationError(_("Choose a day between the years 2000 and 2100."))
        return day
