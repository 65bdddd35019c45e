// SPDX-License-Identifier: Apache-2.0
#include "core/checks/registry.h"

#include "core/checks/engine.h"
#include "core/checks/functions/functions.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

struct Row
{
    std::string_view name;
    CheckFunction function;
};

/// Sorted by name.
constexpr std::array rows = {
    Row{"account-cloud-identity", checks::accountCloudIdentity},
    Row{"account-missing", checks::accountMissing},
    Row{"account-shared", checks::accountShared},
    Row{"added-capability", checks::addedCapability},
    Row{"address-zones", checks::addressZones},
    Row{"admin-port", checks::adminPort},
    Row{"agent-sandbox", checks::agentSandbox},
    Row{"aggregated-role", checks::aggregatedRole},
    Row{"application-in-system-namespace", checks::applicationInSystemNamespace},
    Row{"audit-period", checks::auditPeriod},
    Row{"audit-policy-content", checks::auditPolicyContent},
    Row{"audit-rows", checks::auditRows},
    Row{"cluster-admin-bound", checks::clusterAdminBound},
    Row{"component-setting", checks::componentSetting},
    Row{"component-weakness", checks::componentWeakness},
    Row{"control-plane-scheduling", checks::controlPlaneScheduling},
    Row{"credential-in-configmap", checks::credentialInConfigMap},
    Row{"credential-in-manifest", checks::credentialInManifest},
    Row{"dangling-binding", checks::danglingBinding},
    Row{"dangling-policy", checks::danglingPolicy},
    Row{"dashboard-bound", checks::dashboardBound},
    Row{"debug-container", checks::debugContainer},
    Row{"default-account-bound", checks::defaultAccountBound},
    Row{"default-account-token", checks::defaultAccountToken},
    Row{"default-account-used", checks::defaultAccountUsed},
    Row{"default-backend", checks::defaultBackend},
    Row{"default-deny", checks::defaultDeny},
    Row{"default-namespace", checks::defaultNamespace},
    Row{"detection-coverage", checks::detectionCoverage},
    Row{"effective-root", checks::effectiveRoot},
    Row{"empty-dir-size", checks::emptyDirSize},
    Row{"encryption-provider", checks::encryptionProvider},
    Row{"entrance-without-service", checks::entranceWithoutService},
    Row{"entrance-without-tls", checks::entranceWithoutTls},
    Row{"ephemeral-storage", checks::ephemeralStorage},
    Row{"etcd-listening", checks::etcdListening},
    Row{"etcd-plaintext", checks::etcdPlaintext},
    Row{"exposed-interface", checks::exposedInterface},
    Row{"external-addresses", checks::externalAddresses},
    Row{"few-replicas", checks::fewReplicas},
    Row{"forbidden-package", checks::forbiddenPackage},
    Row{"frequent-restarts", checks::frequentRestarts},
    Row{"frozen-registry", checks::frozenRegistry},
    Row{"gateway-route", checks::gatewayRoute},
    Row{"git-source", checks::gitSource},
    Row{"gitops-source", checks::gitOpsSource},
    Row{"helm-values", checks::helmValues},
    Row{"host-aliases", checks::hostAliases},
    Row{"host-logs", checks::hostLogs},
    Row{"host-namespace", checks::hostNamespace},
    Row{"host-path", checks::hostPath},
    Row{"host-path-credentials", checks::hostPathCredentials},
    Row{"host-path-sensitive", checks::hostPathSensitive},
    Row{"host-path-writable", checks::hostPathWritable},
    Row{"host-policy", checks::hostPolicy},
    Row{"host-volumes", checks::hostVolumes},
    Row{"human-user", checks::humanUser},
    Row{"image-age", checks::imageAge},
    Row{"image-attestation", checks::imageAttestation},
    Row{"image-base", checks::imageBase},
    Row{"image-builder", checks::imageBuilder},
    Row{"image-capabilities", checks::imageCapabilities},
    Row{"image-devices", checks::imageDevices},
    Row{"image-digest", checks::imageDigest},
    Row{"image-downloads", checks::imageDownloads},
    Row{"image-drift", checks::imageDrift},
    Row{"image-healthcheck", checks::imageHealthcheck},
    Row{"image-init", checks::imageInit},
    Row{"image-labels", checks::imageLabels},
    Row{"image-log-files", checks::imageLogFiles},
    Row{"image-log-targets", checks::imageLogTargets},
    Row{"image-minimal", checks::imageMinimal},
    Row{"image-name", checks::imageName},
    Row{"image-open-volumes", checks::imageOpenVolumes},
    Row{"image-own-programs", checks::imageOwnPrograms},
    Row{"image-port", checks::imagePort},
    Row{"image-ports", checks::imagePorts},
    Row{"image-registry", checks::imageRegistry},
    Row{"image-remote-admin", checks::imageRemoteAdmin},
    Row{"image-runtime-end", checks::imageRuntimeEnd},
    Row{"image-secret", checks::imageSecret},
    Row{"image-services", checks::imageServices},
    Row{"image-setuid", checks::imageSetuid},
    Row{"image-shell-form", checks::imageShellForm},
    Row{"image-signature", checks::imageSignature},
    Row{"image-signature-key", checks::imageSignatureKey},
    Row{"image-size", checks::imageSize},
    Row{"image-support-end", checks::imageSupportEnd},
    Row{"image-system-unknown", checks::imageSystemUnknown},
    Row{"image-tag", checks::imageTag},
    Row{"image-tools", checks::imageTools},
    Row{"image-user", checks::imageUser},
    Row{"image-volumes", checks::imageVolumes},
    Row{"image-world-writable", checks::imageWorldWritable},
    Row{"image-writable-places", checks::imageWritablePlaces},
    Row{"imported-benchmark", checks::importedBenchmark},
    Row{"ingress-snippet", checks::ingressSnippet},
    Row{"insecure-registry", checks::insecureRegistry},
    Row{"interactive-container", checks::interactiveContainer},
    Row{"known-product", checks::knownProduct},
    Row{"kubernetes-support-end", checks::kubernetesSupportEnd},
    Row{"masters-used", checks::mastersUsed},
    Row{"mesh-authentication", checks::meshAuthentication},
    Row{"mesh-authorization", checks::meshAuthorization},
    Row{"metadata-service", checks::metadataService},
    Row{"missing-kinds", checks::missingKinds},
    Row{"missing-probe", checks::missingProbe},
    Row{"missing-resource", checks::missingResource},
    Row{"mount-propagation", checks::mountPropagation},
    Row{"naked-pod", checks::nakedPod},
    Row{"namespace-network-policy", checks::namespaceNetworkPolicy},
    Row{"namespace-without", checks::namespaceWithout},
    Row{"no-disruption-budget", checks::noDisruptionBudget},
    Row{"no-hardening", checks::noHardening},
    Row{"no-security-context", checks::noSecurityContext},
    Row{"node-software", checks::nodeSoftware},
    Row{"node-zones", checks::nodeZones},
    Row{"non-root-not-enforced", checks::nonRootNotEnforced},
    Row{"open-load-balancer", checks::openLoadBalancer},
    Row{"open-repository-prefix", checks::openRepositoryPrefix},
    Row{"open-rule", checks::openRule},
    Row{"pod-network-policy", checks::podNetworkPolicy},
    Row{"pod-security-admission", checks::podSecurityAdmission},
    Row{"pod-security-control", checks::podSecurityControl},
    Row{"pod-security-would-fail", checks::podSecurityWouldFail},
    Row{"policy-enforcement", checks::policyEnforcement},
    Row{"policy-engine-exempt", checks::policyEngineExempt},
    Row{"policy-engine-mode", checks::policyEngineMode},
    Row{"policy-violations", checks::policyViolations},
    Row{"privileged-port", checks::privilegedPort},
    Row{"public-api-server", checks::publicApiServer},
    Row{"quota-storage", checks::quotaStorage},
    Row{"raw-sockets", checks::rawSockets},
    Row{"rbac-permission", checks::rbacPermission},
    Row{"remote-access", checks::remoteAccess},
    Row{"required-labels", checks::requiredLabels},
    Row{"runtime-detection", checks::runtimeDetection},
    Row{"runtime-socket", checks::runtimeSocket},
    Row{"same-probes", checks::sameProbes},
    Row{"scan-coverage", checks::scanCoverage},
    Row{"seccomp-profile", checks::seccompProfile},
    Row{"secret-account-token", checks::secretAccountToken},
    Row{"secret-certificate", checks::secretCertificate},
    Row{"secret-copies", checks::secretCopies},
    Row{"secret-in-environment", checks::secretInEnvironment},
    Row{"secret-last-applied", checks::secretLastApplied},
    Row{"secret-missing", checks::secretMissing},
    Row{"secret-unused", checks::secretUnused},
    Row{"secret-users", checks::secretUsers},
    Row{"service-type", checks::serviceType},
    Row{"service-without-pods", checks::serviceWithoutPods},
    Row{"several-services", checks::severalServices},
    Row{"shared-etcd-ca", checks::sharedEtcdCa},
    Row{"shared-node", checks::sharedNode},
    Row{"shared-process-namespace", checks::sharedProcessNamespace},
    Row{"signature-policy", checks::signaturePolicy},
    Row{"start-download", checks::startDownload},
    Row{"start-program", checks::startProgram},
    Row{"static-pod", checks::staticPod},
    Row{"sub-path-mounts", checks::subPathMounts},
    Row{"subject-bound", checks::subjectBound},
    Row{"token-automount", checks::tokenAutomount},
    Row{"unauthenticated-service", checks::unauthenticatedService},
    Row{"unversioned-workloads", checks::unversionedWorkloads},
    Row{"useless-budget", checks::uselessBudget},
    Row{"volume-group", checks::volumeGroup},
    Row{"vulnerable-entrance", checks::vulnerableEntrance},
    Row{"vulnerable-image", checks::vulnerableImage},
    Row{"webhook-fails-open", checks::webhookFailsOpen},
    Row{"wide-scc", checks::wideSecurityContextConstraints},
    Row{"wildcard-host", checks::wildcardHost},
    Row{"wildcard-role", checks::wildcardRole},
    Row{"windows-administrator", checks::windowsAdministrator},
    Row{"workload-takeover", checks::workloadTakeover},
    Row{"writable-root-filesystem", checks::writableRootFilesystem},
};

static_assert(std::ranges::is_sorted(rows, {}, &Row::name));

} // namespace

CheckFunction findCheckFunction(std::string_view name)
{
    const auto *row = std::ranges::lower_bound(rows, name, {}, &Row::name);
    return row == rows.end() || row->name != name ? nullptr : row->function;
}

std::vector<std::string_view> checkFunctionNames()
{
    std::vector<std::string_view> names;
    names.reserve(rows.size());
    for (const Row &row : rows)
        names.push_back(row.name);
    return names;
}

} // namespace tally
