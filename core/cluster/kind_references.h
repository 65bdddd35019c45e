// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"

#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace tally {

/// An object that shows that the cluster has, or had, objects of a kind.
struct KindReference
{
    std::size_t object = 0; ///< index into Cluster::objects
    std::string field;      ///< "spec.template.spec.volumes[0].secret"
};

/// By kind and the group in which it lives today: the first object that refers to one of them. Owners of objects
/// (ownerReferences), objects of Events, Secrets and claims that pods cannot start without, what admission plugins left
/// on pods (LimitRanger, PodSecurityPolicy), definitions of custom resources, and the like. Optional references say
/// nothing. O(objects).
[[nodiscard]] std::map<std::pair<std::string, std::string>, KindReference> kindReferences(const Cluster &cluster);

} // namespace tally
