// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/builder_state.h"
#include "core/cluster/several_clusters.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tally {

/// Settles which copy of an object counts, and says where two of them differ. Nothing is lost without a word:
/// - the same uid: the newer one by metadata.resourceVersion, which grows with each write, else by the latest time that
///   stands in it, else the one of the later source, else the first;
/// - no uid, from one source: all of them stay where they differ (variants of a manifest); of different sources the
///   later one counts;
/// - another uid: another object.
/// Of Events, Leases, Endpoints, EndpointSlices and metrics.k8s.io copies that differ are settled without a word: they
/// change by the second, so that two calls of kubectl never agree, and nothing that is judged hangs on them.
/// O(objects).
class Duplicates
{
public:
    /// Both must live as long as it.
    Duplicates(ClusterBuilder::State &state, ClusterTeller &teller);

    [[nodiscard]] std::vector<Object> remove();
    /// After remove(): where the objects that have a uid stand in what it gave. Views into the objects' texts.
    [[nodiscard]] std::unordered_map<std::string_view, std::size_t> takeUids() { return std::move(m_byUid); }

private:
    void take(const Object &object);
    /// True: it differs from all kept ones and has to be kept beside them.
    [[nodiscard]] bool isVariant(const std::string &identity, const Object &kept, const Object &object);
    void settle(Object &kept, const Object &other);
    void compare(const Object &kept, const Object &other, bool otherCounts);
    void say(Diagnostic::Severity severity, Message message, const Object &object);
    void saySummary();

    ClusterBuilder::State &m_state;
    ClusterTeller &m_teller;
    std::vector<Object> m_kept;
    std::unordered_map<std::string_view, std::size_t> m_byUid; ///< index into m_kept
    std::unordered_map<std::string, std::size_t> m_seen;       ///< without a uid: identity, also with its content
    std::map<int, std::size_t> m_known; ///< by source: objects that an earlier one has with the same content
    std::map<std::string_view, std::size_t> m_said;
    int m_unsaid = 0;
};

} // namespace tally
