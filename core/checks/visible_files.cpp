// SPDX-License-Identifier: Apache-2.0
#include "core/checks/visible_files.h"

#include "core/image/layer_stack.h"

#include <algorithm>

namespace tally {

VisibleFiles::VisibleFiles(const Image &image)
    : m_image(image)
{
    LayerStack stack(image, image.layers.size());
    for (std::size_t layer = 0; layer < image.layers.size(); ++layer)
        stack.apply();
    for (std::size_t layer = 0; layer < image.layers.size(); ++layer) {
        const std::vector<FileEntry> &files = image.layers[layer].files;
        for (std::size_t i = 0; i < files.size(); ++i) {
            const FileEntry &entry = files[i];
            const bool whiteout = entry.type == EntryType::Whiteout || entry.type == EntryType::OpaqueWhiteout;
            if (!whiteout && stack.isVisible(layer, i))
                m_files.push_back({&entry, static_cast<std::int32_t>(layer)});
        }
    }
    std::ranges::sort(m_files, [this](const File &a, const File &b) { return path(a) < path(b); });
}

std::string VisibleFiles::shown(const File &file) const
{
    return "/" + std::string(path(file));
}

const VisibleFiles::File *VisibleFiles::at(std::string_view wanted) const
{
    const auto found = std::ranges::lower_bound(m_files, wanted, {}, [this](const File &file) { return path(file); });
    return found == m_files.end() || path(*found) != wanted ? nullptr : &*found;
}

bool VisibleFiles::anyBelow(std::string_view folder) const
{
    const std::string prefix = std::string(folder) + '/';
    const auto found = std::ranges::lower_bound(m_files, prefix, {}, [this](const File &file) { return path(file); });
    return found != m_files.end() && path(*found).starts_with(prefix);
}

const VisibleFiles::File *VisibleFiles::resolve(std::string_view wanted) const
{
    constexpr int mostLinks = 40; // as Linux
    int links = 0;
    std::string rest(wanted);
    std::string done;
    while (!rest.empty()) {
        const std::size_t slash = std::min(rest.find('/'), rest.size());
        const std::string name = rest.substr(0, slash);
        rest.erase(0, std::min(slash + 1, rest.size()));
        if (name.empty() || name == ".")
            continue;
        if (name == "..") {
            const std::size_t last = done.rfind('/');
            done.resize(last == std::string::npos ? 0 : last);
            continue;
        }
        std::string next = done;
        next.append(done.empty() ? "" : "/").append(name);
        const File *file = at(next);
        if (!file || file->entry->type != EntryType::Symlink) { // folders may be implied by what lies in them
            done = std::move(next);
            continue;
        }
        const std::string_view target = link(*file);
        if (++links > mostLinks || target.empty())
            return nullptr;
        if (target.front() == '/')
            done.clear();
        rest.insert(0, 1, '/').insert(0, target);
    }
    return at(done);
}

bool VisibleFiles::isExecutable(const File &file) const
{
    const File *target = file.entry->type == EntryType::Symlink ? resolve(path(file)) : &file;
    return target && isRegular(*target->entry) && (target->entry->mode & 0111U) != 0;
}

} // namespace tally
