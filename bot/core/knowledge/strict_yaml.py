"""Strict YAML: text, lists and mappings only, with the place of every value and key.

Built on the parser's events alone. Composing a deeply nested file ends the process in libyaml's recursion, and
an implicit type turns `no` into false; here every scalar stays the text that was written, and size, depth and
aliases are checked before anything is built from them.
"""

import yaml

from bot.core.knowledge.document import Builder, Document, RefusedError
from bot.core.knowledge.problems import START, Report
from bot.core.knowledge.yaml_errors import INVISIBLE, ODD_SIGN, explain, place_at

BYTES_AT_MOST = 512 * 1024

# libyaml is missing from some builds of PyYAML; the parser in Python gives the same events, only slower.
Parser = type[yaml.SafeLoader] | type[yaml.CSafeLoader]
PARSER: Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read(content: str | bytes, file: str, report: Report, parser: Parser = PARSER) -> Document | None:
    """The document, or `None` with all that is wrong in the report. Never raises, whatever the content is.

    Args:
        content: what the file holds; bytes are UTF-8, with or without a byte order mark.
        file: the name that problems carry.
        report: where problems go.
        parser: the PyYAML class whose events are used.
    """
    builder = Builder(file, report)
    try:
        text = _decode(content)
        _check_signs(text)
        try:
            root = builder.build(yaml.parse(text, Loader=parser))
        except (yaml.YAMLError, ValueError, ArithmeticError) as error:
            # The parser in Python converts some numbers and escapes without asking whether they can be.
            raise RefusedError(*explain(error, text)) from None
    except RefusedError as refused:
        report.error(file, refused.place, refused.text)
        return None
    return None if builder.faulty else Document(file, root)


def too_large(size: int) -> str | None:
    """What to say of a file of so many bytes, or `None` when it may be read."""
    if size <= BYTES_AT_MOST:
        return None
    return f"the file is larger than {BYTES_AT_MOST // 1024} KB, expected less; shorten or split it"


def _decode(content: str | bytes) -> str:
    # Surrogates are let through here, to be named with their place among the other odd signs.
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    refusal = too_large(len(raw))
    if refusal is not None:
        raise RefusedError(START, refusal)
    text = content if isinstance(content, str) else _decode_bytes(content)
    return text.removeprefix("\ufeff")


def _decode_bytes(content: bytes) -> str:
    if content.startswith(_UTF_16):
        raise RefusedError(START, "the file is UTF-16, expected UTF-8; save it with the encoding UTF-8")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode().removeprefix("\ufeff")
        text = (
            f"byte 0x{content[error.start]:02X} is not UTF-8, expected text; save it with the encoding UTF-8"
        )
        raise RefusedError(place_at(before, len(before)), text) from None


def _check_signs(text: str) -> None:
    found = ODD_SIGN.search(text)
    if found is None:
        return
    sign = found.group()
    if sign == "\t":
        message = "a tab stands here, expected spaces; replace it with spaces"
    elif sign in "\x85\u2028\u2029":
        message = (
            f"an unusual line break (U+{ord(sign):04X}) stands here, expected an ordinary one; replace it"
        )
    elif INVISIBLE.match(sign):
        message = f"the invisible sign U+{ord(sign):04X} stands here, expected text that shows as it is written; delete it"
    else:
        message = f"the control character U+{ord(sign):04X} stands here, expected plain text; delete it"
    raise RefusedError(place_at(text, found.start()), message)
