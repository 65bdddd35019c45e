// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "ui/dialogs/choosers.h"
#include "ui/jobs/job.h"

#include <QDialog>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QTimer;

namespace tally::ui {

/// Asks for what a new audit needs: organisation, title, auditor, file. The file follows the title until it is touched.
/// Of an earlier audit that it is to start from, it says what is carried over and what is not.
class NewAuditDialog final : public QDialog
{
    Q_OBJECT

public:
    /// folder: where the file is suggested.
    NewAuditDialog(FileChooser &files, QString folder, const QString &auditor, QWidget *parent = nullptr);

    /// What reads an earlier audit, in a job; without it nothing is said of its content.
    using Reader = std::function<Result<AuditStatePtr>(const std::filesystem::path &, const RunContext &)>;
    void setReader(Reader reader);

    [[nodiscard]] AuditInfo info() const;
    [[nodiscard]] QString path() const;
    [[nodiscard]] QString earlierAudit() const; ///< whose answers are taken over, to be confirmed; "" none

Q_SIGNALS:
    void created(const QString &path, const tally::AuditInfo &info);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslateUi();
    void suggestFile();
    void validate();
    void readEarlier();
    void takeEarlier(const Result<AuditStatePtr> &read);
    [[nodiscard]] QString earlierHint() const;

    FileChooser &m_files;
    QString m_folder;
    QLabel *m_title;
    QLabel *m_organisationLabel;
    QLineEdit *m_organisation;
    QLabel *m_nameLabel;
    QLineEdit *m_name;
    QLabel *m_auditorLabel;
    QLineEdit *m_auditor;
    QLabel *m_fileLabel;
    QLineEdit *m_file;
    QPushButton *m_choose;
    QLabel *m_earlierLabel;
    QLineEdit *m_earlier;
    QPushButton *m_chooseEarlier;
    QLabel *m_earlierHint;
    QLabel *m_hint;
    QPushButton *m_create;
    QPushButton *m_cancel;
    bool m_fileTouched = false;
    Reader m_reader;
    std::unique_ptr<Job> m_job; ///< reads the earlier audit
    QTimer *m_pause;            ///< after the last key
    std::optional<CarriedOver> m_carried;
    std::vector<Message> m_notCarried;
    QString m_carriedFrom; ///< title
    std::optional<Message> m_unreadable;
};

/// A file name from what a person calls the audit: letters, digits, dashes.
[[nodiscard]] QString fileNameFor(const QString &organisation, const QString &title);

} // namespace tally::ui
