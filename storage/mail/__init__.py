"""Mail as the books know it: what became of each, what waits in quarantine, whose is taken in, how far mailboxes were
read. It imports `people` and `documents`; nobody in `storage` imports it.
"""
