// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/carried.h"
#include "ui/models/session.h"

#include <QDialog>

#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace tally::ui {

class LinkButton;

/// The answers of the earlier audit that nobody has confirmed yet, with what they rested on: ticked are those whose
/// evidence did not change. What is ticked is confirmed in one step that undo takes back. Kinds that were asked for
/// there, exceptions and target objects with their protection needs are offered as well; those of a cluster that nobody
/// can tell say so.
class ConfirmDialog final : public QDialog
{
    Q_OBJECT

public:
    /// only: ids of requirements, whose parts come along; empty: all. The session outlives it.
    ConfirmDialog(Session &session, const QStringList &only, QWidget *parent = nullptr);

    [[nodiscard]] std::vector<CarriedAnswer> chosen() const;
    [[nodiscard]] std::vector<AskedKind> chosenKinds() const;
    [[nodiscard]] std::vector<FindingException> chosenExceptions() const;
    [[nodiscard]] std::vector<TargetObject> chosenTargets() const;
    void tick(bool unchangedOnly);
    void accept() override;

private:
    void layOut();
    void fill();
    void addAnswer(const CarriedAnswer &answer, std::size_t index);
    void addKind(const AskedKind &kind, std::size_t index);
    void addException(const CarriedException &carried, std::size_t index);
    [[nodiscard]] int coveredBy(const FindingException &exception) const; ///< findings
    void addTarget(const TargetObject &target, std::size_t index);
    /// Indexes of the ticked rows that are of the kind.
    [[nodiscard]] std::vector<std::size_t> tickedOf(int role) const;
    /// A row that can be ticked unless something is wrong with it.
    void finishRow(QTreeWidgetItem &item, int role, std::size_t index, bool canBeTicked);
    void validate();

    Session &m_session;
    std::vector<CarriedAnswer> m_answers;
    std::vector<AskedKind> m_kinds;
    std::vector<CarriedException> m_exceptions;
    std::vector<TargetObject> m_targets;
    QTreeWidget *m_tree;
    LinkButton *m_unchanged;
    LinkButton *m_all;
    QLabel *m_detail;
    QLabel *m_problem;
    QLineEdit *m_who; ///< shown where nobody said who works here
    QPushButton *m_cancel;
    QPushButton *m_confirm;
};

} // namespace tally::ui
