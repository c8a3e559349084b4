"""Backups: made while others work, sealed with a key of their own, and brought back onto any kind of database.

`rows.py` says a table's rows alike whichever database gives them, `databases.py` reads and `loading.py` fills one,
`repository.py` is where backups lie, `manifest.py` what one consists of, `making.py`, `checking.py`, `restoring.py` and
`thinning.py` what is done with them. It imports every folder below; `bot` imports it.
"""
