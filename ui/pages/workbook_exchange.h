// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/session.h"

#include <QObject>

class QWidget;

namespace tally::ui {

class FileChooser;

/// Workbooks that go out and come back. Writes the whole audit, or only the list of requests, as a workbook. Reads one
/// that came back, shows what it would change, and takes over what a person leaves ticked, in one step that undo takes
/// back. What went wrong is said by Session::failed(), what was written by Session::reportWritten().
class WorkbookExchange final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it; `over` is what its dialogs belong to, and its parent.
    WorkbookExchange(Session &session, FileChooser &files, QWidget *over);

    enum class Content { Audit, Requests };

    void askToWrite(Content content); ///< for the file
    void write(Content content, const QString &path);
    void askToRead(); ///< for the file
    void read(const QString &path);
    [[nodiscard]] bool isRunning() const { return m_job.isRunning(); }

private:
    Session &m_session;
    FileChooser &m_files;
    QWidget *m_over;
    Job m_job;
};

} // namespace tally::ui
