"""Small random knowledge: roles that share some items, and figures of several sources with gaps."""

import random
from datetime import date
from types import MappingProxyType

from hypothesis import strategies as st

from bot.core.knowledge.model import (
    AsOf,
    Figure,
    Item,
    ItemKind,
    ItemUse,
    Level,
    Match,
    Measure,
    Role,
    Section,
    SectionKind,
    Seniority,
    Snapshot,
    Source,
    Statement,
    Unit,
)

SINCE = AsOf(date(2026, 1, 1), "2026-01")
SOURCES = ("postings", "survey", "register")
REGIONS = {"Ohio": "OH", "Texas": "TX"}
OCCUPATIONS = ("Analysts (1)", "Engineers (2)", "Clerks (3)")
ITEM_SECTIONS, FIGURE_SECTIONS = ("skills", "tools"), ("salary", "outlook")


def _sections() -> dict[str, Section]:
    kinds = {
        "definition": SectionKind.STATEMENTS,
        "duties": SectionKind.STATEMENTS,
        **dict.fromkeys(ITEM_SECTIONS, SectionKind.ITEMS),
        **dict.fromkeys(FIGURE_SECTIONS, SectionKind.FIGURES),
    }
    return {
        name: Section(name, name.title(), kind, order=place, bit=place, shelf_life=24)
        for place, (name, kind) in enumerate(kinds.items())
    }


def _uses(dice: random.Random) -> tuple[ItemUse, ...]:
    items = dice.sample(range(9), dice.randint(0, 7))
    return tuple(
        ItemUse(f"item-{item}", dice.choice(SOURCES), SINCE, level=dice.choice([None, *Level]))
        for item in items
    )


def _pay(dice: random.Random, measure: Measure, level: Seniority | None, source: str) -> Figure:
    value = dice.randint(50, 250) * 1000.0
    return Figure(
        measure=measure,
        value=value,
        low=value - 10_000,
        high=value + 20_000,
        unit=Unit.USD_YEAR,
        region="US",
        period=dice.choice(["2024", "2025"]),
        occupation=dice.choice(OCCUPATIONS),
        match=dice.choice(list(Match)),
        source=source,
        as_of=SINCE,
        level=level,
        n=dice.choice([None, dice.randint(30, 9000)]),
    )


def _figures(dice: random.Random) -> dict[str, tuple[Figure | Statement, ...]]:
    salaries = [
        _pay(dice, Measure.SALARY, level, dice.choice(SOURCES[:2]))
        for level in (None, *Seniority)
        if dice.random() < 0.5
    ]
    wages = [_pay(dice, Measure.WAGE, None, "register")] if dice.random() < 0.7 else []
    growth = [
        Figure(
            Measure.GROWTH, dice.randint(-50, 400) / 10, Unit.PERCENT, "US", "2024-34", dice.choice(OCCUPATIONS),
            dice.choice(list(Match)), dice.choice(SOURCES), SINCE,
        )
        for _ in range(dice.randint(0, 1))
    ]  # fmt: skip
    figures = [*salaries, *wages]
    dice.shuffle(figures)
    return {"salary": tuple(figures), "outlook": (*growth, Statement("It may change.", "postings", SINCE))}


def _role(number: int, dice: random.Random) -> Role:
    sections = {
        "definition": (Statement(f"Role {number} does things.", "postings", SINCE),),
        "skills": _uses(dice),
        "tools": _uses(dice),
        **_figures(dice),
    }
    filled = {name: facts for name, facts in sections.items() if facts}
    return Role(f"role-{number}", f"Role {number}", (), (), (), (), "family", (), MappingProxyType(filled))


def knowledge_of(seed: int) -> Snapshot:
    """A snapshot of five to seven roles; equal seeds, equal knowledge."""
    dice = random.Random(seed)
    roles = {f"role-{number}": _role(number, dice) for number in range(dice.randint(5, 7))}
    wages = {
        occupation: {
            region: Figure(
                Measure.WAGE, 90_000.0 + number, Unit.USD_YEAR, region, "2025", occupation, Match.OWN, "register",
                SINCE, low=80_000.0, high=100_000.0,
            )
            for number, region in enumerate(REGIONS)
            if dice.random() < 0.7
        }
        for occupation in OCCUPATIONS
    }  # fmt: skip
    return Snapshot(
        revision=f"seed-{seed}",
        roles=MappingProxyType(roles),
        sections=MappingProxyType(_sections()),
        items=MappingProxyType(
            {
                f"item-{number}": Item(
                    f"item-{number}",
                    f"Item {number}",
                    ItemKind.TOOL if number % 2 else ItemKind.SKILL,
                    "It is used.",
                )
                for number in range(9)
            }
        ),
        sources=MappingProxyType({name: Source(name, name.title(), "P", "L", SINCE) for name in SOURCES}),
        faq=MappingProxyType({}),
        compared=(("role-1", "role-0"), ("role-2", "role-3")),
        regions=MappingProxyType(REGIONS),
        wages=MappingProxyType(wages),
    )


seeds = st.integers(0, 2**32 - 1)
