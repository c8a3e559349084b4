"""Greetings and closings, which every mail has and which ask for nothing."""

from __future__ import annotations

import re

_OPENINGS = (
    r"hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings|hallo|liebe[rs]?|sehr geehrte[rs]?|servus|moin"
    r"|guten (?:morgen|tag|abend)|grüezi|grüß gott|bonjour|bonsoir|salut|cher|chère|chers|madame|monsieur|hola|estimad[oa]s?"
    r"|buen(?:os|as) (?:días|tardes|noches)|buongiorno|buonasera|ciao|gentile|egregi[oa]|salve|beste|geachte|goedemorgen"
    r"|goedemiddag|goedendag|olá|bom dia|boa tarde|prezad[oa]s?|car[oa]s?|hej|hejsan|bästa|kära|kære|hei|god (?:dag|morgen)"
    r"|dzień dobry|cześć|szanown[iey]\w*|witam|dobrý den|ahoj|vážen[íýá]\w*|hyvä|moi|terve|tisztelt|kedves|szia|bună ziua"
    r"|bună|merhaba|sayın|здравствуйте|добрый день|привет|уважаем\w+|добрий день|вітаю|γεια(?: σας)?|αγαπητ\w+|καλημέρα"
    r"|你好|您好|こんにちは|お世話になっております|안녕하세요"
)
_OPENING = re.compile(rf"(?:{_OPENINGS})\b[^.?!:;\d]{{0,60}}[,!.:;，、。]*", re.IGNORECASE)
_GREETING_WORDS = 6

_STRONG = (
    r"br|kr|rgds|brgds|(?:with )?(?:best|kind|warm|warmest|kindest|many)?\s?regards|best wishes|yours (?:sincerely|faithfully|truly)|sincerely"
    r"|(?:mit )?(?:freundlichen?|besten?|lieben?|herzlichen?|vielen?|schönen?|sonnigen?) (?:gr(?:ü|ue)(?:ß|ss)e?n?|dank und gr\w+)"
    r"(?: (?:aus|an|und) .{1,30})?|gr(?:ü|ue)(?:ß|ss)e?|beste gr\w+|mfg|lg|vg|bg|hochachtungsvoll"
    r"|(?:bien )?cordialement|(?:sincères|meilleures) salutations|salutations(?: distinguées)?|bien à vous|amicalement"
    r"|(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|un abrazo"
    r"|(?:cordiali|distinti|cari|tanti) saluti|saluti|un saluto"
    r"|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:en|jes)?|mvg"
    r"|atenciosamente|cumprimentos|com os melhores cumprimentos|abraços"
    r"|(?:med )?(?:vänlig|vänliga|bästa|venlig|vennlig|beste|de bedste) (?:hälsning(?:ar)?|hilsen(?:er)?)|hälsningar|mvh|vh|hilsen"
    r"|(?:z )?(?:poważaniem|wyrazami szacunku)|pozdrawiam(?: serdecznie)?|pozdrowienia"
    r"|s (?:pozdravem|přátelským pozdravem|úctou|pozdravom)|(?:hezký|pěkný) den|zdraví"
    r"|(?:ystävällisin|parhain) terveisin|terveisin|(?:szívélyes )?üdvözlettel|tisztelettel|üdv"
    r"|cu (?:stimă|respect|drag)|saygılar(?:ımla|ımızla)?|iyi çalışmalar"
    r"|с уважением|з повагою|με εκτίμηση|φιλικά|よろしくお願い(?:いた|致)?します|以上|此致|敬礼|祝好|감사합니다"
)
_WEAK = (
    r"thanks(?: (?:a lot|again|so much|in advance|and (?:best|kind) regards))?|thank you(?: (?:very much|so much|in advance))?"
    r"|many thanks|cheers|best|all the best|take care|thx|danke(?: (?:schön|dir|ihnen|im voraus|vorab))?|vielen dank(?: im voraus)?"
    r"|besten dank|merci(?: (?:beaucoup|d'avance))?|gracias|muchas gracias|grazie(?: mille)?|bedankt|dank je|obrigad[oa]"
    r"|tack(?: på förhand)?|tak|takk|dziękuję|dzięki|děkuji|díky|kiitos|köszönöm|mulțumesc|teşekkürler|спасибо|дякую|ευχαριστώ"
)
_NAME = r"(?:[^\W\d_][\w.'’-]{0,30}(?:[ ][^\W\d_][\w.'’-]{0,30}){0,3})"
_MARKS = r"[^\w\n]{0,20}"
_STRONG_LINE = re.compile(rf"(?:{_WEAK})?{_MARKS}(?:and |und |et )?(?:{_STRONG})\b{_MARKS}(?P<name>{_NAME})?{_MARKS}", re.IGNORECASE)
_WEAK_LINE = re.compile(rf"(?:{_WEAK})\b{_MARKS}(?P<name>{_NAME})?{_MARKS}", re.IGNORECASE)
_LONGEST = 90


def is_greeting(line: str) -> bool:
    """Whether a line greets and says nothing else: "Hi Billify,", "Sehr geehrte Damen und Herren,"."""
    line = line.strip()
    return len(line) <= _LONGEST and len(line.split()) <= _GREETING_WORDS and bool(_OPENING.fullmatch(line))


def closing_name(line: str) -> str | None:
    """What stands beside a closing that ends every mail ("Kind regards, Anna": "Anna"); None where the line is none."""
    return _name(_STRONG_LINE, line)


def thanking_name(line: str) -> str | None:
    """The same of words that may also begin a mail: "Thanks", "Best, Anna"."""
    return _name(_WEAK_LINE, line)


def _name(pattern: re.Pattern[str], line: str) -> str | None:
    line = line.strip()
    found = pattern.fullmatch(line) if len(line) <= _LONGEST else None
    return (found["name"] or "") if found else None
