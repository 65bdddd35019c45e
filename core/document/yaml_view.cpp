// SPDX-License-Identifier: Apache-2.0
#include "core/document/yaml_view.h"

#include "core/document/yaml_scalar.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

namespace tally {

namespace {

constexpr std::string_view lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/// Nodes by index, both ends included.
struct NodeRange
{
    std::uint32_t first = 0;
    std::uint32_t last = ~0U;
};

/// Managed fields, and the last-applied annotation with its map if that holds nothing else.
bool isHidden(Node map, Node member)
{
    if (member.key() == "managedFields")
        return map.key() == "metadata";
    if (member.key() == "annotations")
        return map.key() == "metadata" && member.size() == 1 && (*member.begin()).key() == lastApplied;
    return member.key() == lastApplied && map.key() == "annotations";
}

class Renderer
{
public:
    /// Of nodes before the range some lines come out that are not whole, of those behind it none.
    Renderer(YamlView &view, std::vector<std::string> &spare, std::size_t maxLines, NodeRange range = {})
        : m_view(view)
        , m_spare(spare)
        , m_maxLines(maxLines)
        , m_range(range)
    {
    }

    // Recursion ends: the readers limit the depth of every tree.
    void collection(Node node, std::size_t indent, bool onDashLine = false);
    void scalar(Node node, std::size_t indent);

private:
    [[nodiscard]] bool isFull() const { return m_maxLines != 0 && m_view.lines.size() >= m_maxLines; }
    void begin(Node node, std::size_t indent) // a new line
    {
        constexpr std::size_t usualLength = 47;
        if (m_spare.empty()) {
            m_view.lines.emplace_back().reserve(usualLength);
        } else {
            m_view.lines.push_back(std::move(m_spare.back()));
            m_spare.pop_back();
        }
        m_view.lines.back().assign(indent, ' ');
        m_view.nodes.push_back(node.index());
    }
    void value(Node node, std::size_t indent);

    YamlView &m_view;
    std::vector<std::string> &m_spare; ///< lines that nobody needs any more: their memory is used again
    std::size_t m_maxLines;
    NodeRange m_range;
};

void Renderer::scalar(Node node, std::size_t indent)
{
    if (appendYamlScalar(m_view.lines.back(), node))
        return;
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
        if (isFull() || (!onDashLine && child.index() > m_range.last))
            return;
        if (node.isMap() && isHidden(node, child))
            continue;
        if (child.index() + child.descendants() < m_range.first) {
            onDashLine = false;
            continue;
        }
        if (!onDashLine)
            begin(child, indent);
        onDashLine = false;
        if (node.isMap()) {
            appendYamlKey(m_view.lines.back(), child.key());
            m_view.lines.back() += ':';
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

/// The node below root with whose line a node stands in the view; absent where nothing but the root holds it.
Node lineOwner(Node root, Node node)
{
    Node owner;
    Node at = root;
    bool shares = false; // the first child of `at` stands on its line, behind "- "
    while (at != node) {
        Node next;
        bool isFirst = true;
        for (const Node child : at) {
            const bool holds = child.index() + child.descendants() >= node.index();
            const bool isWritten = !at.isMap() || !isHidden(at, child);
            if (holds) {
                next = isWritten ? child : Node();
                break;
            }
            isFirst = isFirst && !isWritten;
        }
        if (!next)
            return owner;
        if (!shares || !isFirst)
            owner = next;
        shares = at.isSequence() && next.size() > 0;
        at = next;
    }
    return owner;
}

/// The root itself, or in it.
bool isBelow(Node root, Node node)
{
    return root && node && node.document() == root.document() && node.index() >= root.index()
        && node.index() <= root.index() + root.descendants();
}

/// The line at which a node begins that has one.
std::size_t positionOf(const YamlView &view, std::uint32_t node)
{
    return static_cast<std::size_t>(std::ranges::lower_bound(view.nodes, node) - view.nodes.begin());
}

struct LineRange
{
    std::size_t first = 0;
    std::size_t count = 0;
};

/// The line in the middle, as far as there are lines on both sides.
LineRange rangeAround(const YamlView &view, std::size_t line, std::size_t count)
{
    const std::size_t most = std::min(count, view.lines.size());
    const std::size_t before = std::min(line, (most - 1) / 2);
    return {std::min(line - before, view.lines.size() - most), most};
}

bool continuesLine(const YamlView &view, std::size_t line)
{
    return line > 0 && view.nodes[line] == view.nodes[line - 1];
}

constexpr std::uint32_t unknownNumber = ~0U;

/// Not so in JSON on one line and in flow style, where numbers of lines would mean nothing.
bool areAscending(const std::vector<std::uint32_t> &numbers)
{
    std::uint32_t last = 0;
    return std::ranges::all_of(numbers, [&](std::uint32_t number) {
        const bool behind = number == 0 || number > last;
        last = std::max(last, number);
        return behind;
    });
}

/// Takes away the first lines.
void takeLines(YamlView &view, std::size_t count, std::vector<std::string> &spare)
{
    const auto end = static_cast<std::ptrdiff_t>(count);
    std::move(view.lines.begin(), view.lines.begin() + end, std::back_inserter(spare));
    view.lines.erase(view.lines.begin(), view.lines.begin() + end);
    view.nodes.erase(view.nodes.begin(), view.nodes.begin() + end);
}

/// Into an empty view that knows its root.
void renderWhole(YamlView &view, std::size_t maxLines, std::vector<std::string> &spare)
{
    const Node root = view.root;
    Renderer renderer(view, spare, maxLines);
    if (root.isScalar() || root.size() == 0) {
        view.lines.emplace_back(root.isMap() ? "{}" : root.isSequence() ? "[]" : "");
        view.nodes.push_back(root.index());
        if (root.isScalar())
            renderer.scalar(root, 2);
    } else {
        renderer.collection(root, 0);
    }
}

/// Of the view of the root the lines around the node's, enough for an excerpt of `count` lines, without rendering all
/// of the object for each finding in it. line: position of the node's line among them.
void linesAround(
    Node root, Node node, std::size_t count, std::size_t &line, YamlView &view, std::vector<std::string> &spare)
{
    const std::uint32_t end = root.index() + root.descendants();
    line = 0;
    takeLines(view, view.lines.size(), spare);
    view.root = root;
    if (!isBelow(root, node))
        return;
    if (root.isScalar() || root.size() == 0) {
        renderWhole(view, 0, spare);
        return;
    }
    const Node owner = lineOwner(root, node);
    const std::uint32_t hit = owner ? owner.index() : root.index();
    for (std::uint64_t span = 2 * count;; span *= 4) {
        NodeRange range{root.index(), end};
        if (hit - root.index() > span)
            range.first = hit - static_cast<std::uint32_t>(span);
        if (end - hit > span)
            range.last = hit + static_cast<std::uint32_t>(span);
        takeLines(view, view.lines.size(), spare);
        Renderer(view, spare, 0, range).collection(root, 0);
        takeLines(view, positionOf(view, range.first), spare);
        line = owner ? positionOf(view, hit) : 0;
        const bool before = line + 1 >= count || range.first == root.index();
        const bool behind = view.lines.size() >= line + count || range.last == end;
        if (before && behind)
            return;
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
    std::vector<std::string> spare;
    if (root)
        renderWhole(view, maxLines, spare);
    return view;
}

YamlExcerpt excerptAround(Node root, Node node, std::size_t count)
{
    std::size_t line = 0;
    YamlView view;
    std::vector<std::string> spare;
    linesAround(root, node, count, line, view, spare);
    YamlExcerpt excerpt;
    if (view.lines.empty() || count == 0)
        return excerpt;
    const LineRange range = rangeAround(view, line, count);
    const auto begin = view.lines.begin() + static_cast<std::ptrdiff_t>(range.first);
    excerpt.lines.assign(begin, begin + static_cast<std::ptrdiff_t>(range.count));
    excerpt.hit = static_cast<int>(line - range.first);
    for (std::size_t i = range.first; i < range.first + range.count; ++i)
        excerpt.numbers.push_back(continuesLine(view, i) ? 0 : Node(*root.document(), view.nodes[i]).line());
    if (!areAscending(excerpt.numbers))
        excerpt.numbers.clear();
    return excerpt;
}

void YamlExcerpts::show(Node root)
{
    takeLines(m_view, m_view.lines.size(), m_spare);
    m_view.root = root;
    if (root)
        renderWhole(m_view, 0, m_spare);
    m_numbers.assign(m_view.lines.size(), unknownNumber);
}

int YamlExcerpts::around(Node node, std::size_t count, std::string &text, std::vector<std::uint32_t> &numbers)
{
    const Node root = m_view.root;
    std::size_t line = 0;
    if (isBelow(root, node) && !root.isScalar() && root.size() > 0) {
        const Node owner = lineOwner(root, node);
        line = owner ? positionOf(m_view, owner.index()) : 0;
    }
    return write(line, isBelow(root, node) ? count : 0, text, numbers);
}

int YamlExcerpts::aroundAlone(
    Node root, Node node, std::size_t count, std::string &text, std::vector<std::uint32_t> &numbers)
{
    std::size_t line = 0;
    linesAround(root, node, count, line, m_view, m_spare);
    m_numbers.assign(m_view.lines.size(), unknownNumber);
    return write(line, count, text, numbers);
}

/// The lines around one.
int YamlExcerpts::write(std::size_t line, std::size_t count, std::string &text, std::vector<std::uint32_t> &numbers)
{
    text.clear();
    numbers.clear();
    if (count == 0 || m_view.lines.empty())
        return -1;
    const LineRange range = rangeAround(m_view, line, count);
    std::size_t size = 0;
    for (std::size_t i = range.first; i < range.first + range.count; ++i)
        size += m_view.lines[i].size() + 1;
    text.reserve(size);
    numbers.reserve(range.count);
    for (std::size_t i = range.first; i < range.first + range.count; ++i) {
        text.append(m_view.lines[i]).append("\n");
        numbers.push_back(numberOf(i));
    }
    if (!areAscending(numbers))
        numbers.clear();
    return static_cast<int>(line - range.first);
}

std::uint32_t YamlExcerpts::numberOf(std::size_t line)
{
    std::uint32_t &number = m_numbers[line];
    if (number == unknownNumber)
        number = continuesLine(m_view, line) ? 0 : Node(*m_view.root.document(), m_view.nodes[line]).line();
    return number;
}

Node nodeAt(Node root, std::string_view fieldPath)
{
    Node node = root;
    while (node && !fieldPath.empty())
        node = takeStep(node, fieldPath);
    return node;
}

} // namespace tally
