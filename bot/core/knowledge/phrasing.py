"""One more example question for an FAQ entry, in a server's own file."""

import io

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from bot.core.knowledge.editing import WIDTH
from bot.core.knowledge.overlay import ADD, REMOVE


def with_question(own: str | None, question: str) -> str:
    """The `questions` of an entry with one more, as YAML.

    `own` is the server's own file of the entry, which was found good; without one, or where that has no questions, the
    question is added to those of the base.
    """
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = WIDTH
    file = yaml.load(own or "")
    held = file.get("questions") if isinstance(file, CommentedMap) else None
    if isinstance(held, CommentedSeq):
        listed = held
    else:
        held = held if isinstance(held, CommentedMap) else CommentedMap()
        removed = held.get(REMOVE) or []
        # What was removed before would be removed again.
        while question in removed:
            removed.remove(question)
        listed = held.setdefault(ADD, CommentedSeq())
    if question not in listed:
        listed.append(question)
    out = io.StringIO()
    yaml.dump(held, out)
    return out.getvalue()
