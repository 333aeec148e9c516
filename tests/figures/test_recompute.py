"""Figures are those of the cited tables; and the comparison itself notices what it should."""

import csv
import os
from pathlib import Path

import pytest
from recompute import SHIPPED, VARIABLE, main, recompute
from tables import Tables

GIVEN = os.environ.get(VARIABLE)

# The tables hold an occupation's largest industries only; these four small shares are of the same release.
NOT_IN_THE_TABLES = {
    ("roles/data-scientist.yaml", "share of marketing among Data Scientists (15-2051): 1.1"),
    ("roles/data-scientist.yaml", "share of telecommunications among Data Scientists (15-2051): 0.8"),
    ("roles/machine-learning-engineer.yaml", "share of retail among Data Scientists (15-2051): 0.1"),
    ("roles/machine-learning-engineer.yaml", "share of automotive among Data Scientists (15-2051): 0.1"),
}

TABLES = {
    "salaries-by-role.csv": """\
role,year,level,country,n,p10,p25,median,p75,p90,top_share
data-analyst,2024,all,US,5060,1,77782,100000,137000,9,0.03
data-analyst,all,entry,US,29,1,60000,70000,80000,9,0.131
""",
    "bls-wages.csv": """\
bls_soc,title,area,employment,mean,p10,p25,median,p75,p90
15-2051,Data Scientists,National,1,1,1,85660,120230,158880,9
15-2041,Statisticians,National,1,1,1,85660,120230,158880,9
15-2051,Data Scientists,Texas,1,1,1,80000,110000,150000,9
""",
    "outlook.csv": "role,rank,match,soc\ndata-analyst,primary,listed title,15-2051\n",
    "outlook-occupations.csv": """\
soc,base_year,target_year,employment_base,employment_target,growth_pct,openings_per_year
15-2051,2024,2034,245900,328300,33.5,23400
""",
    "bls-industries.csv": """\
bls_soc,kind,rank,naics,industry,employment,share_pct
15-2051,sector,1,52,Finance and Insurance,1,17.8
15-2051,sector,2,61,Education,1,5.1
15-2051,industry,1,611300,Universities,1,4.9
""",
}

PAY = "unit: USD/year, region: US"
BLS = "occupation: Data Scientists (15-2051), match: listed"
PROJECTED = f"{BLS}, source: bls-projections-2024-34, as_of: 2025-08-28"
REPORTED = "occupation: Data Analyst, match: own, source: ai-jobs-2025-01, as_of: 2025-01-19"
MEASURED = f"{BLS}, source: bls-oews-2025, as_of: 2025-05"
GOOD_FACTS = {
    "salary": (
        f"measure: salary, value: 100000, low: 77782, high: 137000, n: 5060, {PAY}, period: 2024, {REPORTED}",
        f"measure: wage, value: 120230, low: 85660, high: 158880, {PAY}, period: May 2025, {MEASURED}",
    ),
    "outlook": (
        f"measure: growth, value: 33.5, unit: percent, region: US, period: 2024-34, {PROJECTED}",
        f"measure: openings, value: 23400, unit: jobs/year, region: US, period: 2024-34, {PROJECTED}",
        f"measure: employment, value: 245900, unit: jobs, region: US, period: 2024, {PROJECTED}",
    ),
    "industries": (f"item: finance, share: 17.8, {MEASURED}", f"item: education, share: 4.9, {MEASURED}"),
}
LINES = {"salary": 7, "outlook": 10, "industries": 14}
"""Where each section's first fact stands."""


@pytest.mark.skipif(not GIVEN, reason=f"{VARIABLE} names no folder with the tables")
def test_every_figure_and_share_is_that_of_the_cited_table() -> None:
    result = recompute(SHIPPED, Tables.read(Path(GIVEN or "")))
    assert [str(problem) for problem in result.mismatches] == []
    assert result.compared["share"] > 0
    assert {(problem.file, problem.text.partition(",")[0]) for problem in result.apart} == NOT_IN_THE_TABLES


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    for name, content in TABLES.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def knowledge(tmp_path: Path, facts: dict[str, tuple[str, ...]] = GOOD_FACTS) -> Path:
    lines = ["id: data-analyst", "name: Data Analyst", "abbreviations: [DA]", "family: data", "sections:"]
    for section, found in facts.items():
        lines += [f"  {section}:", *(f"    - {{{fact}}}" for fact in found)]
    file = tmp_path / "knowledge" / "roles" / "data-analyst.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "knowledge"


def told(tables: Path, facts: dict[str, tuple[str, ...]]) -> list[str]:
    result = recompute(knowledge(tables.parent, facts), Tables.read(tables))
    return [f"{problem.line}: {problem.text}" for problem in (*result.mismatches, *result.apart)]


def test_figures_of_the_tables_are_accepted(tables: Path) -> None:
    assert told(tables, GOOD_FACTS) == []


@pytest.mark.parametrize(
    ("section", "index", "change", "expected"),
    [
        ("salary", 0, ("value: 100000", "value: 100001"), "value is 100001, the table has 100000"),
        ("salary", 0, ("low: 77782", "low: 77783"), "low is 77783, the table has 77782"),
        ("salary", 0, ("high: 137000", "high: 138000"), "high is 138000, the table has 137000"),
        ("salary", 0, ("n: 5060", "n: 5061"), "n is 5061, the table has 5060"),
        ("salary", 0, ("region: US", "region: UK"), "no row for Data Analyst, 2024, all, UK"),
        ("salary", 0, ("period: 2024", "period: 2023"), "no row for Data Analyst, 2023, all, US"),
        ("salary", 0, ("n: 5060", "n: 5060, level: mid"), "no row for Data Analyst, 2024, mid, US"),
        ("salary", 0, ("match: own", "match: nearest"), "match is nearest, the table has own"),
        ("salary", 0, ("as_of: 2025-01-19", "as_of: 2025-01"), "as_of is 2025-01, the table has 2025-01-19"),
        ("salary", 1, ("value: 120230", "value: 120231"), "value is 120231, the table has 120230"),
        ("salary", 1, ("match: listed", "match: own"), "match is own, the table has listed"),
        ("salary", 1, ("period: May 2025", "period: 2025"), "period is 2025, the table has May 2025"),
        ("salary", 1, ("region: US", "region: Ohio"), "no wages for Data Scientists (15-2051) in Ohio"),
        ("salary", 1, ("Scientists", "Analysts"), "occupation is Data Analysts, the table has Data Scientists"),
        ("salary", 1, ("source: bls-oews-2025", "source: editorial"), "source is editorial, the table has bls-oews-2025"),
        ("outlook", 0, ("value: 33.5", "value: 35"), "value is 35, the table has 33.5"),
        ("outlook", 0, ("period: 2024-34", "period: 2023-33"), "period is 2023-33, the table has 2024-34"),
        ("outlook", 0, ("Data Scientists (15-2051)", "Statisticians (15-2041)"), "15-2041 is not listed for data-analyst"),
        ("outlook", 1, ("value: 23400", "value: 2340"), "value is 2340, the table has 23400"),
        ("outlook", 1, ("unit: jobs/year", "unit: jobs"), "unit is jobs, the table has jobs/year"),
        ("outlook", 2, ("value: 245900", "value: 328300"), "value is 328300, the table has 245900"),
        ("industries", 0, ("share: 17.8", "share: 17.9"), "share is 17.9, the table has 17.8 (52)"),
        ("industries", 1, ("share: 4.9", "share: 5"), "share is 5, the table has 5.1 (61) or 4.9 (611300)"),
        ("industries", 1, ("item: education", "item: retail"), "share of retail among Data Scientists (15-2051): 4.9, not in the tables"),
    ],
)  # fmt: skip
def test_what_differs_is_named(
    section: str, index: int, change: tuple[str, str], expected: str, tables: Path
) -> None:
    found = list(GOOD_FACTS[section])
    assert change[0] in found[index]
    found[index] = found[index].replace(*change, 1)
    said = told(tables, {**GOOD_FACTS, section: tuple(found)})
    assert f"{LINES[section] + index}: {expected}" in said


def test_projected_employment_may_be_that_of_the_last_year(tables: Path) -> None:
    fact = GOOD_FACTS["outlook"][2].replace("245900", "328300").replace("period: 2024", "period: 2034")
    assert told(tables, {"outlook": (fact,)}) == []


def test_cells_of_few_or_of_one_posting_are_refused(tables: Path) -> None:
    fact = (
        "measure: salary, level: entry, value: 70000, low: 60000, high: 80000, n: 29, "
        f"{PAY}, period: 2020-2025, {REPORTED}"
    )
    assert told(tables, {"salary": (fact,)}) == [
        "7: rests on 29, expected at least 30",
        "7: one posting makes up 0.131, expected 0.1 at most",
    ]


def test_wages_by_region_are_compared_row_by_row(tables: Path) -> None:
    (knowledge(tables.parent) / "wages.yaml").write_text(
        "source: bls-oews-2025\nas_of: 2025-05\nperiod: May 2025\nunit: USD/year\n"
        "regions: {Texas: TX, Ohio: OH}\nwages:\n  Data Scientists (15-2051):\n"
        "    Texas: {low: 80000, value: 110001, high: 150000}\n"
        "    Ohio: {low: 1, value: 2, high: 3}\n",
        encoding="utf-8",
    )
    assert told(tables, GOOD_FACTS) == [
        "8: value is 110001, the table has 110000",
        "9: no wages for Data Scientists (15-2051) in Ohio",
    ]


def test_script_prints_files_and_lines_and_tells_by_its_exit_code(
    tmp_path: Path, tables: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main([str(tables), str(knowledge(tmp_path))]) == 0
    assert capsys.readouterr().out == (
        "7 figures compared (1 employment, 1 growth, 1 openings, 1 salary, 2 share, 1 wage): "
        "0 differ, 0 not in the tables\n"
    )
    rows = list(csv.reader(TABLES["bls-wages.csv"].splitlines()))
    rows[1][7] = "120000"
    (tables / "bls-wages.csv").write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    assert main([str(tables), str(knowledge(tmp_path))]) == 1
    assert capsys.readouterr().out.startswith(
        "roles/data-analyst.yaml:8:30: value is 120230, the table has 120000\n"
    )
    monkeypatch.delenv(VARIABLE, raising=False)
    assert main([]) == 2
