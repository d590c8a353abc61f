"""What reads: functions that take the connection and `today`, and return values."""
