"""Asking in the terminal: one question, a conversation, or a question a line answered in JSON."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, TextIO

from bot.core.answers.model import Answer, Clarify, Option, Reply, Silent, Unknown
from bot.core.matching.question import Context, Manner
from bot.library import Library
from bot.ui.json_reply import json_reply
from bot.ui.plain import render

PROMPT = "> "
LEAVE = frozenset({"quit", "exit", ":q", "q"})
TOLD = 8
"""Reasons that are told of each thing decided."""
GREETING = "Ask about data and AI roles, as in “mle vs ds?”. Follow-ups work; leave with quit or Ctrl-D."
SILENCE = "(the bot stays silent here: {reason})"


@dataclass(frozen=True, slots=True)
class Asker:
    """Answers texts as the bot would, from whatever the library serves at the time."""

    library: Library
    today: Callable[[], date]
    manner: Manner = Manner.ADDRESSED
    context: Context | None = None

    def ask(self, text: str, context: Context | None = None) -> Reply:
        """The reply to a text; a `context` of its own takes the place of the asker's."""
        return self.library.assistant.ask(
            text, today=self.today(), manner=self.manner, context=context or self.context
        )

    def why(self, text: str, reply: Reply) -> Iterator[str]:
        """The reasons for a reply, a line each: how sure it is, and what in the text said what."""
        question = reply.question
        if question is None:
            return
        yield f"{question.outcome}, confidence {question.confidence:.2f}" + (
            f": {question.reason}" if question.reason else ""
        )
        for one in question.account.evidence:
            yield f"  {one.kind} {one.id}: “{one.matched}” ({one.how}, {one.score:.2f})"
        assistant = self.library.assistant
        named = ("can be answered", None), *((f"section {name}", name) for name in _sections(reply))
        for title, section in named:
            if told := assistant.because(text, section, TOLD):
                yield f"  {title}: " + ", ".join(f"{label} {share:+.2f}" for label, share in told)

    def show(self, option: Option) -> Reply:
        """The answer about an option that a reply offered."""
        return self.library.assistant.show(option.subject, today=self.today())


def readable(text: str) -> str:
    """An argument of the command line as text that can be written anywhere: bytes that were no UTF-8 replaced."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def answer_lines(asker: Asker, lines: BinaryIO, out: TextIO) -> None:
    """Answers a question a line with a JSON object a line, in order, each as soon as its question is there.

    Only a newline (or carriage return and newline) ends a line; an empty line is a question too.
    """
    for number, raw in enumerate(lines):
        line = raw.removesuffix(b"\n").removesuffix(b"\r")
        answer_json(asker, line.decode("utf-8-sig" if number == 0 else "utf-8", "replace"), out)


def answer_json(asker: Asker, text: str, out: TextIO) -> None:
    """Answers one question with one JSON object on a line."""
    # ASCII only: no reader can take a character of the text for the end of the line, whatever its encoding.
    out.write(json.dumps(json_reply(text, asker.ask(text))) + "\n")
    out.flush()


def answer_once(asker: Asker, text: str, out: TextIO, *, why: bool = False) -> None:
    """Answers one question for a person to read, with the reasons first where they are wanted."""
    reply = asker.ask(text)
    if why:
        out.writelines(f"{line}\n" for line in asker.why(text, reply))
        out.write("\n")
    show_reply(reply, out)


def converse(asker: Asker, lines: Iterator[str], out: TextIO) -> None:
    """Answers question after question; each may follow up on the last answer, or name an option by its number."""
    context, options = asker.context, tuple[Option, ...]()
    for line in lines:
        text = line.strip()
        if text.casefold() in LEAVE:
            return
        if not text:
            continue
        reply = asker.show(options[int(text) - 1]) if _chooses(text, options) else asker.ask(text, context)
        show_reply(reply, out)
        out.write("\n")
        out.flush()
        if isinstance(reply, Answer):
            context = asker.library.assistant.context(reply)
        options = _options(reply)


def typed_lines() -> Iterator[str]:
    """What is typed or piped in, line by line, until the end of input or Ctrl-C."""
    if not sys.stdin.isatty():
        for raw in sys.stdin.buffer:
            yield raw.decode("utf-8", "replace")
        return
    try:
        while True:
            yield readable(input(PROMPT))
    except (EOFError, KeyboardInterrupt):
        # The shell's next prompt is not to stand on the line of ours.
        sys.stdout.write("\n")


def show_reply(reply: Reply, out: TextIO) -> None:
    """Writes a reply for a person: styled and wrapped in a terminal, else plain."""
    if isinstance(reply, Silent):
        sys.stderr.write(SILENCE.format(reason=reply.reason) + "\n")
        return
    text = render(reply)
    if out.isatty():
        _show_styled(text, out)
    else:
        out.write(text + "\n")
        out.flush()


def _show_styled(text: str, out: TextIO) -> None:
    from rich.console import Console  # noqa: PLC0415 - costs a fifth of the start and pipes need none
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=out, highlight=False)
    for number, line in enumerate(text.split("\n")):
        if number == 0 or (line.isupper() and not line.startswith("-")):
            style = "bold"
        elif line.startswith(("Sources:", "Note:", "(dated)")):
            style = "dim"
        else:
            style = ""
        console.print(Text(line, style=style))


def _sections(reply: Reply) -> tuple[str, ...]:
    return reply.subject.sections[:2] if isinstance(reply, Answer) else ()


def _options(reply: Reply) -> tuple[Option, ...]:
    if isinstance(reply, Clarify):
        return reply.options
    return reply.near if isinstance(reply, Unknown) else ()


def _chooses(text: str, options: tuple[Option, ...]) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= len(options)
