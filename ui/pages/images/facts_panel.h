// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/file_history.h"
#include "ui/models/address.h"
#include "ui/models/file_tree_model.h"
#include "ui/models/session.h"

#include <QWidget>

class QVBoxLayout;

namespace tally::ui {

class FileDigests;

/// The right pane of the images page: facts of the image, or of the entry that is chosen in the tree with its way
/// through the layers.
class FactsPanel final : public QWidget
{
    Q_OBJECT

public:
    /// digests: where those of files come from; outlives the panel. Null: they are not shown.
    explicit FactsPanel(FileDigests *digests = nullptr, QWidget *parent = nullptr);

    void showImage(const ImagePtr &image, const AuditState &audit);
    /// node: of the tree, which comes from the index; layer: the one that is looked at.
    void showEntry(const ImagePtr &image, const ImageIndexPtr &index, const FileTree &tree, std::size_t node,
        std::size_t layer, const AuditState &audit, const CheckSet &checks);

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
    void addActions(EntryType type);
    void addVerdicts(const Image &image);
    void addSignatures(const Image &image, const AuditState &audit);
    void addVerified(const Source &source); ///< when
    void addRuntime(const Image &image);
    void addHistory(const Image &image, const std::vector<FileVersion> &versions);
    void addDigest(const ImagePtr &image, const FileNode &node);
    /// True: both versions are files, and their digests are there.
    bool addChange(const ImagePtr &image, const std::vector<FileVersion> &versions, std::size_t layer);
    void addBothDigests(const ImagePtr &image, const FileVersion &before, const FileVersion &after);
    void addBeforeAfter(const QString &label, const QString &before, const QString &after);
    void addFindings(const Image &image, const AuditState &audit, const CheckSet &checks, const std::string &path);

    FileDigests *m_digests;
    QVBoxLayout *m_column;
    bool m_reachable = false;
};

} // namespace tally::ui
