// SPDX-License-Identifier: Apache-2.0
#include "ui/models/file_tree_model.h"

#include "core/base/text_format.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <QFont>

#include <algorithm>

namespace tally::ui {

namespace {

/// A regular expression on more entries than this would be felt.
bool searchesInJob(const FileTree &tree, const FileFilter &filter)
{
    return filter.regular && tree.nodes.size() > 10'000;
}

} // namespace

QString modeText(EntryType type, unsigned mode)
{
    std::string text = "-rwxrwxrwx";
    text[0] = type == EntryType::Hardlink ? '-' : typeLetter(type); // another name of a file, as ls shows it
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
    m_hits.clear();
    m_children.clear();
    m_spans.clear();
    m_matches = 0;
    if (m_tree && !m_tree->nodes.empty() && (!isFiltered() || !searchesInJob(*m_tree, m_filter))) {
        if (isFiltered())
            m_hits = findHits(m_image.get(), *m_tree, m_filter);
        arrange();
    }
    endResetModel();
    if (m_tree && isFiltered() && searchesInJob(*m_tree, m_filter))
        searchInJob();
    else
        Q_EMIT filterApplied();
}

void FileTreeModel::setFilter(const FileFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    search();
}

void FileTreeModel::search()
{
    if (!m_tree || m_tree->nodes.empty())
        return;
    if (!isFiltered())
        apply({});
    else if (searchesInJob(*m_tree, m_filter))
        searchInJob();
    else
        apply(findHits(m_image.get(), *m_tree, m_filter));
}

void FileTreeModel::searchInJob()
{
    if (m_job.isRunning()) {
        m_again = true;
        m_job.cancel();
        return;
    }
    m_again = false;
    m_job.start([image = m_image, tree = m_tree, filter = m_filter](
                    const RunContext &run) { return findHits(image.get(), *tree, filter, run); },
        [this, tree = m_tree](std::vector<char> hits) {
            if (m_again || tree != m_tree)
                search();
            else if (isFiltered() && m_filter.regular)
                apply(std::move(hits));
        });
}

void FileTreeModel::apply(std::vector<char> hits)
{
    beginResetModel();
    m_hits = std::move(hits);
    arrange();
    endResetModel();
    Q_EMIT filterApplied();
}

/// Entries that fit, those above them, and those below a name that has the text.
void FileTreeModel::markVisible()
{
    const auto &nodes = m_tree->nodes;
    m_matches = static_cast<int>(nodes.size()) - 1;
    if (m_hits.empty()) {
        for (Span &span : m_spans)
            span.visible = true;
        return;
    }
    m_matches = 0;
    std::vector<char> below(nodes.size(), 0); // in a directory whose name has the text
    const bool named = !m_filter.text.isEmpty();
    for (std::size_t i = 1; i < nodes.size(); ++i) {
        const auto above = static_cast<std::size_t>(nodes[i].parent);
        below[i] = static_cast<char>(named && (below[above] != 0 || (m_hits[above] & TextHit) != 0));
        m_matches += m_hits[i] == FullHit ? 1 : 0;
        m_spans[i].visible = m_hits[i] == FullHit || (below[i] != 0 && (m_hits[i] & AttributeHit) != 0);
    }
    for (std::size_t i = nodes.size(); i-- > 1;) {
        if (m_spans[i].visible)
            m_spans[static_cast<std::size_t>(nodes[i].parent)].visible = true;
    }
}

void FileTreeModel::arrange()
{
    const auto &nodes = m_tree->nodes;
    m_spans.assign(nodes.size(), {});
    markVisible();
    std::size_t shown = 0;
    for (std::size_t i = 1; i < nodes.size(); ++i) {
        if (m_spans[i].visible) {
            ++m_spans[static_cast<std::size_t>(nodes[i].parent)].count;
            ++shown;
        }
    }
    std::uint32_t first = 0;
    for (Span &span : m_spans) {
        span.first = first;
        first += span.count;
        span.count = 0;
    }
    m_children.resize(shown);
    for (std::size_t i = 1; i < nodes.size(); ++i) {
        if (!m_spans[i].visible)
            continue;
        Span &above = m_spans[static_cast<std::size_t>(nodes[i].parent)];
        m_children[above.first + above.count++] = static_cast<std::uint32_t>(i);
    }
}

bool FileTreeModel::isBefore(const FileNode &a, const FileNode &b) const
{
    const bool ascending = m_sortOrder == Qt::AscendingOrder;
    const auto byKey = [&](auto x, auto y, bool &decided) {
        decided = x != y;
        return ascending ? x < y : y < x;
    };
    bool decided = false;
    bool before = false;
    const FileEntry *left = entryOf(m_image.get(), a);
    const FileEntry *right = entryOf(m_image.get(), b);
    switch (m_sortColumn) {
    case ChangeColumn:
        before = byKey(static_cast<int>(a.change), static_cast<int>(b.change), decided);
        break;
    case SizeColumn:
        before = byKey(a.totalBytes, b.totalBytes, decided);
        break;
    case ModeColumn:
        before = byKey(left ? static_cast<int>(left->mode) : -1, right ? static_cast<int>(right->mode) : -1, decided);
        break;
    case OwnerColumn: {
        const auto owner = [](const FileEntry *entry) {
            return entry ? (static_cast<std::int64_t>(entry->uid) << 31) + entry->gid : -1;
        };
        before = byKey(owner(left), owner(right), decided);
        break;
    }
    case LayerColumn:
        before = byKey(a.layer, b.layer, decided);
        break;
    case ModifiedColumn:
        before = byKey(left ? left->mtime : 0, right ? right->mtime : 0, decided);
        break;
    default:
        return ascending ? m_tree->names.view(a.name) < m_tree->names.view(b.name)
                         : m_tree->names.view(b.name) < m_tree->names.view(a.name);
    }
    return decided ? before : m_tree->names.view(a.name) < m_tree->names.view(b.name);
}

void FileTreeModel::order(std::uint32_t parent) const
{
    Span &span = m_spans[parent];
    if (span.ordered)
        return;
    span.ordered = true;
    const auto begin = m_children.begin() + span.first;
    std::sort(begin, begin + span.count,
        [this](std::uint32_t a, std::uint32_t b) { return isBefore(m_tree->nodes[a], m_tree->nodes[b]); });
    for (std::uint32_t row = 0; row < span.count; ++row)
        m_spans[m_children[span.first + row]].row = row;
}

void FileTreeModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || (column == m_sortColumn && order == m_sortOrder))
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    m_sortColumn = column;
    m_sortOrder = order;
    for (Span &span : m_spans)
        span.ordered = false;
    QModelIndexList after;
    for (const QModelIndex &index : before)
        after.append(indexOfNode(index.internalId(), index.column()));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

std::vector<QModelIndex> FileTreeModel::matchIndexes(int limit) const
{
    std::vector<QModelIndex> found;
    for (std::size_t i = 1; i < m_hits.size() && static_cast<int>(found.size()) < limit; ++i) {
        if (m_hits[i] == FullHit)
            found.push_back(indexOfNode(i, 0));
    }
    return found;
}

QModelIndex FileTreeModel::indexOfNode(std::size_t node, int column) const
{
    if (node == 0 || node >= m_spans.size() || !m_spans[node].visible)
        return {};
    order(static_cast<std::uint32_t>(m_tree->nodes[node].parent));
    return createIndex(static_cast<int>(m_spans[node].row), column, static_cast<quintptr>(node));
}

int FileTreeModel::node(const QModelIndex &index) const
{
    return index.isValid() && checkIndex(index) ? static_cast<int>(index.internalId()) : -1;
}

std::string FileTreeModel::path(const QModelIndex &index) const
{
    const int at = node(index);
    return at < 0 ? std::string() : m_tree->path(static_cast<std::size_t>(at));
}

QModelIndex FileTreeModel::indexOfPath(const QString &path) const
{
    return indexOfPath(toUtf8String(path));
}

QModelIndex FileTreeModel::indexOfPath(std::string_view path) const
{
    if (!m_tree || m_tree->nodes.empty())
        return {};
    const auto &nodes = m_tree->nodes;
    std::size_t at = 0;
    for (std::size_t from = 0; from <= path.size();) {
        const std::size_t slash = std::min(path.find('/', from), path.size());
        const std::string_view name = path.substr(from, slash - from);
        from = slash + 1;
        if (name.empty())
            continue;
        std::int32_t child = nodes[at].firstChild;
        while (child >= 0 && m_tree->names.view(nodes[static_cast<std::size_t>(child)].name) != name)
            child = nodes[static_cast<std::size_t>(child)].nextSibling;
        if (child < 0)
            return {};
        at = static_cast<std::size_t>(child);
    }
    return indexOfNode(at, 0);
}

const FileEntry *FileTreeModel::entry(int node) const
{
    return node < 0 || !m_tree ? nullptr : entryOf(m_image.get(), m_tree->nodes[static_cast<std::size_t>(node)]);
}

QModelIndex FileTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const auto above = static_cast<std::uint32_t>(parent.isValid() ? parent.internalId() : 0);
    order(above);
    const std::uint32_t node = m_children[m_spans[above].first + static_cast<std::uint32_t>(row)];
    return createIndex(row, column, static_cast<quintptr>(node));
}

QModelIndex FileTreeModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const std::int32_t above = m_tree->nodes[index.internalId()].parent;
    return above <= 0 ? QModelIndex() : indexOfNode(static_cast<std::size_t>(above), 0);
}

int FileTreeModel::rowCount(const QModelIndex &parent) const
{
    if (m_spans.empty() || parent.column() > 0)
        return 0;
    return static_cast<int>(m_spans[parent.isValid() ? parent.internalId() : 0].count);
}

bool FileTreeModel::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0;
}

int FileTreeModel::columnCount(const QModelIndex &) const
{
    return columns;
}

QString FileTreeModel::changeWord(const FileNode &node) const
{
    switch (node.change) {
    case Change::Unchanged:
        return tr("unchanged");
    case Change::Added:
        return tr("added");
    case Change::Changed:
        return tr("changed");
    case Change::Attributes:
        return tr("only rights, owner or attributes changed");
    case Change::Removed:
        return tr("removed");
    }
    return {};
}

QString FileTreeModel::text(const FileNode &node, int column) const
{
    const FileEntry *file = entryOf(m_image.get(), node);
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
    case ModifiedColumn:
        return file ? toQString(formatTime(rfc3339(file->mtime), applicationLanguage())) : QString();
    default:
        break;
    }
    switch (node.change) {
    case Change::Unchanged:
        return {};
    case Change::Added:
        return u"+"_qs;
    case Change::Changed:
        return u"~"_qs;
    case Change::Attributes:
        return u"≈"_qs;
    case Change::Removed:
        return u"−"_qs;
    }
    return {};
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
        return index.column() == ChangeColumn ? changeWord(node) : text(node, index.column());
    case Qt::ToolTipRole:
        return index.column() == ChangeColumn ? changeWord(node) : text(node, index.column()).toHtmlEscaped();
    case Qt::TextAlignmentRole:
        if (index.column() == SizeColumn || index.column() == LayerColumn)
            return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    case ChangeRole:
        return static_cast<int>(node.change);
    case DirectoryRole:
        return node.type == EntryType::Directory;
    case LinkRole: {
        const FileEntry *file = entryOf(m_image.get(), node);
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
    case ModifiedColumn:
        return tr("Modified");
    default:
        return role == Qt::AccessibleTextRole ? tr("Change") : QString();
    }
}

} // namespace tally::ui
