"""The signature, the footer and the advertisement below what somebody wrote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bot.channels.mail.words.courtesy import closing_name, is_greeting, thanking_name

_DEVICE = re.compile(
    r"(?:sent (?:from|via|with|by) (?:my|mail|outlook|yahoo|proton|the|a|an|samsung|blackberry|gmail|spark|mailbird|superhuman"
    r"|front|hey|zoho|bluemail|iphone|ipad|android|aqua)|get outlook for|download outlook|sent using|powered by|you received this"
    r"|(?:diese nachricht wurde )?(?:von|mit) (?:meine[mr](?:/meine[mr])?|der) .{1,60}(?:gesendet|geschickt|verfasst)|gesendet (?:von|mit|aus) "
    r"|von unterwegs gesendet|holen sie sich outlook|outlook für .{2,20} (?:herunterladen|beziehen)"
    r"|envoyé (?:de|depuis|à partir d|avec) |télécharger outlook|obtenez outlook|enviado (?:desde|con|do|de|a partir) "
    r"|obtener outlook|obter o outlook|inviato (?:da|con|dal) |scarica outlook|ottieni outlook|verzonden (?:vanaf|met|via) "
    r"|outlook voor .{2,20} downloaden|skickat? från |skaffa outlook|sendt fra |hent outlook|få outlook|wysłan[eoy] (?:z|przy) "
    r"|pobierz program outlook|odesláno z |získat outlook|lähetetty .{2,40}|hanki outlook|küldve |trimis (?:de|din) "
    r"|отправлено (?:с|из) |надіслано з |στάλθηκε από )"
    r".{0,100}|.{1,30}(?:'umdan|'den|’dan) gönderildi|.{1,30}から送信|发自我的.{1,30}|.{1,30}에서 보냄",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"^[\W_]*(?:(?:confidentiality|legal|privacy|important) (?:notice|note|disclaimer)|disclaimer|confidential(?:ity)?\b|haftungsausschluss"
    r"|(?:this|the) (?:e-?mail|message|communication|information|transmission|electronic).{0,120}"
    r"(?:confidential|privileged|intended (?:only|solely|recipient|for)|viruses|monitored)"
    r"|(?:diese|der inhalt dieser|die information\w*).{0,20}(?:e-?mail|nachricht).{0,120}(?:vertraulich|bestimmt|geschützt|viren)"
    r"|(?:ce|cet|le présent|les informations).{0,20}(?:message|courriel|e-?mail).{0,120}(?:confidentiel|destinataire)"
    r"|(?:este|el presente|la información).{0,20}(?:mensaje|correo|e-?mail).{0,120}(?:confidencial|destinatari)"
    r"|(?:questo|il presente|le informazioni|ai sensi).{0,40}(?:messaggio|e-?mail|comunicazione|d\.?\s?lgs|gdpr).{0,120}(?:riservat|confidenzial|destinatari|privacy)?"
    r"|(?:dit|deze|de informatie).{0,20}(?:bericht|e-?mail).{0,120}(?:vertrouwelijk|bestemd)"
    r"|(?:esta|este|a informação).{0,20}(?:mensagem|e-?mail).{0,120}(?:confidencia|destinat)"
    r"|(?:detta|denne|dette).{0,20}(?:meddelande|e-?post|mail|besked|melding).{0,120}(?:konfidentiel|fortrolig)"
    r"|(?:niniejsza|ta|treść).{0,20}(?:wiadomość|korespondencja|wiadomości).{0,120}(?:poufn|przeznaczon)"
    r"|(?:tato|tento).{0,20}(?:zpráva|e-?mail).{0,120}(?:důvěrn|určen)"
    r"|(?:please )?(?:consider|think of|think about) (?:the )?environment|bitte (?:denken|prüfen|beachten|drucken).{0,60}(?:umwelt|druck)"
    r"|denken sie an die umwelt|avant d'imprimer|pensez à l'environnement|antes de imprimir|prima di stampare|denk aan het milieu"
    r"|virus-?free|(?:this|diese|cet) .{0,30}(?:checked|scanned|überprüft|vérifié|geprüft).{0,60}|avast|"
    r"registered (?:office|in england|company)|sitz der gesellschaft|handelsregister|amtsgericht|registergericht|hrb \d|ust-?id"
    r"|geschäftsführ(?:er|ung)|siège social|capital social|partita iva|kvk|informationen zum datenschutz|we process your)",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"^[\W_]*(?:caution|warning|external(?: e-?mail| sender)?|achtung|externe? (?:e-?mail|absender)|attention|vorsicht)\b[\W_]*"
    r".{0,80}(?:originated|outside|extern|unknown sender|außerhalb|extérieur|$)",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:(?:tel|phone|telefon|telephone|mobil|mobile|mob|cell|handy|fax|direct|office|büro|tél|móvil|cellulare|gsm|durchwahl)"
    r"[\w.]{0,6}\s?[:.]?\s?|[tmpfdo]\s?[:.|]\s?)\+?[(\d][\d ()/.–-]{5,}\d|(?:^|[\s|·•,])\+\d[\d ()/.–-]{7,}\d"
    r"|(?:^|[\s|·•:<])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}>?$|(?:^|[\s|·•])(?:https?://|www\.)[^\s]{4,200}$",
    re.IGNORECASE,
)
_OF_SIGNATURE = re.compile(
    r"(?:gmbh|ag|kg|ug|ltd\.?|limited|llc|inc\.?|plc|s\.?a\.?r?\.?l?\.?|s\.?r\.?l\.?|s\.?l\.?|b\.?v\.?|n\.?v\.?|a/s|aps|as|ab|oy|sp\. z o\.o\.|s\.r\.o\.)$"
    r"|\b(?:ceo|cfo|cto|coo|manager|director|head of|accountant|accounting|assistant|engineer|consultant|partner|founder|sales"
    r"|leiter(?:in)?|geschäftsführer(?:in)?|buchhalt\w+|assistenz|vertrieb|prokurist\w*|directeur|directrice|comptable|gérante?"
    r"|gerente|contable|responsabile|titolare|commercialista|hoofd|boekhoud\w+|księgow\w+|ředitel\w*|účetní)\b"
    r"|\b\d{4,6}\s[A-ZÄÖÜ]\w+|\w+(?:straße|strasse|str\.|gasse|weg|platz|street|road|avenue|lane|laan|straat|vägen|gatan)\b.{0,12}\d"
    r"|\b\d{1,4},? (?:rue|via|calle|avenue|street|road|av\.)\b|\b(?:rue|via|calle|ul\.) [A-Z]",
    re.IGNORECASE,
)
_LONGEST, _MOST_LINES = 120, 25


def is_device(line: str) -> bool:
    """Whether a line only says which program or device sent the mail."""
    line = line.strip()
    return len(line) <= 140 and bool(_DEVICE.fullmatch(line))


def without_courtesy(lines: Sequence[str], sender: str = "") -> list[str]:
    """The lines without banner, greeting, signature and footer. `sender` is the name and address of who wrote.

    Where nothing else is said, the greeting or the thanks is what was said.
    """
    own = [line for line in lines if not is_device(line)]
    cut = _end(own, _words_of(sender))
    kept = own[:cut] + _postscript(own[cut:])
    begin = _begin(kept)
    bare = kept[begin:] if any(line.strip() for line in kept[begin:]) else kept
    return bare if any(line.strip() for line in bare) else own[:_first_paragraph(own)]


def _begin(lines: Sequence[str]) -> int:
    """Where the text begins behind a banner of the mail server and a greeting."""
    n = 0
    for n, line in enumerate(lines):
        if line.strip() and not _BANNER.match(line[:200]) and not is_greeting(line):
            return n
    return n


def _end(lines: Sequence[str], names: frozenset[str]) -> int:
    """Where the signature begins, the number of lines where there is none."""
    for n, line in enumerate(lines):
        if line.rstrip() in ("--", "–", "—") or (n and _FOOTER.match(line[:300]) and _starts_paragraph(lines, n)):
            return _above_footer(lines, n, names)
        if closing_name(line) is not None and n + _MOST_LINES >= len(lines) - _length_of_footer(lines, n):
            return n
        if _thanks(lines, n, names) or _signs(lines, n, names):
            return n
    return _above_contacts(lines)


def _thanks(lines: Sequence[str], n: int, names: frozenset[str]) -> bool:
    """Words of thanks end a text where nothing follows but the writer's name, or what looks like a signature."""
    name = thanking_name(lines[n])
    if name is None:
        return False
    if name:
        return bool(_words_of(name) & names) and not _says_more(lines[n + 1 :], names)
    following = [line for line in lines[n + 1 :] if line.strip()]
    if not following:
        return n > 0
    return bool(_is_name(following[0], names)) and not _says_more(following[1:], names)


def _signs(lines: Sequence[str], n: int, names: frozenset[str]) -> bool:
    """The writer's own name alone on a line, with nothing below but what a signature has."""
    return n > 0 and _is_name(lines[n], names) and not _says_more(lines[n + 1 :], names)


def _is_name(line: str, names: frozenset[str]) -> bool:
    """Whether a line is the writer's name: the whole of it or the first, with a title, an initial or a position."""
    said = re.split(r"[|,·•(/]", line.strip(" /~*–—-"), maxsplit=1)[0]
    words = [word for word in _words(said) if word not in _TITLES]
    return 0 < len(words) <= 5 and bool(set(words) & names) and all(word in names or len(word) <= 2 for word in words)


_TITLES = frozenset(("dr", "prof", "mag", "ing", "dipl", "msc", "mba", "herr", "frau", "mr", "mrs", "ms", "ia", "iv", "ppa"))


def _says_more(lines: Sequence[str], names: frozenset[str]) -> bool:
    """Whether lines below a name say something: prose, which a signature of at most some lines has not."""
    for n, line in enumerate(lines):
        if n > _MOST_LINES or (_FOOTER.match(line[:300]) and _starts_paragraph(lines, n)) or line.rstrip() == "--":
            return False
        if line.strip() and not _belongs(line) and not _is_name(line, names):
            return not (n == 0 and _capitalised(line)) and not _is_short_title(line, lines, n)
    return False


def _is_short_title(line: str, lines: Sequence[str], n: int) -> bool:
    """A line of a signature that is neither contact nor title, such as a slogan: hemmed in by contacts below."""
    return len(line.split()) <= 8 and any(_CONTACT.search(later[:_LONGEST]) for later in lines[n + 1 : n + 6])


def _belongs(line: str) -> bool:
    line = line.strip()
    return len(line) <= _LONGEST and bool(_CONTACT.search(line) or _OF_SIGNATURE.search(line) or not re.search(r"\w", line))


def _above_contacts(lines: Sequence[str]) -> int:
    """Where the last lines, a paragraph of their own, are a signature without any name that is known: with a telephone
    number, an address of mail or of the web, and nothing but what a signature has."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    begin = end
    while begin and lines[begin - 1].strip():
        begin -= 1
    block = lines[begin:end]
    if not begin or not block or len(block) > _MOST_LINES:
        return len(lines)
    fitting = sum(_belongs(line) or _capitalised(line) for line in block)
    hard = sum(bool(_CONTACT.search(line.strip()[:_LONGEST])) for line in block)
    if hard and len(block) >= 3 and fitting == len(block):
        return begin
    return len(lines)


def _capitalised(line: str) -> bool:
    """Two to six words that all begin with a capital, as names of people, places and companies do."""
    words = re.findall(r"[^\W\d_][\w.'’&-]*", line)
    return 2 <= len(words) <= 6 and all(word[0].isupper() for word in words) and not re.search(r"\d", line)


def _above_footer(lines: Sequence[str], n: int, names: frozenset[str]) -> int:
    """A footer ends a signature that may have no other mark."""
    return min(n, _end(lines[:n], names)) if n else n


def _length_of_footer(lines: Sequence[str], n: int) -> int:
    found = (later for later in range(n, len(lines)) if _FOOTER.match(lines[later][:300]))
    return len(lines) - next(found, len(lines))


def _starts_paragraph(lines: Sequence[str], n: int) -> bool:
    return n == 0 or not lines[n - 1].strip() or bool(_belongs(lines[n - 1]))


def _postscript(lines: Sequence[str]) -> list[str]:
    """What was added below the signature: the paragraph that begins with "PS"."""
    for n, line in enumerate(lines):
        if re.match(r"p\.? ?s\.?\s?[:.]?\s+\S", line.strip(), re.IGNORECASE):
            return ["", *lines[n : n + _first_paragraph(lines[n:])]]
    return []


def _first_paragraph(lines: Sequence[str]) -> int:
    return next((n for n, line in enumerate(lines) if n and not line.strip()), len(lines))


def _words_of(text: str) -> frozenset[str]:
    """The words of a name or an address, folded, without single letters and the ends of domains."""
    return frozenset(word for word in _words(text.partition("@")[0]) if len(word) > 1)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    return re.findall(r"[^\W\d_]+", "".join(c for c in plain if not unicodedata.combining(c)))
