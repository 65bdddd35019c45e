# SPDX-License-Identifier: Apache-2.0
# cmake -DROOT=... -DFILES=a;b -DOUTPUT=... -P analysis_digest.cmake: a digest over everything that decides what is
# found in an image. Written only when it changed.
set(digests "")
foreach(file IN LISTS FILES)
  file(SHA256 ${ROOT}/${file} digest)
  string(APPEND digests "${file} ${digest}\n")
endforeach()
string(SHA256 digest "${digests}")
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY NEWLINE_STYLE UNIX CONTENT [[// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tally {

inline constexpr char analysisDigest[] = "@digest@";

} // namespace tally
]])
