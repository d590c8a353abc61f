"""A journal of engagement: what customers said, what is owed to them, whom we neglect."""

__version__ = "0.1.0"
