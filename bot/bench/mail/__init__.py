"""`billify bench mail`: the words of a corpus of answers, the time that mails of each kind take, hostile ones above all."""
