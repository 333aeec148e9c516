"""Commands and the reading of messages: one module each, found by walking this folder."""
