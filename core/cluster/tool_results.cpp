// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/tool_results.h"

#include <algorithm>

namespace tally {

namespace {

constexpr std::string_view aquaGroup = "aquasecurity.github.io";
/// So the CIS benchmark calls its sections on files of control plane and worker nodes.
constexpr std::string_view onFiles = "Configuration Files";

std::string at(std::string_view list, std::size_t position)
{
    return std::string(list) + '[' + std::to_string(position) + ']';
}

bool holds(std::string_view text, std::string_view word)
{
    return text.find(word) != std::string_view::npos;
}

/// "4.1.1" of "4.1.1 Ensure that ..."; empty for a text that begins otherwise.
std::string_view leadingNumber(std::string_view text)
{
    return text.substr(0, std::min(text.find_first_not_of("0123456789."), text.size()));
}

/// "KCV0048" of "AVD-KCV-0048".
std::string trivyRule(std::string_view id)
{
    constexpr std::string_view prefix = "AVD-";
    if (id.starts_with(prefix))
        id.remove_prefix(prefix.size());
    std::string rule(id);
    std::erase(rule, '-');
    return rule;
}

class Search
{
public:
    explicit Search(const Cluster &cluster)
        : m_cluster(cluster)
    {
    }

    std::vector<ToolResult> find()
    {
        each("CISKubeBenchReport", aquaGroup, &Search::lookAtKubeBench);
        each("InfraAssessmentReport", aquaGroup, &Search::lookAtTrivy);
        each("ClusterInfraAssessmentReport", aquaGroup, &Search::lookAtTrivy);
        each("ComplianceCheckResult", "compliance.openshift.io", &Search::lookAtComplianceOperator);
        each("PolicyReport", "wgpolicyk8s.io", &Search::lookAtPolicyReport);
        each("ClusterPolicyReport", "wgpolicyk8s.io", &Search::lookAtPolicyReport);
        return std::move(m_results);
    }

private:
    void each(std::string_view kind, std::string_view group, void (Search::*look)(std::size_t, const Object &))
    {
        for (const std::size_t index : m_cluster.ofKind(kind)) {
            if (m_cluster.objects[index].group() == group)
                (this->*look)(index, m_cluster.objects[index]);
        }
    }

    /// Verdicts other than these two (WARN, INFO, MANUAL, skip) leave the rule open.
    void add(std::size_t object, std::string rule, bool failed, bool passed, std::string field)
    {
        if ((failed || passed) && !rule.empty())
            m_results.push_back({object, std::move(rule), failed, std::move(field)});
    }

    void lookAtKubeBench(std::size_t index, const Object &object)
    {
        std::size_t section = 0;
        for (const Node each : object.root.at({"report", "sections"})) {
            const std::string inSection = at("report.sections", section++);
            std::size_t test = 0;
            for (const Node group : each["tests"]) {
                const std::string inTest = at(inSection + ".tests", test++);
                std::size_t position = 0;
                for (const Node result : group["results"]) {
                    const std::string field = at(inTest + ".results", position++) + ".status";
                    const std::string_view status = result["status"].text();
                    if (holds(group["desc"].text(), onFiles))
                        add(index, std::string(result["test_number"].text()), status == "FAIL", status == "PASS",
                            field);
                }
            }
        }
    }

    void lookAtTrivy(std::size_t index, const Object &object)
    {
        std::size_t position = 0;
        for (const Node check : object.root.at({"report", "checks"})) {
            const Node success = check["success"];
            add(index, trivyRule(check["checkID"].text()), success.isFalse(), success.isTrue(),
                at("report.checks", position++) + ".success");
        }
    }

    void lookAtComplianceOperator(std::size_t index, const Object &object)
    {
        const std::string_view status = object.root["status"].text();
        add(index, std::string(object.name), status == "FAIL", status == "PASS", "status");
    }

    /// kube-bench-adapter writes the number into properties.index and the section into category, that of trivy-operator
    /// the number before the rule and the section into policy. Reports of policy engines, of which there may be
    /// thousands, show by their first result that they have neither.
    void lookAtPolicyReport(std::size_t index, const Object &object)
    {
        std::size_t position = 0;
        for (const Node result : object.root["results"]) {
            std::string_view number = leadingNumber(result.at({"properties", "index"}).text());
            if (number.empty())
                number = leadingNumber(result["rule"].text());
            if (number.empty() && position == 0)
                return;
            const std::string_view verdict = result["result"].text();
            const std::string field = at("results", position++) + ".result";
            if (holds(result["category"].text(), onFiles) || holds(result["policy"].text(), onFiles))
                add(index, std::string(number), verdict == "fail", verdict == "pass", field);
        }
    }

    const Cluster &m_cluster;
    std::vector<ToolResult> m_results;
};

} // namespace

std::vector<ToolResult> toolResults(const Cluster &cluster)
{
    return Search(cluster).find();
}

bool isOfRules(const ToolResult &result, const std::vector<std::string> &rules)
{
    return std::ranges::any_of(
        rules, [&](const std::string &rule) { return result.rule == rule || result.rule.ends_with('-' + rule); });
}

} // namespace tally
