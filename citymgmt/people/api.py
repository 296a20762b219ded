"""The API of oneself: tokens, and who one is."""

from typing import Any, cast

from django.contrib.auth import logout
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import serializers, status
from rest_framework.response import Response

from citymgmt.people.actions import ACCOUNT_FIELDS, change_account
from citymgmt.people.actions.tokens import end_token, issue_token
from citymgmt.people.doors import Door, PortalRequest, StrictSerializer
from citymgmt.people.models import ApiToken, NoticeGroup, User, all_groups
from citymgmt.people.permissions import TABLE
from citymgmt.people.preferences import MAIL_HOURS, preference_faults
from citymgmt.people.roles import Role

LOG_IN = {"username": "clerk", "password": "您的密码", "name": "台账同步"}
GIVEN = {"token": "9d4c…（仅此一次）", "expiry": "2026-06-02T09:00:00+08:00", "name": "台账同步"}
ME = {
    "username": "clerk",
    "name": "陈晓敏",
    "role": "clerk",
    "role_label": "受理员",
    "district": "440106",
    "subdistrict": {"code": "440106001", "name": "体育街道"},
    "organisation": None,
    "scope": {"case.view": "subdistrict", "case.log": "subdistrict", "inbox.view": "own"},
    "language": "zh-hans",
    "email": "chen@example.org",
    "mail_choice": "urgent",
    "mail_groups": ["work", "deadlines", "answers", "mentions"],
    "mail_rhythm": "at_once",
    "mail_hour": 8,
    "quiet_from": "22:00:00",
    "quiet_until": "07:00:00",
}
QUIET = {"mail_choice": "urgent", "quiet_from": "22:00", "quiet_until": "07:00"}


@extend_schema_serializer(examples=[OpenApiExample("登录", value=LOG_IN, request_only=True)])
class CredentialsSerializer(StrictSerializer):
    """Log-in name and password."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=500, trim_whitespace=False, write_only=True)
    name = serializers.CharField(max_length=60, required=False, allow_blank=True, help_text="what the token is for")


@extend_schema_serializer(examples=[OpenApiExample("令牌", value=GIVEN, response_only=True)])
class TokenSerializer(serializers.Serializer):
    """A token for `Authorization: Token ...`."""

    token = serializers.CharField()
    expiry = serializers.DateTimeField()
    name = serializers.CharField()


class PlaceSerializer(serializers.Serializer):
    """A sub-district or an organisation."""

    code = serializers.CharField()
    name = serializers.CharField()


@extend_schema_serializer(examples=[OpenApiExample("受理员", value=ME, response_only=True)])
class MeSerializer(serializers.Serializer):
    """Who one is and how far the own permissions reach."""

    username = serializers.CharField()
    name = serializers.CharField(source="__str__")
    role = serializers.ChoiceField(choices=Role.choices, allow_blank=True)
    role_label = serializers.CharField(source="get_role_display")
    district = serializers.CharField(source="district_code")
    subdistrict = serializers.SerializerMethodField()
    organisation = serializers.SerializerMethodField()
    scope = serializers.SerializerMethodField()
    language = serializers.CharField()
    email = serializers.CharField(allow_blank=True)
    mail_choice = serializers.ChoiceField(choices=User.MailChoice.choices)
    mail_groups = serializers.ListField(child=serializers.ChoiceField(choices=NoticeGroup.choices))
    mail_rhythm = serializers.ChoiceField(choices=User.MailRhythm.choices)
    mail_hour = serializers.IntegerField()
    quiet_from = serializers.TimeField(allow_null=True)
    quiet_until = serializers.TimeField(allow_null=True)

    @extend_schema_field(PlaceSerializer(allow_null=True))
    def get_subdistrict(self, user: User) -> Any:
        """The own sub-district."""
        place = user.subdistrict
        return {"code": place.code, "name": place.name} if place else None

    @extend_schema_field(PlaceSerializer(allow_null=True))
    def get_organisation(self, user: User) -> Any:
        """The own team or department, by key."""
        place = user.organisation
        return {"code": place.key, "name": place.name} if place else None

    def get_scope(self, user: User) -> dict[str, str]:
        """Each action that the role includes, and how far it reaches."""
        return {action: str(grants[user.role]) for action, grants in TABLE.items() if user.role in grants}


@extend_schema_serializer(examples=[OpenApiExample("夜间免打扰", value=QUIET, request_only=True)])
class PreferencesSerializer(StrictSerializer):
    """What one chooses for the own account; what is not named stays."""

    language = serializers.ChoiceField(choices=User._meta.get_field("language").flatchoices, required=False)
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True)
    mail_choice = serializers.ChoiceField(choices=User.MailChoice.choices, required=False)
    mail_groups = serializers.MultipleChoiceField(choices=NoticeGroup.choices, required=False)
    mail_rhythm = serializers.ChoiceField(choices=User.MailRhythm.choices, required=False)
    mail_hour = serializers.IntegerField(required=False, min_value=min(MAIL_HOURS), max_value=max(MAIL_HOURS))
    quiet_from = serializers.TimeField(required=False, allow_null=True)
    quiet_until = serializers.TimeField(required=False, allow_null=True)

    def validate_mail_groups(self, value: Any) -> list[str]:
        """Each group once, in the order of the table."""
        return [group for group in all_groups() if group in value]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Values that fit those which stay. Raises: ValidationError."""
        user = self.context["request"].user
        faults = preference_faults({**{name: getattr(user, name) for name in ACCOUNT_FIELDS}, **attrs})
        if faults:
            raise serializers.ValidationError({name: [sentence] for name, sentence in faults.items()})
        return attrs


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class TokenView(Door):
    """Where a token is issued."""

    permission_classes = []
    authentication_classes = []

    @extend_schema(
        operation_id="auth_token",
        summary="Get a token",
        request=CredentialsSerializer,
        responses={200: TokenSerializer},
        auth=[],
    )
    def post(self, request: PortalRequest) -> Response:
        """It lives TOKEN_DAYS days. Wrong: 401; five times: 429 for a quarter of an hour. Needs no Idempotency-Key.
        A `name` is yours to choose and to use once; the page "API tokens" of your account lists it.
        """
        asked = CredentialsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        secret, token = issue_token(request=request._request, **asked.validated_data)
        body = TokenSerializer({"token": secret, "expiry": token.expiry, "name": token.name}).data
        return Response(body, headers={"Cache-Control": "no-store"})


class LogoutView(Door):
    """Where a token is ended."""

    @extend_schema(operation_id="auth_logout", summary="End this token", request=None, responses={204: None})
    def post(self, request: PortalRequest) -> Response:
        """End the token of this request (or the session of a browser). Needs no Idempotency-Key."""
        if request.auth is not None:
            end_token(token=cast(ApiToken, request.auth))
        else:
            logout(request._request)
        return Response(status=status.HTTP_204_NO_CONTENT)


class MeView(Door):
    """Who one is."""

    @extend_schema(operation_id="me", summary="Who am I", responses=MeSerializer)
    def get(self, request: PortalRequest) -> Response:
        """The person, the role and the scope of each permission."""
        user: Any = request.user
        return Response(MeSerializer(user).data)

    @extend_schema(
        operation_id="me_change",
        summary="Choose language, e-mail and quiet hours",
        request=PreferencesSerializer,
        responses=MeSerializer,
    )
    def patch(self, request: PortalRequest) -> Response:
        """Change what you name; everything else of your account is the administrators'."""
        asked = PreferencesSerializer(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        change_account(by=request.user, at=request.at, values=asked.validated_data)
        person: Any = User.objects.select_related("subdistrict", "organisation").get(pk=request.user.pk)
        return Response(MeSerializer(person).data)
