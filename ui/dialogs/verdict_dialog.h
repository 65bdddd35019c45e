// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <QDialog>

#include <string>
#include <vector>

class QCheckBox;
class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace tally::ui {

class Session;

/// The sentence that the audit lead says of the module as a whole, and at most five deviations that the summary lists.
/// Only what was changed is written, in one step.
class VerdictDialog final : public QDialog
{
    Q_OBJECT

public:
    /// The session outlives it.
    explicit VerdictDialog(Session &session, QWidget *parent = nullptr);

    void accept() override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void layOut();
    void fill();
    void retranslateUi();
    void validate();
    [[nodiscard]] std::vector<std::string> ticked() const; ///< in the catalogue's order
    [[nodiscard]] std::vector<AuditChange> changes() const;

    Session &m_session;
    QLabel *m_title;
    QLabel *m_lead;
    QLabel *m_textLabel;
    QPlainTextEdit *m_text;
    QLabel *m_count;
    QLabel *m_written; ///< who wrote what stands there, and when
    QCheckBox *m_confirm;
    QLabel *m_listLabel;
    QListWidget *m_list;
    QLabel *m_hint;
    QPushButton *m_cancel;
    QPushButton *m_save;
};

} // namespace tally::ui
