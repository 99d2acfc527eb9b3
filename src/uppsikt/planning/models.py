from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from uppsikt.accounts.selectors import User
from uppsikt.cycle.selectors import FiscalYear, Round
from uppsikt.followup.selectors import Item
from uppsikt.history.superseding import CURRENT, SupersedingRow
from uppsikt.organisation.decided import DecisionReference
from uppsikt.organisation.selectors import Body, Unit
from uppsikt.planning.fields import FigureField
from uppsikt.planning.rules.judgement import Direction


class Plan(DecisionReference):
    """A body's plan for a year: a draft that changes freely, then adopted by decision."""

    year = models.ForeignKey(FiscalYear, on_delete=models.PROTECT, related_name="plans", verbose_name=_("år"))
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="plans", verbose_name=_("organ"))
    adopted_at = models.DateTimeField(_("fastställd"), null=True, blank=True)
    adopted_by_key = models.CharField(_("fastställd av (nyckel)"), max_length=100, blank=True)
    adopted_by_name = models.CharField(_("fastställd av"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("planer")
        constraints = [
            models.UniqueConstraint(fields=["year", "body"], name="one_plan_a_year"),
            models.CheckConstraint(
                condition=Q(adopted_at__isnull=True, adopted_by_key="")
                | (Q(adopted_at__isnull=False) & ~Q(adopted_by_key="")),
                name="plan_adopted_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.year_id}"


class Goal(models.Model):
    """A node in the goal tree of a year; its level, and so its label, comes from the steering model."""

    key = models.SlugField(_("nyckel"), max_length=120, unique=True)
    year = models.ForeignKey(FiscalYear, on_delete=models.PROTECT, related_name="goals", verbose_name=_("år"))
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="goals", verbose_name=_("organ"))
    level = models.CharField(_("nivå"), max_length=40)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("under målet"),
    )
    number = models.CharField(_("nummer"), max_length=20, blank=True)
    name = models.CharField(_("namn"), max_length=300)
    description = models.TextField(_("inledande text"), blank=True)
    position = models.PositiveIntegerField(_("ordning"), default=0)
    responsible = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name=_("ansvarig"),
    )
    carried_over_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_over_to",
        verbose_name=_("fortsätter från"),
    )
    removed_at = models.DateTimeField(_("borttagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("mål")
        verbose_name_plural = _("mål")
        ordering = ["position", "key"]
        indexes = [models.Index(fields=["year", "body"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="goal_not_under_itself"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()


class Priority(models.Model):
    """A political priority under a goal ("särskilt prioriterat")."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="priorities", verbose_name=_("mål"))
    position = models.PositiveIntegerField(_("ordning"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("särskilt prioriterat")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["goal", "position"], name="priority_position")]

    def __str__(self) -> str:
        return self.text[:60]


class Indicator(models.Model):
    """A measured series that lives over the years, whoever uses it."""

    key = models.SlugField(_("nyckel"), max_length=120, unique=True)
    name = models.CharField(_("namn"), max_length=300)
    measure = models.CharField(_("måttenhet"), max_length=60, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimaler"), null=True, blank=True)
    direction = models.CharField(
        _("önskad riktning"),
        max_length=5,
        choices=[
            (Direction.UP.value, _("högre är bättre")),
            (Direction.DOWN.value, _("lägre är bättre")),
            (Direction.NONE.value, _("varken eller")),
        ],
        default=Direction.NONE.value,
    )
    periodicity = models.CharField(
        _("mäts"),
        max_length=10,
        choices=[
            ("year", _("per år")),
            ("tertial", _("per tertial")),
            ("quarter", _("per kvartal")),
            ("month", _("per månad")),
            ("rolling12", _("rullande tolv månader")),
        ],
        default="year",
    )
    source_kind = models.CharField(
        _("slag av källa"),
        max_length=10,
        choices=[
            ("own", _("egen statistik")),
            ("kolada", _("Kolada")),
            ("scb", _("SCB")),
            ("survey", _("enkät")),
            ("other", _("annan")),
        ],
        default="own",
    )
    source = models.CharField(_("källa"), max_length=300, blank=True)
    kolada_ids = models.CharField(_("Kolada-id"), max_length=100, blank=True)
    published = models.CharField(_("publiceras"), max_length=200, blank=True)
    published_week = models.PositiveSmallIntegerField(_("publiceras vecka"), null=True, blank=True)
    small_group_limit = models.PositiveSmallIntegerField(_("minsta grupp som visas"), null=True, blank=True)
    note = models.TextField(_("anmärkning"), blank=True)
    definition = models.TextField(_("definition"), blank=True)

    class Meta:
        verbose_name = _("indikator")
        verbose_name_plural = _("indikatorer")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_week__isnull=True) | Q(published_week__gte=1, published_week__lte=53),
                name="indicator_week",
                violation_error_message=_("Veckan ska vara 1–53."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class IndicatorUse(models.Model):
    """An indicator in a body's year: under a goal, or in a section such as personnel."""

    key = models.SlugField(_("nyckel"), max_length=120, unique=True)
    year = models.ForeignKey(FiscalYear, on_delete=models.PROTECT, related_name="uses", verbose_name=_("år"))
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="uses", verbose_name=_("organ"))
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="uses", verbose_name=_("mål")
    )
    section = models.CharField(_("avsnitt"), max_length=40, blank=True)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="uses", verbose_name=_("indikator")
    )
    position = models.PositiveIntegerField(_("ordning"), default=0)
    label = models.CharField(_("namn i planen"), max_length=300, blank=True)
    lag_years = models.PositiveSmallIntegerField(_("eftersläpning i år"), default=0)
    breakdowns = models.CharField(_("uppdelningar"), max_length=300, blank=True)
    responsible = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="uses",
        verbose_name=_("ansvarig"),
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("enhet"))
    note = models.TextField(_("anmärkning"), blank=True)
    removed_at = models.DateTimeField(_("borttagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("indikator i planen")
        ordering = ["position", "key"]
        indexes = [models.Index(fields=["year", "body"])]
        constraints = [
            models.CheckConstraint(
                condition=(Q(goal__isnull=False, section="") | (Q(goal__isnull=True) & ~Q(section=""))),
                name="use_goal_or_section",
                violation_error_message=_("Ange mål eller avsnitt, inte båda."),
            )
        ]

    def __str__(self) -> str:
        return self.key


class Target(SupersedingRow):
    """A decided target of an indicator in a plan. A changed target is a new row."""

    use = models.ForeignKey(
        IndicatorUse, on_delete=models.CASCADE, related_name="targets", verbose_name=_("indikator")
    )
    role = models.CharField(
        _("slag"), max_length=10, choices=[("milestone", _("etappmål")), ("final", _("målvärde"))]
    )
    year = models.PositiveIntegerField(_("avser år"))
    kind = models.CharField(_("jämförelse"), max_length=10)
    value = FigureField(_("värde"), null=True, blank=True)
    upper = FigureField(_("övre värde"), null=True, blank=True)
    comparator = models.CharField(_("tecken mot jämförelsevärde"), max_length=2, blank=True)
    reference = models.CharField(_("jämförelsevärde"), max_length=100, blank=True)
    period_text = models.CharField(_("tillägg"), max_length=60, blank=True)
    printed = models.CharField(_("som beslutat"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("målvärde")
        verbose_name_plural = _("målvärden")
        constraints = [
            models.UniqueConstraint(
                fields=["use", "role", "year"], condition=CURRENT, name="one_target_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.use_id} {self.year} {self.printed}"


class Observation(SupersedingRow):
    """An outcome of an indicator for a period. A revised outcome is a new row; both are kept."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="observations", verbose_name=_("indikator")
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("organ"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("enhet"))
    period = models.CharField(_("period"), max_length=20)
    period_end = models.DateField(_("periodens slut (ej med)"))
    breakdown = models.CharField(_("uppdelning"), max_length=200, blank=True)
    value = FigureField(_("utfall"), null=True, blank=True)
    status = models.CharField(
        _("läge"),
        max_length=15,
        choices=[
            ("value", _("utfall")),
            ("not_measured", _("ej mätt")),
            ("not_published", _("ännu ej publicerat")),
            ("missing", _("saknas")),
        ],
        default="value",
    )
    preliminary = models.BooleanField(_("preliminärt"), default=False)
    group_size = models.PositiveIntegerField(_("antal i gruppen"), null=True, blank=True)
    footnote = models.TextField(_("fotnot"), blank=True)
    source = models.CharField(_("källa för värdet"), max_length=300, blank=True)
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("rapporterat vid")
    )

    class Meta:
        verbose_name = _("utfall")
        verbose_name_plural = _("utfall")
        indexes = [models.Index(fields=["indicator", "period_end"])]
        constraints = [
            models.UniqueConstraint(
                F("indicator"),
                Coalesce(F("body"), Value(0)),
                Coalesce(F("unit"), Value(0)),
                F("period"),
                F("breakdown"),
                condition=CURRENT,
                name="one_observation",
            ),
            models.CheckConstraint(
                condition=Q(status="value", value__isnull=False)
                | (~Q(status="value") & Q(value__isnull=True)),
                name="observation_value_or_why",
                violation_error_message=_("Ange ett utfall, eller varför det saknas."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period} {self.breakdown} {self.value}"


class IndicatorReport(SupersedingRow):
    """What the reporter says of an indicator in a round: judgement, reason for departing, analysis."""

    use = models.ForeignKey(
        IndicatorUse, on_delete=models.CASCADE, related_name="reports", verbose_name=_("indikator")
    )
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="indicator_reports", verbose_name=_("tillfälle")
    )
    reported = models.CharField(
        _("rapporterad bedömning"),
        max_length=10,
        blank=True,
        choices=[("met", _("Uppnått")), ("not_met", _("Ej uppnått"))],
    )
    reason = models.TextField(_("skäl till avvikelse från regeln"), blank=True)
    analysis = models.TextField(_("analys"), blank=True)
    trend = models.CharField(
        _("rapporterad trend"),
        max_length=10,
        blank=True,
        choices=[("better", _("bättre")), ("unchanged", _("oförändrad")), ("worse", _("sämre"))],
    )
    unjustified = models.CharField(_("omotiverade skillnader"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("rapport om indikator")
        constraints = [
            models.UniqueConstraint(fields=["use", "round"], condition=CURRENT, name="one_indicator_report")
        ]

    def __str__(self) -> str:
        return f"{self.use_id} {self.reported}"


class Assessment(SupersedingRow):
    """A body's assessment of a goal in a round, with the rationale. A changed assessment is a new row."""

    goal = models.ForeignKey(
        Goal, on_delete=models.CASCADE, related_name="assessments", verbose_name=_("mål")
    )
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("tillfälle")
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, verbose_name=_("organ"))
    step = models.CharField(_("bedömning"), max_length=40, blank=True)
    proposed = models.CharField(_("regelns förslag"), max_length=40, blank=True)
    rationale = models.TextField(_("motivering"), blank=True)

    class Meta:
        verbose_name = _("målbedömning")
        verbose_name_plural = _("målbedömningar")
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "round", "body"], condition=CURRENT, name="one_assessment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.step}"


class Assignment(DecisionReference):
    """An assignment or commitment: something the body must do, with its origin and decision."""

    item = models.OneToOneField(
        Item, on_delete=models.PROTECT, related_name="assignment", verbose_name=_("uppföljning")
    )
    goal = models.ForeignKey(
        Goal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("mål"),
    )
    number = models.CharField(_("nummer"), max_length=20, blank=True)
    title = models.CharField(_("rubrik"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    background = models.TextField(_("bakgrund"), blank=True)
    parts = models.JSONField(_("delar"), default=list, blank=True)
    origin = models.CharField(_("ursprung"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("uppdrag")
        verbose_name_plural = _("uppdrag")
        ordering = ["item__position", "item__key"]

    def __str__(self) -> str:
        return self.title
