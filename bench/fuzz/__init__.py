"""Fuzzing of everything that reads what others wrote. README.md says how to run it and what it found."""
