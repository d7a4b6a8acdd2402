/*
 * Every function of dossier.h, by a way that goes well and by ways that don't, as often as asked:
 *
 *   valgrind --leak-check=full ./paths 100
 *
 * Whatever isn't freed in the end is a leak of the library or of this program. Exit code 1: something
 * ended otherwise than it should.
 */
#include <dossier.h>
#include <stdio.h>
#include <stdlib.h>

static const dossier_text nothing = {NULL, 0};
static int wrong;

#define TEXT(literal) dossier_text_of(literal)

static void hold(bool is_right, const char *what) {
  if (is_right) return;
  fprintf(stderr, "not so: %s\n", what);
  wrong = 1;
}

/* The call failed with a code; its error is looked at from all sides, and freed. */
static void failed(dossier_error **error, const char *code) {
  dossier_diagnostic diagnostic;
  diagnostic.size = sizeof diagnostic;
  hold(dossier_error_at(*error, 0, &diagnostic), code);
  if (!*error) return;
  hold(strcmp(dossier_error_code(*error).bytes, code) == 0, code);
  hold(dossier_error_rendered(*error).length > dossier_error_message(*error).length, code);
  hold(dossier_error_json(*error).length > 0, code);
  hold(!dossier_error_at(*error, dossier_error_count(*error), &diagnostic), code);
  dossier_error_free(*error);
  *error = NULL;
}

static void went_well(dossier_error **error, const char *what) {
  hold(!*error, what);
  if (*error) fputs(dossier_error_rendered(*error).bytes, stderr);
  dossier_error_free(*error);
  *error = NULL;
}

/* ---- Tables ---- */

static void release(void *context) { free(context); }

static dossier_host *host_with_table(void) {
  enum { rows = 3 };
  dossier_error *error = NULL;
  dossier_table *table = dossier_table_new(rows);
  const uint8_t known[rows] = {1, 0, 1}, truths[rows] = {0, 1, 2}, no_truths[rows] = {0, 1, 3};
  const int64_t low[rows] = {1, 2, INT64_MIN}, high[rows] = {5, 2, 9};
  const double doubles[rows] = {0.5, 1, 2}, upper[rows] = {0.7, 3, 2};
  const int32_t days[rows] = {0, 1, 2}, codes[rows] = {1, -1, 0}, no_codes[rows] = {1, 7, 0};
  const dossier_text texts[rows] = {TEXT("a"), TEXT("b"), TEXT("\303\244")};
  const dossier_text broken[rows] = {TEXT("a"), TEXT("b"), TEXT("\303")};

  for (int again = 0; again < 2; again++) {
    int64_t *lent = calloc(rows, sizeof *lent);
    dossier_owner owner = {sizeof owner, lent, release};
    hold(dossier_table_add_integers(table, TEXT("n"), lent, known, 2, TEXT("people"), &owner,
        &error) != again, "lent");
    if (again) failed(&error, "E0706");
  }
  dossier_table_add_integers(table, TEXT("m"), high, NULL, 0, TEXT("peple"), NULL, &error);
  failed(&error, "E0705");
  dossier_table_add_integers(table, TEXT("m"), high, NULL, 19, nothing, NULL, &error);
  failed(&error, "E0703");
  hold(dossier_table_add_doubles(table, TEXT("x"), doubles, known, nothing, NULL, &error), "x");
  dossier_table_add_doubles(table, TEXT("y"), NULL, known, nothing, NULL, &error);
  failed(&error, "E0710");
  hold(dossier_table_add_integer_ranges(table, TEXT("q"), low, NULL, high, known, 0, TEXT("km"),
      NULL, &error), "q");
  dossier_table_add_integer_ranges(table, TEXT("r"), high, NULL, low, NULL, 0, nothing, NULL,
      &error);
  failed(&error, "E0704");
  hold(dossier_table_add_double_ranges(table, TEXT("r"), doubles, doubles, upper, NULL, nothing,
      NULL, &error), "r");
  hold(dossier_table_add_texts(table, TEXT("s"), texts, known, &error), "s");
  dossier_table_add_texts(table, TEXT("t"), broken, NULL, &error);
  failed(&error, "E0712");
  hold(dossier_table_add_coded_texts(table, TEXT("c"), codes, texts, rows, NULL, &error), "c");
  dossier_table_add_coded_texts(table, TEXT("t"), no_codes, texts, rows, NULL, &error);
  failed(&error, "E0702");
  hold(dossier_table_add_days(table, TEXT("d"), days, NULL, known, NULL, &error), "d");
  hold(dossier_table_add_days(table, TEXT("e"), days, days, NULL, NULL, &error), "e");
  hold(dossier_table_add_truths(table, TEXT("t"), truths, known, &error), "t");
  dossier_table_add_truths(table, TEXT("u"), no_truths, NULL, &error);
  failed(&error, "E0703");

  dossier_host *host = dossier_host_new();
  hold(dossier_host_add_table(host, TEXT("mine"), table, &error), "table");
  dossier_host_add_table(host, TEXT("mine"), (dossier_table *)host, &error);
  failed(&error, "E0711");
  went_well(&error, "tables");
  dossier_table_free(table);
  return host;
}

/* ---- Functions ---- */

static void answer_call(
    void *context, const dossier_cell *values, size_t count, dossier_result *result) {
  int *calls = context;
  ++*calls;
  dossier_cell element = DOSSIER_CELL;
  if (count > 1 && dossier_cell_element(&values[1], 0, &element, NULL)) {
    dossier_result_set_text(result, element.text);
  } else {
    dossier_result_fail(result, TEXT("there is no element"));
  }
  hold(!dossier_result_is_stopped(result), "stopped");
  dossier_cell_clear(&element);
}

static void add_functions(dossier_host *host) {
  dossier_error *error = NULL;
  for (int again = 0; again < 2; again++) {
    dossier_function function = {
        sizeof function, TEXT("number, [text]"), TEXT(again ? "colour" : "text"), false, false, 1,
        calloc(1, sizeof(int)), answer_call, release};
    hold(dossier_host_add_function(host, TEXT("nth"), &function, &error) != again, "function");
    if (again) failed(&error, "E0714");
  }
  hold(dossier_host_allow_folder(host, TEXT("/tmp"), &error), "folder");
  dossier_host_allow_folder(host, TEXT("/nowhere/at/all"), &error);
  failed(&error, "E0717");
}

/* ---- Answers ---- */

static void look_at_cells(const dossier_answer *answer) {
  dossier_error *error = NULL;
  dossier_cell cell = DOSSIER_CELL, element = DOSSIER_CELL;
  for (size_t row = 0; row < dossier_answer_row_count(answer); row++) {
    dossier_answer_row_is_maybe(answer, row);
    for (size_t field = 0; field < dossier_answer_field_count(answer); field++) {
      hold(dossier_answer_cell(answer, row, field, &cell, &error), "cell");
      for (size_t index = 0; index < cell.count; index++) {
        hold(dossier_cell_element(&cell, index, &element, &error), "element");
      }
    }
    dossier_texts_free(dossier_answer_citations(answer, row, &error));
  }
  went_well(&error, "cells");
  dossier_answer_cell(answer, 0, 99, &cell, &error);
  failed(&error, "E0713");
  dossier_cell_element(&cell, 99, &element, &error);
  hold(error != NULL, "no element");
  dossier_error_free(error);
  dossier_cell_clear(&cell);
  dossier_cell_clear(&element);
  dossier_cell_clear(&cell);
}

static void write_all(const dossier_answer *answer) {
  static const char *const formats[] = {"table", "csv", "tsv", "json", "jsonl", "markdown", "html"};
  dossier_error *error = NULL;
  dossier_display display = {sizeof display, 60, 5, 1, true, true, true};
  for (size_t index = 0; index < sizeof formats / sizeof *formats; index++) {
    dossier_texts *texts = dossier_answer_write(answer, TEXT(formats[index]), &display, &error);
    hold(dossier_texts_count(texts) == 2 && dossier_texts_at(texts, 0).length > 0, formats[index]);
    dossier_texts_free(texts);
  }
  went_well(&error, "formats");
  dossier_answer_write(answer, TEXT("tabel"), NULL, &error);
  failed(&error, "E0714");
  dossier_texts *notes = dossier_answer_notes(answer, &error);
  for (size_t index = 0; index < dossier_texts_count(notes); index++) dossier_texts_at(notes,
      index);
  dossier_texts_free(notes);
}

/* The stream, read whole, read and half moved, and not read at all. */
static void stream(const dossier_answer *answer, int way) {
  dossier_error *error = NULL;
  struct ArrowArrayStream stream;
  struct ArrowSchema schema, moved_schema;
  struct ArrowArray array, moved_array, end;
  hold(dossier_answer_arrow(answer, &stream, &error), "stream");
  if (way > 0) {
    hold(stream.get_schema(&stream, &schema) == 0, "schema");
    hold(stream.get_next(&stream, &array) == 0 && array.release, "array");
    hold(stream.get_next(&stream, &end) == 0 && !end.release, "end");
  }
  stream.release(&stream);
  if (way > 1) {
    moved_schema = *schema.children[0];
    schema.children[0]->release = NULL;
    moved_array = *array.children[0];
    array.children[0]->release = NULL;
  }
  if (way > 0) {
    schema.release(&schema);
    array.release(&array);
  }
  if (way > 1) {
    moved_schema.release(&moved_schema);
    moved_array.release(&moved_array);
  }
}

/* ---- Queries ---- */

static void ask(const dossier_host *host, dossier_cancel *cancel, const char *text) {
  dossier_error *error = NULL;
  dossier_query *query =
      dossier_prepare(NULL, host, TEXT(text), TEXT("asked"), nothing, &error);
  dossier_answer *answer =
      query ? dossier_query_run(query, NULL, NULL, cancel, &error) : NULL;
  went_well(&error, text);
  dossier_query_free(query);
  if (!answer) return;
  dossier_answer *kept = dossier_answer_keep(answer);
  dossier_answer_free(answer);
  for (size_t field = 0; field < dossier_answer_field_count(kept); field++) {
    dossier_text name = dossier_answer_field_name(kept, field);
    hold(dossier_answer_field_named(kept, name) == (ptrdiff_t)field, "name");
    dossier_answer_field_type(kept, field);
  }
  dossier_answer_finding(kept);
  look_at_cells(kept);
  write_all(kept);
  for (int way = 0; way < 3; way++) stream(kept, way);
  dossier_answer_free(kept);
}

static void refuse(
    const dossier_host *host, const char *text, const dossier_limits *limits,
    dossier_cancel *cancel, const char *code) {
  dossier_error *error = NULL;
  dossier_query *query = dossier_prepare(NULL, host, TEXT(text), nothing, nothing, &error);
  dossier_answer *answer =
      query ? dossier_query_run(query, NULL, limits, cancel, &error) : NULL;
  hold(!answer, text);
  dossier_answer_free(answer);
  dossier_query_free(query);
  failed(&error, code);
}

static void give_values(void) {
  dossier_error *error = NULL;
  const bool truths[] = {true, false};
  const int64_t integers[] = {1, 2};
  const double numbers[] = {0.5, 2};
  const dossier_text texts[] = {TEXT("a"), TEXT("b, c")}, broken[] = {TEXT("\377")};
  dossier_values *values = dossier_values_new();
  dossier_values_set_truth(values, TEXT("a"), true, &error);
  dossier_values_set_integer(values, TEXT("b"), INT64_MIN + 2, &error);
  dossier_values_set_number(values, TEXT("c"), 0.25, &error);
  dossier_values_set_text(values, TEXT("d"), TEXT("about 5 km"), &error);
  dossier_values_set_truths(values, TEXT("e"), truths, 2, &error);
  dossier_values_set_integers(values, TEXT("f"), integers, 2, &error);
  dossier_values_set_numbers(values, TEXT("g"), numbers, 2, &error);
  dossier_values_set_texts(values, TEXT("h"), texts, 2, &error);
  went_well(&error, "values");
  dossier_values_set_texts(values, TEXT("h"), broken, 1, &error);
  failed(&error, "E0712");
  dossier_values_set_integers(values, TEXT("h"), NULL, 1, &error);
  failed(&error, "E0710");
  dossier_query *query = dossier_prepare(
      NULL, NULL, TEXT("figures | take 1 | select x = b + 5, y = d * 2, z = length(h), a"), nothing,
      TEXT("a: truth, b: integer, c: number, d: quantity, e: [truth], f: [integer], "
           "g: [number], h: [text]"),
      &error);
  for (int run = 0; run < 2; run++) {
    dossier_answer *answer = dossier_query_run(query, values, NULL, NULL, &error);
    went_well(&error, "values");
    dossier_answer_free(answer);
  }
  dossier_values_set_text(values, TEXT("b"), TEXT("five"), &error);
  dossier_query_run(query, values, NULL, NULL, &error);
  failed(&error, "E0321");
  dossier_prepare(NULL, NULL, TEXT("1"), nothing, TEXT("a: colour"), &error);
  failed(&error, "E0714");
  dossier_query_free(query);
  dossier_values_free(values);
}

/* ---- Sessions ---- */

static bool take(void *context, const dossier_answer *answer) {
  return dossier_answer_row_count(answer) > 0 && !*(bool *)context;
}

static void run_session(const dossier_host *host, dossier_cancel *cancel) {
  dossier_error *error = NULL;
  bool stops = false;
  dossier *facts = dossier_from_script(
      TEXT("source s \"S\" { lang: \"en\" }; actor a \"A\"; figure f { subject: a, "
           "measure: \"lost\", value: about 5 km }"),
      TEXT("mine.q"), &error);
  dossier_session *session = dossier_session_new(facts, host, cancel, &error);
  went_well(&error, "session");
  dossier_free(facts);
  dossier_session_run(session, TEXT("let x = figures; x; mine"), nothing, NULL, NULL, take,
      &stops, &error);
  dossier_session_run(session, TEXT("x | select value"), nothing, NULL, NULL, NULL, NULL, &error);
  went_well(&error, "session");
  stops = true;
  dossier_session_run(session, TEXT("x"), nothing, NULL, NULL, take, &stops, &error);
  failed(&error, "E0716");
  dossier_session_run(session, TEXT("nosuch"), nothing, NULL, NULL, take, &stops, &error);
  failed(&error, "E0202");
  dossier_session_free(session);
  dossier_free(dossier_from_script(TEXT("actor a { b: 1 }"), nothing, &error));
  hold(error != NULL, "a wrong dossier");
  dossier_error_free(error);
  dossier_free(dossier_built_in());
}

static void go_all_ways(void) {
  dossier_error *error = NULL;
  dossier_cancel *cancel = dossier_cancel_new();
  dossier_host *host = host_with_table();
  add_functions(host);
  ask(host, cancel, "mine");
  ask(host, cancel, "mine | select first = nth(x, [\"a\", \"b\"])");
  refuse(host, "nth(1, []) ", NULL, NULL, "E0731");
  refuse(host, "nth(1..2, [\"a\"])", NULL, NULL, "E0373");
  refuse(host, "open(\"../nosuch.csv\")", NULL, NULL, "E0502");
  ask(NULL, cancel, "figures | where possibly value > 9_500 people");
  ask(NULL, NULL, "events | take 3");
  ask(NULL, NULL, "check figures | where measure == \"killed\" : \"some were killed\"");
  ask(NULL, NULL, "[{p: @2024-01-02/.., l: [\"a\", \"b\"], x: 1.25}] | derive y = x / 3");
  dossier_limits limits;
  dossier_limits_default(&limits, sizeof limits);
  limits.rows = 1;
  refuse(NULL, "figures", &limits, NULL, "E0601");
  limits.size = 3;
  refuse(NULL, "figures", &limits, NULL, "E0711");
  dossier_limits_untrusted(&limits, sizeof limits);
  dossier_cancel_request(cancel);
  refuse(NULL, "figures", &limits, cancel, "E0690");
  dossier_cancel_reset(cancel);
  refuse(NULL, "figures | where subjct == 1 and valu > 2", NULL, NULL, "E0201");
  refuse(NULL, "figures | where unit(value) == \"people\" | summarize t = sum(value)", NULL, NULL,
      "E0430");
  refuse(NULL, "\"", NULL, NULL, "E0105");
  refuse(NULL, "open(\"/etc/passwd\")", NULL, NULL, "E0502");
  give_values();
  run_session(host, cancel);
  dossier_query_run(NULL, NULL, NULL, NULL, &error);
  failed(&error, "E0710");
  dossier_host_free(host);
  dossier_cancel_free(cancel);
}

int main(int count, char **arguments) {
  int times = count > 1 ? atoi(arguments[1]) : 1;
  hold(dossier_abi_version() == DOSSIER_ABI_VERSION && dossier_version().length > 0, "version");
  for (int time = 0; time < times; time++) go_all_ways();
  return wrong;
}
