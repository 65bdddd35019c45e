// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/address.h"
#include "ui/models/file_tree_model.h"
#include "ui/models/layers_model.h"
#include "ui/models/session.h"
#include "ui/models/tree_store.h"
#include "ui/pages/images/file_digests.h"
#include "ui/pages/images/image_keys.h"

#include <QSet>
#include <QWidget>

class QLabel;
class QListView;
class QSettings;
class QSplitter;
class QStackedWidget;

namespace tally::ui {

class ElidedLabel;
class FactsPanel;
class FileTools;
class FileTreeView;
class FileView;
class ImageSource;

/// Layers, the tree of what they carry, and what is known of the entry that is chosen. Which directories are open and
/// which entry is chosen stays when one walks through the layers.
class FilesPane final : public QWidget
{
    Q_OBJECT

public:
    FilesPane(Session &session, ImageSource &source, QSettings &settings, QWidget *parent = nullptr);
    ~FilesPane() override;

    void setImage(const ImagePtr &image);
    [[nodiscard]] const ImagePtr &image() const { return m_layers.image(); }
    void showLayer(int layer);
    /// In the layer that is shown; where that has it not, in the sum over all layers. False if there is no such path.
    bool showPath(const std::string &path);
    void retranslateUi();
    void command(ImageCommand command);
    /// Reads the file in that layer and shows it in place of the tree; line 1-based, 0: from the beginning.
    void viewFile(const std::string &path, int layer, int line);
    [[nodiscard]] FactsPanel &facts() { return *m_facts; }
    [[nodiscard]] const ImageIndexPtr &index() const { return m_store.index(); }
    void focusLayers();
    [[nodiscard]] bool isBusy() const;
    [[nodiscard]] FileTreeModel &files() { return m_files; }

Q_SIGNALS:
    void navigate(const tally::ui::Address &address);
    void indexed(); ///< index() is there
    /// merged: as it stands in the sum up to the layer, else as the layer itself carries it.
    void extractWanted(const std::string &path, int layer, bool merged);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *makeLayers();
    [[nodiscard]] QWidget *makeTree();
    void connectParts();
    void askForTree();
    void showTree(const FileTreePtr &tree);
    void restorePlaces();
    void showMatches();
    void showEntry();
    void viewCurrent();
    void closeView();
    void emitExtract(const QModelIndex &at);
    void stepPane(int by);
    [[nodiscard]] int entryLayer(const QModelIndex &index) const;

    Session &m_session;
    LayersModel m_layers;
    FileTreeModel m_files;
    TreeStore m_store;
    QSplitter *m_outer;
    QSplitter *m_inner;
    QListView *m_layerList;
    QLabel *m_layersTitle;
    ElidedLabel *m_layersNote;
    QLabel *m_emptyLayers;
    FileTools *m_tools;
    FileTreeView *m_tree;
    FileDigests m_digests;
    FactsPanel *m_facts;
    QStackedWidget *m_middle;
    FileView *m_view;
    QSet<QByteArray> m_open;  ///< paths of open directories
    std::string m_chosen;     ///< path of the chosen entry; "" none
    std::string m_goal;       ///< a path to show as soon as its tree is there
    bool m_goalInAll = false; ///< it was looked for in the sum over all layers already
    bool m_restoring = false;
};

} // namespace tally::ui
