"""Featured jobs and wages by region that cannot be used: content, and what is printed."""

from knowledge_files import broken

JOB = """\
acme-analyst:
  title: Data Analyst
  company: Acme
  location: Berlin
  type: full-time
  salary: {low: 50000, high: 60000}
  link: https://jobs.example.com/1
  posted: 2026-11-01
  expires: 2026-12-31
  roles: [data-analyst]
"""
WAGES = """\
source: onet-29-3
as_of: 2025-05
period: May 2025
unit: USD/year
regions: {Ohio: OH, Texas: TX}
wages:
  Data Analysts:
    Ohio: {low: 70000, value: 80000, high: 90000}
"""


def changed(good: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in good
        good = good.replace(old, new)
    return good


BROKEN_JOBS_AND_WAGES = (
    broken(
        "job without what it needs",
        "jobs.yaml",
        "acme-analyst: {title: Data Analyst}\n",
        "jobs.yaml:1:15: error: missing key `company`, expected who hires",
        "jobs.yaml:1:15: error: missing key `expires`, expected the last day to show it, as 2026-06-30",
        "jobs.yaml:1:15: error: missing key `link`, expected the advert's address; https only",
        "jobs.yaml:1:15: error: missing key `location`, expected where the work is, as Berlin or remote, EU",
        "jobs.yaml:1:15: error: missing key `posted`, expected the first day to show it, as 2026-05-15",
        "jobs.yaml:1:15: error: missing key `roles`, expected the roles to show it with, ids of roles/",
        "jobs.yaml:1:15: error: missing key `type`, expected how the job is held, as full-time or contract",
    ),
    broken(
        "job link that is not https",
        "jobs.yaml",
        changed(JOB, ("https://", "http://")),
        "jobs.yaml:7:9: error: `http://jobs.example.com/1` is refused, expected an address that begins with `https://`",
    ),
    broken(
        "job link that runs a script",
        "jobs.yaml",
        changed(JOB, ("https://jobs.example.com/1", "javascript:alert(1)")),
        "jobs.yaml:7:9: error: `javascript:alert(1)` is refused, expected an address that begins with `https://`",
    ),
    broken(
        "job link that hides where it leads",
        "jobs.yaml",
        changed(JOB, ("https://", "https://bank.example@")),
        "jobs.yaml:7:9: error: `https://bank.example@jobs.example.com/1` is an address with a user name in it; "
        "expected one without `@` before its path",
    ),
    broken(
        "job of a month",
        "jobs.yaml",
        changed(JOB, ("2026-12-31", "2026-12")),
        "jobs.yaml:9:12: error: `2026-12` is no full date; expected year-month-day, as 2026-05-15",
    ),
    broken(
        "job that expires before it is posted",
        "jobs.yaml",
        changed(JOB, ("2026-12-31", "2026-10-31")),
        "jobs.yaml:2:3: error: `expires` lies before `posted`; mend the one that is wrong",
    ),
    broken(
        "job pay that is upside down or has another key",
        "jobs.yaml",
        changed(JOB, ("high: 60000", "high: 40000"))
        + changed(JOB, ("acme-analyst", "other"), ("high: 60000", "hihg: 60000")),
        "jobs.yaml:6:11: error: `low` is more than `high`, or less than nothing; mend the one that is wrong",
        "jobs.yaml:16:11: error: missing key `high`, expected the most that is paid",
        "jobs.yaml:16:24: error: unknown key `hihg`, did you mean `high`?",
    ),
    broken(
        "job of an unknown role and type",
        "jobs.yaml",
        changed(JOB, ("[data-analyst]", "[da]")),
        "jobs.yaml:10:11: error: unknown role `da`, did you mean `data-analyst`?",
    ),
    broken(
        "wages of an unknown region and source",
        "wages.yaml",
        changed(WAGES, ("    Ohio", "    Ohoi"), ("onet-29-3", "onet")),
        "wages.yaml:1:9: error: unknown source `onet`, expected editorial or onet-29-3",
        "wages.yaml:8:5: error: unknown region `Ohoi`, did you mean `Ohio`?",
    ),
    broken(
        "wage outside its range",
        "wages.yaml",
        changed(WAGES, ("value: 80000", "value: 180000")),
        "wages.yaml:8:11: error: `value` lies outside `low` to `high`; mend the one that is wrong",
    ),
    broken(
        "wage with a key of another file",
        "wages.yaml",
        changed(WAGES, ("value: 80000", "median: 80000")),
        "wages.yaml:8:11: error: missing key `value`, expected the median",
        "wages.yaml:8:24: error: unknown key `median`, expected low, value or high",
    ),
    broken(
        "wages of an occupation that no role is measured on",
        "wages.yaml",
        changed(WAGES, ("Data Analysts", "Data Analyst")),
        "wages.yaml:7:3: warning: no role's wage is measured on `Data Analyst`, did you mean `Data Analysts`?",
    ),
)
