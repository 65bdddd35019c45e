// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/checks/engine.h"

namespace tally {

/// Runs the checks and derives a proposal for every part and requirement of the catalogue (design.md, Judging).
/// createdAt is outputTime(). Errors: Cancelled.
[[nodiscard]] Result<AssessmentPtr> assess(
    const Catalogue &catalogue, const CheckSet &checks, const CheckInput &input, const RunContext &run = {});

/// The same for several clusters: one input for each, with a clusterName, all with the same images, policy and keys.
/// One input is what the other assess() takes. At least one.
[[nodiscard]] Result<AssessmentPtr> assess(const Catalogue &catalogue, const CheckSet &checks,
    const std::vector<CheckInput> &inputs, const RunContext &run = {});

/// Proposal of one part: from its class, the findings' weights and what was missing. Pure; the rules of design.md in
/// one place.
struct PartEvidence
{
    bool anyCheck = false; ///< some check maps to this part with more than context
    /// Of these, at least one had everything it needs. Where some of them could prove a deviation, only those count: a
    /// part is not checked if nobody could look at what would prove it, whatever else was seen.
    bool anyNeedMet = false;
    bool allNeedsMet = false;   ///< all of them had
    bool provenFinding = false; ///< a finding that proves
    bool indication = false;    ///< a finding that indicates: "no deviation found" would hide it, a person judges
    /// There was nothing to look at: a check that waits for a tool which the cluster has not got proves nothing.
    bool nothingSeen = false;
};
[[nodiscard]] Proposal proposePart(PartClass partClass, const PartEvidence &evidence);

/// Of a requirement: the first that occurs, in the order of Proposal.
[[nodiscard]] Proposal proposeRequirement(const std::vector<PartResult> &parts);

} // namespace tally
