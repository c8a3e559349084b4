"""Proof that a mail answers one of ours: `reply_tokens.py` makes and checks marks, `proof.py` finds them in a mail."""
