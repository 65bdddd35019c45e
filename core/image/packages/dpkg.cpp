// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/line_reader.h"
#include "core/image/packages/package_readers.h"

#include <algorithm>
#include <utility>

namespace tally {

namespace {

/// deb-control(5): "Source: name (version)"; without a version it is the package's own.
void takeSource(std::string_view value, Package &package)
{
    const std::size_t open = value.find('(');
    package.source = packageText(trimmed(value.substr(0, open)));
    if (open == std::string_view::npos)
        return;
    const std::size_t close = std::min(value.find(')', open), value.size());
    package.sourceVersion = packageText(trimmed(value.substr(open + 1, close - open - 1)));
}

/// The last word of Status: "install ok installed".
bool hasFiles(std::string_view status)
{
    const std::size_t blank = status.rfind(' ');
    const std::string_view state = blank == std::string_view::npos ? status : status.substr(blank + 1);
    return state != "not-installed" && state != "config-files" && state != "half-installed";
}

class StatusReader
{
public:
    ReadPackages read(std::string_view text)
    {
        eachLine(text, [this](std::string_view line) {
            if (line.empty())
                return finish();
            if (line.front() != ' ' && line.front() != '\t')
                take(line);
            return true;
        });
        finish();
        return std::move(m_out);
    }

private:
    void take(std::string_view line)
    {
        std::string_view value;
        switch (line.front()) {
        case 'P':
            if (isField(line, "Package", value))
                m_next.name = packageText(value);
            break;
        case 'V':
            if (isField(line, "Version", value))
                m_next.version = packageText(value);
            break;
        case 'A':
            if (isField(line, "Architecture", value))
                m_next.architecture = packageText(value);
            break;
        case 'S':
            if (isField(line, "Source", value))
                takeSource(value, m_next);
            else if (isField(line, "Status", value))
                m_installed = hasFiles(value);
            break;
        default:
            break;
        }
    }

    bool finish()
    {
        if (m_out.packages.size() >= maxPackagesPerFile) {
            m_out.state = ReadPackages::State::TooMany;
            return false;
        }
        if (!m_next.name.empty() && m_installed) {
            if (m_next.source.empty())
                m_next.source = m_next.name;
            if (m_next.sourceVersion.empty())
                m_next.sourceVersion = m_next.version;
            m_next.manager = "dpkg";
            m_out.packages.push_back(std::move(m_next));
        }
        m_next = {};
        m_installed = true;
        return true;
    }

    ReadPackages m_out;
    Package m_next;
    bool m_installed = true;
};

} // namespace

ReadPackages readDpkgStatus(std::string_view text)
{
    return StatusReader().read(text);
}

} // namespace tally
