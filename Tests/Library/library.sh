#!/usr/bin/env bash
# Tests the installed C library: Tests/Library/library.sh PREFIX. Each line of output is one promise;
# what this machine can't try is named as skipped.
set -euo pipefail
prefix=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

kept() { echo "ok: $*"; }
broken() { echo "BROKEN: $*" >&2; exit 1; }
skipped() { echo "skipped: $*"; }
has() { command -v "$1" > /dev/null; }

library=$(ls "$prefix"/lib/libCDossier.*.*)
header=$prefix/include/dossier.h

# What is exported is what the header declares.
cc -E -P "$header" | grep -v '^static\|^ ' | grep -o '\bdossier_[a-z_]*(' | tr -d '(' \
  | sort -u > "$work/declared"
nm -D --defined-only --extern-only "$library" | awk '{ print $3 }' | sort -u > "$work/exported"
diff "$work/declared" "$work/exported" || broken "exports and header differ"
kept "$(wc -l < "$work/exported") functions exported, those of dossier.h"

# It needs no Swift library.
if has ldd; then
  ldd "$library" > "$work/needed"
  grep -i swift "$work/needed" && broken "a Swift library is needed"
  grep -i 'not found' "$work/needed" && broken "something is missing"
  kept "no Swift library is needed"
fi

# Programs find it by pkg-config, and run without an environment.
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
if has pkg-config; then
  flags=$(pkg-config --cflags --libs dossier)
  kept "pkg-config knows version $(pkg-config --modversion dossier)"
else
  flags="-I$prefix/include -L$prefix/lib -lCDossier"
  skipped "pkg-config is missing"
fi
strict="-std=c99 -Wall -Wextra -Wpedantic -Werror -g -Wl,-rpath,$prefix/lib"
example=$root/examples/embed/c
cc $strict "$example"/*.c $flags -o "$work/answer"
cc $strict "$root/Tests/Library/paths.c" $flags -o "$work/paths"

# Runs a command where no Swift can be seen, if the machine lets one.
swift_home=$(dirname "$(dirname "$(readlink -f "$(command -v "${SWIFT:-swift}" || echo /nowhere/bin/swift)")")")
hidden() { unshare --mount --map-root-user sh -c 'mount -t tmpfs none "$0" && exec "$@"' "$swift_home" "$@"; }
if [ -d "$swift_home/lib/swift" ] && has unshare && hidden true 2> /dev/null; then
  kept "the Swift toolchain is hidden for what follows"
else
  hidden() { "$@"; }
  skipped "the Swift toolchain can't be hidden here"
fi

hidden env -i "$work/answer" < "$example/queries.jsonl" > "$work/answers"
diff "$example/answers.jsonl" "$work/answers" || broken "the example answers otherwise"
kept "a C program answers under env -i"
hidden env -i "$work/paths" 1 || broken "not all ways end as they should"
kept "all ways of all functions end as they should"
if has python3; then
  hidden env -i "$(command -v python3)" -c '
import ctypes, sys
library = ctypes.CDLL(sys.argv[1])
assert library.dossier_abi_version() == 1
' "$library" || broken "Python can't load it"
  kept "Python loads it under env -i"
  hidden env -i DOSSIER_LIBRARY="$library" PYTHONDONTWRITEBYTECODE=1 "$(command -v python3)" \
    "$root/examples/embed/python/tour.py" > "$work/tour" || broken "the Python module can't use it"
  diff "$root/examples/embed/python/tour.out" "$work/tour" || broken "the Python tour prints otherwise"
  kept "the Python module prints its tour under env -i"
else
  skipped "Python is missing"
fi

# Nothing is lost, and no memory is used that isn't its own. Values that aren't initialised are not asked
# for: Swift copies enums with the bits that their case leaves open.
if ! has valgrind; then
  skipped "valgrind is missing"
  exit 0
fi
checked() {
  valgrind --quiet --suppressions="$root/Tests/Library/valgrind.supp" --undef-value-errors=no \
    --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \
    --error-exitcode=9 --num-callers=40 "$@" > "$work/out" 2> "$work/valgrind" \
    || { head -60 "$work/valgrind"; broken "valgrind: $*"; }
}
for _ in $(seq 100); do cat "$example/queries.jsonl"; done > "$work/queries"
checked "$work/paths" 100
kept "100 times all ways of all functions: nothing is lost"
checked "$work/answer" < "$work/queries"
kept "100 times the lines of the example: nothing is lost"
