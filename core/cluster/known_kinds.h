// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tally {

enum class KindOrigin : std::uint8_t {
    BuiltIn, ///< every API server of some version serves it
    Custom,  ///< exists only where its CustomResourceDefinition is installed
    Name,    ///< only known by name, to understand files and errors; stands in no completeness of its own accord
};

/// A kind that the program can name. Source: Kubernetes API reference 1.21 to 1.36 and the projects' own CRDs.
struct KnownKind
{
    std::string_view kind;
    std::string_view group;   ///< "" for core
    std::string_view version; ///< the one to assume where a file does not say
    std::string_view plural;  ///< name of the resource
    bool namespaced = true;
    KindOrigin origin = KindOrigin::BuiltIn;
    std::string_view shortName = {}; ///< kubectl's, where it is distinctive enough for a file's name
    int removedIn = 0;               ///< minor version since which no API server has it; 0: still there
};

/// All of them; where several groups share a kind, that of Kubernetes itself comes first.
[[nodiscard]] std::span<const KnownKind> knownKinds();

[[nodiscard]] const KnownKind *knownKind(std::string_view kind);
[[nodiscard]] const KnownKind *knownKind(std::string_view kind, std::string_view group);
/// By the resource's name as files and errors write it: "networkpolicies", "network-policy", "NetworkPolicy", "netpol".
/// group: nothing if it is not known.
[[nodiscard]] const KnownKind *knownResource(
    std::string_view name, std::optional<std::string_view> group = std::nullopt);

/// The group in which a kind lives today: "apps" for a Deployment of extensions/v1beta1. Otherwise unchanged.
[[nodiscard]] std::string_view currentGroup(std::string_view kind, std::string_view group);

/// "kubectl get networkpolicies.networking.k8s.io --all-namespaces -o yaml". That of Secrets leaves out their data.
[[nodiscard]] std::string kubectlCommand(std::string_view plural, std::string_view group, bool namespaced);
/// The same for one namespace. Its name comes from foreign files: "" for one that nobody can have given.
[[nodiscard]] std::string kubectlCommandIn(
    std::string_view plural, std::string_view group, std::string_view namespaceName);

} // namespace tally
