// SPDX-License-Identifier: Apache-2.0
#include "ui/models/file_filter.h"

#include "ui/text/message_translator.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <string>
#include <string_view>

namespace tally::ui {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equalLower(std::string_view text, std::string_view needle)
{
    return std::ranges::equal(text, needle, [](char a, char b) { return lower(a) == b; });
}

/// Names repeat: each is compared once.
class NameCache
{
public:
    explicit NameCache(const FileTree &tree)
        : m_tree(tree)
    {
    }

    template<typename Test>
    bool test(StringId name, Test test)
    {
        if (name.value >= m_known.size())
            m_known.resize(std::max<std::size_t>(name.value + 1, 2 * m_known.size()), -1);
        signed char &known = m_known[name.value];
        if (known < 0)
            known = test(m_tree.names.view(name)) ? 1 : 0;
        return known == 1;
    }

private:
    const FileTree &m_tree;
    std::vector<signed char> m_known;
};

/// A text with slashes: its last part begins the node's name, the parts between are the directories above, the first
/// one ends the name of the highest. Nodes below such a node need no test, they are shown with it.
class PathText
{
public:
    PathText(const FileTree &tree, std::string_view text)
        : m_tree(tree)
        , m_cache(tree)
    {
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t slash = std::min(text.find('/', at), text.size());
            m_parts.push_back(text.substr(at, slash - at));
            at = slash + 1;
        }
    }

    bool test(const FileNode &node)
    {
        const std::string_view last = m_parts.back();
        if (!m_cache.test(
                node.name, [&](std::string_view name) { return equalLower(name.substr(0, last.size()), last); }))
            return false;
        std::int32_t above = node.parent;
        for (std::size_t i = m_parts.size() - 1; i-- > 0;) {
            if (above < 0)
                return false;
            const FileNode &parent = m_tree.nodes[static_cast<std::size_t>(above)];
            const std::string_view name = m_tree.names.view(parent.name);
            const std::string_view part = m_parts[i];
            if (i == 0)
                return name.size() >= part.size() && equalLower(name.substr(name.size() - part.size()), part);
            if (!equalLower(name, part))
                return false;
            above = parent.parent;
        }
        return true;
    }

private:
    const FileTree &m_tree;
    NameCache m_cache;
    std::vector<std::string_view> m_parts;
};

void matchText(const FileTree &tree, const std::string &text, std::vector<char> &hits)
{
    if (text.find('/') != std::string::npos) {
        PathText path(tree, text);
        for (std::size_t i = 1; i < tree.nodes.size(); ++i)
            hits[i] = path.test(tree.nodes[i]) ? TextHit : NoHit;
        return;
    }
    NameCache cache(tree);
    const auto contains = [&text](std::string_view name) {
        return std::search(name.begin(), name.end(), text.begin(), text.end(), [](char a, char b) {
            return lower(a) == b;
        }) != name.end();
    };
    for (std::size_t i = 1; i < tree.nodes.size(); ++i)
        hits[i] = cache.test(tree.nodes[i].name, contains) ? TextHit : NoHit;
}

void matchExpression(const FileTree &tree, const QString &pattern, std::vector<char> &hits, const RunContext &run)
{
    const QRegularExpression expression(pattern);
    if (!expression.isValid())
        return;
    std::vector<QString> folders(tree.nodes.size()); // with a slash at the end; parents stand before their children
    folders[0] = u"/"_qs;
    for (std::size_t i = 1; i < tree.nodes.size(); ++i) {
        if (i % 1000 == 0 && run.stopRequested())
            return;
        const FileNode &node = tree.nodes[i];
        const QString path = folders[static_cast<std::size_t>(node.parent)] + toQString(tree.names.view(node.name));
        if (node.firstChild >= 0)
            folders[i] = path + u'/';
        hits[i] = expression.match(path).hasMatch() ? TextHit : NoHit;
    }
}

bool hasRights(const FileEntry *entry, FileFilter::Rights rights)
{
    const bool link = entry && entry->type == EntryType::Symlink;
    switch (rights) {
    case FileFilter::Rights::Any:
        return true;
    case FileFilter::Rights::SetId:
        return entry && !link && (entry->mode & 06000U) != 0;
    case FileFilter::Rights::WorldWritable:
        return entry && !link && (entry->mode & 02U) != 0;
    case FileFilter::Rights::Executable:
        return entry && entry->type == EntryType::File && (entry->mode & 0111U) != 0;
    }
    return true;
}

bool holds(const Image *image, const FileNode &node, const FileFilter &filter)
{
    if ((filter.types & FileFilter::bit(node.type)) == 0 || (filter.changes & FileFilter::bit(node.change)) == 0
        || node.totalBytes < filter.minBytes)
        return false;
    if (filter.rights == FileFilter::Rights::Any && !filter.uid && !filter.gid)
        return true;
    const FileEntry *entry = entryOf(image, node);
    if ((filter.uid && (!entry || entry->uid != *filter.uid)) || (filter.gid && (!entry || entry->gid != *filter.gid)))
        return false;
    return hasRights(entry, filter.rights);
}

} // namespace

bool FileFilter::narrowsAttributes() const
{
    return minBytes > 0 || rights != Rights::Any || uid || gid || types != allTypes || changes != allChanges;
}

QString FileFilter::fault() const
{
    if (!regular || text.isEmpty())
        return {};
    const QRegularExpression expression(text);
    return expression.isValid() ? QString() : expression.errorString();
}

std::vector<char> findHits(const Image *image, const FileTree &tree, const FileFilter &filter, const RunContext &run)
{
    std::vector<char> hits(tree.nodes.size(), filter.text.isEmpty() ? TextHit : NoHit);
    if (tree.nodes.empty())
        return hits;
    if (!filter.text.isEmpty()) {
        if (filter.regular) {
            matchExpression(tree, filter.text, hits, run);
        } else {
            std::string text = toUtf8String(filter.text);
            std::ranges::transform(text, text.begin(), lower);
            matchText(tree, text, hits);
        }
    }
    const bool narrow = filter.narrowsAttributes();
    for (std::size_t i = 1; i < tree.nodes.size(); ++i) {
        if (!narrow || holds(image, tree.nodes[i], filter))
            hits[i] = static_cast<char>(hits[i] | AttributeHit);
    }
    return hits;
}

const FileEntry *entryOf(const Image *image, const FileNode &node)
{
    if (!image || node.layer < 0 || node.entry < 0 || static_cast<std::size_t>(node.layer) >= image->layers.size())
        return nullptr;
    const auto &files = image->layers[static_cast<std::size_t>(node.layer)].files;
    return static_cast<std::size_t>(node.entry) < files.size() ? &files[static_cast<std::size_t>(node.entry)] : nullptr;
}

bool readOwner(const QString &text, FileFilter &filter)
{
    const QString owner = text.trimmed();
    const QStringList parts = owner.split(u':');
    std::optional<std::uint32_t> ids[2];
    if (parts.size() > 2)
        return false;
    for (int i = 0; i < parts.size(); ++i) {
        if (parts[i].isEmpty())
            continue;
        bool number = false;
        ids[i] = parts[i].toUInt(&number);
        if (!number)
            return false;
    }
    filter.uid = ids[0];
    filter.gid = ids[1];
    return true;
}

} // namespace tally::ui
