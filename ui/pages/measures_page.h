// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/page.h"

class QAction;
class QLabel;
class QPushButton;
class QSettings;
class QSplitter;
class QStackedWidget;

namespace tally::ui {

class BoardView;
class EmptyState;
class FileChooser;
class MeasureForm;
class NoticeBar;
class SegmentedControl;
class TablePane;
class WorkbookExchange;

/// The implementation plan: all measures as a table or as a board, one of them at the right, where it is changed. What
/// decisions name as a measure is offered to be taken over. An address with a check, or with a requirement, leads to
/// the measure about it, or begins one.
class MeasuresPage final : public Page
{
    Q_OBJECT

public:
    MeasuresPage(Session &session, FileChooser &files, QSettings &settings, QWidget *parent = nullptr);
    ~MeasuresPage() override;

    [[nodiscard]] QString title() const override;
    void goTo(const Address &address) override;
    [[nodiscard]] std::vector<PageTab> tabs() const override;

protected:
    void retranslateUi() override;
    void setState(const AuditState &state) override;

private:
    enum class View { Table, Board };

    void layOut(QSettings &settings);
    void showView(View view);
    void choose(const QString &key, bool begin);
    void begin(const Measure &draft);
    void closeForm();
    void takeOver();
    void move(const QString &key, int state);
    void showTable(const AuditState &state);

    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QWidget *m_content;
    QLabel *m_title;
    QLabel *m_count;
    SegmentedControl *m_views;
    QPushButton *m_workbook;
    WorkbookExchange *m_exchange;
    QAction *m_write;
    QAction *m_read;
    QPushButton *m_new;
    NoticeBar *m_named;
    QSplitter *m_splitter;
    QStackedWidget *m_lists;
    EmptyState *m_none;
    TablePane *m_table;
    BoardView *m_board;
    MeasureForm *m_form;
    View m_view = View::Table;
    bool m_showing = false;
};

} // namespace tally::ui
