// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

namespace tally {

/// A short read-only POSIX shell script for the audited party: kubectl get, one file per kind, so that an empty kind
/// leaves its trace; what could not be read stays as an .err file beside; Secrets without their data. No namespaces:
/// all of them.
[[nodiscard]] std::string exportScript(std::span<const std::string> namespaces);

/// What a namespace may be called (RFC 1123 label, at most 63 characters): nothing else may get into a shell script.
[[nodiscard]] bool isNamespaceName(std::string_view name);

} // namespace tally
