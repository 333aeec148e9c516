"""Featured jobs: those that are open on a day, newest first."""

from collections.abc import Collection
from datetime import date

from bot.core.answers.model import Block, Heading, JobLine, Jobs, Notice
from bot.core.knowledge.model import Job, PayRange, Snapshot

BESIDE_A_ROLE = 3
LISTED = 10
TITLE = "Featured jobs"
_SIGNS = {"USD": "$", "EUR": "\N{EURO SIGN}", "GBP": "\N{POUND SIGN}"}


def open_jobs(snapshot: Snapshot, today: date, roles: Collection[str] = ()) -> tuple[Job, ...]:
    """The jobs that are shown on a day, of the roles or of all; newest first."""
    found = [
        job
        for job in snapshot.jobs.values()
        if job.is_open(today) and (not roles or not set(roles).isdisjoint(job.roles))
    ]
    return tuple(sorted(found, key=lambda job: (-job.posted.toordinal(), job.expires, job.id)))


def beside_role(snapshot: Snapshot, today: date, role: str) -> tuple[Block, ...]:
    """The featured jobs to show under an answer about a role; nothing where there is none."""
    found = open_jobs(snapshot, today, (role,))
    return (Heading(TITLE), _jobs(found, BESIDE_A_ROLE)) if found else ()


def listed(snapshot: Snapshot, today: date, roles: Collection[str]) -> tuple[Block, ...]:
    """The featured jobs of the roles, or all of them; a remark where there is none."""
    found = open_jobs(snapshot, today, roles)
    if found:
        return (_jobs(found, LISTED),)
    whose = " or ".join(snapshot.roles[role].name for role in roles)
    return (Notice(f"No job{f' as {whose}' if whose else ''} is featured at the moment."),)


def _jobs(found: tuple[Job, ...], at_most: int) -> Jobs:
    return Jobs(tuple(map(_line, found[:at_most])), max(0, len(found) - at_most))


def _line(job: Job) -> JobLine:
    details = [job.location, job.type.value]
    if job.level is not None:
        details.append(f"{job.level.value} level")
    if job.salary is not None:
        details.append(pay(job.salary))
    details.append(f"posted {job.posted}")
    return JobLine(job.title, job.company, tuple(details), job.link)


def pay(offered: PayRange) -> str:
    """What a job pays, as "$90,000 to $120,000 a year"."""
    sign = _SIGNS.get(offered.currency, f"{offered.currency} ")
    low, high = (
        f"{sign}{amount:,.0f}" if amount == int(amount) else f"{sign}{amount:,.2f}"
        for amount in (offered.low, offered.high)
    )
    span = low if offered.low == offered.high else f"{low} to {high}"
    return f"{span} {'an' if offered.per == 'hour' else 'a'} {offered.per}"
