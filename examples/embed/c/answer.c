/*
 * Answers queries that come as JSON, one object a line:
 *
 *   {"query": "figures | where subject == side", "types": "side: text",
 *    "params": {"side": "Russia"}}
 *
 * For each line one object comes out: the answer with its sources and notes; all that is wrong with the
 * query, with places; or where the line is no such object. The queries may be anybody's: they reach no
 * file, and are stopped after a second.
 *
 *   cc -std=c99 answer.c json.c $(pkg-config --cflags --libs dossier) -o answer
 *   ./answer [DOSSIER.q] < queries.jsonl
 */
#include <dossier.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"

/* ---- Requests ---- */

/* What a line asks. */
typedef struct request {
  json_text query;
  json_text types;
  dossier_values *values;
} request;

static dossier_text text_of(json_text text) {
  dossier_text handed = {text.bytes, text.length};
  return handed;
}

/* A list of texts, numbers or truths, all of one kind. */
static void read_list(
    json_reader *reader, dossier_values *values, dossier_text name, dossier_error **error) {
  size_t count = 0, room = 0;
  json_text *texts = NULL;
  dossier_text *handed = NULL;
  double *numbers = NULL;
  bool *truths = NULL;
  char first = json_next(reader);
  bool are_texts = first == '"', are_truths = first == 't' || first == 'f';
  bool goes_on = !json_take(reader, ']');
  while (goes_on && !reader->problem) {
    if (count == room) {
      room = room * 2 + 8;
      texts = realloc(texts, room * sizeof *texts);
      handed = realloc(handed, room * sizeof *handed);
      numbers = realloc(numbers, room * sizeof *numbers);
      truths = realloc(truths, room * sizeof *truths);
      if (!texts || !handed || !numbers || !truths) abort();
    }
    if (are_texts) {
      texts[count] = json_read_text(reader);
      handed[count] = text_of(texts[count]);
    } else if (are_truths) {
      truths[count] = json_read_truth(reader);
    } else {
      numbers[count] = json_read_number(reader).number;
    }
    count++;
    goes_on = json_goes_on(reader, ']');
  }
  if (reader->problem) {
    /* Told by whoever reads the line. */
  } else if (are_truths) {
    dossier_values_set_truths(values, name, truths, count, error);
  } else if (are_texts || count == 0) {
    dossier_values_set_texts(values, name, handed, count, error);
  } else {
    dossier_values_set_numbers(values, name, numbers, count, error);
  }
  for (size_t index = 0; are_texts && index < count; index++) free(texts[index].bytes);
  free(texts);
  free(handed);
  free(numbers);
  free(truths);
}

static void read_value(
    json_reader *reader, dossier_values *values, dossier_text name, dossier_error **error) {
  char first = json_next(reader);
  if (json_take(reader, '[')) {
    read_list(reader, values, name, error);
  } else if (first == '"') {
    json_text text = json_read_text(reader);
    dossier_values_set_text(values, name, text_of(text), error);
    free(text.bytes);
  } else if (first == '-' || (first >= '0' && first <= '9')) {
    json_number number = json_read_number(reader);
    if (number.is_integer) {
      dossier_values_set_integer(values, name, number.integer, error);
    } else {
      dossier_values_set_number(values, name, number.number, error);
    }
  } else {
    bool truth = json_read_truth(reader);
    dossier_values_set_truth(values, name, truth, error);
  }
}

static void read_values(json_reader *reader, dossier_values *values, dossier_error **error) {
  json_expect(reader, '{', "expected an object of values");
  bool goes_on = !reader->problem && !json_take(reader, '}');
  while (goes_on && !reader->problem && !*error) {
    json_text name = json_read_text(reader);
    json_expect(reader, ':', "expected a colon");
    if (!reader->problem) read_value(reader, values, text_of(name), error);
    free(name.bytes);
    goes_on = !*error && json_goes_on(reader, '}');
  }
}

static bool is_called(json_text name, const char *word) {
  return name.length == strlen(word) && memcmp(name.bytes, word, name.length) == 0;
}

static void read_member(json_reader *reader, request *asked, dossier_error **error) {
  json_text name = json_read_text(reader);
  json_expect(reader, ':', "expected a colon");
  if (reader->problem) {
    /* Told below. */
  } else if (is_called(name, "params")) {
    read_values(reader, asked->values, error);
  } else if (is_called(name, "query") && !asked->query.bytes) {
    asked->query = json_read_text(reader);
  } else if (is_called(name, "types") && !asked->types.bytes) {
    asked->types = json_read_text(reader);
  } else {
    json_fail(reader, "expected \"query\", \"types\" and \"params\", each once");
  }
  free(name.bytes);
}

static void read_request(json_reader *reader, request *asked, dossier_error **error) {
  json_expect(reader, '{', "expected an object");
  bool goes_on = !reader->problem && !json_take(reader, '}');
  while (goes_on && !reader->problem && !*error) {
    read_member(reader, asked, error);
    goes_on = !*error && !reader->problem && json_goes_on(reader, '}');
  }
  if (*error || reader->problem) return;
  if (!asked->query.bytes) json_fail(reader, "there is no \"query\"");
  if (json_next(reader) || reader->at < reader->end) json_fail(reader, "more than one object");
}

/* ---- Answers ---- */

/* JSON of the library, whose lines become one: within texts line breaks are escaped. */
static void write_as_one_line(dossier_text json, char instead_of_break) {
  for (size_t index = 0; index < json.length; index++) {
    bool is_last = index + 1 == json.length;
    if (json.bytes[index] != '\n') {
      putchar(json.bytes[index]);
    } else if (!is_last && instead_of_break) {
      putchar(instead_of_break);
    }
  }
}

static void write_answer(const dossier_answer *answer, dossier_error **error) {
  dossier_display display = {sizeof display, 0, 0, 1, false, false, false};
  dossier_texts *json =
      dossier_answer_write(answer, dossier_text_of("json"), &display, error);
  dossier_texts *notes = json ? dossier_answer_notes(answer, error) : NULL;
  if (notes) {
    printf("\"answer\": ");
    write_as_one_line(dossier_texts_at(json, 0), 0);
    printf(", \"notes\": [");
    for (size_t index = 0; index < dossier_texts_count(notes); index++) {
      dossier_text note = dossier_texts_at(notes, index);
      if (index > 0) printf(", ");
      json_write_text(stdout, note.bytes, note.length);
    }
    putchar(']');
  }
  dossier_texts_free(notes);
  dossier_texts_free(json);
}

static void answer_request(
    const request *asked, const dossier *facts, dossier_cancel *cancel, dossier_error **error) {
  dossier_limits limits;
  dossier_limits_untrusted(&limits, sizeof limits);
  dossier_query *query = dossier_prepare(
      facts, NULL, text_of(asked->query), dossier_text_of("query"), text_of(asked->types), error);
  if (!query) return;
  dossier_answer *answer = dossier_query_run(query, asked->values, &limits, cancel, error);
  if (answer) write_answer(answer, error);
  dossier_answer_free(answer);
  dossier_query_free(query);
}

static void answer_line(
    const char *line, size_t length, size_t number, const dossier *facts, dossier_cancel *cancel) {
  json_reader reader = {line, line + length, NULL, NULL};
  request asked = {{NULL, 0}, {NULL, 0}, dossier_values_new()};
  dossier_error *error = NULL;
  printf("{\"line\": %lu, ", (unsigned long)number);
  read_request(&reader, &asked, &error);
  if (!error && !reader.problem) answer_request(&asked, facts, cancel, &error);
  if (error) {
    printf("\"errors\": [");
    write_as_one_line(dossier_error_json(error), ',');
    putchar(']');
  } else if (reader.problem) {
    printf("\"byte\": %lu, \"problem\": ", (unsigned long)(reader.place - line) + 1);
    json_write_text(stdout, reader.problem, strlen(reader.problem));
  }
  printf("}\n");
  dossier_error_free(error);
  dossier_values_free(asked.values);
  free(asked.query.bytes);
  free(asked.types.bytes);
}

/* ---- Files ---- */

/* Reads to the end of the line or, with EOF for `last`, of the file. False if nothing was left. */
static bool read_until(FILE *file, int last, char **bytes, size_t *length, size_t *room) {
  int sign;
  *length = 0;
  while ((sign = getc(file)) != EOF) {
    if (*length == *room) {
      *room = *room * 2 + 256;
      *bytes = realloc(*bytes, *room);
      if (!*bytes) abort();
    }
    if (sign == last) return true;
    (*bytes)[(*length)++] = (char)sign;
  }
  return *length > 0;
}

static dossier *read_dossier(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    return NULL;
  }
  char *bytes = NULL;
  size_t length = 0, room = 0;
  dossier_error *error = NULL;
  read_until(file, EOF, &bytes, &length, &room);
  fclose(file);
  dossier_text script = {bytes, length};
  dossier *facts = dossier_from_script(script, dossier_text_of(path), &error);
  if (error) fputs(dossier_error_rendered(error).bytes, stderr);
  dossier_error_free(error);
  free(bytes);
  return facts;
}

static dossier_cancel *interrupted;

static void interrupt(int signal_number) {
  (void)signal_number;
  dossier_cancel_request(interrupted);
}

int main(int count, char **arguments) {
  if (count > 2) {
    fprintf(stderr, "usage: %s [DOSSIER.q] < QUERIES.jsonl\n", arguments[0]);
    return 2;
  }
  if (dossier_abi_version() != DOSSIER_ABI_VERSION) {
    fprintf(stderr, "built for version %d of the library\n", DOSSIER_ABI_VERSION);
    return 2;
  }
  dossier *facts = count == 2 ? read_dossier(arguments[1]) : dossier_built_in();
  if (!facts) return 1;
  interrupted = dossier_cancel_new();
  signal(SIGINT, interrupt);
  char *line = NULL;
  size_t length = 0, room = 0, number = 0;
  while (read_until(stdin, '\n', &line, &length, &room)) {
    answer_line(line, length, ++number, facts, interrupted);
    fflush(stdout);
  }
  free(line);
  dossier_cancel_free(interrupted);
  dossier_free(facts);
  return ferror(stdout) ? 1 : 0;
}
