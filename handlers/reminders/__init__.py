"""What people are told without asking: reminders of bills, the weekly digest, alarms, and how each wants them.

`schedule.py` says when (pure), `due_notices.py` what is due now, `notices.py` what it says. May import `bills` and
`wording`; `people` and the clock (`bot/background`) import it.
"""
