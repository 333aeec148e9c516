"""The statistics that figures in the knowledge come from, read from CSV tables."""

import csv
from dataclasses import dataclass
from pathlib import Path

Row = dict[str, str]

MATCHES = {
    "direct": "own",
    "direct (broader SOC)": "broader",
    "listed title": "listed",
    "alias listed": "listed",
    "nearest": "nearest",
}

# Which rows of the industry table an item may be measured by: sector, industry or government codes (NAICS).
CODES: dict[str, tuple[str, ...]] = {
    "agriculture": ("11",),
    "automotive": ("336100",),
    "company-management": ("55", "551100"),
    "consulting": ("541600",),
    "education": ("61", "611300"),
    "energy": ("22", "221100"),
    "finance": ("52",),
    "government": ("999001", "999100", "999101"),
    "healthcare": ("62",),
    "insurance": ("524100",),
    "logistics": ("48-49",),
    "manufacturing": ("31-33",),
    "marketing": ("541800",),
    "media": ("516200",),
    "pharmaceuticals": ("325400",),
    "professional-services": ("541200", "541300", "561300"),
    "research": ("541700",),
    "retail": ("44-45",),
    "technology": ("541500",),
    "telecommunications": ("517000",),
}


@dataclass(frozen=True)
class Tables:
    """Rows by what they are about."""

    salaries: dict[tuple[str, str, str, str], Row]
    wages: dict[tuple[str, str], Row]
    outlook: dict[str, Row]
    matches: dict[tuple[str, str], str]
    shares: dict[tuple[str, str], str]

    @classmethod
    def read(cls, directory: Path) -> "Tables":
        """The tables of a directory."""
        return cls(
            {
                (row["role"], row["year"], row["level"], row["country"]): row
                for row in _rows(directory, "salaries-by-role.csv")
            },
            {(row["bls_soc"], row["area"]): row for row in _rows(directory, "bls-wages.csv")},
            {row["soc"]: row for row in _rows(directory, "outlook-occupations.csv")},
            {
                (row["role"], row["soc"]): MATCHES.get(row["match"], "")
                for row in _rows(directory, "outlook.csv")
            },
            {
                (row["bls_soc"], row["naics"]): row["share_pct"]
                for row in _rows(directory, "bls-industries.csv")
            },
        )


def _rows(directory: Path, name: str) -> list[Row]:
    with (directory / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
