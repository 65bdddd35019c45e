// SPDX-License-Identifier: Apache-2.0
#include "core/document/parsed_parts.h"

#include "core/base/messages_base.h"
#include "core/base/messages_document.h"
#include "core/base/text_format.h"
#include "core/document/masking.h"

#include <algorithm>
#include <iterator>

namespace tally {

namespace {

void unifyLineBreaks(std::string &text)
{
    std::size_t from = text.find("\r\n");
    std::size_t to = from;
    while (from < text.size()) {
        const std::size_t next = std::min(text.find("\r\n", from + 1), text.size());
        // Leaves out the CR at `from`.
        std::copy(text.begin() + static_cast<std::ptrdiff_t>(from + 1),
            text.begin() + static_cast<std::ptrdiff_t>(next), text.begin() + static_cast<std::ptrdiff_t>(to));
        to += next - from - 1;
        from = next;
    }
    if (to < text.size())
        text.resize(to);
}

} // namespace

Result<std::shared_ptr<SourceText>> openSource(std::string text, const ReadOptions &options, LineBreaks lineBreaks)
{
    constexpr std::uint64_t offsetsReach = (4ULL << 30U) - 4096;
    const std::uint64_t most = std::min(options.limits.maxDocumentBytes, offsetsReach);
    const auto tooLarge = [&] {
        return fail(ErrorKind::LimitExceeded,
            {baseDef("file.too-large"), {options.fileName, formatBytes(most, Language::English)}});
    };
    if (text.size() > most)
        return tooLarge();
    TALLY_ASSIGN(std::string utf8, decodeText(std::move(text), options.fileName));
    if (utf8.size() > most) // UTF-16 grows by up to a half
        return tooLarge();
    auto source = std::make_shared<SourceText>(std::move(utf8));
    if (lineBreaks == LineBreaks::Unify && source->hasCarriageReturns()) {
        utf8 = source->takeText();
        unifyLineBreaks(utf8);
        source = std::make_shared<SourceText>(std::move(utf8));
    }
    source->setOrigin(options.origin);
    return source;
}

void completePart(ParsedPart &parsed, SourceText &source, std::uint32_t end, KeyFacts &keys, const ReadOptions &options)
{
    if (!options.maskSecrets || parsed.failure || parsed.part.nodes.empty())
        return;
    const std::uint32_t begin = parsed.part.nodes.front().place;
    TreeMasker masker(source, end, keys, parsed.part);
    masker.mask(0);
    masker.finish();
    parsed.releases = masker.takeReleases();
    for (const TextRange range : masker.takeErasures())
        source.erase(range.begin, range.end);
    // With aliases a node's place does not tell where its text ends; all their texts are aside.
    if (parsed.part.hasAliases && (masker.maskedCount() != 0 || masker.hasDropped()))
        source.erase(begin, end);
}

ReadProgress::ReadProgress(const RunContext &run, std::string fileName, std::uint64_t total)
    : m_run(run)
    , m_phase{documentDef("document.reading"), {std::move(fileName)}}
    , m_total(total)
{
}

void ReadProgress::step()
{
    m_run.report({m_phase, ++m_done, m_total});
}

PartCollector::PartCollector(std::shared_ptr<SourceText> source, const ReadOptions &options)
    : m_source(std::move(source))
    , m_options(options)
{
}

void PartCollector::add(const KeyTable &keys, std::vector<ParsedPart> parts)
{
    const std::uint32_t known = m_keys->size();
    const std::vector<std::uint32_t> ids = m_keys->merge(keys);
    const bool isFirst = known == 1; // the ids are what they were
    for (ParsedPart &parsed : parts) {
        if (parsed.failure) {
            addFailure(*parsed.failure);
            continue;
        }
        for (const ReadFailure &failure : parsed.skipped)
            addFailure(failure);
        if (!isFirst)
            renumberKeys(parsed.part.nodes, ids);
        m_releases.insert(
            m_releases.end(), std::move_iterator(parsed.releases.begin()), std::move_iterator(parsed.releases.end()));
        m_parts.push_back(std::move(parsed.part));
    }
}

void PartCollector::addFailure(const ReadFailure &failure)
{
    const SourceText::Position at = m_source->at(failure.place);
    const std::string where = "line " + std::to_string(at.line) + ", column " + std::to_string(at.column);
    Error error{failure.kind, failure.message, where};
    const bool ofWholeFile
        = failure.kind == ErrorKind::Cancelled || failure.message.def == documentDef("document.too-many-nodes");
    if (ofWholeFile && !m_fatal)
        m_fatal = error;
    if (!m_firstError)
        m_firstError = std::move(error);
    m_diagnostics.push_back({Diagnostic::Severity::Error, failure.message, -1, where});
}

Result<ParsedText> PartCollector::finish(const RunContext &run)
{
    if (run.stopRequested())
        return tl::unexpected(cancelled());
    if (m_fatal)
        return tl::unexpected(std::move(*m_fatal));
    const bool nothing = std::ranges::all_of(m_parts, [](const TreePart &part) { return part.nodes.empty(); });
    if (nothing && m_firstError)
        return tl::unexpected(std::move(*m_firstError));
    if (nothing)
        return fail(ErrorKind::Malformed, {documentDef("document.empty"), {m_options.fileName}});

    ParsedText result;
    result.diagnostics = std::move(m_diagnostics);
    result.documents.reserve(m_parts.size());
    for (TreePart &part : m_parts)
        result.documents.push_back(std::make_shared<const Document>(
            Document::Parts{std::move(part.nodes), std::move(part.side), m_source, m_keys}));
    if (m_options.unpackReleases)
        result.releases = readReleases(run);
    return result;
}

/// Manifests are read like any other YAML, so that what is secret in them is masked before anybody sees it.
std::vector<HelmRelease> PartCollector::readReleases(const RunContext &run)
{
    std::vector<HelmRelease> releases;
    for (HelmReleaseText &text : m_releases) {
        ReadOptions options = m_options;
        options.unpackReleases = false;
        options.origin = {};
        options.fileName += " (Helm: " + text.name + ')';
        Result<ParsedText> parsed = readYaml(std::move(text.manifest), options, run);
        if (!parsed)
            continue;
        releases.push_back({std::move(text.name), std::move(text.namespaceName), std::move(text.chart), text.version,
            std::move(parsed->documents)});
    }
    return releases;
}

} // namespace tally
