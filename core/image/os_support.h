// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/resources.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tally {

/// What the makers say about how long a release gets security fixes.
struct SystemSupport
{
    std::string ends;     ///< ISO day; "" unknown, or rolling
    bool rolling = false; ///< has no releases: only the age of the image counts
    std::string source;   ///< the maker's page; "" where the system is not in the table
    std::string asOf;     ///< ISO day on which that page was read

    friend bool operator==(const SystemSupport &, const SystemSupport &) = default;
};

/// resources/support: operating-systems.yaml and, where it is there, kubernetes.yaml. Immutable, shared between
/// threads.
class SupportTable
{
public:
    /// Errors: NotFound, Malformed (the message names the file and line).
    [[nodiscard]] static Result<std::shared_ptr<const SupportTable>> read(const Resources &resources);
    /// By ID and VERSION_ID of os-release(5); all empty where the table does not have it.
    [[nodiscard]] SystemSupport find(std::string_view osId, std::string_view versionId) const;

    /// "kubernetes", "containerd": by their version, "1.30" or "1.30.2"; all empty where the table does not have it.
    [[nodiscard]] SystemSupport platform(std::string_view id, std::string_view version) const;

    struct System
    {
        std::string id;
        SystemSupport support; ///< ends: of all its releases, or ""
        std::vector<std::pair<std::string, std::string>> releases;
        std::string env;                   ///< runtimes: the variable that tells the version
        std::vector<std::string> programs; ///< runtimes: one of them is there

        [[nodiscard]] SystemSupport of(std::string_view version) const;
    };
    /// Languages that an image brings by itself, not out of its distribution's packages.
    [[nodiscard]] const std::vector<System> &runtimes() const { return m_runtimes; }

private:
    std::vector<System> m_systems;
    std::vector<System> m_runtimes;
    std::vector<System> m_platforms;
};

using SupportTablePtr = std::shared_ptr<const SupportTable>;

/// The table that is built into the program.
[[nodiscard]] const SupportTable &builtInSupportTable();

} // namespace tally
