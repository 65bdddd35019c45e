// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"
#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tally {

enum class ReportFormat : std::uint8_t { Pdf, Html, Xlsx, Csv, Json, Sarif, Oscal, Vna, Posture, Zip };

struct ReportFormatInfo
{
    ReportFormat format;
    std::string_view suffix; ///< of a file's name, with its dot: ".oscal.json"
    const MessageDef *name;  ///< what it is good for, for somebody who chooses one
    bool bothLanguages;      ///< the file holds both: there is one of it, whatever language was asked for
};

/// All formats, in the order in which a menu lists them.
[[nodiscard]] std::span<const ReportFormatInfo> reportFormats();
[[nodiscard]] const ReportFormatInfo &infoOf(ReportFormat format);

/// By the longest suffix that the name ends on, in whatever case; "-" (standard output) is JSON. The one place that
/// decides this, for the command line and the window. of: those that are known; empty: all. Errors: Unsupported, naming
/// what is known.
[[nodiscard]] Result<ReportFormat> reportFormat(const std::string &path, std::span<const ReportFormat> of = {});

/// "out/report.APP.4.4.pdf" of "out/report.pdf": the file of a further module, beside that of the first.
[[nodiscard]] std::string pathForModule(const std::string &path, ReportFormat format, std::string_view moduleId);

/// In which the differences of two audits can be written.
inline constexpr std::array differenceFormats = {ReportFormat::Pdf, ReportFormat::Html, ReportFormat::Json};

} // namespace tally
