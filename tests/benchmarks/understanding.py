"""How well questions are understood that nothing was tuned on: `python tests/benchmarks/understanding.py`.

`blind.yaml` was written without sight of the matcher, its cues and the golden questions, and nothing was tuned on it.
Four of its labels were changed when the roles that they name became known. Rates come with their 95 % interval
(Wilson, 1927).
"""

import math
import sys
from datetime import date
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.core.answers.model import Answer
from bot.core.assistant import Assistant
from bot.core.knowledge.load import load
from bot.core.knowledge.schema import GoldenModel, QuestionsFile
from bot.core.matching.question import Context, Manner, Outcome

HERE = Path(__file__).parent
TODAY = date(2026, 11, 23)


def rate(hits: int, total: int) -> str:
    """Hits of a total as percent, with the 95 % interval."""
    z, share = 1.96, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return f"{share:4.0%}  ({hits} of {total}; {middle - half:.0%} to {middle + half:.0%})"


def main() -> None:
    snapshot = load(HERE.parents[1] / "knowledge").snapshot
    if snapshot is None:
        sys.exit("the shipped knowledge does not load")
    assistant = Assistant(snapshot)
    asked = QuestionsFile.model_validate(
        yaml.load((HERE / "blind.yaml").read_bytes(), Loader=yaml.CBaseLoader)
    ).root

    def right(golden: GoldenModel, *, whole: bool) -> bool:
        manner = Manner.OVERHEARD if golden.overheard else Manner.ADDRESSED
        reply = assistant.ask(golden.text, today=TODAY, manner=manner, context=Context(tuple(golden.about)))
        if reply.question is None or reply.question.outcome.value != golden.outcome:
            return False
        if not whole or not isinstance(reply, Answer):
            return True
        roles = golden.roles is None or reply.roles == tuple(golden.roles)
        return roles and set(golden.sections or ()) <= set(reply.subject.sections)

    groups = {
        "addressed, answered": ([g for g in asked if not g.overheard and g.outcome == Outcome.ANSWER], False),
        "addressed, roles and all sections right": (
            [g for g in asked if not g.overheard and g.outcome == Outcome.ANSWER],
            True,
        ),
        "addressed, rightly unknown": ([g for g in asked if g.outcome == Outcome.UNKNOWN], False),
        "overheard, answered": ([g for g in asked if g.overheard and g.outcome == Outcome.ANSWER], False),
        "overheard, rightly silent": ([g for g in asked if g.outcome == Outcome.SILENT], False),
    }
    for name, (group, whole) in groups.items():
        print(f"{name:42s}{rate(sum(right(golden, whole=whole) for golden in group), len(group))}")


if __name__ == "__main__":
    main()
