// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace tally {

/// What the catalogue asked for at a part before its text was changed. Audits of that time keep it with their requests.
struct FormerRequest
{
    std::string_view part;
    std::string_view german;
    std::string_view english;
};

[[nodiscard]] std::span<const FormerRequest> formerRequests();

} // namespace tally
