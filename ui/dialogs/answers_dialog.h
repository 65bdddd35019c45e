// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/answers.h"

#include <QDialog>

#include <functional>

class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace tally::ui {

/// What the answers in a workbook would change, before anything does: a decision a row, its fields below it with what
/// stands there and what would, likewise measures and requests; then what is not taken over, and why. What is unticked
/// stays as it is.
class AnswersDialog final : public QDialog
{
    Q_OBJECT

public:
    using TextOf = std::function<QString(const Message &)>;

    AnswersDialog(QString fileName, Answers answers, TextOf textOf, bool readOnly, QWidget *parent = nullptr);

    /// The ticked ones.
    [[nodiscard]] Answers chosen() const;

Q_SIGNALS:
    void taken(const tally::Answers &answers); ///< without problems

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill();
    void fillRecord(QTreeWidgetItem *item, const RecordAnswer &answer) const;
    void fillProblems();
    void validate();
    void retranslateUi();

    QString m_fileName;
    Answers m_answers;
    TextOf m_textOf;
    bool m_readOnly;
    QLabel *m_title;
    QLabel *m_lead;
    QTreeWidget *m_tree;
    QLabel *m_problemsLabel;
    QTreeWidget *m_problems;
    QPushButton *m_cancel;
    QPushButton *m_take;
};

} // namespace tally::ui
