// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/base/text_format.h"
#include "core/document/secret_rules.h"
#include "core/image/risk_scan.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

constexpr std::size_t mostNamed = 50; // per file
constexpr std::size_t longestName = 200;

bool contains(std::string_view text, std::string_view what)
{
    return text.find(what) != std::string_view::npos;
}

std::string_view bareWord(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\"'");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\"';") - first + 1);
}

void eachLine(std::string_view text, const auto &use)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        if (!line.empty() && line.front() != '#' && line.front() != ';')
            use(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

/// Cheap, for every file: nearly all of them end here.
bool isSettingsName(std::string_view path)
{
    constexpr std::array<std::string_view, 7> suffixes
        = {".conf", ".ini", ".cnf", ".xml", ".properties", ".yml", ".yaml"};
    return std::ranges::any_of(suffixes, [&](std::string_view suffix) { return path.ends_with(suffix); });
}

bool isSupervisorFile(std::string_view path)
{
    const std::string_view name = baseName(path);
    const bool configuration = name.ends_with(".conf") || name.ends_with(".ini");
    return name == "supervisord.conf" || name == "supervisor.conf"
        || (configuration
            && (contains(path, "supervisor/conf.d/") || contains(path, "supervisord.d/")
                || contains(path, "supervisor.d/") || contains(path, "supervisord/conf.d/")));
}

/// Collects what is a file to log into.
class Targets
{
public:
    void add(std::string_view text)
    {
        const std::string_view target = bareWord(text);
        const bool elsewhere = target.starts_with("/dev/") || target.starts_with("/proc/") || target.starts_with('|');
        if (target.size() < 2 || target.front() != '/' || elsewhere || m_found.size() >= mostNamed)
            return;
        std::string shown = toUtf8(maskSecretsInText(target.substr(0, longestName)));
        if (std::ranges::find(m_found, shown) == m_found.end())
            m_found.push_back(std::move(shown));
    }
    [[nodiscard]] std::vector<std::string> take() { return std::move(m_found); }

private:
    std::vector<std::string> m_found;
};

std::string_view word(std::string_view &line)
{
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const std::string_view found = line.substr(0, std::min(line.find_first_of(" \t;"), line.size()));
    line.remove_prefix(found.size());
    return found;
}

/// nginx: "access_log /path format;", Apache: "CustomLog /path format", "ErrorLog ${APACHE_LOG_DIR}/error.log".
void readWebServer(std::string_view content, Targets &targets)
{
    constexpr std::array<std::string_view, 5> directives
        = {"access_log", "error_log", "CustomLog", "ErrorLog", "TransferLog"};
    eachLine(content, [&](std::string_view line) {
        if (std::ranges::find(directives, word(line)) == directives.end())
            return;
        const std::string_view target = bareWord(word(line));
        constexpr std::string_view debian = "${APACHE_LOG_DIR}";
        if (target.starts_with(debian))
            targets.add("/var/log/apache2" + std::string(target.substr(debian.size())));
        else
            targets.add(target);
    });
}

/// "name = value" of PHP, Redis ("logfile /path"), MySQL, Spring.
void readSettings(std::string_view content, Targets &targets)
{
    constexpr std::array<std::string_view, 12> names
        = {"error_log", "access.log", "slowlog", "logfile", "log_error", "log-error", "general_log_file",
            "slow_query_log_file", "logging.file", "logging.file.name", "log_file", "log-file"};
    eachLine(content, [&](std::string_view line) {
        const std::string_view name = line.substr(0, std::min(line.find_first_of(" \t=:"), line.size()));
        if (std::ranges::find(names, name) == names.end())
            return;
        line.remove_prefix(name.size());
        line.remove_prefix(std::min(line.find_first_not_of(" \t=:"), line.size()));
        targets.add(line.substr(0, line.find_first_of(" \t")));
    });
}

/// logback.xml "<file>/path</file>", log4j2.xml fileName="/path", log4j.properties "...File=/path".
void readJavaLogging(std::string_view content, Targets &targets)
{
    for (const std::string_view mark : {"<file>", "<File>", "fileName=\"", ".File=", ".fileName=", "fileName = "}) {
        for (std::size_t at = content.find(mark); at != std::string_view::npos; at = content.find(mark, at + 1)) {
            const std::string_view rest = content.substr(at + mark.size(), longestName);
            targets.add(rest.substr(0, rest.find_first_of("<\"\r\n")));
        }
    }
}

} // namespace

std::vector<std::string> supervisedPrograms(std::string_view path, std::string_view content)
{
    std::vector<std::string> programs;
    if (!isSettingsName(path) || !isSupervisorFile(path))
        return programs;
    eachLine(content, [&](std::string_view line) {
        for (const std::string_view section : {"[program:", "[fcgi-program:"}) {
            const std::size_t end = line.find(']');
            if (line.starts_with(section) && end != std::string_view::npos && programs.size() < mostNamed)
                programs.push_back(toUtf8(line.substr(section.size(), end - section.size()).substr(0, longestName)));
        }
    });
    return programs;
}

std::vector<std::string> logTargets(std::string_view path, std::string_view content)
{
    if (!isSettingsName(path))
        return {};
    const std::string_view name = baseName(path);
    const bool documentation = path.starts_with("usr/share/doc/") || contains(path, "/examples/");
    if (documentation || path.size() > 4096)
        return {};
    Targets targets;
    const bool configuration = name.ends_with(".conf") || name.ends_with(".ini") || name.ends_with(".cnf");
    if ((contains(path, "nginx/") || contains(path, "apache2/") || contains(path, "httpd/")) && configuration)
        readWebServer(content, targets);
    else if ((name.starts_with("logback") || name.starts_with("log4j"))
        && (name.ends_with(".xml") || name.ends_with(".properties")))
        readJavaLogging(content, targets);
    else if ((configuration && (contains(path, "php") || contains(path, "redis") || contains(path, "mysql")))
        || (name.starts_with("application")
            && (name.ends_with(".properties") || name.ends_with(".yml") || name.ends_with(".yaml"))))
        readSettings(content, targets);
    return targets.take();
}

} // namespace tally
