"""What changes: one noun each, a frozen dataclass and its verbs."""
