// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/workbook_exchange.h"

#include "core/io/file.h"
#include "core/report/answers.h"
#include "core/report/record_sheets.h"
#include "core/report/xlsx_writer.h"
#include "ui/dialogs/answers_dialog.h"
#include "ui/dialogs/choosers.h"
#include "ui/dialogs/open_again.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <QFileInfo>
#include <QWidget>

namespace tally::ui {

WorkbookExchange::WorkbookExchange(Session &session, FileChooser &files, QWidget *over)
    : QObject(over)
    , m_session(session)
    , m_files(files)
    , m_over(over)
{
}

void WorkbookExchange::askToWrite(Content content)
{
    const QString stem = m_session.path().isEmpty() ? tr("audit") : QFileInfo(m_session.path()).completeBaseName();
    //: names of files; %1 is the name of the audit
    const QString name = content == Content::Requests ? tr("%1-requests.xlsx") : tr("%1-workbook.xlsx");
    m_files.saveFile(m_over, tr("Write workbook"), name.arg(stem), {tr("Workbooks (*.xlsx)")}, u"xlsx"_qs,
        [this, content](const QStringList &paths) { write(content, paths.value(0)); });
}

void WorkbookExchange::write(Content content, const QString &path)
{
    if (path.isEmpty() || m_job.isRunning())
        return;
    m_job.start(
        [state = m_session.state(), knowledge = m_session.knowledge(), content, path, language = applicationLanguage()](
            const RunContext &) -> Result<> {
            const MessageTranslator translator(language);
            const ReportInput input{*state, *knowledge.catalogue, *knowledge.checks};
            ReportOptions options;
            options.language = language;
            TALLY_ASSIGN(const std::string bytes,
                content == Content::Requests ? writeRequestsXlsx(input, options, translator)
                                             : writeXlsx(input, options, translator));
            return saveAtomically(std::filesystem::path(path.toStdU16String()), bytes);
        },
        [this, path](const Result<> &written) {
            if (written)
                Q_EMIT m_session.reportWritten(path);
            else
                Q_EMIT m_session.failed(written.error(), path);
        });
}

void WorkbookExchange::askToRead()
{
    m_files.openFiles(m_over, tr("Workbook with answers"), {tr("Workbooks (*.xlsx)")},
        [this](const QStringList &paths) { read(paths.value(0)); });
}

void WorkbookExchange::read(const QString &path)
{
    if (path.isEmpty() || m_job.isRunning())
        return;
    m_job.start(
        [state = m_session.state(), knowledge = m_session.knowledge(), path](const RunContext &) -> Result<Answers> {
            const Limits limits;
            TALLY_ASSIGN(const ByteSourcePtr file, openFile(std::filesystem::path(path.toStdU16String()), limits));
            return readAnswers(file, toUtf8String(QFileInfo(path).fileName()),
                {*state, *knowledge.catalogue, *knowledge.checks}, MessageTranslator(Language::German),
                MessageTranslator(Language::English), limits);
        },
        [this, path](const Result<Answers> &answers) {
            if (!answers) {
                Q_EMIT m_session.failed(answers.error(), path);
                return;
            }
            auto *dialog = new AnswersDialog(
                QFileInfo(path).fileName(), *answers,
                [this](const Message &message) { return m_session.text(message); }, m_session.isReadOnly(), m_over);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            connect(dialog, &AnswersDialog::taken, this, [this, dialog](const Answers &taken) {
                openAgainIfRefused(*dialog, m_session, [&] { // by who works here
                    m_session.change(changesOf(*m_session.state(), taken.changed, taken.records, {}));
                });
            });
            dialog->open();
        });
}

} // namespace tally::ui
