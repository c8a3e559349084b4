"""What around a person's own words in a mail is not theirs: quoted history, greetings, signatures, footers.

Rules are line by line, linear, and careful: a correction that is cut off as a supposed signature would be worse than a
greeting too many. They were written for want of a library: of the corpus in `bot.bench.mail` mail-parser-reply 1.36,
asked for all its languages, leaves the bare words of a fifth, and 150 kB of "On " keep it for minutes.
"""
