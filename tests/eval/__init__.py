"""How well the archive hears and finds: figures, not verdicts. `python -m tests.eval`."""
