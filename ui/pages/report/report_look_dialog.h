// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_look.h"
#include "ui/dialogs/choosers.h"
#include "ui/jobs/job.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace tally::ui {

class SegmentedControl;

/// How the house wants its reports to look: paper, logo, letterhead, who signs. Nothing is kept until it is taken.
class ReportLookDialog final : public QDialog
{
    Q_OBJECT

public:
    ReportLookDialog(FileChooser &files, std::function<QString(const Message &)> text, const ReportLook &look,
        QWidget *parent = nullptr);

    [[nodiscard]] ReportLook look() const;
    /// Reads the picture in a job and shows it, or why it is not taken.
    void takeLogo(const QString &path);
    [[nodiscard]] bool isBusy() const { return m_reading.isRunning(); }

Q_SIGNALS:
    void taken(const tally::ReportLook &look);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslateUi();
    void showLogo();

    FileChooser &m_files;
    std::function<QString(const Message &)> m_text;
    Logo m_logo;
    Job m_reading;
    QLabel *m_title;
    QLabel *m_paperLabel;
    SegmentedControl *m_paper;
    QLabel *m_logoLabel;
    QLabel *m_picture;
    QLabel *m_logoName;
    QPushButton *m_choose;
    QPushButton *m_remove;
    QLabel *m_problem;
    QPlainTextEdit *m_letterhead;
    QLabel *m_letterheadLabel;
    QPlainTextEdit *m_signatures;
    QLabel *m_signaturesLabel;
    QPushButton *m_cancel;
    QPushButton *m_take;
};

} // namespace tally::ui
