// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/cluster_objects_model.h"
#include "ui/models/namespaces_model.h"
#include "ui/models/simple_table_model.h"
#include "ui/pages/page.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSettings;
class QStackedWidget;
class QTableView;
class QTreeView;

namespace tally::ui {

class Chip;
class ElidedLabel;
class EmptyState;
class FactsLegend;
class ObjectPane;
class SearchField;
class TabStrip;

/// The cluster: namespaces with what protects them, objects with their worst finding, an object as YAML with its
/// findings; and how complete the export is.
class ClusterPage final : public Page
{
    Q_OBJECT

public:
    enum Tab { ObjectsTab, CompletenessTab };

    ClusterPage(Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~ClusterPage() override;

    [[nodiscard]] QString title() const override;
    void goTo(const Address &address) override;

    void showTab(int tab);
    [[nodiscard]] ObjectPane &objectPane() { return *m_pane; }
    [[nodiscard]] ClusterObjectsModel &objects() { return m_objects; }

protected:
    void retranslateUi() override;
    void setState(const AuditState &state) override;

private:
    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makeObjects(QSettings &settings);
    [[nodiscard]] QWidget *makeNamespaces();
    [[nodiscard]] QWidget *makeCompleteness();
    void connectParts();
    void showHead(const AuditState &state);
    void fillScopes(const Cluster &cluster);
    void fillCompleteness(const Cluster &cluster);
    void copyCommands();
    [[nodiscard]] QModelIndex chosenNamespace() const; ///< invalid: all of them
    void applyFilter();
    void fillKinds();
    void showObject(const QModelIndex &index);
    void selectObject(int object);
    void unfoldBands();

    NamespacesModel m_namespaces;
    ClusterObjectsModel m_objects;
    SimpleTableModel m_completeness;
    const Cluster *m_shown = nullptr; ///< only compared

    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QLabel *m_title;
    ElidedLabel *m_facts;
    Chip *m_missing;
    TabStrip *m_tabs;
    QStackedWidget *m_panes;
    QPushButton *m_all;
    QTableView *m_namespaceTable;
    FactsLegend *m_legend;
    SearchField *m_filter;
    QComboBox *m_kind;
    QTreeView *m_tree;
    ObjectPane *m_pane;
    QTableView *m_completenessTable;
    QComboBox *m_scope; ///< the whole export, or one namespace
    QLabel *m_completenessNote;
    QPushButton *m_copy;
};

} // namespace tally::ui
