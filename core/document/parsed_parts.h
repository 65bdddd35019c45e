// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/readers.h"
#include "core/document/secret_facts.h"
#include "core/document/source_text.h"
#include "core/document/tree_part.h"

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

namespace tally {

class KeyFacts;

/// One document as a worker made it, or why there is none.
struct ParsedPart
{
    TreePart part;
    std::optional<ReadFailure> failure;
    std::vector<ReadFailure> skipped; ///< items of a List that could not be read; the others are there
    std::vector<HelmReleaseText> releases{};
};

/// What a worker does last with a document that it has read: masks its secrets, unless the options say otherwise.
/// end: end of its text in the source.
void completePart(
    ParsedPart &parsed, SourceText &source, std::uint32_t end, KeyFacts &keys, const ReadOptions &options);

/// Where secrets are masked the fields are dropped: sets of values stand in them, in clear.
[[nodiscard]] inline ManagedFields dropsManagedFields(const ReadOptions &options)
{
    return options.maskSecrets ? ManagedFields::Drop : ManagedFields::Keep;
}

enum class LineBreaks : std::uint8_t {
    Keep,
    Unify, ///< CR LF becomes LF, as YAML reads it anyway; positions stay true
};

/// Checks size and encoding. Errors: LimitExceeded, Malformed.
[[nodiscard]] Result<std::shared_ptr<SourceText>> openSource(
    std::string text, const ReadOptions &options, LineBreaks lineBreaks);

/// Counts the finished jobs of parallel workers for the window.
class ReadProgress
{
public:
    ReadProgress(const RunContext &run, std::string fileName, std::uint64_t total);
    void step();

private:
    const RunContext &m_run;
    Message m_phase;
    std::uint64_t m_total;
    std::atomic<std::uint64_t> m_done{0};
};

/// Joins what the workers made, in input order, so that the number of threads cannot be seen in the result.
class PartCollector
{
public:
    PartCollector(std::shared_ptr<SourceText> source, const ReadOptions &options);

    /// The parts that share one worker's table of keys.
    void add(const KeyTable &keys, std::vector<ParsedPart> parts);
    [[nodiscard]] Result<ParsedText> finish(const RunContext &run);

private:
    void addFailure(const ReadFailure &failure);
    [[nodiscard]] std::vector<HelmRelease> readReleases(const RunContext &run);

    std::shared_ptr<SourceText> m_source;
    const ReadOptions &m_options;
    std::shared_ptr<KeyTable> m_keys = std::make_shared<KeyTable>();
    std::vector<TreePart> m_parts;
    std::vector<HelmReleaseText> m_releases;
    std::vector<Diagnostic> m_diagnostics;
    std::optional<Error> m_firstError;
    std::optional<Error> m_fatal;
};

} // namespace tally
