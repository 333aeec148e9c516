"""What is said: a subject and a snapshot become an `Answer` made of platform-neutral blocks."""
