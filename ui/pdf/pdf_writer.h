// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/report/report_document.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tally::ui {

struct PdfOptions
{
    /// Full: PDF 1.7, PDF/A-3a and PDF/UA-1: tagged, with language, outline and links; veraPDF 1.26 found both claims
    /// to hold (by hand: Debian has no validator for them). ArchivalA1b: PDF/A-1b, also tagged, checked in
    /// tests/ui/pdf.
    enum class Variant : std::uint8_t { Full, ArchivalA1b } variant = Variant::Full;
    /// A file that is put into the PDF, for readers to save; not in ArchivalA1b, which knows no such thing.
    struct File
    {
        std::string name;        ///< safe for a folder
        std::string description; ///< what people call it
        std::string mediaType;
        std::string bytes;
    };
    std::vector<File> files{};
};

/// Sets the report on pages of document.look.paper. Returns the file's bytes; the same document gives the same bytes
/// wherever the same fonts are installed: dates come from document.createdAt, the id from the content. Needs a
/// QGuiApplication (the platform "offscreen" will do). Blocking; call from one thread at a time. Cost: about 0.2 ms a
/// table cell. Errors: Io, where Qt or libqpdf fail.
[[nodiscard]] Result<std::string> writePdf(const ReportDocument &document, const PdfOptions &options = {});

} // namespace tally::ui
