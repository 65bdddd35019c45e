// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/session.h"

#include <QStringList>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace tally::ui {

class DateField;
class DecisionRow;

/// The same for several requirements at once: status, reason, responsible, until. Fields that are left empty change
/// nothing. Nothing is saved before the button says so, and then all of it in one step that undo takes back.
class BulkPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit BulkPanel(Session &session, QWidget *parent = nullptr);

    void setRequirements(const QStringList &ids);
    [[nodiscard]] QStringList requirements() const { return m_ids; }
    void retranslateUi();
    void choose(Status status);
    /// Sets it for all; says why it cannot.
    void apply();
    [[nodiscard]] QString statusText() const;

Q_SIGNALS:
    void confirmWanted(const QStringList &requirements); ///< the earlier audit's answers on them

private:
    void showIds();
    void say(const QString &text, bool warning = false);

    Session &m_session;
    QStringList m_ids;
    bool m_waiting = false;
    int m_set = 0;

    QLabel *m_title;
    QLabel *m_list;
    QLabel *m_hint;
    DecisionRow *m_choice;
    QLabel *m_reasonLabel;
    QPlainTextEdit *m_reason;
    QLabel *m_responsibleLabel;
    QLineEdit *m_responsible;
    QLabel *m_untilLabel;
    DateField *m_until;
    QPushButton *m_confirm;
    QPushButton *m_apply;
    QLabel *m_status;
};

} // namespace tally::ui
