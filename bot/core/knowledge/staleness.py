"""What has grown old: facts past the shelf life of their section, and featured jobs past their last day."""

from datetime import date

from bot.core.knowledge.dates import past_shelf_life
from bot.core.knowledge.parts import Parts
from bot.core.knowledge.problems import Report


def check_age(parts: Parts, today: date, report: Report) -> None:
    """Warn of each fact of a role that is too old, at its date."""
    sections = parts.sections.model.root if parts.sections is not None else {}
    for role in parts.roles:
        for name, facts in role.model.sections.items():
            months = sections[name].shelf_life
            for index, fact in enumerate(facts):
                if past_shelf_life(fact.as_of.day, months, today):
                    text = (
                        f"fact of {fact.as_of.text} is older than {months} month{'s' if months != 1 else ''}, "
                        f"the shelf life of `{name}`; look it up anew"
                    )
                    report.warning(role.file, role.place("sections", name, index, "as_of"), text)


def check_jobs(parts: Parts, today: date, report: Report) -> None:
    """Warn of each featured job that is no longer shown, at its last day."""
    part = parts.jobs
    for name, job in part.model.root.items() if part is not None else ():
        if part is not None and job.expires < today:
            text = f"job `{name}` expired on {job.expires} and is no longer shown; remove it or give it a later date"
            report.warning(part.file, part.place(name, "expires"), text)
