// SPDX-License-Identifier: Apache-2.0
#include "core/checks/fingerprint.h"

#include "core/checks/finding.h"
#include "core/io/digest.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

namespace tally {

namespace {

constexpr int mostDepth = 32; // of the content of an item that has no merge key

/// Each number as eight bytes, most significant first: no two lists of parts give the same bytes.
void addPart(std::string &bytes, std::string_view part)
{
    std::array<char, 8> length{};
    std::uint64_t rest = part.size();
    for (auto it = length.rbegin(); it != length.rend(); ++it, rest >>= 8U)
        *it = static_cast<char>(rest & 0xFFU);
    bytes.append(length.data(), length.size()).append(part);
}

void addPart(Sha256 &hash, std::string_view part)
{
    std::string bytes;
    addPart(bytes, part);
    hash.update(bytes);
}

void addContent(Sha256 &hash, Node node, int depth)
{
    if (node.isScalar() || depth >= mostDepth) {
        addPart(hash, node.text());
        return;
    }
    addPart(hash, node.isMap() ? "{" : "[");
    std::vector<Node> children;
    for (const Node child : node)
        children.push_back(child);
    // kubectl sorts the keys of a map, whoever writes by hand does not.
    if (node.isMap())
        std::ranges::stable_sort(children, {}, [](Node child) { return child.key(); });
    for (const Node child : children) {
        addPart(hash, child.key());
        addContent(hash, child, depth + 1);
    }
    addPart(hash, "}");
}

std::string_view firstOf(Node item, std::initializer_list<std::string_view> keys)
{
    for (const std::string_view key : keys) {
        if (const Node value = item[key]; value.isScalar() && !value.text().empty())
            return value.text();
    }
    return {};
}

/// Source: patchMergeKey tags of k8s.io/api/core/v1.
std::string mergeKey(Node item, std::string_view list)
{
    std::string key;
    if (list == "ports") {
        key = firstOf(item, {"containerPort", "port"});
        if (!key.empty())
            key += '/' + std::string(item["protocol"] ? item["protocol"].text() : "TCP");
    } else if (list == "volumeMounts") {
        key = firstOf(item, {"mountPath"});
    } else if (list == "volumeDevices") {
        key = firstOf(item, {"devicePath"});
    } else if (list == "subjects") {
        key.append(firstOf(item, {"kind"})).append(" ").append(firstOf(item, {"namespace"})).append("/");
        key.append(firstOf(item, {"name"}));
    }
    if (key.empty())
        key = firstOf(item, {"name", "uid", "ip", "type", "key"});
    if (key.empty()) {
        Sha256 hash;
        addContent(hash, item, 0);
        key = hash.hex().substr(0, 16);
    }
    return key;
}

void appendMergeKey(std::string &path, Node item, std::string_view list)
{
    if (item.isScalar())
        path += item.text();
    else
        path += mergeKey(item, list);
}

std::optional<std::size_t> indexAt(std::string_view path)
{
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(path.data() + 1, path.data() + path.size(), index);
    if (error != std::errc{} || end == path.data() + path.size() || *end != ']')
        return std::nullopt;
    return index;
}

} // namespace

std::string mergeKeyPath(Node root, std::string_view fieldPath)
{
    std::string path;
    appendMergeKeyPath(path, root, fieldPath);
    return path;
}

void appendMergeKeyPath(std::string &path, Node root, std::string_view fieldPath)
{
    Node at = root;
    std::string_view list;
    while (!fieldPath.empty()) {
        if (fieldPath.find('[') == std::string_view::npos) {
            path.append(fieldPath); // nothing but indexes is written differently
            return;
        }
        if (fieldPath.front() == '[') {
            const auto index = indexAt(fieldPath);
            const Node item = index ? at.item(*index) : Node();
            if (!item) {
                path.append(fieldPath);
                return;
            }
            path += '[';
            appendMergeKey(path, item, list);
            path += ']';
            fieldPath.remove_prefix(fieldPath.find(']') + 1);
            at = item;
        } else {
            if (fieldPath.front() == '.') {
                path += '.';
                fieldPath.remove_prefix(1);
            }
            std::string_view key = firstStep(fieldPath);
            Node next = at[key];
            if (!next && key.size() < fieldPath.size()) {
                next = at[fieldPath];
                key = next ? fieldPath : key; // an annotation: its key holds dots
            }
            if (key.empty()) {
                path.append(fieldPath);
                return;
            }
            path.append(key);
            fieldPath.remove_prefix(key.size());
            at = next;
            list = key;
        }
    }
}

std::string fingerprint(std::initializer_list<std::string_view> parts)
{
    std::string bytes;
    bytes.reserve(256);
    addPart(bytes, fingerprintScheme);
    for (const std::string_view part : parts)
        addPart(bytes, part);
    std::string digest = sha256Hex(bytes);
    digest.resize(32);
    return digest;
}

} // namespace tally
