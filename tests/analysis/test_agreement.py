"""One event, field by field, origin by origin."""

from __future__ import annotations

from record import ACTORS, event

from dateline.analysis.agreement import agreement
from dateline.model import Count, Disagreement, Mention, Place
from factory import day


def telling(id: str, of: str, **fields: object) -> Mention:
    base: dict[str, object] = {
        "id": id,
        "report": of,
        "type": "MOBILIZE",
        "trigger": ((0, 5),),
        "evidence": ((0, 9),),
        "source": ("state:PRK",),
        "when": day("2021-03-25"),
    }
    return Mention(**(base | fields))  # type: ignore[arg-type]


def test_agreement_is_a_table_of_fields_by_origins() -> None:
    told = [
        telling("a", "r1", counts=(Count("missiles", 2, None, None, False, (0, 1)),)),
        telling("b", "r2", counts=(Count("missiles", None, None, None, False, (0, 1)),)),
        telling(
            "c",
            "r3",
            counts=(Count("missiles", 2, None, None, False, (0, 1)),),
            place=Place("Sohae"),
        ),
        telling("other", "r3", status="denied"),
    ]
    thing = event(
        "x", "2021-03-25", mentions=("a", "b", "c"), disagreements=(Disagreement("count", ()),)
    )
    table = agreement(thing, told, {"r1": "AP", "r2": "AP", "r3": "KCNA"}, ACTORS)
    assert table.question == "What do 2 origins say of the missile launch (x)?"
    assert table.origins == ("AP", "KCNA")
    rows = {row.field: row for row in table.rows}
    assert list(rows) == ["when", "source", "place", "count", "status"]
    assert [cell.values for cell in rows["count"].cells] == [
        ("2 missiles", "several missiles"),
        ("2 missiles",),
    ]
    assert [cell.mentions for cell in rows["count"].cells] == [("a", "b"), ("c",)]
    assert [cell.values for cell in rows["place"].cells] == [(), ("Sohae",)]
    assert [row.field for row in table.rows if row.differs] == ["count"]
    assert rows["source"].cells[0].values == ("North Korea",)
