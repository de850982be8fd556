"""Why no anchor was made."""


class StampError(Exception):
    """The authority gave no time-stamp, or one of something else; another try may help."""


class AnchorTakenError(Exception):
    """Somebody else made the anchor of that number meanwhile; another try finds what is left to do."""


class OlderDatabaseError(Exception):
    """The write-once place has anchors of entries that the database has not: somebody has to look."""
