// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/file_view.h"

#include "core/io/sniff.h"
#include "ui/models/words.h"
#include "ui/pages/images/image_keys.h"
#include "ui/pages/images/image_tables.h"
#include "ui/pages/table_pane.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/job_line.h"
#include "ui/widgets/segmented_control.h"

#include <QBuffer>
#include <QHBoxLayout>
#include <QImageReader>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr qsizetype lineAtMost = 4'000;
constexpr int pictureAtMost = 64; // MB while it is decoded
constexpr std::uint64_t pixelsAtMost = 16'000'000;

/// Long lines are cut: a text widget takes minutes for one of a megabyte.
QString readable(const std::string &masked)
{
    QString text;
    for (std::size_t at = 0; at < masked.size();) {
        const std::size_t end = std::min(masked.find('\n', at), masked.size());
        const QString line = foreignText(std::string_view(masked).substr(at, end - at));
        text += line.size() > lineAtMost ? QString(line.left(lineAtMost) % u" …") : line;
        text += u'\n';
        at = end + 1;
    }
    if (text.endsWith(u'\n'))
        text.chop(1);
    return text;
}

/// Only formats that name no other files; an SVG is shown as text.
QImage pictureOf(const FilePreview &preview)
{
    const bool known = preview.pictureFormat == "png" || preview.pictureFormat == "jpeg"
        || preview.pictureFormat == "gif" || preview.pictureFormat == "bmp" || preview.pictureFormat == "webp";
    if (preview.kind != PreviewKind::Picture || !known || std::uint64_t{preview.width} * preview.height > pixelsAtMost)
        return {};
    QByteArray bytes(preview.bytes.data(), static_cast<qsizetype>(preview.bytes.size()));
    QBuffer buffer(&bytes);
    QImageReader reader(&buffer, QByteArray::fromStdString(preview.pictureFormat));
    return reader.read();
}

CodeLanguage languageOf(const FilePreview &preview, const std::string &path)
{
    const std::string &language = preview.language;
    if (language == "sh")
        return CodeLanguage::Shell;
    if (language == "json")
        return CodeLanguage::Json;
    if (language == "yaml")
        return CodeLanguage::Yaml;
    if (language == "dockerfile")
        return CodeLanguage::Dockerfile;
    if (language == "xml")
        return CodeLanguage::Xml;
    if (language == "ini" || language == "conf" || language == "python" || language == "perl" || language == "ruby")
        return CodeLanguage::Config;
    return codeLanguage(path, std::string_view(preview.text).substr(0, 200));
}

} // namespace

FileView::FileView(Session &session, ImageSource &source, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_source(source)
    , m_job(this)
    , m_back(new QToolButton)
    , m_name(new ElidedLabel(Face::Mono, Ink::Text, Qt::ElideMiddle))
    , m_facts(makeLabel(Face::Secondary, Ink::Muted))
    , m_section(new SegmentedControl(4))
    , m_save(new QPushButton(icon(u"export"_qs), {}))
    , m_progress(new JobLine(m_job, session))
    , m_failure(new QWidget)
    , m_failureText(makeLabel(Face::Base))
    , m_locate(new QPushButton)
    , m_stack(new QStackedWidget)
    , m_text(new CodeView)
    , m_hex(new CodeView)
    , m_pictureArea(new QScrollArea)
    , m_picture(new QLabel)
    , m_contents(new TablePane)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(new Line);
    auto *said = new QVBoxLayout(m_failure);
    said->setContentsMargins(size::pageMargin, 16, size::pageMargin, 16);
    m_failureText->setWordWrap(true);
    said->addWidget(m_failureText);
    said->addWidget(m_locate, 0, Qt::AlignLeft);
    column->addWidget(m_failure);
    column->addWidget(m_stack, 1);
    m_hex->setNumbered(false);
    m_picture->setAlignment(Qt::AlignCenter);
    m_pictureArea->setWidget(m_picture);
    m_pictureArea->setWidgetResizable(true);
    m_pictureArea->setFrameShape(QFrame::NoFrame);
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_contents);
    m_stack->addWidget(m_pictureArea);
    m_stack->addWidget(m_hex);
    QImageReader::setAllocationLimit(pictureAtMost);
    m_text->setObjectName(u"fileText"_qs);
    setFocusProxy(m_text);
    addKeys();
    connect(m_back, &QAbstractButton::clicked, this, &FileView::closed);
    connect(m_save, &QAbstractButton::clicked, this, &FileView::saveWanted);
    connect(m_section, &SegmentedControl::chosen, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_locate, &QAbstractButton::clicked, this, [this] { m_source.ask(this, m_image, [this] { start(); }); });
}

QWidget *FileView::makeHead()
{
    auto *head = new QWidget;
    auto *lines = new QVBoxLayout(head);
    lines->setContentsMargins(12, 6, 12, 6);
    lines->setSpacing(6);
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    m_back->setIcon(icon(u"arrow-left"_qs));
    m_back->setObjectName(u"closeFile"_qs);
    first->addWidget(m_back);
    first->addWidget(m_name, 1);
    first->addWidget(m_save);
    auto *second = new QHBoxLayout;
    second->setSpacing(8);
    second->addWidget(m_facts, 1);
    second->addWidget(m_progress, 1);
    second->addWidget(m_section);
    m_section->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    lines->addLayout(first);
    lines->addLayout(second);
    return head;
}

void FileView::show(const ImagePtr &image, const std::string &path, int layer, int line)
{
    m_image = image;
    m_path = path;
    m_layer = layer;
    m_line = line;
    start();
}

void FileView::start()
{
    m_name->setText(foreignText(m_path));
    m_facts->clear();
    m_failure->hide();
    m_section->hide();
    m_text->setText({}, CodeLanguage::Plain);
    m_hex->setText({}, CodeLanguage::Plain);
    m_picture->clear();
    m_again = m_job.isRunning();
    if (m_again) {
        m_job.cancel(); // its end starts again
        return;
    }
    const auto origin = m_source.origin(m_image);
    if (!origin) {
        m_failure->show();
        m_locate->show();
        m_failureText->setText(
            tr("%1 is not where it was. The audit keeps no file contents: to see one, its source is needed.")
                .arg(m_source.name(m_image)));
        return;
    }
    m_job.start([origin = *origin, path = m_path, layer = m_layer](
                    const RunContext &run) { return readFile(origin, path, layer, run); },
        [this, image = m_image](const Read &read) {
            m_progress->setTitle({});
            if (read.files)
                m_source.keep(image, read.files);
            if (m_again)
                start();
            else
                take(read);
        });
    m_progress->setTitle(tr("Reading"));
}

FileView::Read FileView::readFile(const ImageOrigin &origin, const std::string &path, int layer, const RunContext &run)
{
    auto files = openImageFiles(origin, run);
    if (!files)
        return {{}, tl::unexpected(files.error()), {}, {}, {}};
    const auto place = findFile(*origin.image, layer, path);
    if (!place)
        return {*files, tl::unexpected(place.error()), {}, {}, {}};
    Read read{*files, previewFile(**files, *place, {}, run), {}, {}, {}};
    if (!read.preview)
        return read;
    read.text = readable(read.preview->text);
    if (!read.preview->masked && !read.preview->holdsSecret) // else it would be a way around the mask
        read.hex = hexText(read.preview->bytes, PreviewOptions{}.maxHexBytes);
    read.picture = pictureOf(*read.preview);
    return read;
}

QStringList FileView::factsOf(const FilePreview &preview) const
{
    QStringList facts = {bytesText(preview.size), toQString(fileTypeName(preview.type))};
    if (!preview.compression.empty())
        facts.append(tr("unpacked from %1").arg(foreignText(preview.compression)));
    if (!preview.encoding.empty() && preview.encoding != "UTF-8")
        facts.append(foreignText(preview.encoding));
    if (preview.width > 0)
        facts.append(tr("%1 × %2 pixels").arg(QString::number(preview.width), QString::number(preview.height)));
    facts.append(tr("layer %1").arg(m_layer + 1));
    if (preview.truncated)
        facts.append(tr("only the beginning"));
    if (preview.masked)
        facts.append(tr("secrets masked"));
    if (m_path.ends_with(".svg"))
        facts.append(tr("SVG, shown as text: such a picture can load others"));
    return facts;
}

void FileView::take(const Read &read)
{
    if (!read.preview) {
        m_failure->show();
        m_failureText->setText(m_session.text(read.preview.error().message));
        m_locate->setVisible(read.preview.error().kind == ErrorKind::NotFound && !read.files);
        return;
    }
    const FilePreview &preview = *read.preview;
    m_facts->setText(factsOf(preview).join(u" · "));
    showText(preview, read.text);
    showContents(preview);
    m_hex->setText(read.hex, CodeLanguage::Plain);
    m_picture->setPixmap(QPixmap::fromImage(read.picture));
    const bool picture = !read.picture.isNull();
    const bool contents = preview.elf || !preview.members.empty();
    const bool text = !preview.text.empty() || preview.kind == PreviewKind::Empty;
    m_section->setSegmentVisible(TextSection, text);
    m_section->setSegmentVisible(ContentsSection, contents);
    m_section->setSegmentVisible(PictureSection, picture);
    m_section->setSegmentVisible(HexSection, !read.hex.isEmpty());
    m_section->setVisible(text + contents + picture + !read.hex.isEmpty() > 1);
    showSection(picture ? PictureSection : contents ? ContentsSection : text ? TextSection : HexSection);
    if (!text && !contents && !picture && read.hex.isEmpty()) {
        m_failure->show();
        m_locate->hide();
        m_failureText->setText(tr("Not shown: this file holds a secret."));
    }
    if (m_line > 0 && text)
        m_text->showLine(m_line);
}

void FileView::showText(const FilePreview &preview, const QString &text)
{
    const bool empty = preview.kind == PreviewKind::Empty;
    m_text->setText(
        empty ? tr("This file is empty.") : text, empty ? CodeLanguage::Plain : languageOf(preview, m_path));
    m_text->setNumbered(!empty);
}

void FileView::showContents(const FilePreview &preview)
{
    if (preview.elf) {
        ImageTables::fillElf(*m_contents, *preview.elf);
        return;
    }
    ImageTables::fillMembers(*m_contents, preview);
}

void FileView::showSection(int section)
{
    m_section->setCurrent(section);
    m_stack->setCurrentIndex(section);
}

void FileView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_Backspace) {
        Q_EMIT closed();
        return;
    }
    QWidget::keyPressEvent(event);
}

/// A file that is viewed: long lines leave the pane, or go on below.
void FileView::addKeys()
{
    for (const ImageKey &key : imageKeys()) {
        if (key.command != ImageCommand::Wrap)
            continue;
        auto *shortcut = new QShortcut(key.keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, m_text, [this] {
            const bool wrapped = m_text->lineWrapMode() == QPlainTextEdit::WidgetWidth;
            m_text->setLineWrapMode(wrapped ? QPlainTextEdit::NoWrap : QPlainTextEdit::WidgetWidth);
        });
    }
}

void FileView::retranslateUi()
{
    m_back->setToolTip(tr("Back to the tree (Esc)"));
    m_back->setAccessibleName(tr("Back to the tree"));
    m_save->setText(tr("Save"));
    m_section->setName(tr("How the file is shown"));
    m_section->setTexts({tr("Text"), tr("Contents"), tr("Picture"), tr("Hexadecimal")});
    m_contents->setName(tr("Contents"));
    m_locate->setText(tr("Choose the file"));
    m_text->setAccessibleName(tr("Content as text"));
    m_hex->setAccessibleName(tr("Content in hexadecimal"));
    m_picture->setAccessibleName(tr("Picture"));
}

} // namespace tally::ui
