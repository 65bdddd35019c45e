// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/file_tree.h"
#include "ui/models/file_tree_model.h"
#include "ui/models/layers_model.h"
#include "ui/models/simple_table_model.h"
#include "ui/pages/page.h"

class QComboBox;
class QLabel;
class QListView;
class QPlainTextEdit;
class QSettings;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace tally::ui {

class Chip;
class ElidedLabel;
class EmptyState;
class FactsPanel;
class FileTreeView;
class SearchField;
class SegmentedControl;
class TabStrip;

/// The opened images: layers, what each of them carries and changes, wasted bytes, packages, risks, configuration.
class ImagesPage final : public Page
{
    Q_OBJECT

public:
    enum Tab { FilesTab, WasteTab, PackagesTab, RisksTab, ConfigTab };

    ImagesPage(Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~ImagesPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;
    void goTo(const Address &address) override;

    void showTab(int tab);
    void showImage(int number);
    void showLayer(int layer);
    [[nodiscard]] FileTreeModel &files() { return m_files; }

protected:
    void retranslateUi() override;
    void setState(const AuditState &state) override;

private:
    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makeFiles(QSettings &settings);
    [[nodiscard]] QWidget *makeTablePane(QTableView *table, QLabel *note);
    [[nodiscard]] QWidget *makeWaste();
    void connectParts();
    [[nodiscard]] ImagePtr image() const;
    void showHead();
    void showTree();
    void showFilter();
    void showEntry(const QModelIndex &index);
    void showPath(const QString &path);
    void fillTables();
    void sizeColumns();
    [[nodiscard]] QString configText(const Image &image) const;

    std::vector<ImagePtr> m_images;
    LayersModel m_layers;
    FileTreeModel m_files;
    SimpleTableModel m_wasted;
    SimpleTableModel m_shadowed;
    SimpleTableModel m_packages;
    SimpleTableModel m_risks;

    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QComboBox *m_chooser;
    ElidedLabel *m_facts;
    Chip *m_verified;
    TabStrip *m_tabs;
    QStackedWidget *m_panes;
    QListView *m_layerList;
    QLabel *m_layersTitle;
    QLabel *m_legend;
    QLabel *m_emptyLayers;
    SegmentedControl *m_mode;
    SearchField *m_filter;
    QLabel *m_matches;
    FileTreeView *m_tree;
    FactsPanel *m_factsPanel;
    QTableView *m_wastedTable;
    QTableView *m_shadowedTable;
    QTableView *m_packageTable;
    QTableView *m_riskTable;
    QLabel *m_wastedNote;
    QLabel *m_shadowedNote;
    QLabel *m_packageNote;
    QLabel *m_riskNote;
    QPlainTextEdit *m_config;
};

} // namespace tally::ui
