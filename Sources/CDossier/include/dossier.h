/*
 * Dossier for C, and for whatever can call C: a query language for attributed, uncertain facts.
 *
 *     dossier_error *error = NULL;
 *     dossier_query *query = dossier_prepare(
 *         NULL, NULL, dossier_text_of("figures | where subject == side | select measure, value"),
 *         dossier_text_of("example"), dossier_text_of("side: text"), &error);
 *     dossier_values *values = dossier_values_new();
 *     dossier_values_set_text(values, dossier_text_of("side"), dossier_text_of("Russia"), &error);
 *     dossier_answer *answer = dossier_query_run(query, values, NULL, NULL, &error);
 *
 * What holds for every function, unless it says otherwise:
 *
 * Owner     A handle that a function returns is the caller's, who frees it with the function of its
 *           kind, in any order: what a handle rests on stays alive. What is handed in stays the
 *           caller's; of texts and arrays copies are made.
 * NULL      Where a handle is needed and NULL is given, a function that tells errors tells E0710, and
 *           others give 0, false, NULL or an empty text. A handle of another kind is E0711. Functions
 *           that free do nothing with NULL. A handle that was freed must not be used.
 * Texts     are UTF-8 with a length. A NULL pointer with length 0 is the empty text. Bytes that aren't
 *           UTF-8, or a NUL among them, are E0712 (in a script E0102 and E0103, with their place). Texts
 *           that are handed out are valid as long as what gave them, and end in a NUL that isn't
 *           counted.
 * Errors    Functions that can fail have a last parameter `error`, which may be NULL. If they fail,
 *           they return NULL or false and put an error there, which the caller frees; else they put
 *           NULL there. Nothing is ever told elsewhere: not in a handle, not on a stream.
 * Threads   Any thread may call anything. `dossier`, `dossier_query`, `dossier_answer`, `dossier_texts`,
 *           `dossier_error` and `dossier_cancel` may be used by several threads at once; the others,
 *           which grow, by one at a time. A thread that prepares or runs needs a stack of 2 MB for
 *           texts that nest deep (250 brackets).
 * Versions  What is declared here stays as it is as long as DOSSIER_ABI_VERSION does. Structs begin with
 *           their size, so that later versions may add members behind; an unknown size is E0711.
 */
#ifndef DOSSIER_H
#define DOSSIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of what is declared here. */
#define DOSSIER_ABI_VERSION 1

/* The version of the library that is loaded; to be held against DOSSIER_ABI_VERSION. */
uint32_t dossier_abi_version(void);

/* ---- Texts ------------------------------------------------------------------------------------ */

/* Bytes in UTF-8, handed over by value. This struct never changes. */
typedef struct dossier_text {
  const char *bytes;
  size_t length;
} dossier_text;

/* A text that ends in a NUL, as C has them; NULL is the empty text. Nothing is copied. */
static inline dossier_text dossier_text_of(const char *bytes) {
  dossier_text text = {bytes, bytes ? strlen(bytes) : 0};
  return text;
}

/* The library's version, such as "0.1.0"; valid for ever. */
dossier_text dossier_version(void);

/* Some texts that the library hands out together. */
typedef struct dossier_texts dossier_texts;

/* How many they are. */
size_t dossier_texts_count(const dossier_texts *texts);

/* One of them, from 0; empty beyond the last. Valid until `texts` is freed. */
dossier_text dossier_texts_at(const dossier_texts *texts, size_t index);

void dossier_texts_free(dossier_texts *texts);

/* ---- Errors ----------------------------------------------------------------------------------- */

/* Why a call failed: all that is wrong in a script, or the one thing that ended a run. */
typedef struct dossier_error dossier_error;

/* One mistake. Its texts are valid until the error is freed. */
typedef struct dossier_diagnostic {
  size_t size;          /* sizeof(dossier_diagnostic), set by the caller */
  dossier_text code;    /* stable: "E0201" */
  dossier_text message; /* one line in lower case */
  dossier_text source;  /* the name of the text that it is in; empty without a place */
  size_t line;          /* from 1; 0 without a place */
  size_t column;        /* in characters, from 1; 0 without a place */
  size_t start;         /* the bytes that are meant: start..end of the text */
  size_t end;
  dossier_text label;   /* what is said of the place; may be empty */
  dossier_text help;    /* a program that does what was probably meant; may be empty */
} dossier_diagnostic;

/* How many mistakes it tells: at least 1, and 0 for NULL. */
size_t dossier_error_count(const dossier_error *error);

/* One of them, from 0. False if there is none such, or `diagnostic` is NULL or of an unknown size. */
bool dossier_error_at(const dossier_error *error, size_t index, dossier_diagnostic *diagnostic);

/* Code and message of the first mistake, all of them as the program `dossier` draws them on a terminal
 * (without colours), and as JSON, one object a line. Valid until the error is freed. */
dossier_text dossier_error_code(const dossier_error *error);
dossier_text dossier_error_message(const dossier_error *error);
dossier_text dossier_error_rendered(const dossier_error *error);
dossier_text dossier_error_json(const dossier_error *error);

void dossier_error_free(dossier_error *error);

/* ---- Limits and cancelling -------------------------------------------------------------------- */

/* How much one run may use; INT64_MAX is no limit. Exceeding one is the error E0601, which names it (of
 * the text itself E0602 and E0603). Nothing in the language catches it. Less than 0 is E0714. */
typedef struct dossier_limits {
  size_t size;          /* sizeof(dossier_limits) */
  int64_t steps;        /* lanes computed: about one a row and operation */
  int64_t memory;       /* bytes that results and intermediate tables may take */
  int64_t rows;         /* rows of one result */
  int64_t output;       /* bytes that an answer may be when it is written out */
  int64_t source_size;  /* bytes of a script */
  int64_t literal_size; /* bytes of one text, number or name of a script */
  int64_t nesting;      /* how deep a script may nest: at most 250, whatever stands here */
  int64_t milliseconds; /* time for one run */
} dossier_limits;

/* For one's own scripts: what functions take for NULL. `size` is sizeof(dossier_limits). */
void dossier_limits_default(dossier_limits *limits, size_t size);

/* For scripts of others: 1,000,000 steps, 64 MB, 10,000 rows, 10 MB written, 100,000 bytes of text with
 * literals of 10,000, nested 100 deep, 1 s. */
void dossier_limits_untrusted(dossier_limits *limits, size_t size);

/* Stops runs. One may serve several runs at once, and then it stops all of them. */
typedef struct dossier_cancel dossier_cancel;

dossier_cancel *dossier_cancel_new(void);

/* Asks the runs that have it to end with E0690, from any thread, and from a signal handler. It stays
 * so for later runs until it is taken back. */
void dossier_cancel_request(dossier_cancel *cancel);

/* Takes the request back. */
void dossier_cancel_reset(dossier_cancel *cancel);

void dossier_cancel_free(dossier_cancel *cancel);

/* ---- Dossiers --------------------------------------------------------------------------------- */

/* The facts that queries ask for: what `figures`, `events` and the other tables hold. Where NULL is
 * given for one, it is the built-in dossier. */
typedef struct dossier dossier;

/* The dossier that is built in: one French press report of December 2024. */
dossier *dossier_built_in(void);

/* The dossier that a script declares. `name` is what errors call it. */
dossier *dossier_from_script(dossier_text script, dossier_text name, dossier_error **error);

void dossier_free(dossier *facts);

/* ---- Tables of the host ----------------------------------------------------------------------- */

/* A table that is put together column by column, each with as many values as the table has rows. */
typedef struct dossier_table dossier_table;

/* Who owns memory that is lent to the library. It must stay as it is until `release` is called: once,
 * from any thread, when nothing uses the memory any more, or at once if the call fails (unless it fails
 * for the size of this struct). Where NULL is given for an owner the values are copied. */
typedef struct dossier_owner {
  size_t size; /* sizeof(dossier_owner) */
  void *context;
  void (*release)(void *context);
} dossier_owner;

dossier_table *dossier_table_new(size_t rows);

/* Numbers: values × 10^−scale, with scale from 0 to 18. Where `known` is 0 a value isn't reported, and
 * should be 0, else the column is copied; NULL: all are reported. `unit` is one of the language, such as
 * "people" or "km/day"; empty for plain numbers. INT64_MIN and INT64_MAX are E0703. */
bool dossier_table_add_integers(
    dossier_table *table, dossier_text name, const int64_t *values, const uint8_t *known,
    int32_t scale, dossier_text unit, const dossier_owner *owner, dossier_error **error);

/* The same as doubles. What is no number isn't reported, and the column is copied then; what is infinite
 * is E0703. */
bool dossier_table_add_doubles(
    dossier_table *table, dossier_text name, const double *values, const uint8_t *known,
    dossier_text unit, const dossier_owner *owner, dossier_error **error);

/* Quantities between two bounds. A low of INT64_MIN and a high of INT64_MAX stand open; `best` may be
 * NULL, or INT64_MIN where none is given. A best that is not between low and high is E0704. */
bool dossier_table_add_integer_ranges(
    dossier_table *table, dossier_text name, const int64_t *low, const int64_t *best,
    const int64_t *high, const uint8_t *known, int32_t scale, dossier_text unit,
    const dossier_owner *owner, dossier_error **error);

/* The same as doubles; what is infinite stands open, and a best that is no number isn't given. */
bool dossier_table_add_double_ranges(
    dossier_table *table, dossier_text name, const double *low, const double *best,
    const double *high, const uint8_t *known, dossier_text unit, const dossier_owner *owner,
    dossier_error **error);

/* Texts, which are copied. Where `known` is 0 a text isn't reported; NULL: all are. */
bool dossier_table_add_texts(
    dossier_table *table, dossier_text name, const dossier_text *texts, const uint8_t *known,
    dossier_error **error);

/* Texts as codes: places in `dictionary`, from 0; −1 isn't reported, −2 doesn't apply. Another code is
 * E0702. The dictionary is copied; the codes are too if it holds a text twice. */
bool dossier_table_add_coded_texts(
    dossier_table *table, dossier_text name, const int32_t *codes, const dossier_text *dictionary,
    size_t dictionary_count, const dossier_owner *owner, dossier_error **error);

/* Days, counted from 1970-01-01; each lies somewhere from earliest to latest. INT32_MIN and INT32_MAX
 * stand open. `latest` may be NULL: the days are exact then. A latest before the earliest is E0704. */
bool dossier_table_add_days(
    dossier_table *table, dossier_text name, const int32_t *earliest, const int32_t *latest,
    const uint8_t *known, const dossier_owner *owner, dossier_error **error);

/* Truths, which are copied: 0 is false, 1 maybe, 2 true; others are E0714. */
bool dossier_table_add_truths(
    dossier_table *table, dossier_text name, const uint8_t *truths, const uint8_t *known,
    dossier_error **error);

void dossier_table_free(dossier_table *table);

/* ---- Cells ------------------------------------------------------------------------------------ */

typedef enum dossier_kind {
  DOSSIER_UNKNOWN = 0,   /* not reported */
  DOSSIER_NONE = 1,      /* doesn't apply */
  DOSSIER_TRUTH = 2,
  DOSSIER_NUMBER = 3,    /* plain and exact: low, best and high are one */
  DOSSIER_QUANTITY = 4,  /* with a unit, a hedge or bounds */
  DOSSIER_TEXT = 5,
  DOSSIER_DATE = 6,
  DOSSIER_PERIOD = 7,
  DOSSIER_REFERENCE = 8, /* a thing of the dossier */
  DOSSIER_LIST = 9
} dossier_kind;

/* One value. A cell begins as DOSSIER_CELL, is read into as often as one likes, and is cleared in the
 * end; its texts are valid until it is read into again or cleared. */
typedef struct dossier_cell {
  size_t size;              /* sizeof(dossier_cell) */
  int32_t kind;             /* dossier_kind: which of the members below say something */
  int32_t truth;            /* 0 false, 1 maybe, 2 true */
  dossier_text text;        /* what a table prints: "several hundred people", "early 2024-08" */
  dossier_text id;          /* of a thing, whose name is `text` */
  dossier_text unit;        /* of a quantity; empty if it has none */
  double low;               /* numbers and quantities: −INFINITY stands open */
  double best;              /* NAN if the words give none */
  double high;              /* INFINITY stands open */
  int32_t scale;            /* exact decimals: coefficients × 10^−scale; −1: only doubles are there */
  int32_t earliest;         /* days from 1970-01-01 on; INT32_MIN stands open */
  int32_t latest;           /* INT32_MAX stands open; of a period the last day of its start */
  int32_t end_earliest;     /* of a period its end */
  int32_t end_latest;
  int64_t low_coefficient;  /* INT64_MIN stands open */
  int64_t best_coefficient; /* INT64_MIN if the words give none */
  int64_t high_coefficient; /* INT64_MAX stands open */
  size_t count;             /* elements of a list */
  void *memory;             /* the library's own */
} dossier_cell;

#define DOSSIER_CELL {.size = sizeof(dossier_cell)}

/* Reads an element of a list, from 0, into another cell. Beyond the last it is E0713; a cell that holds
 * no list is E0711. */
bool dossier_cell_element(
    const dossier_cell *list, size_t index, dossier_cell *cell, dossier_error **error);

/* Frees what a cell holds; it may be read into again. */
void dossier_cell_clear(dossier_cell *cell);

/* ---- What scripts can reach ------------------------------------------------------------------- */

/* What a host gives to scripts. They reach nothing else: no file, no network, no clock. Where NULL is
 * given for a host there is nothing but the dossier. What is added later is not seen by queries and
 * sessions that were made before. */
typedef struct dossier_host dossier_host;

dossier_host *dossier_host_new(void);

/* A table under a name; one of the dossier's is covered. */
bool dossier_host_add_table(
    dossier_host *host, dossier_text name, const dossier_table *table, dossier_error **error);

/* Lets scripts read the regular files below a folder, by paths that lead from it, and no others: not by
 * `..`, links or devices. One that can't be opened is E0717. */
bool dossier_host_allow_folder(dossier_host *host, dossier_text path, dossier_error **error);

/* What a function of the host puts its result into; valid during the call. */
typedef struct dossier_result dossier_result;

/* A function that a host gives to scripts. */
typedef struct dossier_function {
  size_t size;              /* sizeof(dossier_function) */
  dossier_text parameters;  /* types of its values, as dossier_prepare has them: "text, [integer]" */
  dossier_text result;      /* truth, integer, number, text, date, period, or "quantity in km" */
  bool is_impure;           /* it looks at more than its values, and is called for each row */
  bool sees_absent;         /* it wants values that aren't reported or don't apply; else its result
                               isn't reported, or doesn't apply, as soon as one of them is so */
  int64_t cost;             /* steps that a call counts; less than 1 is 1 */
  void *context;            /* the caller's own */

  /* Computes a result for `count` values, each a cell that is valid during the call: dates and periods
   * have their EDTF text only. It is called on the thread that runs the query, and by several at once if
   * several run. It may run queries, not sessions that call it. What it doesn't set isn't reported. */
  void (*call)(
      void *context, const dossier_cell *values, size_t count, dossier_result *result);

  /* Called once, when no query or session has the function any more, or at once if it can't be taken;
   * may be NULL. */
  void (*release)(void *context);
} dossier_function;

/* A function under a name: one of the language is covered, one that a script defines covers. Types that
 * are none are E0714. A range never reaches a function that takes a number: that is E0373 before the run,
 * or E0734. A result of another type than declared ends the run with E0732. */
bool dossier_host_add_function(
    dossier_host *host, dossier_text name, const dossier_function *function,
    dossier_error **error);

/* What a function gives; the last one holds. A truth is 0 false, 1 maybe, 2 true. Bounds of a quantity
 * that are infinite stand open, and a best that is NAN isn't given. A date or a period is a text in EDTF:
 * "2024-10", "2024-02/..". */
void dossier_result_set_unknown(dossier_result *result);
void dossier_result_set_none(dossier_result *result);
void dossier_result_set_truth(dossier_result *result, int32_t truth);
void dossier_result_set_number(dossier_result *result, double number);
void dossier_result_set_quantity(dossier_result *result, double low, double best, double high);
void dossier_result_set_text(dossier_result *result, dossier_text text);
void dossier_result_set_date(dossier_result *result, dossier_text edtf);

/* Ends the run with E0731 and a message, when the call returns. */
void dossier_result_fail(dossier_result *result, dossier_text message);

/* Whether the run was cancelled or has used up its time: a call that takes long asks, and returns. */
bool dossier_result_is_stopped(const dossier_result *result);

void dossier_host_free(dossier_host *host);

/* ---- Values of parameters --------------------------------------------------------------------- */

/* What parameters stand for in a run, by name. Setting one anew replaces it. */
typedef struct dossier_values dossier_values;

dossier_values *dossier_values_new(void);

bool dossier_values_set_truth(
    dossier_values *values, dossier_text name, bool truth, dossier_error **error);
bool dossier_values_set_integer(
    dossier_values *values, dossier_text name, int64_t integer, dossier_error **error);
bool dossier_values_set_number(
    dossier_values *values, dossier_text name, double number, dossier_error **error);

/* A text; and of dates, periods and quantities what a script writes, without `@`: "2024-10",
 * "about 500 people". */
bool dossier_values_set_text(
    dossier_values *values, dossier_text name, dossier_text text, dossier_error **error);

/* Lists. */
bool dossier_values_set_truths(
    dossier_values *values, dossier_text name, const bool *truths, size_t count,
    dossier_error **error);
bool dossier_values_set_integers(
    dossier_values *values, dossier_text name, const int64_t *integers, size_t count,
    dossier_error **error);
bool dossier_values_set_numbers(
    dossier_values *values, dossier_text name, const double *numbers, size_t count,
    dossier_error **error);
bool dossier_values_set_texts(
    dossier_values *values, dossier_text name, const dossier_text *texts, size_t count,
    dossier_error **error);

void dossier_values_free(dossier_values *values);

/* ---- Queries ---------------------------------------------------------------------------------- */

/* A text that is checked once and run often, also by several threads at once. */
typedef struct dossier_query dossier_query;

/* What a query, an expression or a check gives. */
typedef struct dossier_answer dossier_answer;

/* Checks a text.
 *
 * facts       What it asks; NULL: the built-in dossier.
 * host        What else it can reach; NULL: nothing.
 * text        Statements; the answer is that of the last one.
 * name        What errors call the text.
 * parameters  Names with types that each run gives values for, beside the text's own `param`
 *             statements: "side: text, least: quantity, ids: [integer]"; may be empty. Types are truth,
 *             integer, number, quantity, text, date, period, and lists of one; another is E0714.
 */
dossier_query *dossier_prepare(
    const dossier *facts, const dossier_host *host, dossier_text text, dossier_text name,
    dossier_text parameters, dossier_error **error);

/* Runs a query. For NULL `values` there are none, for NULL `limits` those of dossier_limits_default, and
 * for NULL `cancel` nothing stops it. Wrong values are E0321, missing ones E0215, others than those that
 * it has E0216. */
dossier_answer *dossier_query_run(
    const dossier_query *query, const dossier_values *values, const dossier_limits *limits,
    dossier_cancel *cancel, dossier_error **error);

void dossier_query_free(dossier_query *query);

/* ---- Answers ---------------------------------------------------------------------------------- */

/* Another handle of the same answer: with it a callback keeps what it is given. */
dossier_answer *dossier_answer_keep(const dossier_answer *answer);

void dossier_answer_free(dossier_answer *answer);

size_t dossier_answer_row_count(const dossier_answer *answer);
size_t dossier_answer_field_count(const dossier_answer *answer);

/* Name and type of a field, from 0, as `describe` says it: "quantity in people", "[actor]"; empty beyond
 * the last. Valid until the answer is freed. */
dossier_text dossier_answer_field_name(const dossier_answer *answer, size_t field);
dossier_text dossier_answer_field_type(const dossier_answer *answer, size_t field);

/* The place of a field, or −1. */
ptrdiff_t dossier_answer_field_named(const dossier_answer *answer, dossier_text name);

/* What a check found. */
typedef enum dossier_finding {
  DOSSIER_NO_CHECK = 0, /* the answer is none of a check */
  DOSSIER_SUPPORTED = 1,
  DOSSIER_CONTRADICTED = 2,
  DOSSIER_UNDETERMINED = 3
} dossier_finding;

dossier_finding dossier_answer_finding(const dossier_answer *answer);

/* Whether a row is in the result only if something undecided is true. */
bool dossier_answer_row_is_maybe(const dossier_answer *answer, size_t row);

/* The sources of a row, as the notes under a table say them: "Volodymyr Zelensky, on record · French
 * press report …, ¶9". A row beyond the last is E0713. */
dossier_texts *dossier_answer_citations(
    const dossier_answer *answer, size_t row, dossier_error **error);

/* Reads a value into `cell`. A row or field beyond the last is E0713. */
bool dossier_answer_cell(
    const dossier_answer *answer, size_t row, size_t field, dossier_cell *cell,
    dossier_error **error);

/* What the footer of a table says: what stayed undetermined, how words were read. */
dossier_texts *dossier_answer_notes(const dossier_answer *answer, dossier_error **error);

/* How answers are written; 0 stands for what suits a pipe. */
typedef struct dossier_display {
  size_t size;            /* sizeof(dossier_display) */
  size_t width;           /* columns of a terminal to fit into; 0: no limit */
  size_t rows;            /* most rows that a table shows to people; 0: all */
  int32_t cite;           /* sources: 0 for people only, 1 always, −1 never */
  bool colour;            /* the sixteen colours of terminals */
  bool ascii;             /* charts of ASCII signs */
  bool guards_formulas;   /* a ' before texts in CSV that a spreadsheet would run */
} dossier_display;

/* The answer as "table", "csv", "tsv", "json", "jsonl", "markdown" or "html"; another is E0714. Two
 * texts: the answer, and what machine formats say beside it. NULL `display`: all 0. */
dossier_texts *dossier_answer_write(
    const dossier_answer *answer, dossier_text format, const dossier_display *display,
    dossier_error **error);

/* ---- Arrow ------------------------------------------------------------------------------------ */

/* The Arrow C data interface and C stream interface, which never change:
 * https://arrow.apache.org/docs/format/CDataInterface.html */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

#endif

/* The answer as a stream of one batch, whose buffers are those of the answer wherever Arrow has the
 * same layout; both stay alive as long as somebody uses them. `stream` is the caller's memory, whatever
 * it held; the caller releases it.
 *
 * a field that is                Arrow type
 * -----------------------------  ----------------------------------------------------------------
 * numbers, quantities, exact     int64, decimal128(19, scale), double
 * numbers, quantities, between   struct<low, best, high: of these, unit, words: dictionary<utf8>>;
 *   bounds                       what stands open or isn't given is null; words as they are in the
 *                                source ("several hundred people"), null where a value was computed
 * truths                         bool; dictionary<"false", "maybe", "true"> where some may be maybe
 * texts                          dictionary<utf8>
 * dates, exact                   date32
 * dates, else                    struct<earliest, latest: date32, words: dictionary<utf8>>
 * periods                        struct<start, end: struct<earliest, latest>, words>
 * things of the dossier          struct<id, name: dictionary<utf8>>
 * lists                          list
 *
 * What isn't reported and what doesn't apply is null. A field's metadata have "dossier.type", and
 * "dossier.unit" where all rows have one; those of the schema have "dossier.notes". If rows are only
 * maybe in the result, a last field `maybe` says which: bool, with metadata "dossier.membership".
 */
bool dossier_answer_arrow(
    const dossier_answer *answer, struct ArrowArrayStream *stream, dossier_error **error);

/* ---- Sessions --------------------------------------------------------------------------------- */

/* Texts that rest on each other: what one names or declares stays for the next, if all of it ran; one
 * that fails leaves no trace. One run at a time: a second one, also from within a callback, is E0715. */
typedef struct dossier_session dossier_session;

/* A session over `facts` (NULL: the built-in dossier) and what `host` gives (NULL: nothing), which
 * `cancel` stops (NULL: nothing does). */
dossier_session *dossier_session_new(
    const dossier *facts, const dossier_host *host, dossier_cancel *cancel, dossier_error **error);

/* Takes an answer, which is the library's and valid until it returns; dossier_answer_keep keeps it. False
 * ends the text with E0716. */
typedef bool (*dossier_answer_callback)(void *context, const dossier_answer *answer);

/* Runs the statements of a text in order and hands each answer to `each`, on the calling thread. All
 * static errors are told at once, and then nothing runs; an error while running ends the text. `values`
 * are what its `param` statements stand for; NULL: none. NULL `limits`: those of dossier_limits_default.
 * `each` may be NULL: the answers are dropped. */
bool dossier_session_run(
    dossier_session *session, dossier_text text, dossier_text name, const dossier_values *values,
    const dossier_limits *limits, dossier_answer_callback each, void *context,
    dossier_error **error);

void dossier_session_free(dossier_session *session);

#ifdef __cplusplus
}
#endif

#endif
