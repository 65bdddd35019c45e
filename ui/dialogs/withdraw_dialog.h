// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <QDialog>

#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tally::ui {

class Session;

/// Asks why sources no longer count, or offers that a newer export takes the place of older ones; says what that means
/// and what would be lost.
class WithdrawDialog final : public QDialog
{
    Q_OBJECT

public:
    /// successor: index of the newer export; -1: none takes their place, and a person says why they go. The session
    /// outlives it.
    WithdrawDialog(Session &session, std::vector<int> sources, int successor, QWidget *parent = nullptr);

    void accept() override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslateUi();
    void validate();
    [[nodiscard]] QString nameOf(int source) const;
    [[nodiscard]] std::vector<AuditChange> changes() const;

    Session &m_session;
    std::vector<int> m_sources;
    int m_successor;
    QLabel *m_title;
    QLabel *m_lead;
    QLabel *m_what;
    QLabel *m_lost;
    QLabel *m_label;
    QLineEdit *m_reason;
    QPushButton *m_keep;
    QPushButton *m_withdraw;
};

} // namespace tally::ui
