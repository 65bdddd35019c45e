// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"
#include "core/report/report_format.h"

#include <functional>
#include <string>
#include <vector>

namespace tally {

/// The report in every format but PDF and ZIP, whose writers need more than core has. de and en render messages;
/// options.language says which one is the report's. Errors: Unsupported for those two; Io.
[[nodiscard]] Result<std::string> renderExport(ReportFormat format, const ReportInput &input,
    const ReportOptions &options, const Translator &de, const Translator &en);

/// A file that was attached to the audit. `content` is asked for once, when its turn comes.
struct BundleFile
{
    std::string name; ///< as it was attached; made harmless for the archive
    std::function<Result<std::string>()> content;
};

/// Renders one format in one language, and of those for reading one kind.
using RenderReport = std::function<Result<std::string>(ReportFormat, Language, ReportOptions::Kind)>;

/// A zip of everything: each format in both languages (de/, en/), what holds both once, management summary and
/// implementation plan for reading by themselves, attached files under evidence/,
/// and SHA256SUMS, which "sha256sum -c" reads. The same audit gives the same bytes. Errors: those of `render` and of
/// the files' contents; Io.
[[nodiscard]] Result<std::string> writeBundle(
    const RenderReport &render, const std::vector<BundleFile> &files, const Translator &de, const Translator &en);

} // namespace tally
