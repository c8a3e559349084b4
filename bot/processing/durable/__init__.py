"""Durable work: what was accepted is served in its order, whatever dies in between.

`message_queue.py` keeps the order and who has what in hand, `together.py` what comes at once by one transaction,
`wake_up.py` tells of new work, `dispatcher.py` decides what is begun when, `workflow.py` are the steps of a message,
`patience.py` waits for a database or a disk that is away, `engines_database.py` has the workflow engine do so,
`presence.py` says who serves, and `work_at_rest.py` how messages lie there. `bot/processing/jobs.py` is the head.
"""
