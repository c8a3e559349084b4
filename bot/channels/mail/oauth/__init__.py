"""Being let into mailboxes of Microsoft 365 and Google without a password (OAuth 2.0, RFC 6749; XOAUTH2).

`services.py` knows where each service is asked, `sign_in.py` is what a person goes through once, `tokens.py` keeps what
came of it, encrypted, and renews it.
"""

from bot.channels.mail.oauth.services import OAuthService, service_of
from bot.channels.mail.oauth.tokens import AccessTokens, SignInOver

__all__ = ["AccessTokens", "OAuthService", "SignInOver", "service_of"]
