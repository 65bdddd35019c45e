// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"
#include "core/image/layer_scan.h"
#include "core/image/layer_stack.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tally {

/// os-release and passwd, whose contents the inventory needs.
[[nodiscard]] bool isSystemFile(std::string_view path);

/// "cap_net_raw+ep" from the value of security.capability (linux/capability.h, vfs_cap_data, little endian).
[[nodiscard]] std::string capabilityText(std::string_view value);

/// Fills os, packages, users and risks of an image from the scans of its layers (same order) and the finished stack.
/// The risks of the configuration (environment, labels, history) are there already and stay first.
void takeInventory(Image &image, std::span<const LayerScan *const> scans, const LayerStack &stack,
    std::vector<Diagnostic> &diagnostics);

} // namespace tally
