"""What asks: thin Typer functions that parse, call and say."""
