"""Tables of what Billify works with outside: accounting software.

Like the models beside it: no logic. `storage.models` hands them on.
"""
