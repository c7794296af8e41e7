"""Small cells: whoever subtracts the numbers of one report from each other finds nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.small_cells import LEAST, Keys, Table, untold

# Whom reports tell apart: by one thing, by two, by three, and by groups that overlap.
GROUP: Final = "group"
TABLES: Final = (
    ("state",),
    ("unit", "state"),
    ("kind", "state"),
    ("unit",),
    ("before", "state"),
    ("unit", "before", "state"),
    (GROUP, "state"),
    (GROUP,),
)
PEOPLE: Final = st.lists(
    st.fixed_dictionaries(
        {
            "unit": st.sampled_from("ABCD"),
            "kind": st.sampled_from("ic"),
            "state": st.sampled_from("stuv"),
            "before": st.sampled_from("sttt"),
            GROUP: st.sets(st.sampled_from("gh"), max_size=2).map(lambda s: s or {"none"}),
        }
    ),
    min_size=3,
    max_size=70,
)
Person = dict[str, str | set[str]]
Told = dict[frozenset[tuple[str, str]], frozenset[int]]  # who is in a cell, by its keys


def counted(people: list[Person], columns: tuple[str, ...]) -> Table:
    cells: Counter[Keys] = Counter()
    for one in people:
        for group in one[GROUP] if GROUP in columns else ("",):
            cells[tuple(group if c == GROUP else str(one[c]) for c in columns)] += 1
    return Table(columns, cells, {GROUP} & set(columns))


def within(people: list[Person], keys: frozenset[tuple[str, str]]) -> frozenset[int]:
    return frozenset(at for at, one in enumerate(people) if all(v in one[c] for c, v in keys))


def remainders(whole: frozenset[int], inside: Told, *, shared: bool) -> Iterator[frozenset[int]]:
    """Yield who is left of a number when what another table tells of it is taken away."""
    if not shared:
        yield whole.difference(*inside.values())
        return
    nobody = frozenset[int]()
    none = next((who for keys, who in inside.items() if (GROUP, "none") in keys), nobody)
    for who in inside.values():
        yield whole - who
        yield whole - who - none


@settings(max_examples=150)
@given(PEOPLE)
def test_6_4_no_number_of_a_report_less_others_of_it_is_small(people: list[Person]) -> None:
    tables = [counted(people, columns) for columns in TABLES]
    told: list[Told] = []
    for table, left in zip(tables, untold(tables), strict=True):
        assert all(count >= LEAST or keys in left for keys, count in table.cells.items())
        assert not left or table.shared or _rest(table, left) >= min(LEAST, len(people))
        keys = [frozenset(zip(table.columns, k, strict=True)) for k in table.cells.keys() - left]
        told.append({one: within(people, one) for one in keys})
    everybody: Told = {frozenset(): frozenset(range(len(people)))}
    for numbers in (*told, everybody if len(people) >= LEAST else {}):
        for of, whole in numbers.items():
            for table, parts in zip(tables, told, strict=True):
                wider = {*(c for c, _ in of)} | {*table.shared} == {*table.columns}
                inside = {keys: who for keys, who in parts.items() if of <= keys}
                if inside and (wider or not table.shared):
                    found = remainders(whole, inside, shared=bool(table.shared))
                    assert {len(few) for few in found if 0 < len(few) < LEAST} == set(), of


def _rest(table: Table, left: set[Keys]) -> int:
    return sum(table.cells[keys] for keys in left)


def test_6_4_what_is_large_is_told_and_a_small_cell_takes_the_next_along_its_line() -> None:
    large = Table(("state",), {("s",): 9, ("t",): 5})
    assert untold([large]) == [set()]
    two = Table(("unit", "state"), {("A", "s"): 6, ("A", "t"): 3, ("B", "s"): 9, ("B", "t"): 8})
    assert untold([two]) == [{("A", "s"), ("A", "t"), ("B", "s"), ("B", "t")}]
    apart = Table(("unit",), {("A",): 9, ("B",): 17})
    assert untold([two, apart])[1] == set()


def test_6_4_what_one_table_leaves_out_no_other_tells() -> None:
    states = Table(("state",), {("s",): 2, ("t",): 6, ("u",): 20})
    kinds = Table(
        ("kind", "state"), {("i", "s"): 2, ("i", "t"): 6, ("i", "u"): 10, ("c", "u"): 10}
    )
    assert untold([states, kinds]) == [{("s",), ("t",)}, {("i", "s"), ("i", "t")}]
    alone = Table(("kind", "state"), {("i", "t"): 6, ("c", "t"): 9})
    later = Table(("state",), {("t",): 15, ("s",): 3})
    assert untold([alone, later]) == [{("i", "t"), ("c", "t")}, {("t",), ("s",)}]
