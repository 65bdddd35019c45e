// SPDX-License-Identifier: Apache-2.0
#include "core/document/yaml_events.h"

#include "core/base/messages_document.h"
#include "core/base/text_format.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <unordered_map>
#include <utility>

namespace tally {

namespace {

/// Leaves yaml-cpp from inside an event; caught where yaml-cpp is called.
struct Abort
{
    ReadFailure failure;
};

/// Lets yaml-cpp read a part of the source without a copy of it, and behind it an end marker: without one it takes
/// quotes that are never closed for closed at the end of its input.
class MarkedBuffer : public std::streambuf
{
public:
    explicit MarkedBuffer(std::string_view text)
        : m_marker(text.ends_with('\n') ? "...\n" : "")
    {
        // yaml-cpp puts back what it read to tell the encoding: a short text must not end in between.
        constexpr std::size_t puttingBack = 64;
        if (text.size() < puttingBack) {
            m_short.append(text).append(m_marker);
            m_marker = {};
            text = m_short;
        }
        show(text);
    }

protected:
    int_type underflow() override
    {
        if (m_marker.empty())
            return traits_type::eof();
        show(std::exchange(m_marker, {}));
        return traits_type::to_int_type(*gptr());
    }

private:
    void show(std::string_view text)
    {
        char *begin = const_cast<char *>(text.data()); // streambuf asks for it; a get area is only read
        setg(begin, begin, begin + text.size());
    }

    std::string_view m_marker;
    std::string m_short;
};

/// yaml-cpp turns \N, \_ and some \x escapes into single Latin-1 bytes; everything else was valid before.
std::string repaired(const std::string &text)
{
    std::string utf8;
    std::string_view rest = text;
    while (!rest.empty()) {
        std::size_t length = 1;
        while (length < 4 && length < rest.size() && !isUtf8(rest.substr(0, length)))
            ++length;
        if (isUtf8(rest.substr(0, length))) {
            utf8 += rest.substr(0, length);
        } else {
            const auto byte = static_cast<unsigned char>(rest.front());
            utf8 += static_cast<char>(0xC0U | byte >> 6U);
            utf8 += static_cast<char>(0x80U | (byte & 0x3FU));
            length = 1;
        }
        rest.remove_prefix(length);
    }
    return utf8;
}

class TreeEvents final : public YAML::EventHandler
{
public:
    TreeEvents(std::uint32_t begin, ReadBudget &budget, KeyTable &keys, TreePart &part)
        : m_begin(begin)
        , m_budget(budget)
        , m_keys(keys)
        , m_part(part)
    {
    }

    void OnDocumentStart(const YAML::Mark & /*mark*/) override { }
    void OnDocumentEnd() override { }

    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override { scalar(mark, anchor, NodeKind::Plain, {}); }

    void OnScalar(
        const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, const std::string &value) override
    {
        // "?" is a plain scalar, "!" one in quotes or a block; an explicit !!str makes a string of either.
        const bool quoted = tag == "!" || tag == "tag:yaml.org,2002:str";
        m_plainScalar = tag == "?";
        scalar(mark, anchor, quoted ? NodeKind::Quoted : NodeKind::Plain, isUtf8(value) ? value : repaired(value));
        m_plainScalar = false;
    }

    void OnSequenceStart(const YAML::Mark &mark, const std::string & /*tag*/, YAML::anchor_t anchor,
        YAML::EmitterStyle::value /*style*/) override
    {
        open(mark, anchor, NodeKind::Sequence);
    }
    void OnMapStart(const YAML::Mark &mark, const std::string & /*tag*/, YAML::anchor_t anchor,
        YAML::EmitterStyle::value /*style*/) override
    {
        open(mark, anchor, NodeKind::Map);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override
    {
        if (m_open.back().merges)
            resolveMerges();
        close();
    }

    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override;

private:
    struct Frame
    {
        std::uint32_t index;
        NodeKind kind;
        std::uint32_t children = 0;
        bool hasKey = false;
        bool merges = false;
        std::uint32_t key = 0;
        std::uint32_t place = 0;
    };

    [[noreturn]] void abort(ErrorKind kind, Message message, const YAML::Mark &mark)
    {
        throw Abort{{kind, std::move(message), placeOf(mark)}};
    }
    [[nodiscard]] std::uint32_t placeOf(const YAML::Mark &mark) const
    {
        return m_begin + static_cast<std::uint32_t>(std::max(mark.pos, 0));
    }

    [[nodiscard]] bool atKey() const
    {
        return !m_open.empty() && m_open.back().kind == NodeKind::Map && !m_open.back().hasKey;
    }
    void takeKey(const YAML::Mark &mark, std::string_view text);
    std::uint32_t add(const YAML::Mark &mark, YAML::anchor_t anchor);
    void scalar(const YAML::Mark &mark, YAML::anchor_t anchor, NodeKind kind, std::string_view text);
    void open(const YAML::Mark &mark, YAML::anchor_t anchor, NodeKind kind);
    void close();
    void resolveMerges();
    void mergeFrom(std::uint32_t map);
    void copySubtree(std::uint32_t from, const YAML::Mark &mark);
    [[nodiscard]] std::size_t heightOf(std::uint32_t index) const;
    [[nodiscard]] std::string_view textOf(const TreeNode &node) const
    {
        return std::string_view(m_part.side).substr(node.offset, node.length);
    }

    const std::uint32_t m_begin;
    ReadBudget &m_budget;
    KeyTable &m_keys;
    TreePart &m_part;
    std::vector<Frame> m_open;
    std::unordered_map<YAML::anchor_t, std::uint32_t> m_anchors;
    std::unordered_map<YAML::anchor_t, std::string> m_keyAnchors;
    std::uint64_t m_aliased = 0;
    std::uint32_t m_events = 0;
    bool m_plainScalar = false;
};

void TreeEvents::takeKey(const YAML::Mark &mark, std::string_view text)
{
    Frame &map = m_open.back();
    map.key = m_keys.intern(text);
    if (map.key > TreeNode::maxKey)
        abort(ErrorKind::LimitExceeded,
            {documentDef("document.too-many-nodes"), {m_budget.fileName, std::to_string(TreeNode::maxKey)}}, mark);
    map.place = placeOf(mark);
    map.hasKey = true;
    map.merges = map.merges || (m_plainScalar && text == "<<");
}

std::uint32_t TreeEvents::add(const YAML::Mark &mark, YAML::anchor_t anchor)
{
    constexpr std::uint32_t eventsBetweenPolls = 1024;
    if (++m_events % eventsBetweenPolls == 0 && m_budget.run.stopRequested())
        throw Abort{{ErrorKind::Cancelled, cancelled().message, 0}};
    if (!m_budget.takeNodes(1))
        abort(ErrorKind::LimitExceeded,
            {documentDef("document.too-many-nodes"), {m_budget.fileName, std::to_string(m_budget.limits.maxNodes)}},
            mark);

    TreeNode node{};
    node.place = placeOf(mark);
    if (!m_open.empty()) {
        Frame &parent = m_open.back();
        ++parent.children;
        if (parent.kind == NodeKind::Map) {
            node.keyAndFlags = parent.key << TreeNode::keyShift;
            node.place = parent.place;
            parent.hasKey = false;
        }
    }
    const auto index = static_cast<std::uint32_t>(m_part.nodes.size());
    m_part.nodes.push_back(node);
    if (anchor != YAML::NullAnchor)
        m_anchors[anchor] = index;
    return index;
}

void TreeEvents::scalar(const YAML::Mark &mark, YAML::anchor_t anchor, NodeKind kind, std::string_view text)
{
    if (atKey()) {
        if (anchor != YAML::NullAnchor)
            m_keyAnchors[anchor] = text;
        takeKey(mark, text);
        return;
    }
    const std::uint32_t index = add(mark, anchor);
    setSideText(m_part, m_part.nodes[index], kind, text);
}

void TreeEvents::open(const YAML::Mark &mark, YAML::anchor_t anchor, NodeKind kind)
{
    if (atKey())
        abort(ErrorKind::Unsupported, {documentDef("document.complex-key"), {m_budget.fileName}}, mark);
    if (m_open.size() >= m_budget.limits.maxDepth)
        abort(ErrorKind::LimitExceeded,
            {documentDef("document.too-deep"), {m_budget.fileName, std::to_string(m_budget.limits.maxDepth)}}, mark);
    const std::uint32_t index = add(mark, anchor);
    m_open.push_back({index, kind});
}

void TreeEvents::close()
{
    const Frame &frame = m_open.back();
    closeCollection(m_part, frame.index, frame.kind, frame.children);
    m_open.pop_back();
}

std::size_t TreeEvents::heightOf(std::uint32_t index) const
{
    std::size_t height = 0;
    std::vector<std::uint32_t> ends;
    const std::uint32_t last = index + m_part.nodes[index].span();
    for (std::uint32_t i = index; i < last; ++i) {
        while (!ends.empty() && ends.back() <= i)
            ends.pop_back();
        if (m_part.nodes[i].isCollection()) {
            ends.push_back(i + m_part.nodes[i].span());
            height = std::max(height, ends.size());
        }
    }
    return height;
}

void TreeEvents::copySubtree(std::uint32_t from, const YAML::Mark &mark)
{
    const std::uint32_t count = m_part.nodes[from].span();
    m_aliased += count;
    if (m_aliased > m_budget.limits.maxAliasedNodes)
        abort(ErrorKind::LimitExceeded,
            {documentDef("document.alias-bomb"), {m_budget.fileName, std::to_string(m_budget.limits.maxAliasedNodes)}},
            mark);
    if (m_open.size() + heightOf(from) > m_budget.limits.maxDepth)
        abort(ErrorKind::LimitExceeded,
            {documentDef("document.too-deep"), {m_budget.fileName, std::to_string(m_budget.limits.maxDepth)}}, mark);

    const std::uint32_t to = add(mark, YAML::NullAnchor);
    TreeNode &first = m_part.nodes[to];
    const TreeNode &original = m_part.nodes[from];
    constexpr std::uint32_t flags = (1U << TreeNode::keyShift) - 1;
    first.keyAndFlags = (first.keyAndFlags & ~flags) | (original.keyAndFlags & flags);
    first.offset = original.offset;
    first.length = original.length;
    for (std::uint32_t i = 1; i < count; ++i) {
        const TreeNode node = m_part.nodes[from + i];
        m_part.nodes.push_back(node);
    }
    if (!m_budget.takeNodes(count - 1))
        abort(ErrorKind::LimitExceeded,
            {documentDef("document.too-many-nodes"), {m_budget.fileName, std::to_string(m_budget.limits.maxNodes)}},
            mark);
    m_part.hasAliases = true;
}

void TreeEvents::OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor)
{
    const auto keyAnchor = m_keyAnchors.find(anchor);
    const auto found = m_anchors.find(anchor);
    if (keyAnchor != m_keyAnchors.end()) {
        scalar(mark, YAML::NullAnchor, NodeKind::Plain, std::string(keyAnchor->second));
        return;
    }
    const auto isOpen = [&](const Frame &frame) { return frame.index == found->second; };
    if (found == m_anchors.end() || std::ranges::any_of(m_open, isOpen))
        abort(ErrorKind::Malformed, {documentDef("document.alias-unknown"), {m_budget.fileName}}, mark);
    if (!atKey()) {
        copySubtree(found->second, mark);
        return;
    }
    const TreeNode &node = m_part.nodes[found->second];
    if (node.isCollection())
        abort(ErrorKind::Unsupported, {documentDef("document.complex-key"), {m_budget.fileName}}, mark);
    takeKey(mark, std::string(textOf(node)));
}

void TreeEvents::resolveMerges()
{
    // https://yaml.org/type/merge.html: own keys win over merged ones, earlier maps of a list over later ones. The "<<"
    // member stays, so that nothing of the file is hidden.
    const Frame frame = m_open.back();
    const std::uint32_t mergeKey = m_keys.intern("<<");
    std::uint32_t child = frame.index + 1;
    for (std::uint32_t i = 0; i < frame.children; ++i) {
        const TreeNode member = m_part.nodes[child];
        if (member.key() == mergeKey && member.kind() == NodeKind::Map) {
            mergeFrom(child);
        } else if (member.key() == mergeKey && member.kind() == NodeKind::Sequence) {
            std::uint32_t item = child + 1;
            for (std::uint32_t k = 0; k < member.offset; ++k) {
                const std::uint32_t span = m_part.nodes[item].span();
                if (m_part.nodes[item].kind() == NodeKind::Map)
                    mergeFrom(item);
                item += span;
            }
        }
        child += member.span();
    }
}

void TreeEvents::mergeFrom(std::uint32_t map)
{
    const auto isPresent = [this](std::uint32_t key) {
        const Frame &target = m_open.back();
        std::uint32_t child = target.index + 1;
        for (std::uint32_t i = 0; i < target.children; ++i) {
            if (m_part.nodes[child].key() == key)
                return true;
            child += m_part.nodes[child].span();
        }
        return false;
    };
    const std::uint32_t members = m_part.nodes[map].offset;
    std::uint32_t source = map + 1;
    for (std::uint32_t i = 0; i < members; ++i) {
        const TreeNode member = m_part.nodes[source];
        // Comparing each with each is quadratic: counted like the nodes it visits.
        m_aliased += m_open.back().children / 16;
        if (!isPresent(member.key())) {
            m_open.back().key = member.key();
            m_open.back().place = member.place;
            copySubtree(source, YAML::Mark::null_mark());
        }
        source += member.span();
    }
}

std::optional<ReadFailure> parse(std::string_view text, std::uint32_t begin, ReadBudget &budget, TreeEvents &events)
try {
    MarkedBuffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(events))
        return {};
    // yaml-cpp 0.7 reports documents for ever without consuming anything on a file that is just ",": ask only once.
    if (parser)
        return ReadFailure{ErrorKind::Malformed,
            {documentDef("document.yaml-invalid"), {budget.fileName, "text behind the end of the document"}}, begin};
    return {};
} catch (const Abort &abort) {
    return abort.failure;
} catch (const YAML::Exception &e) {
    const std::uint32_t at = e.mark.is_null() ? 0 : static_cast<std::uint32_t>(std::max(e.mark.pos, 0));
    return ReadFailure{
        ErrorKind::Malformed, {documentDef("document.yaml-invalid"), {budget.fileName, e.msg}}, begin + at};
}

} // namespace

std::optional<ReadFailure> readYamlEvents(const SourceText &source, std::uint32_t begin, std::uint32_t end,
    ReadBudget &budget, KeyTable &keys, TreePart &part)
{
    const std::string_view text = source.view().substr(begin, end - begin);
    if (!isUtf8(text))
        return ReadFailure{ErrorKind::Malformed, {documentDef("document.encoding"), {budget.fileName}}, begin};
    // yaml-cpp takes the byte 4 for the end of the file, and YAML allows no such characters.
    const auto isForbidden
        = [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n' && c != '\r'; };
    if (const auto *found = std::ranges::find_if(text, isForbidden); found != text.end())
        return ReadFailure{ErrorKind::Malformed, {documentDef("document.control-character"), {budget.fileName}},
            begin + static_cast<std::uint32_t>(found - text.begin())};

    TreeEvents events(begin, budget, keys, part);
    return parse(text, begin, budget, events);
}

} // namespace tally
