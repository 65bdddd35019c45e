// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/assessment/assessment.h"
#include "core/audit/audit.h"
#include "core/base/messages_report.h"
#include "core/report/report_document.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Renders what a report says in its one language. A view on the translator: it must outlive this.
class Words
{
public:
    Words(Language language, const Translator &translator)
        : m_language(language)
        , m_translator(&translator)
    {
    }

    [[nodiscard]] std::string operator()(const MessageDef *def, std::vector<std::string> args = {}) const;
    [[nodiscard]] std::string operator()(const Message &message) const { return m_translator->text(message); }
    [[nodiscard]] Language language() const { return m_language; }

    [[nodiscard]] std::string count(std::uint64_t value) const;
    /// Text from outside, made safe to print: invisible characters marked, long values cut with a note that says so.
    [[nodiscard]] std::string outside(std::string_view text, std::size_t maxCharacters = 1000) const;
    /// What somebody wrote in a field of several lines: the same line by line, with its line breaks.
    [[nodiscard]] std::string typed(std::string_view text, std::size_t maxCharacters = 8000) const;
    /// As typed(); "not stated" where it is empty.
    [[nodiscard]] std::string givenLines(std::string_view text) const;
    /// As outside(); "not stated" where it is empty.
    [[nodiscard]] std::string given(std::string_view text) const;
    /// Date, or what stands there if it is none.
    [[nodiscard]] std::string date(std::string_view iso) const;

    [[nodiscard]] std::string proposal(Proposal proposal) const;
    [[nodiscard]] std::string status(Status status) const;
    [[nodiscard]] std::string level(Level level) const;   ///< "Basis"
    [[nodiscard]] std::string levels(Level level) const;  ///< "Basis-Anforderungen (B)"
    [[nodiscard]] std::string levelOf(Level level) const; ///< "Basis-Anforderung"
    [[nodiscard]] std::string severity(Severity severity) const;
    [[nodiscard]] std::string partClass(PartClass partClass) const;
    [[nodiscard]] std::string form(std::string_view code) const;         ///< form of a source
    [[nodiscard]] std::string event(std::string_view code) const;        ///< of a journal entry
    [[nodiscard]] std::string exception(std::string_view kind) const;    ///< of an accepted finding
    [[nodiscard]] std::string policyEntry(std::string_view entry) const; ///< of a house policy
    [[nodiscard]] std::string purpose(NetworkZone::Purpose purpose) const;
    [[nodiscard]] std::string risk(std::string_view kind) const;
    [[nodiscard]] std::string cause(std::string_view code) const; ///< why bytes of a layer are not visible

private:
    /// Text of the message with this code; the code itself, made visible, if there is none.
    [[nodiscard]] std::string byCode(std::string_view prefix, std::string_view code) const;

    Language m_language;
    const Translator *m_translator;
};

/// Null: nobody decided it.
[[nodiscard]] const Decision *decisionOn(const AuditState &audit, const std::string &id);

[[nodiscard]] Symbol symbolOf(Proposal proposal);
[[nodiscard]] Symbol symbolOf(Status status);
/// Of a decision whose basis has changed Symbol::Outdated, whatever it says; null: nobody decided.
[[nodiscard]] Symbol symbolOf(const Decision *decision);
[[nodiscard]] Symbol symbolOf(Severity severity);
/// "no (outdated)"; null: nobody decided.
[[nodiscard]] std::string decisionWord(const Words &words, const Decision *decision);

[[nodiscard]] inline Run plain(std::string text)
{
    return {std::move(text)};
}
[[nodiscard]] inline Run strong(std::string text, Symbol symbol = Symbol::None)
{
    return {std::move(text), Run::Style::Strong, symbol};
}
[[nodiscard]] inline Run muted(std::string text)
{
    return {std::move(text), Run::Style::Muted};
}
[[nodiscard]] inline Run mono(std::string text)
{
    return {std::move(text), Run::Style::Mono};
}

/// A cell of one line.
[[nodiscard]] Cell cell(Run run);
[[nodiscard]] Cell rightCell(Run run);
/// A cell of several lines of one run each.
[[nodiscard]] Cell cellOf(std::vector<Run> lines);

/// Messages name files as the caller did; a report names them without their folders.
[[nodiscard]] std::string withoutFolders(std::string text, const std::vector<Source> &sources);

[[nodiscard]] std::string join(const std::vector<std::string> &items, std::string_view separator = ", ");

} // namespace tally
