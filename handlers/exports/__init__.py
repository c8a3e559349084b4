"""The books of a period as files: for a spreadsheet, for plain-text accounting, for the tax adviser."""
