// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tally::ui {

/// Asks once who works here. Whoever gives no name is journaled as nobody.
class NameDialog final : public QDialog
{
    Q_OBJECT

public:
    /// auditor: of the open audit, who need not be the one who sits here.
    explicit NameDialog(const QString &auditor, QWidget *parent = nullptr);

Q_SIGNALS:
    void named(const QString &name);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslateUi();

    QString m_auditor;
    QLabel *m_title;
    QLabel *m_lead;
    QLabel *m_label;
    QLineEdit *m_name;
    QPushButton *m_without;
    QPushButton *m_ok;
};

} // namespace tally::ui
