// SPDX-License-Identifier: Apache-2.0
#include "core/checks/attack.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tally {

namespace {

using Technique = std::pair<std::string_view, std::string_view>;

/// Sorted by id.
constexpr std::array techniques = {
    Technique{"T1003", "OS Credential Dumping"},
    Technique{"T1027.004", "Compile After Delivery"},
    Technique{"T1036", "Masquerading"},
    Technique{"T1036.005", "Match Legitimate Name or Location"},
    Technique{"T1040", "Network Sniffing"},
    Technique{"T1046", "Network Service Discovery"},
    Technique{"T1053.007", "Container Orchestration Job"},
    Technique{"T1055", "Process Injection"},
    Technique{"T1068", "Exploitation for Privilege Escalation"},
    Technique{"T1070", "Indicator Removal"},
    Technique{"T1078", "Valid Accounts"},
    Technique{"T1078.001", "Default Accounts"},
    Technique{"T1098.006", "Additional Container Cluster Roles"},
    Technique{"T1105", "Ingress Tool Transfer"},
    Technique{"T1110", "Brute Force"},
    Technique{"T1133", "External Remote Services"},
    Technique{"T1190", "Exploit Public-Facing Application"},
    Technique{"T1195.002", "Compromise Software Supply Chain"},
    Technique{"T1204.003", "Malicious Image"},
    Technique{"T1222.002", "Linux and Mac File and Directory Permissions Modification"},
    Technique{"T1485", "Data Destruction"},
    Technique{"T1490", "Inhibit System Recovery"},
    Technique{"T1496", "Resource Hijacking"},
    Technique{"T1499", "Endpoint Denial of Service"},
    Technique{"T1525", "Implant Internal Image"},
    Technique{"T1528", "Steal Application Access Token"},
    Technique{"T1543.005", "Container Service"},
    Technique{"T1548.001", "Setuid and Setgid"},
    Technique{"T1548.003", "Sudo and Sudo Caching"},
    Technique{"T1550.001", "Application Access Token"},
    Technique{"T1552.001", "Credentials In Files"},
    Technique{"T1552.007", "Container API"},
    Technique{"T1554", "Compromise Host Software Binary"},
    Technique{"T1557", "Adversary-in-the-Middle"},
    Technique{"T1562.001", "Disable or Modify Tools"},
    Technique{"T1572", "Protocol Tunneling"},
    Technique{"T1574", "Hijack Execution Flow"},
    Technique{"T1609", "Container Administration Command"},
    Technique{"T1610", "Deploy Container"},
    Technique{"T1611", "Escape to Host"},
    Technique{"T1612", "Build Image on Host"},
    Technique{"T1613", "Container and Resource Discovery"},
};

} // namespace

std::string_view techniqueName(std::string_view id)
{
    const auto *const found = std::ranges::lower_bound(techniques, id, {}, &Technique::first);
    return found != techniques.end() && found->first == id ? found->second : std::string_view();
}

} // namespace tally
