// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/prepared.h"

#include <string_view>
#include <vector>

namespace tally {

/// Fills CheckedWorkload::sameAs and repeats: which workloads a check that judges pod templates (Judges::Template) need
/// not look at, since it says of them what it says of another one. A workload is alike
/// - its controller, if both have the same pod specification: a ReplicaSet its Deployment, a Pod its Job;
/// - an earlier Pod of the same controller with the same pod specification;
/// where both stand in one namespace, run or do not run, and have the same annotations on seccomp and AppArmor. Of the
/// pod specification counts what such checks read: all but where a pod runs (nodeName, affinity, hostname, subdomain),
/// and the names that admission makes up for the volume of the token.
/// Their findings fold into the same one: a controller that says so too takes in what it controls, and Pods of one
/// controller have one fingerprint (collapse.h).
/// Needs parent, livePods, dormant and mirror. O(nodes of the pod specifications).
void findAlike(const Cluster &cluster, std::vector<CheckedWorkload> &workloads);

/// What the made-up names of volumes begin with. In a field with a list index they would be part of a fingerprint:
/// "spec.volumes[kube-api-access-x7k2p].projected".
/// Source: plugin/pkg/admission/serviceaccount of Kubernetes, ServiceAccountVolumeName.
inline constexpr std::string_view madeUpVolume = "kube-api-access-";

} // namespace tally
