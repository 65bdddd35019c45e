// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/assess.h"

#include "core/assessment/basis.h"
#include "core/base/messages_assessment.h"
#include "core/base/text_format.h"
#include "core/base/version.h"
#include "core/io/digest.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace tally {

namespace {

constexpr std::string_view hashVersion = "basis 1\n";

/// Which checks speak about a part with more than context, and what all of them found: in one cluster.
struct PartChecks
{
    std::vector<const CheckBasis *> bases;
    std::vector<const CheckBasis *> proving; ///< those of bases whose findings prove
    bool provenFinding = false;
    bool indication = false;
};

/// What can be said of the parts by looking at one cluster, or where there is none.
class ClusterWeigher
{
public:
    ClusterWeigher(const CheckSet &checks, const CheckInput &input)
        : m_counter(input)
        , m_name(input.clusterName)
    {
        m_bases.reserve(checks.checks.size());
        for (const Check &check : checks.checks) {
            m_bases.push_back(m_counter.basisOf(check));
            for (const PartWeight &pair : check.parts) {
                if (pair.weight > Weight::Context)
                    m_parts[pair.part].bases.push_back(&m_bases.back());
                if (pair.weight == Weight::Proves)
                    m_parts[pair.part].proving.push_back(&m_bases.back());
            }
        }
    }

    /// Of images alone: it counts in each cluster.
    [[nodiscard]] bool has(const Finding &finding) const
    {
        return finding.cluster.empty() || finding.cluster == m_name;
    }

    void add(const std::string &part, Weight weight)
    {
        PartChecks &checks = m_parts[part];
        checks.provenFinding = checks.provenFinding || weight == Weight::Proves;
        checks.indication = checks.indication || weight == Weight::Indicates;
    }

    [[nodiscard]] ClusterPart resultOf(const Part &part) const
    {
        const auto found = m_parts.find(part.id);
        const PartChecks checks = found == m_parts.end() ? PartChecks() : found->second;
        PartEvidence evidence;
        evidence.anyCheck = !checks.bases.empty();
        evidence.allNeedsMet = std::ranges::all_of(checks.bases, &CheckBasis::complete);
        evidence.anyNeedMet
            = std::ranges::any_of(checks.proving.empty() ? checks.bases : checks.proving, &CheckBasis::looked);
        evidence.provenFinding = checks.provenFinding;
        evidence.indication = checks.indication;
        ClusterPart result{std::string(m_name), Proposal::NotChecked, m_counter.sum(checks.bases)};
        evidence.nothingSeen = result.basis.kinds.empty() && result.basis.images == 0;
        result.proposal = proposePart(part.partClass, evidence);
        return result;
    }

private:
    BasisCounter m_counter;
    std::string_view m_name;
    std::vector<CheckBasis> m_bases; // reserved: m_parts points into it
    std::unordered_map<std::string, PartChecks> m_parts;
};

template<typename T>
void unite(std::vector<T> &into, const std::vector<T> &more)
{
    std::vector<T> all;
    std::ranges::set_union(into, more, std::back_inserter(all));
    into = std::move(all);
}

/// What was looked at in all clusters together. All have the same images.
Basis jointBasis(const std::vector<ClusterPart> &parts)
{
    Basis all;
    for (const ClusterPart &part : parts) {
        all.objects += part.basis.objects;
        all.workloads += part.basis.workloads;
        all.namespaces += part.basis.namespaces;
        all.images = std::max(all.images, part.basis.images);
        unite(all.kinds, part.basis.kinds);
        unite(all.missing, part.basis.missing);
        unite(all.sources, part.basis.sources);
        unite(all.recorded, part.basis.recorded);
    }
    return all;
}

class Weigher
{
public:
    Weigher(const Catalogue &catalogue, const CheckSet &checks, const std::vector<CheckInput> &inputs,
        Assessment &assessment)
        : m_catalogue(catalogue)
        , m_assessment(assessment)
    {
        for (const CheckInput &input : inputs)
            m_clusters.push_back(std::make_unique<ClusterWeigher>(checks, input));
        for (std::size_t i = 0; i < assessment.findings.size(); ++i) {
            const Finding &finding = assessment.findings[i];
            const Check *check = checks.find(finding.check);
            for (const PartWeight &pair : check->parts) {
                const Weight weight = check->weightOf(pair, finding);
                m_findings[pair.part].push_back({i, weight});
                for (const auto &cluster : m_clusters) {
                    if (cluster->has(finding))
                        cluster->add(pair.part, weight);
                }
            }
        }
    }

    void weigh()
    {
        for (const Module &module : m_catalogue.modules) {
            for (const Requirement &requirement : module.requirements)
                m_assessment.requirements.push_back(resultOf(requirement));
        }
    }

private:
    RequirementResult resultOf(const Requirement &requirement)
    {
        RequirementResult result;
        result.id = requirement.id;
        Sha256 hash;
        hash.update(hashVersion);
        for (const Part &part : requirement.parts) {
            result.parts.push_back(resultOf(part));
            hash.update(result.parts.back().id + '\n' + result.parts.back().basisHash + '\n');
        }
        result.proposal = proposeRequirement(result.parts);
        result.basisHash = hash.hex();
        return result;
    }

    PartResult resultOf(const Part &part)
    {
        std::vector<ClusterPart> clusters;
        for (const auto &cluster : m_clusters)
            clusters.push_back(cluster->resultOf(part));
        PartResult result;
        result.id = part.id;
        result.findings = std::move(m_findings[part.id]);
        std::ranges::stable_sort(result.findings, [](const PartFinding &a, const PartFinding &b) {
            return std::tuple(-static_cast<int>(a.weight), a.finding)
                < std::tuple(-static_cast<int>(b.weight), b.finding);
        });
        result.proposal = std::ranges::min(clusters, {}, &ClusterPart::proposal).proposal;
        if (clusters.size() == 1) {
            result.basis = std::move(clusters.front().basis);
        } else {
            result.basis = jointBasis(clusters);
            result.clusters = std::move(clusters);
        }
        result.basisHash = hashOf(result);
        return result;
    }

    /// Counts are left out: one more healthy Pod must not make every decision stale.
    std::string hashOf(const PartResult &part) const
    {
        std::vector<std::string> rows;
        for (const PartFinding &row : part.findings)
            rows.push_back(m_assessment.findings[row.finding].id + ' ' + std::string(weightName(row.weight)) + '\n');
        std::ranges::sort(rows);
        Sha256 hash;
        hash.update(hashVersion);
        for (const std::string &row : rows)
            hash.update(row);
        if (part.clusters.empty())
            addMissing(hash, part.basis, {});
        for (const ClusterPart &each : part.clusters)
            addMissing(hash, each.basis, "in " + each.cluster + ' ');
        return hash.hex();
    }

    static void addMissing(Sha256 &hash, const Basis &basis, const std::string &where)
    {
        for (const std::string &missing : basis.missing)
            hash.update(where + "missing " + missing + '\n');
        for (const std::string &kind : basis.recorded)
            hash.update(where + "recorded " + kind + '\n');
    }

    const Catalogue &m_catalogue;
    Assessment &m_assessment;
    std::vector<std::unique_ptr<ClusterWeigher>> m_clusters; // each points into itself
    std::unordered_map<std::string, std::vector<PartFinding>> m_findings;
};

} // namespace

Result<AssessmentPtr> assess(
    const Catalogue &catalogue, const CheckSet &checks, const std::vector<CheckInput> &inputs, const RunContext &run)
{
    auto assessment = std::make_shared<Assessment>();
    assessment->edition = catalogue.edition;
    assessment->catalogueDigest = catalogue.digest;
    assessment->checksDigest = checks.digest;
    assessment->policyDigest = inputs.front().policy ? inputs.front().policy->digest : "";
    assessment->toolVersion = toolVersion;
    assessment->createdAt = rfc3339(outputTime());
    if (inputs.size() == 1) {
        TALLY_ASSIGN(assessment->findings, runChecks(checks, inputs.front(), run));
    } else {
        std::vector<std::vector<Finding>> runs;
        for (const CheckInput &input : inputs) {
            assessment->clusters.emplace_back(input.clusterName);
            TALLY_ASSIGN(runs.emplace_back(), runChecks(checks, input, run));
        }
        assessment->findings = joinRuns(checks, std::move(runs));
    }
    run.report({Message{assessmentDef("assessment.weighing")}, 0, 0});
    Weigher(catalogue, checks, inputs, *assessment).weigh();
    return AssessmentPtr(std::move(assessment));
}

Result<AssessmentPtr> assess(
    const Catalogue &catalogue, const CheckSet &checks, const CheckInput &input, const RunContext &run)
{
    return assess(catalogue, checks, std::vector{input}, run);
}

} // namespace tally
