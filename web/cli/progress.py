"""A progress bar beside the answer, where somebody watches."""

from __future__ import annotations

from types import TracebackType

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from web.cli.shown import console


class Bar:
    """Shows how far a long task is; call it with what is done and, if known, the whole."""

    def __init__(self, what: str) -> None:
        """Name the task."""
        on = console(stderr=True)
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=on,
            transient=True,
            disable=not on.is_terminal,
        )
        self.task = self.bar.add_task(what, total=None)

    def __enter__(self) -> Bar:
        """Begin to show it."""
        self.bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take it away again."""
        self.bar.stop()

    def __call__(self, done: int, total: int | None = None) -> None:
        """Show how much is done."""
        self.bar.update(self.task, completed=done, total=total)
