// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/duplicates.h"

#include "core/base/messages_cluster.h"
#include "core/base/text_format.h"
#include "core/cluster/known_kinds.h"
#include "core/cluster/object_time.h"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace tally {

namespace {

constexpr std::size_t mostSaidPerKind = 20; // a hostile export shall not fill the page with one sentence
constexpr int mostHashDepth = 250;          // beyond Limits::maxDepth: only against a document made by hand

void mix(std::uint64_t &hash, std::string_view text)
{
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3ULL; // FNV-1a
    }
    hash ^= 0xff;
    hash *= 0x100000001b3ULL;
}

void mixNode(std::uint64_t &hash, Node node, int depth = 0)
{
    mix(hash, node.key());
    if (node.isScalar()) {
        mix(hash, node.text());
        return;
    }
    mix(hash, node.isMap() ? "{" : "[");
    if (depth < mostHashDepth) {
        for (const Node child : node)
            mixNode(hash, child, depth + 1);
    }
    mix(hash, "}");
}

/// What an object asks for, without what the cluster writes into it. Two texts of the same object agree in it.
std::uint64_t contentHash(Node root)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const Node member : root) {
        const std::string_view key = member.key();
        if (key != "metadata" && key != "status" && key != "apiVersion" && key != "kind")
            mixNode(hash, member);
    }
    for (const std::string_view key : {"labels", "annotations"}) { // a namespace's Pod Security level, for instance
        const Node values = root["metadata"][key];
        if (values.size() > 0)
            mixNode(hash, values);
    }
    return hash;
}

/// Of an object without a uid.
std::string identityOf(const Object &object)
{
    std::string key;
    const auto part = [&key](std::string_view text) {
        key += text;
        key += '\0';
    };
    part(object.group());
    part(object.kind);
    part(object.namespaceName);
    part(object.name);
    if (object.name.empty()) { // generateName, configuration files: only the content tells
        std::uint64_t hash = contentHash(object.root);
        mixNode(hash, object.root["metadata"]);
        part(std::to_string(hash));
    }
    return key;
}

bool isSameName(const Object &first, const Object &second)
{
    return std::tie(first.kind, first.namespaceName, first.name)
        == std::tie(second.kind, second.namespaceName, second.name);
}

/// Of what changes by the second, between two calls of kubectl, a difference says nothing; nor does one between two
/// versions of the API.
bool tellsByContent(const Object &first, const Object &second)
{
    return first.kind != "Event" && first.kind != "Lease" && !first.kind.starts_with("Endpoint")
        && first.group() != "metrics.k8s.io" && first.apiVersion == second.apiVersion;
}

std::uint64_t resourceVersionOf(const Object &object)
{
    const std::string_view text = object.root["metadata"]["resourceVersion"].text();
    std::uint64_t version = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
    return error == std::errc() && end == text.data() + text.size() ? version : 0;
}

/// Velero stores an object once for each version that the API serves; the server's own preference lies in such a
/// folder.
bool isPreferredVersion(std::string_view file)
{
    return file.find("-preferredversion/") != std::string_view::npos;
}

/// Does the one that was read later count?
bool isNewer(const Object &object, const Object &than)
{
    if (object.uid.empty() || object.uid != than.uid)
        return object.source > than.source;
    const std::uint64_t version = resourceVersionOf(object);
    const std::uint64_t other = resourceVersionOf(than);
    if (version != 0 && other != 0 && version != other)
        return version > other;
    if (isPreferredVersion(object.file) != isPreferredVersion(than.file))
        return isPreferredVersion(object.file);
    const std::string_view time = latestTime(object);
    const std::string_view otherTime = latestTime(than);
    return time != otherTime ? time > otherTime : object.source > than.source;
}

} // namespace

Duplicates::Duplicates(ClusterBuilder::State &state, ClusterTeller &teller)
    : m_state(state)
    , m_teller(teller)
{
}

std::vector<Object> Duplicates::remove()
{
    m_kept.reserve(m_state.objects.size());
    m_byUid.reserve(m_state.objects.size());
    constexpr std::size_t ahead = 16; // each uid stands elsewhere in the text, and is waited for else
    const std::vector<Object> &objects = m_state.objects;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        if (i + ahead < objects.size())
            __builtin_prefetch(objects[i + ahead].uid.data());
        take(objects[i]);
    }
    saySummary();
    return std::move(m_kept);
}

void Duplicates::take(const Object &object)
{
    m_teller.see(object);
    const std::string identity = object.uid.empty() ? identityOf(object) : std::string();
    const std::size_t next = m_kept.size();
    const std::size_t first = object.uid.empty() ? m_seen.try_emplace(identity, next).first->second
                                                 : m_byUid.try_emplace(object.uid, next).first->second;
    if (first == next) {
        m_kept.push_back(object);
        return;
    }
    Object &kept = m_kept[first];
    if (object.uid.empty() && kept.source == object.source) {
        if (isVariant(identity, kept, object))
            m_kept.push_back(object);
    } else {
        settle(kept, object);
    }
}

bool Duplicates::isVariant(const std::string &identity, const Object &kept, const Object &object)
{
    if (object.name.empty() || object.apiVersion != kept.apiVersion)
        return false;
    const auto keyOf = [&identity](const Object &of) { return identity + std::to_string(contentHash(of.root)); };
    m_seen.try_emplace(keyOf(kept), 0);
    if (!m_seen.try_emplace(keyOf(object), 0).second)
        return false;
    say(Diagnostic::Severity::Warning,
        {clusterDef("cluster.variants"), {addressOf(object), visible(toUtf8(kept.file)), visible(toUtf8(object.file))}},
        object);
    return true;
}

void Duplicates::settle(Object &kept, const Object &other)
{
    // Copied by hand, uid and all. Nothing is gained by it: whoever could do that could leave the object out, too.
    if (!isSameName(kept, other)) {
        say(Diagnostic::Severity::Warning, {clusterDef("cluster.uid-shared"), {addressOf(other), addressOf(kept)}},
            other);
        return;
    }
    if (!other.uid.empty())
        m_teller.agree(kept, other);
    const bool otherCounts = isNewer(other, kept);
    if (contentHash(kept.root) != contentHash(other.root))
        compare(kept, other, otherCounts);
    else if (kept.source != other.source)
        ++m_known[other.source];
    if (otherCounts)
        kept = other;
}

void Duplicates::compare(const Object &kept, const Object &other, bool otherCounts)
{
    if (!tellsByContent(kept, other))
        return;
    const bool isTold = otherCounts || isNewer(kept, other);
    const MessageDef *def = kept.source != other.source ? clusterDef("cluster.duplicate-newer")
        : isTold                                        ? clusterDef("cluster.duplicate-replaced")
                                                        : clusterDef("cluster.duplicate-differs");
    say(Diagnostic::Severity::Warning, {def, {addressOf(kept)}}, other);
}

void Duplicates::say(Diagnostic::Severity severity, Message message, const Object &object)
{
    std::size_t &said = m_said[message.def->code];
    if (said++ < mostSaidPerKind)
        m_state.say(severity, std::move(message), object.source, object.file);
    else
        ++m_unsaid;
}

void Duplicates::saySummary()
{
    for (const auto &[source, count] : m_known)
        m_state.say(
            Diagnostic::Severity::Note, {clusterDef("cluster.known-already"), {std::to_string(count)}}, source, {});
    if (m_unsaid > 0)
        m_state.say(Diagnostic::Severity::Warning, {clusterDef("cluster.more-duplicates"), {}, m_unsaid}, -1, {});
}

} // namespace tally
