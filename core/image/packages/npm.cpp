// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/package_readers.h"

#include <simdjson.h>

#include <utility>

namespace tally {

namespace {

std::string textOf(const simdjson::dom::element &object, std::string_view key)
{
    std::string_view value;
    return object[key].get(value) == simdjson::SUCCESS ? packageText(value) : std::string();
}

/// "license": "MIT", and what older versions of npm took: {"type": "MIT", "url": ...}.
void addLicence(const simdjson::dom::element &value, std::vector<std::string> &licences)
{
    std::string_view text;
    std::string licence = value.get(text) == simdjson::SUCCESS ? packageText(text) : textOf(value, "type");
    if (!licence.empty() && licences.size() < maxLicences)
        licences.push_back(std::move(licence));
}

} // namespace

ReadPackages readNpmPackage(std::string_view text)
{
    ReadPackages out;
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    if (parser.parse(simdjson::padded_string(text)).get(root) != simdjson::SUCCESS || !root.is_object()) {
        out.state = ReadPackages::State::Damaged;
        return out;
    }
    Package package{"npm", textOf(root, "name"), textOf(root, "version")};
    if (package.name.empty())
        return out; // a package must have one; without it the file only sets options
    simdjson::dom::element licence;
    if (root["license"].get(licence) == simdjson::SUCCESS)
        addLicence(licence, package.licences);
    simdjson::dom::array several;
    if (package.licences.empty() && root["licenses"].get(several) == simdjson::SUCCESS) {
        for (const simdjson::dom::element one : several)
            addLicence(one, package.licences);
    }
    out.packages.push_back(std::move(package));
    return out;
}

} // namespace tally
