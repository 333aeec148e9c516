"""The JSON Schemas that editors use are those of the models, and every shipped file names its own."""

import json
import re
from pathlib import Path

import pytest

from bot.core.knowledge.json_schema import DIALECT, json_schemas, schema_text, write_schemas

SHIPPED = Path(__file__).parents[3] / "knowledge"
SHIPPED_FILES = sorted(SHIPPED.rglob("*.yaml"))
KINDS = {"roles": "role", "items": "items", "faq": "faq", "messages": "messages"}


@pytest.mark.parametrize("name", sorted(json_schemas()))
def test_shipped_schema_is_the_generated_one(name: str) -> None:
    shipped = (SHIPPED / "schema" / name).read_text(encoding="utf-8")
    assert shipped == schema_text(json_schemas()[name]), (
        "write them anew: write_schemas(Path('knowledge/schema'))"
    )


def test_no_schema_is_shipped_that_is_not_generated() -> None:
    assert {file.name for file in (SHIPPED / "schema").iterdir()} == set(json_schemas())


@pytest.mark.parametrize("file", SHIPPED_FILES, ids=lambda file: file.relative_to(SHIPPED).as_posix())
def test_shipped_file_names_the_schema_of_its_kind(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found is not None, first
    schema = (file.parent / found.group(1)).resolve()
    kind = KINDS.get(file.parent.name, file.stem)
    assert schema == (SHIPPED / "schema" / f"{kind}.schema.json").resolve()
    assert schema.is_file()


@pytest.mark.parametrize("name", sorted(json_schemas()))
def test_schema_has_its_dialect_title_and_descriptions(name: str) -> None:
    schema = json_schemas()[name]
    assert schema["$schema"] == DIALECT
    assert schema["title"].startswith("Rolewise ")
    assert schema["description"]
    for model in (schema, *schema.get("$defs", {}).values()):
        for key, described in model.get("properties", {}).items():
            assert described.get("description"), f"{name}: {key}"


def test_schema_refuses_unknown_keys_and_lets_numbers_stand_for_texts() -> None:
    schema = json_schemas()["role.schema.json"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["name"]["type"] == ["string", "number", "boolean"]
    assert schema["properties"]["id"]["type"] == "string"
    assert "null" not in json.dumps(schema)


def test_schemas_are_written_into_a_directory_that_is_made(tmp_path: Path) -> None:
    write_schemas(tmp_path / "new" / "schema")
    written = {file.name for file in (tmp_path / "new" / "schema").iterdir()}
    assert written == set(json_schemas())
