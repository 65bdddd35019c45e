// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/sources_model.h"
#include "ui/pages/page.h"

class QLabel;
class QPushButton;
class QSettings;
class QStackedWidget;
class QVBoxLayout;

namespace tally::ui {

class EmptyState;
class NoticeBar;
class ScopePane;
class TabStrip;
class Panel;

/// What was handed over: form, size, time, SHA-256, what was found, and what could not be read; and on a tab of its own
/// what is audited with it.
class SourcesPage final : public Page
{
    Q_OBJECT

public:
    SourcesPage(Session &session, QSettings &settings, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override;
    /// tab: "scope"
    void goTo(const Address &address) override;
    [[nodiscard]] std::vector<PageTab> tabs() const override;

protected:
    void retranslateUi() override;
    void setState(const AuditState &state) override;

private:
    void addRow(const SourceRow &row, int resultWidth);
    [[nodiscard]] QWidget *makeWithdraw(const SourceRow &row);
    [[nodiscard]] static QWidget *makeStanding(const SourceRow &row, bool problem);
    [[nodiscard]] QWidget *makeHouse();
    void showHouse(const AuditState &state);
    void addDiagnostics(const SourceRow &row);
    void addPending(const QString &path, bool running);
    [[nodiscard]] QWidget *makeFacts(const SourceRow &row) const;

    void showTab(int tab);

    QWidget *m_strip; ///< tabs and the line below them
    TabStrip *m_tabs;
    QStackedWidget *m_stack;
    ScopePane *m_scope;
    QLabel *m_title;
    QLabel *m_subline;
    QPushButton *m_openFiles;
    QPushButton *m_openFolder;
    Panel *m_table;
    QVBoxLayout *m_rows;
    NoticeBar *m_notJudged;
    QWidget *m_house;
    QLabel *m_houseTitle;
    QLabel *m_houseText;
    QPushButton *m_editHouse;
    EmptyState *m_empty;
};

} // namespace tally::ui
