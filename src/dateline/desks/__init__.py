"""A beat's data: `load_desk` reads a desk's folder of TOML. The code knows no beat.

A desk is a folder with `desk.toml` (name, title, titles, feeds), and, each if needed,
`actors.toml` ([[states]], [[bodies]], [[groups]], [[people]]), `outlets.toml` ([[outlets]]), `kinds.toml`
([[kinds]]) and `places.toml` ([[places]]). The world's states come from `lexicon/states.toml`;
a desk adds to them. Reading is strict: a key that nothing reads is an error, not a comment.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_type_hints

from dateline import lexicon
from dateline.model import Actor, DatelineError, Desk, DeskKind, Office, Outlet, Place

T = TypeVar("T")
Table = Mapping[str, Any]

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_FILES = {
    "desk.toml": {"name", "title", "titles", "feeds"},
    "actors.toml": {"states", "bodies", "groups", "people"},
    "outlets.toml": {"outlets"},
    "kinds.toml": {"kinds"},
    "places.toml": {"places"},
}


class DeskError(DatelineError):
    """A desk cannot be used; the message says where it is wrong and what to do."""


class DeskNotFoundError(DeskError):
    """There is no desk of that name, or no `desk.toml` in that folder."""


class DeskDataError(DeskError):
    """A desk's file says something that cannot be: an unknown key, a doubled alias, bad dates."""


def load_desk(name_or_path: str = "korea") -> Desk:
    """The desk of that name inside the package, or in the folder at that path.

    A bare name ("korea") is always the package's; anything with a slash or a dot is a path.
    Raises DeskNotFoundError or DeskDataError.

    >>> load_desk("korea").name
    'korea'
    """
    folder = _folder(name_or_path)
    data = {name: _read(folder, name, keys) for name, keys in _FILES.items()}
    desk = data["desk.toml"]
    actors = _actors(data["actors.toml"])
    codes = {actor.state for actor in actors if actor.type == "state" and actor.state}
    outlets = tuple(_records(Outlet, data["outlets.toml"].get("outlets", []), "outlets.toml"))
    places = tuple(_records(Place, data["places.toml"].get("places", []), "places.toml"))
    _check_outlets(outlets, codes, {actor.id for actor in actors})
    for place in places:
        _check_code(place.state, codes, f"places.toml, {place.name}")
    return Desk(
        name=_text(desk, "name", "desk.toml"),
        title=_text(desk, "title", "desk.toml"),
        actors=actors,
        kinds=tuple(_records(DeskKind, data["kinds.toml"].get("kinds", []), "kinds.toml")),
        places=places,
        outlets=outlets,
        wires=_wires(outlets),
        titles=_titles(desk.get("titles", {}), actors),
        feeds=tuple(desk.get("feeds", ())),
    )


def _folder(name_or_path: str) -> Traversable:
    if _NAME.fullmatch(name_or_path):
        folder: Traversable = files(__package__).joinpath(name_or_path)
    else:
        folder = Path(name_or_path)
    if not folder.joinpath("desk.toml").is_file():
        raise DeskNotFoundError(
            f"There is no desk {name_or_path!r}: no desk.toml there. Give a name that the package "
            f"has ({', '.join(_packaged())}) or the path of a desk's folder."
        )
    return folder


def _packaged() -> list[str]:
    found = files(__package__).iterdir()
    return sorted(entry.name for entry in found if entry.joinpath("desk.toml").is_file())


def _read(folder: Traversable, name: str, keys: set[str]) -> dict[str, Any]:
    file = folder.joinpath(name)
    if not file.is_file():
        return {}
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeskDataError(f"{name} is not TOML in UTF-8: {error}.") from error
    _check_keys(data, keys, name)
    return data


# --------------------------------------------------------------------------- actors


@dataclass(frozen=True, slots=True)
class _State:
    """A row of [[states]]: the lexicon's, and a desk's additions to one of them."""

    code: str
    name: str = ""
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    government: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Body:
    """A row of [[bodies]]."""

    id: str
    name: str
    state: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Group:
    """A row of [[groups]]: actors that go by a name of their own together ("both Koreas")."""

    id: str
    name: str
    members: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Office:
    """A row of a person's `offices`."""

    title: str
    of: str
    source: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class _Person:
    """A row of [[people]], its offices apart."""

    id: str
    name: str
    state: str | None = None
    pronoun: Literal["he", "she"] | None = None
    aliases: tuple[str, ...] = ()


def _actors(data: Table) -> tuple[Actor, ...]:
    states = _states(data.get("states", []))
    codes = set(states)
    bodies = [
        Actor(
            id=row.id,
            name=row.name,
            type="body",
            state=_check_code(row.state, codes, f"actors.toml, {row.id}"),
            aliases=_unique((row.name, *row.aliases)),
        )
        for row in _records(_Body, data.get("bodies", []), "actors.toml, bodies")
    ]
    known = {f"state:{code}" for code in codes} | {body.id for body in bodies}
    people = [_person(table, codes, known) for table in data.get("people", [])]
    groups = [
        Actor(
            id=row.id,
            name=row.name,
            type="group",
            aliases=_unique((row.name, *row.aliases)),
            members=_check_members(row.members, known, f"actors.toml, {row.id}"),
        )
        for row in _records(_Group, data.get("groups", []), "actors.toml, groups")
    ]
    actors = (*states.values(), *bodies, *groups, *people)
    _check_prefixes(bodies, "body:")
    _check_prefixes(groups, "group:")
    _check_prefixes(people, "person:")
    _check_aliases(actors)
    return actors


def _states(additions: Iterable[Table]) -> dict[str, Actor]:
    rows: dict[str, list[_State]] = {}
    for row in _records(_State, lexicon.load("states")["states"], "lexicon/states.toml"):
        rows[row.code] = [row]
    for row in _records(_State, additions, "actors.toml, states"):
        _check_code(row.code, set(rows), "actors.toml, states")
        rows[row.code].append(row)
    return {code: _state(code, parts) for code, parts in rows.items()}


def _state(code: str, parts: list[_State]) -> Actor:
    name = [part.name for part in parts if part.name][-1]
    dropped = {alias for part in parts for alias in part.without}
    aliases = [name]
    for part in parts:
        aliases += [part.name] if part.name else []
        aliases += [*part.names, *part.government, *_with_plurals(part.demonyms)]
    return Actor(
        id=f"state:{code}",
        name=name,
        type="state",
        state=code,
        aliases=_unique(alias for alias in aliases if alias not in dropped),
        seats=_unique(seat for part in parts for seat in part.capitals if seat not in dropped),
    )


def _with_plurals(demonyms: Iterable[str]) -> Iterator[str]:
    # "Japanese", "British", "French" and "Swiss" have no plural of their own.
    for demonym in demonyms:
        yield demonym
        if not demonym.endswith(("s", "se", "sh", "ch", "z")):
            yield f"{demonym}s"


def _person(table: Table, codes: set[str], known: set[str]) -> Actor:
    where = f"actors.toml, {table.get('id', 'a person without id')}"
    row = _record(_Person, {k: v for k, v in table.items() if k != "offices"}, where)
    return Actor(
        id=row.id,
        name=row.name,
        type="person",
        state=_check_code(row.state, codes, where),
        aliases=_unique((row.name, *row.aliases)),
        offices=tuple(_office(o, codes, known, where) for o in table.get("offices", [])),
        pronoun=row.pronoun,
    )


def _office(table: Table, codes: set[str], known: set[str], where: str) -> Office:
    row = _record(_Office, table, where)
    of = f"state:{row.of}" if row.of in codes else row.of
    if of not in known:
        raise DeskDataError(
            f"{where}: the office {row.title!r} is of {row.of!r}, which is neither a state's "
            f"alpha-3 code nor the id of a body in actors.toml. Add the body or mend the code."
        )
    for day in (row.start, row.end):
        if day is not None:
            _check_day(day, where)
    # "2025" ends on its last day: "~" sorts after every digit and hyphen.
    if row.start and row.end and f"{row.end}~" < row.start:
        raise DeskDataError(
            f"{where}: the office {row.title!r} ends ({row.end}) before it starts ({row.start})."
        )
    return Office(row.title, of, row.start, row.end, row.source)


# --------------------------------------------------------------------------- outlets, titles


def _wires(outlets: Iterable[Outlet]) -> dict[str, tuple[str, ...]]:
    """Each wire's short name with all the words that credit it, from the outlets."""
    wires: dict[str, tuple[str, ...]] = {}
    for outlet in outlets:
        if outlet.wire:
            so_far = wires.get(outlet.wire, ())
            wires[outlet.wire] = _unique((*so_far, outlet.wire, outlet.name, *outlet.aliases))
    return wires


def _titles(additions: Table, actors: Iterable[Actor]) -> dict[str, str]:
    """Each lower-case wording of an office or role with the title it comes to."""
    shared = lexicon.load("titles")
    titles: dict[str, str] = {}
    for title, wordings in (*shared["titles"].items(), *shared["roles"].items()):
        titles |= dict.fromkeys((title, *wordings), title)
    for title, wordings in additions.items():
        if not _is_list_of_text(wordings):
            raise DeskDataError(f"desk.toml, titles, {title!r}: give a list of the words for it.")
        titles |= {word.lower(): title.lower() for word in (title, *wordings)}
    for actor in actors:
        for office in actor.offices:
            titles.setdefault(office.title.lower(), office.title.lower())
    return titles


# --------------------------------------------------------------------------- strictness


def _records(cls: type[T], tables: object, where: str) -> Iterator[T]:
    if not isinstance(tables, list):
        raise DeskDataError(f"{where}: expected an array of tables ([[...]]).")
    for number, table in enumerate(tables, 1):
        yield _record(cls, table, f"{where}, entry {number}")


def _record(cls: type[T], table: object, where: str) -> T:
    if not isinstance(table, dict):
        raise DeskDataError(f"{where}: expected a table of keys, found {table!r}.")
    known = {f.name: f for f in fields(cls)}  # type: ignore[arg-type]
    _check_keys(table, set(known), where)
    missing = sorted(
        name for name, f in known.items() if f.default is MISSING and name not in table
    )
    if missing:
        raise DeskDataError(f"{where}: {', '.join(missing)} is missing.")
    hints = get_type_hints(cls)
    return cls(**{k: _value(v, hints[k], f"{where}, {k}") for k, v in table.items()})


def _value(value: object, hint: Any, where: str) -> Any:
    """`value` as the type that `hint` names: lists become tuples, whole numbers floats."""
    options = get_args(hint) if get_args(hint) and type(None) in get_args(hint) else (hint,)
    for option in options:
        if option is str and isinstance(value, str) and value.strip():
            return value
        if option is bool and isinstance(value, bool):
            return value
        if option is float and isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        if option == tuple[str, ...] and _is_list_of_text(value):
            return tuple(value)  # type: ignore[arg-type]
        if value in _literals(option):
            return value
    raise DeskDataError(f"{where}: {value!r} is not of the right type ({hint}).")


def _literals(option: Any) -> tuple[object, ...]:
    return get_args(option) if getattr(option, "__origin__", None) is Literal else ()


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)


def _text(table: Table, key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise DeskDataError(f"{where}: {key} is missing or not text.")
    return value


def _check_keys(table: Table, keys: set[str], where: str) -> None:
    unknown = sorted(set(table) - keys)
    if unknown:
        raise DeskDataError(
            f"{where}: unknown key {', '.join(map(repr, unknown))}. "
            f"Known are {', '.join(sorted(keys))}."
        )


def _check_code(code: str | None, codes: set[str], where: str) -> str | None:
    if code is not None and code not in codes:
        raise DeskDataError(
            f"{where}: {code!r} is not the ISO 3166 alpha-3 code of a state in "
            f"lexicon/states.toml (as PRK, KOR, USA)."
        )
    return code


def _check_day(day: str, where: str) -> None:
    if _DAY.fullmatch(day):
        try:
            date.fromisoformat(f"{day}-01-01"[:10])
        except ValueError:
            pass
        else:
            return
    raise DeskDataError(f"{where}: {day!r} is not an ISO day, month or year (2021-01-26, 2021-01).")


def _check_members(members: tuple[str, ...], known: set[str], where: str) -> tuple[str, ...]:
    strange = sorted(set(members) - known)
    if strange:
        raise DeskDataError(f"{where}: the member {strange[0]!r} is no state's or body's id.")
    return tuple(sorted(set(members)))


def _check_prefixes(actors: Iterable[Actor], prefix: str) -> None:
    for actor in actors:
        if not actor.id.startswith(prefix):
            raise DeskDataError(f"actors.toml: the id {actor.id!r} must begin with {prefix!r}.")


def _check_aliases(actors: Iterable[Actor]) -> None:
    ids: set[str] = set()
    owner: dict[str, str] = {}
    for actor in actors:
        if actor.id in ids:
            raise DeskDataError(f"actors.toml: {actor.id} stands there twice. Join the two rows.")
        ids.add(actor.id)
        for alias in (*actor.aliases, *actor.seats):
            other = owner.setdefault(alias, actor.id)
            if other != actor.id:
                raise DeskDataError(
                    f"actors.toml: the alias {alias!r} is given to both {other} and {actor.id}. "
                    f"Leave it to one, or to neither if a reader could not tell."
                )


def _check_outlets(outlets: Iterable[Outlet], codes: set[str], ids: set[str]) -> None:
    for outlet in outlets:
        where = f"outlets.toml, {outlet.name}"
        _check_code(outlet.state, codes, where)
        if outlet.voice is not None and outlet.voice not in ids:
            raise DeskDataError(
                f"{where}: the voice {outlet.voice!r} is no actor's id in actors.toml."
            )


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
