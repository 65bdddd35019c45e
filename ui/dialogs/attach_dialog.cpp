// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/attach_dialog.h"

#include "core/base/messages_audit.h"
#include "ui/dialogs/choosers.h"
#include "ui/models/words.h"
#include "ui/pages/evidence/attachment_rows.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/date_field.h"
#include "ui/widgets/drop_zone.h"
#include "ui/widgets/segmented_control.h"

#include <QBuffer>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QGridLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tally::ui {

namespace {

constexpr int mostPathsShown = 6;
constexpr QSize pictureRoom(520, 120);

bool isAddress(const QString &text)
{
    const QString trimmed = text.trimmed();
    return !trimmed.contains(u'\n')
        && (trimmed.startsWith(u"https://", Qt::CaseInsensitive)
            || trimmed.startsWith(u"http://", Qt::CaseInsensitive));
}

} // namespace

AttachStart AttachStart::of(const QMimeData *data)
{
    AttachStart start;
    if (!data)
        return start;
    start.paths = droppedPaths(data);
    if (!start.paths.isEmpty())
        return start;
    if (data->hasImage()) {
        start.picture = qvariant_cast<QImage>(data->imageData());
        if (!start.picture.isNull())
            return start;
    }
    const QString text = data->text(); // markup of a page is left aside: its text is what is kept
    (isAddress(text) ? start.link : start.text) = text;
    return start;
}

AttachDialog::AttachDialog(FileChooser &files, Texts texts, const Catalogue &catalogue, const Module &module,
    const AttachStart &start, QWidget *parent)
    : QDialog(parent)
    , m_files(files)
    , m_texts(std::move(texts))
    , m_catalogue(catalogue)
    , m_module(module)
    , m_title(makeLabel(Face::Title))
    , m_tabs(new SegmentedControl(4))
    , m_content(new QStackedWidget)
    , m_pathList(makeLabel(Face::Base))
    , m_choose(new QPushButton)
    , m_noteText(new QPlainTextEdit)
    , m_address(new QLineEdit)
    , m_picture(new QLabel)
    , m_name(new QLineEdit)
    , m_for(new QLineEdit(idsText(start.ids, module)))
    , m_source(new QLineEdit)
    , m_date(new DateField)
    , m_expires(new DateField)
    , m_note(new QPlainTextEdit)
    , m_warning(makeLabel(Face::Secondary, Ink::Muted))
    , m_hint(makeLabel(Face::Base))
    , m_cancel(new QPushButton)
    , m_attach(new QPushButton)
{
    setObjectName(u"attachDialog"_qs);
    setAcceptDrops(true);
    layOut();
    setTexts();
    show(start);
}

AttachDialog::AttachDialog(FileChooser &files, Texts texts, const Catalogue &catalogue, const Module &module,
    const Attachment &kept, QWidget *parent)
    : AttachDialog(files, std::move(texts), catalogue, module, AttachStart{.ids = kept.ids}, parent)
{
    m_edits = true;
    m_kept = kept;
    setAcceptDrops(false);
    m_tabs->hide();
    m_content->hide();
    m_warning->hide();
    m_name->setText(toQString(kept.title));
    m_source->setText(toQString(kept.source));
    m_date->setIsoDate(toQString(kept.date));
    m_expires->setIsoDate(toQString(kept.expires));
    m_note->setPlainText(toQString(kept.note));
    setTexts();
    m_name->setFocus();
}

QWidget *AttachDialog::makeContent()
{
    auto *files = new QWidget;
    auto *row = new QHBoxLayout(files);
    row->setContentsMargins(0, 0, 0, 0);
    m_pathList->setWordWrap(true);
    row->addWidget(m_pathList, 1);
    row->addWidget(m_choose, 0, Qt::AlignTop);
    m_content->addWidget(files);
    m_content->addWidget(m_noteText);
    auto *link = new QWidget;
    auto *column = new QVBoxLayout(link);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_address);
    column->addStretch();
    m_content->addWidget(link);
    m_content->addWidget(m_picture);
    m_content->setFixedHeight(pictureRoom.height());
    m_choose->setObjectName(u"chooseFiles"_qs);
    m_noteText->setObjectName(u"noteText"_qs);
    m_address->setObjectName(u"linkAddress"_qs);
    m_noteText->setTabChangesFocus(true);
    return m_content;
}

void AttachDialog::layOut()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_tabs);
    column->addWidget(makeContent());
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 2);
    grid->setColumnStretch(3, 1);
    const auto add = [grid](QWidget *field, const QString &name, int line, int place, int span = 1) {
        auto *label = makeLabel(Face::Secondary, Ink::Muted);
        label->setObjectName(name + u"Label"_qs);
        label->setBuddy(field);
        field->setObjectName(name);
        grid->addWidget(label, line, place);
        grid->addWidget(field, line, place + 1, 1, span);
    };
    add(m_name, u"attachTitle"_qs, 0, 0, 3);
    add(m_for, u"attachFor"_qs, 1, 0, 3);
    add(m_source, u"attachSource"_qs, 2, 0);
    add(m_date, u"attachDate"_qs, 2, 2);
    add(m_expires, u"attachExpires"_qs, 3, 2);
    add(m_note, u"attachNote"_qs, 3, 0);
    m_note->setProperty("input", true);
    m_note->setMaximumHeight(64);
    m_note->setTabChangesFocus(true);
    column->addLayout(grid);
    m_warning->setWordWrap(true);
    column->addWidget(m_warning);
    m_hint->setWordWrap(true);
    m_hint->setObjectName(u"attachHint"_qs);
    column->addWidget(m_hint);
    column->addStretch();
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_attach);
    column->addLayout(buttons);
    setMinimumWidth(640);
    m_attach->setObjectName(u"attach"_qs);
    m_attach->setDefault(true);
    m_cancel->setAutoDefault(false);
    m_choose->setAutoDefault(false);
    connect(m_tabs, &SegmentedControl::chosen, m_content, &QStackedWidget::setCurrentIndex);
    connect(m_choose, &QPushButton::clicked, this, &AttachDialog::choose);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_attach, &QPushButton::clicked, this, &AttachDialog::accept);
}

void AttachDialog::setTexts()
{
    m_title->setText(m_edits ? tr("Evidence %1").arg(toQString(m_kept.key)) : tr("Attach evidence"));
    setWindowTitle(m_title->text());
    m_tabs->setTexts({tr("Files"), tr("Note"), tr("Link"), tr("Picture")});
    m_tabs->setName(tr("What is attached"));
    m_choose->setText(tr("Choose files"));
    m_noteText->setPlaceholderText(tr("What was said, seen or asked"));
    m_noteText->setAccessibleName(tr("Text of the note"));
    m_address->setPlaceholderText(u"https://"_qs);
    m_address->setAccessibleName(tr("Address"));
    const auto name = [this](QWidget *field, const QString &text) {
        findChild<QLabel *>(field->objectName() + u"Label"_qs)->setText(text);
        field->setAccessibleName(text);
    };
    name(m_name, tr("Title"));
    name(m_for, tr("Evidence for"));
    name(m_source, tr("From whom"));
    name(m_date, tr("Date"));
    name(m_expires, tr("Counts until"));
    name(m_note, tr("Note"));
    m_name->setPlaceholderText(m_edits ? QString() : tr("as the file is called"));
    m_for->setPlaceholderText(tr("for instance A3, A17.2"));
    m_warning->setText(m_texts({auditDef("attachment.not-masked"), {}}));
    m_cancel->setText(tr("Cancel"));
    m_attach->setText(m_edits ? tr("Save") : tr("Attach"));
}

void AttachDialog::show(const AttachStart &start)
{
    addPaths(start.paths);
    setPicture(start.picture);
    m_noteText->setPlainText(start.text);
    m_address->setText(start.link.trimmed());
    const int tab = !start.paths.isEmpty() ? Files
        : !start.picture.isNull()          ? Picture
        : !start.link.isEmpty()            ? Link
        : !start.text.isEmpty()            ? Note
                                           : Files;
    m_tabs->setSegmentVisible(Picture, !start.picture.isNull());
    m_tabs->setCurrent(tab);
    m_content->setCurrentIndex(tab);
    if (tab == Files && start.paths.isEmpty())
        m_choose->setFocus();
    else
        m_name->setFocus();
}

void AttachDialog::addPaths(const QStringList &paths)
{
    for (const QString &path : paths) {
        if (!m_paths.contains(path))
            m_paths.append(path);
    }
    QStringList names;
    for (const QString &path : std::as_const(m_paths)) {
        if (names.size() < mostPathsShown)
            names.append(foreignText(toUtf8String(QFileInfo(path).fileName())));
    }
    if (m_paths.size() > mostPathsShown)
        names.append(tr("and %n more", nullptr, static_cast<int>(m_paths.size() - mostPathsShown)));
    m_pathList->setText(m_paths.isEmpty() ? tr("Choose files, or drop them here.") : names.join(u'\n'));
    m_name->setEnabled(m_paths.size() < 2); // several keep their own names
}

void AttachDialog::setPicture(const QImage &picture)
{
    m_image = picture;
    if (!picture.isNull())
        m_picture->setPixmap(
            QPixmap::fromImage(picture.scaled(pictureRoom, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
}

void AttachDialog::choose()
{
    m_files.openFiles(
        this, tr("Attach evidence"), {tr("All files (*)")}, [this](const QStringList &paths) { addPaths(paths); });
}

void AttachDialog::say(const QString &hint)
{
    m_hint->setText(hint);
}

bool AttachDialog::fill(Attachment &about)
{
    QString unknown;
    auto ids = idsFromText(m_for->text(), m_module, m_catalogue, unknown);
    if (!ids) {
        say(m_texts({auditDef("audit.unknown-requirement"), {toUtf8String(unknown)}}));
        m_for->setFocus();
        return false;
    }
    for (DateField *field : {m_date, m_expires}) {
        if (!field->isAcceptable()) {
            say(m_texts({auditDef("attachment.date"), {toUtf8String(field->text())}}));
            field->setFocus();
            return false;
        }
    }
    about.ids = *std::move(ids);
    if (m_name->isEnabled() && (m_edits || !m_name->text().trimmed().isEmpty()))
        about.title = toUtf8String(m_name->text().trimmed());
    about.source = toUtf8String(m_source->text().trimmed());
    about.note = toUtf8String(m_note->toPlainText().trimmed());
    if (m_edits || !m_date->isoDate().isEmpty())
        about.date = toUtf8String(m_date->isoDate());
    about.expires = toUtf8String(m_expires->isoDate());
    if (auto wrong = validateAttachment(about)) {
        say(m_texts(*wrong));
        return false;
    }
    return true;
}

Result<std::vector<NewAttachment>> AttachDialog::contents() const
{
    std::vector<NewAttachment> all;
    switch (static_cast<Tab>(m_content->currentIndex())) {
    case Files:
        for (const QString &path : m_paths) {
            TALLY_ASSIGN(all.emplace_back(), NewAttachment::fromFile(path.toStdU16String()));
        }
        break;
    case Note: {
        TALLY_ASSIGN(all.emplace_back(), NewAttachment::fromText(toUtf8String(m_noteText->toPlainText())));
        break;
    }
    case Link: {
        TALLY_ASSIGN(all.emplace_back(), NewAttachment::fromLink(toUtf8String(m_address->text())));
        break;
    }
    case Picture: {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        m_image.save(&buffer, "PNG");
        all.push_back(NewAttachment::fromPicture(png.toStdString(), toUtf8String(tr("Screenshot") + u".png"_qs)));
        break;
    }
    }
    return all;
}

void AttachDialog::accept()
{
    if (m_edits) {
        if (!fill(m_kept))
            return;
        Q_EMIT changed(m_kept);
        QDialog::accept();
        return;
    }
    auto all = contents();
    if (!all) {
        say(m_texts(all.error().message));
        return;
    }
    if (all->empty()) {
        say(tr("Choose what is to be attached."));
        return;
    }
    for (NewAttachment &each : *all) {
        if (!fill(each.about))
            return;
    }
    Q_EMIT attachWanted(*all);
    QDialog::accept();
}

void AttachDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedPaths(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void AttachDialog::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    addPaths(droppedPaths(event->mimeData()));
    m_tabs->setCurrent(Files);
    m_content->setCurrentIndex(Files);
}

} // namespace tally::ui
