"""What a terminal shows of a session, as pyte sees it: cells, colours and the cursor.

The tests in Swift have a terminal of their own; this is the second opinion. `make test-screen` runs
it. A test is a function whose name begins with `test_`; it gets a folder that is its home.
"""

import os
import sys
import tempfile
import time
import traceback

import pexpect
import pyte

PROGRAM = os.path.abspath(sys.argv[1])
PROMPT = "dossier> "
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
ALT_ENTER, DROP, END, HOME, LAST = "\x1b\r", "\x03", "\x04", "\x01", "\x05"
DEADLINE = 20

# pyte's names of the sixteen colours, as the program uses them.
KEYWORD, FUNCTION, TEXT, VALUE, GREY, MISTAKE = "magenta", "cyan", "green", "brown", "brightblack", "red"


class FoldingScreen(pyte.Screen):
    """A screen that folds long lines anew when its width changes, as today's terminals do."""

    def resize(self, lines=None, columns=None):
        rows = [self.display[y].rstrip() if len(self.display[y].rstrip()) < self.columns
                else self.display[y] for y in range(self.cursor.y + 1)]
        joined, place = [""], (0, 0)
        for y, row in enumerate(rows):
            if y == self.cursor.y:
                place = (len(joined) - 1, len(joined[-1]) + self.cursor.x)
            joined[-1] += row
            if len(row) < self.columns and y < self.cursor.y:
                joined.append("")
        super().resize(lines, columns)
        self.erase_in_display(2)
        folded, cursor = [], (0, 0)
        for number, line in enumerate(joined):
            parts = [line[i:i + self.columns] for i in range(0, len(line), self.columns)] or [""]
            if number == place[0]:
                row, column = divmod(place[1], self.columns)
                parts += [""] * (row + 1 - len(parts))
                cursor = (len(folded) + row, column)
            folded += parts
        lost = max(0, len(folded) - self.lines)
        for y, part in enumerate(folded[lost:]):
            self.cursor_position(y + 1, 1)
            self.draw(part)
        self.cursor_position(cursor[0] - lost + 1, cursor[1] + 1)


class Session:
    """The program on a terminal, and what that shows."""

    def __init__(self, home, rows=24, columns=80, options=(), **environment):
        plain = {"HOME": home, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        self.program = pexpect.spawn(
            PROGRAM, list(options), env={**plain, **environment}, dimensions=(rows, columns),
            encoding="utf-8")
        self.screen = FoldingScreen(columns, rows)
        self.stream = pyte.Stream(self.screen)
        self.see("the prompt", lambda: self.line == PROMPT.rstrip() and self.cursor == 9)

    def see(self, what, is_there):
        """Reads until the screen is as a test wants it."""
        end = time.monotonic() + DEADLINE
        while not is_there():
            try:
                self.stream.feed(self.program.read_nonblocking(65536, end - time.monotonic()))
            except (pexpect.TIMEOUT, pexpect.EOF):
                raise AssertionError(f"{what} did not come; cursor {self.screen.cursor.y, self.cursor} in\n"
                                     + "\n".join(self.lines)) from None
            if time.monotonic() > end:
                raise AssertionError(f"{what} did not come in time")

    def type(self, text):
        self.program.send(text)

    def ask(self, text, answer):
        """Enters a line and waits for its answer and the next prompt."""
        self.type(text + "\r")
        self.see(answer, lambda: self.cursor == 9 and self.line == PROMPT.rstrip()
                 and any(answer in line for line in self.lines))

    def resize(self, rows, columns, folds=True):
        (FoldingScreen if folds else pyte.Screen).resize(self.screen, rows, columns)
        self.program.setwinsize(rows, columns)

    def leave(self):
        """Ends the session, which must leave the terminal as pexpect had set it."""
        self.type(END)
        self.program.expect(pexpect.EOF, timeout=DEADLINE)
        self.program.close()
        assert self.program.exitstatus == 0, self.program.status

    @property
    def lines(self):
        lines = [line.rstrip() for line in self.screen.display]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    @property
    def line(self):
        return self.screen.display[self.screen.cursor.y].rstrip()

    @property
    def cursor(self):
        return self.screen.cursor.x

    def coloured(self, colour):
        """The text that stands in a colour."""
        return "".join(
            self.screen.buffer[y][x].data for y in range(self.screen.lines)
            for x in range(self.screen.columns) if self.screen.buffer[y][x].fg == colour)


def test_words_are_coloured_while_they_are_typed(home):
    session = Session(home)
    session.type('figures | where measure == "killed" and value > 5.6 bn')
    session.see("the colours", lambda: session.coloured(KEYWORD) == "whereand"
                and session.coloured(TEXT) == '"killed"' and session.coloured(VALUE) == "5.6bn")
    assert session.cursor == 9 + 54
    session.type(HOME + "#")
    session.see("a comment", lambda: session.coloured(GREY).startswith("#figures | where")
                and session.coloured(KEYWORD) == "" and session.cursor == 10)
    session.type("\x7f")
    session.see("the colours", lambda: session.coloured(KEYWORD) == "whereand")
    session.type(DROP)
    session.see("the prompt", lambda: session.line == PROMPT.rstrip())
    session.leave()


def test_a_line_that_is_folded_is_coloured_and_edited_in_its_middle(home):
    session = Session(home, columns=30)
    session.type('figures | where "killed" and 1')
    session.see("two rows", lambda: session.lines[-2:] == [
        'dossier> figures | where "kill', 'ed" and 1'])
    session.see("the text", lambda: session.coloured(TEXT) == '"killed"' and session.cursor == 9)
    session.type(LEFT * 9)
    session.see("the margin", lambda: session.cursor == 0)
    session.type("山")
    session.see("a wide letter at the margin", lambda: session.lines[-2:] == [
        'dossier> figures | where "kill', '山ed" and 1'] and session.cursor == 2)
    session.see("the text", lambda: session.coloured(TEXT).replace(" ", "") == '"kill山ed"')
    session.type(LEFT + "x")
    session.see("the wide letter further on", lambda: session.lines[-2:] == [
        'dossier> figures | where "kill', 'x山ed" and 1'] and session.cursor == 1)
    session.type(DROP)
    session.see("the prompt", lambda: session.line == PROMPT.rstrip())
    session.leave()


def test_a_hint_is_grey_goes_with_enter_and_is_taken_with_the_right_arrow(home):
    session = Session(home)
    session.ask("20 + 22", "42")
    session.type("2")
    session.see("the hint", lambda: session.line == "dossier> 20 + 22"
                and session.coloured(GREY).replace(" ", "") == "0+22" and session.cursor == 10)
    session.type("\r")
    session.see("the answer", lambda: session.lines[-3:] == ["dossier> 2", "2", "dossier>"])
    session.type("20")
    session.see("the hint", lambda: session.line == "dossier> 20 + 22" and session.cursor == 11)
    session.type(RIGHT)
    session.see("the entry", lambda: session.line == "dossier> 20 + 22" and session.cursor == 16
                and session.coloured(GREY) == "")
    session.ask("", "42")
    session.leave()


def test_rows_of_a_block_can_be_reached_and_changed(home):
    session = Session(home)
    session.type("figures" + ALT_ENTER)
    session.see("a row", lambda: session.cursor == 0)
    session.type('| where measure == "山田"')
    session.see("the block", lambda: session.lines[-2:] == [
        "dossier> figures", '| where measure == "山田"'])
    session.type(UP + LAST + "x")
    session.see("the first row", lambda: session.lines[-2] == "dossier> figuresx"
                and session.cursor == 17)
    session.type(DOWN + LAST + LEFT + LEFT + "本")
    session.see("the second row", lambda: session.lines[-1] == '| where measure == "山本田"'
                and session.cursor == 24 and session.coloured(KEYWORD) == "where")
    session.type(DROP)
    session.see("the prompt below", lambda: session.lines[-2:] == [
        '| where measure == "山本田"^C', "dossier>"])
    session.leave()


def test_a_list_of_candidates_stands_between_the_line_and_its_copy(home):
    for columns in (40, 80):
        session = Session(home, columns=columns)
        session.type("figures | where s")
        session.see("the line", lambda: session.cursor == 26)
        session.type("\t")
        session.see("the list", lambda: session.line == "dossier> figures | where s"
                    and session.cursor == 26 and session.lines.count(session.line) == 2)
        first = session.lines.index("dossier> figures | where s")
        listed = session.lines[first + 1:-1]
        assert any("subject" in line and "actor" in line for line in listed), listed
        assert all(len(line) < columns for line in listed), listed
        session.type("ubj\t")
        session.see("the field", lambda: session.line == "dossier> figures | where subject")
        session.type(DROP)
        session.see("the prompt", lambda: session.line == PROMPT.rstrip())
        session.leave()


def test_a_line_is_whole_after_the_terminal_was_made_narrow_and_wide(home):
    session = Session(home)
    text = "1000+2000+3000+4000+5000+6000"  # FoldingScreen takes a blank at the margin for an end.
    session.type(text)
    session.see("the line", lambda: session.line == PROMPT + text and session.coloured(VALUE))
    session.resize(24, 30)
    session.type("1")
    session.see("two rows", lambda: session.lines[-2:] == [
        "dossier> 1000+2000+3000+4000+5", "000+60001"] and session.cursor == 9)
    session.resize(24, 100)
    session.type("2")
    session.see("one row", lambda: session.line == PROMPT + text + "12")
    assert sum("dossier>" in line for line in session.lines) == 1
    session.ask("", "615,012")
    session.leave()


def test_a_typed_line_that_fills_a_small_screen_goes_on_below(home):
    session = Session(home, rows=5, columns=20)
    numbers = [str(number) for number in range(1000, 1040)]
    for number in numbers:
        session.type(("" if number == "1000" else "+") + number)
        session.see(number, lambda: "".join(session.lines).replace("    ...> ", "").endswith(number))
    assert any(line.startswith("    ...> ") for line in session.lines), session.lines
    session.type("\r")
    session.see("the answer", lambda: session.lines[-2:] == ["40,780", "dossier>"])
    session.ask("20 + 22", "42")
    session.leave()


def test_a_terminal_that_folds_nothing_gets_its_line_anew(home):
    session = Session(home, XTERM_VERSION="XTerm(379)")
    session.ask('"above"', "above")
    text = "+".join(str(number) for number in range(1000, 1010))
    session.type(text)
    session.see("the line", lambda: session.line == PROMPT + text and session.coloured(VALUE))
    session.resize(24, 30, folds=False)
    session.type("1")
    session.see("two rows", lambda: session.lines[-3:] == [
        "above", "dossier> 1000+1001+1002+1003+1", "004+1005+1006+1007+1008+10091"])
    session.resize(24, 100, folds=False)
    session.type("2")
    session.see("one row", lambda: session.lines[-2:] == ["above", PROMPT + text + "12"])
    session.ask("", "109,948")
    session.leave()


def test_wide_letters_are_recalled_and_the_cursor_goes_over_them(home):
    session = Session(home)
    session.ask('"山田 Київ"', "山田 Київ")
    session.type(UP)
    session.see("the entry", lambda: session.line == 'dossier> "山田 Київ"' and session.cursor == 20)
    session.type(HOME + RIGHT + RIGHT)
    session.see("behind the first letter", lambda: session.cursor == 12)
    session.type("\x7f")
    session.see("it is gone", lambda: session.line == 'dossier> "田 Київ"' and session.cursor == 10)
    session.type(DROP)
    session.see("the prompt", lambda: session.line == PROMPT.rstrip())
    session.leave()


def test_errors_are_red_and_nothing_is_without_colour(home):
    session = Session(home)
    session.ask("figures | where measur is known", "did you mean 'measure'?")
    assert "error[E0201]" in session.coloured(MISTAKE)
    session.leave()
    session = Session(home, NO_COLOR="1")
    session.ask("figures | where measur is known", "did you mean 'measure'?")
    session.type("20 + 22")
    session.see("the line", lambda: session.line == "dossier> 20 + 22")
    for y in range(session.screen.lines):
        assert all(cell.fg == "default" for cell in session.screen.buffer[y].values())
    session.type(DROP)
    session.see("the prompt", lambda: session.line == PROMPT.rstrip())
    session.leave()


def test_tables_keep_their_columns_under_wide_letters(home):
    session = Session(home)
    session.ask('[{name: "山田太郎", n: 1}, {name: "Kim", n: 22}]', "2 rows")
    bars = {line.index("│") + sum(ord(c) > 0x2E80 for c in line.split("│")[0])
            for line in session.lines if "│" in line}
    assert len(bars) == 1, session.lines
    session.leave()


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    failed = 0
    for name, test in tests:
        with tempfile.TemporaryDirectory() as home:
            try:
                test(home)
            except Exception:
                failed += 1
                print(f"FAILED {name[5:].replace('_', ' ')}")
                traceback.print_exc()
    print(f"{len(tests)} screen tests, {failed} failed")
    sys.exit(1 if failed else 0)


main()
