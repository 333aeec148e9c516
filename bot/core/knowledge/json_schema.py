"""JSON Schemas of the knowledge files, with which editors complete keys and underline slips."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.core.knowledge.files import FileKind
from bot.core.knowledge.schema import FILE_MODELS

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# To an editor an unquoted 2024 is a number, to the bot it is the text that was written.
_TEXT = ["string", "number", "boolean"]


def json_schemas() -> dict[str, dict[str, Any]]:
    """A schema (draft 2020-12) for each kind of file, by the name of the file that holds it."""
    return {f"{kind}.schema.json": _schema(kind, model) for kind, model in FILE_MODELS.items()}


def write_schemas(directory: Path) -> None:
    """Write every schema into the directory, which is made if it is missing."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, schema in json_schemas().items():
        (directory / name).write_text(schema_text(schema), encoding="utf-8")


def schema_text(schema: dict[str, Any]) -> str:
    """The schema as its file holds it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _schema(kind: FileKind, model: type[BaseModel]) -> dict[str, Any]:
    schema = _as_read(model.model_json_schema())
    return {"$schema": DIALECT, **schema, "title": f"Rolewise {kind} file"}


def _as_read(part: Any) -> Any:  # noqa: ANN401 - any JSON may stand here
    """The schema's part, changed to what the reader of the files does: no nulls, no guessed types."""
    if isinstance(part, list):
        return [_as_read(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    options = [option for option in part.get("anyOf", ()) if option != {"type": "null"}]
    if len(options) == 1:
        described = {key: value for key, value in part.items() if key not in ("anyOf", "default")}
        return _as_read({**options[0], **described})
    changed = {key: _as_read(value) for key, value in part.items()}
    if changed.get("type") == "string" and not {"enum", "const", "pattern", "format"} & changed.keys():
        changed["type"] = _TEXT
    if "patternProperties" in changed:
        changed["additionalProperties"] = False
    if isinstance(changed.get("title"), str):
        changed["title"] = changed["title"].removesuffix("Model")
    return changed
