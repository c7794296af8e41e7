"""Forest: the leader rule fails and passes (3, 4), a rescue goes fast (10), a file sleeps (24)."""

from __future__ import annotations

from datetime import date

from domain.honours import CommendationForm, CommendationLevel
from domain.values import FastTrackGround, Role, Title, private
from web.demo import acts
from web.demo.acts import DIRECTOR, REVIEWER, STANDING
from web.demo.cast import CAST
from web.demo.movements import FOREST
from web.demo.stage import Stage, Story, enter
from web.demo.units import chief
from workflow import commands as asked

FIGHTER = Title.GRASSROOTS_FIGHTER


def ranger_station(stage: Stage) -> Story:
    """3: no excellent collective in 2022, so no way on in 2023; it is one in 2023."""
    it = CAST[3]
    yield acts.found(it, "2022-03-01", source=FOREST)
    yield from acts.acclaimed(it, "2022-03-10", (7, 0, 0))
    yield from acts.nurtured(it, "2022-04-01", "14 tổ tuần tra, mỗi tổ có người dân")
    yield acts.reported(it, "2022-12-12", "Lập xong 14 tổ; còn 1 vụ cháy thực bì")
    yield acts.advanced(it, "2023-02-20", REVIEWER, unmet=("yearly-record",))
    yield acts.reported(it, "2023-12-11", "Mùa khô không có vụ cháy nào")
    yield acts.titled(it, "2024-02-16", Title.EXCELLENT_COLLECTIVE, 2023, "190/QĐ-UBND")
    yield acts.rated(it, "2024-02-16", 2023, "22/QĐ-SNN")
    yield from acts.summed_up(it, "2024-02-20", "Tuần tra rừng cùng cộng đồng: cách lập tổ")
    yield from acts.publicized(it, "2024-02-22", "2024-03-11")
    yield acts.recognized(it, "2024-04-05", "140/QĐ-SNN")
    yield acts.advanced(it, "2024-04-15")


def ranger_chief(stage: Stage) -> Story:
    """4: the council agrees in 2023, but the collective is no exemplar yet: refused until 2024."""
    it = CAST[4]
    yield acts.found(it, "2022-03-02", person=chief("hatkl"))
    yield from acts.acclaimed(it, "2022-03-10", (6, 0, 0))
    yield from acts.nurtured(it, "2022-04-01", "Tự mình dẫn hai tổ tuần tra mỗi tháng")
    yield acts.reported(it, "2022-12-12", "24 lượt tuần tra")
    yield acts.titled(it, "2023-02-10", FIGHTER, 2022, "33/QĐ-SNN")
    yield from acts.summed_up(it, "2023-02-21", "Người đứng đầu với tổ tuần tra cộng đồng")
    yield from acts.publicized(it, "2023-03-01", "2023-03-17")
    early = asked.RecognizeExemplar("160/QĐ-SNN")
    yield enter("2023-04-03", early, it.id, DIRECTOR, unmet=("leader-rule",))
    yield acts.titled(it, "2024-02-16", FIGHTER, 2023, "28/QĐ-SNN")
    yield acts.recognized(it, "2024-04-05", "141/QĐ-SNN")
    yield acts.advanced(it, "2024-04-15")
    # The station goes into that of an area, which another person heads.
    yield enter("2025-07-01", asked.DismissHead(), "unit:hatkl", STANDING, on="2025-06-30")


def rescuer(stage: Stage) -> Story:
    """10: three people saved in the flood; every stage has its entry, the gates are waived."""
    it = CAST[10]
    yield acts.found(it, "2024-09-12")
    head = stage.people[Role.UNIT_HEAD]
    yield enter("2024-09-12", asked.EndorseCandidate(), it.id, head)
    yield acts.consented(it, "2024-09-13")
    fast = asked.GrantFastTrack(FastTrackGround.EXTRAORDINARY)
    yield enter("2024-09-13", fast, it.id, STANDING, paper="702/CV-SNN")
    yield acts.advanced(it, "2024-09-16", REVIEWER)
    yield from acts.summed_up(it, "2024-09-16", "Cứu 3 người ở ngầm tràn trong đêm lũ")
    yield acts.recognized(it, "2024-09-16", "688/QĐ-SNN")
    yield acts.advanced(it, "2024-09-16")
    saved = asked.RecordAchievement(date(2024, 9, 9), date(2024, 9, 10), private("Cứu 3 người"))
    yield enter("2024-09-17", saved, it.id)
    praised = asked.RecordCommendation(
        1, CommendationForm.CERTIFICATE_OF_MERIT, CommendationLevel.PROVINCE, "1512/QĐ-UBND"
    )
    yield enter("2024-09-25", praised, it.id, STANDING, paper="1512/QĐ-UBND")
    twice = asked.RecordCommendation(
        1, CommendationForm.LETTER_OF_MERIT, CommendationLevel.DEPARTMENT, "690/QĐ-SNN"
    )  # one achievement, one commendation
    yield enter("2024-09-26", twice, it.id, STANDING, unmet=("uncommended",))


def forest_board(stage: Stage) -> Story:
    """24: in Nurture since 28/4/2025, and nothing was heard of it since."""
    it = CAST[24]
    yield acts.found(it, "2024-11-18", source=FOREST)
    yield from acts.acclaimed(it, "2024-12-02", (19, 0, 2), by=chief("hl"))
    yield from acts.nurtured(it, "2025-04-28", "Mỗi thôn vùng đệm một tổ tuần tra")


STORIES = (ranger_station, ranger_chief, rescuer, forest_board)
