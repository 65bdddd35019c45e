// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/extract_tree.h"
#include "ui/jobs/job.h"
#include "ui/pages/images/image_source.h"

namespace tally::ui {

/// Writes a file or a folder of an image into a folder that a person chooses, as a job. Nothing is overwritten; links,
/// devices and special rights stay behind.
class FileSaver final : public QObject
{
    Q_OBJECT

public:
    FileSaver(Session &session, ImageSource &source, FileChooser &chooser, QObject *parent = nullptr);

    /// merged: as it stands in the sum up to the layer, else as the layer itself carries it.
    void save(QWidget *parent, const ImagePtr &image, const ImageIndexPtr &index, const std::string &path, int layer,
        bool merged);
    [[nodiscard]] Job &job() { return m_job; }

Q_SIGNALS:
    void started(const QString &title);
    void finished(const QString &result); ///< in a sentence, also of a failure

private:
    void write(
        const ImageOrigin &origin, const ImageIndexPtr &index, const ExtractRequest &request, const QString &folder);
    [[nodiscard]] QString resultText(const ExtractOutcome &outcome) const;

    Session &m_session;
    ImageSource &m_source;
    FileChooser &m_chooser;
    Job m_job;
};

} // namespace tally::ui
