"""What an export cannot do, said to whoever asked for it."""


class ExportError(RuntimeError):
    """The message names the reason and the remedy."""
