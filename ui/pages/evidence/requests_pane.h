// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/address.h"
#include "ui/models/session.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tally::ui {

class FileChooser;
class TablePane;
class WorkbookExchange;

/// What is asked for and not yet there: what the catalogue proposes, of whom, by when, and what became of it. The list
/// goes to the audited party as a report.
class RequestsPane final : public QWidget
{
    Q_OBJECT

public:
    /// Both outlive it.
    RequestsPane(Session &session, FileChooser &files, QWidget *parent = nullptr);

    void setState(const AuditState &state);
    void retranslateUi();
    void chooseRequest(const QString &key); ///< "R-001"

Q_SIGNALS:
    void navigate(const tally::ui::Address &address);

private:
    void propose();
    void showChosen();
    void answer(EvidenceRequest::State state);
    [[nodiscard]] const EvidenceRequest *chosen() const;

    Session &m_session;
    TablePane *m_table;
    QPushButton *m_ask;
    QPushButton *m_list;
    WorkbookExchange *m_exchange;
    QAction *m_asReport;
    QAction *m_asWorkbook;
    QAction *m_readBack;
    QLabel *m_answerLabel;
    QLineEdit *m_answer;
    QLabel *m_locationLabel;
    QLineEdit *m_location;
    QLabel *m_evidenceLabel;
    QLineEdit *m_evidence;
    QPushButton *m_received;
    QPushButton *m_notAvailable;
    QPushButton *m_open;
};

} // namespace tally::ui
