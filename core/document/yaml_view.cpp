// SPDX-License-Identifier: Apache-2.0
#include "core/document/yaml_view.h"

#include "core/document/yaml_scalar.h"

#include <algorithm>
#include <charconv>

namespace tally {

namespace {

constexpr std::string_view lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

class Renderer
{
public:
    Renderer(YamlView &view, std::size_t maxLines)
        : m_view(view)
        , m_maxLines(maxLines)
    {
    }

    // Recursion ends: the readers limit the depth of every tree.
    void collection(Node node, std::size_t indent, bool onDashLine = false);
    void scalar(Node node, std::size_t indent);

private:
    [[nodiscard]] bool isFull() const { return m_maxLines != 0 && m_view.lines.size() >= m_maxLines; }
    void begin(Node node, std::size_t indent) // a new line
    {
        m_view.lines.emplace_back(indent, ' ');
        m_view.nodes.push_back(node.index());
    }
    void value(Node node, std::size_t indent);
    [[nodiscard]] static bool isHidden(Node map, Node member);

    YamlView &m_view;
    std::size_t m_maxLines;
};

bool Renderer::isHidden(Node map, Node member)
{
    if (member.key() == "managedFields")
        return map.key() == "metadata";
    if (member.key() == "annotations")
        return map.key() == "metadata" && member.size() == 1 && (*member.begin()).key() == lastApplied;
    return member.key() == lastApplied && map.key() == "annotations";
}

void Renderer::scalar(Node node, std::size_t indent)
{
    const std::vector<std::string> lines = yamlScalar(node);
    m_view.lines.back() += lines.front();
    for (std::size_t i = 1; i < lines.size() && !isFull(); ++i) {
        begin(node, lines[i].empty() ? 0 : indent);
        m_view.lines.back() += lines[i];
    }
}

/// Behind "key:" or "-".
void Renderer::value(Node node, std::size_t indent)
{
    if (node.isScalar()) {
        m_view.lines.back() += ' ';
        scalar(node, indent + 2);
    } else if (node.size() == 0) {
        m_view.lines.back() += node.isMap() ? " {}" : " []";
    } else {
        // As kubectl prints: the items of a list stand in the column of their key.
        collection(node, node.isSequence() ? indent : indent + 2);
    }
}

void Renderer::collection(Node node, std::size_t indent, bool onDashLine)
{
    for (const Node child : node) {
        if (isFull())
            return;
        if (node.isMap() && isHidden(node, child))
            continue;
        if (!onDashLine)
            begin(child, indent);
        onDashLine = false;
        if (node.isMap()) {
            m_view.lines.back() += yamlKey(child.key()) + ':';
            value(child, indent);
        } else if (child.isScalar() || child.size() == 0) {
            m_view.lines.back() += '-';
            value(child, indent);
        } else {
            m_view.lines.back() += "- ";
            collection(child, indent + 2, true);
        }
    }
}

/// Splits the next step off a field path: ".name", "[0]", "[\"name\"]".
Node takeStep(Node node, std::string_view &path)
{
    if (path.starts_with('[')) {
        const std::size_t end = path.find(']');
        std::string_view inner = path.substr(1, end == std::string_view::npos ? end : end - 1);
        path.remove_prefix(std::min(end == std::string_view::npos ? end : end + 1, path.size()));
        if (inner.size() >= 2 && (inner.front() == '"' || inner.front() == '\'') && inner.back() == inner.front())
            return node[inner.substr(1, inner.size() - 2)];
        std::size_t position = 0;
        const auto [stop, error] = std::from_chars(inner.data(), inner.data() + inner.size(), position);
        if (node.isSequence() && error == std::errc() && stop == inner.data() + inner.size())
            return node.item(position);
        return node[inner];
    }
    if (path.starts_with('.'))
        path.remove_prefix(1);
    for (std::size_t end = path.find_first_of(".["); true; end = path.find_first_of(".[", end + 1)) {
        if (const Node found = node[path.substr(0, end)]) {
            path.remove_prefix(std::min(end, path.size()));
            return found;
        }
        if (end == std::string_view::npos)
            return {};
    }
}

} // namespace

int YamlView::lineOf(Node node) const
{
    if (!node || node.document() != root.document() || node.index() < root.index()
        || node.index() > root.index() + root.descendants() || lines.empty())
        return -1;
    const auto behind = std::ranges::upper_bound(nodes, node.index());
    for (auto line = behind; line != nodes.begin();) {
        --line;
        if (*line + Node(*root.document(), *line).descendants() >= node.index())
            return static_cast<int>(std::ranges::lower_bound(nodes, *line) - nodes.begin());
    }
    return 0; // the root itself, or a member of it that was not written
}

YamlView renderYaml(Node root, std::size_t maxLines)
{
    YamlView view;
    view.root = root;
    if (!root)
        return view;
    Renderer renderer(view, maxLines);
    if (root.isScalar() || root.size() == 0) {
        view.lines.emplace_back(root.isMap() ? "{}" : root.isSequence() ? "[]" : "");
        view.nodes.push_back(root.index());
        if (root.isScalar())
            renderer.scalar(root, 2);
    } else {
        renderer.collection(root, 0);
    }
    return view;
}

YamlExcerpt excerptAround(Node root, Node node, std::size_t count)
{
    const YamlView view = renderYaml(root);
    const int hit = view.lineOf(node);
    YamlExcerpt excerpt;
    if (hit < 0 || count == 0)
        return excerpt;
    const auto line = static_cast<std::size_t>(hit);
    const std::size_t most = std::min(count, view.lines.size());
    const std::size_t before = std::min(line, (most - 1) / 2);
    const std::size_t first = std::min(line - before, view.lines.size() - most);
    const auto begin = view.lines.begin() + static_cast<std::ptrdiff_t>(first);
    excerpt.lines.assign(begin, begin + static_cast<std::ptrdiff_t>(most));
    excerpt.hit = static_cast<int>(line - first);
    for (std::size_t i = first; i < first + most; ++i) {
        const bool continues = i > 0 && view.nodes[i] == view.nodes[i - 1];
        excerpt.numbers.push_back(continues ? 0 : Node(*root.document(), view.nodes[i]).line());
    }
    std::uint32_t last = 0;
    for (const std::uint32_t number : excerpt.numbers) {
        if (number != 0 && number <= last) { // JSON on one line, flow style: numbers would mean nothing
            excerpt.numbers.clear();
            break;
        }
        last = std::max(last, number);
    }
    return excerpt;
}

Node nodeAt(Node root, std::string_view fieldPath)
{
    Node node = root;
    while (node && !fieldPath.empty())
        node = takeStep(node, fieldPath);
    return node;
}

} // namespace tally
