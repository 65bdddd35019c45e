// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

/// What the path of a file inside an export says about its content. Sources of the layouts: compliance-facts.md
/// section 7 (support-bundle-kit, troubleshoot, must-gather, velero, Insights, Sonobuoy, cluster-info dump, one file
/// per kind).
struct ExportPath
{
    std::string resource;             ///< "networkpolicies" as written there; "" if the path names no kind
    std::optional<std::string> group; ///< where the path says so; "" is core
    std::string namespaceName;        ///< of files that hold one namespace's objects; "" otherwise
    bool errorFile = false;           ///< "pods-errors.json": why the resource could not be read
};

[[nodiscard]] ExportPath describePath(std::string_view path);

enum class MemberUse : std::uint8_t {
    Skip,    ///< logs, pictures, nested archives
    Objects, ///< YAML or JSON by its name
    Text,    ///< small text that may say what could not be read, or list the API's resources
    Sniff,   ///< no extension: only its content can say
};

/// By name only, so that a reader of an archive need not keep what nobody looks at.
[[nodiscard]] MemberUse memberUse(std::string_view path);

/// Which tool made an export, by the path of one of its files: "rancher-support-bundle", "troubleshoot-bundle",
/// "must-gather", "velero-backup", "insights-archive", "sonobuoy", "cluster-info-dump"; "" if it does not tell.
[[nodiscard]] std::string_view bundleForm(std::string_view path);

/// Where what a path belongs to has to be rendered before it is what lands in a cluster.
enum class SourceTree : std::uint8_t { None, HelmChart, Kustomize };
/// A chart's Chart.yaml, a kustomization file; by name only.
[[nodiscard]] SourceTree sourceTree(std::string_view path);
/// Lies in a folder "templates": what stands there may be Go template text, not YAML.
[[nodiscard]] bool isInTemplates(std::string_view path);

} // namespace tally
