// SPDX-License-Identifier: Apache-2.0
#include "core/image/inventory.h"

#include "core/base/ascii.h"
#include "core/base/text_format.h"
#include "core/image/os_support.h"
#include "core/image/packages/package_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace tally {

namespace {

using namespace std::string_view_literals;

bool isProgramFolder(std::string_view path)
{
    static constexpr std::array folders{
        "bin"sv, "sbin"sv, "usr/bin"sv, "usr/sbin"sv, "usr/local/bin"sv, "usr/local/sbin"sv};
    const std::size_t slash = path.rfind('/');
    const std::string_view folder = slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
    return std::ranges::find(folders, folder) != folders.end()
        || (folder.starts_with("opt/") && folder.ends_with("/bin"));
}

/// "gcc-12" and "python3.11" count like "gcc" and "python".
std::string_view withoutVersion(std::string_view name)
{
    const std::size_t dash = name.rfind('-');
    if (dash != std::string_view::npos && dash + 1 < name.size()
        && name.find_first_not_of("0123456789.", dash + 1) == std::string_view::npos)
        return name.substr(0, dash);
    return name;
}

struct ProgramKind
{
    std::string_view kind;
    std::string_view names; ///< between blanks
};

constexpr std::array programKinds{
    ProgramKind{"shell", " sh bash dash ash zsh ksh mksh csh tcsh fish busybox "},
    ProgramKind{"package-manager",
        " apt apt-get aptitude dpkg apk rpm yum dnf microdnf zypper pacman tdnf opkg pip pip3 npm yarn gem composer "},
    ProgramKind{"compiler", " gcc g++ cc c++ clang clang++ tcc ld as make go rustc javac "},
};
/// Servers only: a client gives nobody access.
constexpr std::string_view remoteAccess
    = " sshd dropbear telnetd in.telnetd utelnetd rshd in.rshd rlogind in.rlogind rexecd in.rexecd vsftpd proftpd ftpd "
      "tftpd in.tftpd vncserver Xvnc x11vnc tigervncserver tightvncserver xrdp rdesktop-server wetty ttyd gotty "
      "shellinaboxd "
      "websockify webmin cockpit-ws tailscaled teleport ";

bool isIn(std::string_view list, std::string_view name)
{
    if (name.empty() || name.find(' ') != std::string_view::npos)
        return false;
    return list.find(" " + std::string(name) + " ") != std::string_view::npos;
}

void readOsRelease(std::string_view text, std::map<std::string, std::string, std::less<>> &values)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t equals = line.find('=');
        if (line.starts_with('#') || equals == std::string_view::npos)
            continue;
        std::string_view value = line.substr(equals + 1);
        while (!value.empty() && (value.back() == '\r' || value.back() == ' '))
            value.remove_suffix(1);
        if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
            value = value.substr(1, value.size() - 2);
        values.insert_or_assign(std::string(line.substr(0, equals)), toUtf8(value.substr(0, 200)));
    }
}

std::uint32_t numberOf(std::string_view digits)
{
    std::uint32_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

void readUsers(std::string_view text, std::vector<User> &users)
{
    while (!text.empty() && users.size() < 10'000) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        std::array<std::string_view, 4> fields{};
        for (std::string_view &field : fields) {
            const std::size_t colon = std::min(line.find(':'), line.size());
            field = line.substr(0, colon);
            line.remove_prefix(std::min(colon + 1, line.size()));
        }
        if (!fields[0].empty() && !fields[2].empty())
            users.push_back({toUtf8(fields[0].substr(0, 100)), numberOf(fields[2]), numberOf(fields[3])});
    }
}

class Inventory
{
public:
    Inventory(Image &image, std::span<const LayerScan *const> scans, const LayerStack &stack,
        std::vector<Diagnostic> &diagnostics)
        : m_image(image)
        , m_scans(scans)
        , m_stack(stack)
        , m_diagnostics(diagnostics)
    {
    }

    void take()
    {
        takeFiles();
        for (std::size_t layer = 0; layer < m_image.layers.size(); ++layer)
            takeRisks(layer);
    }

private:
    /// Content of a file that is visible in the end, and its layer.
    const LayerScan::Captured *visibleFile(std::string_view path, std::uint32_t *layer = nullptr) const
    {
        for (std::size_t i = m_scans.size(); i-- > 0;) {
            for (const LayerScan::Captured &captured : m_scans[i]->captured) {
                if (pathOf(i, captured.entry) == path && m_stack.isVisible(i, captured.entry)) {
                    if (layer)
                        *layer = static_cast<std::uint32_t>(i);
                    return &captured;
                }
            }
        }
        return nullptr;
    }
    [[nodiscard]] std::string_view pathOf(std::size_t layer, std::uint32_t entry) const
    {
        return m_image.strings.view(m_image.layers[layer].files[entry].path);
    }

    void takeFiles();
    void takeRisks(std::size_t layer);
    void takeProgramRisks(const FileEntry &entry, std::string_view path, std::size_t layer, std::size_t index);
    void add(std::string_view kind, std::size_t layer, std::size_t entry, std::string detail)
    {
        const std::string_view path = m_image.strings.view(m_image.layers[layer].files[entry].path);
        m_image.risks.push_back({std::string(kind), "/" + std::string(path), static_cast<std::uint32_t>(layer),
            std::move(detail), m_stack.isVisible(layer, entry)});
    }

    Image &m_image;
    std::span<const LayerScan *const> m_scans;
    const LayerStack &m_stack;
    std::vector<Diagnostic> &m_diagnostics;
};

void Inventory::takeFiles()
{
    std::map<std::string, std::string, std::less<>> release;
    for (const std::string_view path : {"usr/lib/os-release"sv, "etc/os-release"sv}) { // etc wins (os-release(5))
        if (const LayerScan::Captured *file = visibleFile(path))
            readOsRelease(file->content, release);
    }
    m_image.os.id = release["ID"];
    m_image.os.versionId = release["VERSION_ID"];
    m_image.os.prettyName = release["PRETTY_NAME"];
    m_image.os.supportEnds = builtInSupportTable().find(m_image.os.id, m_image.os.versionId).ends;
    if (const LayerScan::Captured *file = visibleFile("etc/passwd")) {
        m_image.hasPasswd = true;
        readUsers(file->content, m_image.users);
    }
    takePackages(m_image, m_scans, m_stack, m_diagnostics);
}

void Inventory::takeRisks(std::size_t layer)
{
    const std::vector<FileEntry> &files = m_image.layers[layer].files;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const FileEntry &entry = files[i];
        if (entry.type == EntryType::Whiteout || entry.type == EntryType::OpaqueWhiteout)
            continue;
        const std::string_view path = m_image.strings.view(entry.path);
        const bool file = entry.type == EntryType::File || entry.type == EntryType::Hardlink;
        const std::string mode = fmt::format("{:04o}", entry.mode);
        if (file && (entry.mode & 04000U) != 0)
            add("setuid", layer, i, mode);
        if (file && (entry.mode & 02000U) != 0 && (entry.mode & 0111U) != 0)
            add("setgid", layer, i, mode);
        const bool folder = entry.type == EntryType::Directory;
        if ((entry.mode & 0002U) != 0 && (file || (folder && (entry.mode & 01000U) == 0)))
            add("world-writable", layer, i, mode);
        takeProgramRisks(entry, path, layer, i);
        if (entry.type == EntryType::File && entry.size > 0 && path.starts_with("var/log/"))
            add("log-file", layer, i, std::to_string(entry.size));
    }
    for (const LayerScan::Remark &remark : m_scans[layer]->capabilities)
        add("file-capability", layer, remark.entry, remark.text);
    for (const LayerScan::Remark &remark : m_scans[layer]->devices)
        add("device-node", layer, remark.entry, remark.text);
    for (const RiskRemark &remark : m_scans[layer]->risks)
        add(remark.kind, layer, remark.entry, remark.detail);
}

void Inventory::takeProgramRisks(const FileEntry &entry, std::string_view path, std::size_t layer, std::size_t index)
{
    const bool link = entry.type == EntryType::Symlink;
    if (!link && ((entry.type != EntryType::File && entry.type != EntryType::Hardlink) || (entry.mode & 0111U) == 0))
        return;
    const std::string_view name = baseName(path);
    if (!link && isIn(remoteAccess, name))
        add("remote-access", layer, index, std::string(name));
    if (!isProgramFolder(path))
        return;
    const std::string_view plain = withoutVersion(name);
    for (const ProgramKind &kind : programKinds) {
        if (isIn(kind.names, plain))
            add(kind.kind, layer, index, toUtf8(name));
    }
}

} // namespace

bool isSystemFile(std::string_view path)
{
    return path == "etc/os-release" || path == "usr/lib/os-release" || path == "etc/passwd";
}

std::string capabilityText(std::string_view value)
{
    static constexpr std::array names{"chown"sv, "dac_override"sv, "dac_read_search"sv, "fowner"sv, "fsetid"sv,
        "kill"sv, "setgid"sv, "setuid"sv, "setpcap"sv, "linux_immutable"sv, "net_bind_service"sv, "net_broadcast"sv,
        "net_admin"sv, "net_raw"sv, "ipc_lock"sv, "ipc_owner"sv, "sys_module"sv, "sys_rawio"sv, "sys_chroot"sv,
        "sys_ptrace"sv, "sys_pacct"sv, "sys_admin"sv, "sys_boot"sv, "sys_nice"sv, "sys_resource"sv, "sys_time"sv,
        "sys_tty_config"sv, "mknod"sv, "lease"sv, "audit_write"sv, "audit_control"sv, "setfcap"sv, "mac_override"sv,
        "mac_admin"sv, "syslog"sv, "wake_alarm"sv, "block_suspend"sv, "audit_read"sv, "perfmon"sv, "bpf"sv,
        "checkpoint_restore"sv};
    const auto word = [&](std::size_t at) {
        std::uint32_t number = 0;
        for (std::size_t i = 4; i-- > 0;)
            number = (number << 8U) | static_cast<unsigned char>(value[at + i]);
        return number;
    };
    if (value.size() < 12)
        return "unreadable";
    const std::uint32_t magic = word(0);
    std::uint64_t permitted = word(4);
    std::uint64_t inheritable = word(8);
    if ((magic >> 24U) >= 2 && value.size() >= 20) {
        permitted |= std::uint64_t{word(12)} << 32U;
        inheritable |= std::uint64_t{word(16)} << 32U;
    }
    std::string text;
    for (std::size_t bit = 0; bit < 64; ++bit) {
        if ((((permitted | inheritable) >> bit) & 1U) == 0)
            continue;
        text += text.empty() ? "cap_" : ",cap_";
        text += bit < names.size() ? std::string(names[bit]) : std::to_string(bit);
    }
    text += '+';
    if ((magic & 1U) != 0)
        text += 'e';
    if (inheritable != 0)
        text += 'i';
    if (permitted != 0)
        text += 'p';
    return text;
}

void takeInventory(Image &image, std::span<const LayerScan *const> scans, const LayerStack &stack,
    std::vector<Diagnostic> &diagnostics)
{
    Inventory(image, scans, stack, diagnostics).take();
}

} // namespace tally
