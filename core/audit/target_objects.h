// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What the sources suggest as target objects and the audit does not have yet: the clusters, their nodes as hosts, the
/// applications that its workloads and namespaces say they are part of (app.kubernetes.io/part-of, of Kubernetes'
/// recommended labels), the namespaces that are not the platform's own, and the images. In this order, each kind by
/// name; without keys and needs. Descriptions are facts out of the sources: a version, an operating system, namespaces,
/// who is named as responsible (ownerOf()). O(nodes + workloads + namespaces x targets), pods left out.
[[nodiscard]] std::vector<TargetObject> proposedTargets(const AuditState &state);

/// Gives each that has no key the next one that is free. O(journal).
void giveKeys(const AuditState &state, std::vector<TargetObject> &targets);

/// The highest of its three needs (the maximum principle of BSI 200-2); NotStated only if none is stated.
[[nodiscard]] TargetObject::Need highestNeed(const TargetObject &target);
/// All three are stated.
[[nodiscard]] bool isFullyStated(const TargetObject &target);

/// A need above normal wants a reason, and so does one that was recorded higher before: another reason than that of the
/// higher need (BSI 200-2, 8.2: protection needs are justified). before: the same value as it is recorded; null if it
/// is not. True as long as that reason is missing.
[[nodiscard]] bool lacksReason(const TargetObject::ProtectionNeed &value, const TargetObject::ProtectionNeed *before);
/// What Audit::change() refuses about the needs of a target object. before: as it is recorded; null if it is not.
/// Empty: fine.
[[nodiscard]] std::optional<Message> validateNeeds(const TargetObject &target, const TargetObject *before);

/// Where the requirements for elevated protection needs apply, as people entered the needs. The state must outlive it.
/// Nothing that a run found depends on it: only what is counted as open, and what is shown beside a requirement.
class ProtectionScope
{
public:
    enum class Answer : std::uint8_t {
        Always,    ///< the requirement does not depend on it
        Somewhere, ///< where(): these have such needs
        Unknown,   ///< needs are missing, openPlaces(): nobody can say yet that it applies nowhere
        Nowhere,   ///< everything is stated, and nothing has such needs
    };

    /// Where targets are recorded: O(targets x namespaces + workloads), else O(1).
    explicit ProtectionScope(const AuditState &state);

    [[nodiscard]] Answer answer(const Requirement &requirement) const;
    /// It counts as open until it is decided. O(1) but for requirements of Level::Elevated: O(targets).
    [[nodiscard]] bool applies(const Requirement &requirement) const { return answer(requirement) != Answer::Nowhere; }
    /// The target objects for which it applies, the highest need first; of requirements that depend on needs.
    [[nodiscard]] std::vector<const TargetObject *> where(const Requirement &requirement) const;
    /// All with high or very high needs, in the same order.
    [[nodiscard]] std::vector<const TargetObject *> elevated() const { return above(TargetObject::Need::High); }
    /// Somebody has stated a need.
    [[nodiscard]] bool anyStated() const { return m_anyStated; }
    /// Names of target objects and namespaces whose needs are not stated, or not all three.
    [[nodiscard]] const std::vector<std::string> &openPlaces() const { return m_open; }
    /// The highest one of the targets that stand for the namespace: its own, and those of its applications.
    [[nodiscard]] TargetObject::Need needOf(std::string_view namespaceName) const;
    /// The target objects that stand for the place of a finding: its image, its host, its namespace and the
    /// applications in there. Not a cluster: it stands for everything. By key. O(targets).
    [[nodiscard]] std::vector<const TargetObject *> targetsAt(const Finding &finding) const;

    /// Two namespaces of unequal needs with pods on the same nodes. Only live pods tell.
    struct Neighbours
    {
        std::string higher;
        std::string lower;
        TargetObject::Need higherNeed = TargetObject::Need::NotStated;
        TargetObject::Need lowerNeed = TargetObject::Need::NotStated; ///< NotStated: nobody said
        std::set<std::string> nodes;
    };
    /// By need and name. The platform's own namespaces are left out: they run everywhere. O(pods log pods).
    [[nodiscard]] std::vector<Neighbours> neighbours() const;

private:
    void findOpenPlaces();
    [[nodiscard]] bool standsFor(const TargetObject &target, std::string_view namespaceName) const;
    [[nodiscard]] std::vector<const TargetObject *> above(TargetObject::Need least) const;

    const AuditState &m_state;
    std::map<std::string, std::set<std::string>, std::less<>> m_applications; ///< their namespaces
    std::vector<std::string> m_open;
    bool m_anyStated = false;
};

} // namespace tally
