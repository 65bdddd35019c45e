// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/line_reader.h"
#include "core/image/packages/package_readers.h"

#include <algorithm>

namespace tally {

namespace {

void addOnce(std::vector<std::string> &licences, std::string_view name)
{
    std::string text = packageText(trimmed(name));
    if (!text.empty() && licences.size() < maxLicences && std::ranges::find(licences, text) == licences.end())
        licences.push_back(std::move(text));
}

/// The first paragraph says so (copyright-format/1.0, "Format").
bool isMachineReadable(std::string_view text)
{
    bool machine = false;
    bool begun = false;
    eachLine(text.substr(0, 4096), [&](std::string_view line) {
        std::string_view value;
        if (trimmed(line).empty())
            return !begun;
        begun = true;
        if (isField(line, "Format", value) || isField(line, "Format-Specification", value))
            machine = value.find("copyright-format") != std::string_view::npos
                || value.find("dep5") != std::string_view::npos || value.find("DEP") != std::string_view::npos;
        return !machine;
    });
    return machine;
}

} // namespace

std::vector<std::string> readDpkgCopyright(std::string_view text)
{
    std::vector<std::string> licences;
    if (isMachineReadable(text)) {
        eachLine(text, [&](std::string_view line) {
            std::string_view value;
            if (!line.empty() && (line.front() == 'L' || line.front() == 'l') && isField(line, "License", value))
                addOnce(licences, value);
            return true;
        });
        return licences;
    }
    static constexpr std::string_view folder = "/usr/share/common-licenses/";
    for (std::size_t at = text.find(folder); at != std::string_view::npos; at = text.find(folder, at)) {
        at += folder.size();
        const std::string_view rest = text.substr(at, 40);
        std::string_view name = rest.substr(
            0, rest.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-+"));
        while (name.ends_with('.') || name.ends_with('-')) // the end of the sentence
            name.remove_suffix(1);
        // A pointer to the text of the GPL says nothing of "or any later version": no name of a licence.
        const bool gnu = name.starts_with("GPL") || name.starts_with("LGPL") || name.starts_with("GFDL");
        addOnce(licences, (gnu ? "common-licenses/" : "") + std::string(name));
    }
    return licences;
}

} // namespace tally
