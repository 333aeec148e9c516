"""What was asked: text and a snapshot become a `Question` with its evidence."""
