// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"

/// The check functions: what each does, its messages and their arguments stand at the first use of its template in
/// resources/checks/*.yaml.
namespace tally::checks {

// audit_log.cpp
void auditRows(CheckContext &context);
void auditPeriod(CheckContext &context);
void etcdPlaintext(CheckContext &context);
// pod.cpp
void podSecurityControl(CheckContext &context);
void hostNamespace(CheckContext &context);
void sharedProcessNamespace(CheckContext &context);
void addedCapability(CheckContext &context);
void nakedPod(CheckContext &context);
// pod_hardening.cpp
void seccompProfile(CheckContext &context);
void noHardening(CheckContext &context);
void noSecurityContext(CheckContext &context);
void rawSockets(CheckContext &context);
void looseFileAccess(CheckContext &context);
void windowsAdministrator(CheckContext &context);
// pod_user.cpp
void nonRootNotEnforced(CheckContext &context);
void effectiveRoot(CheckContext &context);
void writableRootFilesystem(CheckContext &context);
// pod_start.cpp
void startProgram(CheckContext &context);
void startDownload(CheckContext &context);
void severalServices(CheckContext &context);
void lateInitialisation(CheckContext &context);
// pod_operation.cpp
void debugContainer(CheckContext &context);
void gitSource(CheckContext &context);
void staticPod(CheckContext &context);
void controlPlaneScheduling(CheckContext &context);
void hostAliases(CheckContext &context);
void volumeGroup(CheckContext &context);
void interactiveContainer(CheckContext &context);
// storage.cpp
void subPathMounts(CheckContext &context);
void hostVolumes(CheckContext &context);
void storageEncryption(CheckContext &context);
void emptyDirSize(CheckContext &context);
// resilience.cpp
void sharedNode(CheckContext &context);
void nodeZones(CheckContext &context);
void sameProbes(CheckContext &context);
void uselessBudget(CheckContext &context);
void frequentRestarts(CheckContext &context);
// backup.cpp
void missingBackup(CheckContext &context);
void missingSnapshots(CheckContext &context);
// remote_access.cpp
void remoteAccess(CheckContext &context);
// volumes.cpp
void hostPath(CheckContext &context);
void hostPathWritable(CheckContext &context);
void hostPathSensitive(CheckContext &context);
void runtimeSocket(CheckContext &context);
void mountPropagation(CheckContext &context);
void hostPathCredentials(CheckContext &context);
void hostLogs(CheckContext &context);
// resources.cpp
void missingResource(CheckContext &context);
void namespaceWithout(CheckContext &context);
void ephemeralStorage(CheckContext &context);
void quotaStorage(CheckContext &context);
// house_policy.cpp
void addressZones(CheckContext &context);
void forbiddenPackage(CheckContext &context);
void requiredLabels(CheckContext &context);
// images.cpp
void imageTag(CheckContext &context);
void imageRegistry(CheckContext &context);
void imageDigest(CheckContext &context);
void frozenRegistry(CheckContext &context);
void imageDrift(CheckContext &context);
// signature_policy.cpp
void signaturePolicy(CheckContext &context);
// availability.cpp
void missingProbe(CheckContext &context);
void fewReplicas(CheckContext &context);
void noDisruptionBudget(CheckContext &context);
// secrets.cpp
void credentialInManifest(CheckContext &context);
void credentialInConfigMap(CheckContext &context);
void defaultAccountBound(CheckContext &context);
void tokenAutomount(CheckContext &context);
// rbac.cpp
void clusterAdminBound(CheckContext &context);
void wildcardRole(CheckContext &context);
void rbacPermission(CheckContext &context);
void subjectBound(CheckContext &context);
// rbac_accounts.cpp
void workloadTakeover(CheckContext &context);
void dashboardBound(CheckContext &context);
void mastersUsed(CheckContext &context);
void danglingBinding(CheckContext &context);
void aggregatedRole(CheckContext &context);
void humanUser(CheckContext &context);
// service_accounts.cpp
void defaultAccountUsed(CheckContext &context);
void defaultAccountToken(CheckContext &context);
void accountShared(CheckContext &context);
void accountMissing(CheckContext &context);
void accountCloudIdentity(CheckContext &context);
// secret_contents.cpp
void secretCertificate(CheckContext &context);
void helmValues(CheckContext &context);
// secret_objects.cpp
void secretInEnvironment(CheckContext &context);
void secretLastApplied(CheckContext &context);
void secretAccountToken(CheckContext &context);
void secretMissing(CheckContext &context);
void secretCopies(CheckContext &context);
// secret_usage.cpp
void secretUsers(CheckContext &context);
void secretUnused(CheckContext &context);
// network.cpp
void namespaceNetworkPolicy(CheckContext &context);
void podNetworkPolicy(CheckContext &context);
void serviceType(CheckContext &context);
void adminPort(CheckContext &context);
// component_settings.cpp
void componentSetting(CheckContext &context);
void sharedEtcdCa(CheckContext &context);
// component_files.cpp
void encryptionProvider(CheckContext &context);
void auditPolicyContent(CheckContext &context);
// network_rules.cpp
void defaultDeny(CheckContext &context);
void openRule(CheckContext &context);
void danglingPolicy(CheckContext &context);
// network_plugin.cpp
void policyEnforcement(CheckContext &context);
void metadataService(CheckContext &context);
// service_mesh.cpp
void meshAuthentication(CheckContext &context);
void meshAuthorization(CheckContext &context);
void hostPolicy(CheckContext &context);
void publicApiServer(CheckContext &context);
// references.cpp
void serviceWithoutPods(CheckContext &context);
void entranceWithoutService(CheckContext &context);
void privilegedPort(CheckContext &context);
void etcdListening(CheckContext &context);
void unauthenticatedService(CheckContext &context);
// exposure.cpp
void openLoadBalancer(CheckContext &context);
void externalAddresses(CheckContext &context);
void entranceWithoutTls(CheckContext &context);
void wildcardHost(CheckContext &context);
void defaultBackend(CheckContext &context);
void ingressSnippet(CheckContext &context);
void gatewayRoute(CheckContext &context);
// products.cpp
void knownProduct(CheckContext &context);
void exposedInterface(CheckContext &context);
// registries.cpp
void insecureRegistry(CheckContext &context);
// image_scans.cpp
void vulnerableImage(CheckContext &context);
void vulnerableEntrance(CheckContext &context);
void fixableVulnerabilities(CheckContext &context);
void scanCoverage(CheckContext &context);
// governance.cpp
void podSecurityAdmission(CheckContext &context);
void defaultNamespace(CheckContext &context);
void runtimeDetection(CheckContext &context);
void detectionCoverage(CheckContext &context);
void missingKinds(CheckContext &context);
// policy_engines.cpp
void policyEngineMode(CheckContext &context);
void policyEngineExempt(CheckContext &context);
void missingPolicyEngine(CheckContext &context);
void policyViolations(CheckContext &context);
void webhookFailsOpen(CheckContext &context);
void openRepositoryPrefix(CheckContext &context);
// platform.cpp
void kubernetesSupportEnd(CheckContext &context);
void nodeSoftware(CheckContext &context);
void componentWeakness(CheckContext &context);
// platform_rights.cpp
void podSecurityWouldFail(CheckContext &context);
void wideSecurityContextConstraints(CheckContext &context);
void importedBenchmark(CheckContext &context);
void agentSandbox(CheckContext &context);
// log_shipping.cpp
void logCollector(CheckContext &context);
void logOutput(CheckContext &context);
// detection.cpp
void detectionScope(CheckContext &context);
void alertTargets(CheckContext &context);
// recurring_audit.cpp
void recurringAudit(CheckContext &context);
// node_files.cpp
void toolRules(CheckContext &context);
void mandatoryAccessControl(CheckContext &context);
// delivery.cpp
void unversionedWorkloads(CheckContext &context);
void gitOpsSource(CheckContext &context);
void applicationInSystemNamespace(CheckContext &context);
// image_content.cpp
void imageUser(CheckContext &context);
void imageSecret(CheckContext &context);
void imagePort(CheckContext &context);
void imageHealthcheck(CheckContext &context);
// image_origin.cpp
void imageLabels(CheckContext &context);
void imageBuilder(CheckContext &context);
void imageName(CheckContext &context);
void imageAge(CheckContext &context);
void imageSize(CheckContext &context);
void imageBase(CheckContext &context);
void imageSupportEnd(CheckContext &context);
void imageSystemUnknown(CheckContext &context);
void imageRuntimeEnd(CheckContext &context);
void imageDownloads(CheckContext &context);
void imageMinimal(CheckContext &context);
// image_signatures.cpp
void imageSignature(CheckContext &context);
void imageSignatureKey(CheckContext &context);
void imageAttestation(CheckContext &context);
// image_rights.cpp
void imageCapabilities(CheckContext &context);
void imageWorldWritable(CheckContext &context);
void imageOwnPrograms(CheckContext &context);
void imageWritablePlaces(CheckContext &context);
void imageVolumes(CheckContext &context);
void imageOpenVolumes(CheckContext &context);
void imageDevices(CheckContext &context);
// image_services.cpp
void imageServices(CheckContext &context);
void imageInit(CheckContext &context);
void imagePorts(CheckContext &context);
void imageShellForm(CheckContext &context);
// image_files.cpp
void imageTools(CheckContext &context);
void imageSetuid(CheckContext &context);
void imageRemoteAdmin(CheckContext &context);
void imageLogFiles(CheckContext &context);
void imageLogTargets(CheckContext &context);

} // namespace tally::checks
