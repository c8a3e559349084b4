"""What many readers and many companies come to: documents an hour, and what companies cost each other."""
