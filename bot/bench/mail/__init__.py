"""`billify bench mail`: a corpus of answers, and the time that mails of each kind take, hostile ones above all."""
