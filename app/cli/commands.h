// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"

#include <optional>
#include <string>
#include <vector>

namespace tally::cli {

struct AuditOptions
{
    std::vector<std::string> images;
    std::vector<std::string> clusters;
    std::vector<std::string> evidence;
    std::vector<std::string> reports;
    std::string policy;
    std::vector<std::string> keys;
    std::vector<std::string> asked; ///< "KIND: how that is known"
    std::string save;
    std::string failOn;
    std::string resources;
    std::string organisation;
    std::string title;
    std::string auditor;
    bool noCache = false;
};

struct ImageOptions
{
    std::string file;
    std::string json;
    bool tree = false;
    int layer = -1;
    std::string platform;
    std::string extract;
    std::string to;
    std::string compare;
    std::vector<std::string> keys;
    std::string sbom; ///< "cyclonedx" or "spdx"
    std::string out = "-";
    bool noCache = false;
};

struct ClusterOptions
{
    std::string file;
    std::string json;
    std::string podSecurityVersion;
};

[[nodiscard]] int auditCommand(const Console &console, const AuditOptions &options);
[[nodiscard]] int imageCommand(const Console &console, const ImageOptions &options);
[[nodiscard]] int clusterCommand(const Console &console, const ClusterOptions &options);
[[nodiscard]] int checksCommand(const Console &console, const std::string &json, const std::string &resources);
[[nodiscard]] int exportScriptCommand(const Console &console, const std::string &namespaces);
[[nodiscard]] int reportCommand(const Console &console, const std::string &audit,
    const std::vector<std::string> &outputs, const std::string &resources);
[[nodiscard]] int cacheCommand(const Console &console, bool clear);
[[nodiscard]] int verifyCommand(const Console &console, const std::string &audit, const std::string &head);

} // namespace tally::cli
