"""`exemplar why`: whether a move is allowed now, and everything it still needs."""

from __future__ import annotations

import click

from web import answers
from web.cli import findings, options, shown
from web.cli.desk import desk
from web.words.labels import COMMANDS
from web.words.sentences import refused
from workflow.commands import MOVES, name_of, question
from workflow.decide import examine
from workflow.refusals import MoveNotAllowed
from workflow.register import Request

NAMES = {name_of(kind): move for kind, move in MOVES.items()}


@click.command(help=f"Cho biết vì sao chưa thể làm một bước. BƯỚC: {', '.join(MOVES.values())}.")
@click.argument("id", metavar="ID")
@click.argument("move", metavar="BƯỚC")
@click.option("--on", metavar="NGÀY", help="Nếu có hiệu lực từ ngày này; mặc định hôm nay.")
@options.token
@options.as_json
def why(id: str, move: str, on: str | None, token: str | None, json: bool) -> int:
    """Answer what every need of a move says now; 0 if all are met."""
    command = question(NAMES.get(move, move))
    if command is None:
        raise click.UsageError(f"Không có bước “{move}”. Chọn một: {', '.join(MOVES.values())}.")
    at = desk()
    register, subject = at.parts.register, options.candidate_id(at.parts, id)
    day = options.circumstances({"effective_on": on}).get("effective_on")
    actor, office = at.acting(token)
    case = register.case(Request(command, actor, subject, day, office=office), subject)
    name = name_of(type(command))
    answer = {"id": subject, "command": name, "state": case.candidate.standing.state}
    try:
        found = examine(case, command)[1]
    except MoveNotAllowed as refusal:
        if json:
            moves = case.rules.moves_from(str(case.candidate.standing.state))
            shown.as_json({**answer, "allowed": False, "needs": [], "moves": moves})
        else:
            shown.tell(refused(refusal, case.rules))
        return 1
    allowed = all(finding.met for finding in found)
    if json:
        shown.as_json({**answer, "allowed": allowed, "needs": answers.needs(found)})
    else:
        title = f"{COMMANDS[name]}: {'được phép' if allowed else 'chưa được'}"
        findings.as_table(found, case.rules, title)
    return int(not allowed)
