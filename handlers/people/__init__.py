"""Who belongs to the company: invitations, roles, rules for approvals, a person's language and time zone, small talk.

May import `understand`, `reminders` and `wording`. Only the bot imports it.
"""
