// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/check_context.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tally::checks {

/// A Service that an Ingress, a route of the Gateway API, a Route of OpenShift or a VirtualService leads to.
struct Backend
{
    std::size_t object = 0; ///< the one that leads there
    std::string field;      ///< of the reference
    std::string namespaceName;
    std::string service;
    std::string port; ///< number or name as it stands; "" if none
};

/// Kinds whose objects lead traffic from outside to Services.
[[nodiscard]] const std::vector<std::string_view> &entranceKinds();

/// An Ingress of networking.k8s.io or extensions, a route of the Gateway API, ...: the kind alone does not tell.
[[nodiscard]] bool isEntrance(const Object &object);

/// Where an entrance leads; references to other things than Services are left out. A VirtualService that is for the
/// mesh only leads nowhere.
[[nodiscard]] std::vector<Backend> backendsOf(const CheckContext &context, std::size_t object);

/// Host names of an entrance, as they stand; an absent one is left out.
[[nodiscard]] std::vector<std::string> hostsOf(Node root, std::string_view kind);

/// "80/TCP, 443/TCP" of a Service: its nodePort where wanted and there, else its port.
[[nodiscard]] std::string portsOfService(Node spec, bool nodePorts);

/// By which ways a Service is reached from outside.
struct Way
{
    std::size_t object = 0; ///< the Service itself, or the entrance
    std::string text;       ///< "NodePort 30080/TCP", "LoadBalancer", "Ingress shop/web (shop.example.org)"
};

/// Services that are reached from outside, by namespace and name: of type NodePort or LoadBalancer, with externalIPs,
/// or behind an entrance. O(objects of these kinds).
[[nodiscard]] std::map<std::pair<std::string, std::string>, std::vector<Way>> exposedServices(
    const CheckContext &context);

} // namespace tally::checks
