"""Mails (RFC 5322, MIME) as strangers send them: their header fields, texts and files, and what is packed inside these.

Everything here is linear in what it reads, and bounded (see limits): it runs in a process that reads strangers' bytes.
Imports files, fields.patterns and evidence; process and the channel of mail import it.
"""
