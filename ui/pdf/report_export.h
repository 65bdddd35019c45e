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

/// The report's bytes in one format and language, whatever the language of the application. Needs a QGuiApplication for
/// PDF and ZIP. files: attached to the audit, for both.
[[nodiscard]] Result<std::string> renderReport(ReportFormat format, const ReportInput &input,
    const ReportOptions &options, const std::vector<PdfOptions::File> &files = {});

/// Attachments up to this many bytes together are put into a PDF; more of them stay beside it.
inline constexpr std::uint64_t maxEmbeddedBytes = 64ULL << 20;

/// Renders and saves, in the format that reportFormat() tells from the name; "-" is standard output. The one way in
/// which the command line writes reports. Errors also: checkChoice(), where kind or choice are not for the format.
[[nodiscard]] Result<> exportReport(const std::string &path, const ReportInput &input, const ReportOptions &options,
    const std::vector<PdfOptions::File> &files = {});

/// readLogo() of a file, and whether Qt can draw it. Errors: as readLogo(); NotFound, Io.
[[nodiscard]] Result<Logo> openLogo(const std::filesystem::path &path);

/// The same for the differences of two audits.
[[nodiscard]] Result<std::string> renderDifference(
    ReportFormat format, const DifferenceInput &input, const ReportOptions &options);
[[nodiscard]] Result<> exportDifference(
    const std::string &path, const DifferenceInput &input, const ReportOptions &options);

} // namespace tally::ui
