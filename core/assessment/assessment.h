// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/catalogue/catalogue.h"
#include "core/checks/finding.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What the program proposes. There is no automatic yes. Order = which one speaks for a requirement (the first that
/// occurs).
enum class Proposal : std::uint8_t { Deviation, PartlyChecked, NotChecked, Manual, Organisational, NoDeviationFound };

[[nodiscard]] std::string_view proposalName(Proposal proposal); ///< "deviation", "no-deviation-found", ...

/// On what a verdict rests, and what was not seen.
struct Basis
{
    std::size_t objects = 0;   ///< objects that the checks of this part looked at
    std::size_t workloads = 0; ///< of these: outermost workloads
    std::size_t namespaces = 0;
    std::size_t images = 0;         ///< opened images looked at
    std::vector<std::string> kinds; ///< kinds that were looked at, sorted
    std::vector<std::string>
        missing; ///< needs that were not met, wholly or in part: kinds, "workloads", "namespaces", "image", "live",
                 ///< "policy"; sorted.
                 ///< Empty where the proposal is not-checked: no check of the program speaks about the part
    std::vector<int> sources;            ///< indexes, sorted
    std::vector<std::string> recorded{}; ///< needs that are met by the auditor's word alone, as in missing; sorted

    friend bool operator==(const Basis &, const Basis &) = default;
};

struct PartFinding
{
    std::size_t finding = 0; ///< index into Assessment::findings
    Weight weight = Weight::Context;

    friend bool operator==(const PartFinding &, const PartFinding &) = default;
};

/// What a part comes to in one of several clusters.
struct ClusterPart
{
    std::string cluster; ///< Finding::cluster
    Proposal proposal = Proposal::NotChecked;
    Basis basis;

    friend bool operator==(const ClusterPart &, const ClusterPart &) = default;
};

struct PartResult
{
    std::string id;
    Proposal proposal = Proposal::NotChecked; ///< of several clusters: the first that occurs, in the order of Proposal
    Basis basis;                              ///< of several clusters: of all together; images are looked at once
    std::vector<PartFinding> findings;        ///< strongest weight first, then severity, then order of findings
    std::string basisHash; ///< hash over fingerprints and completeness: a decision is stale when it differs
    std::vector<ClusterPart> clusters{}; ///< in the order of Assessment::clusters; empty where that is
};

struct RequirementResult
{
    std::string id;
    Proposal proposal = Proposal::NotChecked;
    std::vector<PartResult> parts;
    std::string basisHash;
};

/// The outcome of one run. Immutable, shared between threads.
struct Assessment
{
    std::string edition;
    std::string catalogueDigest;
    std::string checksDigest;
    std::string policyDigest; ///< "" without a house policy
    std::string toolVersion;
    std::string createdAt;                 ///< RFC 3339
    std::string scheme{fingerprintScheme}; ///< of the findings' fingerprints
    std::vector<std::string> clusters{};   ///< CheckInput::clusterName of each; empty where there was one, or none
    std::vector<Finding>
        findings; ///< sorted: severity, check, system namespaces last, namespace, kind, name, container, field
    std::vector<RequirementResult> requirements; ///< all of all modules, in catalogue order

    [[nodiscard]] const RequirementResult *requirement(std::string_view id) const;
    [[nodiscard]] const PartResult *part(std::string_view id) const;
};

using AssessmentPtr = std::shared_ptr<const Assessment>;

} // namespace tally
