"""The books and everything kept with them: tables, rules and questions, one folder a subject.
Here itself lie only what every folder may use: `errors.py` (what the ledger refuses) and `audit.py` (who did what).
It knows no channel and no language; `handlers` and `bot` ask it, and it asks only `config`.
"""
