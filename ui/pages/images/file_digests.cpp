// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/file_digests.h"

#include "ui/models/words.h"
#include "ui/pages/page.h"
#include "ui/widgets/basics.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr int pause = 150; // ms

struct Computed
{
    ImageFilesPtr files;
    Result<std::vector<std::string>> digests;
};

Computed compute(const ImageOrigin &origin, const std::vector<FilePlace> &places, const RunContext &run)
{
    auto files = openImageFiles(origin, run);
    if (!files)
        return {{}, tl::unexpected(files.error())};
    return {*files, (*files)->digests(places, run)};
}

} // namespace

FileDigests::FileDigests(Session &session, ImageSource &source, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_source(source)
    , m_job(this)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(pause);
    connect(&m_soon, &QTimer::timeout, this, &FileDigests::start);
}

void FileDigests::want(const ImagePtr &image, std::vector<FilePlace> places)
{
    if (image == m_image && places == m_wanted && isBusy() && !m_job.isCancelling())
        return;
    if (image != m_image)
        m_known.clear();
    m_image = image;
    m_wanted = std::move(places);
    m_noSource = false;
    m_fault.clear();
    m_job.cancel(); // its end starts again
    if (!missing().empty())
        m_soon.start();
}

std::vector<FilePlace> FileDigests::missing() const
{
    std::vector<FilePlace> places = m_wanted;
    std::erase_if(places, [this](FilePlace place) { return m_known.contains(place); });
    return places;
}

void FileDigests::start()
{
    const std::vector<FilePlace> places = missing();
    if (m_job.isRunning() || places.empty())
        return;
    const auto origin = m_source.origin(m_image);
    m_noSource = !origin;
    if (!origin) {
        Q_EMIT changed();
        return;
    }
    m_job.start([origin = *origin, places](const RunContext &run) { return compute(origin, places, run); },
        [this, image = m_image, places](const Computed &done) {
            if (done.files)
                m_source.keep(image, done.files);
            const bool cancelled = !done.digests && done.digests.error().kind == ErrorKind::Cancelled;
            if (cancelled || image != m_image || missing() != places) { // something else was wanted meanwhile
                m_soon.start();
                return;
            }
            if (!done.digests)
                m_fault = m_session.text(done.digests.error().message);
            for (std::size_t i = 0; done.digests && i < places.size(); ++i) {
                const std::string &digest = (*done.digests)[i];
                if (digest.empty())
                    m_fault = tr("The file could not be read.");
                else
                    m_known[places[i]] = toQString(digest.substr(digest.find(':') + 1));
            }
            Q_EMIT changed();
        });
}

FileDigests::State FileDigests::state(const ImagePtr &image, FilePlace place) const
{
    if (image != m_image)
        return State::NotAsked;
    if (m_known.contains(place))
        return State::Known;
    if (std::ranges::find(m_wanted, place) == m_wanted.end())
        return State::NotAsked;
    return m_noSource ? State::NoSource : m_fault.isEmpty() ? State::Running : State::Failed;
}

QString FileDigests::digest(const ImagePtr &image, FilePlace place) const
{
    const auto found = m_known.find(place);
    return image == m_image && found != m_known.end() ? found->second : QString();
}

DigestLines::DigestLines(
    FileDigests &digests, ImagePtr image, std::vector<Line> lines, bool ask, int labelWidth, QWidget *parent)
    : QWidget(parent)
    , m_digests(digests)
    , m_image(std::move(image))
    , m_lines(std::move(lines))
    , m_labelWidth(labelWidth)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(6);
    connect(&m_digests, &FileDigests::changed, this, &DigestLines::fill);
    if (!ask)
        want();
    fill();
}

void DigestLines::want()
{
    std::vector<FilePlace> places;
    for (const Line &line : m_lines)
        places.push_back(line.place);
    m_digests.want(m_image, std::move(places));
}

void DigestLines::fill()
{
    clearLayout(*m_column);
    bool noSource = false;
    for (const Line &line : m_lines) {
        auto *row = new QHBoxLayout;
        row->setSpacing(8);
        QLabel *name = makeLabel(Face::Secondary, Ink::Muted);
        name->setText(line.label);
        name->setFixedWidth(m_labelWidth);
        name->setWordWrap(true);
        row->addWidget(name, 0, Qt::AlignTop);
        row->addWidget(valueOf(line), 1);
        if (const QString digest = m_digests.digest(m_image, line.place); !digest.isEmpty()) {
            auto *copy = new LinkButton(u"copy"_qs);
            copy->setAccessibleName(tr("Copy the SHA-256, %1").arg(line.label));
            copy->setToolTip(tr("Copy the whole SHA-256"));
            connect(copy, &QAbstractButton::clicked, copy, [digest] { QApplication::clipboard()->setText(digest); });
            row->addWidget(copy, 0, Qt::AlignTop);
        }
        noSource = noSource || m_digests.state(m_image, line.place) == FileDigests::State::NoSource;
        m_column->addLayout(row);
    }
    if (!noSource)
        return;
    auto *locate = new LinkButton;
    locate->setText(tr("Choose the file"));
    connect(
        locate, &QAbstractButton::clicked, this, [this] { m_digests.source().ask(this, m_image, [this] { want(); }); });
    m_column->addWidget(locate);
}

QWidget *DigestLines::valueOf(const Line &line)
{
    const FileDigests::State state = m_digests.state(m_image, line.place);
    if (state == FileDigests::State::Known) {
        auto *value = new ElidedLabel(Face::MonoSmall, Ink::Text, Qt::ElideMiddle);
        value->setObjectName(u"digest"_qs);
        value->setText(m_digests.digest(m_image, line.place));
        return value;
    }
    if (state == FileDigests::State::NotAsked) {
        auto *compute = new LinkButton;
        compute->setText(tr("Compute"));
        compute->setObjectName(u"computeDigest"_qs);
        compute->setAccessibleName(tr("Compute the SHA-256 of the file"));
        connect(
            compute, &QAbstractButton::clicked, this,
            [this] {
                want();
                fill();
            },
            Qt::QueuedConnection); // the button goes with it
        return compute;
    }
    QLabel *text = makeLabel(Face::Dense, Ink::Muted);
    text->setWordWrap(true);
    text->setText(state == FileDigests::State::Running ? tr("is being computed …")
            : state == FileDigests::State::Failed
            ? m_digests.fault()
            : tr("not computed: %1 is not where it was. The audit keeps no file contents.")
                  .arg(m_digests.source().name(m_image)));
    return text;
}

} // namespace tally::ui
