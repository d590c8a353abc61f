"""What carries: text to plain values and back, for each format; no database, no terminal."""
