"""What can go wrong with the reader itself, as opposed to with a file (see extraction.evidence.Problem)."""


class ReaderDied(Exception):
    """The reader process died, ran out of time, or ran out of memory; the next call finds a new one."""
