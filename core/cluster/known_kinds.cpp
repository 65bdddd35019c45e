// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/known_kinds.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

constexpr bool cluster = false; // scope, for the column `namespaced`
constexpr bool inNamespace = true;
constexpr KindOrigin builtIn = KindOrigin::BuiltIn;
constexpr KindOrigin custom = KindOrigin::Custom;
constexpr KindOrigin nameOnly = KindOrigin::Name;

constexpr std::array table = std::to_array<KnownKind>({
    {"Pod", "", "v1", "pods", inNamespace, builtIn, "po"},
    {"Service", "", "v1", "services", inNamespace, builtIn, "svc"},
    {"ServiceAccount", "", "v1", "serviceaccounts", inNamespace, builtIn, "sa"},
    {"Secret", "", "v1", "secrets"},
    {"ConfigMap", "", "v1", "configmaps", inNamespace, builtIn, "cm"},
    {"Namespace", "", "v1", "namespaces", cluster, builtIn, "ns"},
    {"Node", "", "v1", "nodes", cluster},
    {"PersistentVolume", "", "v1", "persistentvolumes", cluster, builtIn, "pv"},
    {"PersistentVolumeClaim", "", "v1", "persistentvolumeclaims", inNamespace, builtIn, "pvc"},
    {"Endpoints", "", "v1", "endpoints", inNamespace, builtIn, "ep"},
    {"Event", "", "v1", "events"},
    {"LimitRange", "", "v1", "limitranges"},
    {"ResourceQuota", "", "v1", "resourcequotas", inNamespace, builtIn, "quota"},
    {"ReplicationController", "", "v1", "replicationcontrollers", inNamespace, builtIn, "rc"},
    {"PodTemplate", "", "v1", "podtemplates"},
    {"Deployment", "apps", "v1", "deployments", inNamespace, builtIn, "deploy"},
    {"StatefulSet", "apps", "v1", "statefulsets", inNamespace, builtIn, "sts"},
    {"DaemonSet", "apps", "v1", "daemonsets", inNamespace, builtIn, "ds"},
    {"ReplicaSet", "apps", "v1", "replicasets", inNamespace, builtIn, "rs"},
    {"Job", "batch", "v1", "jobs"},
    {"CronJob", "batch", "v1", "cronjobs", inNamespace, builtIn, "cj"},
    {"HorizontalPodAutoscaler", "autoscaling", "v2", "horizontalpodautoscalers", inNamespace, builtIn, "hpa"},
    {"PodDisruptionBudget", "policy", "v1", "poddisruptionbudgets", inNamespace, builtIn, "pdb"},
    {"PodSecurityPolicy", "policy", "v1beta1", "podsecuritypolicies", cluster, builtIn, "psp", 25},
    {"NetworkPolicy", "networking.k8s.io", "v1", "networkpolicies", inNamespace, builtIn, "netpol"},
    {"Ingress", "networking.k8s.io", "v1", "ingresses", inNamespace, builtIn, "ing"},
    {"IngressClass", "networking.k8s.io", "v1", "ingressclasses", cluster},
    {"Role", "rbac.authorization.k8s.io", "v1", "roles"},
    {"RoleBinding", "rbac.authorization.k8s.io", "v1", "rolebindings"},
    {"ClusterRole", "rbac.authorization.k8s.io", "v1", "clusterroles", cluster},
    {"ClusterRoleBinding", "rbac.authorization.k8s.io", "v1", "clusterrolebindings", cluster},
    {"StorageClass", "storage.k8s.io", "v1", "storageclasses", cluster, builtIn, "sc"},
    {"RuntimeClass", "node.k8s.io", "v1", "runtimeclasses", cluster},
    {"EndpointSlice", "discovery.k8s.io", "v1", "endpointslices"},
    {"ValidatingWebhookConfiguration", "admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations",
        cluster},
    {"MutatingWebhookConfiguration", "admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations", cluster},
    {"ValidatingAdmissionPolicy", "admissionregistration.k8s.io", "v1", "validatingadmissionpolicies", cluster},
    {"ValidatingAdmissionPolicyBinding", "admissionregistration.k8s.io", "v1", "validatingadmissionpolicybindings",
        cluster},
    {"CustomResourceDefinition", "apiextensions.k8s.io", "v1", "customresourcedefinitions", cluster, builtIn, "crd"},

    {"Gateway", "gateway.networking.k8s.io", "v1", "gateways", inNamespace, custom},
    {"HTTPRoute", "gateway.networking.k8s.io", "v1", "httproutes", inNamespace, custom},
    {"GRPCRoute", "gateway.networking.k8s.io", "v1", "grpcroutes", inNamespace, custom},
    {"TLSRoute", "gateway.networking.k8s.io", "v1", "tlsroutes", inNamespace, custom},
    {"TCPRoute", "gateway.networking.k8s.io", "v1alpha2", "tcproutes", inNamespace, custom},
    {"AdminNetworkPolicy", "policy.networking.k8s.io", "v1alpha1", "adminnetworkpolicies", cluster, custom},
    {"BaselineAdminNetworkPolicy", "policy.networking.k8s.io", "v1alpha1", "baselineadminnetworkpolicies", cluster,
        custom},
    {"NetworkPolicy", "crd.projectcalico.org", "v1", "networkpolicies", inNamespace, custom},
    {"GlobalNetworkPolicy", "crd.projectcalico.org", "v1", "globalnetworkpolicies", cluster, custom},
    {"CiliumNetworkPolicy", "cilium.io", "v2", "ciliumnetworkpolicies", inNamespace, custom},
    {"CiliumClusterwideNetworkPolicy", "cilium.io", "v2", "ciliumclusterwidenetworkpolicies", cluster, custom},
    {"TracingPolicy", "cilium.io", "v1alpha1", "tracingpolicies", cluster, custom},
    {"PeerAuthentication", "security.istio.io", "v1", "peerauthentications", inNamespace, custom},
    {"AuthorizationPolicy", "security.istio.io", "v1", "authorizationpolicies", inNamespace, custom},
    {"VirtualService", "networking.istio.io", "v1", "virtualservices", inNamespace, custom},
    {"Gateway", "networking.istio.io", "v1", "gateways", inNamespace, custom},
    {"ClusterPolicy", "kyverno.io", "v1", "clusterpolicies", cluster, custom},
    {"Policy", "kyverno.io", "v1", "policies", inNamespace, custom},
    {"PolicyException", "kyverno.io", "v2", "policyexceptions", inNamespace, custom},
    {"ConstraintTemplate", "templates.gatekeeper.sh", "v1", "constrainttemplates", cluster, custom},
    {"ClusterImagePolicy", "policy.sigstore.dev", "v1beta1", "clusterimagepolicies", cluster, custom},
    {"PolicyReport", "wgpolicyk8s.io", "v1alpha2", "policyreports", inNamespace, custom},
    {"ClusterPolicyReport", "wgpolicyk8s.io", "v1alpha2", "clusterpolicyreports", cluster, custom},
    {"VulnerabilityReport", "aquasecurity.github.io", "v1alpha1", "vulnerabilityreports", inNamespace, custom},
    {"VulnerabilityManifestSummary", "spdx.softwarecomposition.kubescape.io", "v1beta1",
        "vulnerabilitymanifestsummaries", inNamespace, custom},
    {"ServiceScanResult", "kubescape.io", "v1", "servicesscanresults", inNamespace, custom},
    {"Certificate", "cert-manager.io", "v1", "certificates", inNamespace, custom},
    {"ExternalSecret", "external-secrets.io", "v1", "externalsecrets", inNamespace, custom},
    {"SealedSecret", "bitnami.com", "v1alpha1", "sealedsecrets", inNamespace, custom},
    {"SecretProviderClass", "secrets-store.csi.x-k8s.io", "v1", "secretproviderclasses", inNamespace, custom},
    {"Application", "argoproj.io", "v1alpha1", "applications", inNamespace, custom},
    {"AppProject", "argoproj.io", "v1alpha1", "appprojects", inNamespace, custom},
    {"GitRepository", "source.toolkit.fluxcd.io", "v1", "gitrepositories", inNamespace, custom},
    {"Schedule", "velero.io", "v1", "schedules", inNamespace, custom},
    {"Backup", "velero.io", "v1", "backups", inNamespace, custom},
    {"VolumeSnapshot", "snapshot.storage.k8s.io", "v1", "volumesnapshots", inNamespace, custom},
    {"SecurityContextConstraints", "security.openshift.io", "v1", "securitycontextconstraints", cluster, custom},
    {"Route", "route.openshift.io", "v1", "routes", inNamespace, custom},

    {"KubeletConfiguration", "kubelet.config.k8s.io", "v1beta1", "kubeletconfigurations", cluster, nameOnly},
    {"KubeProxyConfiguration", "kubeproxy.config.k8s.io", "v1alpha1", "kubeproxyconfigurations", cluster, nameOnly},
    {"EncryptionConfiguration", "apiserver.config.k8s.io", "v1", "encryptionconfigurations", cluster, nameOnly},
    {"AuditLog", "audit.k8s.io", "v1", "auditlogs", cluster, nameOnly},
    {"EtcdSnapshot", "etcd.io", "v3", "etcdsnapshots", cluster, nameOnly},
    {"ComponentStatus", "", "v1", "componentstatuses", cluster, nameOnly},
    {"Binding", "", "v1", "bindings", inNamespace, nameOnly},
    {"ControllerRevision", "apps", "v1", "controllerrevisions", inNamespace, nameOnly},
    {"Lease", "coordination.k8s.io", "v1", "leases", inNamespace, nameOnly},
    {"PriorityClass", "scheduling.k8s.io", "v1", "priorityclasses", cluster, nameOnly},
    {"VolumeAttachment", "storage.k8s.io", "v1", "volumeattachments", cluster, nameOnly},
    {"CSIDriver", "storage.k8s.io", "v1", "csidrivers", cluster, nameOnly},
    {"CSINode", "storage.k8s.io", "v1", "csinodes", cluster, nameOnly},
    {"CSIStorageCapacity", "storage.k8s.io", "v1", "csistoragecapacities", inNamespace, nameOnly},
    {"APIService", "apiregistration.k8s.io", "v1", "apiservices", cluster, nameOnly},
    {"CertificateSigningRequest", "certificates.k8s.io", "v1", "certificatesigningrequests", cluster, nameOnly},
    {"FlowSchema", "flowcontrol.apiserver.k8s.io", "v1", "flowschemas", cluster, nameOnly},
    {"PriorityLevelConfiguration", "flowcontrol.apiserver.k8s.io", "v1", "prioritylevelconfigurations", cluster,
        nameOnly},
    {"TokenReview", "authentication.k8s.io", "v1", "tokenreviews", cluster, nameOnly},
    {"SubjectAccessReview", "authorization.k8s.io", "v1", "subjectaccessreviews", cluster, nameOnly},
    {"SelfSubjectAccessReview", "authorization.k8s.io", "v1", "selfsubjectaccessreviews", cluster, nameOnly},
    {"SelfSubjectRulesReview", "authorization.k8s.io", "v1", "selfsubjectrulesreviews", cluster, nameOnly},
    {"LocalSubjectAccessReview", "authorization.k8s.io", "v1", "localsubjectaccessreviews", inNamespace, nameOnly},
    {"VolumeSnapshotClass", "snapshot.storage.k8s.io", "v1", "volumesnapshotclasses", cluster, nameOnly},
    {"PodMetrics", "metrics.k8s.io", "v1beta1", "podmetrics", inNamespace, nameOnly},
    {"NodeMetrics", "metrics.k8s.io", "v1beta1", "nodemetrics", cluster, nameOnly},
});

/// Lower case, without what file names put between words.
std::string squeezed(std::string_view name)
{
    std::string result;
    for (const char c : name) {
        if (c == '-' || c == '_' || c == ' ')
            continue;
        result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

bool names(const KnownKind &kind, std::string_view wanted)
{
    if (wanted == kind.plural || wanted == squeezed(kind.kind))
        return true;
    // "pvcs", "pdbs": short names in the plural, as troubleshoot writes them.
    const std::string_view single = wanted.ends_with('s') ? wanted.substr(0, wanted.size() - 1) : wanted;
    return !kind.shortName.empty() && (wanted == kind.shortName || single == kind.shortName);
}

} // namespace

std::span<const KnownKind> knownKinds()
{
    return table;
}

const KnownKind *knownKind(std::string_view kind)
{
    const auto *found = std::ranges::find(table, kind, &KnownKind::kind);
    return found == table.end() ? nullptr : found;
}

const KnownKind *knownKind(std::string_view kind, std::string_view group)
{
    const auto *found = std::ranges::find_if(
        table, [&](const KnownKind &known) { return known.kind == kind && known.group == group; });
    return found == table.end() ? nullptr : found;
}

const KnownKind *knownResource(std::string_view name, std::optional<std::string_view> group)
{
    const std::string wanted = squeezed(name);
    const auto *found = std::ranges::find_if(table, [&](const KnownKind &known) {
        return names(known, wanted) && (!group || known.group == currentGroup(known.kind, *group));
    });
    return found == table.end() ? nullptr : found;
}

std::string_view currentGroup(std::string_view kind, std::string_view group)
{
    if (group == "extensions") {
        if (kind == "Deployment" || kind == "DaemonSet" || kind == "ReplicaSet")
            return "apps";
        if (kind == "Ingress" || kind == "NetworkPolicy")
            return "networking.k8s.io";
        if (kind == "PodSecurityPolicy")
            return "policy";
    }
    if (group == "events.k8s.io" && kind == "Event")
        return "";
    // OpenShift shows RBAC under its old group, too (docs.openshift.com, Authorization APIs): the same objects.
    if (group == "authorization.openshift.io"
        && (kind == "ClusterRole" || kind == "ClusterRoleBinding" || kind == "Role" || kind == "RoleBinding"))
        return "rbac.authorization.k8s.io";
    return group;
}

namespace {

std::string kubectlGet(std::string_view plural, std::string_view group, std::string_view scope)
{
    std::string command = "kubectl get " + std::string(plural);
    if (!group.empty())
        command += '.' + std::string(group);
    command += scope;
    if (plural == "secrets" && group.empty())
        return command + " -o json | jq 'del(.items[].data, .items[].stringData, .items[].metadata.annotations)'";
    return command + " -o yaml";
}

} // namespace

std::string kubectlCommand(std::string_view plural, std::string_view group, bool namespaced)
{
    return kubectlGet(plural, group, namespaced ? " --all-namespaces" : "");
}

std::string kubectlCommandIn(std::string_view plural, std::string_view group, std::string_view namespaceName)
{
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    constexpr std::size_t longest = 63; // RFC 1123 label
    if (namespaceName.empty() || namespaceName.size() > longest || namespaceName.front() == '-'
        || !std::ranges::all_of(namespaceName, allowed))
        return {};
    return kubectlGet(plural, group, " -n " + std::string(namespaceName));
}

} // namespace tally
