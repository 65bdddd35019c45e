// SPDX-License-Identifier: Apache-2.0
#include "core/assessment/assess.h"

#include "core/assessment/basis.h"
#include "core/base/messages.h"
#include "core/base/text_format.h"
#include "core/base/version.h"
#include "core/io/digest.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace tally {

namespace {

constexpr std::string_view hashVersion = "basis 1\n";

/// Which checks speak about a part with more than context, and what all of them found.
struct PartChecks
{
    std::vector<const CheckBasis *> bases;
    std::vector<const CheckBasis *> proving; ///< those of bases whose findings prove
    std::vector<PartFinding> findings;
};

class Weigher
{
public:
    Weigher(const Catalogue &catalogue, const CheckSet &checks, const CheckInput &input, Assessment &assessment)
        : m_catalogue(catalogue)
        , m_assessment(assessment)
        , m_counter(input)
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
        for (std::size_t i = 0; i < assessment.findings.size(); ++i) {
            const Finding &finding = assessment.findings[i];
            const Check *check = checks.find(finding.check);
            for (const PartWeight &pair : check->parts)
                m_parts[pair.part].findings.push_back({i, check->weightOf(pair, finding)});
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
        PartChecks &checks = m_parts[part.id];
        PartEvidence evidence;
        evidence.anyCheck = !checks.bases.empty();
        evidence.allNeedsMet = true;
        for (const CheckBasis *basis : checks.bases)
            evidence.allNeedsMet = evidence.allNeedsMet && basis->complete;
        for (const CheckBasis *basis : checks.proving.empty() ? checks.bases : checks.proving)
            evidence.anyNeedMet = evidence.anyNeedMet || basis->looked;
        for (const PartFinding &row : checks.findings) {
            evidence.provenFinding = evidence.provenFinding || row.weight == Weight::Proves;
            evidence.indication = evidence.indication || row.weight == Weight::Indicates;
        }
        PartResult result;
        result.id = part.id;
        result.basis = m_counter.sum(checks.bases);
        evidence.nothingSeen = result.basis.kinds.empty() && result.basis.images == 0;
        result.proposal = proposePart(part.partClass, evidence);
        result.findings = std::move(checks.findings);
        std::ranges::stable_sort(result.findings, [](const PartFinding &a, const PartFinding &b) {
            return std::tuple(-static_cast<int>(a.weight), a.finding)
                < std::tuple(-static_cast<int>(b.weight), b.finding);
        });
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
        for (const std::string &missing : part.basis.missing)
            hash.update("missing " + missing + '\n');
        for (const std::string &kind : part.basis.recorded)
            hash.update("recorded " + kind + '\n');
        return hash.hex();
    }

    const Catalogue &m_catalogue;
    Assessment &m_assessment;
    BasisCounter m_counter;
    std::vector<CheckBasis> m_bases; // reserved: m_parts points into it
    std::unordered_map<std::string, PartChecks> m_parts;
};

} // namespace

Result<AssessmentPtr> assess(
    const Catalogue &catalogue, const CheckSet &checks, const CheckInput &input, const RunContext &run)
{
    auto assessment = std::make_shared<Assessment>();
    assessment->edition = catalogue.edition;
    assessment->catalogueDigest = catalogue.digest;
    assessment->checksDigest = checks.digest;
    assessment->policyDigest = input.policy ? input.policy->digest : "";
    assessment->toolVersion = toolVersion;
    assessment->createdAt = rfc3339(outputTime());
    TALLY_ASSIGN(assessment->findings, runChecks(checks, input, run));
    run.report({Message{messageDef("assessment.weighing")}, 0, 0});
    Weigher(catalogue, checks, input, *assessment).weigh();
    return AssessmentPtr(std::move(assessment));
}

} // namespace tally
