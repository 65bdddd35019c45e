// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"

#include <string>

namespace tally::ui {

enum class ReportFormat : std::uint8_t { Pdf, Html, Json };

/// By the longest matching suffix of the name; "-" (standard output) is JSON. Errors: Unsupported, naming what is
/// known.
[[nodiscard]] Result<ReportFormat> reportFormat(const std::string &path);

/// The report's bytes in one format and language, whatever the language of the application. Needs a QGuiApplication for
/// PDF.
[[nodiscard]] Result<std::string> renderReport(
    ReportFormat format, const ReportInput &input, const ReportOptions &options);

/// Renders and saves; "-" is standard output. The one way in which the window and the command line write reports.
[[nodiscard]] Result<> exportReport(const std::string &path, const ReportInput &input, Language language);

} // namespace tally::ui
