// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What the headers of an ELF file say (System V ABI, gABI 4.1; GNU extensions as in glibc's elf.h).
struct ElfSummary
{
    enum class Relro : std::uint8_t { None, Partial, Full };

    int bits = 0; ///< 32 or 64
    bool bigEndian = false;
    std::string type;                ///< "executable", "shared object", "relocatable", "core", or a number
    std::string machine;             ///< "x86-64", "AArch64", ..., or a number
    std::string osAbi;               ///< "System V", "GNU/Linux", "FreeBSD", ..., or a number
    std::string interpreter;         ///< "/lib64/ld-linux-x86-64.so.2"; "" static or a library
    std::vector<std::string> needed; ///< libraries it wants
    std::string soname;
    std::string runPath;             ///< DT_RUNPATH, else DT_RPATH
    std::string buildId;             ///< GNU build id, hexadecimal
    bool isStatic = false;           ///< a program without dynamic section
    bool stripped = true;            ///< no symbol table (.symtab)
    bool debugInfo = false;          ///< sections .debug_*
    bool goBuild = false;            ///< section .go.buildinfo
    bool pie = false;                ///< can be placed anywhere
    std::optional<bool> noExecStack; ///< PT_GNU_STACK; nothing where it is missing (the kernel decides)
    Relro relro = Relro::None;
    bool canary = false;    ///< mentions __stack_chk_fail: at least some functions guard their stack
    bool truncated = false; ///< parts of it lie behind the bytes at hand: what is said about them may be missing
};

/// From the whole file or its beginning. Nothing where it is no ELF file. Never fails on damage: what cannot be read is
/// left out. O(sections + dynamic entries), with limits on both.
[[nodiscard]] std::optional<ElfSummary> readElf(std::string_view bytes);

} // namespace tally
