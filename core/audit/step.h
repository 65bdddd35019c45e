// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tally {

/// One thing as it was and as it became: what can be undone and redone.
struct DecisionStep
{
    std::string id;
    Decision before;
    Decision after;
};
struct PolicyStep
{
    PolicyPtr before;
    PolicyPtr after;
};
struct KeysStep
{
    std::vector<KeyFile> before;
    std::vector<KeyFile> after;
};
struct AskedStep
{
    std::vector<AskedKind> before;
    std::vector<AskedKind> after;
};
struct ExceptionStep
{
    std::optional<FindingException> before; ///< nothing: there was none
    std::optional<FindingException> after;
};
struct RecordStep
{
    std::optional<Record> before; ///< nothing: there was none
    std::optional<Record> after;
};
struct AttachmentStep
{
    const char *event;                ///< of the journal
    std::optional<Attachment> before; ///< nothing: it did not count
    std::optional<Attachment> after;
};
using Step = std::variant<DecisionStep, PolicyStep, KeysStep, AskedStep, ExceptionStep, RecordStep, AttachmentStep>;
/// What is done, undone and redone together.
using StepGroup = std::vector<Step>;

/// Which way a step is gone, and how the journal names it: "policy", "policy-undone", "policy-redone".
enum class Way : std::uint8_t { Do, Undo, Redo };

[[nodiscard]] std::string eventOf(const char *what, Way way);

/// What a person can tell an exception by, for the journal.
[[nodiscard]] std::string nameOf(const FindingException &exception);

/// JSON of what changed, for the journal.
[[nodiscard]] std::string changeOf(const AuditInfo &before, const AuditInfo &after);
[[nodiscard]] std::string changeOf(const Decision &before, const Decision &after);
[[nodiscard]] std::string changeOf(const PolicyPtr &before, const PolicyPtr &after);
[[nodiscard]] std::string changeOf(const std::vector<KeyFile> &before, const std::vector<KeyFile> &after);
[[nodiscard]] std::string changeOf(const std::vector<AskedKind> &before, const std::vector<AskedKind> &after);
[[nodiscard]] std::string changeOf(
    const std::optional<FindingException> &before, const std::optional<FindingException> &after);
[[nodiscard]] std::string changeOf(const std::optional<Record> &before, const std::optional<Record> &after);
[[nodiscard]] std::string changeOf(const std::optional<Attachment> &before, const std::optional<Attachment> &after);

} // namespace tally
