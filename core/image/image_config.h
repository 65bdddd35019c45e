// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What an image's configuration says, secrets masked; the credentials in it as risks.
struct ReadConfig
{
    bool valid = false;
    ImageConfig config;
    std::string json; ///< pretty-printed, secrets masked
    std::vector<HistoryEntry> history;
    std::vector<std::string> diffIds;
    std::string variant;
    std::vector<Risk> risks; ///< kind "secret"; path "Env NAME", "Label NAME", "History 3"; layer not yet set
};

/// The value of a label or annotation as it may be kept: masked where it, or its name, says that it is a secret.
[[nodiscard]] std::string maskedLabel(std::string_view name, const std::string &value);

/// Docker image specification v1.2 and OCI image-spec config.md; fields of the wrong type count as absent.
[[nodiscard]] ReadConfig readImageConfig(std::string_view text);

} // namespace tally
