#include "json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void json_fail(json_reader *reader, const char *problem) {
  if (!reader->problem) {
    reader->problem = problem;
    reader->place = reader->at;
  }
  reader->at = reader->end;
}

/* ---- Signs ---- */

char json_next(json_reader *reader) {
  while (reader->at < reader->end && memchr(" \t\r\n", *reader->at, 4)) reader->at++;
  return reader->at < reader->end ? *reader->at : 0;
}

bool json_take(json_reader *reader, char sign) {
  if (json_next(reader) != sign || reader->at == reader->end) return false;
  reader->at++;
  return true;
}

void json_expect(json_reader *reader, char sign, const char *problem) {
  if (!json_take(reader, sign)) json_fail(reader, problem);
}

bool json_goes_on(json_reader *reader, char last) {
  if (json_take(reader, last)) return false;
  json_expect(reader, ',', "expected a comma or the closing bracket");
  return !reader->problem;
}

/* ---- Texts ---- */

static void append_scalar(json_text *text, uint32_t scalar) {
  char *bytes = text->bytes + text->length;
  if (scalar < 0x80) {
    bytes[0] = (char)scalar;
    text->length += 1;
  } else if (scalar < 0x800) {
    bytes[0] = (char)(0xC0 | scalar >> 6);
    bytes[1] = (char)(0x80 | (scalar & 0x3F));
    text->length += 2;
  } else if (scalar < 0x10000) {
    bytes[0] = (char)(0xE0 | scalar >> 12);
    bytes[1] = (char)(0x80 | (scalar >> 6 & 0x3F));
    bytes[2] = (char)(0x80 | (scalar & 0x3F));
    text->length += 3;
  } else {
    bytes[0] = (char)(0xF0 | scalar >> 18);
    bytes[1] = (char)(0x80 | (scalar >> 12 & 0x3F));
    bytes[2] = (char)(0x80 | (scalar >> 6 & 0x3F));
    bytes[3] = (char)(0x80 | (scalar & 0x3F));
    text->length += 4;
  }
}

/* Four digits of a \u escape. */
static uint32_t read_unit(json_reader *reader) {
  uint32_t unit = 0;
  for (int digit = 0; digit < 4; digit++) {
    const char *digits = "0123456789abcdef0123456789ABCDEF";
    const char *found =
        reader->at < reader->end && *reader->at ? strchr(digits, *reader->at) : NULL;
    if (!found) {
      json_fail(reader, "expected four hexadecimal digits behind \\u");
      return 0;
    }
    unit = unit << 4 | (uint32_t)((found - digits) & 15);
    reader->at++;
  }
  return unit;
}

static void read_escape(json_reader *reader, json_text *text) {
  static const char signs[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  char sign = reader->at < reader->end ? *reader->at++ : 0;
  const char *simple = sign ? strchr(signs, sign) : NULL;
  if (simple) {
    append_scalar(text, (unsigned char)meant[simple - signs]);
  } else if (sign == 'u') {
    uint32_t unit = read_unit(reader);
    if (unit >= 0xD800 && unit < 0xDC00 && reader->end - reader->at >= 2 &&
        memcmp(reader->at, "\\u", 2) == 0) {
      reader->at += 2;
      uint32_t low = read_unit(reader);
      if (low >= 0xDC00 && low < 0xE000) {
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
      }
    }
    if (unit >= 0xD800 && unit < 0xE000) {
      json_fail(reader, "half a surrogate pair");
    } else {
      append_scalar(text, unit);
    }
  } else {
    json_fail(reader, "no such escape");
  }
}

json_text json_read_text(json_reader *reader) {
  json_text text = {NULL, 0};
  json_expect(reader, '"', "expected a text");
  /* No escape makes a text longer than it is written. */
  text.bytes = malloc((size_t)(reader->end - reader->at) + 1);
  if (!text.bytes) json_fail(reader, "out of memory");
  while (!reader->problem) {
    char sign = reader->at < reader->end ? *reader->at : 0;
    if (reader->at == reader->end) {
      json_fail(reader, "a text without a closing quote");
    } else if ((unsigned char)sign < 0x20) {
      json_fail(reader, "a control character in a text");
    } else if (sign == '"') {
      reader->at++;
      break;
    } else if (sign == '\\') {
      reader->at++;
      read_escape(reader, &text);
    } else {
      text.bytes[text.length++] = sign;
      reader->at++;
    }
  }
  return text;
}

/* ---- Numbers and truths ---- */

/* Takes as many digits as there are. */
static size_t take_digits(json_reader *reader) {
  const char *start = reader->at;
  while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9') reader->at++;
  return (size_t)(reader->at - start);
}

static bool take_one_of(json_reader *reader, const char *signs) {
  if (reader->at == reader->end || !*reader->at || !strchr(signs, *reader->at)) return false;
  reader->at++;
  return true;
}

json_number json_read_number(json_reader *reader) {
  json_number number = {true, 0, 0};
  json_next(reader);
  const char *start = reader->at;
  take_one_of(reader, "-");
  const char *digits = reader->at;
  size_t whole = take_digits(reader);
  bool is_right = whole == 1 || (whole > 1 && *digits != '0');
  if (is_right && take_one_of(reader, ".")) {
    number.is_integer = false;
    is_right = take_digits(reader) > 0;
  }
  if (is_right && take_one_of(reader, "eE")) {
    number.is_integer = false;
    take_one_of(reader, "+-");
    is_right = take_digits(reader) > 0;
  }
  char copy[64];
  size_t length = (size_t)(reader->at - start);
  if (!is_right || length >= sizeof copy) {
    json_fail(reader, "not a number");
    return number;
  }
  memcpy(copy, start, length);
  copy[length] = 0;
  errno = 0;
  if (number.is_integer) number.integer = strtoll(copy, NULL, 10);
  if (errno == ERANGE) number.is_integer = false;
  number.number = strtod(copy, NULL);
  return number;
}

bool json_read_truth(json_reader *reader) {
  char first = json_next(reader);
  const char *word = first == 't' ? "true" : "false";
  size_t length = strlen(word);
  if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0) {
    json_fail(reader, "expected a text, a number, a truth or a list");
    return false;
  }
  reader->at += length;
  return first == 't';
}

/* ---- Writing ---- */

void json_write_text(FILE *file, const char *bytes, size_t length) {
  putc('"', file);
  for (size_t index = 0; index < length; index++) {
    unsigned char byte = (unsigned char)bytes[index];
    if (byte == '"' || byte == '\\') {
      fprintf(file, "\\%c", byte);
    } else if (byte < 0x20 || byte == 0x7F) {
      fprintf(file, "\\u%04x", byte);
    } else {
      putc(byte, file);
    }
  }
  putc('"', file);
}
