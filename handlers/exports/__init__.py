"""The books of a period as files: for a spreadsheet, for plain-text accounting, for the tax adviser; one file a format.

May import `wording` and what lies below. Only the bot imports it.
"""
