// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/checklist_model.h"
#include "ui/pages/page.h"

#include <QList>

class QComboBox;
class QMimeData;
class QSettings;
class QShortcut;
class QSplitter;
class QStackedWidget;
class QTreeView;

namespace tally::ui {

class BulkPanel;
class DecisionMore;
class DecisionPanel;
class EmptyState;
class FileChooser;
class GuidancePane;
class NoticeBar;
class RequirementView;
class SearchField;
class SegmentedControl;

/// Where an auditor goes through the requirements: list at the left, the chosen one at the right with what the program
/// found, the decision below it. All of it without the mouse: 1 to 4 decide, J and K move, F leads to the findings,
/// G opens the guidance, E attaches evidence, / searches. These keys are off while a text field has the keyboard.
class ChecklistPage final : public Page
{
    Q_OBJECT

public:
    ChecklistPage(Session &session, FileChooser &files, QSettings &settings, QWidget *parent = nullptr);
    ~ChecklistPage() override;

    [[nodiscard]] QString title() const override;
    void goTo(const Address &address) override;

    [[nodiscard]] QString currentRequirement() const { return m_current; }
    [[nodiscard]] bool keysAreOn() const;

protected:
    void retranslateUi() override;
    void setState(const AuditState &state) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void layOut(QSettings &settings);
    void addKeys();
    void addKey(const QKeySequence &key, void (ChecklistPage::*action)());
    void textFieldsDecideKeys();
    void applyFilter();
    void showCounts();
    void choose(const QModelIndex &index);
    void showRequirement(const QString &id);
    void step(int by);
    void next() { step(1); }
    void previous() { step(-1); }
    void nextOpen();
    void showFindings();
    void toggleGuidance();
    void fitPanes();
    void search();
    void showReviews(const AuditState &state);
    void showCarried(const AuditState &state);
    void confirmCarried(const QStringList &requirements);
    void chooseReview();
    void showSelection();
    void saveAndNext();
    void toggleDetails();
    void submit();
    void accept();
    void sendBack();
    void attachEvidence();
    void pasteEvidence();
    void attach(const QMimeData *held, const QString &id);

    FileChooser &m_files;
    ChecklistModel m_model;
    QString m_current;
    QList<QShortcut *> m_keys; ///< off in text fields
    NoticeBar *m_carried;
    QStackedWidget *m_stack;
    QWidget *m_left = nullptr;
    EmptyState *m_empty;
    QSplitter *m_splitter;
    SegmentedControl *m_filter;
    SearchField *m_search;
    QTreeView *m_list;
    QWidget *m_nothing;
    RequirementView *m_view;
    DecisionPanel *m_decision;
    DecisionMore *m_more;
    QWidget *m_one = nullptr; ///< one requirement; else m_bulk is shown
    BulkPanel *m_bulk;
    QComboBox *m_review;
    GuidancePane *m_guidance;
    bool m_showing = false;
};

} // namespace tally::ui
