"""How long builds take, and how much memory: a command (`python -m tests.bench`), not a test."""
