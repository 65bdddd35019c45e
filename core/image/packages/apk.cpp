// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/line_reader.h"
#include "core/image/packages/package_readers.h"

#include <utility>

namespace tally {

ReadPackages readApkInstalled(std::string_view text)
{
    ReadPackages out;
    Package next;
    const auto finish = [&] {
        if (out.packages.size() >= maxPackagesPerFile) {
            out.state = ReadPackages::State::TooMany;
            return false;
        }
        if (!next.name.empty()) {
            next.manager = "apk";
            if (!next.source.empty())
                next.sourceVersion = next.version; // apk keeps no other
            out.packages.push_back(std::move(next));
        }
        next = {};
        return true;
    };
    eachLine(text, [&](std::string_view line) {
        if (line.empty())
            return finish();
        if (line.size() < 2 || line[1] != ':')
            return true;
        const std::string_view value = line.substr(2);
        switch (line[0]) {
        case 'P':
            next.name = packageText(value);
            break;
        case 'V':
            next.version = packageText(value);
            break;
        case 'A':
            next.architecture = packageText(value);
            break;
        case 'L':
            if (!trimmed(value).empty())
                next.licences = {packageText(trimmed(value))};
            break;
        case 'o':
            next.source = packageText(value);
            break;
        default:
            break;
        }
        return true;
    });
    finish();
    return out;
}

} // namespace tally
