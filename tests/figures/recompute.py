"""Compares every figure and every measured industry share in the knowledge with the table that it cites.

    python tests/figures/recompute.py TABLES [KNOWLEDGE]

TABLES (or the environment variable ROLEWISE_TABLES) is a folder with salaries-by-role.csv, bls-wages.csv, outlook.csv,
outlook-occupations.csv and bls-industries.csv. Prints what differs by file and line; the exit code is 0 if nothing does.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tables import CODES, Tables

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # in a clone the package need not be installed

from bot.core.knowledge.files import read_files  # noqa: E402
from bot.core.knowledge.model import Measure  # noqa: E402
from bot.core.knowledge.parts import Part, Parts, read_parts  # noqa: E402
from bot.core.knowledge.problems import Problem, Report  # noqa: E402
from bot.core.knowledge.schema import (  # noqa: E402
    FigureModel,
    ItemUseModel,
    RoleFile,
    WageModel,
    WagesFile,
)

VARIABLE = "ROLEWISE_TABLES"
SHIPPED = ROOT / "knowledge"

N_AT_LEAST = 30
TOP_SHARE_AT_MOST = 0.10  # of the answers that are one and the same posting

AI_JOBS, WAGES, PROJECTIONS = "ai-jobs-2025-01", "bls-oews-2025", "bls-projections-2024-34"
AS_OF = {AI_JOBS: "2025-01-19", WAGES: "2025-05", PROJECTIONS: "2025-08-28"}
ALL_YEARS = "2020-2025"

_OCCUPATION = re.compile(r"(.+) \((\d\d-\d{4})\)")

Path_ = tuple[str | int, ...]
Difference = tuple[str, str]
"""The key of a fact whose value differs, and a sentence."""


@dataclass
class Result:
    """What was compared: how many of each kind, what differs, and what no table holds."""

    compared: Counter[str] = field(default_factory=Counter)
    mismatches: list[Problem] = field(default_factory=list)
    apart: list[Problem] = field(default_factory=list)

    def summary(self) -> str:
        """The counts on one line."""
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.compared.items()))
        return (
            f"{self.compared.total()} figures compared ({kinds}): {len(self.mismatches)} differ, "
            f"{len(self.apart)} not in the tables"
        )


def recompute(knowledge: Path, tables: Tables) -> Result:
    """Compares all figures and shares of a knowledge directory."""
    report = Report()
    parts = read_parts(read_files(knowledge, report), report)
    result = Result(mismatches=[problem for problem in report.problems() if problem.severity == "error"])
    comparer = _Comparer(parts, tables)
    for part in parts.roles:
        for section, facts in part.model.sections.items():
            for index, fact in enumerate(facts):
                where = ("sections", section, index)
                if isinstance(fact, FigureModel):
                    result.compared[fact.measure] += 1
                    _note(part, where, comparer.figure(part.model.id, fact), result.mismatches)
                elif isinstance(fact, ItemUseModel) and fact.share is not None:
                    result.compared["share"] += 1
                    found, known = comparer.share(part.model.id, fact)
                    _note(part, where, found, result.mismatches if known else result.apart)
    if parts.wages is not None:
        wages = parts.wages
        for occupation, regions in wages.model.wages.items():
            for region, wage in regions.items():
                result.compared["regional wage"] += 1
                where = ("wages", occupation, region)
                _note(wages, where, comparer.regional_wage(occupation, region, wage), result.mismatches)
    return result


def _note(
    part: Part[RoleFile] | Part[WagesFile], where: Path_, found: list[Difference], problems: list[Problem]
) -> None:
    for key, text in found:
        problems.append(Problem(part.file, *part.place(*where, key), "error", text))


class _Comparer:
    """Looks the row up that a figure rests on, and says what differs."""

    def __init__(self, parts: Parts, tables: Tables) -> None:
        self._tables = tables
        self._roles = {part.model.name: part.model.id for part in parts.roles}

    def figure(self, role: str, figure: FigureModel) -> list[Difference]:
        if figure.measure is Measure.SALARY:
            return list(self._salary(role, figure))
        if figure.measure is Measure.WAGE:
            return list(self._wage(role, figure))
        return list(self._projection(role, figure))

    def _salary(self, role: str, figure: FigureModel) -> Iterator[Difference]:
        yield from _cited(figure, AI_JOBS)
        yield from _differs("unit", figure.unit, "USD/year")
        slug = self._roles.get(figure.occupation)
        yield from _differs("match", figure.match, "own" if slug == role else "nearest")
        year = "all" if figure.period == ALL_YEARS else figure.period
        level = figure.level or "all"
        row = self._tables.salaries.get((slug or "", year, level, figure.region))
        if row is None:
            yield "measure", f"no row for {figure.occupation}, {year}, {level}, {figure.region}"
            return
        yield from _pay(figure, row)
        yield from _differs("n", figure.n, int(row["n"]))
        if int(row["n"]) < N_AT_LEAST:
            yield "n", f"rests on {row['n']}, expected at least {N_AT_LEAST}"
        if float(row["top_share"]) > TOP_SHARE_AT_MOST:
            yield "measure", f"one posting makes up {row['top_share']}, expected {TOP_SHARE_AT_MOST} at most"

    def _wage(self, role: str, figure: FigureModel) -> Iterator[Difference]:
        yield from _cited(figure, WAGES)
        yield from _differs("unit", figure.unit, "USD/year")
        yield from _differs("period", figure.period, "May 2025")
        soc, found = self._occupation(role, figure)
        yield from found
        area = "National" if figure.region == "US" else figure.region
        row = self._tables.wages.get((soc, area))
        if row is None:
            yield "measure", f"no wages for {figure.occupation} in {area}"
            return
        yield from _pay(figure, row)
        for key in ("n", "level"):
            if getattr(figure, key) is not None:
                yield key, f"the table has no {key}"

    def regional_wage(self, occupation: str, region: str, wage: WageModel) -> list[Difference]:
        """What differs between a wage of `wages.yaml` and its row."""
        named = _OCCUPATION.fullmatch(occupation)
        row = self._tables.wages.get((named.group(2) if named is not None else "", region))
        if row is None:
            return [("value", f"no wages for {occupation} in {region}")]
        return list(_pay(wage, row))

    def _projection(self, role: str, figure: FigureModel) -> Iterator[Difference]:
        yield from _cited(figure, PROJECTIONS)
        yield from _differs("region", figure.region, "US")
        soc, found = self._occupation(role, figure)
        yield from found
        row = self._tables.outlook.get(soc)
        if row is None:
            yield "measure", f"no projection for {figure.occupation}"
            return
        base, target = row["base_year"], row["target_year"]
        column, unit, period = {
            Measure.GROWTH: ("growth_pct", "percent", f"{base}-{target[-2:]}"),
            Measure.OPENINGS: ("openings_per_year", "jobs/year", f"{base}-{target[-2:]}"),
            Measure.EMPLOYMENT: ("employment_base", "jobs", base),
        }[figure.measure]
        if figure.measure is Measure.EMPLOYMENT and figure.period == target:
            column, period = "employment_target", target
        yield from _differs("unit", figure.unit, unit)
        yield from _differs("period", figure.period, period)
        yield from _differs("value", figure.value, _number(row[column]))
        for key in ("low", "high", "n", "level"):
            if getattr(figure, key) is not None:
                yield key, f"the table has no {key}"

    def share(self, role: str, use: ItemUseModel) -> tuple[list[Difference], bool]:
        """What differs, and whether the tables hold a share of this industry at all."""
        found = list(_cited(use, WAGES))
        soc, others = self._occupation(role, use)
        found += others
        rows = {code: self._tables.shares.get((soc, code)) for code in CODES.get(use.item, ())}
        shares = {code: _number(share) for code, share in rows.items() if share is not None}
        if not shares:
            text = f"share of {use.item} among {use.occupation}: {use.share:g}, not in the tables"
            return (found, True) if found else ([("share", text)], False)
        if use.share not in shares.values():
            known = " or ".join(f"{share:g} ({code})" for code, share in shares.items())
            found.append(("share", f"share is {use.share:g}, the table has {known}"))
        return found, True

    def _occupation(self, role: str, fact: FigureModel | ItemUseModel) -> tuple[str, list[Difference]]:
        """The code of the fact's occupation, and what is wrong with its name and its relation to the role."""
        named = _OCCUPATION.fullmatch(fact.occupation or "")
        if named is None:
            return "", [("occupation", "expected an occupation with its code, as Data Scientists (15-2051)")]
        title, soc = named.groups()
        row = self._tables.wages.get((soc, "National"))
        found = list(_differs("occupation", title, row["title"] if row is not None else None))
        match = self._tables.matches.get((role, soc))
        if match is None:
            found.append(("occupation", f"{soc} is not listed for {role}"))
        else:
            found += _differs("match", fact.match, match)
        return soc, found


def _cited(fact: FigureModel | ItemUseModel, source: str) -> Iterator[Difference]:
    yield from _differs("source", fact.source, source)
    yield from _differs("as_of", fact.as_of.text, AS_OF[source])


def _pay(figure: FigureModel | WageModel, row: dict[str, str]) -> Iterator[Difference]:
    for key, column in (("value", "median"), ("low", "p25"), ("high", "p75")):
        yield from _differs(key, getattr(figure, key), _number(row[column]))


def _differs(key: str, given: object, expected: object) -> Iterator[Difference]:
    if given != expected:
        yield key, f"{key} is {_shown(given)}, the table has {_shown(expected)}"


def _shown(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def main(arguments: list[str]) -> int:
    tables = arguments[0] if arguments else os.environ.get(VARIABLE)
    if not tables:
        print(__doc__)
        return 2
    knowledge = Path(arguments[1]) if len(arguments) > 1 else SHIPPED
    result = recompute(knowledge, Tables.read(Path(tables)))
    for problem in (*result.mismatches, *result.apart):
        print(f"{problem.file}:{problem.line}:{problem.column}: {problem.text}")
    print(result.summary())
    return 1 if result.mismatches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
