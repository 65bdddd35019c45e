// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/export_view.h"
#include "core/report/report_words.h"

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// The journal in words that a person understands, for the window and for what is exported.

enum class JournalKind : std::uint8_t {
    Audit,
    Source,
    Decision,
    Review,
    Finding,
    Measure,
    Evidence,
    House,
    Report,
};
inline constexpr std::size_t journalKinds = 9;

[[nodiscard]] JournalKind journalKind(std::string_view event);
[[nodiscard]] const MessageDef *journalKindName(JournalKind kind);
/// "measure" of "measure-removed-undone".
[[nodiscard]] std::string_view baseEvent(std::string_view event);
/// What happened, for Words::event(): settings that are no setting to a person have a name of their own,
/// "classification-undone" of "setting-undone".
[[nodiscard]] std::string journalEvent(const JournalEntry &entry);
/// What the entry is about, by which it can be found again: id of a requirement or part, "M-001", "R-001", "N-001",
/// fingerprint; "" where there is no such thing. A view into the entry.
[[nodiscard]] std::string_view journalId(const JournalEntry &entry);

struct JournalChange
{
    std::string field;  ///< in words
    std::string before; ///< "" nothing
    std::string after;  ///< likewise

    friend bool operator==(const JournalChange &, const JournalChange &) = default;
};

/// One entry in words; hidden characters are marked.
struct JournalLine
{
    std::string event;
    std::string subject;
    std::vector<JournalChange> changes; ///< only fields that differ
};

/// What the clusters of an audit are called today; entries name them by what does not change.
struct ClusterNames
{
    ClusterNames() = default;
    explicit ClusterNames(const AuditState &audit);

    std::map<std::string, std::string, std::less<>> byKey; ///< AuditCluster::key
    std::map<int, std::string> bySource;                   ///< index
    std::map<int, std::string> exports;                    ///< what the sources themselves are called, by index
    AssessmentPtr run;                                     ///< whose findings are called by check and place; or null
};

/// A cluster that has no name there is shown by its key. Cost: the entry's detail, which is parsed; of a sign-off also
/// its signature's text.
[[nodiscard]] JournalLine journalLine(const JournalEntry &entry, const Words &words, const ClusterNames &names = {});
/// Its subject alone, without a look at the detail.
[[nodiscard]] std::string journalSubject(const JournalEntry &entry, const Words &words, const ClusterNames &names = {});
/// "Status: nein → ja; Reason: ..." in one line, at most `most` characters.
[[nodiscard]] std::string changesInOneLine(const JournalLine &line, const Words &words, std::size_t most = 400);

/// One row per changed field, or one per entry without any; the oldest first. O(journal).
[[nodiscard]] ExportTable journalChangesTable(
    std::span<const JournalEntry> journal, const Words &words, const ClusterNames &names = {});
/// The same as CSV with byte order mark and semicolons, formulas defused.
[[nodiscard]] std::string writeJournalCsv(
    std::span<const JournalEntry> journal, const Words &words, const ClusterNames &names = {});
/// {"format": "tallymann-journal/1", "auditId", "head", "entries": [{number, at, by, event, subject, detail, hash,
/// "words": {event, changes}}]}, the oldest first; detail as it is stored, so that nothing is lost.
[[nodiscard]] std::string writeJournalJson(
    std::span<const JournalEntry> journal, const Words &words, const ClusterNames &names = {});

/// Chapter 6: what was signed off, whether the signatures fit, and whether something changed since. Nothing without a
/// sign-off.
void appendSignOffs(std::span<const JournalEntry> journal, const Words &words, std::vector<ReportBlock> &blocks);

} // namespace tally
