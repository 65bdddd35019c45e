// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/evidence_page.h"

#include "ui/dialogs/attach_dialog.h"
#include "ui/dialogs/choosers.h"
#include "ui/dialogs/open_again.h"
#include "ui/models/words.h"
#include "ui/pages/evidence/attaching.h"
#include "ui/pages/evidence/attachment_preview.h"
#include "ui/pages/evidence/attachment_rows.h"
#include "ui/pages/evidence/requests_pane.h"
#include "ui/pages/table_pane.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/drop_zone.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/splitters.h"
#include "ui/widgets/tab_strip.h"

#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

enum Tab { Kept, Asked };

} // namespace

EvidencePage::EvidencePage(Session &session, FileChooser &files, QSettings &settings, QWidget *parent)
    : Page(PageId::Evidence, session, parent)
    , m_files(files)
    , m_title(makeLabel(Face::PageTitle))
    , m_subline(makeLabel(Face::Base, Ink::Muted))
    , m_attach(new QPushButton(icon(u"clip"_qs, QPalette::Base), {}))
    , m_paste(new QPushButton)
    , m_export(new QPushButton(icon(u"export"_qs), {}))
    , m_tabs(new TabStrip)
    , m_filter(new QComboBox)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState(u"clip"_qs))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_table(new TablePane)
    , m_preview(new AttachmentPreview(session))
    , m_requests(new RequestsPane(session, files))
{
    setAcceptDrops(true);
    layOut(settings);
    connect(m_attach, &QPushButton::clicked, this, [this] { attach({}); });
    connect(m_paste, &QPushButton::clicked, this,
        [this] { attach(AttachStart::of(QGuiApplication::clipboard()->mimeData())); });
    connect(m_export, &QPushButton::clicked, this, &EvidencePage::exportAll);
    connect(m_empty->button(), &QPushButton::clicked, this, [this] { attach({}); });
    connect(m_tabs, &TabStrip::chosen, this, &EvidencePage::showTab);
    connect(m_filter, &QComboBox::activated, this, &EvidencePage::showRows);
    connect(m_table, &TablePane::chosenChanged, this, &EvidencePage::showChosen);
    connect(m_preview, &AttachmentPreview::editWanted, this, &EvidencePage::edit);
    connect(m_preview, &AttachmentPreview::saveWanted, this, &EvidencePage::save);
    connect(m_preview, &AttachmentPreview::removeWanted, &session, &Session::removeAttachment);
    connect(m_preview, &AttachmentPreview::restoreWanted, &session, &Session::restoreAttachment);
    connect(m_requests, &RequestsPane::navigate, this, &Page::navigate);
    connect(&session, &Session::attached, this, [this](const QString &key) {
        if (isVisible())
            m_table->choose(key);
    });
}

QWidget *EvidencePage::makeHead()
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(size::pageMargin, 20, size::pageMargin, 8);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(m_title);
    texts->addWidget(m_subline);
    row->addLayout(texts, 1);
    row->addWidget(m_export);
    row->addWidget(m_paste);
    row->addWidget(m_attach);
    m_attach->setDefault(true);
    m_attach->setObjectName(u"attachEvidence"_qs);
    m_paste->setObjectName(u"pasteEvidence"_qs);
    m_export->setObjectName(u"exportEvidence"_qs);
    return head;
}

void EvidencePage::layOut(QSettings &settings)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    auto *strip = new QHBoxLayout;
    strip->setContentsMargins(size::pageMargin - 12, 0, size::pageMargin, 0);
    strip->addWidget(m_tabs);
    strip->addStretch();
    column->addLayout(strip);
    column->addWidget(new Line);
    m_table->tools().addWidget(m_filter);
    m_table->table().setObjectName(u"evidenceTable"_qs);
    m_table->setYielding({3, 6, 4}, 180); // all of them are told beside the table
    m_filter->setObjectName(u"evidenceFilter"_qs);
    for (int i = 0; i < 5; ++i)
        m_filter->addItem(QString());
    auto *side = new Panel(Panel::Ground::Raised);
    auto *inside = new QVBoxLayout(side);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->addWidget(m_preview);
    side->setMinimumWidth(340);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(side);
    m_splitter->setStretchFactor(0, 1);
    rememberSplitter(*m_splitter, settings, u"evidence"_qs, {700, 380});
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_requests);
    column->addWidget(m_stack, 1);
}

QString EvidencePage::title() const
{
    return tr("Evidence");
}

bool EvidencePage::isBusy() const
{
    return m_preview->isBusy();
}

void EvidencePage::retranslateUi()
{
    m_title->setText(title());
    m_attach->setText(tr("Attach"));
    m_paste->setText(tr("Paste"));
    m_paste->setToolTip(tr("Attaches the picture, the text, the link or the files that the clipboard holds."));
    m_export->setText(tr("Write all to a folder"));
    m_filter->setItemText(0, tr("All"));
    m_filter->setItemText(1, tr("Files and pictures"));
    m_filter->setItemText(2, tr("Notes and links"));
    m_filter->setItemText(3, tr("Expired"));
    m_filter->setItemText(4, tr("Removed"));
    m_filter->setAccessibleName(tr("Which evidence"));
    m_table->setName(tr("Evidence"));
    m_empty->setTexts(tr("No evidence yet"),
        tr("Here you keep what proves how a requirement is met: documents, screenshots, notes of interviews, links. "
           "Drop files here, paste, or attach them at a requirement with E."));
    m_empty->button()->setText(tr("Attach evidence"));
    m_preview->retranslateUi();
    m_requests->retranslateUi();
}

void EvidencePage::setState(const AuditState &state)
{
    const bool writable = session().hasAudit() && !session().isReadOnly();
    m_attach->setEnabled(writable);
    m_paste->setEnabled(writable);
    m_export->setEnabled(!state.attachments.empty());
    m_empty->button()->setVisible(writable);
    qsizetype open = 0;
    for (const auto &[key, request] : state.records.requests)
        open += request.state == EvidenceRequest::State::Open ? 1 : 0;
    m_tabs->setTabs({tr("Kept"), tr("Asked for")}, {QString::number(state.attachments.size()), QString::number(open)});
    const auto old
        = std::ranges::count_if(state.attachments, [](const Attachment &each) { return each.isExpired(today()); });
    m_subline->setText(old == 0 ? tr("Kept in the audit file as it was handed over, not masked")
                                : tr("%n piece(s) of evidence have expired", nullptr, static_cast<int>(old)));
    m_requests->setState(state);
    showRows();
    showTab(m_tabs->current());
}

void EvidencePage::showRows()
{
    const AuditStatePtr state = session().state();
    const AttachmentFilter filter{static_cast<AttachmentFilter::Which>(std::max(0, m_filter->currentIndex()))};
    m_table->setTable(AttachmentRows::columns(), AttachmentRows::rows(*state, session().module(), filter),
        {72, -1, 84, 72, 106, 122, 84});
    if (!m_table->chosen().isValid() && m_table->table().model()->rowCount() > 0)
        m_table->table().selectRow(0);
    showChosen();
}

void EvidencePage::showChosen()
{
    const AuditStatePtr state = session().state();
    const std::string key = toUtf8String(m_table->chosen().toString());
    const bool removed
        = static_cast<AttachmentFilter::Which>(m_filter->currentIndex()) == AttachmentFilter::Which::Removed;
    const Attachment *chosen = findAttachment(removed ? state->removedAttachments : state->attachments, key);
    if (chosen)
        m_preview->show(*chosen, removed);
    else
        m_preview->clear();
}

void EvidencePage::showTab(int tab)
{
    const AuditStatePtr state = session().state();
    const bool empty = state->attachments.empty() && state->removedAttachments.empty();
    if (tab == Asked)
        m_stack->setCurrentWidget(m_requests);
    else
        m_stack->setCurrentWidget(empty ? static_cast<QWidget *>(m_empty) : m_splitter);
}

void EvidencePage::attach(const AttachStart &start)
{
    if (!session().hasAudit() || session().isReadOnly())
        return;
    openAttachDialog(session(), m_files, start, this);
}

void EvidencePage::edit(const QString &key)
{
    const Attachment *kept = findAttachment(session().state()->attachments, toUtf8String(key));
    if (!kept)
        return;
    auto *dialog = new AttachDialog(
        m_files, [this](const Message &message) { return session().text(message); }, session().catalogue(),
        session().module(), *kept, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AttachDialog::changed, &session(), [this, dialog](const Attachment &changed) {
        openAgainIfRefused(*dialog, session(), [&] { session().updateAttachment(changed); });
    });
    dialog->open();
}

/// Never straight out of the audit: a program that opens it works on a copy that the person knows of.
void EvidencePage::save(const QString &key, bool thenOpen)
{
    const AuditStatePtr state = session().state();
    const Attachment *wanted = findAttachment(state->attachments, toUtf8String(key));
    if (!wanted)
        wanted = findAttachment(state->removedAttachments, toUtf8String(key));
    if (!wanted)
        return;
    const QString name = toQString(safeFileName(*wanted));
    const QDir folder = QFileInfo(session().path()).dir();
    m_files.saveFile(this, tr("Save a copy"), folder.filePath(name), {tr("All files (*)")}, QFileInfo(name).suffix(),
        [this, key, thenOpen](const QStringList &paths) {
            if (paths.isEmpty())
                return;
            session().saveAttachment(key, paths.front(), [path = paths.front(), thenOpen](bool saved) {
                if (saved && thenOpen)
                    QDesktopServices::openUrl(QUrl::fromLocalFile(path));
            });
        });
}

void EvidencePage::exportAll()
{
    m_files.openFolder(this, tr("Folder for the evidence"), [this](const QStringList &paths) {
        if (!paths.isEmpty())
            session().exportAttachments(paths.front());
    });
}

std::vector<PageTab> EvidencePage::tabs() const
{
    if (!session().hasAudit())
        return {};
    return {{u"kept"_qs, tr("Kept")}, {u"asked"_qs, tr("Asked for")}};
}

void EvidencePage::goTo(const Address &address)
{
    if (address.tab == u"asked") {
        m_tabs->setCurrent(Asked);
        showTab(Asked);
        if (!address.record.isEmpty())
            m_requests->chooseRequest(address.record);
        return;
    }
    m_tabs->setCurrent(Kept);
    showTab(Kept);
    if (!address.evidence.isEmpty()) {
        m_filter->setCurrentIndex(0);
        showRows();
        m_table->choose(address.evidence);
    }
    m_table->table().setFocus(Qt::OtherFocusReason);
}

void EvidencePage::dragEnterEvent(QDragEnterEvent *event)
{
    if (session().hasAudit() && !session().isReadOnly() && !droppedPaths(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void EvidencePage::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    attach(AttachStart::of(event->mimeData()));
}

} // namespace tally::ui
