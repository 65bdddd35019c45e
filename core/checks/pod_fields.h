// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// securityContext.X of the container, else of the pod.
struct EffectiveField
{
    Node node; ///< absent if neither has it
    bool ofPod = false;
    std::string field; ///< below the container, or below the pod specification
};
[[nodiscard]] EffectiveField effectiveSecurity(
    const CheckedWorkload &workload, const Container &container, std::string_view name);

/// The node alone.
[[nodiscard]] Node effectiveSecurityNode(
    const CheckedWorkload &workload, const Container &container, std::string_view name);

/// A draft about an effective field: at the container, also where the pod says it, since each container is judged.
[[nodiscard]] Draft onEffective(
    const CheckContext &context, const CheckedWorkload &workload, const Container &container, std::string_view name);

/// "SYS_ADMIN" for "cap_sys_admin": upper case, without a leading CAP_.
[[nodiscard]] std::string capabilityName(std::string_view written);

/// "/var//run/../lib/" becomes "/var/lib": doubled and trailing slashes, "." and ".." are resolved within the root.
[[nodiscard]] std::string normalisedPath(std::string_view path);
/// Equals it, or lies below it.
[[nodiscard]] bool isAtOrBelow(std::string_view path, std::string_view folder);

/// Volumes of the pod specification that are paths of the node, for CheckedWorkload::hostPaths.
[[nodiscard]] std::vector<HostPathVolume> hostPathVolumes(Node podSpec);

/// The mirror pod of etcd, API server, a controller manager, scheduler or kube-proxy, by its name.
[[nodiscard]] bool isControlPlaneMirror(const CheckContext &context, const CheckedWorkload &workload);

/// Init containers that keep running (sidecars): restartPolicy Always.
[[nodiscard]] bool isSidecar(const Container &container);
/// Regular containers and sidecars: those that run for as long as the pod does.
[[nodiscard]] bool isLongRunning(const Container &container);

/// Kinds whose number of replicas is set: Deployment, StatefulSet.
[[nodiscard]] bool isScaled(std::string_view kind);
/// minReplicas of an autoscaler that targets it, else spec.replicas, else 1. Only for Deployment and StatefulSet.
[[nodiscard]] std::int64_t replicasOf(const CheckContext &context, const CheckedWorkload &workload);

/// Other than default (unless it holds a workload), the namespaces of Kubernetes and those of OpenShift.
[[nodiscard]] bool isApplicationNamespace(std::string_view name);

/// Outermost workloads of a namespace, in input order; without those that run nothing.
[[nodiscard]] std::vector<const CheckedWorkload *> outermostIn(
    const CheckContext &context, std::string_view namespaceName);

} // namespace tally
