// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/measures_page.h"

#include "core/audit/measures.h"
#include "core/base/text_format.h"
#include "ui/models/measures.h"
#include "ui/models/words.h"
#include "ui/pages/measures/board_view.h"
#include "ui/pages/measures/measure_form.h"
#include "ui/pages/table_pane.h"
#include "ui/pages/workbook_exchange.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/splitters.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

enum Column : int { Number, Priority, Title, Requirements, Owner, Due, Effort, Cost, State };
constexpr int leastShare = 90; ///< of the measure's title and owner: before, costs, effort and requirements stand back
const auto viewSetting = u"measures/view"_qs;

QString requirementsText(const Measure &measure)
{
    QStringList ids;
    for (const std::string &id : measure.requirements)
        ids.append(shortId(id));
    return ids.join(u", "_qs);
}

} // namespace

MeasuresPage::MeasuresPage(Session &session, FileChooser &files, QSettings &settings, QWidget *parent)
    : Page(PageId::Measures, session, parent)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState(u"measures"_qs))
    , m_content(new QWidget)
    , m_title(makeLabel(Face::Title))
    , m_count(makeLabel(Face::Base, Ink::Muted))
    , m_views(new SegmentedControl(2))
    , m_workbook(new QPushButton)
    , m_exchange(new WorkbookExchange(session, files, this))
    , m_new(new QPushButton)
    , m_named(new NoticeBar)
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_lists(new QStackedWidget)
    , m_none(new EmptyState(u"measures"_qs))
    , m_table(new TablePane)
    , m_board(new BoardView)
    , m_form(new MeasureForm(session))
{
    layOut(settings);
    connect(m_empty->button(), &QAbstractButton::clicked, this, [this] { Q_EMIT commandWanted(Command::NewAudit); });
    connect(m_none->button(), &QAbstractButton::clicked, this, [this] { begin({}); });
    connect(m_new, &QAbstractButton::clicked, this, [this] { begin({}); });
    connect(m_named->button(), &QAbstractButton::clicked, this, &MeasuresPage::takeOver);
    connect(m_views, &SegmentedControl::chosen, this, [this, &settings](int segment) {
        settings.setValue(viewSetting, segment);
        showView(static_cast<View>(segment));
    });
    connect(m_table, &TablePane::chosenChanged, this, [this] {
        if (!m_showing && m_table->chosen().isValid())
            choose(m_table->chosen().toString(), false);
    });
    connect(m_table, &TablePane::activated, this, [this](const QVariant &key) { choose(key.toString(), true); });
    connect(m_board, &BoardView::chosen, this, [this](const QString &key) { choose(key, false); });
    connect(m_board, &BoardView::opened, this, [this](const QString &key) { choose(key, true); });
    connect(m_board, &BoardView::moved, this, &MeasuresPage::move);
    connect(m_form, &MeasureForm::navigate, this, &Page::navigate);
    connect(m_form, &MeasureForm::closeWanted, this, &MeasuresPage::closeForm);
    connect(m_form, &MeasureForm::created, this, [this](const QString &key) {
        m_showing = true;
        m_table->choose(key);
        m_board->setCurrent(key);
        m_showing = false;
    });
}

MeasuresPage::~MeasuresPage()
{
    delete m_stack; // its views speak to us while they go
}

void MeasuresPage::layOut(QSettings &settings)
{
    m_new->setObjectName(u"newMeasure"_qs);
    m_new->setDefault(true);
    m_workbook->setObjectName(u"measuresWorkbook"_qs);
    auto *menu = new QMenu(m_workbook);
    m_write = menu->addAction(QString(), this, [this] { m_exchange->askToWrite(WorkbookExchange::Content::Audit); });
    m_read = menu->addAction(QString(), this, [this] { m_exchange->askToRead(); });
    m_workbook->setMenu(menu);
    m_named->button()->setObjectName(u"takeOverMeasures"_qs);
    m_table->setObjectName(u"measuresTable"_qs);
    m_table->setYielding({Cost, Effort, Requirements}, leastShare); // all of them stand in the form
    m_board->setObjectName(u"measuresBoard"_qs);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(size::pageMargin, 16, size::pageMargin, 12);
    head->setSpacing(12);
    head->addWidget(m_title);
    head->addWidget(m_count);
    head->addStretch();
    head->addWidget(m_views);
    head->addWidget(m_workbook);
    head->addWidget(m_new);
    column->addLayout(head);
    column->addWidget(m_named);
    column->addWidget(m_splitter, 1);

    auto *boardFrame = new QWidget;
    auto *board = new QVBoxLayout(boardFrame);
    board->setContentsMargins(16, 4, 16, 12);
    board->addWidget(m_board);
    auto *tableFrame = new QWidget;
    auto *table = new QVBoxLayout(tableFrame);
    table->setContentsMargins(size::pageMargin, 0, size::pageMargin, 12);
    table->addWidget(m_table);
    m_lists->addWidget(tableFrame);
    m_lists->addWidget(boardFrame);
    m_lists->addWidget(m_none);
    m_splitter->addWidget(m_lists);
    m_splitter->addWidget(m_form);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setCollapsible(0, false);
    m_splitter->setCollapsible(1, false);
    m_form->hide();
    rememberSplitter(*m_splitter, settings, u"measures"_qs, {800, 360});
    m_view = settings.value(viewSetting).toInt() == 1 ? View::Board : View::Table;
    m_views->setCurrent(static_cast<int>(m_view));

    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_content);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
}

QString MeasuresPage::title() const
{
    return tr("Measures");
}

void MeasuresPage::retranslateUi()
{
    m_title->setText(tr("Measures"));
    m_views->setTexts({tr("Table"), tr("Board")});
    m_views->setName(tr("How measures are shown"));
    m_new->setText(tr("New measure"));
    m_workbook->setText(tr("Workbook"));
    m_workbook->setToolTip(tr("Measures, requests and decisions as a workbook, and what came back of it."));
    m_write->setText(tr("Write workbook (.xlsx) …"));
    m_read->setText(tr("Read workbook back …"));
    m_table->setName(tr("measures"));
    m_board->retranslateUi();
    m_form->retranslateUi();
}

void MeasuresPage::setState(const AuditState &state)
{
    if (!session().hasAudit()) {
        m_empty->setTexts(tr("No audit is open"), tr("Here stands what is to be done, by whom and until when."));
        m_empty->button()->setText(tr("New audit"));
        m_empty->button()->show();
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    m_stack->setCurrentWidget(m_content);
    const auto &measures = state.records.measures;
    const std::string today = todayIso();
    const auto overdue
        = std::ranges::count_if(measures, [&today](const auto &each) { return each.second.isOverdue(today); });
    m_count->setText(overdue > 0 ? tr("%n measure(s)", nullptr, static_cast<int>(measures.size())) % u", "
                % tr("%n overdue", nullptr, static_cast<int>(overdue))
                                 : tr("%n measure(s)", nullptr, static_cast<int>(measures.size())));
    m_count->setVisible(!measures.empty());
    m_views->setVisible(!measures.empty());
    m_new->setEnabled(!session().isReadOnly());
    m_none->setTexts(tr("No measure is planned yet"),
        tr("A measure says what is to be done against deviations, by whom and until when. Make one here, or from a "
           "finding or a decision."));
    m_none->button()->setText(tr("New measure"));
    m_none->button()->setVisible(!session().isReadOnly());
    const std::size_t named = namedInDecisions(state).size();
    m_named->setVisible(named > 0 && !session().isReadOnly());
    m_named->setTexts(
        tr("%n decision(s) name a measure that is not planned here yet.", nullptr, static_cast<int>(named)),
        tr("Take over"));
    m_showing = true;
    showTable(state);
    m_board->setState(state);
    m_showing = false;
    m_form->refresh();
    showView(m_view);
}

void MeasuresPage::showView(View view)
{
    m_view = view;
    m_views->setCurrent(static_cast<int>(view));
    if (session().state()->records.measures.empty())
        m_lists->setCurrentWidget(m_none);
    else
        m_lists->setCurrentIndex(static_cast<int>(view));
    m_new->setVisible(!session().state()->records.measures.empty()); // one primary action
}

void MeasuresPage::showTable(const AuditState &state)
{
    const std::string today = todayIso();
    std::vector<SimpleTableModel::Row> rows;
    const bool anyCarried
        = std::ranges::any_of(state.records.measures, [](const auto &each) { return !each.second.from.empty(); });
    for (const Measure *measure : sortedMeasures(state.records)) {
        const bool overdue = measure->isOverdue(today);
        const Glyph priority = glyphOf(measure->priority == Measure::Priority::High ? Severity::High
                : measure->priority == Measure::Priority::Medium                    ? Severity::Medium
                                                                                    : Severity::Low);
        const QString due
            = measure->due.empty() ? tr("open") : toQString(formatDate(measure->due, applicationLanguage()));
        SimpleTableModel::Row row;
        row.data = toQString(measure->key);
        row.cells
            = {{measure->from.empty() ? foreignText(measure->key) : tr("%1, earlier").arg(foreignText(measure->key))},
                {MeasureWords::priority(measure->priority), static_cast<int>(measure->priority),
                    static_cast<int>(priority)},
                {foreignText(measure->title)}, {requirementsText(*measure)}, {foreignText(measure->owner)},
                {due, measure->due.empty() ? u"9999"_qs : toQString(measure->due)},
                {daysText(measure->effortHours), static_cast<qlonglong>(measure->effortHours.value_or(-1))},
                {MeasureWords::costs(*measure), static_cast<qlonglong>(measure->costOnce.value_or(-1))},
                {overdue ? tr("overdue") : MeasureWords::state(measure->state), static_cast<int>(measure->state),
                    overdue ? static_cast<int>(Glyph::Deviation) : 0}};
        rows.push_back(std::move(row));
    }
    m_table->setTable({{tr("No.")}, {tr("Priority")}, {tr("Measure")}, {tr("Requirements")}, {tr("Responsible")},
                          {tr("Done by"), true}, {tr("Days"), true}, {tr("Costs")}, {tr("State")}},
        std::move(rows), {anyCarried ? 122 : 74, 108, -2, 110, -1, 96, 56, 150, 116});
}

std::vector<PageTab> MeasuresPage::tabs() const
{
    if (session().state()->records.measures.empty())
        return {};
    return {{u"table"_qs, tr("Table")}, {u"board"_qs, tr("Board")}};
}

void MeasuresPage::goTo(const Address &address)
{
    if (!address.tab.isEmpty())
        showView(address.tab == u"board"_qs ? View::Board : View::Table);
    const AuditStatePtr state = session().state();
    if (!address.record.isEmpty()) {
        choose(address.record, true);
        return;
    }
    const std::string about = toUtf8String(address.check.isEmpty() ? address.requirement : address.check);
    if (!session().hasAudit() || about.empty()) {
        QWidget *list = m_view == View::Table ? static_cast<QWidget *>(&m_table->table()) : m_board;
        list->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (const Measure *there = measureAbout(*state, about)) {
        choose(toQString(there->key), true);
        return;
    }
    if (const Check *check = session().checks().find(about)) {
        Measure draft = measureAgainst(*check, applicationLanguage() == Language::German);
        if (!address.finding.isEmpty())
            draft.fingerprints = {toUtf8String(address.finding)};
        begin(draft);
        return;
    }
    Measure draft;
    draft.requirements = {about};
    for (Measure &named : namedInDecisions(*state)) {
        if (named.requirements.front() == about)
            draft = std::move(named);
    }
    begin(draft);
}

void MeasuresPage::choose(const QString &key, bool begin)
{
    const AuditStatePtr state = session().state();
    const auto found = state->records.measures.find(toUtf8String(key));
    if (found == state->records.measures.end())
        return;
    m_form->edit(found->second);
    m_form->show();
    m_showing = true;
    m_table->choose(key);
    m_board->setCurrent(key);
    m_showing = false;
    if (begin)
        m_form->begin();
}

void MeasuresPage::begin(const Measure &draft)
{
    if (session().isReadOnly())
        return;
    m_form->edit(draft);
    m_form->show();
    m_form->begin();
}

void MeasuresPage::closeForm()
{
    m_form->close();
    m_form->hide();
}

void MeasuresPage::takeOver()
{
    const AuditStatePtr state = session().state();
    std::vector<AuditChange> changes;
    std::string key = nextKey(*state, RecordType::Measure);
    int number = QString::fromStdString(key.substr(2)).toInt();
    for (Measure &measure : namedInDecisions(*state)) {
        measure.key = toUtf8String(u"M-%1"_qs.arg(number++, 3, 10, QLatin1Char('0')));
        measure.by = toUtf8String(session().auditor());
        changes.emplace_back(std::move(measure));
    }
    session().change(std::move(changes));
}

void MeasuresPage::move(const QString &key, int state)
{
    const AuditStatePtr now = session().state();
    const auto found = now->records.measures.find(toUtf8String(key));
    if (found == now->records.measures.end() || session().isReadOnly() || !m_form->save())
        return;
    Measure measure = found->second;
    measure.state = static_cast<Measure::State>(state);
    if (!isOpen(measure) && measure.doneOn.empty())
        measure.doneOn = todayIso();
    measure.by = toUtf8String(session().auditor());
    session().put(std::move(measure));
    m_board->setCurrent(key);
}

} // namespace tally::ui
