// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/causes_model.h"
#include "ui/models/finding_filter.h"
#include "ui/pages/page.h"

class QComboBox;
class QLabel;
class QSettings;
class QSplitter;
class QTreeView;

namespace tally::ui {

class EmptyState;
class FacetList;
class FindingDetail;
class LinkButton;
class NoticeBar;
class SavedFilters;
class SearchField;

/// All findings, grouped by cause or by object; what narrows them down at the left, one of them in full at the right.
class FindingsPage final : public Page
{
    Q_OBJECT

public:
    FindingsPage(Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~FindingsPage() override;

    [[nodiscard]] QString title() const override;
    void goTo(const Address &address) override;

protected:
    void retranslateUi() override;
    void setState(const AuditState &state) override;

private:
    [[nodiscard]] QWidget *makeFacets();
    [[nodiscard]] QWidget *makeList();
    void applyFilter();
    void takeFilter(const FindingFilter &filter);
    void select(const QModelIndex &index);
    void showDetail();
    void popUpMenu(const QPoint &at);

    [[nodiscard]] Grouping grouping() const;
    void showHead(Grouping grouping);

    QSettings &m_settings;
    CausesModel m_model;
    FindingOwners m_owners;
    FindingFilter m_filter;
    QLabel *m_title;
    QLabel *m_count;
    LinkButton *m_clear;
    SavedFilters *m_saved;
    FacetList *m_facets;
    QComboBox *m_grouping;
    SearchField *m_search;
    QLabel *m_headTitle;
    QLabel *m_headCount;
    QLabel *m_headPart;
    QTreeView *m_list;
    FindingDetail *m_detail;
    QSplitter *m_splitter;
    NoticeBar *m_carried; ///< exceptions of the earlier audit wait
    EmptyState *m_empty;
    std::string m_shown; ///< fingerprint: survives a new run and another filter
    bool m_shownGroup = true;
};

} // namespace tally::ui
