// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/line_reader.h"
#include "core/image/packages/package_readers.h"

#include <utility>

namespace tally {

namespace {

struct Metadata
{
    std::string name;
    std::string version;
    std::string expression; ///< License-Expression (PEP 639)
    std::string licence;    ///< License: free text, at times the whole of a licence
    std::vector<std::string> classifiers;
    bool licenceGoesOn = false;
};

void takeField(std::string_view line, Metadata &metadata)
{
    std::string_view value;
    if (metadata.name.empty() && isField(line, "Name", value))
        metadata.name = packageText(value);
    else if (metadata.version.empty() && isField(line, "Version", value))
        metadata.version = packageText(value);
    else if (isField(line, "License-Expression", value))
        metadata.expression = packageText(value);
    else if (isField(line, "License", value))
        metadata.licence = packageText(value);
    else if (isField(line, "Classifier", value) && value.starts_with("License :: ")
        && metadata.classifiers.size() < maxLicences) {
        value = value.substr(value.rfind(":: ") + 3);
        if (value != "OSI Approved")
            metadata.classifiers.push_back(packageText(value));
    }
}

} // namespace

ReadPackages readPythonMetadata(std::string_view text)
{
    Metadata metadata;
    bool inLicence = false;
    eachLine(text, [&](std::string_view line) {
        if (line.empty())
            return false; // the description follows
        if (line.front() == ' ' || line.front() == '\t' || line.front() == '|') {
            metadata.licenceGoesOn = metadata.licenceGoesOn || inLicence;
            return true;
        }
        std::string_view value;
        inLicence = isField(line, "License", value);
        takeField(line, metadata);
        return true;
    });
    ReadPackages out;
    if (metadata.name.empty()) {
        out.state = ReadPackages::State::Damaged;
        return out;
    }
    Package package{"python", std::move(metadata.name), std::move(metadata.version)};
    if (!metadata.expression.empty())
        package.licences = {std::move(metadata.expression)};
    else if (!metadata.licence.empty() && metadata.licence != "UNKNOWN" && !metadata.licenceGoesOn)
        package.licences = {std::move(metadata.licence)};
    else
        package.licences = std::move(metadata.classifiers);
    out.packages.push_back(std::move(package));
    return out;
}

} // namespace tally
