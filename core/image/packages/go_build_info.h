// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/packages/package_readers.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace tally {

/// Finds the build information of a Go program in its file while the file streams by: the section .go.buildinfo begins
/// at a multiple of 16 bytes with a mark of its own, so neither the section table nor the whole file is needed
/// (Go: debug/buildinfo, cmd/link). One comparison for 16 bytes; at most maxBytes are kept.
class GoBuildInfo
{
public:
    static constexpr std::size_t maxBytes = 1U << 20;

    /// A new file begins.
    void begin();
    void piece(std::uint64_t offset, std::string_view bytes);
    [[nodiscard]] bool isGo() const { return m_state == State::Complete || m_old; }
    /// Unsupported: built by a Go before 1.18, which wrote addresses instead of texts.
    [[nodiscard]] ReadPackages packages() const;

private:
    enum class State : std::uint8_t { Searching, Collecting, Complete };

    /// Is there anything at a multiple of 16? Eats what it looked at.
    void search(std::string_view &bytes, std::uint64_t offset);
    void collect(std::string_view &bytes);
    /// What the kept bytes must grow to; 0: they are no build information.
    [[nodiscard]] std::size_t wanted() const;

    State m_state = State::Searching;
    bool m_old = false;
    std::uint64_t m_next = 0; ///< offset that is expected next
    std::string m_kept;       ///< a part of 16 bytes, or the build information
};

/// The texts of the build information: the version of Go, and the modules as `go version -m` prints them (without the
/// 16 bytes of marks around them).
[[nodiscard]] ReadPackages readGoModules(std::string_view goVersion, std::string_view modules);

} // namespace tally
