"""Does what SPF and DKIM found speak for the author (DMARC, RFC 7489)?"""

from __future__ import annotations

import re
from collections.abc import Sequence

import tldextract

from bot.channels.mail.authentication.dns_records import Dns, DnsUnavailable
from bot.channels.mail.authentication.outcomes import Outcome

# The public suffix list that ships with the library; by itself it would fetch a newer one.
_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def organizational_domain(domain: str) -> str:
    """The domain that somebody registered: example.co.uk of mail.example.co.uk (RFC 7489, 3.2)."""
    return _SUFFIXES(domain).top_domain_under_public_suffix or domain


def is_aligned(domain: str, author: str, *, strict: bool = False) -> bool:
    """Whether a domain that passed speaks for the author's (RFC 7489, 3.1)."""
    if not domain or not author:
        return False
    if domain == author:
        return True
    return not strict and organizational_domain(domain) == organizational_domain(author)


def check_dmarc(author: str, outcomes: Sequence[Outcome], records: Dns) -> Outcome:
    """The result for the author's domain: "pass" where a check that passed is aligned with it.

    A domain without a policy is held to the relaxed one, which says more than "none". "temperror" where a check that
    could not be made might have passed.
    """
    try:
        policy = _policy(author, records)
    except DnsUnavailable:
        return Outcome("dmarc", "temperror", author)
    strict = {"spf": policy.get("aspf") == "s", "dkim": policy.get("adkim") == "s"}
    aligned = [each for each in outcomes if is_aligned(each.subject, author, strict=strict.get(each.method, True))]
    results = {each.result for each in aligned}
    result = "pass" if "pass" in results else "temperror" if "temperror" in results else "fail"
    return Outcome("dmarc", result, author)


def _policy(author: str, records: Dns) -> dict[str, str]:
    """The tags of the author's policy, else of its organizational domain's; none where there is none, or several."""
    for domain in dict.fromkeys((author, organizational_domain(author))):
        texts = [text.decode("utf-8", "replace") for text in records.texts(f"_dmarc.{domain}")]
        policies = [text for text in texts if re.match(r"v\s*=\s*DMARC1\s*(;|$)", text)]
        if len(policies) == 1:
            tags = (tag.partition("=") for tag in policies[0].split(";"))
            return {name.strip().lower(): value.strip().lower() for name, _, value in tags}
    return {}
