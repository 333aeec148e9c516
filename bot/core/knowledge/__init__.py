"""What is known: YAML files become a validated, immutable `Snapshot`."""
