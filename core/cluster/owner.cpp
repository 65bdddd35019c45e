// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/owner.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>

namespace tally {

namespace {

constexpr std::array<std::string_view, 10> words = {"owner", "team", "squad", "responsible", "contact", "owned-by",
    "owner-team", "team-name", "maintainer", "maintainers"};

constexpr std::string_view partOf = "app.kubernetes.io/part-of";

/// Place in `words` of what stands behind the prefix of a key; words.size() if it is none of them.
std::size_t rankOf(std::string_view key)
{
    const std::string word = lowered(key.substr(key.rfind('/') + 1)); // npos + 1 is 0
    return static_cast<std::size_t>(std::ranges::find(words, word) - words.begin());
}

std::string ownerIn(const Object &object)
{
    std::string owner;
    std::size_t best = words.size();
    std::string application;
    for (const char *where : {"labels", "annotations"}) {
        const Node values = object.root.at({"metadata", where});
        if (!values.isMap())
            continue;
        for (const Node value : values) {
            const std::size_t rank = rankOf(value.key());
            if (rank < best && !value.text().empty()) {
                best = rank;
                owner = value.text();
            }
            if (value.key() == partOf)
                application = value.text();
        }
    }
    return best < words.size() ? owner : application;
}

} // namespace

std::string ownerOf(
    const Cluster &cluster, std::string_view kind, std::string_view namespaceName, std::string_view name)
{
    const int object = cluster.find(kind, namespaceName, name);
    if (object >= 0) {
        if (std::string owner = ownerIn(cluster.objects[static_cast<std::size_t>(object)]); !owner.empty())
            return owner;
    }
    if (namespaceName.empty())
        return {};
    const int space = cluster.find("Namespace", "", namespaceName);
    return space < 0 ? std::string() : ownerIn(cluster.objects[static_cast<std::size_t>(space)]);
}

} // namespace tally
