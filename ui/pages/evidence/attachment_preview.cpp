// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/evidence/attachment_preview.h"

#include "core/base/text_format.h"
#include "core/io/media_type.h"
#include "ui/models/words.h"
#include "ui/pages/evidence/attachment_rows.h"
#include "ui/pages/page.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/facts_lines.h"
#include "ui/widgets/flow_layout.h"

#include <QHBoxLayout>
#include <QImageReader>
#ifdef TALLY_HAVE_PREVIEW
#include <QPdfDocument>
#include <QPdfView>
#endif
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStringDecoder>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr std::uint64_t mostPreview = 48ULL << 20; // of PDFs and pictures
constexpr std::uint64_t mostText = 1ULL << 20;
constexpr int mostPictureMegabytes = 256; // decoded: a small file can hold a huge picture
constexpr int leastContent = 220;         // pixels
constexpr int mostSide = 20'000;          // pixels

/// UTF-8 or, with its mark, UTF-16; what is neither is shown byte by byte as Latin-1.
QString decoded(const QByteArray &bytes)
{
    for (const auto encoding : {QStringDecoder::Utf16LE, QStringDecoder::Utf16BE}) {
        const QByteArray mark = encoding == QStringDecoder::Utf16LE ? QByteArray("\xff\xfe") : QByteArray("\xfe\xff");
        if (bytes.startsWith(mark))
            return QStringDecoder(encoding)(bytes.mid(2));
    }
    QStringList lines;
    for (QByteArray line : bytes.split('\n')) { // breaks and tabs are the text's own; everything else is made visible
        if (line.endsWith('\r'))
            line.chop(1);
        QStringList cells;
        for (const QByteArray &cell : line.split('\t'))
            cells.append(foreignText({cell.constData(), static_cast<std::size_t>(cell.size())}));
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n');
}

} // namespace

AttachmentPreview::AttachmentPreview(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_title(new ElidedLabel(Face::Section, Ink::Text, Qt::ElideMiddle))
    , m_facts(new FactsLines)
    , m_edit(new QPushButton)
    , m_save(new QPushButton)
    , m_open(new QPushButton)
    , m_remove(new QPushButton)
    , m_content(new QStackedWidget)
    , m_sentence(makeLabel(Face::Base, Ink::Muted))
    , m_picture(new QLabel)
    , m_pictureArea(new QScrollArea)
    , m_text(new CodeView)
#ifdef TALLY_HAVE_PREVIEW
    , m_document(std::make_unique<QPdfDocument>())
    , m_pages(new QPdfView(nullptr))
#endif
{
    layOut();
    connect(m_edit, &QPushButton::clicked, this, [this] { Q_EMIT editWanted(m_key); });
    connect(m_save, &QPushButton::clicked, this, [this] { Q_EMIT saveWanted(m_key, false); });
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT saveWanted(m_key, true); });
    connect(m_remove, &QPushButton::clicked, this,
        [this] { m_removed ? Q_EMIT restoreWanted(m_key) : Q_EMIT removeWanted(m_key); });
    clear();
}

AttachmentPreview::~AttachmentPreview()
{
#ifdef TALLY_HAVE_PREVIEW
    m_pages->setDocument(nullptr);
#endif
}

void AttachmentPreview::layOut()
{
    auto *whole = new QWidget; // scrolls where the window is low
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(makeScrollArea(whole));
    auto *column = new QVBoxLayout(whole);
    column->setContentsMargins(size::pageMargin, 16, size::pageMargin, 16);
    column->setSpacing(10);
    column->addWidget(m_title);
    column->addWidget(m_facts);
    auto *buttons = new FlowLayout(8);
    for (QPushButton *button : {m_edit, m_save, m_open, m_remove})
        buttons->addWidget(button);
    column->addLayout(buttons);
    m_edit->setObjectName(u"editEvidence"_qs);
    m_save->setObjectName(u"saveEvidence"_qs);
    m_open->setObjectName(u"openEvidence"_qs);
    m_remove->setObjectName(u"removeEvidence"_qs);
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_sentence->setObjectName(u"evidenceSentence"_qs);
    m_text->setObjectName(u"evidenceText"_qs);
    m_text->setNumbered(false);
    m_pictureArea->setWidget(m_picture);
    m_pictureArea->setFrameShape(QFrame::NoFrame);
    m_pictureArea->setWidgetResizable(true);
    m_picture->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_content->addWidget(m_sentence);
    m_content->addWidget(m_pictureArea);
    m_content->addWidget(m_text);
#ifdef TALLY_HAVE_PREVIEW
    m_pages->setDocument(m_document.get());
    m_pages->setFrameShape(QFrame::NoFrame);
    m_pages->setPageMode(QPdfView::PageMode::MultiPage);
    m_pages->setZoomMode(QPdfView::ZoomMode::FitToWidth);
    m_pages->setObjectName(u"evidencePages"_qs);
    m_content->addWidget(m_pages);
#endif
    m_content->setMinimumHeight(leastContent);
    column->addWidget(m_content, 1);
}

void AttachmentPreview::retranslateUi()
{
    m_edit->setText(tr("Edit"));
    m_save->setText(tr("Save a copy"));
    m_open->setText(tr("Save and open"));
    m_open->setToolTip(tr("Saves a copy where you say, and opens that with the system's program."));
    m_remove->setText(m_removed ? tr("Bring back") : tr("Remove"));
    m_picture->setAccessibleName(tr("Picture"));
    m_text->setAccessibleName(tr("Content"));
    if (m_key.isEmpty())
        say(tr("Choose a piece of evidence to see it."));
}

QString AttachmentPreview::shown() const
{
    const QWidget *widget = m_content->currentWidget();
    return widget == m_pictureArea ? u"picture"_qs
        : widget == m_text         ? u"text"_qs
        : widget == m_sentence     ? u"facts"_qs
                                   : u"pages"_qs;
}

void AttachmentPreview::say(const QString &sentence)
{
    m_sentence->setText(sentence);
    m_content->setCurrentWidget(m_sentence);
}

void AttachmentPreview::clear()
{
    m_key.clear();
    m_digest.clear();
    m_title->setText({});
    m_facts->clear();
    for (QPushButton *button : {m_edit, m_save, m_open, m_remove})
        button->hide();
    say(tr("Choose a piece of evidence to see it."));
}

void AttachmentPreview::fillFacts(const Attachment &attachment, bool removed)
{
    m_facts->clear();
    m_title->setText(foreignText(attachment.key + "  " + attachment.displayName()));
    m_facts->addLine(tr("Evidence for"),
        attachment.ids.empty() ? tr("no requirement named") : idsText(attachment.ids, m_session.module()));
    if (attachment.name != attachment.displayName())
        m_facts->addLine(
            attachment.kind == Attachment::Kind::Link ? tr("Address") : tr("File"), foreignText(attachment.name));
    if (!attachment.source.empty())
        m_facts->addLine(tr("From whom"), foreignText(attachment.source));
    if (!attachment.date.empty())
        m_facts->addLine(tr("Date"), dateText(attachment.date));
    if (!attachment.expires.empty())
        m_facts->addLine(tr("Counts until"),
            attachment.isExpired(today()) ? tr("%1, expired").arg(dateText(attachment.expires))
                                          : dateText(attachment.expires),
            nullptr, attachment.isExpired(today()) ? Glyph::Manual : Glyph::None);
    if (!attachment.note.empty())
        m_facts->addLine(tr("Note"), foreignText(attachment.note));
    //: kind of a file, its size
    m_facts->addLine(tr("Content"), tr("%1, %2").arg(toQString(attachment.mediaType), bytesText(attachment.bytes)));
    const QString digest = toQString(attachment.sha256); // no blank in it: it would be cut at the edge
    m_facts->addLine(tr("SHA-256"), digest.left(22) % u'\n' % digest.mid(22, 22) % u'\n' % digest.mid(44));
    const auto who = [](const std::string &by, const std::string &at) {
        const QString when = toQString(formatTime(at, applicationLanguage()));
        return by.empty() ? when : QString(foreignText(by) % u", " % when);
    };
    m_facts->addLine(tr("Attached by"), who(attachment.by, attachment.at));
    if (removed)
        m_facts->addLine(tr("Removed by"), who(attachment.removedBy, attachment.removedAt));
}

void AttachmentPreview::show(const Attachment &attachment, bool removed)
{
    m_removed = removed;
    fillFacts(attachment, removed);
    retranslateUi();
    const bool writable = !m_session.isReadOnly();
    m_edit->setVisible(writable && !removed);
    m_remove->setVisible(writable);
    m_save->setVisible(true);
    m_open->setVisible(attachment.kind == Attachment::Kind::File || attachment.kind == Attachment::Kind::Picture);
    if (toQString(attachment.key) == m_key && attachment.sha256 == m_digest)
        return; // only its texts changed
    m_key = toQString(attachment.key);
    m_digest = attachment.sha256;
    read(attachment);
}

void AttachmentPreview::read(const Attachment &attachment)
{
    const bool text = isShownAsText(attachment.mediaType);
    const bool pages = attachment.mediaType == "application/pdf";
    if (!text && !pages && !isPicture(attachment.mediaType)) {
        say(attachment.bytes == 0
                ? tr("The file is empty.")
                : tr("There is no preview of this kind of file. Save a copy to look at it with another program."));
        return;
    }
    if (!text && attachment.bytes > mostPreview) {
        say(tr("This file is too large for a preview. Save a copy to look at it."));
        return;
    }
    say(tr("Is being read …"));
    m_reading = true;
    m_session.readAttachment(m_key, text ? mostText : mostPreview,
        [preview = QPointer(this), attachment](const Result<EvidenceContent> &content) {
            if (!preview || preview->m_key != toQString(attachment.key))
                return;
            preview->m_reading = false;
            if (content)
                preview->showContent(attachment, *content);
            else
                preview->say(preview->m_session.text(content.error().message));
        });
}

void AttachmentPreview::showContent(const Attachment &attachment, const EvidenceContent &content)
{
    if (isShownAsText(attachment.mediaType)) {
        showText(attachment, content);
        return;
    }
    const bool shown
        = attachment.mediaType == "application/pdf" ? showPages(content.bytes) : showPicture(content.bytes);
    if (!shown)
        say(tr("This file cannot be shown: it is damaged, protected or too large. Save a copy to look at it with "
               "another program."));
}

void AttachmentPreview::showText(const Attachment &attachment, const EvidenceContent &content)
{
    QString text = decoded(content.bytes);
    if (content.cut)
        text += u"\n\n"_qs + tr("… Only the first %1 are shown.").arg(bytesText(mostText));
    m_text->setText(text,
        attachment.mediaType == "application/yaml"       ? CodeLanguage::Yaml
            : attachment.mediaType == "application/json" ? CodeLanguage::Json
                                                         : CodeLanguage::Plain);
    m_content->setCurrentWidget(m_text);
}

bool AttachmentPreview::showPicture(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    QImageReader::setAllocationLimit(mostPictureMegabytes);
    const QSize size = reader.size();
    if (size.width() > mostSide || size.height() > mostSide)
        return false;
    reader.setAutoTransform(true);
    m_image = reader.read();
    if (m_image.isNull())
        return false;
    fitPicture();
    m_content->setCurrentWidget(m_pictureArea);
    return true;
}

void AttachmentPreview::fitPicture()
{
    if (m_image.isNull())
        return;
    const int room = std::max(200, width() - 2 * size::pageMargin - 20);
    m_picture->setPixmap(
        QPixmap::fromImage(m_image.width() > room ? m_image.scaledToWidth(room, Qt::SmoothTransformation) : m_image));
}

bool AttachmentPreview::showPages(const QByteArray &bytes)
{
#ifdef TALLY_HAVE_PREVIEW
    m_document->close();
    m_bytes.close();
    m_bytes.setData(bytes);
    m_bytes.open(QIODevice::ReadOnly);
    m_document->load(&m_bytes);
    if (m_document->status() == QPdfDocument::Status::Error || m_document->pageCount() == 0)
        return false;
    m_content->setCurrentWidget(m_pages);
    return true;
#else
    Q_UNUSED(bytes);
    return false;
#endif
}

void AttachmentPreview::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_content->currentWidget() == m_pictureArea)
        fitPicture();
}

} // namespace tally::ui
