"""Who wrote a mail: SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489), checked by us or by a server that we trust.

What the checks found travels with the mail as an Authentication-Results header (RFC 8601), so that a mail that waits
in quarantine still knows it. Imports nothing of the rest of mail but `headers` and `addresses`; `smtp` writes the
header as mails come in, and the channel asks for the verdict.
"""

from bot.channels.mail.authentication.authenticator import Authenticator
from bot.channels.mail.authentication.client import Client
from bot.channels.mail.authentication.dns_records import Dns, DnsUnavailable
from bot.channels.mail.authentication.verdict import Verdict

__all__ = ["Authenticator", "Client", "Dns", "DnsUnavailable", "Verdict"]
