// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"
#include "core/image/layer_scan.h"
#include "core/image/layer_stack.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tally {

/// Why the content of a file is kept while its layer is read.
enum class Interest : std::uint8_t {
    None,
    System, ///< os-release, passwd
    Secret, ///< looked through for credentials, then dropped
};

/// By the path alone ("etc/os-release").
[[nodiscard]] Interest interestIn(std::string_view path);

/// The kind of credential that a file holds: "private-key", "docker-auth", "password-hash", ...; nothing if it holds
/// none. Never a part of it.
[[nodiscard]] std::optional<std::string> secretInFile(std::string_view path, std::string_view content);

/// "cap_net_raw+ep" from the value of security.capability (linux/capability.h, vfs_cap_data, little endian).
[[nodiscard]] std::string capabilityText(std::string_view value);

/// Fills os, packages, users and risks of an image from the scans of its layers (same order) and the finished stack.
/// The risks of the configuration (environment, labels, history) are there already and stay first.
void takeInventory(Image &image, std::span<const LayerScan *const> scans, const LayerStack &stack,
    std::vector<Diagnostic> &diagnostics);

/// The ISO day on which the maker's regular security support of a release ends; "" where unknown.
/// Source: the release pages of the makers (debian.org/releases, wiki.ubuntu.com/Releases, alpinelinux.org/releases,
/// access.redhat.com/support/policy/updates/errata), as known in 2025. Paid extensions do not count.
[[nodiscard]] std::string_view supportEnd(std::string_view osId, std::string_view versionId);

} // namespace tally
