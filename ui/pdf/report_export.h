// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/bundle.h"
#include "core/report/report.h"
#include "core/report/report_difference.h"
#include "core/report/report_format.h"
#include "core/report/report_kinds.h"
#include "ui/pdf/pdf_writer.h"

#include <filesystem>
#include <string>
#include <vector>

namespace tally::ui {

/// What else a report is made from, beside its input.
struct ReportExtras
{
    std::vector<PdfOptions::File> files{}; ///< attached to the audit, for PDF and ZIP
    bool filesLeftOut = false;             ///< there are more, and they were too large: a ZIP says so
    /// Of the audit, for a ZIP: the audit from which it was started is looked for beside it. "" not saved anywhere.
    std::filesystem::path auditFile{};
    std::filesystem::path earlier{}; ///< the file of the earlier audit, where somebody named it
};

/// The report's bytes in one format and language, whatever the language of the application. Needs a QGuiApplication for
/// PDF and ZIP. A ZIP reads and compares the earlier audit. notes: gets what the ZIP lacks, in the report's language.
[[nodiscard]] Result<std::string> renderReport(ReportFormat format, const ReportInput &input,
    const ReportOptions &options, const ReportExtras &extras = {}, std::vector<std::string> *notes = nullptr);

/// Attachments up to this many bytes together are put into a PDF, which can be mailed then; more of them stay beside
/// it.
inline constexpr std::uint64_t maxEmbeddedBytes = 64ULL << 20;
/// The same of a ZIP, which is made in memory.
inline constexpr std::uint64_t maxBundledBytes = 512ULL << 20;
/// How many bytes of attachments a report of this format and kind takes; 0: it carries none.
[[nodiscard]] std::uint64_t maxAttachedBytes(ReportFormat format, ReportOptions::Kind kind);

/// Files that were written, and the module that each is about; null: the whole audit.
struct WrittenReport
{
    std::string path;
    const Module *module = nullptr;
};
struct ExportedReports
{
    std::vector<WrittenReport> files;
    std::vector<std::string> notes; ///< as renderReport()
};

/// Renders and saves, in the format that reportFormat() tells from the name; "-" is standard output. The one way in
/// which the command line writes reports. Of formats for reading and kinds about one module there is one file for each
/// of `modules`: the first under the name itself, further ones as pathForModule(); empty: reportModules(). Errors also:
/// checkChoice(), where kind or choice are not for the format.
[[nodiscard]] Result<ExportedReports> exportReport(const std::string &path, const ReportInput &input,
    const ReportOptions &options, const ReportExtras &extras = {}, std::vector<const Module *> modules = {});

/// readLogo() of a file, and whether Qt can draw it. Errors: as readLogo(); NotFound, Io.
[[nodiscard]] Result<Logo> openLogo(const std::filesystem::path &path);

/// The same for the differences of two audits.
[[nodiscard]] Result<std::string> renderDifference(
    ReportFormat format, const DifferenceInput &input, const ReportOptions &options);
/// As exportReport(); `modules` is not empty.
[[nodiscard]] Result<ExportedReports> exportDifference(const std::string &path, const DifferenceInput &input,
    const ReportOptions &options, const std::vector<const Module *> &modules);

} // namespace tally::ui
