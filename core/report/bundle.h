// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"
#include "core/report/report_difference.h"
#include "core/report/report_format.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tally {

/// The report in every format but PDF and ZIP, whose writers need more than core has. de and en render messages;
/// options.language says which one is the report's. Errors: Unsupported for those two; Io.
[[nodiscard]] Result<std::string> renderExport(ReportFormat format, const ReportInput &input,
    const ReportOptions &options, const Translator &de, const Translator &en);

/// Modules that reports are written about when nobody chooses: judgedModules(), else the one of `options`, else the
/// first. Empty only where the catalogue is.
[[nodiscard]] std::vector<const Module *> reportModules(const ReportInput &input, const ReportOptions &options);

/// A file that was attached to the audit. `content` is asked for once, when its turn comes.
struct BundleFile
{
    std::string name; ///< as it was attached; made harmless for the archive
    std::function<Result<std::string>()> content;
};

/// What an archive of everything is made from. All outlive the call.
struct BundleInput
{
    const ReportInput &report;
    const ReportOptions &options; ///< of the reports; language, kind, module and choice are not looked at
    std::vector<BundleFile> files{};
    /// Why files are not in it; nothing: all are.
    std::optional<Message> filesLeftOut{};
    /// With the audit from which this one was started; null: there is no difference report.
    const AuditComparison *difference = nullptr;
    /// Why not; nothing where the file of that audit was not found, or there is none.
    std::optional<Message> notCompared{};
};

using RenderPdf = std::function<Result<std::string>(const ReportDocument &)>;

/// What the archive lacks although the audit calls for it, as its README says it: no difference report, no attached
/// files.
[[nodiscard]] std::vector<std::string> missingInBundle(
    const BundleInput &input, Language language, const Translator &translator);

/// A zip of everything: each format in both languages (de/, en/), what holds both once. For reading, by themselves and
/// about each of reportModules(): audit report, management summary, implementation plan, list of what was not checked,
/// difference report; about the whole audit: evidence list, requests, also to be filled in (XLSX), journal (CSV, JSON).
/// Files of a further module carry its id: "audit.APP.4.4.pdf". Attached files lie under evidence/. README.txt says
/// what is there and what is not, SHA256SUMS covers all, and "sha256sum -c" reads it. The same input gives the same
/// bytes. Errors: those of `pdf` and of the files' contents; Io.
[[nodiscard]] Result<std::string> writeBundle(
    const BundleInput &input, const RenderPdf &pdf, const Translator &de, const Translator &en);

} // namespace tally
