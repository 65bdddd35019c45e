// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/report_page.h"

#include "core/base/messages_audit.h"
#include "core/io/file.h"
#include "ui/dialogs/choosers.h"
#include "ui/dialogs/new_audit_dialog.h"
#include "ui/dialogs/verdict_dialog.h"
#include "ui/models/requirement_state.h"
#include "ui/models/words.h"
#include "ui/pages/report/report_choices.h"
#include "ui/pages/report/report_look_dialog.h"
#include "ui/pages/workbook_exchange.h"
#include "ui/pdf/report_export.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/segmented_control.h"

#include <QComboBox>
#include <QCompleter>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPdfDocument>
#include <QPdfPageNavigator>
#include <QPdfView>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace tally::ui {

/// What a report is made from, as values for the worker.
struct ReportWork
{
    AuditStatePtr audit;
    Knowledge knowledge;
    ReportOptions options;
    std::optional<VerifyResult> chain{};  ///< nothing: not checked, as in the preview
    std::vector<EmbeddedContent> files{}; ///< that a PDF or ZIP carries
    bool filesLeftOut = false;            ///< they were too large
    std::filesystem::path auditFile{};

    [[nodiscard]] ReportInput input() const
    {
        return {*audit, *knowledge.catalogue, *knowledge.checks, chain ? &*chain : nullptr};
    }
};

namespace {

ReportExtras extrasOf(const ReportWork &work)
{
    ReportExtras extras;
    for (const EmbeddedContent &each : work.files)
        extras.files.push_back({safeFileName(each.attachment), each.attachment.displayName(), each.attachment.mediaType,
            each.bytes.toStdString()});
    extras.filesLeftOut = work.filesLeftOut;
    extras.auditFile = work.auditFile;
    return extras;
}

Result<std::string> content(const ReportWork &work, ReportPage::Format format)
{
    return renderReport(format, work.input(), work.options, extrasOf(work));
}

/// Without its dot, as file dialogs want it.
QString suffixOf(ReportPage::Format format)
{
    return toQString(std::string(infoOf(format).suffix.substr(1)));
}

} // namespace

ReportPage::ReportPage(Session &session, FileChooser &files, QWidget *parent)
    : Page(PageId::Report, session, parent)
    , m_files(files)
    , m_answering(new WorkbookExchange(session, files, this))
    , m_document(std::make_unique<QPdfDocument>())
    , m_title(makeLabel(Face::PageTitle))
    , m_choices(new ReportChoices(session))
    , m_languageLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_language(new SegmentedControl(2))
    , m_classificationLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_classification(new QComboBox)
    , m_look(new QPushButton)
    , m_verdict(new QPushButton)
    , m_note(makeLabel(Face::Secondary, Ink::Muted))
    , m_exportPdf(new QPushButton)
    , m_other(new QPushButton)
    , m_back(new QToolButton)
    , m_forward(new QToolButton)
    , m_pageNumber(makeLabel(Face::Secondary, Ink::Muted))
    , m_working(makeLabel(Face::Secondary, Ink::Muted))
    , m_zoom(new SegmentedControl(2))
    , m_view(new QPdfView(nullptr))
{
    auto *whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(makeChoices());
    whole->addWidget(new Line(Qt::Vertical));
    whole->addWidget(makePreview(), 1);
    m_settle.setSingleShot(true);
    m_settle.setInterval(700);
    m_language->setCurrent(applicationLanguage() == Language::German ? 0 : 1);
    connect(m_choices, &ReportChoices::changed, this, &ReportPage::renewPreview);
    connect(m_language, &SegmentedControl::chosen, this, &ReportPage::renewPreview);
    connect(m_classification->lineEdit(), &QLineEdit::editingFinished, this, &ReportPage::setClassification);
    connect(m_classification, &QComboBox::activated, this, &ReportPage::setClassification);
    connect(m_look, &QPushButton::clicked, this, &ReportPage::askForLook);
    connect(m_verdict, &QPushButton::clicked, this, &ReportPage::askForVerdict);
    connect(m_exportPdf, &QPushButton::clicked, this, [this] { exportTo(Format::Pdf); });
}

ReportPage::~ReportPage()
{
    m_view->setDocument(nullptr);
}

QWidget *ReportPage::makeChoices()
{
    auto *side = new Panel(Panel::Ground::Raised);
    side->setFixedWidth(320);
    auto *content = new Panel(Panel::Ground::Raised);
    auto *choices = new QVBoxLayout(content);
    choices->setContentsMargins(size::pageMargin, 20, size::pageMargin, 8);
    choices->setSpacing(4);
    choices->addWidget(m_title);
    choices->addSpacing(8);
    choices->addWidget(m_choices);
    choices->addSpacing(8);
    choices->addWidget(m_languageLabel);
    choices->addWidget(m_language);
    choices->addSpacing(8);
    choices->addWidget(m_classificationLabel);
    choices->addWidget(m_classification);
    choices->addSpacing(8);
    choices->addWidget(m_look);
    choices->addStretch();
    auto *whole = new QVBoxLayout(side);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(makeScrollArea(content), 1);
    auto *column = new QVBoxLayout;
    column->setContentsMargins(size::pageMargin, 8, size::pageMargin, 16);
    column->setSpacing(4);
    whole->addLayout(column);
    m_note->setWordWrap(true);
    column->addWidget(m_note);
    column->addSpacing(8);
    column->addWidget(m_verdict);
    column->addSpacing(8);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_exportPdf, 1);
    buttons->addWidget(m_other);
    column->addLayout(buttons);
    m_language->setObjectName(u"reportLanguage"_qs);
    m_classification->setObjectName(u"classification"_qs);
    m_exportPdf->setObjectName(u"exportPdf"_qs);
    m_other->setObjectName(u"otherFormats"_qs);
    m_exportPdf->setDefault(true);
    m_look->setObjectName(u"reportLook"_qs);
    m_verdict->setObjectName(u"overallVerdict"_qs);
    m_classification->setEditable(true);
    m_classification->setInsertPolicy(QComboBox::NoInsert);
    m_classification->addItems({QString(), u"TLP:CLEAR"_qs, u"TLP:GREEN"_qs, u"TLP:AMBER"_qs, u"TLP:AMBER+STRICT"_qs,
        u"TLP:RED"_qs, u"VS-NfD"_qs, u"VERTRAULICH"_qs});
    m_classification->completer()->setCaseSensitivity(Qt::CaseInsensitive);
    m_classificationLabel->setBuddy(m_classification);
    auto *menu = new QMenu(m_other);
    for (const ReportFormatInfo &info : reportFormats()) {
        if (info.format == Format::Pdf) // has a button of its own
            continue;
        if (info.format == Format::Zip)
            menu->addSeparator();
        m_formats.emplace_back(
            info.format, menu->addAction(QString(), this, [this, format = info.format] { exportTo(format); }));
    }
    menu->addSeparator();
    m_readAnswers = menu->addAction(QString(), this, [this] { m_answering->askToRead(); });
    m_other->setMenu(menu);
    return side;
}

QWidget *ReportPage::makePreview()
{
    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *bar = new Panel(Panel::Ground::Raised);
    bar->setMinimumHeight(size::head);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 6, 16, 6);
    m_back->setIcon(icon(u"chevron-up"_qs));
    m_forward->setIcon(icon(u"chevron-down"_qs));
    row->addWidget(m_back);
    row->addWidget(m_forward);
    row->addWidget(m_pageNumber);
    row->addWidget(m_working);
    row->addStretch();
    row->addWidget(m_zoom);
    column->addWidget(bar);
    column->addWidget(new Line);
    column->addWidget(m_view, 1);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setObjectName(u"reportPreview"_qs);
    m_view->setDocument(m_document.get());
    m_view->setPageMode(QPdfView::PageMode::MultiPage);
    m_view->setZoomMode(QPdfView::ZoomMode::FitInView);
    // To fit a page QPdfView 6.4 takes off the sides' margins and the spacing, not the margins above and below.
    m_view->setPageSpacing(16);
    m_view->setDocumentMargins({24, 8, 24, 8});
    m_zoom->setObjectName(u"reportZoom"_qs);
    connect(m_back, &QToolButton::clicked, this, [this] { turn(-1); });
    connect(m_forward, &QToolButton::clicked, this, [this] { turn(1); });
    connect(m_view->pageNavigator(), &QPdfPageNavigator::currentPageChanged, this, &ReportPage::showPageNumber);
    connect(m_zoom, &SegmentedControl::chosen, this, [this](int chosen) {
        m_view->setZoomMode(chosen == 0 ? QPdfView::ZoomMode::FitInView : QPdfView::ZoomMode::FitToWidth);
    });
    dressPreview();
    return right;
}

QString ReportPage::title() const
{
    return tr("Report");
}

bool ReportPage::isBusy() const
{
    return m_preview.isRunning() || m_export.isRunning() || m_answering->isRunning() || m_settle.isActive();
}

void ReportPage::retranslateUi()
{
    m_title->setText(title());
    m_choices->retranslate();
    m_languageLabel->setText(tr("Language of the report"));
    m_language->setTexts({u"Deutsch"_qs, u"English"_qs}); // languages name themselves
    m_language->setName(tr("Language of the report"));
    m_classificationLabel->setText(tr("Classification"));
    m_classification->setAccessibleName(tr("Classification"));
    m_classification->lineEdit()->setAccessibleName(tr("Classification"));
    m_classification->lineEdit()->setPlaceholderText(tr("none"));
    m_look->setText(tr("Logo, letterhead, paper …"));
    m_verdict->setText(tr("Overall verdict …"));
    m_verdict->setToolTip(tr("The sentence that heads the summary, and the deviations that it lists"));
    m_exportPdf->setText(tr("Export PDF"));
    m_other->setText(tr("Other"));
    for (const auto &[format, action] : m_formats)
        action->setText(session().text({infoOf(format).name}));
    m_readAnswers->setText(tr("Read answers back in …"));
    m_back->setAccessibleName(tr("Page before"));
    m_back->setToolTip(tr("Page before"));
    m_forward->setAccessibleName(tr("Next page"));
    m_forward->setToolTip(tr("Next page"));
    m_zoom->setTexts({tr("Whole page"), tr("Page width")});
    m_zoom->setName(tr("Zoom"));
    m_view->setAccessibleName(tr("Pages of the report"));
    m_working->setText(tr("Preview is being made …"));
    showPageNumber();
}

void ReportPage::setState(const AuditState &state)
{
    if (!m_classification->lineEdit()->hasFocus())
        m_classification->setEditText(toQString(state.info.classification));
    m_choices->setState(state);
    m_look->setEnabled(session().hasAudit() && !session().isReadOnly());
    m_verdict->setEnabled(m_look->isEnabled());
    const Decided decided = countDecided(state, session().module());
    const int open = decided.total - decided.done;
    m_note->setText(open == 0 ? tr("All requirements are decided.")
                              : tr("%n requirement(s) are still open. The report names them.", nullptr, open));
    renewPreview();
}

void ReportPage::goTo(const Address &address)
{
    if (address.tab != u"requests")
        return;
    m_choices->setKind(ReportOptions::Kind::Requests);
    renewPreview();
}

ReportOptions ReportPage::options() const
{
    ReportOptions options;
    options.language = m_language->current() == 0 ? Language::German : Language::English;
    options.kind = m_choices->kind();
    options.choice = m_choices->choice();
    options.moduleId = session().module().id;
    return options;
}

void ReportPage::setClassification()
{
    AuditInfo info = session().state()->info;
    info.classification = toUtf8String(m_classification->currentText().trimmed());
    if (!(info == session().state()->info))
        session().setInfo(info);
}

void ReportPage::askForLook()
{
    auto *dialog = new ReportLookDialog(
        m_files, [this](const Message &message) { return session().text(message); },
        reportLook(session().state()->records), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReportLookDialog::taken, this, [this](const ReportLook &look) {
        if (std::vector<AuditChange> changes = lookChanges(session().state()->records, look); !changes.empty())
            session().change(std::move(changes));
    });
    dialog->open();
}

void ReportPage::askForVerdict()
{
    auto *dialog = new VerdictDialog(session(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ReportPage::renewPreview()
{
    if (m_preview.isRunning()) {
        m_again = true;
        return;
    }
    m_again = false;
    m_working->show();
    const ReportWork work{session().state(), session().knowledge(), options()};
    m_preview.start([work](const RunContext &) { return content(work, Format::Pdf); },
        [this](const Result<std::string> &pdf) {
            if (m_again)
                renewPreview();
            else
                showPdf(pdf);
        });
}

void ReportPage::showPdf(const Result<std::string> &pdf)
{
    m_working->hide();
    if (!pdf) {
        Q_EMIT session().failed(pdf.error(), title());
        return;
    }
    const int page = m_view->pageNavigator()->currentPage();
    m_document->close();
    m_bytes.close();
    m_bytes.setData(QByteArray::fromStdString(*pdf));
    m_bytes.open(QIODevice::ReadOnly);
    m_document->load(&m_bytes);
    if (page > 0 && page < m_document->pageCount())
        m_view->pageNavigator()->jump(page, {});
    showPageNumber();
    m_settle.start();
}

void ReportPage::showPageNumber()
{
    const int pages = m_document->pageCount();
    const int page = m_view->pageNavigator()->currentPage();
    m_pageNumber->setText(
        pages > 0 ? tr("Page %1 of %2").arg(QString::number(page + 1), QString::number(pages)) : QString());
    m_back->setEnabled(page > 0);
    m_forward->setEnabled(page + 1 < pages);
}

void ReportPage::turn(int pages)
{
    const int page = m_view->pageNavigator()->currentPage() + pages;
    if (page >= 0 && page < m_document->pageCount())
        m_view->pageNavigator()->jump(page, {});
}

void ReportPage::dressPreview()
{
    QPalette desk = palette();
    desk.setColor(QPalette::Dark, colorsOf(palette()).desk); // what QPdfView paints behind its pages
    m_view->setPalette(desk);
}

void ReportPage::exportTo(Format format)
{
    const AuditInfo &info = session().state()->info;
    QString name = fileNameFor(toQString(info.organisation), toQString(info.title));
    name.chop(static_cast<int>(QString(u"tally"_qs).size()));
    const QString suffix = suffixOf(format);
    if (isForReading(format) && m_choices->kind() != ReportOptions::Kind::Full)
        name += toQString(std::string(infoOf(m_choices->kind()).name)) % u'.';
    const QFileInfo audit(session().path());
    m_files.saveFile(this, tr("Export report"), audit.dir().filePath(name + suffix),
        {tr("%1 files (*.%2)").arg(suffix.section(u'.', -1).toUpper(), suffix)}, suffix,
        [this, format](const QStringList &paths) { write(format, paths.value(0)); });
}

void ReportPage::write(Format format, const QString &path)
{
    if (path.isEmpty() || m_export.isRunning())
        return;
    m_exportPdf->setEnabled(false);
    session().whenRechecked([page = QPointer(this), format, path](bool good) {
        if (!page)
            return;
        page->m_exportPdf->setEnabled(true);
        if (good)
            page->writeNow(format, path);
    });
}

/// No digest in it is out of the cache, unless its file is gone, which the report says.
void ReportPage::writeNow(Format format, const QString &path)
{
    if (m_export.isRunning())
        return;
    // first into the journal: its head stands in the report
    session().recordReport(QFileInfo(path).fileName(), options().language);
    const AuditStatePtr state = session().state();
    m_exportPdf->setEnabled(false);
    session().verify([page = QPointer(this), format, path, state](const std::optional<VerifyResult> &chain) {
        if (page)
            page->writeVerified(format, path, state, chain);
    });
}

void ReportPage::writeVerified(
    Format format, const QString &path, const AuditStatePtr &state, const std::optional<VerifyResult> &chain)
{
    ReportWork work{state, session().knowledge(), options(), chain};
    work.auditFile = session().path().toStdU16String();
    session().embedAttachments(maxAttachedBytes(format, work.options.kind),
        [page = QPointer(this), work = std::move(work), format, path](std::vector<EmbeddedContent> files) mutable {
            if (!page || page->m_export.isRunning())
                return;
            work.files = std::move(files);
            work.filesLeftOut = work.files.size() < work.audit->attachments.size();
            page->startExport(format, path, work);
        });
}

void ReportPage::startExport(Format format, const QString &path, const ReportWork &work)
{
    m_export.start(
        [work, format, file = std::filesystem::path(path.toStdU16String())](const RunContext &) -> Result<> {
            TALLY_ASSIGN(const std::string bytes, content(work, format));
            return saveAtomically(file, bytes);
        },
        [this, path, chain = work.chain](const Result<> &done) {
            m_exportPdf->setEnabled(true);
            if (!done) {
                Q_EMIT session().failed(done.error(), path);
                return;
            }
            Q_EMIT session().reportWritten(path);
            if (chain && !chain->consistent) { // nobody reads chapter 6.2 before handing a report over
                std::string where;
                for (const Message &problem : chain->problems)
                    where += toUtf8String(session().text(problem)) + "\n";
                Q_EMIT session().failed({ErrorKind::Malformed, {auditDef("audit.changed-outside"), {}}, where}, path);
            }
        });
}

void ReportPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        dressPreview();
    Page::changeEvent(event);
}

} // namespace tally::ui
