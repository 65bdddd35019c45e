// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// Something that the content of a file says. Never a part of a secret: its form and place only.
struct RiskRemark
{
    std::uint32_t entry = 0; ///< index into the rows of the layer
    std::string kind;        ///< Risk::kind: "secret", "supervised-program", "log-target"
    std::string detail;      ///< form of the credential; name of the program; path of the log file
};

/// What a file with this content under this path gives; `entry` is passed on. Pure, cost about one pass over the text.
[[nodiscard]] std::vector<RiskRemark> risksInFile(std::string_view path, std::string_view content, std::uint32_t entry);

/// Looks through the files of a layer while it streams: begin(), pieces in any number, end(). Keeps at most one file of
/// `mostBytes` at a time; larger ones, sparse ones and packages' programs are passed over. Most texts are over after a
/// look for the few literals without which there is no credential.
class RiskScan
{
public:
    explicit RiskScan(std::uint64_t mostBytes)
        : m_mostBytes(mostBytes)
    {
    }

    void begin(std::string_view path, std::uint32_t entry, std::uint64_t size, bool sparse);
    void piece(std::uint64_t offset, std::string_view bytes);
    void end();
    [[nodiscard]] std::vector<RiskRemark> take();

private:
    void use(std::string_view content);

    std::uint64_t m_mostBytes;
    std::string m_path;
    std::uint32_t m_entry = 0;
    std::uint64_t m_size = 0;
    bool m_active = false;
    bool m_hides = false; ///< binary content counts, too
    std::string m_text;
    std::vector<RiskRemark> m_remarks;
};

/// The kind of credential that a file holds: "private-key", "docker-auth", "password-hash", ...; nothing if it holds
/// none. ", sample" behind it: by its value no more than an example ("postgres://user:password@localhost/"). "named":
/// it only stands behind a name that announces one. Never a part of it.
[[nodiscard]] std::optional<std::string> secretInFile(std::string_view path, std::string_view content);

/// Is a file that is no text worth a look, for a key inside a program, a text in UTF-16, a small one that is
/// compressed? By its place: what packages bring holds none of its own.
[[nodiscard]] bool mayHideSecret(std::string_view path);

/// Where keys lie that open nothing: tests, examples, documentation. With or without a slash in front.
[[nodiscard]] bool isTestPlace(std::string_view path);
/// Is the path where packages put their files (/usr without /usr/local, node_modules, ...)? What they bring has been
/// published.
[[nodiscard]] bool isPackagePlace(std::string_view path);

/// Is the file a store of credentials by its name alone?
[[nodiscard]] bool isCredentialStore(std::string_view path);

/// The programs that a configuration of supervisord starts, by the names of their sections; empty for other files.
[[nodiscard]] std::vector<std::string> supervisedPrograms(std::string_view path, std::string_view content);

/// The files into which a service's configuration tells it to log; empty for other files. Not those under /dev and
/// /proc, pipes and addresses.
[[nodiscard]] std::vector<std::string> logTargets(std::string_view path, std::string_view content);

} // namespace tally
