// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/file.h"

#include <memory>
#include <string>
#include <string_view>

namespace tally {

/// Writes a zip archive front to back, piece by piece. The same members give the same bytes, at any time, in any time
/// zone and by any user: entries carry no time (readers show the zip format's first day, 1 January 1980), no owner and
/// the mode 0644 (folders 0755). One thread at a time.
class ZipWriter
{
public:
    /// What is written goes to `sink`, which must live until finish().
    [[nodiscard]] static Result<ZipWriter> create(WritePiece sink);

    ZipWriter(ZipWriter &&) noexcept;
    ZipWriter &operator=(ZipWriter &&) noexcept;
    ZipWriter(const ZipWriter &) = delete;
    ZipWriter &operator=(const ZipWriter &) = delete;
    ~ZipWriter();

    /// name: UTF-8, "/" between folders, relative; the caller keeps it unique. One that ends on "/"
    /// is a folder, without content. Errors: those of the sink; Malformed (no name, or one with a NUL); Io.
    [[nodiscard]] Result<> add(const std::string &name, std::string_view content);
    /// Ends the archive; call once. Errors: likewise.
    [[nodiscard]] Result<> finish();

private:
    struct State;
    explicit ZipWriter(std::unique_ptr<State> state);

    std::unique_ptr<State> m_state;
};

/// A name that a zip member may have on any system: one path component, without control characters, separators and
/// what Windows refuses; never empty, "." or "..", at most 120 bytes, its suffix kept.
[[nodiscard]] std::string memberName(std::string_view name);

} // namespace tally
