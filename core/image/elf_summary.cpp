// SPDX-License-Identifier: Apache-2.0
#include "core/image/elf_summary.h"

#include "core/base/text_format.h"
#include "core/io/digest.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tally {

namespace {

constexpr std::size_t maxHeaders = 65'536;
constexpr std::size_t maxDynamic = 100'000;
constexpr std::size_t maxNeeded = 1000;
constexpr std::size_t maxText = 4096;

template<typename Number>
std::string nameOf(std::uint64_t value, const Number &names)
{
    for (const auto &[number, name] : names) {
        if (number == value)
            return name;
    }
    return std::to_string(value);
}

using Names = std::pair<std::uint64_t, const char *>;
constexpr std::array types
    = {Names{1, "relocatable"}, Names{2, "executable"}, Names{3, "shared object"}, Names{4, "core"}};
constexpr std::array machines = {Names{3, "x86"}, Names{8, "MIPS"}, Names{20, "PowerPC"}, Names{21, "PowerPC64"},
    Names{22, "S390"}, Names{40, "ARM"}, Names{62, "x86-64"}, Names{183, "AArch64"}, Names{243, "RISC-V"},
    Names{247, "BPF"}, Names{258, "LoongArch"}};
constexpr std::array systems = {Names{0, "System V"}, Names{2, "NetBSD"}, Names{3, "GNU/Linux"}, Names{6, "Solaris"},
    Names{9, "FreeBSD"}, Names{12, "OpenBSD"}};

/// Reads at places that the file itself names: anything may lie anywhere.
class ElfReader
{
public:
    explicit ElfReader(std::string_view bytes)
        : m_bytes(bytes)
    {
    }

    std::optional<ElfSummary> read()
    {
        if (m_bytes.size() < 52 || !m_bytes.starts_with("\177ELF"))
            return std::nullopt;
        const char wordSize = m_bytes[4];
        const char order = m_bytes[5];
        if ((wordSize != 1 && wordSize != 2) || (order != 1 && order != 2))
            return std::nullopt;
        m_wide = wordSize == 2;
        m_out.bits = m_wide ? 64 : 32;
        m_out.bigEndian = order == 2;
        m_out.osAbi = nameOf(static_cast<unsigned char>(m_bytes[7]), systems);
        const std::uint64_t type = number(16, 2);
        m_out.type = nameOf(type, types);
        m_out.machine = nameOf(number(18, 2), machines);
        readSegments();
        readDynamic();
        readSections();
        m_out.isStatic = m_dynamicSize == 0 && (type == 2 || type == 3);
        // A library has no interpreter and no flag; a program that can be placed anywhere has one of both.
        m_out.pie = type == 3 && (m_pieFlag || !m_out.interpreter.empty());
        if (m_hasRelro)
            m_out.relro = m_bindNow ? ElfSummary::Relro::Full : ElfSummary::Relro::Partial;
        if (!m_out.canary && !m_out.stripped)
            m_out.canary = m_bytes.find("__stack_chk_fail") != std::string_view::npos;
        return std::move(m_out);
    }

private:
    struct Segment
    {
        std::uint64_t offset = 0;
        std::uint64_t address = 0;
        std::uint64_t size = 0;
    };

    /// 0 and a mark where it lies behind the end.
    std::uint64_t number(std::uint64_t at, unsigned size)
    {
        if (at > m_bytes.size() || m_bytes.size() - at < size) {
            m_out.truncated = true;
            return 0;
        }
        std::uint64_t value = 0;
        for (unsigned i = 0; i < size; ++i) {
            const unsigned from = m_out.bigEndian ? i : size - 1 - i;
            value = value << 8U | static_cast<unsigned char>(m_bytes[static_cast<std::size_t>(at) + from]);
        }
        return value;
    }
    std::uint64_t word(std::uint64_t at) { return number(at, m_wide ? 8 : 4); }

    std::string textAt(std::uint64_t at, std::uint64_t end)
    {
        end = std::min<std::uint64_t>(end, m_bytes.size());
        if (at >= end) {
            m_out.truncated = m_out.truncated || at >= m_bytes.size();
            return {};
        }
        std::string_view text = m_bytes.substr(static_cast<std::size_t>(at), static_cast<std::size_t>(end - at));
        text = text.substr(0, std::min(text.find('\0'), maxText));
        return visible(toUtf8(text));
    }

    void readSegments()
    {
        const std::uint64_t table = word(m_wide ? 32 : 28);
        const std::uint64_t size = number(m_wide ? 54 : 42, 2);
        const std::uint64_t count = std::min<std::uint64_t>(number(m_wide ? 56 : 44, 2), maxHeaders);
        if (size < (m_wide ? 56U : 32U))
            return;
        for (std::uint64_t i = 0; i < count && table + i * size < m_bytes.size(); ++i) {
            const std::uint64_t at = table + i * size;
            const std::uint64_t type = number(at, 4);
            const std::uint64_t flags = number(at + (m_wide ? 4 : 24), 4);
            const Segment segment{
                word(at + (m_wide ? 8 : 4)), word(at + (m_wide ? 16 : 8)), word(at + (m_wide ? 32 : 16))};
            switch (type) {
            case 1: // PT_LOAD
                m_loads.push_back(segment);
                break;
            case 2: // PT_DYNAMIC
                m_dynamicAt = segment.offset;
                m_dynamicSize = segment.size;
                break;
            case 3: // PT_INTERP
                m_out.interpreter
                    = textAt(segment.offset, segment.offset + std::min<std::uint64_t>(segment.size, maxText));
                break;
            case 4: // PT_NOTE
                readNotes(segment);
                break;
            case 0x6474e551: // PT_GNU_STACK
                m_out.noExecStack = (flags & 1U) == 0;
                break;
            case 0x6474e552: // PT_GNU_RELRO
                m_hasRelro = true;
                break;
            default:
                break;
            }
        }
    }

    void readNotes(const Segment &segment)
    {
        std::uint64_t at = segment.offset;
        const std::uint64_t end = segment.offset + std::min<std::uint64_t>(segment.size, 64U << 10);
        while (at + 12 <= end && at + 12 <= m_bytes.size()) {
            const std::uint64_t nameSize = number(at, 4);
            const std::uint64_t size = number(at + 4, 4);
            const std::uint64_t type = number(at + 8, 4);
            const std::uint64_t content = at + 12 + (nameSize + 3) / 4 * 4;
            if (type == 3 && nameSize == 4 && m_bytes.substr(static_cast<std::size_t>(at) + 12, 3) == "GNU"
                && size <= 64 && content + size <= m_bytes.size())
                m_out.buildId
                    = toHex(m_bytes.substr(static_cast<std::size_t>(content), static_cast<std::size_t>(size)));
            at = content + (size + 3) / 4 * 4;
        }
    }

    [[nodiscard]] std::uint64_t offsetOf(std::uint64_t address) const
    {
        for (const Segment &load : m_loads) {
            if (address >= load.address && address - load.address < load.size)
                return load.offset + (address - load.address);
        }
        return m_bytes.size();
    }

    void readDynamic()
    {
        std::vector<std::uint64_t> needed;
        std::uint64_t strings = 0;
        std::uint64_t stringsSize = 0;
        std::uint64_t soname = 0;
        std::uint64_t rpath = 0;
        std::uint64_t runPath = 0;
        const std::uint64_t step = m_wide ? 16 : 8;
        const std::uint64_t count = std::min<std::uint64_t>(m_dynamicSize / step, maxDynamic);
        for (std::uint64_t i = 0; i < count && m_dynamicAt + i * step < m_bytes.size(); ++i) {
            const std::uint64_t tag = word(m_dynamicAt + i * step);
            const std::uint64_t value = word(m_dynamicAt + i * step + step / 2);
            if (tag == 0)
                break;
            switch (tag) {
            case 1:
                if (needed.size() < maxNeeded)
                    needed.push_back(value);
                break;
            case 5:
                strings = offsetOf(value);
                break;
            case 10:
                stringsSize = value;
                break;
            case 14:
                soname = value;
                break;
            case 15:
                rpath = value;
                break;
            case 29:
                runPath = value;
                break;
            case 24: // DT_BIND_NOW
                m_bindNow = true;
                break;
            case 30: // DT_FLAGS: DF_BIND_NOW
                m_bindNow = m_bindNow || (value & 8U) != 0;
                break;
            case 0x6ffffffb: // DT_FLAGS_1: DF_1_NOW, DF_1_PIE
                m_bindNow = m_bindNow || (value & 1U) != 0;
                m_pieFlag = (value & 0x08000000U) != 0;
                break;
            default:
                break;
            }
        }
        if (strings == 0)
            return;
        m_out.truncated = m_out.truncated || strings >= m_bytes.size();
        const std::uint64_t end = strings + std::min<std::uint64_t>(stringsSize, m_bytes.size());
        const auto text
            = [&](std::uint64_t at) { return at < end - strings ? textAt(strings + at, end) : std::string(); };
        for (const std::uint64_t name : needed)
            m_out.needed.push_back(text(name));
        m_out.soname = soname == 0 ? std::string() : text(soname);
        m_out.runPath = runPath != 0 ? text(runPath) : rpath != 0 ? text(rpath) : std::string();
        if (strings < m_bytes.size())
            m_out.canary = m_bytes.substr(static_cast<std::size_t>(strings), static_cast<std::size_t>(end - strings))
                               .find("__stack_chk_fail")
                != std::string_view::npos;
    }

    void readSections()
    {
        const std::uint64_t table = word(m_wide ? 40 : 32);
        const std::uint64_t size = number(m_wide ? 58 : 46, 2);
        const std::uint64_t count = std::min<std::uint64_t>(number(m_wide ? 60 : 48, 2), maxHeaders);
        const std::uint64_t names = number(m_wide ? 62 : 50, 2);
        if (table == 0 || size < (m_wide ? 64U : 40U))
            return;
        if (table + count * size > m_bytes.size())
            m_out.truncated = true;
        const std::uint64_t nameTable = word(table + names * size + (m_wide ? 24 : 16));
        for (std::uint64_t i = 0; i < count && table + (i + 1) * size <= m_bytes.size(); ++i) {
            const std::uint64_t at = table + i * size;
            if (number(at + 4, 4) == 2) // SHT_SYMTAB
                m_out.stripped = false;
            const std::uint64_t name = nameTable + number(at, 4);
            if (name >= m_bytes.size())
                continue;
            const std::string_view text = m_bytes.substr(static_cast<std::size_t>(name), 16);
            m_out.debugInfo = m_out.debugInfo || text.starts_with(".debug_") || text.starts_with(".zdebug_");
            m_out.goBuild = m_out.goBuild || text.starts_with(std::string_view(".go.buildinfo\0", 14));
        }
    }

    std::string_view m_bytes;
    ElfSummary m_out;
    bool m_wide = false;
    bool m_hasRelro = false;
    bool m_bindNow = false;
    bool m_pieFlag = false;
    std::vector<Segment> m_loads;
    std::uint64_t m_dynamicAt = 0;
    std::uint64_t m_dynamicSize = 0;
};

} // namespace

std::optional<ElfSummary> readElf(std::string_view bytes)
{
    return ElfReader(bytes).read();
}

} // namespace tally
