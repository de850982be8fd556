"""Why something was not done."""


class JobFailedError(Exception):
    """A job says by itself that it failed; its words are for people.

    `is_final` says that another try would end the same way: somebody has to look.
    """

    def __init__(self, said: str, *, is_final: bool = False) -> None:
        """Say what it said."""
        super().__init__(said)
        self.said = said
        self.is_final = is_final


class InterruptedJobError(Exception):
    """The worker that was at it is gone."""
