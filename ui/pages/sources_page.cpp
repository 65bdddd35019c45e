// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/sources_page.h"

#include "core/audit/withdrawals.h"
#include "core/base/text_format.h"
#include "ui/dialogs/withdraw_dialog.h"
#include "ui/models/words.h"
#include "ui/pages/sources/scope_pane.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/icons.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/facts_lines.h"
#include "ui/widgets/failure_block.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/tab_strip.h"

#include <QFileInfo>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

enum Tab : int { Handed, Scope };
constexpr int markColumn = 36;
constexpr int namesColumn = 336; // least: size and links below the name
constexpr int formColumn = 170;
constexpr int resultColumn = 130;
constexpr std::size_t mostDiagnostics = 20; ///< per source; the rest is counted

/// An icon for the kind of the source, or the triangle where something could not be read.
class SourceMark final : public QWidget
{
public:
    SourceMark(QString iconName, bool problem)
        : m_icon(std::move(iconName))
        , m_problem(problem)
    {
        setFixedSize(markColumn, 20);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Colors &colors = colorsOf(palette());
        drawIcon(
            painter, m_problem ? u"warning"_qs : m_icon, QRectF(0, 1, 18, 18), m_problem ? colors.high : colors.muted);
    }

private:
    QString m_icon;
    bool m_problem;
};

/// As wide as its share of the line, whatever it holds: the columns of all rows stand below their heads.
void takeShare(QWidget *widget, int least = 0)
{
    widget->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    widget->setMinimumWidth(least);
}

int resultWidth(const std::vector<SourceRow> &rows)
{
    const QFontMetrics metrics(faceFont(Face::BaseStrong));
    int width = resultColumn;
    for (const SourceRow &row : rows)
        width = std::max(width, metrics.horizontalAdvance(SourceWords::result(row)) + 4);
    return width;
}

QLabel *headLabel(const QString &text)
{
    QLabel *label = makeLabel(Face::Secondary, Ink::Muted);
    label->setText(text);
    return label;
}

} // namespace

SourcesPage::SourcesPage(Session &session, QSettings &settings, QWidget *parent)
    : Page(PageId::Sources, session, parent)
    , m_strip(new QWidget)
    , m_tabs(new TabStrip)
    , m_stack(new QStackedWidget)
    , m_scope(new ScopePane(session, settings))
    , m_title(makeLabel(Face::PageTitle))
    , m_subline(makeLabel(Face::Base, Ink::Muted))
    , m_openFiles(new QPushButton(icon(u"plus"_qs, QPalette::Base), {}))
    , m_openFolder(new QPushButton(icon(u"folder"_qs), {}))
    , m_table(new Panel(Panel::Ground::Raised, true))
    , m_rows(new QVBoxLayout)
    , m_notJudged(new NoticeBar)
    , m_house(makeHouse())
    , m_empty(new EmptyState(u"sources"_qs))
{
    auto *head = new QHBoxLayout;
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(m_title);
    texts->addWidget(m_subline);
    m_openFiles->setDefault(true);
    m_openFiles->setObjectName(u"addFiles"_qs);
    m_openFolder->setObjectName(u"addFolder"_qs);
    m_empty->button()->setObjectName(u"addFirstFiles"_qs);
    head->addLayout(texts, 1);
    head->addWidget(m_openFolder);
    head->addWidget(m_openFiles);
    m_table->setLayout(m_rows);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    auto *content = new QWidget;
    auto *whole = new QVBoxLayout(content);
    whole->setContentsMargins(size::pageMargin, 20, size::pageMargin, size::pageMargin);
    whole->setSpacing(16);
    whole->addLayout(head);
    whole->addWidget(m_notJudged);
    whole->addWidget(m_table);
    whole->addWidget(m_house);
    whole->addWidget(m_empty, 1);
    whole->addStretch();
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *above = new QVBoxLayout(m_strip);
    above->setContentsMargins(0, 0, 0, 0);
    above->setSpacing(0);
    auto *tabs = new QHBoxLayout;
    tabs->setContentsMargins(size::pageMargin - 12, 0, size::pageMargin, 0);
    tabs->addWidget(m_tabs);
    tabs->addStretch();
    above->addLayout(tabs);
    above->addWidget(new Line);
    outer->addWidget(m_strip);
    outer->addWidget(m_stack, 1);
    m_stack->addWidget(makeScrollArea(content));
    m_stack->addWidget(m_scope);
    connect(m_tabs, &TabStrip::chosen, this, &SourcesPage::showTab);
    const auto openFiles = [this] { Q_EMIT commandWanted(Command::OpenFiles); };
    connect(m_openFiles, &QPushButton::clicked, this, openFiles);
    connect(m_openFolder, &QPushButton::clicked, this, [this] { Q_EMIT commandWanted(Command::OpenFolder); });
    connect(m_empty->button(), &QPushButton::clicked, this, openFiles);
    offerJudging(*m_notJudged);
    connect(&this->session(), &Session::queueChanged, this, [this] {
        if (isVisible())
            setState(*this->session().state());
    });
}

QString SourcesPage::title() const
{
    return tr("Sources");
}

void SourcesPage::retranslateUi()
{
    m_scope->retranslateUi();
    m_title->setText(title());
    m_openFiles->setText(tr("Open files"));
    m_openFolder->setText(tr("Open folder"));
    m_houseTitle->setText(tr("House policy and keys"));
    m_empty->setTexts(tr("No sources yet"),
        tr("Here stands what was handed over: images as files, exports of the cluster. They are only read, never "
           "changed. Drop them anywhere on the window."));
    m_empty->button()->setText(tr("Open files"));
}

QWidget *SourcesPage::makeHouse()
{
    m_houseTitle = makeLabel(Face::BaseStrong);
    m_houseText = makeLabel(Face::Base, Ink::Muted);
    m_houseText->setWordWrap(true);
    m_houseText->setObjectName(u"houseText"_qs);
    m_editHouse = new QPushButton;
    m_editHouse->setObjectName(u"editHouse"_qs);
    auto *panel = new Panel(Panel::Ground::Raised, true);
    auto *line = new QHBoxLayout(panel);
    line->setContentsMargins(16, 12, 16, 12);
    line->setSpacing(16);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_houseTitle);
    texts->addWidget(m_houseText);
    line->addLayout(texts, 1);
    line->addWidget(m_editHouse);
    connect(m_editHouse, &QPushButton::clicked, this, [this] { Q_EMIT commandWanted(Command::EditHouse); });
    return panel;
}

void SourcesPage::showHouse(const AuditState &state)
{
    m_house->setVisible(session().hasAudit());
    const auto entries = state.policy
        ? std::ranges::count_if(policyEntries, [&](std::string_view entry) { return state.policy->has(entry); })
        : 0;
    QStringList texts;
    if (!state.policy)
        texts.append(tr("No house policy: trusted registries, forbidden packages, required labels and network zones "
                        "are not checked."));
    else if (state.policy->name.empty())
        texts.append(tr("House policy with %n entry(s), entered here.", nullptr, static_cast<int>(entries)));
    else
        texts.append(tr("House policy %1 with %n entry(s).", nullptr, static_cast<int>(entries))
                         .arg(foreignText(state.policy->name)));
    texts.append(state.keys.empty() ? tr("No public key: signatures of images are not verified.")
                                    : tr("%n public key(s).", nullptr, static_cast<int>(state.keys.size())));
    m_houseText->setText(texts.join(u' '));
    m_editHouse->setText(session().isReadOnly() ? tr("Show") : tr("Edit"));
    m_editHouse->setAccessibleName(
        session().isReadOnly() ? tr("Show house policy and keys") : tr("Edit house policy and keys"));
}

std::vector<PageTab> SourcesPage::tabs() const
{
    if (!session().hasAudit())
        return {};
    return {
        {u"handed-over"_qs, tr("Handed over")}, {u"scope"_qs, tr("Scope"), tr("Target objects and protection needs")}};
}

void SourcesPage::goTo(const Address &address)
{
    if (address.tab.isEmpty())
        return;
    showTab(address.tab == u"scope" && session().hasAudit() ? Scope : Handed);
    if (m_stack->currentIndex() != Scope)
        return;
    if (!address.record.isEmpty())
        m_scope->choose(address.record);
    m_scope->begin();
}

void SourcesPage::showTab(int tab)
{
    m_tabs->setCurrent(tab);
    m_stack->setCurrentIndex(tab);
}

void SourcesPage::setState(const AuditState &state)
{
    m_strip->setVisible(session().hasAudit());
    m_tabs->setTabs({tr("Handed over"), tr("Scope")},
        {QString::number(state.sources.size()), QString::number(state.records.targets.size())});
    if (session().hasAudit())
        m_scope->setState(state);
    else
        showTab(Handed);
    clearLayout(*m_rows);
    showJudging(*m_notJudged);
    showHouse(state);
    const std::vector<SourceRow> rows = sourceRows(state);
    const QStringList waiting = session().waitingSources();
    const QString current = session().currentSource();
    const bool empty = rows.empty() && waiting.isEmpty() && current.isEmpty();
    m_empty->setVisible(empty);
    m_empty->button()->setVisible(empty);
    m_table->setVisible(!empty);
    m_openFiles->setVisible(!empty);
    m_openFolder->setVisible(!empty);
    m_subline->setText(current.isEmpty()
            ? tr("%n source(s), read completely or as far as they are readable", nullptr, static_cast<int>(rows.size()))
            : tr("A source is being read. You can go on working."));
    m_subline->setVisible(!empty);
    if (empty)
        return;
    auto *head = new QWidget;
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(16, 6, 16, 6);
    line->addSpacing(markColumn + line->spacing());
    QLabel *source = headLabel(tr("Source"));
    takeShare(source, namesColumn);
    line->addWidget(source, 5);
    QLabel *form = headLabel(tr("Form"));
    form->setFixedWidth(formColumn);
    line->addWidget(form);
    QLabel *standing = headLabel(tr("State"));
    takeShare(standing);
    line->addWidget(standing, 4);
    QLabel *result = headLabel(tr("Result"));
    const int width = resultWidth(rows);
    result->setFixedWidth(width);
    result->setAlignment(Qt::AlignRight);
    line->addWidget(result);
    m_rows->addWidget(head);
    if (!current.isEmpty())
        addPending(current, true);
    for (const QString &path : waiting)
        addPending(path, false);
    for (const SourceRow &row : rows)
        addRow(row, width);
}

QWidget *SourcesPage::makeFacts(const SourceRow &row) const
{
    const Language language = applicationLanguage();
    auto *facts = new FactsLines;
    facts->addLine(tr("SHA-256"), toQString(row.source.sha256));
    if (!row.source.modified.empty())
        facts->addLine(tr("Changed last"), toQString(formatTime(row.source.modified, language)));
    if (!row.source.addedAt.empty())
        facts->addLine(tr("Handed over"), toQString(formatTime(row.source.addedAt, language)));
    if (row.images > 0 && !row.source.verifiedAt.empty())
        facts->addLine(tr("Digests computed"), toQString(formatTime(row.source.verifiedAt, language)));
    facts->addLine(tr("Path"), foreignText(row.source.path));
    return facts;
}

void SourcesPage::addRow(const SourceRow &row, int width)
{
    m_rows->addWidget(new Line);
    auto *widget = new QWidget;
    widget->setMinimumHeight(size::sourceRow);
    auto *line = new QHBoxLayout(widget);
    line->setContentsMargins(16, 8, 16, 8);
    const bool problem = row.worst() != Diagnostic::Severity::Note;
    line->addWidget(new SourceMark(row.images > 0 ? u"images"_qs : u"cluster"_qs, problem));
    auto *namesHolder = new QWidget;
    takeShare(namesHolder, namesColumn);
    auto *names = new QVBoxLayout(namesHolder);
    names->setContentsMargins(0, 0, 0, 0);
    names->setSpacing(0);
    auto *name = new ElidedLabel(Face::BaseStrong, Ink::Text, Qt::ElideMiddle);
    name->setText(foreignText(row.source.name));
    auto *facts = new LinkButton(u"chevron-right"_qs);
    auto *sizeLabel = makeLabel(Face::Secondary, Ink::Muted);
    sizeLabel->setText(bytesText(row.source.bytes));
    facts->setText(tr("Digest and dates"));
    facts->setAccessibleName(tr("Digest and dates of %1").arg(foreignText(row.source.name)));
    auto *below = new QHBoxLayout;
    below->setSpacing(8);
    below->addWidget(sizeLabel);
    below->addWidget(facts);
    if (!session().isReadOnly())
        below->addWidget(makeWithdraw(row));
    below->addStretch();
    names->addWidget(name);
    names->addLayout(below);
    line->addWidget(namesHolder, 5);
    auto *form = new ElidedLabel(Face::Base);
    form->setText(Words::form(row.source.form));
    form->setFixedWidth(formColumn);
    line->addWidget(form);
    auto *standingHolder = new QWidget;
    takeShare(standingHolder);
    auto *standing = new QVBoxLayout(standingHolder);
    standing->setContentsMargins(0, 0, 0, 0);
    standing->setSpacing(0);
    standing->addWidget(makeStanding(row, problem));
    const bool running = session().recheckedSource() == row.number;
    if (const QString verified = SourceWords::verified(row, running); !verified.isEmpty()) {
        auto *label = new ElidedLabel(Face::Secondary, Ink::Muted);
        label->setText(verified);
        standing->addWidget(label);
    }
    line->addWidget(standingHolder, 4);
    auto *result = makeLabel(Face::BaseStrong);
    result->setText(SourceWords::result(row));
    result->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    result->setFixedWidth(width);
    line->addWidget(result);
    m_rows->addWidget(widget);
    if (row.withdrawal) {
        auto *why = makeLabel(Face::Secondary, Ink::Muted);
        why->setObjectName(u"withdrawnBecause"_qs);
        why->setContentsMargins(16 + markColumn + line->spacing(), 0, 16, 12);
        why->setWordWrap(true);
        why->setText(SourceWords::withdrawn(row));
        m_rows->addWidget(why);
    }
    auto *details = new QWidget;
    auto *inside = new QHBoxLayout(details);
    inside->setContentsMargins(16 + markColumn, 0, 16, 12);
    inside->addWidget(makeFacts(row));
    details->hide();
    m_rows->addWidget(details);
    connect(facts, &LinkButton::clicked, details, [details, facts] {
        details->setVisible(!details->isVisible());
        facts->setIconName(details->isVisible() ? u"chevron-down"_qs : u"chevron-right"_qs);
    });
    addDiagnostics(row);
}

/// Takes the source out of what counts, or brings it back.
QWidget *SourcesPage::makeWithdraw(const SourceRow &row)
{
    const QString name = foreignText(row.source.name);
    auto *link = new LinkButton(row.withdrawal ? u"undo"_qs : u"close"_qs);
    link->setObjectName(
        QString((row.withdrawal ? u"restoreSource"_qs : u"withdrawSource"_qs) % QString::number(row.number + 1)));
    link->setText(row.withdrawal ? tr("Count again") : tr("Withdraw"));
    link->setAccessibleName(row.withdrawal ? tr("Let %1 count again").arg(name) : tr("Withdraw %1").arg(name));
    connect(link, &LinkButton::clicked, this, [this, number = row.number, isOut = row.withdrawal.has_value()] {
        if (isOut) {
            session().remove(RecordType::SourceWithdrawal, withdrawalKey(number));
            return;
        }
        auto *dialog = new WithdrawDialog(session(), {number}, -1, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    return link;
}

/// A wrong digest is more than something to note: what is in the source is not what it says it is.
QWidget *SourcesPage::makeStanding(const SourceRow &row, bool problem)
{
    if (row.wrongBlobs > 0 && !row.withdrawal) {
        auto *chip = new Chip;
        chip->set(Glyph::Deviation, SourceWords::standing(row));
        chip->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        return chip;
    }
    auto *standing = new ElidedLabel(problem || row.withdrawal ? Face::BaseStrong : Face::Base);
    standing->setText(SourceWords::standing(row));
    return standing;
}

void SourcesPage::addDiagnostics(const SourceRow &row)
{
    std::vector<Diagnostic> problems = row.diagnostics;
    std::erase_if(problems, [](const Diagnostic &d) { return d.severity == Diagnostic::Severity::Note; });
    std::ranges::stable_sort(problems, std::ranges::greater(), &Diagnostic::severity);
    for (std::size_t i = 0; i < std::min(problems.size(), mostDiagnostics); ++i) {
        const Diagnostic &problem = problems[i];
        FailureBlock::Content content;
        content.what = session().text(problem.message);
        content.file = foreignText(problem.where);
        if (i == 0)
            content.stillHolds = row.wrongBlobs > 0
                ? tr(
                    "The source was read all the same. What was found in it stands under this reservation: its content "
                    "is not what its own digests say. Ask where it was changed, and for the original.")
                : tr("All other parts of the source are read. What could not be read counts as not "
                     "checked, never as fulfilled.");
        content.detail = toQString(problem.message.def ? problem.message.def->code : "");
        auto *holder = new QWidget;
        auto *inside = new QHBoxLayout(holder);
        inside->setContentsMargins(16 + markColumn, 0, 16, 8);
        inside->addWidget(new FailureBlock(content));
        m_rows->addWidget(holder);
    }
    if (problems.size() > mostDiagnostics) {
        auto *more = makeLabel(Face::Secondary, Ink::Muted);
        more->setContentsMargins(16 + markColumn, 0, 16, 8);
        more->setText(tr("and %n more in the report", nullptr, static_cast<int>(problems.size() - mostDiagnostics)));
        m_rows->addWidget(more);
    }
}

void SourcesPage::addPending(const QString &path, bool running)
{
    m_rows->addWidget(new Line);
    auto *widget = new QWidget;
    widget->setMinimumHeight(size::sourceRow);
    auto *line = new QHBoxLayout(widget);
    line->setContentsMargins(16, 8, 16, 8);
    line->addWidget(new SourceMark(u"clock"_qs, false));
    auto *name = new ElidedLabel(Face::BaseStrong, Ink::Text, Qt::ElideMiddle);
    name->setText(foreignText(toUtf8String(QFileInfo(path).fileName())));
    line->addWidget(name, 5);
    auto *standing = makeLabel(Face::Base, Ink::Muted);
    standing->setText(running ? tr("Being read, see below") : tr("Waits for the one before"));
    line->addWidget(standing, 4);
    m_rows->addWidget(widget);
}

} // namespace tally::ui
