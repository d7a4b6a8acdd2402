// libedit for Swift: one inline function for each argument shape of its variadic functions, and for
// the C names that Swift can't see (the standard streams, environ, ioctl, wcwidth).
#ifndef DOSSIER_CEDITLINE_H
#define DOSSIER_CEDITLINE_H

#if !__has_include(<histedit.h>)
#error "libedit is missing: apt-get install libedit-dev (Fedora: dnf install libedit-devel)"
#else

#include <histedit.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <wchar.h>

typedef char *(*ced_prompt)(EditLine *);
typedef unsigned char (*ced_function)(EditLine *, wint_t);
typedef int (*ced_reader)(EditLine *, wchar_t *);

/// An editor on the standard streams; `program` is the name that ~/.editrc may address.
static inline EditLine *ced_open(const char *program) {
  return el_init(program, stdin, stdout, stderr);
}

static inline int ced_set_string(EditLine *editor, int what, const char *text) {
  return el_set(editor, what, text);
}

static inline int ced_set_flag(EditLine *editor, int what, int value) {
  return el_set(editor, what, value);
}

static inline int ced_set_prompt(EditLine *editor, ced_prompt prompt) {
  return el_set(editor, EL_PROMPT, prompt);
}

static inline int ced_add_function(
    EditLine *editor, const char *name, const char *help, ced_function function) {
  return el_set(editor, EL_ADDFN, name, help, function);
}

static inline int ced_set_reader(EditLine *editor, ced_reader reader) {
  return el_set(editor, EL_GETCFN, reader);
}

static inline int ced_set_owner(EditLine *editor, void *owner) {
  return el_set(editor, EL_CLIENTDATA, owner);
}

static inline void *ced_owner(EditLine *editor) {
  void *owner = NULL;
  el_get(editor, EL_CLIENTDATA, &owner);
  return owner;
}

static inline int ced_set_history(EditLine *editor, History *entries) {
  return el_set(editor, EL_HIST, history, entries);
}

/// `emacs` or `vi`.
static inline const char *ced_key_map(EditLine *editor) {
  const char *name = NULL;
  el_get(editor, EL_EDITOR, &name);
  return name;
}

/// Whether the line can be edited; `edit off` in ~/.editrc turns it off.
static inline int ced_is_editing(EditLine *editor) {
  int value = 0;
  el_get(editor, EL_EDITMODE, &value);
  return value;
}

static inline int ced_refresh(EditLine *editor) {
  return el_set(editor, EL_REFRESH);
}

static inline int ced_history_limit(History *entries, int limit) {
  HistEvent event;
  return history(entries, &event, H_SETSIZE, limit);
}

static inline int ced_history_add(History *entries, const char *text) {
  HistEvent event;
  return history(entries, &event, H_ENTER, text);
}

/// The size of the terminal behind a descriptor; 0 in both where it has none.
static inline void ced_window_size(int descriptor, int *rows, int *columns) {
  struct winsize size = {0, 0, 0, 0};
  (void)ioctl(descriptor, TIOCGWINSZ, &size);
  *rows = size.ws_row;
  *columns = size.ws_col;
}

/// Waits until a descriptor can be read, with `blocked` as the signal mask meanwhile; -1 if a signal
/// comes first.
static inline int ced_wait(int descriptor, const sigset_t *blocked) {
  fd_set readable;
  FD_ZERO(&readable);
  FD_SET(descriptor, &readable);
  return pselect(descriptor + 1, &readable, NULL, NULL, NULL, blocked);
}

extern char **environ;

/// The environment, for programs that are started; Swift takes the name for unsafe.
static inline char **ced_environment(void) {
  return environ;
}

// Declared by hand: <wchar.h> hides it without _XOPEN_SOURCE.
extern int wcwidth(wchar_t);

/// The columns that libedit and the terminal give a character; -1 for a control character.
static inline int ced_width(wchar_t character) {
  return wcwidth(character);
}

#endif
#endif
