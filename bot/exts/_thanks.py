"""Telling thanks from questions: thanks get no essay."""

import re

WORDS = re.compile(r"[^\W\d_]+")
MOST_WORDS = 8
THANKS = frozenset(
    "thanks thank thankyou thx thnx tnx tks ty tysm tyvm tyty cheers merci danke gracias appreciated appreciate".split()
)
KIND = frozenset(
    "you u ya so very much a lot bunch ton tons million many again man mate bro dude all everyone for the that this it "
    "your ur help helping answer info information explanation and i really bot rolewise good great nice awesome amazing "
    "perfect cool helpful super ok okay got makes sense that's thats is was oh wow lol haha yes yeah".split()
)


def is_thanks(text: str) -> bool:
    """Whether the text says thanks and nothing else."""
    words = [
        word.lower()
        for word in WORDS.findall(text.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", ""))
    ]
    return (
        0 < len(words) <= MOST_WORDS
        and any(word in THANKS for word in words)
        and all(word in THANKS or word in KIND for word in words)
        and "?" not in text
    )
