// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/pod_security.h"
#include "core/workbench/workbench.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What `tallymann-cli cluster --json` writes (cli-json.md): UTF-8, one document, ends with a line feed. Workloads in
/// input order, each judged by the Pod Security Standards of `version`. In pieces that make the document one behind the
/// other: joining those of a large export would take as long as writing them. O(objects).
[[nodiscard]] std::vector<std::string> writeClusterJson(const Cluster &cluster, std::span<const Source> sources,
    std::span<const Diagnostic> diagnostics, PodSecurityVersion version, const Translator &de, const Translator &en);

/// "present", "empty", "missing", "forbidden", "redacted".
[[nodiscard]] std::string_view kindStateName(KindState state);

} // namespace tally
