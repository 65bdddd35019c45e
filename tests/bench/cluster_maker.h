// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace tally::bench {

enum class Format {
    Json,
    Yaml,
    OddYaml, ///< with anchors, tags and flow collections, which no fast lane takes
};

/// A made-up cluster around a number of pods, with what stands around pods in real ones: for three pods a ReplicaSet, a
/// Deployment, a Service and a ConfigMap, every few of them a Secret, a PodDisruptionBudget, a claim; namespaces with
/// accounts, roles, bindings and network policies; nodes. About 2.4 objects a pod. Some pods are hardened, some are bad
/// in one way or another, by their number. The same for the same arguments.
struct MadeCluster
{
    std::size_t pods = 15000;
    std::size_t namespaces = 150;
    bool controlled = true; ///< pods have controllers; else each stands alone
};

/// Writes it as the List that `kubectl get -o json` or `-o yaml` would print, piece by piece. Returns the number of
/// objects.
std::size_t makeList(
    const MadeCluster &cluster, Format format, const std::function<void(const std::string &piece)> &write);

} // namespace tally::bench
