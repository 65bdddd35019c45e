// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/limits.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/document/document.h"
#include "core/document/source_text.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tally {

using DocumentPtr = std::shared_ptr<const Document>;

struct ReadOptions
{
    Limits limits;
    std::string fileName; ///< for messages
    /// Masks what the secret rules cover before anybody sees the tree (design.md, rule 4). Off only for our own
    /// resources.
    bool maskSecrets = true;
    TextOrigin origin{};        ///< of a text that was cut out of a longer one: places are those in that one
    bool unpackReleases = true; ///< also reads the manifests of Helm releases; only together with maskSecrets
};

/// A deployed release of Helm that stood, packed, in a Secret or ConfigMap. Its documents are masked like all others;
/// its values are not kept. Sources: helm.sh, pkg/storage/driver (Secrets, ConfigMaps), pkg/release/v1.
struct HelmRelease
{
    std::string name;
    std::string namespaceName;
    std::string chart; ///< "name-version"; may be empty
    std::int64_t version = 0;
    std::vector<DocumentPtr> documents; ///< of its manifest; lines are those of the manifest
};

/// The documents of one file, in file order; those that could not be read are diagnostics with line and column in
/// `where`.
struct ParsedText
{
    std::vector<DocumentPtr> documents; ///< one per YAML document or JSON value; a List is one document
    std::vector<Diagnostic> diagnostics;
    std::vector<HelmRelease> releases{}; ///< up to 1,000, with 256 MiB of manifests in all
};

/// YAML: the fast lane for what kubectl writes, yaml-cpp for the rest. UTF-8 (UTF-16 and a byte order mark are
/// converted). Errors: Malformed if not one document could be read, LimitExceeded, Cancelled. Re-entrant; uses
/// parallelFor.
[[nodiscard]] Result<ParsedText> readYaml(std::string text, const ReadOptions &options, const RunContext &run = {});

/// JSON: one value, values one after another, or JSON lines.
[[nodiscard]] Result<ParsedText> readJson(std::string text, const ReadOptions &options, const RunContext &run = {});

/// Decides by content which of the two it is: the first byte that is no blank is '{' or '[' and JSON reads it; else
/// YAML.
[[nodiscard]] Result<ParsedText> readYamlOrJson(
    std::string text, const ReadOptions &options, const RunContext &run = {});

/// The root of a document; absent for an empty one.
[[nodiscard]] Node rootOf(const Document &document);

} // namespace tally
