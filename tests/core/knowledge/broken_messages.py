"""Messages to learn from that are wrong: content, and what is printed."""

from knowledge_files import broken

BROKEN_MESSAGES = (
    broken(
        "message that is neither a question nor talk",
        "messages/own.yaml",
        "- text: how do I start\n",
        "messages/own.yaml:1:3: error: a message needs either `sections` (a question) or `talk` (nothing to answer)",
    ),
    broken(
        "message of an unknown section",
        "messages/own.yaml",
        "- text: where to\n  sections: [beginning]\n",
        "messages/own.yaml:2:14: error: unknown section `beginning`, expected definition, industries, salary, skills or tools",
    ),
    broken(
        "message without a text",
        "messages/own.yaml",
        '- text: ""\n  talk: chat\n',
        "messages/own.yaml:1:9: error: an empty text stands here, expected some; fill it in or remove the key",
    ),
    broken(
        "messages that are no list",
        "messages/own.yaml",
        "text: hello\ntalk: chat\n",
        "messages/own.yaml:1:1: error: a mapping stands here, expected a list; write `[...]`, or a line `- ...` for each entry",
    ),
)
