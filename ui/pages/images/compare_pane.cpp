// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/compare_pane.h"

#include "core/workbench/recheck.h"
#include "ui/dialogs/choosers.h"
#include "ui/models/file_tree_model.h"
#include "ui/models/words.h"
#include "ui/pages/images/image_source.h"
#include "ui/pages/table_pane.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/job_line.h"
#include "ui/widgets/segmented_control.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace tally::ui {

namespace {

constexpr int openOne = -2; // data of the entry that opens a file
constexpr std::size_t mostDigests = 5'000;
constexpr int shortDigest = 12;

/// A change that the texts of both sides do not show.
bool differsInside(const ImageDifference &each)
{
    return each.kind == ImageDifference::Kind::Changed && (each.aspects & ImageDifference::Content) != 0
        && each.before == each.after;
}

/// Where one side of a difference stands in its image.
FilePlace placeOf(const std::pair<std::int32_t, std::int32_t> &row)
{
    return {static_cast<std::uint32_t>(row.first), static_cast<std::uint32_t>(row.second)};
}

/// "sha256:..." of the files, in their order; "" where one could not be read.
Result<std::vector<std::string>> digestsIn(
    const ImageOrigin &origin, const std::vector<FilePlace> &places, const RunContext &run)
{
    TALLY_ASSIGN(const ImageFilesPtr files, openImageFiles(origin, run));
    return files->digests(places, run);
}

} // namespace

ComparePane::ComparePane(Session &session, ImageSource &source, FileChooser &files, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_source(source)
    , m_files(files)
    , m_job(this)
    , m_question(makeLabel(Face::Base))
    , m_chooser(new QComboBox)
    , m_section(new SegmentedControl(3))
    , m_progress(new JobLine(m_job, session))
    , m_note(makeLabel(Face::Secondary, Ink::Muted))
    , m_table(new TablePane)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(size::pageMargin, 12, size::pageMargin, 8);
    head->setSpacing(10);
    m_chooser->setFont(faceFont(Face::Mono));
    m_chooser->setObjectName(u"compareWith"_qs);
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_chooser->setMaximumWidth(460);
    head->addWidget(m_question);
    head->addWidget(m_chooser);
    head->addStretch();
    head->addWidget(m_section);
    column->addLayout(head);
    auto *lines = new QVBoxLayout;
    lines->setContentsMargins(size::pageMargin, 0, size::pageMargin, 4);
    m_note->setWordWrap(true);
    lines->addWidget(m_progress);
    lines->addWidget(m_note);
    column->addLayout(lines);
    column->addWidget(m_table, 1);
    column->addStretch();
    connect(m_chooser, &QComboBox::activated, this, &ComparePane::chosen);
    connect(m_section, &SegmentedControl::chosen, this, &ComparePane::showResult);
    connect(m_table, &TablePane::activated, this, [this](const QVariant &path) {
        if (m_section->current() == Files)
            Q_EMIT fileWanted(path.toByteArray().toStdString());
    });
}

void ComparePane::setImages(const std::vector<ImagePtr> &images, int current)
{
    const bool same = m_images == images && m_current == current;
    m_images = images;
    m_current = current;
    if (same)
        return;
    fillChooser();
    if (isVisible())
        compare();
}

void ComparePane::fillChooser()
{
    const QSignalBlocker blocker(m_chooser);
    const ImagePtr before = other();
    m_chooser->clear();
    for (int i = 0; i < static_cast<int>(m_images.size()); ++i) {
        if (i != m_current)
            m_chooser->addItem(imageLabel(*m_session.state(), m_images[static_cast<std::size_t>(i)]), i);
    }
    if (m_opened)
        m_chooser->addItem(m_openedName, -1);
    m_chooser->addItem(tr("Open another image …"), openOne);
    int chosen = m_chooser->count() > 1 ? 0 : -1; // nothing to compare with: the choice stays empty
    for (int row = 0; row < m_chooser->count(); ++row) {
        const int at = m_chooser->itemData(row).toInt();
        const ImagePtr each = at == -1 ? m_opened : at >= 0 ? m_images[static_cast<std::size_t>(at)] : nullptr;
        if (before && each == before)
            chosen = row;
    }
    m_chooser->setPlaceholderText(tr("choose an image"));
    m_chooser->setCurrentIndex(chosen);
}

ImagePtr ComparePane::current() const
{
    return m_current >= 0 && m_current < static_cast<int>(m_images.size())
        ? m_images[static_cast<std::size_t>(m_current)]
        : nullptr;
}

ImagePtr ComparePane::other() const
{
    if (m_chooser->currentIndex() < 0)
        return nullptr;
    const int at = m_chooser->currentData().toInt();
    if (at == -1)
        return m_opened;
    return at >= 0 && at < static_cast<int>(m_images.size()) ? m_images[static_cast<std::size_t>(at)] : nullptr;
}

void ComparePane::chosen(int row)
{
    if (m_chooser->itemData(row).toInt() == openOne)
        openOther();
    else
        compare();
}

void ComparePane::openOther()
{
    m_chooser->setCurrentIndex(-1);
    m_files.openFiles(this, tr("Compare with another image"), {tr("All files (*)")}, [this](const QStringList &paths) {
        if (paths.isEmpty() || m_job.isRunning())
            return;
        const QString &path = paths.front();
        m_openedName = QFileInfo(path).fileName();
        m_job.start(
            [path](const RunContext &run) {
                OpenOptions options;
                options.expect = OpenOptions::Expect::Image;
                return open(std::filesystem::path(path.toStdU16String()), options, run);
            },
            [this, path](tally::Result<Opened> opened) {
                m_progress->setTitle({});
                if (!opened) {
                    m_note->setText(m_session.text(opened.error().message));
                    return;
                }
                m_opened.reset();
                m_openedOrigin.reset();
                for (const OpenedThing &thing : opened->things) {
                    if (const auto *image = std::get_if<ImagePtr>(&thing); image && !m_opened)
                        m_opened = *image;
                }
                if (m_opened)
                    m_openedOrigin
                        = ImageOrigin{std::filesystem::path(path.toStdU16String()), opened->source, m_opened, {}};
                fillChooser();
                if (m_opened)
                    m_chooser->setCurrentIndex(m_chooser->findData(-1));
                compare();
            });
        m_progress->setTitle(tr("Reading %1").arg(m_openedName));
    });
}

void ComparePane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    compare();
}

void ComparePane::compare()
{
    const ImagePtr before = other();
    const ImagePtr after = current();
    if (m_result && before == m_before && after == m_after)
        return;
    m_result.reset();
    m_digests.reset();
    showResult();
    if (!before || !after || m_job.isRunning())
        return; // the end of a job looks again
    m_job.start(
        [old = sideOf(before), now = sideOf(after)](const RunContext &run) { return compareWholly(old, now, run); },
        [this, before, after](const Result &result) {
            m_progress->setTitle({});
            if (before != other() || after != current()) {
                compare();
                return;
            }
            m_before = before;
            m_after = after;
            m_result = result;
            showResult();
            computeDigests();
        });
    m_progress->setTitle(tr("Comparing"));
}

ComparePane::Side ComparePane::sideOf(const ImagePtr &image) const
{
    const auto origin = originOf(image);
    return {image, origin ? origin->path : std::filesystem::path()};
}

std::optional<ImageOrigin> ComparePane::originOf(const ImagePtr &image) const
{
    return image && image == m_opened ? m_openedOrigin : m_source.origin(image);
}

/// For files of which nothing differs but what is in them: else both sides of their row would read the same.
void ComparePane::computeDigests()
{
    std::vector<const ImageDifference *> wanted; // of m_result, which the job keeps
    for (const ImageDifference &each : m_result->files) {
        if (differsInside(each) && wanted.size() < mostDigests)
            wanted.push_back(&each);
    }
    if (wanted.empty())
        return;
    const auto before = originOf(m_before);
    const auto after = originOf(m_after);
    if (!before || !after) {
        m_digests = Digests();
        showResult();
        return;
    }
    m_job.start([old = *before, now = *after, wanted, result = m_result](
                    const RunContext &run) { return digestsOf(old, now, wanted, run); },
        [this, result = m_result](const Digests &digests) {
            m_progress->setTitle({});
            if (result != m_result) {
                compare();
                return;
            }
            m_digests = digests;
            showResult();
        });
    m_progress->setTitle(tr("Computing the SHA-256 of changed files"));
}

ComparePane::Digests ComparePane::digestsOf(const ImageOrigin &before, const ImageOrigin &after,
    const std::vector<const ImageDifference *> &wanted, const RunContext &run)
{
    std::vector<FilePlace> places;
    std::ranges::transform(
        wanted, std::back_inserter(places), [](const ImageDifference *each) { return placeOf(each->rowBefore); });
    const auto old = digestsIn(before, places, run);
    places.clear();
    std::ranges::transform(
        wanted, std::back_inserter(places), [](const ImageDifference *each) { return placeOf(each->rowAfter); });
    const auto now = old ? digestsIn(after, places, run) : old;
    Digests digests;
    digests.complete = old && now;
    for (std::size_t i = 0; digests.complete && i < wanted.size(); ++i)
        digests.files[wanted[i]->subject] = {(*old)[i], (*now)[i]};
    return digests;
}

/// As in the file tree: rights, owner, size, target.
QString ComparePane::fileText(const ImageDifference &difference, bool before) const
{
    const auto [layer, entry] = before ? difference.rowBefore : difference.rowAfter;
    const ImagePtr &image = before ? m_before : m_after;
    if (layer < 0 || entry < 0 || !image || static_cast<std::size_t>(layer) >= image->layers.size()
        || static_cast<std::size_t>(entry) >= image->layers[static_cast<std::size_t>(layer)].files.size())
        return foreignText(before ? difference.before : difference.after);
    const FileEntry &row = image->layers[static_cast<std::size_t>(layer)].files[static_cast<std::size_t>(entry)];
    QString text = modeText(row.type, row.mode) % u"  "_qs % QString::number(row.uid) % u':' % QString::number(row.gid);
    if (row.type == EntryType::File)
        text += u"  "_qs % bytesText(row.size);
    if (row.link.value != 0)
        text += u" → "_qs % foreignText(image->strings.view(row.link));
    return text;
}

SimpleTableModel::Cell ComparePane::sideText(const ImageDifference &difference, bool before) const
{
    const QString text = fileText(difference, before);
    if (!differsInside(difference))
        return {text};
    QString digest;
    if (m_digests) {
        if (const auto found = m_digests->files.find(difference.subject); found != m_digests->files.end())
            digest = toQString(before ? found->second.first : found->second.second).section(u':', -1);
    }
    if (!digest.isEmpty())
        //: %1 describes a file, %2 is a SHA-256, shortened
        return {tr("SHA-256 %2, %1").arg(text, digest.left(shortDigest) % u'…'), {}, 0,
            tr("SHA-256 %2, %1").arg(text, digest)};
    //: %1 describes a file
    return {before ? text : tr("%1, another content").arg(text)};
}

/// Files of equal size can only be told apart where both images were read by this run of the program: the cache and
/// the audit do not keep what is needed. Then the sources are read again, as far as they are at hand.
ComparePane::Result ComparePane::compareWholly(Side before, Side after, const RunContext &run)
{
    auto result = std::make_shared<const ImageComparison>(compareImages(*before.image, *after.image));
    if (result->uncomparedFiles == 0)
        return result;
    for (Side *side : {&before, &after}) {
        const bool known = std::ranges::any_of(
            side->image->layers, [](const Layer &layer) { return !layer.contents.empty() || layer.files.empty(); });
        if (known)
            continue;
        if (side->source.empty())
            return result;
        const auto again = readContents(*side->image, side->source, run);
        if (!again || !*again)
            return result;
        side->image = *again;
    }
    return std::make_shared<const ImageComparison>(compareImages(*before.image, *after.image));
}

void ComparePane::showResult()
{
    m_section->setVisible(m_result != nullptr);
    m_table->setVisible(m_result != nullptr);
    if (!m_result) {
        m_note->setText(other() || m_job.isRunning()
                ? QString()
                : tr("Choose an older image: then you see which files, packages and settings this one has, lost or "
                     "changed. It is only read for this, not added to the audit."));
        return;
    }
    const auto count = [](const std::vector<ImageDifference> &list) { return countText(list.size()); };
    m_section->setTexts({tr("Files %1").arg(count(m_result->files)), tr("Packages %1").arg(count(m_result->packages)),
        tr("Settings %1").arg(count(m_result->config))});
    const std::vector<ImageDifference> &list = m_section->current() == Files ? m_result->files
        : m_section->current() == Packages                                   ? m_result->packages
                                                                             : m_result->config;
    std::vector<SimpleTableModel::Row> rows;
    rows.reserve(list.size());
    for (const ImageDifference &each : list) {
        const QString kind = each.kind == ImageDifference::Kind::Added ? tr("+ new")
            : each.kind == ImageDifference::Kind::Removed              ? tr("− gone")
                                                                       : tr("~ changed");
        rows.push_back({{{kind, static_cast<int>(each.kind)}, {foreignText(each.subject)}, sideText(each, true),
                            sideText(each, false)},
            QByteArray::fromStdString(each.subject)});
    }
    m_table->setTable({{tr("Difference")}, {m_section->current() == Files ? tr("Path") : tr("What"), false, true},
                          {tr("Older image")}, {tr("This image")}},
        std::move(rows), {110, 380, 240});
    m_note->setText(noteText(list.empty()));
}

QString ComparePane::noteText(bool empty) const
{
    QStringList said;
    if (empty)
        said.append(tr("No difference."));
    else if (m_section->current() == Files)
        said.append(tr("What a container would see differently. Enter shows the file in the tree."));
    if (m_section->current() != Files)
        return said.join(u' ');
    if (m_result->sharedLayers > 0)
        said.append(tr("The first %n layer(s) are the same.", nullptr, static_cast<int>(m_result->sharedLayers)));
    if (m_digests && !m_digests->complete)
        said.append(tr("Where only the content differs, its SHA-256 could not be computed: the source of one of both "
                       "images is not where it was, or cannot be read."));
    if (m_result->uncomparedFiles > 0)
        said.append(
            tr("%n file(s) of equal size in different layers were not compared by content; they count as equal.",
                nullptr, static_cast<int>(m_result->uncomparedFiles)));
    return said.join(u' ');
}

void ComparePane::retranslateUi()
{
    m_question->setText(tr("Compared with the older image"));
    m_chooser->setAccessibleName(tr("Older image"));
    m_section->setName(tr("What is compared"));
    m_table->setName(tr("Differences"));
    fillChooser();
    showResult();
}

} // namespace tally::ui
