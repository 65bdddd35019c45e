// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/address.h"
#include "ui/models/file_tree_model.h"
#include "ui/models/session.h"

#include <QWidget>

class QVBoxLayout;

namespace tally::ui {

/// The right pane of the images page: facts of the image, or of the entry that is chosen in the tree with its way
/// through the layers.
class FactsPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit FactsPanel(QWidget *parent = nullptr);

    void showImage(const ImagePtr &image, const AuditState &audit);
    /// path: as FileTree::path() gives it.
    void showEntry(const ImagePtr &image, const FileTree &tree, std::size_t node, const FileEntry *entry,
        const AuditState &audit, const CheckSet &checks);

    /// Viewing and saving files is possible: without it no button offers it.
    void setFilesReachable(bool reachable) { m_reachable = reachable; }
    void focusFirst(); ///< what of it can be reached by keyboard

Q_SIGNALS:
    void navigate(const tally::ui::Address &address);
    void imageWanted(); ///< back to the facts of the image
    void layerWanted(int layer);
    void viewWanted();
    void extractWanted();

private:
    void clear();
    void addTitle(const QString &text, bool mono = false);
    void addSection(const QString &text);
    void addFact(const QString &label, const QString &value, bool mono = false);
    void addText(const QString &text);
    void addActions(const FileEntry &entry);
    void addVerdicts(const Image &image);
    void addRuntime(const Image &image);
    void addHistory(const Image &image, const std::string &path, const FileEntry *entry);
    void addFindings(const Image &image, const AuditState &audit, const CheckSet &checks, const std::string &path);

    QVBoxLayout *m_column;
    bool m_reachable = false;
};

/// One step of a path through the layers.
struct PathEvent
{
    std::size_t layer = 0;
    Change change = Change::Unchanged;

    friend bool operator==(const PathEvent &, const PathEvent &) = default;
};
/// Where the path was added, changed and removed. O(entries of all layers).
[[nodiscard]] std::vector<PathEvent> pathHistory(const Image &image, std::string_view path);

} // namespace tally::ui
