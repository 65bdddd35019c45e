// SPDX-License-Identifier: Apache-2.0
#include "ui/models/file_tree_model.h"

#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <QFont>

#include <algorithm>

namespace tally::ui {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool containsLower(std::string_view text, const std::string &needle)
{
    return std::search(text.begin(), text.end(), needle.begin(), needle.end(), [](char a, char b) {
        return lower(a) == b;
    }) != text.end();
}

char typeLetter(EntryType type)
{
    switch (type) {
    case EntryType::Directory:
        return 'd';
    case EntryType::Symlink:
        return 'l';
    case EntryType::CharDevice:
        return 'c';
    case EntryType::BlockDevice:
        return 'b';
    case EntryType::Fifo:
        return 'p';
    case EntryType::Socket:
        return 's';
    default:
        return '-';
    }
}

} // namespace

QString modeText(EntryType type, unsigned mode)
{
    std::string text = "-rwxrwxrwx";
    text[0] = typeLetter(type);
    for (unsigned bit = 0; bit < 9; ++bit) {
        if ((mode & (0400U >> bit)) == 0)
            text[bit + 1] = '-';
    }
    const auto special = [&](unsigned bit, std::size_t at, char with, char without) {
        if ((mode & bit) != 0)
            text[at] = text[at] == 'x' ? with : without;
    };
    special(04000, 3, 's', 'S');
    special(02000, 6, 's', 'S');
    special(01000, 9, 't', 'T');
    return toQString(text);
}

FileTreeModel::FileTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
{
}

void FileTreeModel::setTree(ImagePtr image, std::shared_ptr<const FileTree> tree)
{
    beginResetModel();
    m_image = std::move(image);
    m_tree = std::move(tree);
    m_order.clear();
    if (m_tree && !m_tree->nodes.empty()) {
        const auto &nodes = m_tree->nodes;
        m_order.reserve(nodes.size());
        m_order.push_back(0);
        for (std::size_t i = 0; i < m_order.size() && m_order.size() <= nodes.size(); ++i) {
            for (std::int32_t child = nodes[m_order[i]].firstChild; child >= 0;
                 child = nodes[static_cast<std::size_t>(child)].nextSibling)
                m_order.push_back(static_cast<std::uint32_t>(child));
        }
    }
    arrange();
    endResetModel();
}

void FileTreeModel::setFilter(const QString &text)
{
    std::string filter = toUtf8String(text);
    std::ranges::transform(filter, filter.begin(), lower);
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = std::move(filter);
    arrange();
    endResetModel();
}

/// Matching nodes, those above and those below them.
std::vector<char> FileTreeModel::visibleNodes()
{
    const auto &nodes = m_tree->nodes;
    std::vector<char> visible(nodes.size(), 1);
    m_matched.assign(nodes.size(), 0);
    m_matches = static_cast<int>(m_order.size()) - 1;
    if (m_filter.empty())
        return visible;
    const bool wholePath = m_filter.find('/') != std::string::npos;
    m_matches = 0;
    std::ranges::fill(visible, 0);
    visible[0] = 1;
    for (const std::uint32_t node : m_order) {
        if (node == 0)
            continue;
        const bool hit = wholePath ? containsLower(m_tree->path(node), m_filter)
                                   : containsLower(m_tree->names.view(nodes[node].name), m_filter);
        const auto above = static_cast<std::size_t>(nodes[node].parent);
        m_matches += hit ? 1 : 0;
        m_matched[node] = hit ? 1 : 0;
        if (hit || visible[above] == 2)
            visible[node] = 2; // and everything below it
    }
    for (auto at = m_order.rbegin(); at != m_order.rend(); ++at) {
        if (visible[*at] != 0 && nodes[*at].parent >= 0) {
            char &above = visible[static_cast<std::size_t>(nodes[*at].parent)];
            above = std::max<char>(above, 1);
        }
    }
    return visible;
}

void FileTreeModel::arrange()
{
    m_children.clear();
    m_spans.clear();
    m_matches = 0;
    if (!m_tree || m_tree->nodes.empty())
        return;
    const auto &nodes = m_tree->nodes;
    const std::vector<char> visible = visibleNodes();
    m_spans.assign(nodes.size(), {});
    m_children.reserve(nodes.size());
    for (const std::uint32_t node : m_order) {
        if (visible[node] == 0)
            continue;
        Span &span = m_spans[node];
        span.first = static_cast<std::uint32_t>(m_children.size());
        for (std::int32_t child = nodes[node].firstChild; child >= 0;
             child = nodes[static_cast<std::size_t>(child)].nextSibling) {
            if (visible[static_cast<std::size_t>(child)] == 0)
                continue;
            m_spans[static_cast<std::size_t>(child)].row = span.count++;
            m_children.push_back(static_cast<std::uint32_t>(child));
        }
    }
}

std::vector<QModelIndex> FileTreeModel::matchIndexes(int limit) const
{
    std::vector<QModelIndex> found;
    for (const std::uint32_t node : m_order) {
        if (static_cast<int>(found.size()) == limit)
            break;
        if (m_matched[node] != 0)
            found.push_back(createIndex(static_cast<int>(m_spans[node].row), 0, static_cast<quintptr>(node)));
    }
    return found;
}

int FileTreeModel::node(const QModelIndex &index) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid) ? static_cast<int>(index.internalId()) : -1;
}

QModelIndex FileTreeModel::indexOfPath(const QString &path) const
{
    QModelIndex at;
    for (const QString &name : path.split(u'/', Qt::SkipEmptyParts)) {
        const std::string wanted = toUtf8String(name);
        QModelIndex next;
        for (int row = 0; row < rowCount(at); ++row) {
            const QModelIndex child = index(row, NameColumn, at.siblingAtColumn(0));
            if (m_tree->names.view(m_tree->nodes[child.internalId()].name) == wanted) {
                next = child.siblingAtColumn(0);
                break;
            }
        }
        if (!next.isValid())
            return {};
        at = next;
    }
    return at;
}

const FileEntry *FileTreeModel::entry(int node) const
{
    if (node < 0 || !m_image || !m_tree)
        return nullptr;
    const FileNode &at = m_tree->nodes[static_cast<std::size_t>(node)];
    if (at.layer < 0 || at.entry < 0 || static_cast<std::size_t>(at.layer) >= m_image->layers.size())
        return nullptr;
    const auto &files = m_image->layers[static_cast<std::size_t>(at.layer)].files;
    return static_cast<std::size_t>(at.entry) < files.size() ? &files[static_cast<std::size_t>(at.entry)] : nullptr;
}

QModelIndex FileTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const Span &span = m_spans[parent.isValid() ? parent.internalId() : 0];
    return createIndex(row, column, static_cast<quintptr>(m_children[span.first + static_cast<std::uint32_t>(row)]));
}

QModelIndex FileTreeModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const std::int32_t above = m_tree->nodes[index.internalId()].parent;
    if (above <= 0)
        return {};
    return createIndex(static_cast<int>(m_spans[static_cast<std::size_t>(above)].row), 0, static_cast<quintptr>(above));
}

int FileTreeModel::rowCount(const QModelIndex &parent) const
{
    if (m_spans.empty() || parent.column() > 0)
        return 0;
    return static_cast<int>(m_spans[parent.isValid() ? parent.internalId() : 0].count);
}

int FileTreeModel::columnCount(const QModelIndex &) const
{
    return columns;
}

QVariant FileTreeModel::text(const FileNode &node, int column) const
{
    const FileEntry *file = entry(static_cast<int>(&node - m_tree->nodes.data()));
    switch (column) {
    case NameColumn:
        return foreignText(m_tree->names.view(node.name));
    case SizeColumn:
        return bytesText(node.totalBytes);
    case ModeColumn:
        return file ? modeText(node.type, file->mode) : QString();
    case OwnerColumn:
        return file ? QString(QString::number(file->uid) % u':' % QString::number(file->gid)) : QString();
    case LayerColumn:
        return node.layer < 0 ? QString() : QString::number(node.layer + 1);
    default:
        switch (node.change) {
        case Change::Unchanged:
            return {};
        case Change::Added:
            return u"+"_qs;
        case Change::Changed:
            return u"~"_qs;
        case Change::Removed:
            return u"−"_qs;
        }
        return {};
    }
}

QVariant FileTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FileNode &node = m_tree->nodes[index.internalId()];
    switch (role) {
    case Qt::DisplayRole:
        return text(node, index.column());
    case Qt::AccessibleTextRole:
        if (index.column() == ChangeColumn) {
            return node.change == Change::Added  ? tr("added")
                : node.change == Change::Changed ? tr("changed")
                : node.change == Change::Removed ? tr("removed")
                                                 : tr("unchanged");
        }
        return text(node, index.column());
    case Qt::TextAlignmentRole:
        if (index.column() == SizeColumn || index.column() == LayerColumn)
            return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    case ChangeRole:
        return static_cast<int>(node.change);
    case DirectoryRole:
        return node.type == EntryType::Directory;
    case LinkRole: {
        const FileEntry *file = entry(static_cast<int>(index.internalId()));
        const bool link = file && (node.type == EntryType::Symlink || node.type == EntryType::Hardlink);
        return link ? foreignText(m_image->strings.view(file->link)) : QString();
    }
    default:
        return {};
    }
}

QVariant FileTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool right = section == SizeColumn || section == LayerColumn;
        return static_cast<int>((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case SizeColumn:
        return tr("Size");
    case ModeColumn:
        return tr("Rights");
    case OwnerColumn:
        return tr("Owner");
    case LayerColumn:
        return tr("Layer");
    default:
        return role == Qt::AccessibleTextRole ? tr("Change") : QString();
    }
}

} // namespace tally::ui
