"""Use cases, one file each, blind to channels."""
