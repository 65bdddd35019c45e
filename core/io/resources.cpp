// SPDX-License-Identifier: Apache-2.0
#include "core/io/resources.h"

#include "core/base/messages_base.h"
#include "core/io/digest.h"
#include "core/io/file.h"

#include <algorithm>

namespace tally {

namespace detail {

extern const EmbeddedResource embeddedResources[];
extern const std::size_t embeddedResourceCount;

} // namespace detail

Resources::Resources(std::filesystem::path folder)
    : m_folder(std::move(folder))
{
}

std::vector<std::string> Resources::names(std::string_view prefix) const
{
    std::vector<std::string> found;
    if (!m_folder) {
        for (std::size_t i = 0; i < detail::embeddedResourceCount; ++i) {
            if (std::string_view(detail::embeddedResources[i].name).starts_with(prefix))
                found.emplace_back(detail::embeddedResources[i].name);
        }
    } else {
        std::error_code error;
        for (std::filesystem::recursive_directory_iterator it(*m_folder, error), end; !error && it != end;
             it.increment(error)) {
            const std::string name = it->path().lexically_relative(*m_folder).generic_string();
            if (name.starts_with(prefix) && it->path().extension() == ".yaml" && it->is_regular_file(error))
                found.push_back(name);
        }
    }
    std::ranges::sort(found);
    return found;
}

Result<std::string> Resources::read(std::string_view name) const
{
    if (m_folder)
        return readFile(*m_folder / name, Limits{});
    for (std::size_t i = 0; i < detail::embeddedResourceCount; ++i) {
        const auto &resource = detail::embeddedResources[i];
        if (name == resource.name)
            return std::string(resource.bytes, resource.bytes + resource.size);
    }
    return fail(ErrorKind::NotFound, {baseDef("file.not-found"), {std::string(name)}});
}

Result<std::string> Resources::digest(std::string_view prefix) const
{
    Sha256 all;
    for (const std::string &name : names(prefix)) {
        TALLY_ASSIGN(const std::string content, read(name));
        all.update(name);
        all.update(std::string_view("\0", 1));
        all.update(sha256Hex(content));
        all.update("\n");
    }
    return "sha256:" + all.hex();
}

} // namespace tally
