// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit.h"

#include "core/audit/audit_file.h"
#include "core/audit/clusters.h"
#include "core/base/ascii.h"
#include "core/base/messages_audit.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>
#include <variant>

namespace tally {

Result<> requireNew(const AuditState &state, const Source &source)
{
    const auto there = std::ranges::find_if(state.sources, [&source](const Source &each) {
        return !each.sha256.empty() && each.sha256 == source.sha256 && each.form == source.form;
    });
    if (there == state.sources.end())
        return {};
    const bool counts = !state.withdrawalOf(static_cast<int>(there - state.sources.begin()));
    return fail(ErrorKind::Unsupported,
        {counts ? auditDef("source.already-added") : auditDef("source.withdrawn"), {source.name, there->name}},
        source.path + ": " + source.sha256);
}

AuditState withSource(const AuditState &state, const Opened &opened)
{
    AuditState next = state;
    const int source = static_cast<int>(next.sources.size());
    next.sources.push_back(opened.source);
    next.exports.emplace_back();
    for (const OpenedThing &thing : opened.things) {
        if (const auto *image = std::get_if<ImagePtr>(&thing))
            next.images.push_back(*image);
        else
            next.exports.back() = std::get<ClusterPtr>(thing);
    }
    std::vector<Diagnostic> said = opened.diagnostics;
    if (next.exports.back())
        joinExport(next, said);
    for (Diagnostic &diagnostic : said) {
        diagnostic.source = source;
        next.diagnostics.push_back(std::move(diagnostic));
    }
    return next;
}

AuditState withSourceReplaced(const AuditState &state, std::size_t index, const Opened &fresh)
{
    AuditState next = state;
    const int number = static_cast<int>(index);
    Source &source = next.sources.at(index);
    const std::string addedAt = source.addedAt;
    source = fresh.source;
    source.addedAt = addedAt;

    const auto later = [number](int other) { return other > number; };
    std::erase_if(next.images, [number](const ImagePtr &image) { return image->source == number; });
    auto image = std::ranges::find_if(next.images, [&](const ImagePtr &each) { return later(each->source); });
    for (const OpenedThing &thing : fresh.things)
        image = std::next(next.images.insert(image, std::get<ImagePtr>(thing)));

    std::vector<Diagnostic> said = fresh.diagnostics;
    for (Diagnostic &diagnostic : said)
        diagnostic.source = number;
    std::erase_if(next.diagnostics, [number](const Diagnostic &each) { return each.source == number; });
    const auto place
        = std::ranges::find_if(next.diagnostics, [&](const Diagnostic &each) { return later(each.source); });
    next.diagnostics.insert(place, said.begin(), said.end());
    return next;
}

Opened openedSource(const AuditState &state, std::size_t index)
{
    Opened opened;
    opened.source = state.sources.at(index);
    for (const ImagePtr &image : state.images) {
        if (image->source == static_cast<int>(index))
            opened.things.emplace_back(image);
    }
    return opened;
}

std::vector<std::size_t> sourcesToRecheck(const AuditState &state)
{
    std::vector<std::size_t> sources;
    for (std::size_t i = 0; i < state.sources.size(); ++i) {
        if (state.sources[i].cached && !state.withdrawalOf(static_cast<int>(i)))
            sources.push_back(i);
    }
    return sources;
}

std::vector<CheckInput> checkInputs(const AuditState &state)
{
    std::vector<CheckInput> inputs(std::max<std::size_t>(state.clusters.size(), 1));
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        inputs[i].images = state.images;
        inputs[i].policy = state.policy.get();
        inputs[i].keys = state.keys;
        if (i >= state.clusters.size())
            continue;
        const AuditCluster &cluster = state.clusters[i];
        inputs[i].cluster = cluster.cluster.get();
        inputs[i].clusterIdentity = cluster.identity;
        if (inputs.size() > 1)
            inputs[i].clusterName = cluster.key;
    }
    return inputs;
}

const KeyFile *AuditState::keyFileOf(int key) const
{
    for (const KeyFile &file : keyFiles) {
        if (key >= 0 && static_cast<std::size_t>(key) < file.keys.size())
            return &file;
        key -= static_cast<int>(file.keys.size());
    }
    return nullptr;
}

Result<KeyFile> KeyFile::read(std::string_view pem, const std::string &name)
{
    KeyFile file;
    file.name = baseName(name);
    file.pem = pem;
    TALLY_ASSIGN(file.keys, PublicKey::read(pem, file.name));
    return file;
}

bool isJudged(const AuditState &state)
{
    if (state.sources.empty())
        return true;
    if (!state.assessment || state.assessment->policyDigest != (state.policy ? state.policy->digest : ""))
        return false;
    if (state.clusters.size() > 1 // also of a run by a version that took all exports for one cluster
        && !std::ranges::equal(state.clusters, state.assessment->clusters, {}, &AuditCluster::key))
        return false;
    // Whatever changes what the checks look at; undone and redone changes too.
    const auto last = std::find_if(state.journal.rbegin(), state.journal.rend(), [](const JournalEntry &entry) {
        return entry.event == "run" || entry.event == "source-added" || entry.event == "source-replaced"
            || entry.event.starts_with("withdrawal") || entry.event.starts_with("policy")
            || entry.event.starts_with("keys") || entry.event.starts_with("asked")
            || (entry.event.starts_with("setting") && changesClusters(entry.subject));
    });
    return last == state.journal.rend() || last->event == "run";
}

bool isAuditFile(const std::filesystem::path &path)
{
    // SQLite's file format, 1.3: the magic string, and the application id as 32 bits big-endian at offset 68
    constexpr std::string_view magic("SQLite format 3\0", 16);
    constexpr std::size_t idOffset = 68;
    std::array<char, idOffset + 4> head{};
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored))
        return false; // a pipe would be waited for
    std::ifstream file(path, std::ios::binary);
    if (!file.read(head.data(), static_cast<std::streamsize>(head.size())))
        return false;
    std::int64_t id = 0;
    for (std::size_t i = idOffset; i < head.size(); ++i)
        id = id * 256 + static_cast<unsigned char>(head[i]);
    return std::string_view(head.data(), magic.size()) == magic && id == auditApplicationId;
}

} // namespace tally
