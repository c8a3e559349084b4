"""Signing in by a company's identity provider: OpenID Connect Core 1.0, the authorization code flow with PKCE."""
