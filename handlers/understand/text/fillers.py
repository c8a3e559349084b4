"""Words that say nothing by themselves, whatever is asked: articles, auxiliaries, courtesies, and how people hesitate.

Words that turn a request into another one ("not", "only", "except", "before", "paid") are none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from handlers.understand.text.words import AFTER, BEFORE, fold

_ENGLISH = (
    "sum total overall altogether + n a an the of for to in on at is are was were be been am it its we i me my mine "
    "our ours us you your he she they them their this that these those there here with by as so such than too very "
    "really quite also again still yet already now then just about around some any each every other another one ones "
    "thing things stuff bit lot kind sort way place case bill bills invoice invoices company firm right exactly "
    "actually basically please kindly thanks thank cheers mate guys uh um er erm ehm eh ah oh hm hmm hey hi hello yo "
    "ok okay well like plz pls btw fyi teh w wiv innit mind telling tell say know see give get got let lets can could "
    "would will shall do does did done has have had having want wanted need needs wonder wondering curious quick "
    "quickly question ask asking looking check checking wanna gonna gotta im ive dont usually generally normally "
    "currently maybe ever once up out over there's wats wat info note heads side end afterwards after-all from into "
    "onto what which who whom whose when where how why much many if-possible possible possibly perhaps might"
)
_GERMAN = (
    "summe gesamt insgesamt langst laengst der die das dies den dem des ein eine einen einem einer eines und oder auch "
    "von vom bei beim im in am an zu zum zur fur mit ist sind war waren wird werden wurde wurden sein bin bist hat "
    "habe haben hab ham hast hatte hatten es wir ich mir mich uns unser unsere unserer unseren unserem mein meine "
    "meiner du dir dich dein deine sie ihr ihnen er man mal ma denn doch halt eben eigentlich gerade grad grade jetzt "
    "nun einmal "
    "schon so da dann hier dort noch nochmal wieder ja nee ne na naja tja aehm ahm ehm eh oeh hmm also ach ah oh "
    "hallo hi moin servus gruss gruezi bitte danke merci lg vg info kurze kurz frage sag sagen sagt sage sehen "
    "schauen schau guck gucken gib geben gab gibt kannst konnen konnten konntest kann konnte mochte mochten wurdest "
    "darf durfte soll solltest wissen weiss weisst brauche brauchen brauch will wollen wollte rechnung rechnungen "
    "beleg belege firma gmbh ag kg ug ding dinge sache teil irgendwie irgendwas irgendwann irgendwelche etwas was wer "
    "wen wem welche welcher welches wie wo wann warum wieso aufm inner ausm is isses nich rum immer uberhaupt "
    "eventuell vielleicht bestimmt ganz recht sehr ziemlich ungefahr etwa circa ca liegt liegen steht stehen sieht "
    "aussieht lauft laufen geht gehen macht machen tun kleine kleinen kleiner grosse grossen"
)


def _neutral_words() -> Iterator[str]:
    """The words of the list beside this file."""
    for line in files(__package__).joinpath("neutral_words.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield from (fold(word) for word in line.split())


FILLERS = frozenset(word for phrase in (*BEFORE, *AFTER) for word in phrase.split()) | frozenset(
    (*f"{_ENGLISH} {_GERMAN} ? ! & 's".split(), *_neutral_words())
)
