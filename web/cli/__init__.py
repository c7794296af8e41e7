"""The `exemplar` command: exit code 0 done, 1 refused or found wrong, 2 misused."""

from __future__ import annotations

import click

from web.cli import guide
from web.cli.answering import state
from web.cli.backing_up import backup
from web.cli.batch import batch_
from web.cli.checking import doctor, verify
from web.cli.communes import communes
from web.cli.copying import copy
from web.cli.dating import calendar
from web.cli.demo import demo
from web.cli.differing import diff
from web.cli.digest import digest
from web.cli.evidence import attach, fetch
from web.cli.exporting import export
from web.cli.faults import Entrance
from web.cli.figures import figures
from web.cli.identity import identity
from web.cli.importing import import_
from web.cli.keys import keys
from web.cli.lawful import lawful
from web.cli.migrating import migrate
from web.cli.reasons import why
from web.cli.rebuilding import rebuild
from web.cli.reporting import report
from web.cli.restoring import restore
from web.cli.sealed import checkpoint, prove
from web.cli.serving import serve
from web.cli.setting_up import init
from web.cli.showing import show
from web.cli.submitting import submit
from web.cli.telling import history
from web.cli.tokens import tokens
from web.cli.users import users
from web.cli.witness import witness
from web.cli.working import work

click.Context.formatter_class = guide.Guide  # every command makes a context of its own


@click.group("exemplar", cls=Entrance, help="Sổ Điển hình: phát hiện, bồi dưỡng, nhân điển hình.")
def main() -> None:
    """Keep the register from the command line."""


for command in (
    init,
    demo,
    serve,
    import_,
    state,
    show,
    history,
    why,
    submit,
    diff,
    figures,
    attach,
    fetch,
    rebuild,
    identity,
):
    main.add_command(command)
for command in (
    batch_,
    work,
    calendar,
    digest,
    lawful,
    verify,
    doctor,
    keys,
    checkpoint,
    prove,
    export,
    migrate,
    communes,
    copy,
    backup,
    restore,
):
    main.add_command(command)
main.add_command(report)
main.add_command(users)
main.add_command(tokens)
main.add_command(witness)
