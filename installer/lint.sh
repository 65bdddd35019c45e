#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# clang-format and clang-tidy on the C++ files that changed since REV (default: the last commit) and on uncommitted ones.
# usage: installer/lint.sh [REV | --all]
set -euo pipefail
"$(dirname "$0")/dependencies.sh" --lint
. "$(dirname "$0")/common.sh"
if [ "${1:-}" = --all ]; then
  mapfile -t files < <(git ls-files '*.h' '*.cpp')
else
  mapfile -t files < <({ git diff --name-only --diff-filter=d "${1:-HEAD~1}"; git ls-files --others --exclude-standard; } | grep -E '\.(h|cpp)$' | sort -u)
fi
[ ${#files[@]} -eq 0 ] && { echo "No C++ file changed."; exit 0; }

say "clang-format: ${#files[@]} files"
clang-format --dry-run -Werror "${files[@]}"
# assembler.cpp: Debian 12's clang cannot compile a header of its qpdf in C++20.
mapfile -t sources < <(printf '%s\n' "${files[@]}" | grep -E '^(core|ui|app)/.*\.cpp$' | grep -vx ui/pdf/assembler.cpp || true)
[ ${#sources[@]} -eq 0 ] && exit 0
[ -f build/dev/build.ninja ] || build dev all
say "clang-tidy: ${#sources[@]} files"
printf '%s\n' "${sources[@]}" | xargs -P "$(nproc)" -n 1 clang-tidy --quiet -p build/dev
