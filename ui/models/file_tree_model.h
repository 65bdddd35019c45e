// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/file_tree.h"

#include <QAbstractItemModel>
#include <QString>

#include <memory>
#include <vector>

namespace tally::ui {

/// "-rwsr-xr-x" of an entry.
[[nodiscard]] QString modeText(EntryType type, unsigned mode);

/// The file tree of a layer, or of the sum up to it. No object per node: an index carries the number of its FileNode,
/// the children of a node stand side by side in one array. Filtering 140,000 entries takes a few milliseconds.
class FileTreeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { ChangeColumn, NameColumn, SizeColumn, ModeColumn, OwnerColumn, LayerColumn };
    static constexpr int columns = 6;
    enum Role {
        ChangeRole = Qt::UserRole, ///< Change as int
        DirectoryRole,
        LinkRole, ///< target of a link, "" none
    };

    explicit FileTreeModel(QObject *parent = nullptr);

    void setTree(ImagePtr image, std::shared_ptr<const FileTree> tree);
    /// Entries whose name contains the text (whose path does, if the text has a slash), with the directories above
    /// them and what lies below them. Empty: all.
    void setFilter(const QString &text);
    [[nodiscard]] bool isFiltered() const { return !m_filter.empty(); }
    [[nodiscard]] int matches() const { return m_matches; } ///< entries that contain the text; all without a filter
    /// Entries that contain the text, at most `limit`, in order of the tree.
    [[nodiscard]] std::vector<QModelIndex> matchIndexes(int limit) const;

    [[nodiscard]] const std::shared_ptr<const FileTree> &tree() const { return m_tree; }
    [[nodiscard]] int node(const QModelIndex &index) const; ///< -1 for an invalid index
    [[nodiscard]] QModelIndex indexOfPath(const QString &path) const;
    [[nodiscard]] const FileEntry *entry(int node) const; ///< nullptr for implied directories

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Span
    {
        std::uint32_t first = 0; ///< into m_children
        std::uint32_t count = 0;
        std::uint32_t row = 0; ///< of the node itself among its visible siblings
    };

    [[nodiscard]] std::vector<char> visibleNodes();
    void arrange();
    [[nodiscard]] QVariant text(const FileNode &node, int column) const;

    ImagePtr m_image;
    std::shared_ptr<const FileTree> m_tree;
    std::vector<std::uint32_t> m_order;    ///< all nodes, parents first
    std::vector<std::uint32_t> m_children; ///< visible nodes, siblings side by side
    std::vector<Span> m_spans;             ///< per node
    std::vector<char> m_matched;           ///< per node
    std::string m_filter;                  ///< lower case
    int m_matches = 0;
};

} // namespace tally::ui
