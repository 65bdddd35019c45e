// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/image_source.h"

#include "core/base/messages_image.h"
#include "core/base/text_format.h"
#include "core/workbench/source_digest.h"
#include "ui/dialogs/choosers.h"
#include "ui/models/words.h"

#include <QFileInfo>

#include <algorithm>

namespace tally::ui {

Result<ImageFilesPtr> openImageFiles(const ImageOrigin &origin, const RunContext &run)
{
    if (origin.files)
        return origin.files;
    std::error_code error;
    const bool file = std::filesystem::is_regular_file(origin.path, error);
    const bool sameSize = file && std::filesystem::file_size(origin.path, error) == origin.source.bytes;
    const bool sameTime = file
        && rfc3339(QFileInfo(QString::fromStdU16String(origin.path.u16string())).lastModified().toSecsSinceEpoch())
            == origin.source.modified;
    if (!(sameSize && sameTime)) {
        TALLY_ASSIGN(const Source now, describeSource(origin.path, {}, run));
        if (now.sha256 != origin.source.sha256)
            return fail(ErrorKind::NotFound, {imageDef("image.source-changed"), {origin.source.name}},
                "another content: " + now.sha256);
    }
    return ImageFiles::open(origin.path, origin.image, {}, run);
}

QString imageLabel(const AuditState &state, const ImagePtr &image)
{
    const std::string name = image->displayName();
    const auto same
        = std::ranges::count_if(state.images, [&name](const ImagePtr &other) { return other->displayName() == name; });
    const bool known = image->source >= 0 && static_cast<std::size_t>(image->source) < state.sources.size();
    if (same < 2 || !known)
        return foreignText(name);
    return foreignText(name) % u" · " % foreignText(state.sources[static_cast<std::size_t>(image->source)].name);
}

ImageSource::ImageSource(Session &session, FileChooser &chooser, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_chooser(chooser)
{
}

const Source *ImageSource::sourceOf(const ImagePtr &image) const
{
    const auto &sources = m_session.state()->sources;
    return image && image->source >= 0 && static_cast<std::size_t>(image->source) < sources.size()
        ? &sources[static_cast<std::size_t>(image->source)]
        : nullptr;
}

std::optional<ImageOrigin> ImageSource::origin(const ImagePtr &image) const
{
    const Source *source = sourceOf(image);
    if (!source)
        return std::nullopt;
    const QString path = m_places.value(toQString(source->sha256), toQString(source->path));
    if (!QFileInfo::exists(path))
        return std::nullopt;
    return ImageOrigin{
        std::filesystem::path(path.toStdU16String()), *source, image, image == m_image ? m_files : ImageFilesPtr()};
}

QString ImageSource::name(const ImagePtr &image) const
{
    const Source *source = sourceOf(image);
    return source ? foreignText(source->name) : QString();
}

void ImageSource::ask(QWidget *parent, const ImagePtr &image, const std::function<void()> &chosen)
{
    const Source *source = sourceOf(image);
    if (!source)
        return;
    m_chooser.openFiles(parent, tr("Where is %1 now?").arg(foreignText(source->name)), {tr("All files (*)")},
        [this, digest = toQString(source->sha256), chosen](const QStringList &paths) {
            if (paths.isEmpty())
                return;
            m_places.insert(digest, paths.front());
            m_files.reset();
            chosen();
        });
}

void ImageSource::keep(const ImagePtr &image, ImageFilesPtr files)
{
    m_image = image;
    m_files = std::move(files);
}

} // namespace tally::ui
