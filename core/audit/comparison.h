// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What became of a finding from one audit to the next.
enum class FindingFate : std::uint8_t {
    New,         ///< the old data, judged by today's rules, does not have it
    NewByRules,  ///< the old data has it, too: only today's rules (checks, house policy, keys) look at it
    Gone,        ///< the new audit looked at the same place and does not have it
    GoneByRules, ///< the old data, judged by today's rules, does not have it either: not mended, no longer said
    NotLookedAt, ///< the new audit lacks what it needs to see it: nobody can tell
    Changed,     ///< still there, and another severity, another statement, or in another form at the same object
    Same,
};
inline constexpr std::size_t findingFates = 7;
[[nodiscard]] std::string_view fateName(FindingFate fate); ///< "new", "new-by-rules", ...

/// From the auditor's view: which way a verdict went.
enum class Direction : std::uint8_t {
    Same,
    Better,
    Worse,
    Unclear, ///< was known, and nobody can tell now
    Clearer, ///< nobody could tell, and it is known now
    Other,   ///< different, and neither better nor worse
};
[[nodiscard]] std::string_view directionName(Direction direction); ///< "same", "better", ...

enum class FindingChange : std::uint8_t { Severity, Statement, Place };
[[nodiscard]] std::string_view changeName(FindingChange change); ///< "severity", "statement", "place"

struct ComparedFinding
{
    FindingFate fate = FindingFate::Same;
    const Finding *before = nullptr;        ///< null: new
    const Finding *after = nullptr;         ///< null: gone, or not looked at
    std::vector<FindingChange> changes{};   ///< of Changed
    std::vector<std::string> missing{};     ///< of NotLookedAt: needs as in Basis::missing, sorted; never empty there
    const Finding *beforeByRules = nullptr; ///< of NewByRules: where the old data has it

    [[nodiscard]] const Finding &shown() const { return after ? *after : *before; }
};

/// Of a part or a requirement.
struct ComparedVerdict
{
    std::string id;
    std::optional<Proposal> before; ///< nothing: that audit did not judge it
    std::optional<Proposal> after;
    Direction proposal = Direction::Same;
    Status statusBefore = Status::Unbearbeitet;
    Status statusAfter = Status::Unbearbeitet;
    Direction status = Direction::Same;   ///< Same as well where it waits
    bool waits = false;                   ///< what was decided then was taken over, and nobody confirmed it yet
    std::vector<ComparedVerdict> parts{}; ///< of a requirement, in its order
};

/// Of what people decided, where anything of it differs.
struct ComparedDecision
{
    std::string id;
    const Decision *before = nullptr; ///< null: nobody had decided
    const Decision *after = nullptr;  ///< null: nobody has decided now
    Direction status = Direction::Same;
    /// Of "status", "reason", "responsible", "until", "measure".
    std::vector<std::string_view> fields{};
};

struct ComparedException
{
    const FindingException *before = nullptr; ///< null: new
    const FindingException *after = nullptr;  ///< null: withdrawn, or nobody confirmed it
    bool waits = false;                       ///< nobody confirmed it yet: it does not count
    bool expired = false;                     ///< did hold when the old audit was judged, and does not today
};

struct ComparedSource
{
    const Source *before = nullptr;
    const Source *after = nullptr;
    bool sameContent = false; ///< the same bytes in both
};

/// An opened image, by repository and platform.
struct ComparedImage
{
    const Image *before = nullptr;
    const Image *after = nullptr;
    bool sameContent = false; ///< the same configuration, and with it the same layers
};

/// What a container of a workload runs, where that differs.
struct ComparedReference
{
    ObjectName workload; ///< the controller; apiVersion holds the group only
    std::string cluster; ///< as ComparedObject::cluster
    std::string container;
    std::string before; ///< references, separated by ", " where several Pods differ
    std::string after;
};

struct ComparedObject
{
    ObjectName name;     ///< of a workload the controller; apiVersion holds the group only
    std::string cluster; ///< what the audit that has it calls its cluster; "" where neither audit has several
};

/// Workloads and namespaces that came or went; what could not be seen now is not in here.
struct ComparedObjects
{
    std::vector<ComparedObject> newWorkloads; ///< by cluster and name
    std::vector<ComparedObject> goneWorkloads;
    std::vector<ComparedObject> newNamespaces; ///< likewise
    std::vector<ComparedObject> goneNamespaces;
    std::size_t objectsBefore = 0;
    std::size_t objectsAfter = 0;
};

/// Whether what stood in a cluster can be compared at all.
enum class ClusterMatch : std::uint8_t {
    NoCluster,  ///< in neither audit
    Same,       ///< by the uid of kube-system, of several: all that have a partner
    Unknown,    ///< at least one export does not tell which cluster it is: taken for the same
    Different,  ///< no two are the same: what stands in them is not compared, unless that was asked for
    OnlyBefore, ///< the new audit has no cluster: what was found there is not looked at
    OnlyAfter,
};
[[nodiscard]] std::string_view clusterMatchName(ClusterMatch match); ///< "none", "same", ...

/// A cluster of one audit beside that of the other.
struct ComparedCluster
{
    const AuditCluster *before = nullptr; ///< null: new, or nothing says which one it was
    const AuditCluster *after = nullptr;
    bool byUid = false; ///< the same uid of kube-system; else by name, or because it is the only one left

    [[nodiscard]] bool isPair() const { return before && after; }
};

struct CompareOptions
{
    /// Compare by names although these are two clusters: one that was set up anew, or stages of one application.
    bool acrossClusters = false;
};

/// Two audits beside each other. Immutable; owns what its pointers point to.
struct AuditComparison
{
    AuditStatePtr before;
    AuditStatePtr after;
    CompareOptions options;
    /// What the data of the old audit gives under today's rules; null where it was not needed, or could not be made.
    AssessmentPtr beforeAnew;

    ClusterMatch cluster = ClusterMatch::NoCluster;
    bool clustersCompared = true; ///< false: no two are the same, and nobody asked for it
    /// In the order of the new audit, then those that have no partner there. What stands in a cluster without partner
    /// is not compared where the other audit has others.
    std::vector<ComparedCluster> clusters;
    bool rulesChanged = false;  ///< catalogue, checks or program
    bool policyChanged = false; ///< the house's policy or keys
    /// Fingerprints of both runs do not match by themselves (scheme, or a cluster key that one of them lacks); the old
    /// data was judged anew for that.
    bool judgedAnew = false;
    bool rulesUnclear = false;  ///< the rules changed, and the old data could not be judged anew: new may be by rules
    bool notComparable = false; ///< fingerprints do not match, and the old data could not be judged anew
    bool outdated = false;      ///< sources, policy or keys of the new audit changed after its last run

    std::vector<ComparedFinding> findings; ///< by fate; within, in the order of the run
    std::array<std::size_t, findingFates> counts{};
    std::vector<ComparedVerdict> requirements; ///< all of the catalogue, in its order
    std::vector<ComparedDecision> decisions;   ///< in the order of the catalogue; without those that wait
    std::vector<std::string> waiting;          ///< decided then, and to be confirmed now: ids, in the same order
    std::vector<ComparedException> exceptions; ///< by key
    std::vector<ComparedSource> sources;       ///< in the order of the new audit; then those that are gone
    std::vector<ComparedImage> images;         ///< likewise
    std::vector<ComparedReference> references; ///< sorted
    ComparedObjects objects;

    [[nodiscard]] std::size_t count(FindingFate fate) const { return counts.at(static_cast<std::size_t>(fate)); }
};

using AuditComparisonPtr = std::shared_ptr<const AuditComparison>;

/// Compares two audits of the same thing. Findings are matched by fingerprint; what is left over by check, object and
/// field without list indexes, once more. Where rules, policy or keys differ, the stored data of the old audit is
/// judged by those of the new one: only so a finding that is new because somebody looks now can be told from one that
/// is new in the cluster. Neither audit is changed. Any thread. O(n log n) in findings, objects and files, and one
/// assess() of the old data where it is needed. Errors: Unsupported (one of them was never judged), Cancelled.
[[nodiscard]] Result<AuditComparisonPtr> compareAudits(AuditStatePtr before, AuditStatePtr after,
    const Catalogue &catalogue, const CheckSet &checks, const CompareOptions &options = {}, const RunContext &run = {});

} // namespace tally
