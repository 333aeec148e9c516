"""Comparisons that a reader may want next: with the nearest roles, the pairs that people compare most first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from bot.core.answers.model import Answer, Option
from bot.core.knowledge.model import Snapshot
from bot.core.matching.question import Intent, Subject

_FOUND_AT_MOST = 6
_ABOUT_ROLES = frozenset({Intent.ROLE, Intent.COMPARE, Intent.CHOOSE, Intent.SETS})


def related(answer: Answer, snapshot: Snapshot, at_most: int) -> tuple[Option, ...]:
    """Comparisons to offer under an answer. Those under an answer about roles keep its section.

    The snapshot may be newer than the answer, as when an edit was taken over in between: what it no longer holds is
    left out.
    """
    subject = answer.subject
    if subject.intent is Intent.HELP:
        pairs: Iterable[tuple[str, str]] = snapshot.compared
    elif subject.intent is Intent.FIND and subject.items:
        found = _known(answer.found, snapshot)[:_FOUND_AT_MOST]
        pairs = sorted(combinations(found, 2), key=lambda pair: _popularity(pair, snapshot))
    elif subject.intent is Intent.FAQ:
        pairs = ()
    else:
        pairs = _with_others(_known(subject.roles, snapshot), snapshot)
    kept = subject if subject.intent in _ABOUT_ROLES else Subject(Intent.COMPARE)
    return tuple(
        Option(
            " vs. ".join(snapshot.roles[role].name for role in pair),
            replace(kept, intent=Intent.COMPARE, roles=pair, items=(), common=False),
        )
        for pair in list(pairs)[:at_most]
    )


def close_roles(answer: Answer, snapshot: Snapshot) -> Option | None:
    """The look-up of the roles close to the one that an answer is about; None where it is about none or several."""
    subject = answer.subject
    role = snapshot.roles.get(subject.roles[0]) if subject.intent is Intent.ROLE and subject.roles else None
    if role is None or not role.nearest:
        return None
    return Option(f"Roles close to {role.name}", Subject(Intent.FIND, (role.id,)))


def _known(roles: Sequence[str], snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(role for role in roles if role in snapshot.roles)


def _with_others(roles: Sequence[str], snapshot: Snapshot) -> list[tuple[str, str]]:
    """Pairs of a role at hand with another one, each other one once."""
    pairs = [(role, other) for role in roles for other in snapshot.roles[role].nearest]
    for pair in snapshot.compared:
        pairs += [(one, other) for one, other in (pair, pair[::-1]) if one in roles]
    ordered = sorted(dict.fromkeys(pairs), key=lambda pair: _popularity(pair, snapshot))
    first: dict[str, tuple[str, str]] = {}
    for pair in ordered:
        if pair[1] not in roles and pair[1] in snapshot.roles:
            first.setdefault(pair[1], pair)
    return list(first.values())


def _popularity(pair: tuple[str, str], snapshot: Snapshot) -> int:
    """The place of a pair among those that people compare most; pairs that are not there come last."""
    return next(
        (place for place, one in enumerate(snapshot.compared) if set(one) == set(pair)),
        len(snapshot.compared),
    )
