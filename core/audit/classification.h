// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/catalogue/catalogue.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// How people weigh the deviations that they decided, and what they say of a module as a whole. It is kept as settings
/// of the audit, so it is in the journal and can be undone:
///   "class/SYS.1.6.A17"  = "AS", "AG", "E"
///   "kritis/SYS.1.6.A17" = "serious", "considerable", "minor", "recommendation"
///   "verdict/SYS.1.6"    = a sentence
///   "five/SYS.1.6"       = ids of requirements, parted by blanks
/// None of it is ever set by the program, and none is carried over into the next audit.

/// Classes of the audit scheme for ISO 27001 on the basis of IT-Grundschutz (AudS 4.6), the worst first.
enum class AuditClass : std::uint8_t { Serious, Minor, Recommendation };
/// Categories of a list of deficiencies under § 39 BSIG, the worst first.
enum class Deficiency : std::uint8_t { Serious, Considerable, Minor, Recommendation };

struct Classification
{
    std::optional<AuditClass> auditClass{};
    std::optional<Deficiency> deficiency{};

    friend bool operator==(const Classification &, const Classification &) = default;
};

/// What counts: only what fits the decision on the requirement as it stands now. A class that was set before the
/// decision became "yes" does not, and does again when that is undone.
[[nodiscard]] Classification classificationOf(const AuditState &state, const std::string &requirement);
/// May the requirement have this class, as it is decided now?
[[nodiscard]] bool admits(const AuditState &state, const std::string &requirement, AuditClass auditClass);
[[nodiscard]] bool admits(const AuditState &state, const std::string &requirement, Deficiency deficiency);
/// Decided "no" or "partially".
[[nodiscard]] bool isDeviation(const AuditState &state, const std::string &requirement);

/// "AS", "AG", "E"; "serious", ...: as they are stored and as JSON has them.
[[nodiscard]] std::string_view className(AuditClass auditClass);
[[nodiscard]] std::optional<AuditClass> classFromName(std::string_view name);
[[nodiscard]] std::string_view deficiencyName(Deficiency deficiency);
[[nodiscard]] std::optional<Deficiency> deficiencyFromName(std::string_view name);
/// For sorting, the least first: AS, AG, what nobody classified, E.
[[nodiscard]] int weightRank(std::optional<AuditClass> auditClass);
/// "AS, serious deviation"; "considerable".
[[nodiscard]] const MessageDef *wordOf(AuditClass auditClass);
[[nodiscard]] const MessageDef *wordOf(Deficiency deficiency);

/// The sentence that somebody wrote of the module as a whole.
struct OverallVerdict
{
    std::string text;
    std::string by;
    std::string at;       ///< RFC 3339
    int decidedSince = 0; ///< requirements and parts whose decision was made, changed or undone after it
};
/// Nothing: nobody said one. O(journal).
[[nodiscard]] std::optional<OverallVerdict> verdictOf(const AuditState &state, const std::string &module);

/// The deviations that a person chose for the summary.
struct ChosenDeviations
{
    std::vector<std::string> requirements; ///< ids, worst class first; only those that are deviations by now
    std::string by;
    std::string at; ///< RFC 3339
};
/// Nothing: nobody chose, or none of them is one any more.
[[nodiscard]] std::optional<ChosenDeviations> chosenDeviations(const AuditState &state, const std::string &module);

inline constexpr std::size_t mostChosen = 5;
inline constexpr std::size_t mostOfVerdict = 300; ///< characters: section 1 of a report is one page

/// What records it; nothing (text "", no ids): what takes it away. Line breaks in the text become blanks.
[[nodiscard]] AuditChange classChange(const std::string &requirement, std::optional<AuditClass> auditClass);
[[nodiscard]] AuditChange deficiencyChange(const std::string &requirement, std::optional<Deficiency> deficiency);
/// Also where the text is the same: then it is confirmed anew, by whoever works now.
[[nodiscard]] std::vector<AuditChange> verdictChanges(
    const AuditState &state, const std::string &module, std::string_view text);
[[nodiscard]] AuditChange deviationsChange(const std::string &module, const std::vector<std::string> &requirements);

/// What a setting's key is about, if it is one of those above.
struct ClassificationKey
{
    enum class Kind : std::uint8_t { Class, Deficiency, Verdict, Deviations } kind;
    std::string_view id; ///< of the requirement or module; a view into the key
};
[[nodiscard]] std::optional<ClassificationKey> classificationKey(std::string_view settingKey);
/// "Classification of SYS.1.6.A17".
[[nodiscard]] Message nameOf(const ClassificationKey &key);

/// What is wrong with the setting as the audit stands in `state`: an unknown value or id, a class without a deviation,
/// a verdict that is too long, more than mostChosen. Empty: fine, or another setting.
[[nodiscard]] std::optional<Message> validateClassification(
    const AuditState &state, const Catalogue &catalogue, const Setting &setting);

} // namespace tally
