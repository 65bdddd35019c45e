// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <string>

namespace tally::ui {

/// Where a requirement stands between the two people who look at it.
enum class ReviewStand {
    Nothing,  ///< not decided
    Open,     ///< decided and not submitted, or decided anew since
    ToReview, ///< submitted
    SentBack,
    Accepted,
};

[[nodiscard]] inline ReviewStand reviewStand(const AuditState &audit, const std::string &requirement)
{
    const auto decided = audit.decisions.find(requirement);
    if (decided == audit.decisions.end() || decided->second.status == Status::Unbearbeitet)
        return ReviewStand::Nothing;
    const auto found = audit.records.reviews.find(requirement);
    if (found == audit.records.reviews.end())
        return ReviewStand::Open;
    if (found->second.state == Review::State::SentBack)
        return ReviewStand::SentBack; // also while it is being worked on
    if (found->second.decided != decidedDigest(audit, requirement))
        return ReviewStand::Open;
    return found->second.state == Review::State::Accepted ? ReviewStand::Accepted : ReviewStand::ToReview;
}

} // namespace tally::ui
