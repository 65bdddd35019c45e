// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/catalogue/catalogue.h"
#include "core/checks/check.h"
#include "core/report/report_document.h"
#include "core/report/report_look.h"

#include <optional>
#include <set>
#include <string>

namespace tally {

/// What a report is made from. All outlive the call.
struct ReportInput
{
    const AuditState &audit;
    const Catalogue &catalogue;
    const CheckSet &checks;
    const VerifyResult *chain = nullptr; ///< of the audit file, checked just before; null: nobody has checked it
};

/// The parts that a report can be put together from, in its order.
enum class ReportSection : std::uint8_t {
    Summary,
    Scope,
    Overview,
    Requirements,
    Plan,
    Signatures,
    Findings,
    Images,
    Terms,
};

/// Leaves something out of a report, which then says on its first pages that it is an excerpt, and of what. What is
/// counted is always the whole audit.
struct ReportChoice
{
    std::set<ReportSection> sections{}; ///< empty: all that the kind has
    /// Requirements without a decision, with an outdated one, or with "no" or "partially"; findings that nobody
    /// accepted, deferred or called a false alarm; measures that are neither done nor verified.
    bool onlyOpen = false;
    std::string namespaceName{}; ///< findings in it, and requirements with such findings; "" all

    friend bool operator==(const ReportChoice &, const ReportChoice &) = default;
};

struct ReportOptions
{
    Language language = Language::German;
    /// Management: two pages. Plan: the implementation plan alone. Evidence: what was attached. Requests: what was
    /// asked for, for the audited party to fill in. Unchecked: what was not checked, why, and how to get it.
    enum class Kind : std::uint8_t {
        Full,
        Short,
        Deficiencies,
        Evidence,
        Requests,
        Management,
        Plan,
        Unchecked
    } kind = Kind::Full;
    std::string moduleId = "SYS.1.6";
    std::string createdAt;      ///< RFC 3339; "" = outputTime()
    bool filesEmbedded = false; ///< the writer puts the attachments into the file; 6.3 says so
    ReportChoice choice{};
    std::optional<ReportLook> look{};            ///< nothing: as the audit keeps it, reportLook()
    std::optional<std::string> classification{}; ///< nothing: the audit's
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
