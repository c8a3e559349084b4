"""What people are told without asking: reminders of bills, digests, and alarms that they set."""
