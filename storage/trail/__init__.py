"""The audit trail: what was old and new at every change, chained so that nothing of it can be altered unseen.
It imports `db`, `models` and `sealing`; `audit` tells it what is done, and listens to every session, so that nobody has
to think of it.
"""
