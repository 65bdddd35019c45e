// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/catalogue/catalogue.h"
#include "core/checks/check.h"
#include "core/report/report_document.h"

namespace tally {

/// What a report is made from. All outlive the call.
struct ReportInput
{
    const AuditState &audit;
    const Catalogue &catalogue;
    const CheckSet &checks;
    const VerifyResult *chain = nullptr; ///< of the audit file, checked just before; null: nobody has checked it
};

struct ReportOptions
{
    Language language = Language::German;
    /// Evidence: what was attached. Requests: what was asked for, for the audited party to fill in.
    enum class Kind : std::uint8_t { Full, Short, Deficiencies, Evidence, Requests } kind = Kind::Full;
    std::string moduleId = "SYS.1.6";
    std::string createdAt;      ///< RFC 3339; "" = outputTime()
    bool filesEmbedded = false; ///< the writer puts the attachments into the file; 6.3 says so
};

/// The one document behind HTML and PDF. Every number in it is counted here, once. The structure is that of
/// shared design's report pages: cover, 1 summary, 2 scope and sources, 3 overview, 4 requirements, 6 signatures,
/// annexes.
[[nodiscard]] ReportDocument buildReport(
    const ReportInput &input, const ReportOptions &options, const Translator &translator);

/// One self-contained accessible HTML file.
[[nodiscard]] std::string writeHtml(const ReportDocument &document);

/// The JSON of cli-json.md for `audit`. de and en render messages in both languages.
[[nodiscard]] std::string writeAuditJson(const ReportInput &input, const Translator &de, const Translator &en);

} // namespace tally
