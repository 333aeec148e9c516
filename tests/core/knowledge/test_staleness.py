"""Facts past the shelf life of their section, on a date that is given."""

from datetime import date
from pathlib import Path

import pytest
from broken_jobs_and_wages import JOB
from knowledge_files import GOOD_FILES, ROLE, good, write

from bot.core.knowledge.dates import months_between
from bot.core.knowledge.load import load

# The good role's skills: onet-29-3 of 2025-05 and editorial of 2026-11-23 for 36 months, its salary of 2025-05 for 24.


def aged(directory: Path, on: date) -> list[str]:
    return [str(problem) for problem in load(directory, today=on, stale=True).problems]


def test_facts_are_fresh_to_the_last_day_of_their_shelf_life(knowledge: Path) -> None:
    assert aged(knowledge, date(2027, 5, 31)) == []


def test_stale_facts_are_named_at_their_date(knowledge: Path) -> None:
    assert aged(knowledge, date(2028, 6, 1)) == [
        "roles/data-analyst.yaml:15:65: warning: fact of 2025-05 is older than 36 months, the shelf life of `skills`; look it up anew",
        "roles/data-analyst.yaml:28:14: warning: fact of 2025-05 is older than 24 months, the shelf life of `salary`; look it up anew",
    ]


def test_a_day_counts_where_the_date_has_one(knowledge: Path) -> None:
    write(
        knowledge,
        ROLE,
        GOOD_FILES[ROLE].replace("source: onet-29-3, as_of: 2025-05", "source: onet-29-3, as_of: 2024-05-20"),
    )
    sections = GOOD_FILES["sections.yaml"].replace("order: 2, shelf_life: 36", "order: 2, shelf_life: 1")
    write(knowledge, "sections.yaml", sections)
    assert aged(knowledge, date(2024, 7, 19)) == []
    assert aged(knowledge, date(2024, 7, 20)) == [
        "roles/data-analyst.yaml:15:65: warning: fact of 2024-05-20 is older than 1 month, the shelf life of `skills`; look it up anew"
    ]


def test_without_a_date_nothing_is_stale_and_the_snapshot_is_the_same(knowledge: Path) -> None:
    fresh, old = load(knowledge), load(knowledge, today=date(2090, 1, 1), stale=True)
    assert fresh.problems == ()
    assert fresh.snapshot == old.snapshot


@pytest.mark.parametrize(
    ("day", "today", "months"),
    [
        (date(2025, 5, 1), date(2025, 5, 31), 0),
        (date(2025, 5, 15), date(2025, 6, 14), 0),
        (date(2025, 5, 15), date(2025, 6, 15), 1),
        (date(2024, 12, 1), date(2026, 1, 1), 13),
        (date(2025, 6, 1), date(2025, 5, 1), -1),
    ],
)
def test_months_are_whole_ones(day: date, today: date, months: int) -> None:
    assert months_between(day, today) == months


def test_job_is_shown_from_the_day_it_is_posted_to_the_day_it_expires(knowledge: Path) -> None:
    write(knowledge, "jobs.yaml", JOB)
    job = good(knowledge).jobs["acme-analyst"]
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [job.is_open(day) for day in days] == [False, True, True, False]


def test_expired_job_is_named_at_its_last_day_from_the_day_after(knowledge: Path) -> None:
    write(knowledge, "jobs.yaml", JOB)
    assert load(knowledge, today=date(2026, 12, 31)).problems == ()
    late = load(knowledge, today=date(2027, 1, 1))
    assert late.snapshot is not None
    assert [str(problem) for problem in late.problems] == [
        "jobs.yaml:9:12: warning: job `acme-analyst` expired on 2026-12-31 and is no longer shown; remove it or give it a later date"
    ]
