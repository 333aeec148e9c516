"""Rolewise: career questions about data and AI roles, answered inside Discord."""

__version__ = "0.1.0"
