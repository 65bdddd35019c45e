// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/cluster_objects_model.h"
#include "ui/models/namespaces_model.h"
#include "ui/pages/page.h"

#include <map>

class QComboBox;
class QLabel;
class QPushButton;
class QSettings;
class QStackedWidget;
class QTableView;
class QTreeView;

namespace tally::ui {

class Chip;
class ClusterPane;
class CompletenessPane;
class ElidedLabel;
class EmptyState;
class FactsLegend;
class ObjectPane;
class SearchField;
class TabStrip;

/// The cluster: namespaces with what protects them, objects with their worst finding, an object as YAML with its
/// findings; what the facts of the whole say, a tab each; and how complete the export is.
class ClusterPage final : public Page
{
    Q_OBJECT

public:
    enum Tab {
        ObjectsTab,
        NamespacesTab,
        WorkloadsTab,
        AccessTab,
        NetworkTab,
        ControlPlaneTab,
        GuardsTab,
        CompletenessTab
    };

    ClusterPage(Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~ClusterPage() override;

    [[nodiscard]] QString title() const override;
    /// address.tab: its code; then address.object is what is chosen there. Else an object, as YAML with its findings;
    /// "/shop/" are the objects of a namespace.
    void goTo(const Address &address) override;
    [[nodiscard]] std::vector<PageTab> tabs() const override;
    [[nodiscard]] bool isBusy() const override;

    void showTab(int tab);
    [[nodiscard]] ObjectPane &objectPane() { return *m_pane; }
    [[nodiscard]] ClusterObjectsModel &objects() { return m_objects; }
    [[nodiscard]] ClusterPane &pane(Tab tab)
    {
        return *m_facts.at(tab);
    } ///< of the tabs between the first and the last

protected:
    void retranslateUi() override;
    void setState(const AuditState &state) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makeObjects(QSettings &settings);
    [[nodiscard]] QWidget *makeNamespaces();
    void addPane(Tab tab, ClusterPane *pane);
    void showMixed(const Cluster &cluster);
    void showTabs(const Cluster &cluster);
    void goToObject(const Address &address);
    void connectParts();
    void showHead(const AuditCluster &of);
    [[nodiscard]] QModelIndex chosenNamespace() const; ///< invalid: all of them
    void applyFilter();
    void fillKinds();
    void openRecord(const QStringList &kinds);
    void openAssign();
    void chooseCluster(const QString &key);
    void showChooser(const AuditState &state);
    void showObject(const QModelIndex &index);
    void selectObject(int object);
    void unfoldBands();

    NamespacesModel m_namespaces;
    ClusterObjectsModel m_objects;
    const Cluster *m_shown = nullptr; ///< only compared

    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QLabel *m_title;
    QComboBox *m_cluster; ///< which of several
    QPushButton *m_assign;
    ElidedLabel *m_summary;
    Chip *m_mixed; ///< objects of several clusters
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
    std::map<Tab, ClusterPane *> m_facts;
    CompletenessPane *m_completeness;
};

} // namespace tally::ui
