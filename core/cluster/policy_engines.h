// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What becomes of an object that breaks a policy.
enum class EngineMode : std::uint8_t {
    NoRule,   ///< the policy judges nothing
    Reports,  ///< it is let in, and reported
    Enforces, ///< it is refused
};

/// A policy of an engine that judges objects before they are let into the cluster.
struct EnginePolicy
{
    std::size_t object = 0; ///< index into Cluster::objects
    std::string_view
        engine; ///< "Gatekeeper", "Kyverno", "ValidatingAdmissionPolicy", "Kubewarden"; "" for other objects
    EngineMode mode = EngineMode::NoRule;
    std::string_view failurePolicy;           ///< "Fail", "Ignore"; "" where the policy itself does not say
    std::vector<std::string> exempt;          ///< namespaces that it passes over, as they stand there
    std::optional<std::int64_t> violations{}; ///< open ones, where the engine reports them
};

/// A webhook that is asked before objects are let in or changed.
struct AdmissionWebhook
{
    std::size_t object = 0;
    std::size_t position = 0; ///< in `webhooks`
    std::string_view name;
    bool mutating = false;
    bool ignoresFailure = false; ///< what it should judge is let in while it cannot be asked
    std::string service{};       ///< "namespace/name", or the URL
    std::vector<std::string> exempt{};
};

/// Engine and mode of one object; engine is "" if it is no policy. Sources: kyverno.io, Validate and Verify Images
/// rules; open-policy-agent.github.io/gatekeeper, Handling constraint violations; kubernetes.io, Validating Admission
/// Policy; docs.kubewarden.io, Policy mode.
[[nodiscard]] EnginePolicy enginePolicyOf(const Object &object);

/// All policies of all engines, with their exemptions and open violations, in input order. O(objects + reports).
[[nodiscard]] std::vector<EnginePolicy> enginePolicies(const Cluster &cluster);
/// Of ValidatingWebhookConfiguration and MutatingWebhookConfiguration, in input order.
[[nodiscard]] std::vector<AdmissionWebhook> admissionWebhooks(const Cluster &cluster);

} // namespace tally
