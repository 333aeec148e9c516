"""What an asker wants done with the roles named: phrases of English that are no part of the knowledge."""

from collections.abc import Iterable
from enum import StrEnum

from bot.core.matching.cues import Cues, Reduced, cue_key


class Cue(StrEnum):
    """A sign of what is wanted, or of what a message is."""

    COMPARE = "compare"
    CHOOSE = "choose"
    SETS = "sets"
    FIND = "find"
    HELP = "help"
    MOVE = "move"
    ASKING = "asking"
    THREAT = "threat"
    THANKS = "thanks"
    CAREER = "career"
    COMMON = "common"
    NEAR = "near"
    JOBS = "jobs"


_PHRASES: dict[Cue, tuple[str, ...]] = {
    Cue.COMPARE: (
        "vs", "v", "difference", "differences", "differ", "differs", "different from", "different than", "different",
        "compare", "compared", "compared to", "comparing", "comparison", "similar", "similarities", "same as", "distinguish",
        "same thing", "is it same", "is that same", "are they same", "distinguishes", "separates", "sets apart", "{role} or {role}", "{role} vs {role}",
    ),
    Cue.CHOOSE: (
        "which should i", "should i become", "should i be", "should i choose", "should i pick", "should i go",
        "which is better", "what is better", "better career", "better choice", "which pays", "pays more", "pays better",
        "pay more", "pay better", "earn more", "earns more", "make more", "makes more", "higher salary", "better paid",
        "paid better", "paid more", "more money", "easier", "harder", "choose between", "choosing between", "decide between",
        "deciding between", "torn between", "stuck between", "which one", "which role is", "which job is", "which career is",
        "which of the two", "which of two", "which of them", "which of these", "which of those", "which would you",
        "suits me", "suit me", "better fit", "right for me", "more lucrative", "best paid", "better for", "rather",
        "should i do {role} or {role}", "should i study", "which do i", "what should i choose", "more future proof", "worth more",
    ),
    Cue.SETS: (
        "in common", "share", "shared", "overlap", "overlapping", "both use", "both need", "both know", "does not use",
        "does not need", "does not have", "do not use", "do not need", "do not have", "that {role} does not",
        "that {role} do not", "{role} does not", "{role} do not", "not used by", "not needed by", "lack", "lacks", "missing", "unlike",
        "but not", "only {role} use", "unique to", "not {role}", "{role} both", "do both", "they both",
    ),
    Cue.FIND: (
        "which roles", "which role", "what roles", "which jobs", "which job", "what jobs", "what job", "which careers", "which career",
        "what careers", "which positions", "what positions", "which titles", "who uses", "who use", "who needs", "who works with",
        "roles that", "roles for", "roles with", "roles using", "roles use", "jobs that", "jobs for", "jobs with", "jobs using",
        "jobs use", "job uses", "role uses", "jobs requiring", "jobs require", "roles requiring", "roles require", "roles need", "jobs need", "careers that",
        "careers with", "careers for", "careers using", "{item} jobs", "{item} roles", "{item} careers", "jobs in {item}",
        "who is using", "what can i do with {item}", "what can i do with {degree}", "what do with {degree}", "what do with {item}",
        "job with {degree}", "positions that", "where is {item} used", "what is {item} used for", "what is {item}", "job for {item}",
        "{degree} jobs", "anyone who uses", "people use {item}", "what roles",
    ),
    Cue.HELP: (
        "help", "what can you do", "what do you do", "what do you know", "how do you work", "how does this work",
        "how do i use you", "how do i use this bot", "who are you", "what are you", "commands", "what can i ask",
        "what can you answer", "how to use this bot", "how does this bot work", "what questions can i ask", "your commands", "roles do you know", "jobs do you know", "questions can you answer", "what can i ask you", "what are you for", "what is this bot", "list commands",
    ),
    Cue.MOVE: (
        "transition", "transitioning", "transitioned", "switch", "switching", "move", "moving", "pivot", "pivoting", "go from", "going from",
        "change from", "changing from", "jump from", "coming from", "path from", "from {role} to", "{role} to {role}", "get from",
        "{role} into {role}", "from {role} into",
    ),
    Cue.ASKING: (
        "what", "which", "who", "how", "why", "where", "when", "should", "do i", "do you", "does", "is it", "is there",
        "are there", "is {role}", "are {role}", "can i", "can {role}", "can you", "could i", "would", "will", "am i", "anyone know", "anybody know",
        "any advice", "any tips", "wondering", "curious", "question", "explain", "tell me", "need advice", "worth it", "vs",
        "difference", "need help", "recommend", "how do", "thoughts on", "opinions on", "advice on", "is a", "do {role}", "did",
    ),
    Cue.THREAT: (
        "because of", "due to", "thanks to", "replaced by", "killed by", "automated by", "by", "with rise of", "given", "despite",
        "taken by", "at risk from", "threatened by", "through", "since", "age of", "era of", "world of", "survive",
    ),
    Cue.COMMON: (
        "in common", "share", "shared", "overlap", "overlapping", "both use", "both need", "both know", "{role} both", "do both",
        "they both",
    ),
    Cue.NEAR: (
        "similar to {role}", "similar roles", "similar jobs", "similar careers", "roles like {role}", "jobs like {role}",
        "careers like {role}", "role like {role}", "job like {role}", "roles related to {role}", "jobs related to {role}",
        "related roles", "related jobs", "related careers", "close to {role}", "closest to {role}", "nearest to {role}",
        "adjacent to {role}", "adjacent roles", "adjacent jobs", "jobs are like {role}", "roles are like {role}", "careers are like {role}", "jobs are similar",
        "roles are similar", "careers are similar", "role is similar", "job is similar", "alternative to {role}", "alternatives to {role}", "besides {role}",
    ),
    Cue.JOBS: (
        "featured jobs", "job board", "job postings", "job posting", "job listings", "job listing", "job ads", "open positions",
        "open roles", "open position", "vacancies", "who is hiring", "jobs posted", "any {role} jobs", "any jobs for {role}",
        "any jobs as {role}", "any {role} positions", "any open {role}", "jobs for {role} here", "{role} jobs here", "jobs here",
        "show me jobs", "show jobs", "list jobs", "any jobs",
    ),
    Cue.THANKS: ("thanks", "thank you", "thx", "ty", "cheers", "tysm", "thank u", "appreciate it", "much appreciated"),
    Cue.CAREER: (
        "career", "careers", "job", "jobs", "role", "roles", "work", "field", "industry", "become", "becoming", "salary", "engineer",
        "engineers", "get into", "learn", "learning", "start", "degree", "masters", "roadmap", "interview", "path", "profession", "study",
    ),
}  # fmt: skip

THANKING = frozenset(
    "thanks thank thx ty tysm cheers great perfect awesome cool nice ok okay got it helpful appreciated appreciate lot so much very you u much very for the answer that this really help helped was is man bro all".split()
)
"""A message made of these words alone thanks; it asks nothing."""


class IntentCues:
    """The phrases above, compiled."""

    def __init__(self) -> None:
        self._cues: Cues[Cue] = Cues()
        self.words: set[str] = set()
        for cue, texts in _PHRASES.items():
            for text in texts:
                words = cue_key(text)
                self._cues.add(words, cue)
                self.words.update(word for word in words if not word.startswith("{"))

    def find(self, readings: Iterable[Reduced]) -> dict[Cue, list[tuple[int, int]]]:
        """Where each cue stands in the readings of a text, as token spans."""
        found: dict[Cue, dict[tuple[int, int], None]] = {}
        for start, end, cues, _ in self._cues.find(readings):
            for cue in cues:
                found.setdefault(cue, {})[start, end] = None
        return {cue: [*spans] for cue, spans in found.items()}
