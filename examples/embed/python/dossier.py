"""Dossier for Python: questions to attributed, uncertain facts, with answers that stay so.

>>> import dossier
>>> losses = "figures | where subject == side | select measure, value"
>>> answer = dossier.query(losses, side="Ukrainian army")
>>> for row in answer:
...     print(row["measure"], row["value"].low, row.citations[0][:29])
killed 43000 Volodymyr Zelensky, on record
wounded 370000 Volodymyr Zelensky, on record

A number that the source doesn't give is not made up:

>>> value = dossier.query("nk_casualties.value").value
>>> print(value, value.low, value.best, value.high)
several hundred people 200 None 999
>>> float(value)
Traceback (most recent call last):
    ...
TypeError: several hundred people is no single number: ask for low, best or high

What is wrong is told with its place and what would mend it:

>>> dossier.query('figures | where subjct == "Russia"')
Traceback (most recent call last):
    ...
dossier.DossierError: error[E0201]: no field 'subjct' in figures
  ┌─ query:1:17
1 │ figures | where subjct == "Russia"
  │                 ^^^^^^ did you mean 'subject'?
  = help: figures | where subject == "Russia"

One file, on top of the C library `libCDossier`: that which the environment's DOSSIER_LIBRARY names,
else one beside this file, else the system's. Only `to_arrow` and `to_pandas` need another package.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import dataclasses
import datetime
import decimal
import enum
import functools
import inspect
import math
import os
import re
import signal
import sys
import threading
import typing
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Union, overload

__all__ = [
    "Answer", "Cancel", "Cancelled", "Column", "Date", "Diagnostic", "Dossier", "DossierError",
    "Function", "LimitExceeded", "Limits", "Literal", "NONE", "Period", "Quantity", "Query", "Row",
    "Session", "Thing", "Truth", "date", "days", "function", "is_stopped", "numbers", "period",
    "quantities", "quantity", "query", "texts", "truths", "version",
]

# ---- The library --------------------------------------------------------------------------------

_ABI_VERSION = 1


class _Text(ctypes.Structure):
    """Bytes that C reads, or has written."""

    _fields_ = [("bytes", ctypes.c_void_p), ("length", ctypes.c_size_t)]

    @classmethod
    def of(cls, text: str | bytes) -> _Text:
        # What isn't Unicode goes on as it is: the library says where it stands.
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        made = cls(ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p), len(data))
        made._data = data
        return made

    def __str__(self) -> str:
        return ctypes.string_at(self.bytes, self.length).decode() if self.length else ""


class _Sized(ctypes.Structure):
    """A struct that begins with its size."""

    def __init__(self, **members: Any) -> None:
        super().__init__(ctypes.sizeof(type(self)), **members)


class _Diagnostic(_Sized):
    _fields_ = [
        ("size", ctypes.c_size_t), ("code", _Text), ("message", _Text), ("source", _Text),
        ("line", ctypes.c_size_t), ("column", ctypes.c_size_t), ("start", ctypes.c_size_t),
        ("end", ctypes.c_size_t), ("label", _Text), ("help", _Text),
    ]


class _Limits(_Sized):
    _fields_ = [
        ("size", ctypes.c_size_t), ("steps", ctypes.c_int64), ("memory", ctypes.c_int64),
        ("rows", ctypes.c_int64), ("output", ctypes.c_int64), ("source_size", ctypes.c_int64),
        ("literal_size", ctypes.c_int64), ("nesting", ctypes.c_int64),
        ("milliseconds", ctypes.c_int64),
    ]


_RELEASE = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class _Owner(_Sized):
    _fields_ = [("size", ctypes.c_size_t), ("context", ctypes.c_void_p), ("release", _RELEASE)]


class _Display(_Sized):
    _fields_ = [
        ("size", ctypes.c_size_t), ("width", ctypes.c_size_t), ("rows", ctypes.c_size_t),
        ("cite", ctypes.c_int32), ("colour", ctypes.c_bool), ("ascii", ctypes.c_bool),
        ("guards_formulas", ctypes.c_bool),
    ]


class _Cell(_Sized):
    _fields_ = [
        ("size", ctypes.c_size_t), ("kind", ctypes.c_int32), ("truth", ctypes.c_int32),
        ("text", _Text), ("id", _Text), ("unit", _Text), ("low", ctypes.c_double),
        ("best", ctypes.c_double), ("high", ctypes.c_double), ("scale", ctypes.c_int32),
        ("earliest", ctypes.c_int32), ("latest", ctypes.c_int32), ("end_earliest", ctypes.c_int32),
        ("end_latest", ctypes.c_int32), ("low_coefficient", ctypes.c_int64),
        ("best_coefficient", ctypes.c_int64), ("high_coefficient", ctypes.c_int64),
        ("count", ctypes.c_size_t), ("memory", ctypes.c_void_p),
    ]


_CALL = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.POINTER(_Cell), ctypes.c_size_t, ctypes.c_void_p)


class _Function(_Sized):
    _fields_ = [
        ("size", ctypes.c_size_t), ("parameters", _Text), ("result", _Text),
        ("is_impure", ctypes.c_bool), ("sees_absent", ctypes.c_bool), ("cost", ctypes.c_int64),
        ("context", ctypes.c_void_p), ("call", _CALL), ("release", _RELEASE),
    ]


class _ArrowStream(ctypes.Structure):
    _fields_ = [
        ("get_schema", ctypes.c_void_p), ("get_next", ctypes.c_void_p),
        ("get_last_error", ctypes.c_void_p), ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    ]


_EACH = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p)


def _load() -> ctypes.CDLL:
    named = os.environ.get("DOSSIER_LIBRARY")
    file = "libCDossier.dylib" if sys.platform == "darwin" else "libCDossier.so"
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), file)
    path = named or (beside if os.path.exists(beside) else ctypes.util.find_library("CDossier"))
    if not path:
        raise ImportError(f"no {file}: set DOSSIER_LIBRARY, or put it beside {__file__}")
    try:
        library = ctypes.CDLL(path)
    except OSError as problem:
        raise ImportError(f"{path} can't be loaded: {problem}") from None
    found = library.dossier_abi_version()
    if found != _ABI_VERSION:
        raise ImportError(f"{path} has version {found} of the interface; {_ABI_VERSION} is needed")
    return library


def _declare(library: ctypes.CDLL) -> None:
    """What each function takes and gives, as `dossier.h` has it."""
    pointer, size, texts = ctypes.c_void_p, ctypes.c_size_t, ctypes.POINTER(_Text)
    flag, wide, narrow = ctypes.c_bool, ctypes.c_int64, ctypes.c_int32
    owner = ctypes.POINTER(_Owner)
    signatures: dict[str, tuple[Any, list[Any]]] = {
        "abi_version": (ctypes.c_uint32, []),
        "version": (_Text, []),
        "texts_count": (size, [pointer]),
        "texts_at": (_Text, [pointer, size]),
        "texts_free": (None, [pointer]),
        "error_count": (size, [pointer]),
        "error_at": (flag, [pointer, size, ctypes.POINTER(_Diagnostic)]),
        "error_rendered": (_Text, [pointer]),
        "error_free": (None, [pointer]),
        "limits_default": (None, [ctypes.POINTER(_Limits), size]),
        "limits_untrusted": (None, [ctypes.POINTER(_Limits), size]),
        "cancel_new": (pointer, []),
        "cancel_request": (None, [pointer]),
        "cancel_reset": (None, [pointer]),
        "cancel_free": (None, [pointer]),
        "built_in": (pointer, []),
        "from_script": (pointer, [_Text, _Text, pointer]),
        "free": (None, [pointer]),
        "table_new": (pointer, [size]),
        "table_add_integers": (
            flag, [pointer, _Text, pointer, pointer, narrow, _Text, owner, pointer]),
        "table_add_doubles": (flag, [pointer, _Text, pointer, pointer, _Text, owner, pointer]),
        "table_add_integer_ranges": (
            flag,
            [pointer, _Text, pointer, pointer, pointer, pointer, narrow, _Text, owner, pointer]),
        "table_add_double_ranges": (
            flag, [pointer, _Text, pointer, pointer, pointer, pointer, _Text, owner, pointer]),
        "table_add_texts": (flag, [pointer, _Text, texts, pointer, pointer]),
        "table_add_days": (flag, [pointer, _Text, pointer, pointer, pointer, owner, pointer]),
        "table_add_truths": (flag, [pointer, _Text, pointer, pointer, pointer]),
        "table_free": (None, [pointer]),
        "host_new": (pointer, []),
        "host_add_table": (flag, [pointer, _Text, pointer, pointer]),
        "host_add_function": (flag, [pointer, _Text, ctypes.POINTER(_Function), pointer]),
        "host_allow_folder": (flag, [pointer, _Text, pointer]),
        "host_free": (None, [pointer]),
        "result_set_none": (None, [pointer]),
        "result_set_truth": (None, [pointer, narrow]),
        "result_set_number": (None, [pointer, ctypes.c_double]),
        "result_set_quantity": (None, [pointer] + [ctypes.c_double] * 3),
        "result_set_text": (None, [pointer, _Text]),
        "result_set_date": (None, [pointer, _Text]),
        "result_fail": (None, [pointer, _Text]),
        "result_is_stopped": (flag, [pointer]),
        "values_new": (pointer, []),
        "values_set_truth": (flag, [pointer, _Text, flag, pointer]),
        "values_set_integer": (flag, [pointer, _Text, wide, pointer]),
        "values_set_number": (flag, [pointer, _Text, ctypes.c_double, pointer]),
        "values_set_text": (flag, [pointer, _Text, _Text, pointer]),
        "values_set_texts": (flag, [pointer, _Text, texts, size, pointer]),
        "values_free": (None, [pointer]),
        "prepare": (pointer, [pointer, pointer, _Text, _Text, _Text, pointer]),
        "query_run": (pointer, [pointer, pointer, ctypes.POINTER(_Limits), pointer, pointer]),
        "query_free": (None, [pointer]),
        "answer_keep": (pointer, [pointer]),
        "answer_free": (None, [pointer]),
        "answer_row_count": (size, [pointer]),
        "answer_field_count": (size, [pointer]),
        "answer_field_name": (_Text, [pointer, size]),
        "answer_field_type": (_Text, [pointer, size]),
        "answer_finding": (ctypes.c_int, [pointer]),
        "answer_row_is_maybe": (flag, [pointer, size]),
        "answer_citations": (pointer, [pointer, size, pointer]),
        "answer_notes": (pointer, [pointer, pointer]),
        "answer_write": (pointer, [pointer, _Text, ctypes.POINTER(_Display), pointer]),
        "answer_cell": (flag, [pointer, size, size, ctypes.POINTER(_Cell), pointer]),
        "cell_element": (
            flag, [ctypes.POINTER(_Cell), size, ctypes.POINTER(_Cell), pointer]),
        "cell_clear": (None, [ctypes.POINTER(_Cell)]),
        "answer_arrow": (flag, [pointer, pointer, pointer]),
        "session_new": (pointer, [pointer, pointer, pointer, pointer]),
        "session_run": (
            flag,
            [pointer, _Text, _Text, pointer, ctypes.POINTER(_Limits), _EACH, pointer, pointer]),
        "session_free": (None, [pointer]),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(library, f"dossier_{name}")
        function.restype, function.argtypes = result, arguments


_library = _load()
_declare(_library)

version: str = str(_library.dossier_version())


def _call(function: Callable[..., Any], *arguments: Any) -> Any:
    """Calls a function whose last parameter is an error; raises what it tells."""
    error = ctypes.c_void_p()
    result = function(*arguments, ctypes.byref(error))
    if error:
        raised, cause = DossierError._taken(error), _calls.taken_problem()
        if cause and not isinstance(cause, Exception):
            raise cause
        raise raised from cause
    return result


def _handle(owner: Any, pointer: int, free: Callable[[int], None]) -> int:
    """A handle that is freed when its owner goes."""
    weakref.finalize(owner, free, pointer)
    return pointer


def _texts(pointer: int) -> list[str]:
    """The texts of a handle, which is freed."""
    try:
        count = _library.dossier_texts_count(pointer)
        return [str(_library.dossier_texts_at(pointer, index)) for index in range(count)]
    finally:
        _library.dossier_texts_free(pointer)


# ---- Errors -------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """One mistake: what is wrong, where, and what would mend it."""

    code: str
    """Stable, such as `E0201`."""
    message: str
    source: str
    """The name of the text that it is in; empty without a place."""
    line: int
    """From 1; 0 without a place."""
    column: int
    start: int
    """The bytes that are meant: `text.encode()[start:end]`."""
    end: int
    label: str
    help: str


class DossierError(Exception):
    """What the library refuses, or what ended a run.

    >>> try:
    ...     query("1 km + 1 people")
    ... except DossierError as error:
    ...     print(error.code, error.message, error.diagnostics[0].column)
    E0303 km and people are different units 1
    """

    def __init__(self, diagnostics: Sequence[Diagnostic], rendered: str) -> None:
        super().__init__(rendered)
        self.diagnostics = tuple(diagnostics)
        """All that is wrong, in the order of the text."""
        self.rendered = rendered
        """As the program `dossier` draws it."""

    def __str__(self) -> str:
        return self.rendered.rstrip("\n")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.diagnostics, self.rendered)

    @property
    def code(self) -> str:
        """The code of the first mistake."""
        return self.diagnostics[0].code

    @property
    def message(self) -> str:
        return self.diagnostics[0].message

    @property
    def help(self) -> str:
        return self.diagnostics[0].help

    @staticmethod
    def _taken(error: ctypes.c_void_p) -> DossierError:
        """The exception for an error of the library, which is freed."""
        try:
            diagnostics = []
            for index in range(_library.dossier_error_count(error)):
                told = _Diagnostic()
                _library.dossier_error_at(error, index, ctypes.byref(told))
                diagnostics.append(
                    Diagnostic(
                        str(told.code), str(told.message), str(told.source), told.line, told.column,
                        told.start, told.end, str(told.label), str(told.help)))
            rendered = str(_library.dossier_error_rendered(error))
        finally:
            _library.dossier_error_free(error)
        kinds = {"E0690": Cancelled}
        code = diagnostics[0].code
        kind = kinds.get(code, LimitExceeded if code.startswith("E06") else DossierError)
        return kind(diagnostics, rendered)


class Cancelled(DossierError):
    """A run that somebody asked to end."""


class LimitExceeded(DossierError):
    """A run that used more than its limits allow, or a text that is too large."""


# ---- Values -------------------------------------------------------------------------------------


class Truth(enum.Enum):
    """True, false or maybe; `maybe` is neither, and has no `bool`.

    >>> query("nk_sent.value > 9_500 people").value
    <Truth.MAYBE: 'maybe'>
    """

    FALSE = "false"
    MAYBE = "maybe"
    TRUE = "true"

    def __bool__(self) -> bool:
        if self is Truth.MAYBE:
            raise TypeError("maybe is neither true nor false: compare with Truth.MAYBE")
        return self is Truth.TRUE

    def __str__(self) -> str:
        return self.value


Number = Union[int, decimal.Decimal, float]


@dataclasses.dataclass(frozen=True)
class Quantity:
    """A number with its unit, its bounds and the words it was said in.

    `low` and `high` are None where they stand open, `best` where the words give none.

    >>> query("about 10_000 people").value
    Quantity(text='about 10,000 people', low=9000, best=10000, high=11000, unit='people')
    """

    text: str
    low: Number | None
    best: Number | None
    high: Number | None
    unit: str | None

    @property
    def is_exact(self) -> bool:
        return self.low is not None and self.low == self.high

    def exactly(self) -> Number:
        """The number, if it is a single one; else a TypeError."""
        if self.low is None or not self.is_exact:
            raise TypeError(f"{self.text} is no single number: ask for low, best or high")
        return self.low

    def __float__(self) -> float:
        return float(self.exactly())

    def __int__(self) -> int:
        return int(self.exactly())

    def __str__(self) -> str:
        return self.text


_FIRST_DAY = datetime.date(1970, 1, 1).toordinal()
_OPEN_PAST, _OPEN_FUTURE = -(2**31), 2**31 - 1


def _calendar_day(day: int) -> datetime.date | None:
    if day in (_OPEN_PAST, _OPEN_FUTURE):
        return None
    if day <= -_FIRST_DAY:
        raise OverflowError("Python has no days before the year 1")
    return datetime.date.fromordinal(_FIRST_DAY + day)


@dataclasses.dataclass(frozen=True)
class Date:
    """One day somewhere from `earliest` to `latest`; None stands open.

    >>> date = query("offensive.date").value
    >>> print(date, date.earliest, date.latest)
    early 2024-08 2024-08-01 2024-08-10
    """

    text: str
    earliest_day: int
    """In days from 1970-01-01 on; -2**31 stands open."""
    latest_day: int
    """2**31 - 1 stands open."""

    @property
    def earliest(self) -> datetime.date | None:
        """The first day that it may be; an OverflowError before the year 1."""
        return _calendar_day(self.earliest_day)

    @property
    def latest(self) -> datetime.date | None:
        return _calendar_day(self.latest_day)

    @property
    def is_exact(self) -> bool:
        return self.earliest_day == self.latest_day

    def exactly(self) -> datetime.date:
        """The day, if it is a single one; else a TypeError."""
        day = self.earliest
        if not self.is_exact or day is None:
            raise TypeError(f"{self.text} is no single day: ask for earliest or latest")
        return day

    def __str__(self) -> str:
        return self.text


@dataclasses.dataclass(frozen=True)
class Period:
    """From a day somewhere in `start` to one somewhere in `end`, throughout."""

    text: str
    start: Date
    end: Date

    def __str__(self) -> str:
        return self.text


@dataclasses.dataclass(frozen=True)
class Thing:
    """An actor, place, event, figure or source of the dossier."""

    id: str
    name: str

    def __str__(self) -> str:
        return self.name


class _NotApplicable:
    """What doesn't apply, which is known; what isn't reported is Python's None."""

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __repr__(self) -> str:
        return "NONE"

    def __str__(self) -> str:
        return ""

    def __reduce__(self) -> str:
        return "NONE"


NONE = _NotApplicable()

Value = Union[None, _NotApplicable, Truth, Number, Quantity, str, Date, Period, Thing, "list[Any]"]


def _ends(cell: _Cell) -> tuple[Number | None, Number | None, Number | None]:
    """Low, best and high, exact where the library has exact ones."""
    if cell.scale < 0:
        low, best, high = (
            end if math.isfinite(end) else None for end in (cell.low, cell.best, cell.high))
        return low, best, high

    def number(coefficient: int, absent: int) -> Number | None:
        if coefficient == absent:
            return None
        if cell.scale == 0:
            return coefficient
        return decimal.Decimal(coefficient).scaleb(-cell.scale, _EXACT)

    return (
        number(cell.low_coefficient, -(2**63)), number(cell.best_coefficient, -(2**63)),
        number(cell.high_coefficient, 2**63 - 1))


_EXACT = decimal.Context(prec=40)


def _value(cell: _Cell) -> Value:
    return _READERS[cell.kind](cell)


def _elements(cell: _Cell) -> list[Value]:
    element = _Cell()
    try:
        values = []
        for index in range(cell.count):
            _call(
                _library.dossier_cell_element, ctypes.byref(cell), index, ctypes.byref(element))
            values.append(_value(element))
        return values
    finally:
        _library.dossier_cell_clear(ctypes.byref(element))


def _period(cell: _Cell) -> Period:
    text = str(cell.text)
    start, _, end = text.partition("/")
    return Period(
        text, Date(start, cell.earliest, cell.latest),
        Date(end, cell.end_earliest, cell.end_latest))


# In the order of `dossier_kind`.
_READERS: list[Callable[[_Cell], Value]] = [
    lambda cell: None,
    lambda cell: NONE,
    lambda cell: (Truth.FALSE, Truth.MAYBE, Truth.TRUE)[cell.truth],
    lambda cell: _ends(cell)[0],
    lambda cell: Quantity(str(cell.text), *_ends(cell), str(cell.unit) or None),
    lambda cell: str(cell.text),
    lambda cell: Date(str(cell.text), cell.earliest, cell.latest),
    _period,
    lambda cell: Thing(str(cell.id), str(cell.text)),
    _elements,
]

# ---- Parameters ---------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Literal:
    """A value of a parameter in the words of the language, without `@`."""

    type: str
    text: str | bytes


def quantity(text: str) -> Literal:
    """A quantity for a parameter.

    >>> query("least < 400 people", least=quantity("several hundred people")).value
    <Truth.MAYBE: 'maybe'>
    """
    return Literal("quantity", text)


def date(text: str) -> Literal:
    """A date for a parameter, where `datetime.date` is too exact: `date("2024-08~")`."""
    return Literal("date", text)


def period(text: str) -> Literal:
    """A period for a parameter: `period("2022-02/2024-12")`."""
    return Literal("period", text)


def _literal(value: Any) -> Literal:
    """A Python value as the language writes it, with its type."""
    if isinstance(value, Literal):
        return value
    if isinstance(value, (bool, Truth)):
        return Literal("truth", str(value).lower())
    if isinstance(value, int):
        return Literal("integer", str(value))
    if isinstance(value, (float, decimal.Decimal)):
        return Literal("number", str(value))
    if isinstance(value, (str, bytes)):
        return Literal("text", value)
    if isinstance(value, Thing):
        return Literal("text", value.id)
    if isinstance(value, Quantity):
        return Literal("quantity", value.text.replace(",", ""))
    if isinstance(value, Date):
        return Literal("date", value.text)
    if isinstance(value, Period):
        return Literal("period", value.text)
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return Literal("date", value.isoformat())
    if hasattr(value, "item") and getattr(value, "ndim", 0) == 0:
        return _literal(value.item())
    raise TypeError(f"no parameter can be {type(value).__name__}: {value!r}")


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple, set, frozenset, range)) or getattr(value, "ndim", 0) == 1


def _list(values: Any) -> list[Any]:
    return sorted(values, key=str) if isinstance(values, (set, frozenset)) else list(values)


def _type(value: Any) -> str:
    if not _is_list(value):
        return _literal(value).type
    kinds = {_literal(element).type for element in _list(value)}
    if kinds == {"integer", "number"}:
        return "[number]"
    if len(kinds) > 1:
        raise TypeError(f"a list of one type is needed, not of {' and '.join(sorted(kinds))}")
    return f"[{kinds.pop() if kinds else 'text'}]"


class _Values:
    """What the parameters of a run stand for."""

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self.pointer = _handle(self, _library.dossier_values_new(), _library.dossier_values_free)
        for name, value in parameters.items():
            self._set(_Text.of(name), value)

    def _set(self, name: _Text, value: Any) -> None:
        if _is_list(value):
            elements = [_Text.of(_literal(element).text) for element in _list(value)]
            array = (_Text * len(elements))(*elements)
            _call(
                _library.dossier_values_set_texts, self.pointer, name, array, len(elements))
        elif isinstance(value, bool):
            _call(_library.dossier_values_set_truth, self.pointer, name, value)
        elif isinstance(value, int) and -(2**63) <= value < 2**63:
            _call(_library.dossier_values_set_integer, self.pointer, name, value)
        elif isinstance(value, float):
            _call(_library.dossier_values_set_number, self.pointer, name, value)
        else:
            _call(
                _library.dossier_values_set_text, self.pointer, name,
                _Text.of(_literal(value).text))


# ---- Tables of one's own ------------------------------------------------------------------------


class Column:
    """Values of a table side by side: see `numbers`, `quantities`, `texts`, `days` and `truths`."""

    def __init__(self, count: int, add: Callable[[int, _Text], Any]) -> None:
        self._count, self._add = count, add
        self._kept: object = None
        """What has to stay as long as the column does."""

    def __len__(self) -> int:
        return self._count


def numbers(values: Any, unit: str | None = None) -> Column:
    """Exact numbers of one unit or none; None isn't reported. Decimals stay exact.

    Arrays of int64 and double (of numpy, of `array`, any buffer) are used where they lie, so they
    must not be changed while the table is in use.
    """
    values = _plain(values)
    return _lent_numbers(values, unit) or _copied([_listed(values)], unit)


def quantities(low: Any, best: Any, high: Any, unit: str | None = None) -> Column:
    """Quantities between bounds.

    None in `low` or `high` stands open, in `best` isn't given, and in all three isn't reported.
    """
    sides = [_listed(_plain(side)) for side in (low, best, high)]
    counts = [len(side) for side in sides]
    if len(set(counts)) > 1:
        raise ValueError(f"low, best and high have {counts[0]}, {counts[1]} and {counts[2]} values")
    return _copied(sides, unit)


def texts(values: Any) -> Column:
    """Texts; None isn't reported."""
    listed = _listed(values)
    made = [_Text.of("" if _is_missing(value) else value) for value in listed]
    column = Column(
        len(made),
        _adding(_library.dossier_table_add_texts, _array(_Text, made), _known(listed)))
    column._kept = made
    return column


def days(values: Any) -> Column:
    """Dates: of `datetime`, of numpy, or `Date`; None isn't reported."""
    listed = _listed(_whole_days(_plain(values)))
    ends = [_ends_of_day(value) for value in listed]
    earliest, latest = ([end[side] for end in ends] for side in (0, 1))
    return Column(
        len(listed),
        _adding(
            _library.dossier_table_add_days, _array(ctypes.c_int32, earliest),
            _array(ctypes.c_int32, latest), _known(listed), None))


def truths(values: Any) -> Column:
    """Truths: bool or `Truth`; None isn't reported."""
    listed = _listed(_plain(values))
    codes = {"false": 0, "maybe": 1, "true": 2}
    array = []
    for value in listed:
        if not _is_missing(value) and not isinstance(value, (bool, Truth)):
            raise TypeError(f"no truth: {value!r}")
        array.append(0 if _is_missing(value) else codes[str(_literal(value).text)])
    return Column(
        len(listed),
        _adding(_library.dossier_table_add_truths, _array(ctypes.c_uint8, array), _known(listed)))


# What is missing, and how much of a column is there


def _is_missing(value: Any) -> bool:
    """None, and what numpy and pandas write for it."""
    return value is None or type(value).__name__ in ("NAType", "NaTType") or (
        isinstance(value, float) and math.isnan(value))


def _known(values: Sequence[Any]) -> _Bits:
    """Where something is known; None: everywhere."""
    bits = [not _is_missing(value) for value in values]
    return None if all(bits) else _array(ctypes.c_uint8, bits)


def _plain(values: Any) -> Any:
    """Series of pandas and arrays of pyarrow as numpy has them; the rest as it is."""
    return values.to_numpy() if hasattr(values, "to_numpy") else values


def _listed(values: Any) -> list[Any]:
    """Values of Python, one by one."""
    return values.tolist() if hasattr(values, "tolist") else list(values)


def _whole_days(values: Any) -> Any:
    """Moments of numpy as days, if they are whole ones."""
    if getattr(getattr(values, "dtype", None), "kind", "") != "M":
        return values
    whole = values.astype("datetime64[D]")
    # What isn't a moment at all is not equal to itself either.
    if ((whole != values) & (whole == whole)).any():
        raise TypeError("these are times of a day, not days")
    return whole


def _ends_of_day(value: Any) -> tuple[int, int]:
    if _is_missing(value):
        return 0, 0
    if isinstance(value, Date):
        return value.earliest_day, value.latest_day
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
        raise TypeError(f"no day: {value!r}")
    day = value.toordinal() - _FIRST_DAY
    return day, day


# Arrays that are copied


def _array(kind: Any, values: Sequence[Any]) -> Any:
    return (kind * len(values))(*values)


_Bits = Union[None, "ctypes.Array[ctypes.c_uint8]"]


def _adding(function: Any, *arguments: Any) -> Callable[[int, _Text], Any]:
    return lambda table, name: _call(function, table, name, *arguments)


def _copied(sides: list[list[Any]], unit: str | None) -> Column:
    """A column of numbers, or of low, best and high, whatever Python's type of number is."""
    is_plain = len(sides) == 1
    given = ([end for end in ends if not _is_missing(end)] for ends in zip(*sides))
    known = _known([ends[0] if ends else None for ends in given])
    tail = [_Text.of(unit or ""), None]
    add: Any
    if any(isinstance(value, float) and not math.isnan(value) for side in sides for value in side):
        fills = [0.0] if is_plain else [-math.inf, math.nan, math.inf]
        add = _library.dossier_table_add_doubles if is_plain else (
            _library.dossier_table_add_double_ranges)
        arrays = [
            _array(
                ctypes.c_double,
                [fill if _is_missing(value) else float(value) for value in side])
            for side, fill in zip(sides, fills)]
        return Column(len(sides[0]), _adding(add, *arrays, known, *tail))
    ends = [0] if is_plain else [-(2**63), -(2**63), 2**63 - 1]
    add = _library.dossier_table_add_integers if is_plain else (
        _library.dossier_table_add_integer_ranges)
    scale = max(_scale(side) for side in sides)
    arrays = [
        _array(
            ctypes.c_int64, [
                end if _is_missing(value) else _coefficient(row, value, scale)
                for row, value in enumerate(side)])
        for side, end in zip(sides, ends)]
    return Column(len(sides[0]), _adding(add, *arrays, known, scale, *tail))


def _scale(values: Sequence[Any]) -> int:
    """How many digits stand behind the point of decimals."""
    places = [
        -exponent for value in values if isinstance(value, decimal.Decimal)
        for exponent in [value.as_tuple().exponent] if isinstance(exponent, int)]
    return max([0, *places])


def _coefficient(row: int, value: int | decimal.Decimal, scale: int) -> int:
    if isinstance(value, decimal.Decimal) and not value.is_finite():
        raise ValueError(f"row {row}: {value} is no number")
    coefficient = int(value * 10**scale) if isinstance(value, int) else int(
        value.scaleb(scale, decimal.Context(prec=80)))
    if not -(2**63) < coefficient < 2**63 - 1:
        raise OverflowError(f"row {row}: {value} doesn't fit into 64 bits")
    return coefficient


# Arrays that are lent


class _Memory(ctypes.Structure):
    """Python's `Py_buffer`: the memory of an object, which stays where it is until it is let go."""

    _fields_ = [
        ("address", ctypes.c_void_p), ("owner", ctypes.py_object), ("size", ctypes.c_ssize_t),
        ("item_size", ctypes.c_ssize_t), ("is_readonly", ctypes.c_int),
        ("dimensions", ctypes.c_int), ("format", ctypes.c_char_p), ("shape", ctypes.c_void_p),
        ("strides", ctypes.c_void_p),
        ("suboffsets", ctypes.c_void_p), ("internal", ctypes.c_void_p),
    ]

    _CONTIGUOUS_WITH_FORMAT = 0x0004 | 0x0008

    def __init__(self, values: Any) -> None:
        """A TypeError, ValueError or BufferError if nothing lies side by side."""
        super().__init__()
        ctypes.pythonapi.PyObject_GetBuffer(
            ctypes.py_object(values), ctypes.byref(self), self._CONTIGUOUS_WITH_FORMAT)

    def release(self) -> None:
        ctypes.pythonapi.PyBuffer_Release(ctypes.byref(self))

    @property
    def kind(self) -> str | None:
        """Integers or doubles, if they are of 64 bits and in the order of the machine."""
        order = "<" if sys.byteorder == "little" else ">"
        letter = (self.format or b"B").decode().lstrip("@=" + order)
        if self.dimensions != 1 or self.item_size != 8:
            return None
        return {"l": "integers", "q": "integers", "d": "doubles"}.get(letter)


_lent: dict[int, _Memory] = {}
"""Memory that the library uses, by the number that it is called there."""


def _release(number: int) -> None:
    _lent.pop(number).release()


_released = _RELEASE(_release)


def _lent_numbers(values: Any, unit: str | None) -> Column | None:
    """A column that lies where the values do; None if it can't."""
    try:
        memory = _Memory(values)
    except (TypeError, ValueError, BufferError):
        return None
    kind, size = memory.kind, memory.size
    memory.release()
    if kind is None:
        return None

    def add(table: int, name: _Text) -> None:
        memory = _Memory(values)
        number = ctypes.addressof(memory)
        _lent[number] = memory
        owner = _Owner(context=number, release=_released)
        scale = [0] if kind == "integers" else []
        _call(
            getattr(_library, f"dossier_table_add_{kind}"), table, name, memory.address, None,
            *scale, _Text.of(unit or ""), owner)

    return Column(size // 8, add)


# Columns whose type is found out


def _column(values: Any) -> Column:
    """A column of values whose type is looked up in them."""
    if isinstance(values, Column):
        return values
    if isinstance(values, (str, bytes)):
        raise TypeError("a column is a list of values, not one text")
    values = _plain(values)
    makers: dict[str, Callable[[Any], Column]] = {
        "i": numbers, "u": numbers, "f": numbers, "b": truths, "M": days}
    kind = getattr(getattr(values, "dtype", None), "kind", "O")
    if kind in makers:
        return makers[kind](values)
    if isinstance(values, memoryview) or hasattr(values, "typecode"):
        return numbers(values)
    listed = _listed(values)
    found = {_family(value) for value in listed if not _is_missing(value)} or {"text"}
    if len(found) > 1:
        raise TypeError(f"a column of one type is needed, not of {' and '.join(sorted(found))}")
    makers = {
        "truth": truths, "number": numbers, "text": texts, "date": days, "quantity": _of_quantities}
    return makers[found.pop()](listed)


def _family(value: Any) -> str:
    """The type of a column that has such a value."""
    if isinstance(value, (datetime.date, Date)):
        return "date"
    if isinstance(value, Quantity):
        return "quantity"
    kind = _literal(value).type
    if kind not in ("truth", "text", "integer", "number"):
        raise TypeError(f"no column can hold {value!r}")
    return "number" if kind == "integer" else kind


def _of_quantities(values: list[Quantity | None]) -> Column:
    units = {value.unit for value in values if value is not None}
    if len(units) > 1:
        raise ValueError(f"a column has one unit, not {' and '.join(sorted(map(str, units)))}")
    low, best, high = (
        [getattr(value, end, None) for value in values] for end in ("low", "best", "high"))
    return quantities(low, best, high, units.pop() if units else None)


def _add_table(host: int, name: str, columns: Mapping[str, Any]) -> None:
    made = {}
    for title, values in columns.items():
        try:
            made[title] = _column(values)
        except (TypeError, ValueError, OverflowError) as problem:
            raise type(problem)(f"{name}.{title}: {problem}") from None
    counts = {len(column) for column in made.values()}
    if len(counts) > 1:
        raise ValueError(f"{name}: the columns have {', '.join(map(str, sorted(counts)))} values")
    table = _library.dossier_table_new(counts.pop() if counts else 0)
    try:
        for title, column in made.items():
            column._add(table, _Text.of(title))
        _call(_library.dossier_host_add_table, host, _Text.of(name), table)
    finally:
        _library.dossier_table_free(table)


# ---- Functions of one's own ---------------------------------------------------------------------


class Function:
    """What `function` makes: a function that queries call; in Python it is what it was."""

    __name__: str

    def __init__(
        self, body: Callable[..., Any], takes: Sequence[str], gives: str, is_pure: bool, cost: int,
        sees_absent: bool,
    ) -> None:
        functools.update_wrapper(self, body)
        self.body, self.takes, self.gives = body, tuple(takes), gives
        self.is_pure, self.cost, self.sees_absent = is_pure, cost, sees_absent

    def __call__(self, *values: Any) -> Any:
        return self.body(*values)


@overload
def function(body: Callable[..., Any], /) -> Function: ...


@overload
def function(
    *, takes: Sequence[str] | None = None, gives: str | None = None, is_pure: bool = True,
    cost: int = 1, sees_absent: bool = False,
) -> Callable[[Callable[..., Any]], Function]: ...


def function(
    body: Callable[..., Any] | None = None, /, *, takes: Sequence[str] | None = None,
    gives: str | None = None, is_pure: bool = True, cost: int = 1, sees_absent: bool = False,
) -> Function | Callable[[Callable[..., Any]], Function]:
    """A function of Python that queries may call, for `Dossier(functions=[…])`.

    Types are those of `prepare`, and `quantity in km` for what it gives; bool, int, float and str
    as annotations will do. What it raises ends the run and is the cause of the error. With values
    that aren't reported or don't apply it is called only if it `sees_absent`; a range never reaches
    one that takes a number. If it looks at more than its values it isn't pure. `cost` counts
    against the limit of steps. One that takes long asks `is_stopped()`.

    >>> @function(gives="quantity in km")
    ... def distance(town: str) -> float:
    ...     return {"Sudzha": 10.5}[town]
    >>> print(Dossier(functions=[distance]).query('distance("Sudzha") > 10 km'))
    true
    """

    def made(body: Callable[..., Any]) -> Function:
        parameters = list(inspect.signature(body).parameters)
        hints = typing.get_type_hints(body)
        names = takes if takes is not None else [_type_word(hints, name) for name in parameters]
        return Function(
            body, names, gives or _type_word(hints, "return"), is_pure, cost, sees_absent)

    return made if body is None else made(body)


def _type_word(hints: Mapping[str, Any], name: str) -> str:
    words = {bool: "truth", int: "integer", float: "number", str: "text"}
    if hints.get(name) not in words:
        side = "gives" if name == "return" else "takes"
        raise TypeError(f"no type for {name}: annotate it (bool, int, float, str), or use {side}=")
    return words[hints[name]]


class _Calls(threading.local):
    """What happens in calls of a thread."""

    def __init__(self) -> None:
        self.results: list[int] = []
        """Where those that are under way put their results."""
        self.problem: BaseException | None = None

    def taken_problem(self) -> BaseException | None:
        """What a function has raised since it was asked last."""
        problem, self.problem = self.problem, None
        return problem


_calls = _Calls()
_functions: dict[int, Function] = {}
"""Functions that the library may call, by the numbers that they are called there."""


def is_stopped() -> bool:
    """In a function: whether the run that calls it was cancelled or has used up its time."""
    return any(_library.dossier_result_is_stopped(result) for result in _calls.results)


def _called(number: int, cells: Any, count: int, result: int) -> None:
    _calls.results.append(result)
    try:
        function = _functions[number]
        values = [_value(cells[place]) for place in range(count)]
        _give(result, function.body(*map(_argument, values, function.takes)), function.gives)
    except BaseException as problem:
        _calls.problem = problem
        _library.dossier_result_fail(result, _Text.of(f"{type(problem).__name__}: {problem}"))
    finally:
        _calls.results.pop()


_called_by_library = _CALL(_called)
_function_released = _RELEASE(lambda number: _functions.pop(number) and None)


def _argument(value: Value, type: str) -> Any:
    """A value as a function takes it; of dates there are their words only."""
    if isinstance(value, (Date, Period)):
        return Literal(type, value.text)
    if type == "integer" and isinstance(value, float):
        return int(value)
    return value


def _give(result: int, value: Any, type: str) -> None:
    """Hands over what a function gives; None isn't reported."""
    if value is None:
        return
    if value is NONE:
        _library.dossier_result_set_none(result)
    elif isinstance(value, (bool, Truth)):
        codes = {"false": 0, "maybe": 1, "true": 2}
        _library.dossier_result_set_truth(result, codes[str(_literal(value).text)])
    elif isinstance(value, Quantity):
        if value.unit not in (None, type.removeprefix("quantity in ")):
            raise TypeError(f"{value} isn't in the unit of a {type}")
        ends = [
            fill if end is None else _double(end)
            for end, fill in zip(
                (value.low, value.best, value.high), (-math.inf, math.nan, math.inf))]
        _library.dossier_result_set_quantity(result, *ends)
    elif isinstance(value, (int, float, decimal.Decimal)):
        _library.dossier_result_set_number(result, _double(value))
    else:
        literal = _literal(value)
        give = _library.dossier_result_set_text
        if literal.type in ("date", "period") or type in ("date", "period"):
            give = _library.dossier_result_set_date
        give(result, _Text.of(literal.text))


def _double(number: Number) -> float:
    double = float(number)
    if isinstance(number, int) and int(double) != number:
        raise OverflowError(f"{number} has more digits than a function can give")
    return double


def _add_function(host: int, function: Function) -> None:
    number = id(function)
    while number in _functions:
        number += 1
    _functions[number] = function
    given = _Function(
        parameters=_Text.of(", ".join(function.takes)), result=_Text.of(function.gives),
        is_impure=not function.is_pure, sees_absent=function.sees_absent, cost=function.cost,
        context=number, call=_called_by_library, release=_function_released)
    _call(
        _library.dossier_host_add_function, host, _Text.of(function.__name__), ctypes.byref(given))


# ---- Limits and cancelling ----------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Limits:
    """How much one run may use; None is no limit of one's own.

    >>> query("count(figures)", limits=Limits(steps=3))
    Traceback (most recent call last):
        ...
    dossier.LimitExceeded: error[E0601]: the limit of 3 steps is reached
      ┌─ query:1:1
    1 │ count(figures)
      │ ^^^^^^^^^^^^^^
    """

    steps: int | None = None
    """Lanes computed: about one a row and operation."""
    memory: int | None = None
    """Bytes of results and of tables on the way."""
    rows: int | None = None
    """Rows of one result."""
    output: int | None = None
    """Bytes of an answer that is written out."""
    source_size: int | None = None
    """Bytes of a script."""
    literal_size: int | None = None
    """Bytes of one text, number or name of a script."""
    nesting: int | None = None
    """How deep a script may nest."""
    milliseconds: int | None = None

    @classmethod
    def untrusted(cls) -> Limits:
        """For scripts of others: 1,000,000 steps, 64 MB, 10,000 rows, 100 kB of text, 1 s."""
        limits = _Limits()
        _library.dossier_limits_untrusted(ctypes.byref(limits), ctypes.sizeof(limits))
        return cls(**{field.name: getattr(limits, field.name) for field in dataclasses.fields(cls)})


def _given(limits: Limits | None) -> _Limits | None:
    """Limits as C has them; None is the library's default."""
    if limits is None:
        return None
    given = _Limits()
    _library.dossier_limits_default(ctypes.byref(given), ctypes.sizeof(given))
    for name, value in dataclasses.asdict(limits).items():
        if value is not None:
            setattr(given, name, value)
    return given


class Cancel:
    """Stops the runs that have it, from any thread."""

    def __init__(self) -> None:
        self._pointer = _handle(self, _library.dossier_cancel_new(), _library.dossier_cancel_free)

    def cancel(self) -> None:
        """Asks the runs to end with `Cancelled`, those to come too, until `reset`."""
        _library.dossier_cancel_request(self._pointer)

    def reset(self) -> None:
        """Takes the request back."""
        _library.dossier_cancel_reset(self._pointer)


class _Interrupts:
    """Ctrl-C, heard while the library works.

    Python runs the handlers of signals in its main thread, between its own instructions. But it
    writes their numbers to a file at once, and a thread that reads there cancels what runs.
    """

    def __init__(self) -> None:
        self._running: list[Cancel] = []
        self._process = 0
        self._other = self._read = self._written = -1
        self._heard = threading.Event()

    @contextlib.contextmanager
    def cancelling(self, cancel: Cancel) -> Iterator[None]:
        """Lets Ctrl-C cancel what is done meanwhile in the main thread."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        if self._process != os.getpid():
            self._watch()
        self._running.append(cancel)
        if len(self._running) == 1:
            self._other = signal.set_wakeup_fd(self._written, warn_on_full_buffer=False)
        try:
            yield
        except KeyboardInterrupt:
            # What was heard must not cancel what comes next.
            self._heard.clear()
            os.write(self._written, b"\0")
            self._heard.wait()
            raise
        finally:
            self._running.pop()
            if not self._running:
                signal.set_wakeup_fd(self._other, warn_on_full_buffer=False)

    def _watch(self) -> None:
        self._process, self._running = os.getpid(), []
        self._heard = threading.Event()
        self._read, self._written = os.pipe()
        os.set_blocking(self._written, False)
        threading.Thread(target=self._listen, name="dossier", daemon=True).start()

    def _listen(self) -> None:
        while number := os.read(self._read, 1):
            if number == b"\0":
                self._heard.set()
                continue
            if number[0] == signal.SIGINT:
                for cancel in self._running:
                    cancel.cancel()
            if self._other >= 0:
                os.write(self._other, number)


_interrupts = _Interrupts()


# ---- Answers ------------------------------------------------------------------------------------


class Row(Mapping[str, Value]):
    """A row of an answer: its fields by name or place."""

    __slots__ = ("_answer", "_index", "_values")

    def __init__(self, answer: Answer, index: int) -> None:
        self._answer, self._index = answer, index
        cell = _Cell()
        try:
            self._values = []
            for field in range(len(answer.fields)):
                _call(
                    _library.dossier_answer_cell, answer._pointer, index, field,
                    ctypes.byref(cell))
                self._values.append(_value(cell))
        finally:
            _library.dossier_cell_clear(ctypes.byref(cell))

    @property
    def is_maybe(self) -> bool:
        """Whether the row is in the answer only if something undecided is true."""
        return _library.dossier_answer_row_is_maybe(self._answer._pointer, self._index)

    @property
    def citations(self) -> list[str]:
        """The sources of the row, as the notes under a table say them."""
        return self._answer.citations(self._index)

    def __getitem__(self, field: str | int) -> Value:
        return self._values[
            field if isinstance(field, int) else self._answer._places[field]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._answer._places)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={self[name]!r}" for name in self)
        return f"Row({fields}{', maybe' if self.is_maybe else ''})"


class Answer(Sequence[Row]):
    """What a query, an expression or a check gives: rows with their sources, and notes.

    >>> answer = query("figures | where value > 9_500 people | select subject, value")
    >>> len(answer), answer.fields
    (2, {'subject': 'actor', 'value': 'quantity'})
    >>> answer[0]["subject"]
    Thing(id='ukrainian_army', name='Ukrainian army')
    >>> print(answer.notes[0].split(" (")[0])
    2 undetermined: 'about 10,000 people' straddles 9,500; 1 not reported
    """

    def __init__(self, pointer: int) -> None:
        self._pointer = _handle(self, pointer, _library.dossier_answer_free)
        count = _library.dossier_answer_field_count(pointer)
        names = [str(_library.dossier_answer_field_name(pointer, place)) for place in range(count)]
        types = [str(_library.dossier_answer_field_type(pointer, place)) for place in range(count)]
        self.fields: dict[str, str] = dict(zip(names, types))
        """The names of the fields with their types, as `describe` says them."""
        self._places = {name: place for place, name in enumerate(names)}

    def __len__(self) -> int:
        return _library.dossier_answer_row_count(self._pointer)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [Row(self, place) for place in range(*index.indices(len(self)))]
        return Row(self, range(len(self))[index])

    @property
    def value(self) -> Value:
        """The only value of an answer of one row and one field; else a ValueError."""
        if len(self) != 1 or len(self.fields) != 1:
            raise ValueError(f"{len(self)} rows of {len(self.fields)} fields are no single value")
        return self[0][0]

    @property
    def finding(self) -> str | None:
        """What a check found: supported, contradicted or undetermined; None of a query."""
        found = _library.dossier_answer_finding(self._pointer)
        return (None, "supported", "contradicted", "undetermined")[found]

    @property
    def notes(self) -> list[str]:
        """What stayed undetermined, how words were read: the footer of a table."""
        return _texts(_call(_library.dossier_answer_notes, self._pointer))

    def citations(self, row: Row | int) -> list[str]:
        """The sources of a row."""
        index = row._index if isinstance(row, Row) else range(len(self))[row]
        return _texts(_call(_library.dossier_answer_citations, self._pointer, index))

    def write(self, format: str = "table", *, cite: bool | None = None) -> str:
        """The answer as table, csv, tsv, json, jsonl, markdown or html.

        Sources: None for people only, True always, False never.
        """
        display = _Display(cite=0 if cite is None else 1 if cite else -1)
        written = _call(
            _library.dossier_answer_write, self._pointer, _Text.of(format), ctypes.byref(display))
        return _texts(written)[0]

    def __str__(self) -> str:
        return self.write().rstrip("\n")

    def __repr__(self) -> str:
        return f"<Answer: {len(self)} rows of {', '.join(self.fields)}>"

    def _repr_markdown_(self) -> str:
        return self.write("markdown")

    # Arrow

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The columns without a copy, for pyarrow, Polars, DuckDB and others that take Arrow."""
        stream = _ArrowStream()
        _call(_library.dossier_answer_arrow, self._pointer, ctypes.byref(stream))
        address = ctypes.addressof(stream)
        _streams[address] = stream
        return _new_capsule(address, _STREAM_NAME, _drop_stream)

    def to_arrow(self) -> Any:
        """The answer as a table of pyarrow; numbers lie where the library has them."""
        import pyarrow

        return pyarrow.RecordBatchReader.from_stream(self).read_all()

    def to_pandas(self) -> Any:
        """The answer as a data frame: of what is uncertain a column for each part, `value.low`."""
        table = self.to_arrow()
        while any(field.type.num_fields and not _is_listed(field) for field in table.schema):
            table = table.flatten()
        return table.to_pandas()


def _is_listed(field: Any) -> bool:
    import pyarrow

    return pyarrow.types.is_list(field.type)


_STREAM_NAME = b"arrow_array_stream"
_streams: dict[int, _ArrowStream] = {}
"""Streams that somebody may still take, by their addresses."""

_DESTRUCTOR = ctypes.PYFUNCTYPE(None, ctypes.c_void_p)
_new_capsule = ctypes.PYFUNCTYPE(
    ctypes.py_object, ctypes.c_void_p, ctypes.c_char_p, _DESTRUCTOR)(
        ("PyCapsule_New", ctypes.pythonapi))
_capsule_pointer = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)(
    ("PyCapsule_GetPointer", ctypes.pythonapi))


def _drop(capsule: int) -> None:
    address = _capsule_pointer(capsule, _STREAM_NAME)
    stream = _streams.pop(address)
    # Who took it has set `release` to null.
    if stream.release:
        _RELEASE(stream.release)(address)


_drop_stream = _DESTRUCTOR(_drop)


# ---- Queries ------------------------------------------------------------------------------------


class Query:
    """A text that is checked once and run often, by any thread.

    >>> losses = Dossier().prepare("figures | where subject in side", {"side": "text"})
    >>> [len(losses.run(side=side)) for side in ("Ukraine", "Russia")]
    [2, 3]
    """

    def __init__(self, pointer: int) -> None:
        self._pointer = _handle(self, pointer, _library.dossier_query_free)

    def run(
        self, parameters: Mapping[str, Any] | None = None, /, *, limits: Limits | None = None,
        cancel: Cancel | None = None, **named: Any,
    ) -> Answer:
        """Runs it with values for its parameters; Ctrl-C cancels it.

        Values are bool, int, float, Decimal, str, `datetime.date`, values of answers, what
        `quantity`, `date` and `period` make, and lists of one type.
        """
        values = _Values({**(parameters or {}), **named})
        cancel = cancel or Cancel()
        with _interrupts.cancelling(cancel):
            return Answer(
                _call(
                    _library.dossier_query_run, self._pointer, values.pointer, _given(limits),
                    cancel._pointer))


class Dossier:
    """Facts, tables of one's own beside them, and questions to both.

    >>> mine = Dossier('''
    ... source diary "Harbour diary" { published: @2031-05-04 }
    ... actor harbour "Harbour office"
    ... figure cargo { subject: harbour, measure: "lost", value: about 90 tonnes, para: 2 }
    ... ''')
    >>> print(mine.query("cargo.value"))
    about 90 tonnes [1]
    [1] Harbour diary, 2031-05-04, ¶2
    """

    def __init__(
        self, script: str | bytes | None = None, *, name: str = "dossier",
        tables: Mapping[str, Mapping[str, Any]] | None = None,
        functions: Sequence[Function] = (), folder: str | os.PathLike[str] | None = None,
    ) -> None:
        """The facts that a script declares, or the built-in ones, and what else queries can reach.

        A table is a mapping of columns: a dict, a data frame. What a column holds is found out, or
        said by `numbers`, `quantities`, `texts`, `days` and `truths`. Functions are made by
        `function`. The regular files below a folder can be read, and no others.
        """
        if script is None:
            pointer = _library.dossier_built_in()
        else:
            pointer = _call(_library.dossier_from_script, _Text.of(script), _Text.of(name))
        self._pointer = _handle(self, pointer, _library.dossier_free)
        self._host = _handle(self, _library.dossier_host_new(), _library.dossier_host_free)
        for title, columns in (tables or {}).items():
            _add_table(self._host, title, columns)
        for function in functions:
            _add_function(self._host, function)
        if folder is not None:
            _call(_library.dossier_host_allow_folder, self._host, _Text.of(os.fspath(folder)))

    def prepare(
        self, text: str | bytes, types: Mapping[str, str] | None = None, *, name: str = "query",
    ) -> Query:
        """Checks a text, which may have parameters beside its own `param` statements.

        Types are truth, integer, number, quantity, text, date, period, and `[type]` for lists.
        """
        parameters = ", ".join(f"{title}: {type}" for title, type in (types or {}).items())
        return Query(
            _call(
                _library.dossier_prepare, self._pointer, self._host, _Text.of(text),
                _Text.of(name), _Text.of(parameters)))

    def query(
        self, text: str | bytes, parameters: Mapping[str, Any] | None = None, /, *,
        limits: Limits | None = None, cancel: Cancel | None = None, **named: Any,
    ) -> Answer:
        """Runs a text; names in it that values are given for are parameters of their types."""
        values = {**(parameters or {}), **named}
        own = _declared_parameters(text)
        types = {name: _type(value) for name, value in values.items() if name not in own}
        return self.prepare(text, types).run(values, limits=limits, cancel=cancel)

    def session(self, *, cancel: Cancel | None = None) -> Session:
        """A session over the facts and the tables."""
        return Session(self, cancel=cancel)


def _declared_parameters(text: str | bytes) -> set[str]:
    """The names of a text's own `param` statements."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return set(re.findall(r"(?m)(?:^|;)[ \t]*param[ \t]+(\w+)", text))


class Session:
    """Texts that rest on each other: what one names stays for the next, if all of it ran.

    >>> session = Session()
    >>> session.run("let losses = figures | where subject in \\"Ukraine\\"")
    []
    >>> [answer.value for answer in session.run("count(losses); check count(losses) == 2")]
    [2, <Truth.TRUE: 'true'>]
    """

    def __init__(self, facts: Dossier | None = None, *, cancel: Cancel | None = None) -> None:
        facts = facts or Dossier()
        self._cancel = cancel or Cancel()
        self._pointer = _handle(
            self,
            _call(
                _library.dossier_session_new, facts._pointer, facts._host, self._cancel._pointer),
            _library.dossier_session_free)

    def run(
        self, text: str | bytes, parameters: Mapping[str, Any] | None = None, /, *,
        limits: Limits | None = None, name: str = "input", **named: Any,
    ) -> list[Answer]:
        """Runs the statements of a text, with values for its `param`s; Ctrl-C cancels it."""
        values = _Values({**(parameters or {}), **named})
        answers: list[Answer] = []

        def take(_: int, answer: int) -> bool:
            answers.append(Answer(_library.dossier_answer_keep(answer)))
            return True

        try:
            with _interrupts.cancelling(self._cancel):
                _call(
                    _library.dossier_session_run, self._pointer, _Text.of(text), _Text.of(name),
                    values.pointer, _given(limits), _EACH(take), None)
        except KeyboardInterrupt:
            self._cancel.reset()
            raise
        return answers


def query(
    text: str | bytes, parameters: Mapping[str, Any] | None = None, /, *,
    tables: Mapping[str, Mapping[str, Any]] | None = None, limits: Limits | None = None,
    cancel: Cancel | None = None, **named: Any,
) -> Answer:
    """Asks the built-in dossier, and tables of one's own.

    >>> boats = {"boat": ["Anna", "Bert"], "catch": [12, None]}
    >>> print(query("boats | where catch > least | select boat", tables={"boats": boats}, least=5))
    boat
    Anna
    1 row
    1 undetermined: 1 not reported (`where possibly` keeps them)
    """
    return Dossier(tables=tables).query(
        text, {**(parameters or {}), **named}, limits=limits, cancel=cancel)
