"""Mail on its way in: who it is from, whether it is one for us, whether it waits in quarantine, what is noted of it.

`gate.py` decides; what a mail says is read by `bot.channels.mail.parse` afterwards. It knows the ledger's database,
since two processes may receive mail.
"""
