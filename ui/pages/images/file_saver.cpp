// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/file_saver.h"

#include "ui/dialogs/choosers.h"
#include "ui/models/words.h"

#include <QDir>

namespace tally::ui {

FileSaver::FileSaver(Session &session, ImageSource &source, FileChooser &chooser, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_source(source)
    , m_chooser(chooser)
    , m_job(this)
{
}

void FileSaver::save(
    QWidget *parent, const ImagePtr &image, const ImageIndexPtr &index, const std::string &path, int layer, bool merged)
{
    if (!image || !index || layer < 0 || m_job.isRunning())
        return;
    const auto origin = m_source.origin(image);
    if (!origin) {
        m_source.ask(parent, image,
            [this, parent, image, index, path, layer, merged] { save(parent, image, index, path, layer, merged); });
        return;
    }
    ExtractRequest request;
    request.node = index->find(path);
    request.layer = static_cast<std::size_t>(layer);
    request.merged = merged;
    if (request.node == ImageIndex::none)
        return;
    m_chooser.openFolder(parent, tr("Save %1 into a folder").arg(foreignText(path)),
        [this, origin = *origin, index, request](const QStringList &folders) {
            if (!folders.isEmpty() && !m_job.isRunning())
                write(origin, index, request, folders.front());
        });
}

void FileSaver::write(
    const ImageOrigin &origin, const ImageIndexPtr &index, const ExtractRequest &request, const QString &folder)
{
    struct Written
    {
        ImageFilesPtr files;
        Result<ExtractOutcome> outcome;
    };
    m_job.start(
        [origin, index, request, folder](const RunContext &run) -> Written {
            auto files = openImageFiles(origin, run);
            if (!files)
                return {{}, tl::unexpected(files.error())};
            return {*files, extractTree(**files, *index, request, std::filesystem::path(folder.toStdU16String()), run)};
        },
        [this, image = origin.image](const Written &written) {
            if (written.files)
                m_source.keep(image, written.files);
            Q_EMIT finished(
                written.outcome ? resultText(*written.outcome) : m_session.text(written.outcome.error().message));
        });
    Q_EMIT started(tr("Saving"));
}

QString FileSaver::resultText(const ExtractOutcome &outcome) const
{
    QStringList said;
    said.append(tr("Saved %1: %2 files, %3.")
                    .arg(QDir::toNativeSeparators(QString::fromStdU16String(outcome.path.u16string())),
                        countText(outcome.files), bytesText(outcome.bytes)));
    for (const Message &remark : remarksOn(outcome))
        said.append(m_session.text(remark));
    for (const Diagnostic &diagnostic : outcome.diagnostics) {
        said.append(m_session.text(diagnostic.message));
        if (said.size() > 6)
            break;
    }
    return said.join(u' ');
}

} // namespace tally::ui
