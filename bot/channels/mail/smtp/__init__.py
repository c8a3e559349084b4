"""Our own mail server: SMTP (RFC 5321) for people and relays, submission (RFC 6409) for who logs in, LMTP (RFC 2033)
behind a mail server of the company. `server.serve` is what the channel runs for each port.
"""

from bot.channels.mail.smtp.desk import NotNow, Receive, Reception
from bot.channels.mail.smtp.server import Port, serve

__all__ = ["NotNow", "Port", "Receive", "Reception", "serve"]
