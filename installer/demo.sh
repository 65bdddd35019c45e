#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh clone to the window: installs what is missing, builds, audits the sample image and cluster, writes both reports
# into demo/ and, where there is a display, opens the window on that audit.
set -euo pipefail
"$(dirname "$0")/dependencies.sh"
. "$(dirname "$0")/common.sh"
build release all -DBUILD_TESTING=OFF
sample_audit build/release/bin demo

say "Done"
echo "German report:  demo/bericht.pdf  demo/bericht.html"
echo "English report: demo/report.pdf  demo/report.html"
echo "Audit file:     demo/sample.tally"
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  setsid --fork build/release/bin/tallymann demo/sample.tally >demo/window.log 2>&1 </dev/null
  echo "The window opens on the sample audit."
else
  echo "No display here: start build/release/bin/tallymann demo/sample.tally where there is one."
fi
