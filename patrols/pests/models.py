"""Data of pest control: operations, density surveys, limits of density, breeding sites."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citymgmt.people.models import SubDistrict, User
from communities.models import Community
from patrols.pests.indices import INDICES, METHODS, PESTS, Counts, Method, counts_of
from patrols.pests.limits import LEVELS, Limit
from patrols.teams.models import Team

LONGEST_LINE, LONGEST_TEXT, LONGEST_CODE = 100, 500, 40  # characters
MOST_AREA_M2, MOST_SAMPLED, MOST_MINUTES, MOST_COUNTED = 10_000_000, 1_000_000, 600, 1_000_000
PEST_CHOICES = [(code, _(label)) for code, label in PESTS.items()]
METHOD_CHOICES = [(one.code, _(one.label)) for one in METHODS.values()]
INDEX_CHOICES = [(one.code, _(one.label)) for one in INDICES.values()]
QUANTITY_DIGITS, QUANTITY_DECIMALS = 8, 2


class OfTeam(models.Model):
    """Something that a pest team did or found in a community at a place."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("team"))
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    place = models.CharField(_("place"), max_length=LONGEST_LINE)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.place


@pghistory.track()
class PestOperation(OfTeam):
    """What was done against pests (消杀): where, with what, by whom, and with which effect."""

    class PlaceKind(models.TextChoices):
        GREEN = "green", _("public green")
        REFUSE = "refuse", _("refuse collection point")
        SEWER = "sewer", _("sewer")
        MARKET = "market", _("farmers' market")
        STAIRWELL = "stairwell", _("stairwell")
        STATION = "station", _("transfer station or toilet")
        SITE = "site", _("construction site")
        OTHER = "other", _("other place")

    class Method(models.TextChoices):
        SPRAY = "spray", _("chemical spraying")
        FOG = "fog", _("hot fog")
        BAIT = "bait", _("bait")
        LARVICIDE = "larvicide", _("larvicide in water")
        TRAP = "trap", _("physical trapping")
        REMOVAL = "removal", _("removal of breeding places")

    class Unit(models.TextChoices):
        GRAM = "g", _("g")
        KILOGRAM = "kg", _("kg")
        MILLILITRE = "ml", _("ml")
        LITRE = "l", _("l")
        PIECE = "piece", _("pieces")

    class Weather(models.TextChoices):
        SUNNY = "sunny", _("sunny")
        CLOUDY = "cloudy", _("cloudy")
        RAIN = "rain", _("rain")
        WIND = "wind", _("strong wind")
        INDOORS = "indoors", _("indoors")

    CHEMICAL = (Method.SPRAY, Method.FOG, Method.BAIT, Method.LARVICIDE)

    on = models.DateField(_("day"))
    place_kind = models.CharField(_("kind of place"), max_length=10, choices=PlaceKind.choices)
    pest = models.CharField(_("pest"), max_length=10, choices=PEST_CHOICES)
    method = models.CharField(_("method"), max_length=10, choices=Method.choices)
    product = models.CharField(_("product"), max_length=LONGEST_LINE)
    ingredient = models.CharField(_("main ingredient"), max_length=LONGEST_LINE, blank=True)
    batch = models.CharField(_("batch number"), max_length=LONGEST_CODE, blank=True)
    registration = models.CharField(_("pesticide registration number"), max_length=LONGEST_CODE, blank=True)
    ratio = models.CharField(_("mixing ratio"), max_length=LONGEST_CODE, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=QUANTITY_DIGITS, decimal_places=QUANTITY_DECIMALS)
    unit = models.CharField(_("unit"), max_length=6, choices=Unit.choices)
    area_m2 = models.PositiveIntegerField(_("area in m²"), null=True, validators=[MaxValueValidator(MOST_AREA_M2)])
    points = models.PositiveIntegerField(_("number of points"), null=True, validators=[MaxValueValidator(MOST_SAMPLED)])
    weather = models.CharField(_("weather"), max_length=8, choices=Weather.choices)
    before = models.CharField(_("situation before"), max_length=LONGEST_TEXT, blank=True)
    after = models.CharField(_("effect afterwards"), max_length=LONGEST_TEXT, blank=True)
    is_notice_posted = models.BooleanField(_("safety notice posted"))
    people = models.ManyToManyField(User, through="OperationPerson", related_name="+", verbose_name=_("persons"))
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("supervisor"))
    checked_at = models.DateTimeField(_("checked by the supervisor at"), null=True)

    class Meta:
        verbose_name = _("treatment against pests")
        verbose_name_plural = _("treatments against pests")
        indexes = [models.Index(fields=["team", "-on"]), models.Index(fields=["community", "-on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "on", "community", "place", "pest", "method", "product"], name="pest_operation_once"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="pest_operation_took_some"),
            models.CheckConstraint(
                condition=Q(area_m2__gt=0) | Q(points__gt=0), name="pest_operation_covers_area_or_points"
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_at__isnull=True)
                | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="pest_operation_checked_by_somebody",
            ),
        ]


@pghistory.track()
class OperationPerson(models.Model):
    """A member of the team who took part in an operation."""

    operation = models.ForeignKey(PestOperation, models.PROTECT, related_name="parts", verbose_name=_("treatment"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))

    class Meta:
        verbose_name = _("person of a treatment")
        verbose_name_plural = _("persons of treatments")
        constraints = [models.UniqueConstraint(fields=["operation", "user"], name="operation_person_once")]

    def __str__(self) -> str:
        return str(self.user)


@pghistory.track()
class DensitySurvey(OfTeam):
    """What a survey of density (密度监测) by one method counted at a place on a day."""

    method = models.CharField(_("method"), max_length=20, choices=METHOD_CHOICES)
    on = models.DateField(_("day"))
    sampled = models.PositiveIntegerField(
        _("sampled"), validators=[MinValueValidator(1), MaxValueValidator(MOST_SAMPLED)]
    )
    minutes = models.PositiveIntegerField(_("minutes each"), null=True, validators=[MaxValueValidator(MOST_MINUTES)])
    positive = models.PositiveIntegerField(_("positive"), default=0, validators=[MaxValueValidator(MOST_SAMPLED)])
    counted = models.PositiveIntegerField(_("counted"), default=0, validators=[MaxValueValidator(MOST_COUNTED)])
    surveyor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("surveyor"))

    class Meta:
        verbose_name = _("density survey")
        verbose_name_plural = _("density surveys")
        indexes = [models.Index(fields=["team", "-on"]), models.Index(fields=["community", "-on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "method", "on", "community", "place"], name="density_survey_once_a_day"
            ),
            models.CheckConstraint(condition=Q(sampled__gt=0), name="density_survey_sampled_some"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gt=0), name="density_survey_takes_time"
            ),
        ]

    @property
    def way(self) -> Method:
        """The method with its words."""
        return METHODS[self.method]

    @property
    def counts(self) -> Counts:
        """What it adds to the indices of its method."""
        return counts_of(self.method, self.sampled, self.minutes, self.positive, self.counted)

    @property
    def figures(self) -> list[tuple[str, int]]:
        """The numbers that its method asks for, each with its words."""
        asked = ((name, getattr(self.way, name)) for name in ("sampled", "minutes", "positive", "counted"))
        return [(gettext(words), getattr(self, name) or 0) for name, words in asked if words]


@pghistory.track()
class DensityLimit(models.Model):
    """The limit of an index at a level that an office entered in place of the one that the portal comes with."""

    subdistrict = models.ForeignKey(SubDistrict, models.PROTECT, related_name="+", verbose_name=_("sub-district"))
    index = models.CharField(_("index"), max_length=20, choices=INDEX_CHOICES)
    level = models.CharField(_("level"), max_length=1, choices=[(level, level) for level in LEVELS])
    most = models.DecimalField(_("at most"), max_digits=8, decimal_places=3, null=True)
    is_below = models.BooleanField(_("must stay below"), default=False)
    standard = models.CharField(_("standard"), max_length=LONGEST_LINE, blank=True)
    source = models.CharField(_("source"), max_length=LONGEST_TEXT, blank=True)

    class Meta:
        verbose_name = _("limit of density")
        verbose_name_plural = _("limits of density")
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "index", "level"], name="density_limit_once"),
            models.CheckConstraint(condition=Q(most__isnull=True) | Q(most__gte=0), name="density_limit_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_index_display()} {self.level}"

    @property
    def limit(self) -> Limit:
        """The same as the pure core takes it."""
        return Limit(self.index, self.level, self.most, self.is_below, self.standard, self.source)


@pghistory.track()
class BreedingSite(OfTeam):
    """A place where pests breed (孳生地): open from the day on which it was found, or found again, until closed."""

    class Kind(models.TextChoices):
        STANDING_WATER = "standing_water", _("standing water")
        CONTAINER = "container", _("containers and tyres")
        DRAIN = "drain", _("drain or sewer")
        RUBBISH = "rubbish", _("heap of rubbish")
        BURROW = "burrow", _("burrow")
        CREVICE = "crevice", _("crevice or pipe shaft")
        OTHER = "other", _("other place")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    pest = models.CharField(_("pest"), max_length=10, choices=PEST_CHOICES)
    open_since = models.DateField(_("found last on"))
    closed_on = models.DateField(_("cleared on"), null=True)

    class Meta:
        verbose_name = _("breeding site")
        verbose_name_plural = _("breeding sites")
        indexes = [models.Index(fields=["team", "open_since"], condition=Q(closed_on=None), name="breeding_site_open")]
        constraints = [
            models.UniqueConstraint(fields=["team", "community", "place", "kind"], name="breeding_site_once"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("open_since")),
                name="breeding_site_closed_after",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.closed_on is None


@pghistory.track()
class BreedingStep(models.Model):
    """What happened to a breeding site, by whom and when; never changed."""

    class Kind(models.TextChoices):
        FOUND = "found", _("found")
        CLOSED = "closed", _("cleared")
        FOUND_AGAIN = "found_again", _("found again")

    site = models.ForeignKey(BreedingSite, models.PROTECT, related_name="steps", verbose_name=_("breeding site"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    on = models.DateField(_("day"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    note = models.CharField(_("note"), max_length=LONGEST_TEXT, blank=True)

    class Meta:
        verbose_name = _("step of a breeding site")
        verbose_name_plural = _("steps of breeding sites")
        indexes = [models.Index(fields=["site", "id"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
