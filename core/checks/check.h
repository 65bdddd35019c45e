// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/language.h"
#include "core/base/result.h"
#include "core/catalogue/catalogue.h"
#include "core/image/os_support.h"
#include "core/io/resources.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

struct Finding;

enum class Severity : std::uint8_t { Info, Low, Medium, High, Critical };

/// How strongly a finding of a check speaks about a part.
enum class Weight : std::uint8_t { Context, Indicates, Proves };

struct PartWeight
{
    std::string part;
    Weight weight = Weight::Context;                          ///< the strongest of all its findings
    std::map<std::string, Weight, std::less<>> variants = {}; ///< for these message variants that one
    Weight inSystem = Weight::Proves; ///< at most that in system namespaces: where fail_if speaks of applications

    friend bool operator==(const PartWeight &, const PartWeight &) = default;
};

/// One check as data, from resources/checks/*.yaml.
struct Check
{
    std::string id;       ///< "POD-PRIVILEGED"; stable
    std::string function; ///< name of the check function (`template` in the file)
    Severity severity = Severity::Medium;
    std::map<std::string, Severity, std::less<>> severities; ///< for these message variants that one
    std::string subject;                                     ///< "workload", "container", "rbac", ...
    std::vector<std::string> needs; ///< kinds, "workloads", "image", "live", "policy", "referrers", "key" (needs.h)
    Text title;
    std::map<std::string, Text> messages; ///< "default" and variants, with %1 ... %9
    Text description;
    Text remediation;
    std::string example;    ///< a snippet that is right; may be empty
    Text notADeviationWhen; ///< may be empty
    std::vector<PartWeight> parts;
    std::vector<std::string> attack;                            ///< ATT&CK technique ids
    std::map<std::string, std::vector<std::string>> parameters; ///< a scalar is a list of one

    [[nodiscard]] std::string_view parameter(std::string_view name) const;                    ///< first value, or ""
    [[nodiscard]] const std::vector<std::string> &parameterList(std::string_view name) const; ///< empty if absent
    [[nodiscard]] Severity severityOf(std::string_view variant) const;
    /// Weight of that finding for the part: the pair's own word on its variant, else the variants of the parameter
    /// indicative_variants at most indicate and those of context_variants are context only.
    [[nodiscard]] Weight weightOf(const PartWeight &pair, const Finding &finding) const;
};

/// All checks, sorted by id. Immutable, shared between threads.
struct CheckSet
{
    std::vector<Check> checks;
    std::string digest;      ///< "sha256:..." of the resources
    SupportTablePtr support; ///< null: the built-in one

    [[nodiscard]] const SupportTable &supportTable() const { return support ? *support : builtInSupportTable(); }

    [[nodiscard]] const Check *find(std::string_view id) const;
};

using CheckSetPtr = std::shared_ptr<const CheckSet>;

/// Reads resources/checks, and resources/support where the resources have it. Errors: unknown function, part that the
/// catalogue lacks, a weight stronger than the part's class allows (proves only for F, at most indicates for I, context
/// for D), missing language: each names file and line.
[[nodiscard]] Result<CheckSetPtr> loadChecks(const Resources &resources, const Catalogue &catalogue);

[[nodiscard]] std::string_view severityName(Severity severity); ///< "critical", ...
[[nodiscard]] std::string_view weightName(Weight weight);       ///< "proves", ...

} // namespace tally
