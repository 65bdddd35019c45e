#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds with warnings as errors, audits the sample without a window, runs all tests.
# --sanitize: fuzzers for 60 s each, then the tests of core/, which reads what others hand in, with AddressSanitizer and
# UndefinedBehaviorSanitizer. --sanitize-all: those of the window, the reports' PDF and the programs, too; that takes an hour more.
# --sanitize SECONDS, --sanitize-all SECONDS: another time for each fuzzer. The seed is fixed, so that a failing run can be repeated; to search further, call a
# fuzzer of build/fuzz/bin by hand.
set -euo pipefail
if [ "${1:-}" = --sanitize ] || [ "${1:-}" = --sanitize-all ]; then
  "$(dirname "$0")/dependencies.sh" --sanitize
  . "$(dirname "$0")/common.sh"
  build fuzz fuzzers
  say "Fuzzing, ${2:-60} s each"
  mkdir -p build/fuzz/found
  export ASAN_OPTIONS=allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
  find build/fuzz/bin -name 'fuzz_*' -type f -executable | sort | xargs -P "$(nproc)" -I{} bash -c '
    name=$(basename "$1"); corpus=tests/fuzz/corpus/${name#fuzz_}; work=build/fuzz/work/$name; mkdir -p "$work"
    if "$1" -seed=20261122 -max_total_time="$2" -timeout=60 -rss_limit_mb=4096 -artifact_prefix="build/fuzz/found/$name-" "$work" "$corpus" >"build/fuzz/$name.log" 2>&1
    then echo "$name: $(grep -E "^Done" "build/fuzz/$name.log" || tail -1 "build/fuzz/$name.log")"
    else echo "$name: FAILED"; tail -40 "build/fuzz/$name.log"; exit 255; fi' _ {} "${2:-60}"
  if [ "$1" = --sanitize-all ]; then target=all tests=(); else target=core_tests tests=(-L '^core$'); fi
  build asan "$target"
  say "Testing with sanitizers"
  export ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=suppressions=$root/tests/support/lsan.supp:print_suppressions=0
  ctest --preset asan "${tests[@]}" -j "$(nproc)" --output-on-failure
  exit
fi

"$(dirname "$0")/dependencies.sh"
. "$(dirname "$0")/common.sh"
build release all -DTALLY_WERROR=ON -DBUILD_TESTING=ON
sample_audit build/release/bin build/release/sample
say "Testing"
ctest --preset release -j "$(nproc)" --output-on-failure
