"""`billify bench mail` measures mails of each kind, hostile ones and the corpus of answers, in the real process."""

from __future__ import annotations

import json

from bot.bench.mail.hostile import hostile_mails
from bot.bench.mail.measure import bench_mail
from bot.bench.mail.samples import KINDS

FEW = [mail for n, mail in enumerate(hostile_mails(50_000)) if n % 8 == 0]


def test_every_kind_is_parsed_and_what_is_refused_is_named(capsys):
    measured = bench_mail(hostile=FEW)
    assert [timed.kind for timed in measured.kinds] == list(KINDS)
    assert not any(timed.refused for timed in measured.kinds)
    assert len(measured.hostile) == len(FEW)
    assert measured.answers_right == measured.answers > 4000
    printed = capsys.readouterr().out
    assert "a forwarded mail that is an invoice" in printed
    assert f"The worst of {len(FEW)} hostile mails" in printed


def test_as_json_it_is_one_object(capsys):
    measured = bench_mail(as_json=True, hostile=FEW[:2])
    printed = json.loads(capsys.readouterr().out)
    assert printed["worst"]["kind"] == measured.worst.kind
    assert {timed["kind"] for timed in printed["kinds"]} == set(KINDS)
