# SPDX-License-Identifier: Apache-2.0
# Shared by the scripts beside it: source it.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# A compiler cache where one is installed; its entries do not depend on where the checkout lies.
if command -v ccache >/dev/null; then
  export CMAKE_CXX_COMPILER_LAUNCHER=ccache CMAKE_C_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1 \
    CCACHE_SLOPPINESS=pch_defines,time_macros
fi

say() { printf '\n== %s\n' "$*"; }

# build PRESET TARGET [cmake options...]: configures a preset and builds a target of it.
build() {
  local preset=$1 target=$2
  shift 2
  say "Building ($preset)"
  cmake --preset "$preset" "$@" >/dev/null
  cmake --build --preset "$preset" --target "$target"
}

# sample_audit BIN OUT: audits the sample image and cluster without a window, reports in both languages.
sample_audit() {
  local bin=$1 out=$2
  rm -rf "$out"
  mkdir -p "$out"
  say "Making the sample image"
  python3 resources/sample/make-image.py "$out/portal.tar"
  say "Auditing the sample"
  "$bin/tallymann-cli" audit --image "$out/portal.tar" --cluster resources/sample/cluster --save "$out/sample.tally" \
    --organisation "Stadtwerke Musterhafen" --title "Audit 2026-11" \
    --report "$out/bericht.pdf" --report "$out/bericht.html" --report "$out/audit.json" --lang de
  "$bin/tallymann-cli" report "$out/sample.tally" --out "$out/report.pdf" --lang en
  "$bin/tallymann-cli" report "$out/sample.tally" --out "$out/report.html" --lang en
  "$bin/tallymann-cli" verify "$out/sample.tally"
}
