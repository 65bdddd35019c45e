// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

/// A report of kube-bench as trivy-operator keeps it, of one section with one verdict.
std::string kubeBench(std::string_view number, std::string_view status, std::string_view section)
{
    return "apiVersion: aquasecurity.github.io/v1alpha1\nkind: CISKubeBenchReport\nmetadata: {name: n1}\nreport:\n"
           "  sections: [{id: \"1\", tests: [{desc: \""
        + std::string(section) + "\", results: [{test_number: " + std::string(number)
        + ", status: " + std::string(status) + "}]}]}]\n";
}

std::string onFiles(std::string_view number, std::string_view status)
{
    return kubeBench(number, status, "Master Node Configuration Files ");
}

std::string trivy(std::string_view id, std::string_view success)
{
    return "apiVersion: aquasecurity.github.io/v1alpha1\nkind: ClusterInfraAssessmentReport\nmetadata: {name: "
           "node-n1}\n"
           "report: {checks: [{checkID: "
        + std::string(id) + ", severity: HIGH, success: " + std::string(success) + "}]}\n";
}

std::string compliance(std::string_view rule, std::string_view status)
{
    return "apiVersion: compliance.openshift.io/v1alpha1\nkind: ComplianceCheckResult\nmetadata: {name: ocp4-cis-node-"
        + std::string(rule) + ", namespace: c, labels: {compliance.openshift.io/scan-name: ocp4-cis-node}}\nstatus: "
        + std::string(status) + '\n';
}

/// As kube-bench's adapter writes it.
std::string policyReport(std::string_view index, std::string_view result)
{
    return "apiVersion: wgpolicyk8s.io/v1alpha2\nkind: ClusterPolicyReport\nmetadata: {name: kube-bench}\nresults:\n"
           "- {category: Worker Node Configuration Files, policy: Worker, properties: {index: "
        + std::string(index) + "}, result: " + std::string(result) + "}\n";
}

std::string benchField()
{
    return "default | CISKubeBenchReport n1 |  | report.sections[0].tests[0].results[0].status";
}

std::vector<CheckCase> fileCases()
{
    const std::string trivyField = "default | ClusterInfraAssessmentReport node-n1 |  | report.checks[0].success";
    const std::string first = "default | ComplianceCheckResult c/ocp4-cis-node-file-";
    return {
        {"NODE-MANIFESTS", "kube-bench", onFiles("1.1.1", "FAIL"), {benchField()}},
        {"NODE-MANIFESTS", "passed", onFiles("1.1.8", "PASS"), {}},
        {"NODE-MANIFESTS", "a rule of another row beside",
            documents({onFiles("1.1.8", "PASS"), trivy("KCV0078", "false")}), {}},
        {"NODE-MANIFESTS", "one scan, one finding",
            documents(
                {compliance("file-owner-kube-scheduler", "FAIL"), compliance("file-permissions-scheduler", "FAIL")}),
            {first + "owner-kube-scheduler |  | status"}},
        {"NODE-CNI", "Trivy", trivy("KCV0056", "false"), {trivyField}},
        {"NODE-CNI", "passed", trivy("AVD-KCV-0057", "true"), {}},
        {"NODE-ETCDDATA", "Trivy's longer id", trivy("AVD-KCV-0058", "false"), {trivyField}},
        {"NODE-ETCDDATA", "passed", compliance("file-permissions-etcd-data-dir", "PASS"), {}},
        {"NODE-CONF", "kube-bench", onFiles("1.1.13", "FAIL"), {benchField()}},
        {"NODE-CONF", "passed", onFiles("1.1.18", "PASS"), {}},
        {"NODE-PKI", "compliance operator", compliance("file-permissions-openshift-pki-key-files", "FAIL"),
            {first + "permissions-openshift-pki-key-files |  | status"}},
        {"NODE-PKI", "passed", trivy("KCV0066", "true"), {}},
        {"NODE-KUBELET", "PolicyReport", policyReport("4.1.5", "fail"),
            {"default | ClusterPolicyReport kube-bench |  | results[0].result"}},
        {"NODE-KUBELET", "PolicyReport, passed", policyReport("4.1.5", "pass"), {}},
        {"NODE-KUBELET", "the benchmark for EKS", kubeBench("3.1.1", "FAIL", "Worker Node Configuration Files"),
            {benchField()}},
        {"NODE-KUBELET", "odd types beside",
            documents({policyReport("4.1.5", "pass"), onFiles("[4.1.5]", "FAIL"), trivy("{a: b}", "[false]")}), {}},
    };
}

std::string node(std::string_view name, std::string_view system, std::string_view version, std::string_view message,
    std::string_view labels = "")
{
    return "apiVersion: v1\nkind: Node\nmetadata: {name: " + std::string(name) + ", labels: {" + std::string(labels)
        + "}}\nstatus: {nodeInfo: {kubeletVersion: " + std::string(version) + ", osImage: " + std::string(system)
        + "}, conditions: [{type: DiskPressure, status: \"False\"}, {type: Ready, status: \"True\", message: \""
        + std::string(message) + "\"}]}\n";
}

std::vector<CheckCase> controlCases()
{
    const std::string ready = "kubelet is posting ready status";
    const std::string on = node("on", "Ubuntu 22.04.4 LTS", "v1.28.3", ready + ". AppArmor enabled");
    const std::string field = " |  | status.conditions[1].message";
    const std::string machine = "apiVersion: machineconfiguration.openshift.io/v1\nkind: MachineConfig\n"
                                "metadata: {name: m}\nspec: {kernelArguments: [quiet, ";
    return {
        {"NODE-LSM", "one without", documents({on, node("off", "Ubuntu 22.04.4 LTS", "v1.28.3", ready)}),
            {"default | Node off" + field}},
        {"NODE-LSM", "two without are one finding",
            documents({node("b", "Debian GNU/Linux 12 (bookworm)", "v1.29.1", ready),
                node("a", "Debian GNU/Linux 12 (bookworm)", "v1.29.1", ready)}),
            {"default | Node a" + field}},
        {"NODE-LSM", "SELinux off at boot", machine + "selinux=0]}\n",
            {"kernel-argument | MachineConfig m |  | spec.kernelArguments[1]"}},
        {"NODE-LSM", "what is generated out of it is no second one",
            documents({machine + "selinux=0]}\n",
                "apiVersion: machineconfiguration.openshift.io/v1\nkind: MachineConfig\n"
                "metadata: {name: rendered-worker-1}\nspec: {kernelArguments: [selinux=0]}\n"}),
            {"kernel-argument | MachineConfig m |  | spec.kernelArguments[1]"}},
        {"NODE-LSM", "a tool says so", compliance("selinux-state", "FAIL"),
            {"tool | ComplianceCheckResult c/ocp4-cis-node-selinux-state |  | status"}},
        {"NODE-LSM", "AppArmor", on, {}},
        {"NODE-LSM", "SELinux",
            documents({on,
                node("n", "Rocky Linux 9.3", "v1.28.3", ready,
                    "feature.node.kubernetes.io/kernel-selinux.enabled: \"true\"")}),
            {}},
        {"NODE-LSM", "a distribution of SELinux tells nothing",
            documents({on, node("n", "Rocky Linux 9.3", "v1.28.3", ready)}), {}},
        {"NODE-LSM", "a kubelet that says nothing any more",
            documents({on, node("n", "Ubuntu 24.04.1 LTS", "v1.33.0", ready)}), {}},
        {"NODE-LSM", "words of another origin", documents({on, node("n", "Ubuntu 22.04.4 LTS", "v1.28.3", "ready")}),
            {}},
        {"NODE-LSM", "enforced by a tool's word", compliance("selinux-state", "PASS"), {}},
    };
}

} // namespace

std::vector<CheckCase> nodeFileCases()
{
    std::vector<CheckCase> all = fileCases();
    const std::vector<CheckCase> others = controlCases();
    all.insert(all.end(), others.begin(), others.end());
    return all;
}

} // namespace tally::test
