// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/session.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tally::ui {

class FileChooser;
class LinkButton;

/// Asks who signs off what for, and with which key file, if any; says which head it is and what still stands open. The
/// key is opened in a job: one with a passphrase takes a while. It is kept nowhere.
class SignOffDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Both outlive it.
    SignOffDialog(Session &session, FileChooser &files, QWidget *parent = nullptr);

    void setKeyFile(const QString &path);
    void accept() override;

Q_SIGNALS:
    void wanted(const tally::SignOffRequest &request);

protected:
    void changeEvent(QEvent *event) override;

private:
    void layOut();
    void retranslateUi();
    void showState();
    void showKey();
    void say(const QString &problem);
    void finish(SignOffRequest request);

    Session &m_session;
    FileChooser &m_files;
    Job m_job;
    QString m_keyFile;
    std::string m_pem;
    std::string m_head; ///< that is shown: another one is not signed unseen
    QLabel *m_title;
    QLabel *m_lead;
    QLabel *m_headText;
    QLabel *m_openTitle;
    QLabel *m_open;
    QLabel *m_byLabel;
    QLineEdit *m_by;
    QLabel *m_purposeLabel;
    QLineEdit *m_purpose;
    QLabel *m_keyLabel;
    QLabel *m_key;
    LinkButton *m_choose;
    LinkButton *m_without;
    QLabel *m_passphraseLabel;
    QLineEdit *m_passphrase;
    QLabel *m_hint;
    QLabel *m_problem;
    QPushButton *m_cancel;
    QPushButton *m_sign;
};

} // namespace tally::ui
