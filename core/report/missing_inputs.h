// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <string>
#include <vector>

namespace tally {

/// The command with which the audited party gets what was needed and not seen (Basis::missing): kubectl for a kind,
/// docker save for images, the export script for a whole cluster. "" where no command helps.
/// Names of images come from the export, and people paste the command into a shell: those with anything but plain
/// characters are left out. Cost: the workloads.
[[nodiscard]] std::string commandFor(const AuditState &audit, const std::string &need);

/// References of images that the cluster's workloads run, each once, sorted, that no image of the audit has.
[[nodiscard]] std::vector<std::string> imagesNotHandedOver(const AuditState &audit);

} // namespace tally
