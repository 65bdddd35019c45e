// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/export_path.h"
#include "core/document/document.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tally {

/// What `kubectl cluster-info dump` prints to the screen has the containers' logs between its objects. Overwrites them
/// with blanks, so that lines keep their numbers; false if there are none.
/// Source: kubectl, pkg/cmd/clusterinfo/clusterinfo_dump.go ("==== START logs for container").
bool blankLogBlocks(std::string &text);

/// `helm template` writes "# Source: chart/templates/file.yaml" before each manifest.
[[nodiscard]] bool isHelmRendered(std::string_view text);

/// Text for Go's templates, not YAML yet: lies in a chart's folder "templates" and has actions in it.
[[nodiscard]] bool isTemplateText(std::string_view path, std::string_view text);

/// "helm template shop shop/chart > rendered.yaml": renders the chart or the overlay that this file stands in.
/// source: the name of what was handed over, "" if the path begins where it lies. Safe to paste into a shell.
[[nodiscard]] std::string renderCommand(SourceTree tree, std::string_view source, std::string_view path);

/// A word for a POSIX shell: quoted where it has to be.
[[nodiscard]] std::string shellWord(std::string_view text);

/// RFC 3339 of must-gather's file "timestamp": "2024-05-01 10:11:12.123 +0000 UTC ..."; its last line counts. "" if it
/// is none.
[[nodiscard]] std::string gatherTime(std::string_view text);

/// manifest.json of a bundle of k8s-baseline-audit (schema k8s-baseline-audit/bundle/v1).
struct BundleManifest
{
    std::string created;                        ///< RFC 3339 in UTC, or ""
    std::map<std::string, std::string> digests; ///< path in the bundle, SHA-256 in hex

    /// Nothing taken where the root is none.
    [[nodiscard]] static bool isOne(Node root);
    [[nodiscard]] static BundleManifest read(Node root);
};

/// May a manifest of such a bundle name this file? By the layout: errors.json, preflight.json, resources/x.json,
/// scanners/x.json.
[[nodiscard]] bool mayBeInBundle(std::string_view path);

} // namespace tally
