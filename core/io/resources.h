// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tally {

namespace detail {

struct EmbeddedResource
{
    const char *name; ///< relative to resources/, e.g. "catalogue/sys.1.6.yaml"
    const unsigned char *bytes;
    std::size_t size;
};

} // namespace detail

/// The data files the program judges by: embedded at build, or those of a folder laid out alike (--resources DIR).
/// Cheap to copy; safe to share between threads.
class Resources
{
public:
    Resources() = default;                            ///< the embedded ones
    explicit Resources(std::filesystem::path folder); ///< those of a folder; nothing is mixed with the embedded ones

    /// Names below prefix ("catalogue/"), sorted.
    [[nodiscard]] std::vector<std::string> names(std::string_view prefix) const;
    [[nodiscard]] Result<std::string> read(std::string_view name) const;
    /// "sha256:<hex>" over the sorted lines "name NUL sha256 LF" of the resources below prefix.
    [[nodiscard]] Result<std::string> digest(std::string_view prefix) const;

private:
    std::optional<std::filesystem::path> m_folder;
};

} // namespace tally
