"""Discord's limits that replies and controls keep to, and the room we leave ourselves within them."""

VIEW_COMPONENTS = 40
VIEW_TEXT = 4000
ACTION_ROW_BUTTONS = 5
SELECT_OPTIONS = 25
OPTION_LABEL = 100
PLACEHOLDER = 150
BUTTON_LABEL = 80
CUSTOM_ID = 100
MEDIA_DESCRIPTION = 1024
PLAIN_MESSAGE = 2000
AUTOCOMPLETE_CHOICES = 25
CHOICE_NAME = 100
CHOICE_VALUE = 100
COMMAND_TEXT = 4000
MODAL_TITLE = 45
TEXT_INPUT = 4000
GLOBAL_COMMANDS = 100
COMMAND_OPTION_TEXT = 6000

COMPARED_ROLES = 5
"""Roles in one comparison: what the core composes and what a control's state has room for."""

STATE_ITEMS = 5
"""Items that a control's state has room for; a question that names more keeps the first ones."""

RELATED = 3
"""Related comparisons that an answer offers as buttons."""

TEXT_PARTS = 12
"""Parts that an answer's text is split into at most, so that its controls always have room."""

SOURCES_TEXT = 1200
"""Characters that the sources line may take of an answer's text."""


def shorten(text: str, limit: int) -> str:
    """The text within `limit` characters, cut visibly where it is longer."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
