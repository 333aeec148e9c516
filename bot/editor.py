"""What a moderator does to a server's knowledge: try a change out, publish it, go back to what was before."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.answers.model import Answer
from bot.core.assistant import Assistant
from bot.core.errors import RolewiseError
from bot.core.golden import OutcomeChange, changed_outcomes
from bot.core.knowledge.difference import Difference, difference
from bot.core.knowledge.editing import Part, PartProblemsError, in_part, put, text_of
from bot.core.knowledge.laid import Base
from bot.core.knowledge.problems import Problem
from bot.core.matching.question import Intent, Subject
from bot.servers import Servers
from bot.store import ConflictError, Draft, Revision, StoreError

log = logging.getLogger(__name__)

MARK = "#"
"""Between the file and the keys of a part in a draft: no path of a file has it."""

Edits = Mapping[str, str | None]
"""New texts of files by path, and of parts by `path#key/key`; None takes the server's own file away."""


class NothingChangedError(RolewiseError):
    """What is to be published says what is there already."""

    def __init__(self) -> None:
        super().__init__("That changes nothing: it says what is there already.")


class NotGoodError(RolewiseError):
    """What is to be published has errors; carries all problems."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        errors = [str(problem) for problem in problems if problem.severity == "error"]
        super().__init__(f"That cannot be published: {'; '.join(errors[:3])}")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer that a change is seen in, before and after; None where there was or will be none."""

    before: Answer | None
    after: Answer | None


@dataclass(frozen=True, slots=True)
class Trial:
    """A change that was tried out and not published yet.

    `draft` is what there is to publish; going back needs none. `problems` forbid it where one is an error; then nothing else is known. `golden` are the golden questions that
    would resolve differently. `files` are the paths of the overlay that change.
    """

    draft: Draft | None
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    before: Assistant | None = None
    after: Assistant | None = None
    difference: Difference | None = None
    golden: tuple[OutcomeChange, ...] = ()
    shown: Shown | None = None

    @property
    def is_good(self) -> bool:
        """Whether it may be published."""
        return self.after is not None


class Editor:
    """Changes what servers know. Nothing is served before it was checked and published.

    `told` makes a sentence of what a revision changes, which is kept with it.
    """

    def __init__(self, servers: Servers, told: Callable[[Difference], str]) -> None:
        self._servers = servers
        self._told = told

    async def text(self, server: int, part: Part) -> str:
        """A part as the server has it now; "" where neither it nor the base has the part."""
        base = await self._servers.overlays.base()
        return await asyncio.to_thread(text_of, part, base, self._servers.overlays.files(server))

    async def open(self, server: int, author: int, edits: Edits, note: str = "") -> Draft:
        """Begins a change of the revision that is served now. Raises StoreError."""
        return await self._servers.store.keep_draft(
            server, author, self._servers.overlays.number(server), edits, note
        )

    async def try_out(self, draft: Draft, today: date) -> Trial:
        """What would come of a draft, laid over what the server has now.

        Raises:
            NothingChangedError: nothing would.
            UnkeepableError: a part cannot be put back without touching the rest of its file.
            BaseUnreadableError: the base is being edited.
        """
        overlays = self._servers.overlays
        base = await overlays.base()
        own = overlays.files(draft.server)
        try:
            changes = await asyncio.to_thread(_changes, draft.changes, base, own)
        except PartProblemsError as error:
            return Trial(draft, tuple(sorted({problem.file for problem in error.problems})), error.problems)
        if not changes:
            raise NothingChangedError
        return await self._tried(draft, draft.server, _over(own, changes), tuple(sorted(changes)), today)

    async def try_back(self, server: int, to: int, today: date) -> Trial:
        """What would come of going back to a revision. Raises UnknownRevisionError, NothingChangedError, StoreError."""
        then = (await self._servers.store.overlay(server, to)).files
        own = self._servers.overlays.files(server)
        files = tuple(sorted(path for path in own.keys() | then.keys() if own.get(path) != then.get(path)))
        if not files:
            raise NothingChangedError
        return await self._tried(None, server, dict(then), files, today)

    async def publish(self, draft: Draft) -> tuple[Revision, Difference]:
        """Makes a draft what the server is answered from; the revision, and what it changes.

        It is checked once more: the base may have changed since it was tried out, and a button can be forged.

        Raises:
            ConflictError: somebody else has published since; try it out again with `renewed`.
            NothingChangedError, PartProblemsError, NotGoodError: there is nothing that could be published.
            StoreError: it could not be kept, and nothing has changed.
        """
        overlays = self._servers.overlays
        newest = overlays.number(draft.server)
        if newest != draft.parent:
            raise ConflictError(draft.server, draft.parent, newest)
        base, own = await overlays.base(), overlays.files(draft.server)
        changes = await asyncio.to_thread(_changes, draft.changes, base, own)
        if not changes:
            raise NothingChangedError
        files = _over(own, changes)
        checked = await overlays.check(files)
        if checked.snapshot is None:
            raise NotGoodError(checked.problems)
        before = await overlays.assistant(draft.server)
        found = difference(before.snapshot, checked.snapshot)
        revision = await self._servers.store.publish(
            draft.server,
            draft.parent,
            changes,
            author=draft.author,
            note=draft.note,
            report=self._told(found),
        )
        await self._serve(revision, files)
        try:
            await self._servers.store.drop_draft(draft.id)
        except StoreError as error:
            # It is forgotten after a day anyhow, and what it says is published.
            log.warning("a draft of server %d stays for a day: %s", draft.server, error)
        return revision, found

    async def renewed(self, draft: Draft) -> Draft:
        """The draft as a change of the newest revision, whoever made that. Raises StoreError."""
        kept = await self._servers.store.overlay(draft.server)
        self._servers.overlays.put(draft.server, kept.number, kept.files)
        await self._servers.store.drop_draft(draft.id)
        return await self.open(draft.server, draft.author, draft.changes, draft.note)

    async def roll_back(self, server: int, parent: int, to: int, *, author: int) -> Revision:
        """Makes the files of revision `to` the server's again. Raises ConflictError, UnknownRevisionError, StoreError."""
        then = (await self._servers.store.overlay(server, to)).files
        revision = await self._servers.store.roll_back(
            server, parent, to, author=author, note=f"back to revision {to}"
        )
        await self._serve(revision, then)
        return revision

    async def between(self, server: int, before: int, after: int) -> tuple[Assistant, Assistant]:
        """What answered a server at two of its revisions, on the base of today. Raises UnknownRevisionError."""
        store, overlays = self._servers.store, self._servers.overlays
        old, new = [
            await overlays.trial((await store.overlay(server, number)).files) for number in (before, after)
        ]
        return old, new

    async def _serve(self, revision: Revision, files: Mapping[str, str]) -> None:
        # The files are at hand: to read them back could fail, and what is published would be called refused.
        self._servers.overlays.put(revision.server, revision.number, files)
        # The next question need not wait: compiling was done once while trying out, its dear part is kept.
        await self._servers.overlays.assistant(revision.server)

    async def _tried(
        self, draft: Draft | None, server: int, overlay: dict[str, str], files: tuple[str, ...], today: date
    ) -> Trial:
        overlays = self._servers.overlays
        checked = await overlays.check(overlay)
        edits = draft.changes if draft is not None else {}
        problems = tuple(_in_edit(problem, edits, overlay) for problem in checked.problems)
        if checked.snapshot is None:
            return Trial(draft, files, problems)
        before, after = await overlays.assistant(server), await overlays.trial(overlay)
        touched = tuple(problem for problem in problems if problem.file in files)
        return await asyncio.to_thread(_compared, Trial(draft, files, touched), before, after, today)


def key_of(part: Part) -> str:
    """The part as a key of edits."""
    return MARK.join((part.file, "/".join(part.path))) if part.path else part.file


def part_of(key: str) -> Part:
    """The part that a key of edits means."""
    file, _, path = key.partition(MARK)
    return Part(file, tuple(path.split("/")) if path else ())


def _changes(edits: Edits, base: Base, own: Mapping[str, str]) -> dict[str, str | None]:
    """The files that edits change, with their new texts; None for those that go."""
    files = dict(own)
    for key, text in edits.items():
        part = part_of(key)
        written = put(part, text, base, files) if text is not None else None
        if written is None:
            files.pop(part.file, None)
        else:
            files[part.file] = written
    return {path: files.get(path) for path in files.keys() | own.keys() if files.get(path) != own.get(path)}


def _over(own: Mapping[str, str], changes: Mapping[str, str | None]) -> dict[str, str]:
    return {path: text for path, text in {**own, **changes}.items() if text is not None}


def _in_edit(problem: Problem, edits: Edits, overlay: Mapping[str, str]) -> Problem:
    """The problem at its place in the text that was typed, where it is about that."""
    for key, text in edits.items():
        part = part_of(key)
        if part.path and part.file == problem.file and text is not None:
            return in_part(problem, part, overlay.get(part.file, ""), text)
    return problem


def _compared(trial: Trial, before: Assistant, after: Assistant, today: date) -> Trial:
    found = difference(before.snapshot, after.snapshot)
    questions = {(one.text, one.overheard, one.about): one for one in before.snapshot.golden}
    questions |= {(one.text, one.overheard, one.about): one for one in after.snapshot.golden}
    golden = changed_outcomes(before, after, list(questions.values()), today)
    return Trial(
        trial.draft,
        trial.files,
        trial.problems,
        before,
        after,
        found,
        golden,
        _shown(found, before, after, today),
    )


def _shown(found: Difference, before: Assistant, after: Assistant, today: date) -> Shown | None:
    """The first answer that a change is seen in: of a role's section, a role, an FAQ entry."""
    subject: Subject | None = None
    for role in found.roles:
        sections = tuple(section for section, _ in role.facts)[:1]
        subject = Subject(Intent.ROLE, (role.entry.id,), sections)
        break
    else:
        for entry in found.faq:
            subject = Subject(Intent.FAQ, faq=entry.entry.id)
            break
    if subject is None:
        return None
    return Shown(_answer(before, subject, today), _answer(after, subject, today))


def _answer(assistant: Assistant, subject: Subject, today: date) -> Answer | None:
    try:
        return assistant.show(subject, today=today)
    except RolewiseError:
        return None
