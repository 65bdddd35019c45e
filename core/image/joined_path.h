// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// "/usr/bin/perl" of a node of a tree whose root is node 0, which is "/". No recursion: paths may be thousands of
/// levels deep. O(levels).
template<typename Node>
std::string joinedPath(Node node, const auto &parentOf, const auto &nameOf)
{
    if (node == 0)
        return "/";
    std::vector<Node> steps;
    for (; node != 0; node = parentOf(node))
        steps.push_back(node);
    std::string path;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step)
        path.append("/").append(std::string_view(nameOf(*step)));
    return path;
}

} // namespace tally
