// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Where the level of the Pod Security Standards that holds in a namespace was read.
enum class PodSecuritySource : std::uint8_t {
    NotSeen,   ///< the Namespace is not in the export: its labels are unknown
    None,      ///< no label, and nothing in the export sets a default
    Namespace, ///< label pod-security.kubernetes.io/enforce
    Default,   ///< the API server's AdmissionConfiguration, which is in the export
    Unknown,   ///< no label; the API server is started with an admission configuration that is not in the export
};

/// Pod Security Admission of a namespace. Source: kubernetes.io, Pod Security Admission.
struct NamespacePodSecurity
{
    PodSecuritySource source = PodSecuritySource::NotSeen;
    std::string enforce;        ///< level; "" none
    std::string enforceVersion; ///< "v1.29", "latest"; "" means latest
    std::string warn;
    std::string audit;
};

/// Objects of a kind in a namespace. Nothing is proven by an empty list unless the kind was looked for.
struct NamespaceObjects
{
    bool known = false;
    std::vector<std::size_t> objects; ///< indexes into Cluster::objects
};

/// How many of the pods of a namespace are held back by network policies, of whatever kind, in one direction.
struct PolicyCoverage
{
    std::size_t held = 0;   ///< some policy selects them and none of its rules allows everything
    std::size_t opened = 0; ///< selected, but a rule allows everything
};

/// What isolates a namespace, as far as an export tells.
struct NamespaceFacts
{
    std::string name; ///< "" stands for objects without a namespace
    int object = -1;  ///< the Namespace; -1: not in the export
    bool seen = true; ///< the export holds objects that stand in it
    bool system = false;
    NamespacePodSecurity podSecurity;

    NamespaceObjects policies; ///< network policies of all kinds that stand in it
    std::size_t pods = 0;      ///< to which policies apply: live Pods, templates without any; see podUnits()
    std::size_t hostPods = 0;  ///< in the network of their nodes: no policy reaches them
    PolicyCoverage ingress;
    PolicyCoverage egress;
    /// What a policy does with a pod that has no labels: the only thing to say where there are no pods.
    bool newPodHeldIn = false;
    bool newPodHeldOut = false;
    bool newPodOpenedIn = false; ///< selected, but a rule allows everything
    bool newPodOpenedOut = false;

    NamespaceObjects quotas;
    NamespaceObjects limits;
    std::size_t workloads = 0; ///< outermost ones
};

/// One entry per namespace of the cluster, sorted, first one for the objects without a namespace if there are any.
/// Namespaces of which the export holds no object come last. O(objects + pods x policies of their namespace).
[[nodiscard]] std::vector<NamespaceFacts> namespaceFacts(const Cluster &cluster);

} // namespace tally
