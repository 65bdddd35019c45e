// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// By which rules fingerprints are made: those of another scheme say nothing to these.
inline constexpr std::string_view fingerprintScheme = "1";

/// Names an object across exports.
struct ObjectName
{
    std::string apiVersion;
    std::string kind;
    std::string namespaceName;
    std::string name;

    friend bool operator==(const ObjectName &, const ObjectName &) = default;
};

/// One deviation or indication at one place. Self-contained: survives without the cluster or image it came from.
struct Finding
{
    std::string id;                  ///< fingerprint: 32 hex digits, stable over re-exports (design.md, Judging)
    std::string check;               ///< check id
    std::string variant = "default"; ///< which of the check's messages
    std::vector<std::string> args;   ///< %1 ... of that message; never secret values
    Severity severity = Severity::Medium;

    int source = -1;        ///< index into the run's sources
    std::string file;       ///< inside the source
    std::uint32_t line = 0; ///< 1-based; 0: no line
    std::uint32_t column = 0;
    std::optional<ObjectName> object; ///< the outermost controller that carries the cause
    std::vector<ObjectName> also;     ///< what it controls and says the same
    std::string container;
    std::string field; ///< "spec.template.spec.containers[0].securityContext.privileged"
    bool systemNamespace = false;
    std::string cluster{}; ///< in which it stands: CheckInput::clusterName; "" also where it is about an image alone

    std::string image;   ///< reference in the manifest, or the name of the opened image
    int imageIndex = -1; ///< index into the run's images where the finding is about an opened image
    int layer = -1;
    std::string path; ///< inside the image

    std::string excerpt; ///< a few lines of the (masked) object as YAML, or of the image's config; plain text
    std::vector<std::uint32_t> excerptLines; ///< number in the source of each line of the excerpt, 1-based; 0: it
                                             ///< continues the one before; empty: no numbers
    int excerptHit = -1;                     ///< 0-based line of the excerpt where the cause stands; -1: none

    /// Neither at an object nor in an image: it says something about the cluster as a whole.
    [[nodiscard]] bool isClusterWide() const { return !object && imageIndex < 0 && path.empty(); }
    /// In an image and at no object of a cluster: the same in all clusters.
    [[nodiscard]] bool isOfImageAlone() const { return !object && imageIndex >= 0; }

    friend bool operator==(const Finding &, const Finding &) = default;
};

} // namespace tally
