// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/session.h"

#include <QWidget>

#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tally::ui {

class LinkButton;

/// How severe the auditor finds what is shown, beside what the program says; and, folded away until it is wanted, the
/// form by which that is entered, with a reason.
class SeverityForm final : public QWidget
{
    Q_OBJECT

public:
    explicit SeverityForm(Session &session, QWidget *parent = nullptr);

    /// findings: indexes into the assessment.
    void show(const AuditState &state, const std::vector<std::size_t> &findings);
    void retranslateUi();

private:
    [[nodiscard]] QWidget *makeFields();
    void unfold(bool open);
    void showExisting(const AuditState &state, const std::vector<std::size_t> &findings);
    void make();
    void withdraw();

    Session &m_session;
    LinkButton *m_fold;
    QLabel *m_existing;
    LinkButton *m_withdraw;
    QComboBox *m_severity = nullptr;
    QLineEdit *m_reason = nullptr;
    QPushButton *m_make = nullptr;
    QWidget *m_fields;
    std::vector<std::string> m_fingerprints; ///< of what is shown
    std::vector<std::string> m_judged;       ///< of these, what has a judgement
    bool m_waiting = false;                  ///< handed over, neither saved nor refused yet
};

} // namespace tally::ui
