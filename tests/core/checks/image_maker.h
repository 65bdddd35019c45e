// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"
#include "tests/core/checks/check_case.h"

#include <functional>
#include <memory>

namespace tally::test {

struct File
{
    std::string path;
    std::uint16_t mode = 0755;
    EntryType type = EntryType::File;
    std::string link = {};
    std::uint64_t size = 1;
};

/// An image of one layer with these files; edit changes what else it is.
inline ImagePtr image(const std::vector<File> &files, const std::function<void(Image &)> &edit = {})
{
    auto made = std::make_shared<Image>();
    made->names = {"app:1"};
    made->platform = "linux/amd64";
    made->config.os = "linux";
    made->config.user = "10001";
    made->config.entrypoint = {"/app"};
    Layer layer;
    for (const File &file : files) {
        FileEntry entry;
        entry.path = made->strings.intern(file.path);
        entry.link = made->strings.intern(file.link);
        entry.mode = file.mode;
        entry.type = file.type;
        entry.size = file.size;
        entry.gid = 42;
        layer.files.push_back(entry);
    }
    made->layers.push_back(std::move(layer));
    if (edit)
        edit(*made);
    return made;
}

inline CheckCase row(const char *check, const char *name, ImagePtr made, std::vector<std::string> findings)
{
    CheckCase one{check, name, "", std::move(findings)};
    one.images = {std::move(made)};
    return one;
}

} // namespace tally::test
