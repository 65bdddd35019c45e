// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image_files.h"
#include "ui/models/session.h"

#include <QMap>

#include <filesystem>
#include <functional>

namespace tally::ui {

class FileChooser;

/// What a worker needs to open the file that an image was read from. Values only.
struct ImageOrigin
{
    std::filesystem::path path;
    Source source; ///< as the audit recorded it
    ImagePtr image;
    ImageFilesPtr files; ///< already open; null: not yet
};

/// Opens it, if it is still the file that was read: by size and time, else by its digest. Blocking, for a worker.
/// Errors: those of ImageFiles::open; NotFound also where it is another file now.
[[nodiscard]] Result<ImageFilesPtr> openImageFiles(const ImageOrigin &origin, const RunContext &run);

/// The name of an image; with that of its source where another one of the audit has the same name.
[[nodiscard]] QString imageLabel(const AuditState &state, const ImagePtr &image);

/// Where the files of the images in the audit lie. The audit keeps no contents: to see one, its source must be there;
/// if it is not, a person shows where it is now. Lives with the page.
class ImageSource final : public QObject
{
    Q_OBJECT

public:
    ImageSource(Session &session, FileChooser &chooser, QObject *parent = nullptr);

    /// Nothing if the source is not where it was: then ask().
    [[nodiscard]] std::optional<ImageOrigin> origin(const ImagePtr &image) const;
    [[nodiscard]] QString name(const ImagePtr &image) const; ///< of its source, "" unknown
    /// Lets a person choose the file, and calls back when one was chosen.
    void ask(QWidget *parent, const ImagePtr &image, const std::function<void()> &chosen);
    /// What a worker opened, for the next one.
    void keep(const ImagePtr &image, ImageFilesPtr files);

private:
    [[nodiscard]] const Source *sourceOf(const ImagePtr &image) const;

    Session &m_session;
    FileChooser &m_chooser;
    QMap<QString, QString> m_places; ///< by digest of the source
    ImagePtr m_image;                ///< of m_files
    ImageFilesPtr m_files;
};

} // namespace tally::ui
