// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/comparison.h"
#include "ui/pages/page.h"

class QCheckBox;
class QLabel;
class QPushButton;

namespace tally::ui {

class EmptyState;
class FileChooser;
class SegmentedControl;
class TablePane;
class VerdictHistory;

/// What changed since an earlier audit: findings by what became of them, decisions, and the requirements over time. The
/// earlier file is read in the background and neither changed nor held.
class ComparePage final : public Page
{
    Q_OBJECT

public:
    ComparePage(Session &session, FileChooser &files, QWidget *parent = nullptr);
    ~ComparePage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] bool isBusy() const override;
    /// A tab is the earlier audit's file.
    void goTo(const Address &address) override;
    /// Compares with this audit file.
    void compareWith(const QString &path);

protected:
    void retranslateUi() override;
    void setState(const AuditState &state) override;

private:
    enum Group { New, Gone, Unclear, Changed, Decisions, GroupCount };

    void chooseFile();
    void compare();
    void take(Result<AuditComparisonPtr> compared);
    void showComparison();
    void showTable();
    void showFindings(std::initializer_list<FindingFate> fates, bool withMissing);
    void showDecisions();
    void showHistory();
    [[nodiscard]] int countOf(Group group) const;
    void open(const QVariant &row);
    void writeReport();

    FileChooser &m_files;
    QString m_path;
    AuditStatePtr m_before;   ///< as read from m_path
    AuditStatePtr m_compared; ///< the state that was compared with it
    AuditComparisonPtr m_comparison;
    Job m_job;
    Job m_export;
    QLabel *m_title;
    QLabel *m_subline;
    QLabel *m_notes;
    QLabel *m_problem;
    QCheckBox *m_across;
    QPushButton *m_choose;
    QPushButton *m_write;
    EmptyState *m_empty;
    QWidget *m_content;
    SegmentedControl *m_group;
    TablePane *m_table;
    VerdictHistory *m_history;
};

} // namespace tally::ui
