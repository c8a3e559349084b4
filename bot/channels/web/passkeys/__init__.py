"""Passkeys (WebAuthn Level 2): added by who is signed in, and signed in with."""
