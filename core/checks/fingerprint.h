// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/document/document.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace tally {

/// The path with each list index replaced by the item's merge key, so that reordering a list changes nothing:
/// "spec.containers[1].ports[0]" becomes "spec.containers[app].ports[8080/TCP]". Merge keys are those of strategic
/// merge patches (name, containerPort, mountPath, ...); items without one go by a digest of their content, scalars by
/// their text. Steps that do not exist below root stay as they are.
[[nodiscard]] std::string mergeKeyPath(Node root, std::string_view fieldPath);
/// The same, appended to a text.
void appendMergeKeyPath(std::string &path, Node root, std::string_view fieldPath);

/// What stands before the first "." or "[" of a path.
[[nodiscard]] inline std::string_view firstStep(std::string_view path)
{
    std::size_t end = 0; // not find_first_of(): it calls memchr() for each character
    while (end < path.size() && path[end] != '.' && path[end] != '[')
        ++end;
    return path.substr(0, end);
}

/// First 16 bytes of SHA-256 over the scheme and the length-prefixed parts, as 32 hex digits.
[[nodiscard]] std::string fingerprint(std::initializer_list<std::string_view> parts);

} // namespace tally
