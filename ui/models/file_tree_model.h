// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/job.h"
#include "ui/models/file_filter.h"

#include <QAbstractItemModel>
#include <QString>

#include <memory>
#include <vector>

namespace tally::ui {

/// "-rwsr-xr-x" of an entry.
[[nodiscard]] QString modeText(EntryType type, unsigned mode);

/// The file tree of a layer, or of the sum up to it. No object per node: an index carries the number of its FileNode,
/// the children of a node stand side by side in one array and are put into order when they are first asked for. A new
/// tree, a filter or another order of 140,000 entries takes a few milliseconds.
class FileTreeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { ChangeColumn, NameColumn, SizeColumn, ModeColumn, OwnerColumn, LayerColumn, ModifiedColumn };
    static constexpr int columns = 7;
    enum Role {
        ChangeRole = Qt::UserRole, ///< Change as int
        DirectoryRole,
        LinkRole, ///< target of a link, "" none
    };

    explicit FileTreeModel(QObject *parent = nullptr);

    /// The filter stays. Parents must stand before their children in the tree, as core builds it.
    void setTree(ImagePtr image, std::shared_ptr<const FileTree> tree);
    /// Shows the entries that fit, with the directories above them; where a directory's name has the text, also what
    /// lies below it. A regular expression on a big tree is searched in a job; a broken one shows nothing.
    void setFilter(const FileFilter &filter);
    [[nodiscard]] const FileFilter &filter() const { return m_filter; }
    [[nodiscard]] bool isFiltered() const { return !m_filter.isEmpty(); }
    [[nodiscard]] bool isFiltering() const { return m_job.isRunning(); }
    [[nodiscard]] int matches() const { return m_matches; } ///< entries that fit; all without a filter
    /// Entries that fit, at most `limit`, in order of the tree.
    [[nodiscard]] std::vector<QModelIndex> matchIndexes(int limit) const;
    /// Siblings only; ties by name.
    void sort(int column, Qt::SortOrder order) override;
    [[nodiscard]] int sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }

    [[nodiscard]] const ImagePtr &image() const { return m_image; }
    [[nodiscard]] const std::shared_ptr<const FileTree> &tree() const { return m_tree; }
    [[nodiscard]] int node(const QModelIndex &index) const; ///< -1 for an invalid index
    [[nodiscard]] std::string path(const QModelIndex &index) const;
    /// Invalid where there is no such path, or the filter hides it.
    [[nodiscard]] QModelIndex indexOfPath(std::string_view path) const;
    [[nodiscard]] QModelIndex indexOfPath(const QString &path) const;
    [[nodiscard]] const FileEntry *entry(int node) const; ///< nullptr for implied directories

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void filterApplied(); ///< the model was reset just before

private:
    struct Span
    {
        std::uint32_t first = 0; ///< into m_children
        std::uint32_t count = 0;
        std::uint32_t row = 0; ///< of the node among its siblings, once these are in order
        bool visible = false;
        bool ordered = false; ///< its children are
    };

    void search();
    void searchInJob();
    void apply(std::vector<char> hits);
    void markVisible();
    void arrange();
    void order(std::uint32_t parent) const;
    [[nodiscard]] bool isBefore(const FileNode &a, const FileNode &b) const;
    [[nodiscard]] QModelIndex indexOfNode(std::size_t node, int column) const;
    [[nodiscard]] QString text(const FileNode &node, int column) const;
    [[nodiscard]] QString changeWord(const FileNode &node) const;

    ImagePtr m_image;
    std::shared_ptr<const FileTree> m_tree;
    FileFilter m_filter;
    std::vector<char> m_hits; ///< FileHit per node; empty: everything is shown
    Job m_job;
    bool m_again = false; ///< what the job searches is out of date
    int m_matches = 0;
    int m_sortColumn = NameColumn;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    mutable std::vector<std::uint32_t> m_children; ///< visible nodes, siblings side by side
    mutable std::vector<Span> m_spans;             ///< per node
};

} // namespace tally::ui
