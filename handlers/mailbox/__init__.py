"""What people do about mail: decide what waits in quarantine, ask what became of a mail, hear of what did not arrive.
It imports `reminders` and all below; only `bot` imports it.
"""
