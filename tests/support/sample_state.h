// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/catalogue/catalogue.h"
#include "ui/models/session.h"

#include <iterator>
#include <memory>
#include <string>

namespace tally::test {

/// The embedded catalogue and checks.
inline ui::Knowledge sampleKnowledge()
{
    const Resources resources;
    ui::Knowledge knowledge;
    knowledge.catalogue = loadCatalogue(resources).value();
    knowledge.checks = loadChecks(resources, *knowledge.catalogue).value();
    return knowledge;
}

inline AuditInfo sampleInfo()
{
    AuditInfo info;
    info.organisation = "Musterhafen";
    return info;
}

inline Finding sampleFinding(const std::string &id, const std::string &check, Severity severity,
    const std::string &namespaceName, const std::string &name)
{
    Finding finding;
    finding.id = id;
    finding.check = check;
    finding.severity = severity;
    finding.source = 0;
    finding.file = "deployments.yaml";
    finding.line = 42;
    finding.object = ObjectName{"apps/v1", "Deployment", namespaceName, name};
    finding.container = "app";
    finding.field = "spec.template.spec.containers[0].securityContext.privileged";
    finding.args = {"Deployment/" + namespaceName + "/" + name, "app"};
    finding.excerpt = "securityContext:\n  privileged: true\n";
    finding.systemNamespace = namespaceName == "kube-system";
    return finding;
}

inline std::shared_ptr<Image> sampleImage()
{
    auto image = std::make_shared<Image>();
    image->names = {"registry.musterhafen.example/kundenportal/portal:1.4.2"};
    image->platform = "linux/amd64";
    image->form = "docker-archive";
    image->source = 1;
    Layer layer;
    layer.digest = layer.diffId = "sha256:1111111111111111111111111111111111111111111111111111111111111111";
    layer.command = "COPY . /app";
    FileEntry file;
    file.path = image->strings.intern("app/.npmrc");
    file.size = 118;
    layer.files.push_back(file);
    image->layers.push_back(std::move(layer));
    image->verdicts.push_back({"sha256:1111", "diffId", VerdictState::Verified, std::nullopt});
    return image;
}

/// An audit in the middle of its work: two sources, four findings of three checks, every kind of proposal, three
/// decisions of which one is stale, one exception.
inline AuditStatePtr sampleState(const ui::Knowledge &knowledge)
{
    auto state = std::make_shared<AuditState>();
    state->info.organisation = "Stadtwerke Musterhafen";
    state->info.title = "2026-11";
    state->info.auditor = "Auditorin";
    state->sources = {
        {"/exports/cluster.yaml", "cluster.yaml", "kubectl-list", 2'300'000, "sha256:aa", "2026-11-12T08:14:00Z",
            "2026-11-22T10:00:00Z"},
        {"/exports/images.tar", "images.tar", "docker-archive", 204'700'000, "sha256:bb", "2026-11-12T08:15:00Z",
            "2026-11-22T10:01:00Z"},
    };
    state->diagnostics.push_back({Diagnostic::Severity::Warning, Message{}, 0, "events.yaml, line 1042"});
    state->images.push_back(sampleImage());
    auto assessment = std::make_shared<Assessment>();
    assessment->createdAt = "2026-11-22T10:02:00Z";
    assessment->findings = {
        sampleFinding("f1", "POD-PRIVILEGED", Severity::Critical, "payments", "api"),
        sampleFinding("f2", "POD-PRIVILEGED", Severity::Critical, "kube-system", "proxy"),
        sampleFinding("f3", "AVL-READINESS", Severity::Medium, "payments", "api"),
        sampleFinding("f4", "AVL-LIVENESS", Severity::Medium, "payments", "%1 <b>worker</b>"),
    };
    constexpr Proposal proposals[] = {Proposal::Deviation, Proposal::PartlyChecked, Proposal::NotChecked,
        Proposal::Manual, Proposal::Organisational, Proposal::NoDeviationFound};
    std::size_t next = 0;
    for (const Module &module : knowledge.catalogue->modules) {
        for (const Requirement &requirement : module.requirements) {
            RequirementResult result;
            result.id = requirement.id;
            result.proposal = proposals[next++ % std::size(proposals)];
            for (const Part &part : requirement.parts) {
                PartResult partResult;
                partResult.id = part.id;
                partResult.proposal = result.proposal;
                if (result.proposal == Proposal::Deviation)
                    partResult.findings = {{0, Weight::Proves}, {1, Weight::Proves}};
                if (result.proposal == Proposal::Manual)
                    partResult.findings = {{2, Weight::Indicates}};
                if (result.proposal == Proposal::NotChecked)
                    partResult.basis.missing = {"NetworkPolicy"};
                result.parts.push_back(std::move(partResult));
            }
            assessment->requirements.push_back(std::move(result));
        }
    }
    state->assessment = assessment;
    state->decisions["SYS.1.6.A1"].status = Status::Nein;
    state->decisions["SYS.1.6.A1"].reason = "kein Konzept";
    state->decisions["SYS.1.6.A2"].status = Status::Ja;
    state->decisions["SYS.1.6.A3"].status = Status::Teilweise;
    state->decisions["SYS.1.6.A3"].stale = true;
    state->exceptions["f2"] = {"f2", "accepted", "Netzdienst", "Auditorin", "2026-11-22T10:03:00Z", "2027-06-30"};
    return state;
}

} // namespace tally::test
