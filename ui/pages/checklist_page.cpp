// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checklist_page.h"

#include "ui/dialogs/confirm_dialog.h"
#include "ui/models/words.h"
#include "ui/pages/checklist/bulk_panel.h"
#include "ui/pages/checklist/decision_more.h"
#include "ui/pages/checklist/decision_panel.h"
#include "ui/pages/checklist/guidance_pane.h"
#include "ui/pages/checklist/requirement_delegate.h"
#include "ui/pages/checklist/requirement_view.h"
#include "ui/pages/evidence/attaching.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/splitters.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollBar>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tally::ui {

namespace {

constexpr int leastList = 260;
constexpr int toolsMargin = 16;
constexpr int leastMiddle = 440;
constexpr int narrowPage = 1000;
constexpr int lowPage = 560;           // lower: the evidence needs the lines
constexpr int wideForThree = 1250;     ///< below it the list gives way first
constexpr int comfortableMiddle = 540; ///< before the list stands back for the guidance

/// Bands need no branches, and the requirements below them no indentation.
class RequirementList final : public QTreeView
{
public:
    RequirementList()
    {
        setHeaderHidden(true);
        setRootIsDecorated(false);
        setIndentation(0);
        setItemsExpandable(false);
        setFrameShape(QFrame::NoFrame);
        setMouseTracking(true);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setSelectionMode(ExtendedSelection); // several: the same for all of them
        setTabKeyNavigation(false);
    }

    void keyboardSearch(const QString &) override { } // letters are keys of the page

protected:
    void drawBranches(QPainter *, const QRect &, const QModelIndex &) const override { }

    /// What the page chooses is chosen alone: without this, Qt adds it to the selection while Ctrl of Ctrl+Enter is
    /// down, and the next decision would be one for several requirements.
    [[nodiscard]] QItemSelectionModel::SelectionFlags selectionCommand(
        const QModelIndex &index, const QEvent *event) const override
    {
        return event ? QTreeView::selectionCommand(index, event)
                     : QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows;
    }
};

} // namespace

ChecklistPage::ChecklistPage(Session &session, FileChooser &files, QSettings &settings, QWidget *parent)
    : Page(PageId::Checklist, session, parent)
    , m_files(files)
    , m_model(this)
    , m_carried(new NoticeBar)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState(u"checklist"_qs))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_filter(new SegmentedControl(3))
    , m_search(new SearchField)
    , m_list(new RequirementList)
    , m_nothing(makeLabel(Face::Base, Ink::Muted))
    , m_view(new RequirementView(session))
    , m_decision(new DecisionPanel(session))
    , m_more(new DecisionMore(session))
    , m_bulk(new BulkPanel(session))
    , m_review(new QComboBox)
    , m_guidance(new GuidancePane)
{
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new RequirementDelegate(m_list));
    m_list->setObjectName(u"requirements"_qs);
    m_filter->setCurrent(static_cast<int>(ChecklistFilter::All));
    layOut(settings);
    addKeys();
    connect(m_empty->button(), &QAbstractButton::clicked, this,
        [this] { Q_EMIT commandWanted(this->session().hasAudit() ? Command::OpenFiles : Command::NewAudit); });
    connect(m_filter, &SegmentedControl::chosen, this, &ChecklistPage::applyFilter);
    connect(m_search, &QLineEdit::textChanged, this, &ChecklistPage::applyFilter);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { m_list->setFocus(); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex &index) { choose(index); });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ChecklistPage::showSelection);
    connect(m_review, &QComboBox::activated, this, &ChecklistPage::chooseReview);
    connect(&m_model, &QAbstractItemModel::modelReset, m_list, &QTreeView::expandAll);
    connect(m_view, &RequirementView::navigate, this, &Page::navigate);
    connect(m_view, &RequirementView::guidanceWanted, this, &ChecklistPage::toggleGuidance);
    connect(m_view, &RequirementView::attachWanted, this, &ChecklistPage::attach);
    connect(m_view, &RequirementView::stepWanted, this, &ChecklistPage::step);
    connect(m_guidance, &GuidancePane::closeWanted, this, &ChecklistPage::toggleGuidance);
    connect(m_more, &DecisionMore::navigate, this, &Page::navigate);
    connect(m_more, &DecisionMore::aboutToReview, m_decision, &DecisionPanel::save);
    connect(m_decision, &DecisionPanel::nameGiven, this,
        [&settings](const QString &name) { settings.setValue(u"auditor"_qs, name); }); // the window reads it there
    connect(m_carried->button(), &QAbstractButton::clicked, this, [this] { confirmCarried({}); });
    connect(m_bulk, &BulkPanel::confirmWanted, this, &ChecklistPage::confirmCarried);
    connect(m_decision, &DecisionPanel::nextWanted, this, &ChecklistPage::nextOpen);
    connect(qApp, &QApplication::focusChanged, this, &ChecklistPage::textFieldsDecideKeys);
}

void ChecklistPage::layOut(QSettings &settings)
{
    auto *left = new Panel(Panel::Ground::Raised);
    m_left = left;
    auto *list = new QVBoxLayout(left);
    list->setContentsMargins(0, 12, 0, 0);
    list->setSpacing(8);
    auto *tools = new QVBoxLayout;
    tools->setContentsMargins(toolsMargin, 0, toolsMargin, 4);
    tools->setSpacing(8);
    tools->addWidget(m_filter);
    tools->addWidget(m_search);
    tools->addWidget(m_review);
    m_review->setObjectName(u"reviewFilter"_qs);
    m_review->hide();
    list->addLayout(tools);
    list->addWidget(new Line);
    list->addWidget(m_list, 1);
    m_nothing->setContentsMargins(16, 0, 16, 16);
    static_cast<QLabel *>(m_nothing)->setWordWrap(true);
    list->addWidget(m_nothing);
    list->setSpacing(6);
    left->setMinimumWidth(leastList);

    auto *middle = new QWidget;
    auto *both = new QVBoxLayout(middle);
    both->setContentsMargins(0, 0, 0, 0);
    m_one = new QWidget;
    both->addWidget(m_one);
    both->addWidget(m_bulk);
    m_bulk->hide();
    auto *column = new QVBoxLayout(m_one);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addWidget(m_decision);
    column->addWidget(m_more);
    middle->setMinimumWidth(leastMiddle);

    m_splitter->addWidget(left);
    m_splitter->addWidget(middle);
    m_splitter->addWidget(m_guidance);
    m_splitter->setStretchFactor(1, 1);
    m_guidance->hide();
    rememberSplitter(*m_splitter, settings, u"checklist"_qs, {384, 860, 340});
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_splitter);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    m_carried->button()->setObjectName(u"confirmCarried"_qs);
    m_carried->hide();
    outer->addWidget(m_carried);
    outer->addWidget(m_stack);
}

/// Keys of the page hold as long as it is shown, also while the side bar has the keyboard.
void ChecklistPage::addKey(const QKeySequence &key, void (ChecklistPage::*action)())
{
    auto *shortcut = new QShortcut(key, this);
    shortcut->setContext(Qt::WindowShortcut);
    connect(shortcut, &QShortcut::activated, this, action);
    m_keys.append(shortcut);
}

void ChecklistPage::addKeys()
{
    int key = Qt::Key_1;
    for (const Status status : {Status::Ja, Status::Teilweise, Status::Nein, Status::Entbehrlich}) {
        auto *shortcut = new QShortcut(QKeySequence(key++), this);
        shortcut->setContext(Qt::WindowShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, status] {
            if (m_bulk->isHidden())
                m_decision->choose(status);
            else
                m_bulk->choose(status);
        });
        m_keys.append(shortcut);
    }
    addKey(QKeySequence(Qt::Key_J), &ChecklistPage::next);
    addKey(QKeySequence(Qt::Key_K), &ChecklistPage::previous);
    addKey(QKeySequence(Qt::Key_F), &ChecklistPage::showFindings);
    addKey(QKeySequence(Qt::Key_G), &ChecklistPage::toggleGuidance);
    addKey(QKeySequence(Qt::Key_D), &ChecklistPage::toggleDetails);
    addKey(QKeySequence(Qt::Key_S), &ChecklistPage::submit);
    addKey(QKeySequence(Qt::Key_A), &ChecklistPage::accept);
    addKey(QKeySequence(Qt::Key_R), &ChecklistPage::sendBack);
    addKey(QKeySequence(Qt::Key_E), &ChecklistPage::attachEvidence);
    addKey(QKeySequence::Paste, &ChecklistPage::pasteEvidence);
    addKey(QKeySequence(u"/"_qs), &ChecklistPage::search);
    for (const int enter : {Qt::Key_Return, Qt::Key_Enter}) { // this one works in text fields too
        auto *shortcut = new QShortcut(QKeySequence(Qt::CTRL | enter), this);
        shortcut->setContext(Qt::WindowShortcut);
        connect(shortcut, &QShortcut::activated, this, &ChecklistPage::saveAndNext);
    }
}

void ChecklistPage::textFieldsDecideKeys()
{
    const QWidget *focus = QApplication::focusWidget();
    const bool typing = qobject_cast<const QLineEdit *>(focus) || qobject_cast<const QPlainTextEdit *>(focus);
    for (QShortcut *shortcut : m_keys)
        shortcut->setEnabled(!typing);
}

bool ChecklistPage::keysAreOn() const
{
    return m_keys.front()->isEnabled();
}

ChecklistPage::~ChecklistPage()
{
    delete m_stack; // its views speak to us and use our models while they go
}

QString ChecklistPage::title() const
{
    return tr("Checklist");
}

void ChecklistPage::retranslateUi()
{
    m_search->setPlaceholderText(tr("Number, title or text"));
    m_search->setAccessibleName(tr("Search requirements"));
    m_filter->setName(tr("Which requirements"));
    m_list->setAccessibleName(tr("Requirements"));
    static_cast<QLabel *>(m_nothing)->setText(tr("No requirement fits. Escape clears the search."));
    m_view->retranslateUi();
    m_decision->retranslateUi();
    m_more->retranslateUi();
    m_bulk->retranslateUi();
    m_review->setAccessibleName(tr("Stage of review"));
    showReviews(*session().state());
    showCounts();
}

void ChecklistPage::showCounts()
{
    const auto text = [this](const QString &word, ChecklistFilter filter) {
        return QString(word % u' ' % QString::number(m_model.count(filter)));
    };
    m_filter->setTexts({text(tr("Open"), ChecklistFilter::Open), text(tr("Deviation"), ChecklistFilter::Deviation),
        text(tr("All"), ChecklistFilter::All)});
    m_left->setMinimumWidth(std::max(leastList, m_filter->minimumSizeHint().width() + 2 * toolsMargin)); // none is cut
}

void ChecklistPage::setState(const AuditState &state)
{
    if (!session().hasAudit()) {
        m_empty->setTexts(tr("No audit is open"),
            tr("Here you decide, requirement by requirement, what the audited party meets. An audit file keeps it."));
        m_empty->button()->setText(tr("New audit"));
        m_empty->button()->show();
        m_stack->setCurrentWidget(m_empty);
        m_carried->hide();
        m_decision->setRequirement(nullptr);
        m_more->setRequirement(nullptr);
        return;
    }
    m_stack->setCurrentWidget(m_splitter);
    showCarried(state);
    m_showing = true;
    m_model.setState(session().state(), session().module(), applicationLanguage());
    m_list->expandAll();
    m_showing = false;
    showReviews(state);
    showCounts();
    const bool known
        = session().catalogue().requirement(toUtf8String(m_current)) != nullptr && m_model.indexOf(m_current).isValid();
    if (!known) {
        const Requirement *first = tally::ui::nextOpen(state, session().module());
        if (!first && !session().module().requirements.empty())
            first = &session().module().requirements.front();
        m_current = first ? toQString(first->id) : QString();
    }
    showRequirement(m_current);
}

/// What the earlier audit answered and nobody has confirmed yet.
void ChecklistPage::showCarried(const AuditState &state)
{
    const auto count = static_cast<int>(carriedAnswers(state, session().catalogue()).size());
    const auto kinds = static_cast<int>(carriedAsked(state).size());
    const auto exceptions = static_cast<int>(carriedExceptions(state).size());
    const auto targets = static_cast<int>(carriedTargets(state).size());
    m_carried->setVisible(count + kinds + exceptions + targets > 0 && !session().isReadOnly());
    QStringList waiting;
    if (count > 0)
        waiting.append(tr("%n answer(s)", nullptr, count));
    if (exceptions > 0)
        waiting.append(tr("%n exception(s)", nullptr, exceptions));
    if (kinds > 0)
        waiting.append(tr("%n kind(s) asked for", nullptr, kinds));
    if (targets > 0)
        waiting.append(tr("%n target object(s)", nullptr, targets));
    //: %1 a list of what waits
    m_carried->setTexts(
        tr("From the earlier audit, to be confirmed: %1.").arg(waiting.join(u", "_qs)), tr("Look at them"));
}

void ChecklistPage::confirmCarried(const QStringList &requirements)
{
    m_decision->save();
    auto *dialog = new ConfirmDialog(session(), requirements, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ChecklistPage::applyFilter()
{
    m_showing = true;
    m_model.setPinned(m_filter->current() == static_cast<int>(ChecklistFilter::All) ? QString() : m_current);
    m_model.setFilter(static_cast<ChecklistFilter>(m_filter->current()), m_search->text());
    m_list->expandAll();
    m_showing = false;
    m_nothing->setVisible(m_model.rowCount() == 0);
    if (const QModelIndex at = m_model.indexOf(m_current); at.isValid())
        m_list->setCurrentIndex(at);
}

void ChecklistPage::choose(const QModelIndex &index)
{
    const QString id = index.data(ChecklistModel::IdRole).toString();
    if (m_showing || id.isEmpty() || id == m_current)
        return;
    m_decision->save();
    m_more->save();
    showRequirement(id);
}

void ChecklistPage::showRequirement(const QString &id)
{
    m_current = id;
    const Requirement *requirement = session().catalogue().requirement(toUtf8String(id));
    m_showing = true;
    m_model.setPinned(m_filter->current() == static_cast<int>(ChecklistFilter::All) ? QString() : id);
    m_list->expandAll();
    if (m_list->currentIndex() != m_model.indexOf(id)) // several may be selected
        m_list->setCurrentIndex(m_model.indexOf(id));
    m_list->scrollTo(m_model.indexOf(id));
    m_showing = false;
    m_nothing->setVisible(m_model.rowCount() == 0);
    m_view->setRequirement(requirement);
    m_decision->setRequirement(requirement);
    m_more->setRequirement(requirement);
    if (m_guidance->isVisible())
        m_guidance->setRequirement(requirement, session().catalogue());
}

void ChecklistPage::step(int by)
{
    const QModelIndex at = m_model.step(m_model.indexOf(m_current), by);
    if (at.isValid())
        m_list->setCurrentIndex(at);
}

void ChecklistPage::nextOpen()
{
    const QModelIndex at = m_model.nextUndecided(m_model.indexOf(m_current));
    m_list->setFocus();
    if (at.isValid())
        m_list->setCurrentIndex(at);
}

/// Which stage of review is shown; nothing to choose as long as there is no review.
void ChecklistPage::showReviews(const AuditState &state)
{
    const int chosen = std::max(0, m_review->currentIndex());
    m_review->clear();
    m_review->addItem(tr("All stages of review"));
    m_review->addItem(tr("To review"), static_cast<int>(ReviewStand::ToReview));
    m_review->addItem(tr("Sent back"), static_cast<int>(ReviewStand::SentBack));
    m_review->addItem(tr("Not submitted"), static_cast<int>(ReviewStand::Open));
    m_review->setCurrentIndex(state.records.reviews.empty() ? 0 : chosen);
    m_review->setVisible(!state.records.reviews.empty());
    chooseReview();
}

void ChecklistPage::chooseReview()
{
    const QVariant stand = m_review->currentData();
    const bool before = std::exchange(m_showing, true);
    m_model.setReview(stand.isValid() ? std::optional(static_cast<ReviewStand>(stand.toInt())) : std::nullopt);
    m_list->expandAll();
    if (const QModelIndex at = m_model.indexOf(m_current); at.isValid() && m_list->currentIndex() != at)
        m_list->setCurrentIndex(at);
    m_showing = before;
    m_nothing->setVisible(m_model.rowCount() == 0);
}

void ChecklistPage::showSelection()
{
    QStringList ids;
    for (const QModelIndex &index : m_list->selectionModel()->selectedIndexes()) {
        const QString id = index.data(ChecklistModel::IdRole).toString();
        if (!id.isEmpty())
            ids.append(id);
    }
    std::ranges::sort(ids, {}, [this](const QString &id) {
        const QModelIndex at = m_model.indexOf(id);
        return std::pair(at.parent().row(), at.row());
    });
    const bool several = ids.size() > 1;
    if (several) {
        m_decision->save();
        m_more->save();
        m_bulk->setRequirements(ids);
    }
    m_bulk->setVisible(several);
    m_one->setVisible(!several);
}

void ChecklistPage::saveAndNext()
{
    if (m_bulk->isHidden())
        m_decision->saveAndNext();
    else
        m_bulk->apply();
}

void ChecklistPage::toggleDetails()
{
    m_more->toggleDetails();
}

void ChecklistPage::submit()
{
    m_more->submit();
}

void ChecklistPage::accept()
{
    m_more->accept();
}

void ChecklistPage::sendBack()
{
    m_more->sendBack();
}

void ChecklistPage::showFindings()
{
    Q_EMIT navigate({.page = PageId::Findings, .requirement = m_current, .check = m_view->currentCheck()});
}

void ChecklistPage::toggleGuidance()
{
    const bool shown = m_guidance->isHidden();
    m_guidance->setVisible(shown);
    fitPanes();
    if (const int guidance = m_guidance->minimumWidth() + 20; shown && width() < wideForThree)
        m_splitter->setSizes({leastList, width() - leastList - guidance, guidance});
    if (shown)
        m_guidance->setRequirement(session().catalogue().requirement(toUtf8String(m_current)), session().catalogue());
}

/// Where the guidance leaves the decision too little room, the list stands back for it: J and K still move.
void ChecklistPage::fitPanes()
{
    const bool guidance = !m_guidance->isHidden();
    const bool room = !guidance || width() >= leastList + comfortableMiddle + m_guidance->minimumWidth();
    if (m_left->isHidden() == !room)
        return;
    const bool hadKeyboard = m_left->isAncestorOf(QApplication::focusWidget());
    m_left->setVisible(room);
    if (!room && hadKeyboard)
        m_guidance->setFocus(Qt::OtherFocusReason);
}

void ChecklistPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    fitPanes();
    m_decision->setLow(height() < lowPage);
    if (width() < narrowPage && (event->oldSize().width() >= narrowPage || event->oldSize().isEmpty()))
        m_splitter->setSizes({leastList, width() - leastList, m_guidance->minimumWidth()}); // decisions need the room
}

void ChecklistPage::search()
{
    if (m_left->isHidden())
        toggleGuidance();
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ChecklistPage::attachEvidence()
{
    attach(nullptr, m_view->currentPart());
}

void ChecklistPage::pasteEvidence()
{
    attach(QApplication::clipboard()->mimeData(), m_view->currentPart());
}

/// id: of the part or requirement that it is evidence for.
void ChecklistPage::attach(const QMimeData *held, const QString &id)
{
    if (!session().hasAudit() || session().isReadOnly() || m_current.isEmpty())
        return;
    AttachStart start = AttachStart::of(held);
    start.ids = {toUtf8String(id.isEmpty() ? m_current : id)};
    openAttachDialog(session(), m_files, start, this);
}

void ChecklistPage::goTo(const Address &address)
{
    QString id = address.requirement;
    if (id.isEmpty() && !address.part.isEmpty()) {
        if (const Requirement *of = session().catalogue().requirementOfPart(toUtf8String(address.part)))
            id = toQString(of->id);
    }
    if (!id.isEmpty() && session().catalogue().requirement(toUtf8String(id))) {
        if (!m_model.indexOf(id).isValid()) {
            m_search->clear();
            m_filter->setCurrent(static_cast<int>(ChecklistFilter::All));
            applyFilter();
        }
        showRequirement(id);
        if (!address.part.isEmpty())
            m_view->showPart(address.part);
    }
    m_list->setFocus(Qt::OtherFocusReason);
}

void ChecklistPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape) {
        Page::keyPressEvent(event);
        return;
    }
    if (m_guidance->isVisible() && (QApplication::focusWidget() == m_list || m_left->isHidden()))
        toggleGuidance();
    else
        m_list->setFocus(Qt::OtherFocusReason);
}

} // namespace tally::ui
