"""The Python module of examples/embed/python against the library that DOSSIER_LIBRARY names."""

import array
import datetime
import decimal
import gc
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import dossier
from dossier import Cancel, Cancelled, Dossier, DossierError, LimitExceeded, Limits, Truth, query

try:
    import numpy
except ImportError:
    numpy = None
try:
    import pandas
    import pyarrow
except ImportError:
    pandas = pyarrow = None

needs_numpy = unittest.skipUnless(numpy, "numpy can't be had here")
needs_pyarrow = unittest.skipUnless(pyarrow, "pyarrow and pandas can't be had here")


def setUpModule():
    # Who started this may have them blocked or ignored.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGUSR1})
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Case(unittest.TestCase):
    def code(self, body, kind=DossierError):
        """The code of the error that something ends with."""
        with self.assertRaises(kind) as caught:
            body()
        return caught.exception.code

    def only(self, text, **parameters):
        return query(text, **parameters).value


class Errors(Case):
    def test_an_error_is_data(self):
        with self.assertRaises(DossierError) as caught:
            query('figures | where subjct == "a"\nfigures | where mesure == "b"')
        error = caught.exception
        self.assertEqual([told.code for told in error.diagnostics], ["E0201", "E0201"])
        first, second = error.diagnostics
        self.assertEqual((first.line, first.column, second.line), (1, 17, 2))
        self.assertEqual(first.source, "query")
        self.assertEqual(error.help, 'figures | where subject == "a"')
        self.assertIn("did you mean 'subject'?", error.rendered)
        self.assertEqual(pickle.loads(pickle.dumps(error)).diagnostics, error.diagnostics)

    def test_places_are_bytes_of_the_text(self):
        text = '"é" + nosuch'
        with self.assertRaises(DossierError) as caught:
            query(text)
        told = caught.exception.diagnostics[0]
        self.assertEqual(text.encode()[told.start:told.end], b"nosuch")
        self.assertEqual(told.column, 7)

    def test_bytes_that_are_no_text(self):
        self.assertEqual(self.code(lambda: query("count(figures)\0")), "E0102")
        self.assertEqual(self.code(lambda: query(b'"\xff"')), "E0103")
        self.assertEqual(self.code(lambda: query('"\ud800"')), "E0103")
        self.assertEqual(self.code(lambda: Dossier(b"actor a \xff")), "E0103")
        for name in ("a\0b", b"\xff", "\udfff"):
            self.assertEqual(self.code(lambda: query("a", a=name)), "E0712")
        self.assertEqual(self.code(lambda: query("a", {"a\0": 1})), "E0712")

    def test_texts_of_any_characters_come_back(self):
        for text in ("", "naïve", "日本", "\U0001F600", 'a"b\\(c)', "a\tb", "; count(figures)"):
            self.assertEqual(self.only("a", a=text), text)

    def test_wrong_values_of_parameters(self):
        losses = Dossier().prepare("figures | where value > least", {"least": "quantity"})
        self.assertEqual(self.code(lambda: losses.run()), "E0215")
        self.assertEqual(self.code(lambda: losses.run(least="many")), "E0321")
        self.assertEqual(self.code(lambda: losses.run(least="5 people", most=1)), "E0216")
        self.assertEqual(self.code(lambda: losses.run(least="5 km")), "E0305")
        self.assertEqual(self.code(lambda: query("a", a=float("nan"))), "E0321")
        self.assertEqual(self.code(lambda: query("a", a=10**30)), "E0321")
        self.assertEqual(self.code(lambda: Dossier().prepare("a", {"a": "colour"})), "E0714")
        for value in (object(), {"a": 1}, datetime.datetime(2024, 1, 1), None, 1j):
            with self.assertRaises(TypeError):
                query("a", a=value)
        with self.assertRaises(TypeError):
            query("a", a=[1, "b"])

    def test_a_dossier_with_mistakes(self):
        self.assertEqual(self.code(lambda: Dossier("figure a { subject: nobody }")), "E0209")

    def test_formats_and_rows_that_there_are_not(self):
        answer = query("figures | take 2")
        self.assertEqual(self.code(lambda: answer.write("xml")), "E0714")
        self.assertRaises(IndexError, lambda: answer[2])
        self.assertRaises(IndexError, lambda: answer.citations(2))
        self.assertRaises(KeyError, lambda: answer[0]["nosuch"])
        self.assertRaises(ValueError, lambda: answer.value)


class Values(Case):
    def test_each_kind(self):
        self.assertIs(self.only("true"), Truth.TRUE)
        self.assertEqual(self.only("42"), 42)
        self.assertEqual(self.only("5.6"), decimal.Decimal("5.6"))
        self.assertEqual(self.only("9_007_199_254_740_993"), 9_007_199_254_740_993)
        self.assertEqual(self.only("1 / 3"), 1 / 3)
        self.assertEqual(self.only('"a"'), "a")
        self.assertEqual(self.only("kim"), dossier.Thing("kim", "Kim Jong-un"))
        self.assertEqual(self.only("[1, 2]"), [1, 2])
        self.assertIsNone(self.only("nk_killed.value"))
        self.assertIs(self.only("trump.note"), dossier.NONE)
        none = dossier.NONE
        self.assertEqual((bool(none), list(none), str(none)), (False, [], ""))
        self.assertIs(pickle.loads(pickle.dumps(dossier.NONE)), dossier.NONE)

    def test_quantities_keep_their_bounds(self):
        aid = self.only("us_aid.value")
        self.assertEqual((aid.text, aid.low, aid.unit), ("5.6 bn USD", 5_600_000_000, "USD"))
        self.assertEqual((int(aid), float(aid), aid.is_exact), (5_600_000_000, 5.6e9, True))
        several = self.only("nk_casualties.value")
        for number in (float, int, several.__class__.exactly):
            self.assertRaises(TypeError, number, several)
        open_end = self.only("at least 5 people")
        self.assertEqual((open_end.low, open_end.best, open_end.high), (5, None, None))
        self.assertFalse(open_end.is_exact)

    def test_maybe_is_no_bool(self):
        self.assertRaises(TypeError, bool, self.only("nk_sent.value > 9_500 people"))
        self.assertTrue(self.only("1 < 2"))

    def test_dates_keep_their_precision(self):
        day = self.only("@2024-12-17")
        self.assertEqual(day.exactly(), datetime.date(2024, 12, 17))
        month = self.only("@2024-02")
        self.assertEqual(
            (month.earliest, month.latest), (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29)))
        self.assertRaises(TypeError, month.exactly)
        since = self.only("@[2024-10..]")
        self.assertEqual((since.earliest, since.latest), (datetime.date(2024, 10, 1), None))
        self.assertRaises(TypeError, since.exactly)
        early = self.only("@0000-01-01")
        self.assertEqual(str(early), "0000-01-01")
        with self.assertRaises(OverflowError):
            early.earliest
        period = self.only("ua_killed.period")
        self.assertEqual(
            (str(period), period.start.latest, period.end.latest),
            ("2022-02/..", datetime.date(2022, 2, 28), None))

    def test_values_of_answers_are_values_of_parameters(self):
        for text in (
            "nk_casualties.value", "nk_sent.value", "us_aid.value", "about 20%", "200..999 people",
            "500 people..", "early @2024-08", "@2024-12-18~", "@[..2024-12-18~]", "@2022-02/..",
            "5.6", "[1, 2]", '["a", "b"]',
        ):
            value = self.only(text)
            self.assertIs(
                self.only("a same b", a=value, b=self.only("a", a=value)), Truth.TRUE, text)

    def test_parameters_of_each_type(self):
        for value, back in (
            (True, Truth.TRUE), (Truth.MAYBE, Truth.MAYBE), (5, 5), (-(2**62), -(2**62)),
            (0.5, 0.5), ([1, 2.5], [1, decimal.Decimal("2.5")]),
            (decimal.Decimal("1.10"), decimal.Decimal("1.1")), ("é", "é"), (b"a", "a"),
            ([], []), ((1, 2), [1, 2]), ({"b", "a"}, ["a", "b"]),
        ):
            self.assertEqual(self.only("a", a=value), back)
        self.assertEqual(
            self.only("a", a=datetime.date(2024, 1, 2)).exactly(), datetime.date(2024, 1, 2))
        self.assertEqual(
            self.only("a", a=dossier.date("2024-10~")).latest, datetime.date(2024, 11, 30))
        self.assertEqual(self.only("a", a=dossier.period("2022/2023")).text, "2022/2023")
        self.assertEqual(len(query("figures | where subject.id == a", a=query("ukraine").value)), 0)

    def test_a_text_may_declare_its_parameters(self):
        text = "param least: number = 1; param most: number\nleast + most"
        self.assertEqual(self.only(text, most=2), 3)
        self.assertEqual(query("limits + cancel", {"limits": 1, "cancel": 2}).value, 3)

    def test_rows(self):
        answer = query("figures | where possibly value > 9_500 people | select measure, value")
        self.assertEqual([row.is_maybe for row in answer], [True, True, False, False])
        row = answer[-1]
        self.assertEqual(dict(row)["measure"], row[0])
        self.assertEqual(list(row), ["measure", "value"])
        self.assertEqual(len(answer[1:3]), 2)
        self.assertEqual(answer.citations(row), row.citations)
        self.assertIn("on record", row.citations[0])
        self.assertIn("Row(measure='killed', value=None, maybe)", repr(answer[0]))

    def test_checks(self):
        self.assertEqual(query("check 1 < 2").finding, "supported")
        self.assertEqual(query("check 2 < 1").finding, "contradicted")
        silent = query('check events | where status == "cancelled"')
        self.assertEqual(silent.finding, "undetermined")
        self.assertIsNone(query("1").finding)

    def test_formats(self):
        answer = query("figures | where subject in \"Ukraine\" | select measure, value")
        self.assertIn("Zelensky", str(answer))
        self.assertNotIn("Zelensky", answer.write("table", cite=False))
        self.assertIn('"sources"', answer.write("json", cite=True))
        self.assertTrue(answer.write("html").startswith("<!DOCTYPE html>"))
        self.assertIn("| measure |", answer._repr_markdown_())


class Tables(Case):
    def ask(self, columns, text="t"):
        return query(text, tables={"t": columns})

    def test_types_are_found(self):
        answer = self.ask({
            "i": [1, None], "d": [decimal.Decimal("1.25"), 2], "f": [0.5, float("nan")],
            "s": ["a", None], "t": [True, Truth.MAYBE], "day": [datetime.date(2024, 1, 1), None],
            "q": [query("about 10_000 people").value, None], "nothing": [None, None],
        })
        self.assertEqual(
            list(answer.fields.values()),
            ["number", "number", "number", "text", "truth", "date", "quantity in people", "text"])
        first, second = answer
        self.assertEqual(
            [first[name] for name in ("i", "d", "f", "s", "t")],
            [1, decimal.Decimal("1.25"), 0.5, "a", Truth.TRUE])
        self.assertEqual((first["q"].low, first["q"].best, first["q"].high), (9000, 10000, 11000))
        self.assertEqual(first["day"].exactly(), datetime.date(2024, 1, 1))
        self.assertEqual(
            [second[name] for name in ("i", "f", "s", "day", "q", "nothing")], [None] * 6)
        self.assertEqual(second["d"], 2)

    def test_bounds_may_stand_open(self):
        column = dossier.quantities([1, None, None], [None, 2, None], [3, None, None], "people")
        values = [row["n"] for row in self.ask({"n": column})]
        self.assertEqual((values[0].low, values[0].best, values[0].high), (1, None, 3))
        self.assertEqual((values[1].low, values[1].best, values[1].high), (None, 2, None))
        self.assertIsNone(values[2])
        column = dossier.quantities([0.5], [None], [1.5])
        self.assertEqual(self.ask({"n": column})[0]["n"].high, 1.5)
        self.assertEqual(
            self.code(lambda: self.ask({"n": dossier.quantities([3], [2], [1])})), "E0704")

    def test_mistakes_name_the_column(self):
        for columns, told in (
            ({"a": [1, "b"]}, "t.a: a column of one type is needed, not of number and text"),
            ({"a": [object()]}, "t.a: no parameter can be object"),
            ({"a": "abc"}, "t.a: a column is a list of values"),
            ({"a": [1], "b": [1, 2]}, "t: the columns have 1, 2 values"),
            ({"a": [2**63]}, "t.a: row 0: 9223372036854775808 doesn't fit"),
            ({"a": [datetime.datetime(2024, 1, 1)]}, "t.a: no day"),
        ):
            with self.assertRaises((TypeError, ValueError, OverflowError)) as caught:
                self.ask(columns)
            self.assertTrue(str(caught.exception).startswith(told), str(caught.exception))
        parsecs = dossier.numbers([1], "parsecs")
        self.assertEqual(self.code(lambda: self.ask({"a": parsecs})), "E0705")
        self.assertEqual(self.code(lambda: self.ask({"a": dossier.texts(["b\0"])})), "E0712")
        self.assertEqual(self.code(lambda: self.ask({"a": [float("inf")]})), "E0703")

    def test_empty_tables(self):
        self.assertEqual(len(self.ask({"a": []})), 0)
        self.assertEqual(self.ask({"a": dossier.numbers([])}, "count(t)").value, 0)

    def test_buffers_are_used_where_they_lie(self):
        for values in (array.array("q", [1, 2]), array.array("d", [1, 2])):
            facts = Dossier(tables={"t": {"n": values}})
            self.assertEqual(len(dossier._lent), 1)
            with self.assertRaises(BufferError):
                values.append(3)
            answer = facts.query("t | where n > 1")
            self.assertEqual([row["n"] for row in answer], [2])
            del facts, answer
            gc.collect()
            self.assertEqual(len(dossier._lent), 0)
            values.append(3)

    def test_other_buffers_are_copied(self):
        strided = memoryview(array.array("q", range(6)))[::2]
        for values, total in (
            (strided, 6), (array.array("i", [1, 2]), 3), (memoryview(bytes(16)).cast("q"), 0),
            (bytearray([1, 2]), 3), (array.array("f", [0.5]), 0.5), (range(4), 6), ((1, 2), 3),
        ):
            self.assertEqual(self.ask({"n": dossier.numbers(values)}, "sum(t.n)").value, total)
        gc.collect()
        self.assertEqual(len(dossier._lent), 0)

    def test_memory_is_let_go_when_a_table_fails(self):
        values = array.array("q", [-(2**63)])
        self.assertEqual(self.code(lambda: self.ask({"n": values})), "E0703")
        gc.collect()
        self.assertEqual(len(dossier._lent), 0)

    def test_a_column_serves_many_tables(self):
        column = dossier.numbers(array.array("q", [1, 2]))
        both = Dossier(tables={"t": {"a": column}, "u": {"b": column, "c": column}})
        self.assertEqual(both.query("sum(t.a) + sum(u.b) + sum(u.c)").value, 9)

    @needs_numpy
    def test_arrays_of_numpy(self):
        numbers = numpy.arange(5)
        numbers.flags.writeable = False
        columns = {
            "i": numbers, "f": numpy.array([1, 2, 3, 4, numpy.nan]),
            "b": numpy.array([True, False] * 2 + [True]), "small": numpy.arange(5, dtype="u1"),
            "strided": numpy.arange(10)[::2], "s": numpy.array(list("abcde")),
            "day": numpy.array(["2024-01-01"] * 4 + ["NaT"], "datetime64[ns]"),
        }
        answer = self.ask(columns)
        self.assertEqual(
            list(answer.fields.values()),
            ["number", "number", "truth", "number", "number", "text", "date"])
        self.assertEqual(
            [answer[3][place] for place in range(6)], [3, 4.0, Truth.FALSE, 3, 6, "d"])
        self.assertEqual((answer[4]["f"], answer[4]["day"]), (None, None))
        with self.assertRaisesRegex(TypeError, "times of a day"):
            self.ask({"a": numpy.array(["2024-01-01T12"], "datetime64[h]")})
        self.assertEqual(self.only("a", a=numpy.int64(5)), 5)
        self.assertEqual(self.only("a", a=numpy.arange(3)), [0, 1, 2])

    @needs_pyarrow
    def test_data_frames(self):
        frame = pandas.DataFrame({
            "who": pandas.Series(["a", None, "c"]), "n": [1, 2, 3],
            "m": pandas.array([1, None, 3], dtype="Int64"),
            "day": pandas.to_datetime(["2024-01-01", None, "2024-02-03"])})
        answer = self.ask(frame)
        self.assertEqual(list(answer.fields.values()), ["text", "number", "number", "date"])
        self.assertEqual(
            [answer[1][name] for name in ("who", "n", "m", "day")], [None, 2, None, None])


class Runs(Case):
    """Limits, cancelling, threads."""

    @classmethod
    def setUpClass(cls):
        cls.facts = Dossier(tables={"t": {"k": [1] * 20_000}})
        cls.slow = cls.facts.prepare("count(t | join t as u on k same u.k)")
        # What nothing stops shall not stop the tests.
        cls.bound = Limits(milliseconds=30_000)

    @classmethod
    def tearDownClass(cls):
        del cls.facts, cls.slow

    def test_limits(self):
        for limits in (
            Limits(steps=1000), Limits(memory=1000), Limits(milliseconds=50), Limits.untrusted(),
        ):
            code = self.code(lambda: self.slow.run(limits=limits), LimitExceeded)
            self.assertEqual(code, "E0601")
        self.assertEqual(
            self.code(lambda: query("figures", limits=Limits(rows=3)), LimitExceeded), "E0601")
        self.assertEqual(self.code(lambda: query("1", limits=Limits(steps=-1))), "E0714")
        self.assertEqual(self.facts.query("count(t)", limits=Limits.untrusted()).value, 20_000)

    def test_cancelling_from_another_thread(self):
        cancel = Cancel()
        threading.Timer(0.1, cancel.cancel).start()
        for _ in range(2):
            code = self.code(lambda: self.slow.run(cancel=cancel, limits=self.bound), Cancelled)
            self.assertEqual(code, "E0690")
        cancel.reset()
        self.assertEqual(self.facts.query("count(t)", cancel=cancel).value, 20_000)

    def interrupt(self, body):
        """What Ctrl-C a moment after the start does; how long it took then."""
        asked = []

        def ask():
            time.sleep(0.1)
            asked.append(time.monotonic())
            os.kill(os.getpid(), signal.SIGINT)

        thread = threading.Thread(target=ask)
        thread.start()
        try:
            with self.assertRaises(KeyboardInterrupt):
                body()
        finally:
            thread.join()
        return time.monotonic() - asked[0]

    def test_ctrl_c_cancels(self):
        session = self.facts.session()
        slow = "count(t | join t as u on k same u.k)"
        for body in (
            lambda: self.slow.run(limits=self.bound), lambda: session.run(slow, limits=self.bound),
        ):
            for _ in range(3):
                self.assertLess(self.interrupt(body), 2)
                self.assertEqual(self.facts.query("count(t)").value, 20_000)
                self.assertEqual(session.run("count(t)")[0].value, 20_000)

    def test_signals_are_passed_on(self):
        read, written = os.pipe()
        os.set_blocking(written, False)
        before = signal.set_wakeup_fd(written)
        heard = signal.signal(signal.SIGUSR1, lambda *_: None)
        try:
            cancel = Cancel()
            threading.Timer(0.05, os.kill, [os.getpid(), signal.SIGUSR1]).start()
            threading.Timer(0.2, cancel.cancel).start()
            self.assertRaises(Cancelled, lambda: self.slow.run(cancel=cancel, limits=self.bound))
            self.assertEqual(os.read(read, 1)[0], signal.SIGUSR1)
            self.assertEqual(signal.set_wakeup_fd(before), written)
        finally:
            signal.set_wakeup_fd(before)
            signal.signal(signal.SIGUSR1, heard)
            os.close(read)
            os.close(written)

    def test_threads_share_a_query(self):
        losses = Dossier().prepare(
            "figures | where subject == side | summarize n = count()", {"side": "text"})
        wrong = []

        def ask(side, count):
            for _ in range(50):
                if losses.run(side=side)[0]["n"] != count:
                    wrong.append(side)

        threads = [
            threading.Thread(target=ask, args=pair)
            for pair in [("Russia", 2), ("North Korean troops", 2), ("North Korea", 1)] * 3]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])

    def test_a_forked_process_asks_too(self):
        self.assertEqual(query("count(figures)").value, 9)
        child = os.fork()
        if child == 0:
            os._exit(0 if query("count(figures)").value == 9 else 1)
        self.assertEqual(os.waitpid(child, 0)[1], 0)


class Functions(Case):
    def ask(self, text, *functions, **limits):
        return Dossier(functions=functions).query(text, **limits)

    def test_values_go_in_and_come_out(self):
        seen = []

        def keep(*values):
            seen.extend(values)
            return values[0]

        def made(takes, gives, body=keep, name="f", **options):
            function = dossier.function(takes=takes, gives=gives, **options)(body)
            function.__name__ = name
            return function

        for takes, gives, given, value, back in (
            ("truth", "truth", "1 < 2", Truth.TRUE, Truth.TRUE),
            ("integer", "integer", "5", 5, 5),
            ("number", "number", "0.5", 0.5, 0.5),
            ("text", "text", '"é"', "é", "é"),
            ("date", "date", "@2024-08-01", dossier.date("2024-08-01"), self.only("@2024-08-01")),
            ("period", "period", "@2024/..", dossier.period("2024/.."), self.only("@2024/..")),
            ("[integer]", "integer", "[1, 2]", [1, 2], 3),
        ):
            body = keep if takes != "[integer]" else lambda values: sum(keep(values))
            answer = self.ask(f"f({given})", made([takes], gives, body))
            self.assertEqual(seen.pop(), value)
            self.assertEqual(answer.value, back)
        made_of = self.ask("f(about 100 people)", made(["quantity"], "quantity in people")).value
        self.assertEqual(seen.pop().text, "about 100 people")
        self.assertEqual((made_of.low, made_of.best, made_of.high), (90, 100, 110))
        self.assertIsNone(self.ask("f(1)", made(["integer"], "text", lambda _: None)).value)
        nothing = made(["integer"], "text", lambda _: dossier.NONE)
        self.assertIs(self.ask("f(1)", nothing).value, dossier.NONE)
        self.assertIsNone(self.ask("f(unknown people)", made(["quantity"], "number")).value)
        self.assertEqual(seen, [])
        self.ask("f(unknown people)", made(["quantity"], "truth", seen.append, sees_absent=True))
        self.assertEqual(seen, [None])

    def test_annotations_are_types(self):
        @dossier.function
        def shout(text: str, times: int) -> str:
            return text.upper() * times

        self.assertEqual((shout.takes, shout.gives), (("text", "integer"), "text"))
        self.assertEqual(shout("a", 2), "AA")
        self.assertEqual(self.ask('shout("a", 3)', shout).value, "AAA")
        with self.assertRaisesRegex(TypeError, "no type for x"):
            @dossier.function
            def nothing(x) -> int:
                return 1

    def test_what_is_raised_ends_the_run_and_is_the_cause(self):
        @dossier.function
        def fails(text: str) -> int:
            raise KeyError(text)

        with self.assertRaises(DossierError) as caught:
            self.ask('fails("a")', fails)
        self.assertEqual(caught.exception.code, "E0731")
        self.assertIsInstance(caught.exception.__cause__, KeyError)
        self.assertIn("KeyError", str(caught.exception))
        with self.assertRaises(DossierError) as caught:
            query("nosuch")
        self.assertIsNone(caught.exception.__cause__)

        @dossier.function
        def stops(text: str) -> int:
            raise KeyboardInterrupt

        self.assertRaises(KeyboardInterrupt, self.ask, 'stops("a")', stops)
        self.assertEqual(query("1").value, 1)

    def test_results_of_other_types(self):
        def gives(type, value):
            return dossier.function(takes=[], gives=type)(lambda: value)

        for type, value in (("integer", "a"), ("text", 1), ("number", True), ("date", "soon")):
            function = gives(type, value)
            function.__name__ = "f"
            self.assertEqual(self.code(lambda: self.ask("f()", function)), "E0732", type)
        for type, value in (
            ("integer", 2**60 + 1), ("text", object()),
            ("quantity in km", query("5 people").value),
        ):
            function = gives(type, value)
            function.__name__ = "f"
            self.assertEqual(self.code(lambda: self.ask("f()", function)), "E0731", type)
        self.assertEqual(self.code(lambda: self.ask("1", gives("colour", 1))), "E0714")

    def test_a_function_may_ask_and_is_told_to_stop(self):
        figures = Dossier().prepare("count(figures | where subject == side)", {"side": "text"})

        @dossier.function
        def known(side: str) -> int:
            return figures.run(side=side).value

        self.assertEqual(
            self.ask('known("Russia") + known("Kim")', known).value, 2)

        @dossier.function
        def waits(text: str) -> int:
            end = time.monotonic() + 30
            while not dossier.is_stopped() and time.monotonic() < end:
                time.sleep(0.01)
            return 1

        self.assertFalse(dossier.is_stopped())
        cancel = Cancel()
        threading.Timer(0.1, cancel.cancel).start()
        began = time.monotonic()
        self.assertRaises(Cancelled, self.ask, 'waits("a")', waits, cancel=cancel)
        self.assertLess(time.monotonic() - began, 10)

    def test_functions_are_let_go(self):
        function = dossier.function(takes=["text"], gives="text")(lambda text: text)
        function.__name__ = "f"
        facts = Dossier(functions=[function, function])
        prepared = facts.prepare('f("a")')
        del facts
        gc.collect()
        self.assertEqual(prepared.run().value, "a")
        del prepared
        gc.collect()
        self.assertEqual(len(dossier._functions), 0)


class Folders(Case):
    def test_files_below_a_folder_and_no_others(self):
        with tempfile.TemporaryDirectory() as root:
            inside = os.path.join(root, "inside")
            os.mkdir(inside)
            for path in (os.path.join(root, "out.csv"), os.path.join(inside, "in.csv")):
                with open(path, "w") as file:
                    file.write("n\n1\n2\n")
            os.symlink(os.path.join(root, "out.csv"), os.path.join(inside, "link.csv"))
            facts = Dossier(folder=inside)
            self.assertEqual(facts.query('sum(open("in.csv").n)').value, 3)
            for path in ("../out.csv", "link.csv", "/etc/passwd", os.path.join(root, "out.csv")):
                self.assertTrue(self.code(lambda: facts.query(f'open("{path}")')).startswith("E05"))
            self.assertEqual(self.code(lambda: query('open("in.csv")')), "E0502")
            self.assertEqual(self.code(lambda: Dossier(folder=root + "/nosuch")), "E0717")


class Sessions(Case):
    def test_names_stay_and_failures_leave_no_trace(self):
        session = dossier.Session()
        self.assertEqual(session.run("let n = 2"), [])
        self.assertEqual(self.code(lambda: session.run("let m = 3; nosuch")), "E0202")
        self.assertEqual([answer.value for answer in session.run("n; n + 1")], [2, 3])
        self.assertEqual(self.code(lambda: session.run("m")), "E0202")
        self.assertEqual(session.run("param p: text; p", p="a")[0].value, "a")
        self.assertEqual(
            self.code(lambda: session.run("count(figures)", limits=Limits(steps=1))), "E0601")


class Lifetimes(Case):
    def test_what_is_kept_outlives_what_it_came_from(self):
        def made():
            facts = Dossier(tables={"t": {"n": array.array("q", range(1000))}})
            return facts.prepare("t | where n > 997").run()

        answer = made()
        row = answer[0]
        gc.collect()
        self.assertEqual(row["n"], 998)
        citations = answer.citations(row)
        del answer
        gc.collect()
        self.assertEqual((row["n"], row.citations), (998, citations))

    def test_nothing_piles_up(self):
        import resource

        def work():
            for _ in range(100):
                answer = Dossier(tables={"t": {"n": array.array("q", range(20_000))}}).query("t")
                list(answer[:3])
                self.assertRaises(DossierError, query, "nosuch")

        work()
        gc.collect()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        work()
        gc.collect()
        self.assertLess(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, 10_000)
        self.assertEqual(len(dossier._lent), 0)

    def test_the_end_of_the_process_is_quiet(self):
        script = (
            "import array, dossier\n"
            "facts = dossier.Dossier(tables={'t': {'n': array.array('q', [1, 2])}})\n"
            "answer = facts.query('t'); row = answer[0]; stream = answer.__arrow_c_stream__()\n"
            "query = facts.prepare('t'); session = facts.session(); print(row['n'])\n")
        ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        self.assertEqual((ended.returncode, ended.stdout, ended.stderr), (0, "1\n", ""))

    def test_a_library_that_is_none(self):
        for path in ("/nosuch.so", dossier.__file__):
            ended = subprocess.run(
                [sys.executable, "-c", "import dossier"], capture_output=True, text=True,
                env={**os.environ, "DOSSIER_LIBRARY": path})
            self.assertIn("ImportError", ended.stderr)
            self.assertIn("can't be loaded", ended.stderr)


class Arrow(Case):
    def test_a_stream_that_nobody_takes_is_released(self):
        answer = query("figures")
        gc.collect()
        for _ in range(3):
            capsule = answer.__arrow_c_stream__()
            self.assertEqual(len(dossier._streams), 1)
            del capsule
            gc.collect()
            self.assertEqual(len(dossier._streams), 0)

    @needs_pyarrow
    def test_ten_million_rows_reach_pyarrow_without_a_copy(self):
        values = numpy.arange(10_000_000)
        facts = Dossier(tables={"t": {"n": values}})
        table = facts.query("t").to_arrow()
        column = table.column("n").chunk(0)
        self.assertEqual(column.buffers()[1].address, values.ctypes.data)
        self.assertEqual(len(column), 10_000_000)
        frame = table.to_pandas()
        self.assertEqual(int(frame["n"].sum()), int(values.sum()))
        del facts, table, frame
        gc.collect()
        self.assertEqual((len(dossier._lent), column[-1].as_py()), (1, 9_999_999))
        del column
        gc.collect()
        self.assertEqual(len(dossier._lent), 0)

    @needs_pyarrow
    def test_columns_say_what_rows_say(self):
        answer = query("figures | select id, subject, value, stated, para, on_record, claimed_by")
        table = answer.to_arrow()
        for name in ("id", "value", "para"):
            unknown = sum(row[name] is None for row in answer)
            self.assertEqual(table.column(name).null_count, unknown)
        for row, told in zip(answer, table.to_pylist()):
            value = row["value"]
            if value is not None:
                self.assertEqual(
                    (value.low, value.high, value.unit),
                    (told["value"]["low"], told["value"]["high"], told["value"]["unit"]))
            if row["stated"] is not None:
                self.assertEqual(row["stated"].earliest, told["stated"]["earliest"])
            self.assertEqual(row["subject"].id, told["subject"]["id"])
            self.assertEqual(list(row["para"]), told["para"])
            self.assertEqual(
                [thing.id for thing in row["claimed_by"]],
                [thing["id"] for thing in told["claimed_by"] or []])

    @needs_pyarrow
    def test_frames_have_a_column_for_each_bound(self):
        frame = query("figures | where unit(value) == \"people\" | select id, value").to_pandas()
        self.assertEqual(
            list(frame),
            ["id", "value.low", "value.best", "value.high", "value.unit", "value.words"])
        self.assertEqual(frame["value.low"].tolist()[0], 200)
        self.assertEqual(frame["value.words"].tolist()[0], "several hundred people")
        self.assertTrue(pandas.isna(frame["value.best"][0]))
        maybe = query("figures | where possibly value > 9_500 people").to_pandas()
        self.assertEqual(maybe["maybe"].tolist(), [True, True, False, False])

    @needs_pyarrow
    def test_a_stream_is_taken_once(self):
        capsule = query("figures").__arrow_c_stream__()

        class Given:
            def __arrow_c_stream__(self, requested_schema=None):
                return capsule

        self.assertEqual(pyarrow.RecordBatchReader.from_stream(Given()).read_all().num_rows, 9)
        with self.assertRaises(ValueError):
            pyarrow.RecordBatchReader.from_stream(Given())


if __name__ == "__main__":
    unittest.main()
