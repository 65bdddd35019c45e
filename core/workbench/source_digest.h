// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/workbench/workbench.h"

#include <filesystem>

namespace tally {

/// Name, size, time and SHA-256 of what was handed over. A folder's digest: over the sorted lines "path NUL sha256 LF"
/// of its regular files (cli-json.md); symbolic links and special files are left out. Files are hashed in parallel;
/// about 1 GB/s a core. Errors: NotFound, Io, LimitExceeded, Cancelled.
[[nodiscard]] Result<Source> describeSource(
    const std::filesystem::path &path, const Limits &limits, const RunContext &run);

} // namespace tally
