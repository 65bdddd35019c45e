// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/overview_page.h"

#include "core/audit/target_objects.h"
#include "ui/models/causes_model.h"
#include "ui/models/finding_filter.h"
#include "ui/models/not_checked.h"
#include "ui/models/review_stand.h"
#include "ui/models/short_titles.h"
#include "ui/models/sources_model.h"
#include "ui/models/words.h"
#include "ui/theme/glyphs.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/row_button.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace tally::ui {

namespace {

constexpr int tileColumns = 12;
constexpr int narrowColumns = 8; // in a narrow window, where the words in twelve would not fit
constexpr int roomForTiles = 1000;
constexpr int topCauses = 5;
constexpr int legendIndent = 74; // where the tiles begin
constexpr std::size_t mostNotChecked = 5;

class LegendEntry final : public QWidget
{
public:
    /// word: as the tiles say it.
    LegendEntry(Glyph glyph, const QString &phrase, const QString &word, int count)
        : m_glyph(glyph)
    {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(20, 0, 12, 0);
        row->setSpacing(5);
        auto *text = makeLabel(Face::Secondary);
        text->setText(phrase);
        auto *number = makeLabel(Face::Secondary, Ink::Muted);
        number->setText(QString::number(count));
        row->addWidget(text);
        row->addWidget(number);
        row->addStretch();
        setToolTip(OverviewPage::tr("In the tiles: %1").arg(word));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Colors &colors = colorsOf(palette());
        drawGlyph(
            painter, m_glyph, QRectF(1, height() / 2.0 - 6, 12, 12), colorsOf(m_glyph, colors).strong, colors.surface);
    }

private:
    Glyph m_glyph;
};

QVBoxLayout *makeList(QVBoxLayout &column, SectionHeader *title)
{
    column.addWidget(title);
    column.addSpacing(4);
    column.addWidget(new Line);
    auto *list = new QVBoxLayout;
    list->setSpacing(0);
    column.addLayout(list);
    return list;
}

} // namespace

OverviewPage::OverviewPage(Session &session, QWidget *parent)
    : Page(PageId::Overview, session, parent)
    , m_title(makeLabel(Face::PageTitle))
    , m_subline(makeLabel(Face::Base, Ink::Muted))
    , m_axes(makeLabel(Face::Secondary, Ink::Muted))
    , m_continue(new QPushButton)
    , m_notJudged(new NoticeBar)
    , m_tiles(new QGridLayout)
    , m_columns(tileColumns)
    , m_openTitle(new SectionHeader)
    , m_causesTitle(new SectionHeader)
    , m_notCheckedTitle(new SectionHeader)
    , m_sourcesTitle(new SectionHeader)
    , m_sinceTitle(new SectionHeader)
{
    auto *head = new QHBoxLayout;
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(m_title);
    texts->addWidget(m_subline);
    texts->addWidget(m_axes);
    m_axes->setObjectName(u"progressAndResult"_qs);
    m_axes->setWordWrap(true);
    m_subline->setWordWrap(true);
    m_continue->setDefault(true);
    m_continue->setObjectName(u"continueWithNext"_qs);
    head->addLayout(texts, 1);
    head->addWidget(m_continue, 0, Qt::AlignVCenter);
    m_tiles->setHorizontalSpacing(6);
    m_tiles->setVerticalSpacing(8);
    auto *left = new QVBoxLayout;
    left->setSpacing(0);
    m_open = makeList(*left, m_openTitle);
    left->addSpacing(20);
    m_causes = makeList(*left, m_causesTitle);
    left->addStretch();
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    m_notChecked = makeList(*right, m_notCheckedTitle);
    right->addSpacing(20);
    m_sources = makeList(*right, m_sourcesTitle);
    right->addSpacing(20);
    m_since = makeList(*right, m_sinceTitle);
    right->addStretch();
    auto *legend = new QWidget;
    m_legend = new FlowLayout(8, legend);
    m_legend->setContentsMargins(legendIndent, 0, 0, 0);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(32);
    columns->addLayout(left, 64);
    columns->addLayout(right, 36);
    auto *content = new QWidget;
    auto *whole = new QVBoxLayout(content);
    whole->setContentsMargins(size::pageMargin, 20, size::pageMargin, size::pageMargin);
    whole->setSpacing(16);
    whole->addLayout(head);
    whole->addWidget(m_notJudged);
    whole->addLayout(m_tiles);
    whole->addWidget(legend);
    whole->addLayout(columns);
    whole->addStretch();
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(makeScrollArea(content));

    offerJudging(*m_notJudged);
    connect(m_continue, &QPushButton::clicked, this, [this] {
        Q_EMIT navigate({.page = m_next.isEmpty() ? PageId::Report : PageId::Checklist, .requirement = m_next});
    });
    connect(m_openTitle->link(), &LinkButton::clicked, this, [this] { Q_EMIT navigate({.page = PageId::Checklist}); });
    connect(m_causesTitle->link(), &LinkButton::clicked, this, [this] { Q_EMIT navigate({.page = PageId::Findings}); });
    connect(m_sinceTitle->link(), &LinkButton::clicked, this, [this] { Q_EMIT navigate({.page = PageId::Compare}); });
    connect(m_sourcesTitle->link(), &LinkButton::clicked, this, [this] { Q_EMIT commandWanted(Command::OpenFiles); });
}

QString OverviewPage::title() const
{
    return tr("Overview");
}

void OverviewPage::retranslateUi()
{
    m_title->setText(title());
    m_openTitle->setTitle(tr("Open decisions"));
    m_openTitle->link()->setText(tr("All in the checklist"));
    m_causesTitle->setTitle(tr("Most frequent causes"));
    m_causesTitle->link()->setText(tr("All findings"));
    m_notCheckedTitle->setTitle(tr("Not checked"));
    m_sinceTitle->setTitle(tr("Since the last audit"));
    m_sinceTitle->setCount(-1);
    m_sinceTitle->link()->setText(tr("Compare"));
    m_sourcesTitle->setTitle(tr("Sources"));
    m_sourcesTitle->link()->setText(tr("Open source"));
    m_sourcesTitle->link()->setIconName(u"plus"_qs);
    m_sourcesTitle->link()->setIconBehind(false);
}

void OverviewPage::setState(const AuditState &state)
{
    showJudging(*m_notJudged);
    showHead(state);
    showAxes(state);
    showTiles(state);
    showOpenDecisions(state);
    showCauses(state);
    showNotChecked(state);
    showSources(state);
    showSince(state);
}

void OverviewPage::showHead(const AuditState &state)
{
    const Module &module = session().module();
    const Decided decided = countDecided(state, module);
    const ProtectionScope scope(state);
    const auto deviations = std::ranges::count_if(module.requirements, [&](const Requirement &requirement) {
        const RequirementState each = requirementState(state, requirement);
        return each.isOpen(scope.applies(requirement)) && each.kind == StateKind::Deviation;
    });
    const QString counted
        = tr("%1 of %2 requirements are decided.").arg(QString::number(decided.done), QString::number(decided.total));
    if (!state.assessment)
        m_subline->setText(tr("%1 No source has been judged yet.").arg(counted));
    else
        //: %1 is the sentence about decided requirements; %n open requirements with a proven deviation
        m_subline->setText(
            tr("%1 A deviation is proven in %n open one(s).", nullptr, static_cast<int>(deviations)).arg(counted));
    const Requirement *next = nextOpen(state, module);
    m_next = next ? toQString(next->id) : QString();
    m_continue->setText(next ? tr("Continue with %1").arg(shortId(next->id)) : tr("To the report"));
    m_openTitle->setCount(decided.total - decided.done);
}

/// Two things that must not be mixed up: how far the work is, and what came out of it.
void OverviewPage::showAxes(const AuditState &state)
{
    std::array<int, 5> statuses{};
    std::array<int, 5> reviews{};
    int outdated = 0;
    for (const Requirement &requirement : session().module().requirements) {
        const auto found = state.decisions.find(requirement.id);
        const Status status = found == state.decisions.end() ? Status::Unbearbeitet : found->second.status;
        const bool stale = found != state.decisions.end() && found->second.stale;
        outdated += stale && status != Status::Unbearbeitet ? 1 : 0;
        ++statuses[static_cast<std::size_t>(stale ? Status::Unbearbeitet : status)];
        ++reviews[static_cast<std::size_t>(reviewStand(state, requirement.id))];
    }
    const auto number = [](int count) { return QString::number(count); };
    const auto with
        = [&statuses, &number](Status status) { return number(statuses[static_cast<std::size_t>(status)]); };
    const auto stands = [&reviews](ReviewStand stand) { return reviews[static_cast<std::size_t>(stand)]; };
    QString text;
    if (!state.records.reviews.empty())
        text = tr("Progress: %1 not reviewed, %2 to review, %3 sent back, %4 accepted.")
                   .arg(number(stands(ReviewStand::Open)), number(stands(ReviewStand::ToReview)),
                       number(stands(ReviewStand::SentBack)), number(stands(ReviewStand::Accepted)))
            % u' ';
    //: numbers of decided requirements
    text += tr("Result so far: %1 yes, %2 partially, %3 no, %4 dispensable.")
                .arg(with(Status::Ja), with(Status::Teilweise), with(Status::Nein), with(Status::Entbehrlich));
    if (outdated > 0)
        text += u' '
            % tr("%n decision(s) are to be confirmed anew: what they rested on has changed.", nullptr, outdated);
    m_axes->setText(text);
    m_axes->setVisible(!state.decisions.empty());
}

void OverviewPage::showTiles(const AuditState &state)
{
    clearLayout(*m_tiles);
    m_tileList.clear();
    for (int column = 1; column <= tileColumns; ++column)
        m_tiles->setColumnStretch(column, column <= m_columns ? 1 : 0);
    const ProtectionScope scope(state);
    int row = 0;
    for (const Level level : {Level::Basic, Level::Standard, Level::Elevated}) {
        int done = 0;
        int total = 0;
        int column = 1;
        const int firstRow = row;
        for (const Requirement &requirement : session().module().requirements) {
            if (requirement.level != level)
                continue;
            if (column > m_columns) {
                column = 1;
                ++row;
            }
            const RequirementState each = requirementState(state, requirement);
            auto *tile = new RequirementTile;
            tile->set(shortId(requirement.id), shortTitle(requirement),
                toQString(requirement.title.in(applicationLanguage())), each, scope.applies(requirement));
            tile->installEventFilter(this);
            connect(tile, &RequirementTile::clicked, this, [this, id = toQString(requirement.id)] {
                Q_EMIT navigate({.page = PageId::Checklist, .requirement = id});
            });
            m_tileList.append(tile);
            m_tiles->addWidget(tile, row, column++);
            done += each.isDone() ? 1 : 0;
            total += each.decided || scope.applies(requirement) ? 1 : 0;
        }
        auto *band = new QWidget;
        auto *texts = new QVBoxLayout(band);
        texts->setContentsMargins(0, 0, 0, 0);
        texts->setSpacing(0);
        auto *name = makeLabel(Face::SecondaryStrong);
        name->setText(Words::level(level));
        auto *count = makeLabel(Face::Secondary, Ink::Muted);
        count->setText(tr("%1 of %2").arg(QString::number(done), QString::number(total)));
        texts->addWidget(name);
        texts->addWidget(count);
        band->setMinimumWidth(68);
        m_tiles->addWidget(band, firstRow, 0, Qt::AlignTop);
        ++row;
    }
    showLegend(state);
}

void OverviewPage::showLegend(const AuditState &state)
{
    std::array<int, stateKindCount> counts{};
    int outdated = 0; // the tiles show them so, whatever was decided
    const ProtectionScope scope(state);
    for (const Requirement &requirement : session().module().requirements) {
        const RequirementState each = requirementState(state, requirement);
        if (each.decided || scope.applies(requirement))
            ++(each.stale ? outdated : counts[static_cast<std::size_t>(each.kind)]);
    }
    clearLayout(*m_legend);
    for (int number = 0; number < stateKindCount; ++number) {
        const auto kind = static_cast<StateKind>(number);
        if (const int count = counts[static_cast<std::size_t>(number)]; count > 0)
            m_legend->addWidget(
                new LegendEntry(glyphOf(kind), StateWords::phrase(kind), StateWords::word(kind), count));
    }
    if (outdated > 0)
        m_legend->addWidget(
            new LegendEntry(Glyph::Outdated, tr("decided, basis changed"), RequirementTile::tr("changed"), outdated));
}

std::map<std::string, int> OverviewPage::placesPerCheck(const AuditState &state)
{
    std::map<std::string, std::set<std::string>> places;
    if (state.assessment) {
        for (const Finding &finding : state.assessment->findings)
            places[finding.check].insert(placeKey(finding));
    }
    std::map<std::string, int> counts;
    for (const auto &[check, of] : places)
        counts[check] = static_cast<int>(of.size());
    return counts;
}

QString OverviewPage::openDetail(
    const AuditState &state, const Requirement &requirement, const std::map<std::string, int> &places) const
{
    if (!state.assessment)
        return {};
    const auto &results = state.assessment->requirements;
    const auto result = std::ranges::find(results, requirement.id, &RequirementResult::id);
    if (result == results.end())
        return {};
    const Finding *strongest = nullptr;
    Weight weight = Weight::Context;
    for (const PartResult &part : result->parts) {
        for (const PartFinding &each : part.findings) {
            const Finding &finding = state.assessment->findings[each.finding];
            const auto rank
                = [&places](Weight w, const Finding &f) { return std::tuple(w, f.severity, places.at(f.check)); };
            const bool stronger
                = each.weight > weight || (strongest && rank(each.weight, finding) > rank(weight, *strongest));
            if (stronger) {
                strongest = &finding;
                weight = each.weight;
            }
        }
    }
    if (strongest) {
        const Check *check = session().checks().find(strongest->check);
        const QString cause = toQString(check ? check->title.in(applicationLanguage()) : strongest->check);
        //: number of objects or images that show a cause, then the cause
        return tr("%n × %1", nullptr, places.at(strongest->check)).arg(cause);
    }
    std::set<std::string> missing;
    for (const PartResult &part : result->parts)
        missing.insert(part.basis.missing.begin(), part.basis.missing.end());
    if (result->proposal == Proposal::Organisational)
        return tr("Only documents or interviews can tell");
    if (result->proposal == Proposal::NoDeviationFound)
        return tr("Everything needed was seen, nothing speaks against it");
    if (!missing.empty()) {
        QStringList names;
        for (const std::string &need : missing)
            names.append(Words::need(need, !state.images.empty()));
        return tr("Not seen: %1").arg(names.join(u", "_qs));
    }
    return {};
}

void OverviewPage::showOpenDecisions(const AuditState &state)
{
    clearLayout(*m_open);
    std::vector<std::pair<RequirementState, const Requirement *>> open;
    const ProtectionScope scope(state);
    for (const Requirement &requirement : session().module().requirements) {
        const RequirementState each = requirementState(state, requirement);
        if (each.isOpen(scope.applies(requirement)))
            open.emplace_back(each, &requirement);
    }
    std::ranges::stable_sort(open, {}, [](const auto &each) { return each.first.urgency(); });
    const std::map<std::string, int> places = placesPerCheck(state);
    for (const auto &[each, requirement] : open) {
        RowButton::Content content;
        content.glyph = glyphOf(each.kind);
        content.lead = shortId(requirement->id);
        content.title = toQString(requirement->title.in(applicationLanguage()));
        content.detail = openDetail(state, *requirement, places);
        content.titleShare = 0.38;
        auto *row = new RowButton(content);
        connect(row, &RowButton::clicked, this, [this, id = toQString(requirement->id)] {
            Q_EMIT navigate({.page = PageId::Checklist, .requirement = id});
        });
        m_open->addWidget(row);
    }
    m_openTitle->link()->setVisible(!open.empty());
    m_openTitle->setVisible(!open.empty());
}

void OverviewPage::showCauses(const AuditState &state)
{
    clearLayout(*m_causes);
    const FilteredFindings all = filterFindings(state, session().checks(), applicationLanguage(), FindingFilter());
    CausesModel causes;
    causes.setFindings(
        session().state(), session().knowledge().checks, all.findings, Grouping::ByCause, applicationLanguage());
    m_causesTitle->setCount(causes.groups());
    m_causesTitle->link()->setVisible(causes.groups() > 0);
    int most = 1;
    const int shown = std::min(topCauses, causes.rowCount());
    for (int i = 0; i < shown; ++i)
        most = std::max(most, causes.index(i, 0).data(CausesModel::CountRole).toInt());
    for (int i = 0; i < shown; ++i) {
        const QModelIndex cause = causes.index(i, 0);
        const int count = cause.data(CausesModel::CountRole).toInt();
        RowButton::Content content;
        content.glyph = glyphOf(static_cast<Severity>(cause.data(CausesModel::SeverityRole).toInt()));
        content.title = cause.data(CausesModel::TitleRole).toString();
        content.bar = static_cast<double>(count) / most;
        content.number = countText(static_cast<std::uint64_t>(count));
        content.trail = cause.data(CausesModel::PartsRole).toString();
        auto *row = new RowButton(content);
        const auto finding = cause.data(CausesModel::FindingRole).value<std::size_t>();
        connect(row, &RowButton::clicked, this, [this, check = toQString(state.assessment->findings[finding].check)] {
            Q_EMIT navigate({.page = PageId::Findings, .check = check});
        });
        m_causes->addWidget(row);
    }
}

void OverviewPage::showNotChecked(const AuditState &state)
{
    clearLayout(*m_notChecked);
    const std::vector<NotChecked> items = notChecked(state, session().module());
    m_notCheckedTitle->setCount(static_cast<int>(items.size()));
    for (std::size_t i = 0; i < std::min(items.size(), mostNotChecked); ++i) {
        auto *block = new QWidget;
        auto *column = new QVBoxLayout(block);
        column->setContentsMargins(0, 8, 0, 8);
        column->setSpacing(4);
        auto *text = new ElidedLabel(Face::Base);
        text->setText(NotCheckedWords::sentence(items[i]));
        text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        column->addWidget(text);
        if (!items[i].command.isEmpty())
            column->addWidget(new CommandLine(items[i].command));
        m_notChecked->addWidget(block);
        m_notChecked->addWidget(new Line);
    }
    if (items.size() > mostNotChecked) {
        auto *more = makeLabel(Face::Secondary, Ink::Muted);
        more->setText(tr("and %n more", nullptr, static_cast<int>(items.size() - mostNotChecked)));
        more->setContentsMargins(0, 6, 0, 0);
        m_notChecked->addWidget(more);
    }
    if (items.empty()) {
        auto *nothing = makeLabel(Face::Base, Ink::Muted);
        nothing->setContentsMargins(0, 8, 0, 8);
        nothing->setText(
            state.assessment ? tr("Everything that the checks need was handed over.") : tr("Open a source first."));
        m_notChecked->addWidget(nothing);
    }
}

void OverviewPage::showSources(const AuditState &state)
{
    clearLayout(*m_sources);
    m_sourcesTitle->link()->show();
    const std::vector<SourceRow> rows = sourceRows(state);
    m_sourcesTitle->setCount(static_cast<int>(rows.size()));
    for (const SourceRow &source : rows) {
        RowButton::Content content;
        if (source.wrongBlobs > 0)
            content.glyph = glyphOf(StateKind::Deviation);
        else
            content.icon = source.images > 0 ? u"images"_qs : u"cluster"_qs;
        content.title = foreignText(source.source.name);
        content.trail = source.wrongBlobs > 0 ? SourceWords::wrong(source) : SourceWords::result(source);
        auto *row = new RowButton(content);
        connect(row, &RowButton::clicked, this, [this] { Q_EMIT navigate({.page = PageId::Sources}); });
        m_sources->addWidget(row);
    }
}

void OverviewPage::showSince(const AuditState &state)
{
    clearLayout(*m_since);
    m_sinceTitle->link()->setVisible(state.run != nullptr);
    auto *text = makeLabel(Face::Base, state.predecessor ? Ink::Text : Ink::Muted);
    text->setWordWrap(true);
    text->setContentsMargins(0, 8, 0, 8);
    m_since->addWidget(text);
    if (!state.predecessor) {
        text->setText(tr("This audit was not started from an earlier one. Compare it with one to see what changed."));
        return;
    }
    int open = 0;
    const Requirement *first = nullptr;
    for (const Requirement &requirement : session().module().requirements) {
        if (!state.toConfirm(requirement.id))
            continue;
        first = first ? first : &requirement;
        ++open;
    }
    text->setText(tr("Started from “%1”.").arg(foreignText(state.predecessor->title)));
    if (!first)
        return;
    RowButton::Content content;
    content.glyph = Glyph::Open;
    content.title = tr("%n answer(s) of it to be confirmed", nullptr, open);
    auto *row = new RowButton(content);
    connect(row, &RowButton::clicked, this,
        [this, id = toQString(first->id)] { Q_EMIT navigate({.page = PageId::Checklist, .requirement = id}); });
    m_since->addWidget(row);
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    const int columns = width() < roomForTiles ? narrowColumns : tileColumns;
    if (columns == m_columns)
        return;
    m_columns = columns;
    if (!m_tileList.isEmpty())
        showTiles(*session().state());
}

bool OverviewPage::eventFilter(QObject *watched, QEvent *event)
{
    const auto at = m_tileList.indexOf(watched);
    if (event->type() == QEvent::KeyPress && at >= 0) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const qsizetype step = key == Qt::Key_Right ? 1
            : key == Qt::Key_Left                   ? -1
            : key == Qt::Key_Down                   ? tileColumns
            : key == Qt::Key_Up                     ? -tileColumns
                                                    : 0;
        if (step != 0) {
            // up and down go to the tile that stands nearest, bands have different lengths
            const QPoint from = m_tileList[at]->geometry().center();
            RequirementTile *best = nullptr;
            for (RequirementTile *tile : std::as_const(m_tileList)) {
                const QPoint to = tile->geometry().center() - from;
                const bool right
                    = qAbs(step) == 1 ? m_tileList.indexOf(tile) == at + step : (step > 0 ? to.y() > 10 : to.y() < -10);
                const auto distance = [&from](const RequirementTile *t) {
                    const QPoint d = t->geometry().center() - from;
                    return d.x() * d.x() + 4 * d.y() * d.y();
                };
                if (right && (!best || distance(tile) < distance(best)))
                    best = tile;
            }
            if (best)
                best->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

} // namespace tally::ui
