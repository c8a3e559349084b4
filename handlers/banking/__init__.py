"""The bank: statements brought in, their movements explained, and what is to be paid handed to it."""
