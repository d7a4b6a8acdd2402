/* As much of JSON (RFC 8259) as a line with a query needs, read strictly and written safely. */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What is left of a line. The first problem stays, and ends the reading. */
typedef struct json_reader {
  const char *at;
  const char *end;
  const char *problem;
  const char *place; /* where the problem is */
} json_reader;

/* A text with its escapes resolved; it may hold NUL bytes. Its owner frees `bytes`. */
typedef struct json_text {
  char *bytes;
  size_t length;
} json_text;

typedef struct json_number {
  bool is_integer;
  int64_t integer;
  double number;
} json_number;

/* Ends the reading with a problem at this place. */
void json_fail(json_reader *reader, const char *problem);

/* The next sign that isn't blank, which is not taken; 0 at the end of the line. */
char json_next(json_reader *reader);

/* Takes a sign if it comes next. */
bool json_take(json_reader *reader, char sign);

/* Takes a sign, which must come next. */
void json_expect(json_reader *reader, char sign, const char *problem);

/* Whether a list or an object goes on behind an element; `last` is its closing bracket. */
bool json_goes_on(json_reader *reader, char last);

json_text json_read_text(json_reader *reader);
json_number json_read_number(json_reader *reader);
bool json_read_truth(json_reader *reader);

/* Writes a text with quotes around it. */
void json_write_text(FILE *file, const char *bytes, size_t length);

#endif
