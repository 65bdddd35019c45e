// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/findings_page.h"

#include "core/audit/carried.h"
#include "ui/dialogs/confirm_dialog.h"
#include "ui/models/words.h"
#include "ui/pages/facet_list.h"
#include "ui/pages/finding_detail.h"
#include "ui/pages/saved_filters.h"
#include "ui/theme/glyphs.h"
#include "ui/theme/style.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/search_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr int partColumn = 56;
constexpr int countColumn = 64;

class CauseDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        return {200, index.parent().isValid() ? 27 : size::causeRow};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Colors &colors = colorsOf(option.palette);
        const bool upper = !index.parent().isValid();
        const bool open = option.state.testFlag(QStyle::State_Open);
        const bool chosen = option.state.testFlag(QStyle::State_Selected);
        const QColor ground = chosen                         ? colors.selection
            : option.state.testFlag(QStyle::State_MouseOver) ? colors.hover
            : upper && open                                  ? colors.accentSoft
                                                             : colors.raised;
        painter->save();
        painter->fillRect(option.rect, ground);
        if (upper)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), option.rect.width(), 1), colors.border);
        QRectF row = QRectF(option.rect).adjusted(4, 0, -16, 0);
        const Glyph glyph = glyphOf(static_cast<Severity>(index.data(CausesModel::SeverityRole).toInt()));
        if (upper)
            drawGlyph(*painter, glyph,
                QRectF(row.left() + 2, row.center().y() - 6, size::severityGlyph, size::severityGlyph),
                colorsOf(glyph, colors).strong, ground);
        const bool accepted = index.data(CausesModel::AcceptedRole).toBool();
        const bool system = index.data(CausesModel::SystemRole).toBool();
        // below a cause the part is the cause's, and one finding is the rule: the name needs the room
        const bool placeRow = !upper && index.data(CausesModel::MonoRole).toBool();
        const int count = index.data(CausesModel::CountRole).toInt();
        if (!placeRow) {
            painter->setFont(faceFont(Face::Secondary));
            painter->setPen(colors.muted);
            painter->drawText(QRectF(row.right() - partColumn, row.top(), partColumn, row.height()),
                Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, index.data(CausesModel::PartsRole).toString());
        }
        if (!placeRow || count > 1) {
            painter->setFont(faceFont(upper ? Face::BaseStrong : Face::Dense));
            painter->setPen(upper && !accepted ? colors.text : colors.muted);
            drawNumber(*painter,
                QRectF(row.right() - partColumn - 8 - countColumn, row.top(), countColumn, row.height()),
                countText(static_cast<std::uint64_t>(count)));
        }
        const int taken = !placeRow ? partColumn + countColumn + 16 : count > 1 ? partColumn + 44 : 0;
        QRectF place = row.adjusted(24, 0, -taken, 0);
        if (!upper && (accepted || system)) {
            const QString word = accepted ? FindingsPage::tr("exception") : FindingsPage::tr("system");
            painter->setFont(faceFont(Face::SecondaryStrong));
            const double wide = painter->fontMetrics().horizontalAdvance(word) + 14;
            const QRectF tag(place.right() - wide, place.center().y() - 9, wide, 18);
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(colors.notCheckedSoft);
            painter->drawRoundedRect(tag, size::chipRadius, size::chipRadius);
            painter->setPen(colors.notChecked);
            painter->drawText(tag, Qt::AlignCenter, word);
            place.setRight(tag.left() - 8);
        }
        painter->setFont(faceFont(upper && (open || chosen) ? Face::BaseStrong : upper ? Face::Base : Face::Dense));
        painter->setPen(accepted ? colors.muted : colors.text);
        painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(index.data(CausesModel::TitleRole).toString(),
                index.data(CausesModel::MonoRole).toBool() ? Qt::ElideMiddle : Qt::ElideRight,
                static_cast<int>(place.width())));
        painter->restore();
    }
};

} // namespace

FindingsPage::FindingsPage(Session &session, QSettings &settings, QWidget *parent)
    : Page(PageId::Findings, session, parent)
    , m_settings(settings)
    , m_title(makeLabel(Face::Title))
    , m_count(makeLabel(Face::Base, Ink::Muted))
    , m_clear(new LinkButton(u"close"_qs))
    , m_saved(new SavedFilters(session))
    , m_facets(new FacetList)
    , m_grouping(new QComboBox)
    , m_search(new SearchField)
    , m_headTitle(makeLabel(Face::Secondary, Ink::Muted))
    , m_headCount(makeLabel(Face::Secondary, Ink::Muted))
    , m_headPart(makeLabel(Face::Secondary, Ink::Muted))
    , m_list(new QTreeView)
    , m_detail(new FindingDetail(session))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_carried(new NoticeBar)
    , m_empty(new EmptyState(u"findings"_qs))
{
    m_splitter->addWidget(makeFacets());
    m_splitter->addWidget(makeList());
    m_splitter->addWidget(m_detail);
    m_splitter->setSizes({size::facets, 440, 420});
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->restoreState(settings.value(u"findings/splitter"_qs).toByteArray());
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    m_carried->setObjectName(u"exceptionsToConfirm"_qs);
    m_carried->button()->setObjectName(u"confirmExceptions"_qs);
    m_carried->hide();
    whole->setSpacing(0);
    whole->addWidget(m_carried);
    whole->addWidget(m_splitter, 1);
    whole->addWidget(m_empty);

    connect(m_facets, &FacetList::toggled, this, [this](Facet facet, const std::string &value, bool on) {
        if (on)
            m_filter.of(facet).insert(value);
        else
            m_filter.of(facet).erase(value);
        applyFilter();
    });
    connect(m_clear, &LinkButton::clicked, this, [this] { takeFilter({}); });
    connect(m_saved, &SavedFilters::chosen, this, &FindingsPage::takeFilter);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter.text = text;
        applyFilter();
    });
    connect(m_grouping, &QComboBox::activated, this, &FindingsPage::applyFilter);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &FindingsPage::showDetail);
    connect(m_detail, &FindingDetail::navigate, this, &Page::navigate);
    connect(m_empty->button(), &QPushButton::clicked, this, [this] { Q_EMIT commandWanted(Command::OpenFiles); });
    connect(m_carried->button(), &QAbstractButton::clicked, this, [this] {
        auto *dialog = new ConfirmDialog(this->session(), {}, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(m_splitter, &QSplitter::splitterMoved, this,
        [this] { m_settings.setValue(u"findings/splitter"_qs, m_splitter->saveState()); });
}

FindingsPage::~FindingsPage() = default;

QWidget *FindingsPage::makeFacets()
{
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new Panel(Panel::Ground::Raised);
    head->setMinimumHeight(size::head);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(16, 0, 12, 0);
    row->setSpacing(8);
    row->addWidget(m_title);
    m_count->setWordWrap(true); // "4 zuständige Stellen" has no room beside the title in one line
    row->addWidget(m_count, 1);
    column->addWidget(head);
    column->addWidget(new Line);
    QScrollArea *facets = makeScrollArea(m_facets);
    facets->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(facets, 1);
    auto *foot = new QVBoxLayout;
    foot->setContentsMargins(12, 4, 12, 8);
    foot->setSpacing(4);
    foot->addWidget(m_clear, 0, Qt::AlignLeft);
    foot->addWidget(m_saved);
    column->addLayout(foot);
    side->setMinimumWidth(180);
    return side;
}

QWidget *FindingsPage::makeList()
{
    m_list->setObjectName(u"causes"_qs);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new CauseDelegate(this));
    m_list->setHeaderHidden(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setUniformRowHeights(false);
    m_list->setExpandsOnDoubleClick(false);
    m_list->setIndentation(24);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QWidget::customContextMenuRequested, this, &FindingsPage::popUpMenu);
    m_search->setObjectName(u"findingsFilter"_qs);
    m_grouping->setObjectName(u"findingsGrouping"_qs);
    m_grouping->addItems(QStringList(5)); // as many as Grouping has; retranslateUi() names them
    m_grouping->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(m_list, &QTreeView::clicked, this, [this](const QModelIndex &index) {
        if (!index.parent().isValid())
            m_list->setExpanded(index, !m_list->isExpanded(index));
    });
    auto *middle = new Panel(Panel::Ground::Raised);
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *bar = new QWidget;
    bar->setMinimumHeight(size::head);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 6, 16, 6);
    row->addWidget(m_grouping);
    row->addWidget(m_search, 1);
    column->addWidget(bar);
    column->addWidget(new Line);
    auto *head = new QWidget;
    auto *titles = new QHBoxLayout(head);
    titles->setContentsMargins(52, 4, 16, 4);
    titles->setSpacing(8);
    m_headCount->setAlignment(Qt::AlignRight);
    m_headPart->setFixedWidth(partColumn);
    titles->addWidget(m_headTitle, 1);
    titles->addWidget(m_headCount);
    titles->addWidget(m_headPart);
    column->addWidget(head);
    column->addWidget(new Line);
    column->addWidget(m_list, 1);
    middle->setMinimumWidth(320);
    return middle;
}

QString FindingsPage::title() const
{
    return tr("Findings");
}

void FindingsPage::retranslateUi()
{
    m_title->setText(title());
    m_clear->setText(tr("Clear filter"));
    m_saved->retranslateUi();
    const QStringList groupings
        = {tr("By cause"), tr("By object"), tr("By requirement"), tr("By technique of attack"), tr("By owner")};
    for (int i = 0; i < m_grouping->count(); ++i)
        m_grouping->setItemText(i, groupings.value(i));
    m_grouping->setAccessibleName(tr("Grouping"));
    m_search->setPlaceholderText(tr("Filter findings"));
    m_search->setAccessibleName(tr("Filter findings"));
    m_list->setAccessibleName(tr("Findings"));
    m_headPart->setText(tr("Part"));
    m_empty->setTexts(tr("No findings"),
        tr("Here stands what the checks found in the sources, grouped by cause. That nothing was found is no proof: "
           "the overview says what was not checked."));
    m_empty->button()->setText(tr("Open files"));
    m_detail->retranslateUi();
}

void FindingsPage::setState(const AuditState &state)
{
    const bool any = state.assessment && !state.assessment->findings.empty();
    m_splitter->setVisible(any);
    m_empty->setVisible(!any);
    m_empty->button()->setVisible(!any);
    const auto waiting = static_cast<int>(carriedExceptions(state).size());
    m_carried->setVisible(any && waiting > 0 && !session().isReadOnly());
    m_carried->setTexts(
        tr("%n exception(s) of the earlier audit wait to be confirmed; they do not count before.", nullptr, waiting),
        tr("Look at them"));
    applyFilter();
}

void FindingsPage::takeFilter(const FindingFilter &filter)
{
    const QSignalBlocker blocker(m_search); // its words come with the rest
    m_filter = filter;
    m_search->setText(filter.text);
    applyFilter();
}

void FindingsPage::applyFilter()
{
    const AuditStatePtr state = session().state();
    if (!state->assessment)
        return;
    if (!m_owners.isOf(*state))
        m_owners = FindingOwners(*state);
    const FilteredFindings result
        = filterFindings(*state, session().checks(), applicationLanguage(), m_filter, m_owners);
    m_model.setFindings(state, session().knowledge().checks, result.findings, grouping(), applicationLanguage(),
        session().knowledge().catalogue, session().module().id, m_owners);
    m_facets->show(result, m_filter, session());
    m_clear->setVisible(!m_filter.isEmpty());
    m_saved->setFilter(m_filter);
    showHead(grouping());
    const auto &findings = state->assessment->findings;
    const auto shown = std::ranges::find(findings, m_shown, &Finding::id);
    QModelIndex again;
    if (shown != findings.end())
        again = m_model.indexOfFinding(static_cast<std::size_t>(shown - findings.begin()));
    if (m_shownGroup && again.isValid())
        again = again.parent();
    select(again.isValid() ? again : m_model.index(0, 0));
}

Grouping FindingsPage::grouping() const
{
    return static_cast<Grouping>(std::max(0, m_grouping->currentIndex()));
}

void FindingsPage::showHead(Grouping grouping)
{
    const int groups = m_model.groups();
    m_headCount->setText(grouping == Grouping::ByCause ? tr("Objects") : tr("Causes"));
    switch (grouping) {
    case Grouping::ByCause:
        m_headTitle->setText(tr("Cause"));
        m_count->setText(tr("%n cause(s)", nullptr, groups));
        return;
    case Grouping::ByObject:
        m_headTitle->setText(tr("Object"));
        m_count->setText(tr("%n object(s)", nullptr, groups));
        return;
    case Grouping::ByRequirement:
        m_headTitle->setText(tr("Requirement"));
        m_count->setText(tr("%n requirement(s)", nullptr, groups));
        return;
    case Grouping::ByTechnique:
        m_headTitle->setText(tr("Technique of attack (MITRE ATT&CK)"));
        m_count->setText(tr("%n technique(s)", nullptr, groups));
        return;
    case Grouping::ByOwner:
        m_headTitle->setText(tr("Owner, as labels say"));
        m_count->setText(tr("%n owner(s)", nullptr, groups));
        return;
    }
}

void FindingsPage::select(const QModelIndex &index)
{
    m_list->setCurrentIndex(index);
    if (index.isValid()) {
        m_list->expand(index.parent().isValid() ? index.parent() : index);
        m_list->scrollTo(index);
    }
    showDetail();
}

void FindingsPage::popUpMenu(const QPoint &at)
{
    if (!m_list->currentIndex().isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *make = menu->addAction(tr("Make an exception"), m_detail, &FindingDetail::beginException);
    make->setEnabled(!session().isReadOnly());
    menu->popup(m_list->viewport()->mapToGlobal(at));
}

void FindingsPage::showDetail()
{
    const QModelIndex current = m_list->currentIndex();
    const std::vector<std::size_t> findings = m_model.findingsOf(current);
    const AuditStatePtr state = session().state();
    if (!findings.empty()) {
        m_shown = state->assessment->findings[findings.front()].id;
        m_shownGroup = !current.parent().isValid();
    }
    m_detail->show(*state, findings);
}

void FindingsPage::goTo(const Address &address)
{
    m_filter = {};
    m_filter.text.clear();
    m_search->clear();
    if (!address.requirement.isEmpty())
        m_filter.of(Facet::Requirement).insert(toUtf8String(address.requirement));
    m_grouping->setCurrentIndex(0);
    applyFilter();
    const AuditStatePtr state = session().state();
    if (!address.finding.isEmpty() && state->assessment) {
        const auto &findings = state->assessment->findings;
        const auto found = std::ranges::find(findings, toUtf8String(address.finding), &Finding::id);
        if (found != findings.end())
            select(m_model.indexOfFinding(static_cast<std::size_t>(found - findings.begin())));
    } else if (!address.check.isEmpty()) {
        if (const QModelIndex index = m_model.indexOfCheck(toUtf8String(address.check)); index.isValid())
            select(index);
    }
    m_list->setFocus(Qt::OtherFocusReason);
}

} // namespace tally::ui
