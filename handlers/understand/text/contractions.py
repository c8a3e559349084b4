"""Words that people run together, shorten or say as at home, with what they stand for: "whats", "yday", "hamwa"."""

from __future__ import annotations

CONTRACTIONS = {
    "til": "till",
    "nah": "no", "nope": "no", "yesterday's": "yesterday", "tomorrow's": "tomorrow", "monday's": "monday",
    "friday's": "friday",
    "whats": "what is", "its": "it is", "thats": "that is", "isnt": "is not", "i'm": "i am", "hows": "how is",
    "wheres": "where is", "whos": "who is", "dont": "do not", "doesnt": "does not", "hasnt": "has not",
    "didnt": "did not", "wasnt": "was not", "arent": "are not", "cant": "can not", "havent": "have not",
    "shouldnt": "should not", "gibts": "gibt es", "wieviel": "wie viel", "month's": "month", "year's": "year",
    "week's": "week", "quarter's": "quarter", "today's": "today", "ive": "i have", "weve": "we have",
    "theres": "there is", "gotten": "got", "yday": "yesterday", "yest": "yesterday", "ystd": "yesterday",
    "tmw": "tomorrow", "tmrw": "tomorrow", "tdy": "today", "2day": "today", "2moro": "tomorrow", "mch": "much",
    "wht": "what", "hw": "how", "hav": "have", "bil": "bill", "bils": "bills", "inv": "invoice", "invs": "invoices",
    "pmt": "payment", "pmts": "payments", "acct": "account", "acc": "account", "alredy": "already",
    "youve": "you have", "theyve": "they have", "theyre": "they are", "wont": "will not", "couldnt": "could not",
    "wouldnt": "would not", "werent": "were not", "nich": "nicht", "ned": "nicht", "nix": "nichts", "ham": "haben",
    "hamwa": "haben wir", "hamma": "haben wir", "wa": "wir", "wat": "was", "dat": "das",
    "un": "und", "nu": "nun", "jibts": "gibt es", "jibt": "gibt", "rg": "rechnung", "rng": "rechnung",
    "rechn": "rechnung", "rgn": "rechnungen", "bez": "bezahlt", "inner": "in der", "anner": "an der",
    "isses": "ist es", "gehts": "geht es", "gabs": "gab es", "hats": "hat es", "haste": "hast du",
    "kannste": "kannst du", "biste": "bist du", "willste": "willst du", "sinds": "sind es", "ausm": "aus dem",
    "furn": "fur einen", "vorm": "vor dem", "nen": "einen", "ner": "einer", "nem": "einem", "ebbes": "etwas",
    "jetz": "jetzt", "etz": "jetzt", "heit": "heute", "morng": "morgen",
}  # fmt: skip
"""Folded words; what one stands for may be several words."""
