"""One more example question for an FAQ entry, in a server's own file."""

import io

from bot.core.knowledge.editing import round_trip
from bot.core.knowledge.overlay import ADD, REMOVE


def with_question(own: str | None, question: str) -> str:
    """The `questions` of an entry with one more, as YAML.

    `own` is the server's own file of the entry, which was found good; without one, or where that has no questions, the
    question is added to those of the base.
    """
    yaml = round_trip()
    yaml.indent(mapping=2, sequence=2, offset=0)
    file = yaml.load(own or "")
    held = file.get("questions") if isinstance(file, dict) else None
    if isinstance(held, list):
        listed = held
    else:
        held = held if isinstance(held, dict) else {}
        removed = held.get(REMOVE) or []
        # What was removed before would be removed again.
        while question in removed:
            removed.remove(question)
        listed = held.setdefault(ADD, [])
    if question not in listed:
        listed.append(question)
    out = io.StringIO()
    yaml.dump(held, out)
    return out.getvalue()
