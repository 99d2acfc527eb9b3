"""The economy model as typed data: how one municipality codes, groups and prints its money in one year.

A document (docs/formats/economy-model.md) in, dataclasses out. Nothing here knows a municipality, an account or a
table: what differs is data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

COLUMNS = ("cost_centre", "activity", "project", "counterparty", "own1", "own2", "own3", "own4")
"""The coding columns of a ledger entry beside the account."""

UNITS: Mapping[str, int] = {"kr": 100, "tkr": 100_000, "mnkr": 100_000_000}
"""Öre to the unit a table prints in."""

MEASURES = (
    "budget", "budget_original", "budget_accumulated", "outcome", "forecast", "forecast_previous", "restated",
    "registered", "plan", "decided_total", "estimated_total", "spent",
)  # fmt: skip
"""What a column may ask for; which of them a table's source can answer is the source's affair."""

SOURCES = ("statement", "register", "projects", "financial_goals")

PROJECT_FLOWS = ("expense", "income", "sales_expense", "sales_income")
"""The ways a project's money goes: its own expense and income, and what selling what it made ready costs and gives."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A coding dimension. `key` is a column of the entry; `sie` the dimension numbers that feed it (SIE 4, #DIM)."""

    key: str
    label: str
    sie: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A statement line: a leaf over accounts by their first digits, or a sum of the lines below it.

    An account belongs to the leaf with the longest matching prefix in each tree (a tree is the lines under one
    line without a parent). `lines`: a leaf that is made of lines of another tree, so that budgets and forecasts on
    those count here too. `income` says which sign the line has by nature, for words and colours only.
    """

    key: str
    label: str
    parent: str = ""
    accounts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    income: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A key with its word."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """Over what variance a comment is required: at least `amount` kronor and at least `percent` of the budget.

    With `either` one of the two is enough. Zero and zero: nothing is required.
    """

    amount: int = 0
    percent: Decimal = Decimal(0)
    either: bool = False


@dataclass(frozen=True, slots=True)
class RegisterMeasure:
    """Something written down about each item of a register: money in öre, or a count."""

    key: str
    label: str
    count: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """Amounts that no ledger holds (or holds under other names): initiatives, pots, external funding, equity."""

    key: str
    label: str
    measures: tuple[RegisterMeasure, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectKind:
    """A kind of project with its phases, each in the municipality's words."""

    key: str
    label: str
    phases: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class FinancialGoal:
    """A financial goal for good economic management (KL 11:1, 11:6): a line as a share of another.

    `per`: the line it is a share of. `comparator` ge or le. `cost`: a cost's share is told as a positive figure.
    """

    key: str
    label: str
    line: str
    per: str
    target: Decimal
    comparator: str = "ge"
    cost: bool = False
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a measure, or something worked out from other columns of the same row.

    Args:
        measure: what is asked for; `years` back in time (-1: the year before); `through` cutoff or year.
        difference: [a, b] gives a − b. percent: [a, b] gives a as percent of |b|. change: [this, last] gives
            (this − last) / |last|. growth: [this, last] gives (this − last) / last, the growth of a cost.
        total: columns to add up. scope: narrows what every row asks for. text: a fact of the row in words.
        negate: prints what is asked for with the other sign (outlays as positive figures).
        unit: when it is not the table's. decimals: when they are not the table's.
    """

    key: str
    label: str
    measure: str = ""
    years: int = 0
    through: str = "cutoff"
    difference: tuple[str, ...] = ()
    percent: tuple[str, ...] = ()
    change: tuple[str, ...] = ()
    growth: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    scope: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    negate: bool = False
    unit: str = ""
    decimals: int | None = None

    @property
    def derived(self) -> tuple[str, tuple[str, ...]] | None:
        """How it is worked out, when it is: the operation and the columns it needs."""
        for name in ("difference", "percent", "change", "growth", "total"):
            needs: tuple[str, ...] = getattr(self, name)
            if needs:
                return name, needs
        return None


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A row: a scope to ask about, a sum of other rows, a heading, or the change between columns.

    Args:
        role: detail, subtotal, total, of_which (not added), group (a heading), empty (a row kept blank), memo
            (registered beside the table) or percent.
        scope: nodes by axis: line, place, activity, project, counterparty; body, unit; register, item, group; kind,
            phase, area, key. sum: keys of rows to add up.
        each: makes one row for every node of this axis under `under`, labelled by its name.
        growth_of: a row whose growth from column to column this row prints in percent.
        columns: the only columns that are filled; all when empty. decimals: by column, where they differ.
    """

    label: str = ""
    key: str = ""
    role: str = "detail"
    level: int = 0
    scope: Mapping[str, str] = field(default_factory=dict)
    sum: tuple[str, ...] = ()
    each: str = ""
    under: str = ""
    growth_of: str = ""
    columns: tuple[str, ...] = ()
    decimals: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table as the municipality prints it.

    Args:
        source: where its amounts come from (`SOURCES`). unit: kr, tkr or mnkr. whole: about the whole municipality.
        commented: a variance in this column over the threshold needs a comment; empty: none does.
        round_kinds: the rounds it belongs to; all when empty.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[RowSpec, ...]
    source: str = "statement"
    unit: str = "tkr"
    decimals: int = 0
    scope: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    whole: bool = False
    commented: str = ""
    round_kinds: tuple[str, ...] = ()
    chart: str = ""


@dataclass(frozen=True, slots=True)
class EconomyModel:
    """Everything a municipality has said of how its economy is coded and shown in a year.

    `flows`: the statement line that each of a project's flows (`PROJECT_FLOWS`) is read from.
    """

    name: str
    dimensions: tuple[Dimension, ...] = ()
    lines: tuple[Line, ...] = ()
    frame_columns: tuple[Named, ...] = ()
    threshold: Threshold = field(default_factory=Threshold)
    registers: tuple[Register, ...] = ()
    project_kinds: tuple[ProjectKind, ...] = ()
    areas: tuple[Named, ...] = ()
    flows: Mapping[str, str] = field(default_factory=dict)
    financial_goals: tuple[FinancialGoal, ...] = ()
    tables: tuple[TableSpec, ...] = ()

    def line(self, key: str) -> Line | None:
        """The line with this key."""
        return next((line for line in self.lines if line.key == key), None)

    @property
    def result_line(self) -> str:
        """The line that operations come to: the first of the model that stands under no other."""
        return next((line.key for line in self.lines if not line.parent), "*")

    def table(self, key: str) -> TableSpec | None:
        """The table with this key."""
        return next((table for table in self.tables if table.key == key), None)

    def register(self, key: str) -> Register | None:
        """The register with this key."""
        return next((register for register in self.registers if register.key == key), None)

    def project_kind(self, key: str) -> ProjectKind | None:
        """The kind of project with this key."""
        return next((kind for kind in self.project_kinds if kind.key == key), None)

    @property
    def sie_dimensions(self) -> dict[int, str]:
        """Which column each SIE dimension feeds."""
        return {number: dimension.key for dimension in self.dimensions for number in dimension.sie}

    def label_of(self, dimension: str) -> str:
        """The municipality's word for a dimension ("Ansvar")."""
        if dimension == "account":
            return "Konto"
        return next((one.label for one in self.dimensions if one.key == dimension), dimension)
