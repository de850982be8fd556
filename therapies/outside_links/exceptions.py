"""Why an address was not asked."""


class UnaskableError(Exception):
    """An address that must not be asked: not public, or not on the web."""


class UnansweredError(Exception):
    """A host that gave no answer; `is_unknown` says that no such host is known."""

    def __init__(self, reason: str, *, is_unknown: bool = False) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.is_unknown = is_unknown
