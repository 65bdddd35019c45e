// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tally::checks {

enum class SecretUse : std::uint8_t {
    Variable,    ///< env[*].valueFrom.secretKeyRef
    Environment, ///< envFrom[*].secretRef: all keys at once
    File,        ///< a volume
    Other,       ///< imagePullSecrets, credentials of a volume driver
};

/// A place in a pod that names a Secret of its namespace.
struct SecretReference
{
    SecretUse use = SecretUse::Other;
    std::string_view secret;
    std::string_view key; ///< empty: all
    bool optional = false;
    int container = -1; ///< index into Workload::containers; -1: the pod
    std::string field;  ///< below the container, or below the pod's specification
    std::string_view variable;
};

/// In the order of the manifest. A reference without a name is left out.
[[nodiscard]] std::vector<SecretReference> secretReferencesOf(const CheckedWorkload &workload);

} // namespace tally::checks
