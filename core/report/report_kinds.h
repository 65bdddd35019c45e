// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"
#include "core/report/report_format.h"

#include <span>
#include <string_view>
#include <vector>

namespace tally {

struct ReportKindInfo
{
    ReportOptions::Kind kind;
    std::string_view name; ///< for a command line: "management"
    const MessageDef *title;
    const MessageDef *purpose;    ///< a sentence for somebody who chooses one
    bool hasSections = false;     ///< ReportChoice::sections
    bool knowsOpen = false;       ///< ReportChoice::onlyOpen
    bool knowsNamespaces = false; ///< ReportChoice::namespaceName
    bool carriesEvidence = false; ///< a PDF of it holds the attached files
    bool ofAudit = false;         ///< about the whole audit; the others are about one module
};

/// All kinds, in the order in which a menu lists them.
[[nodiscard]] std::span<const ReportKindInfo> reportKinds();
[[nodiscard]] const ReportKindInfo &infoOf(ReportOptions::Kind kind);
/// Errors: Unsupported, naming what is known.
[[nodiscard]] Result<ReportOptions::Kind> reportKind(std::string_view name);

struct ReportSectionInfo
{
    ReportSection section;
    std::string_view name; ///< for a command line: "findings"
    const char *number;    ///< as it stands in the report: "1", "A"
    const MessageDef *title;
};

[[nodiscard]] std::span<const ReportSectionInfo> reportSections();
[[nodiscard]] const ReportSectionInfo &infoOf(ReportSection section);
/// By its name or its number, in whatever case. Errors: Unsupported, naming what is known.
[[nodiscard]] Result<ReportSection> reportSection(std::string_view name);
/// Those that the kind has; none: there is nothing to choose.
[[nodiscard]] std::span<const ReportSection> sectionsOf(ReportOptions::Kind kind);

/// Are kinds and choices for this format?
[[nodiscard]] bool isForReading(ReportFormat format);

/// Refuses what a kind or a format cannot do, and a namespace that the audit does not have: nothing is chosen silently
/// in vain. translator: for the names in the message. Errors: Unsupported, NotFound.
[[nodiscard]] Result<> checkChoice(const ReportOptions &options, const AuditState &audit, const Translator &translator);

} // namespace tally
