// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_format.h"

#include "core/base/ascii.h"
#include "core/base/messages_exports.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

constexpr std::array<ReportFormatInfo, 10> formats{{
    {ReportFormat::Pdf, ".pdf", exportDef("export.format.pdf"), false},
    {ReportFormat::Html, ".html", exportDef("export.format.html"), false},
    {ReportFormat::Xlsx, ".xlsx", exportDef("export.format.xlsx"), false},
    {ReportFormat::Csv, ".csv", exportDef("export.format.csv"), false},
    {ReportFormat::Json, ".json", exportDef("export.format.json"), true},
    {ReportFormat::Sarif, ".sarif", exportDef("export.format.sarif"), false},
    {ReportFormat::Oscal, ".oscal.json", exportDef("export.format.oscal"), false},
    {ReportFormat::Vna, ".vna", exportDef("export.format.vna"), false},
    {ReportFormat::Posture, ".posture.csv", exportDef("export.format.posture"), false},
    {ReportFormat::Zip, ".zip", exportDef("export.format.zip"), true},
}};

} // namespace

std::span<const ReportFormatInfo> reportFormats()
{
    return formats;
}

const ReportFormatInfo &infoOf(ReportFormat format)
{
    return formats.at(static_cast<std::size_t>(format));
}

Result<ReportFormat> reportFormat(const std::string &path, std::span<const ReportFormat> of)
{
    const auto isKnown
        = [of](const ReportFormatInfo &info) { return of.empty() || std::ranges::find(of, info.format) != of.end(); };
    if (path == "-")
        return ReportFormat::Json;
    const std::string name = lowered(path);
    const ReportFormatInfo *best = nullptr;
    for (const ReportFormatInfo &info : formats) {
        if (isKnown(info) && name.ends_with(info.suffix) && (!best || info.suffix.size() > best->suffix.size()))
            best = &info;
    }
    if (best)
        return best->format;
    std::string known;
    for (const ReportFormatInfo &info : formats) {
        if (isKnown(info))
            known.append(known.empty() ? "" : " ").append(info.suffix);
    }
    return fail(ErrorKind::Unsupported, {exportDef("export.unknown-format"), {path, known}});
}

std::string pathForModule(const std::string &path, ReportFormat format, std::string_view moduleId)
{
    const std::size_t suffix = infoOf(format).suffix.size();
    const std::size_t stem = path.size() - std::min(path.size(), suffix);
    return path.substr(0, stem) + "." + std::string(moduleId) + path.substr(stem);
}

} // namespace tally
