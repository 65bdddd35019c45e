// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/session.h"

#include <QWidget>

class QLabel;

namespace tally::ui {

class ElidedLabel;
class FactsLines;
class LinkButton;

/// What can be relied on: the journal's head, whether the file is as the journal says, and who signed it off. The file
/// is checked in a job, once when the page is opened first and whenever a person asks for it.
class JournalState final : public QWidget
{
    Q_OBJECT

public:
    explicit JournalState(Session &session, QWidget *parent = nullptr);

    void setState(const AuditState &state);
    void retranslateUi();
    /// Checks the file against its journal now.
    void check();
    /// Whether this audit has been checked in this window.
    [[nodiscard]] bool wasChecked() const { return m_checkedPath == m_session.path() && m_result.has_value(); }

Q_SIGNALS:
    void exportWanted(); ///< the files of the last sign-off

private:
    void take(const std::optional<VerifyResult> &result);
    void show();
    void showCheck();
    void showSignOffs();

    Session &m_session;
    std::optional<VerifyResult> m_result;
    QString m_checkedPath;
    QString m_checkedAt;
    bool m_checking = false;
    FactsLines *m_facts;
};

} // namespace tally::ui
