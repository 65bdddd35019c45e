// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checklist/requirement_view.h"

#include "core/catalogue/role_name.h"
#include "ui/models/requirement_state.h"
#include "ui/models/target_words.h"
#include "ui/models/words.h"
#include "ui/pages/page.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/drop_zone.h"
#include "ui/widgets/key_button.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QResizeEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

RequirementView::RequirementView(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_id(makeLabel(Face::PageTitle, Ink::Muted))
    , m_title(new ElidedLabel(Face::PageTitle))
    , m_chip(new Chip)
    , m_facts(new ElidedLabel(Face::Secondary, Ink::Muted))
    , m_where(makeLabel(Face::Secondary))
    , m_toScope(new LinkButton)
    , m_factsBelow(new ElidedLabel(Face::Secondary, Ink::Muted))
    , m_guidance(new KeyButton(u"book"_qs))
    , m_previous(new KeyButton(u"chevron-up"_qs))
    , m_next(new KeyButton(u"chevron-down"_qs))
{
    setAcceptDrops(true);
    m_guidance->setKey(u"G"_qs);
    m_previous->setKey(u"K"_qs);
    m_next->setKey(u"J"_qs);
    for (KeyButton *button : {m_guidance, m_previous, m_next})
        button->setFont(faceFont(Face::Secondary));
    connect(m_toScope, &QAbstractButton::clicked, this,
        [this] { Q_EMIT navigate({.page = PageId::Sources, .tab = u"scope"_qs}); });
    connect(m_guidance, &QAbstractButton::clicked, this, &RequirementView::guidanceWanted);
    connect(m_previous, &QAbstractButton::clicked, this, [this] { Q_EMIT stepWanted(-1); });
    connect(m_next, &QAbstractButton::clicked, this, [this] { Q_EMIT stepWanted(1); });
    layOut();
    m_dropHint = new DropHint(this);
}

void RequirementView::layOut()
{
    auto *head = new Panel(Panel::Ground::Raised);
    auto *lines = new QVBoxLayout(head);
    lines->setContentsMargins(size::pageMargin, 14, size::pageMargin, 10);
    lines->setSpacing(6);
    auto *first = new QHBoxLayout;
    first->setSpacing(10);
    first->addWidget(m_id);
    first->addWidget(m_title, 1);
    auto *second = new QHBoxLayout;
    second->setSpacing(8);
    second->addWidget(m_chip);
    second->addWidget(m_facts, 1);
    second->addStretch();
    second->addWidget(m_guidance);
    second->addWidget(m_previous);
    second->addWidget(m_next);
    lines->addLayout(first);
    lines->addLayout(second);
    lines->addWidget(m_factsBelow);
    m_factsBelow->hide();
    auto *third = new QHBoxLayout;
    third->setSpacing(12);
    m_where->setObjectName(u"whereItApplies"_qs);
    m_where->setWordWrap(true);
    third->addWidget(m_where, 1);
    third->addWidget(m_toScope, 0, Qt::AlignTop);
    lines->addLayout(third);

    auto *content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(size::pageMargin, 6, size::pageMargin, size::pageMargin);
    m_column->setSpacing(0);
    m_scroll = makeScrollArea(content);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(new Line);
    column->addWidget(m_scroll, 1);
}

void RequirementView::retranslateUi()
{
    m_toScope->setText(tr("Protection needs"));
    m_guidance->setText(m_narrow ? QString() : tr("Guidance"));
    m_guidance->setAccessibleName(tr("Guidance"));
    m_guidance->setToolTip(tr("Guidance"));
    m_previous->setAccessibleName(tr("Requirement before"));
    m_next->setAccessibleName(tr("Next requirement"));
    m_previous->setToolTip(tr("Requirement before"));
    m_next->setToolTip(tr("Next requirement"));
}

void RequirementView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    constexpr int roomForWords = 640;
    const bool narrow = event->size().width() < roomForWords;
    if (narrow != m_narrow) {
        m_narrow = narrow;
        m_guidance->setText(narrow ? QString() : tr("Guidance"));
        m_guidance->updateGeometry();
    }
    fitHead();
}

/// The facts stand beside the state where they fit whole, else on a line of their own.
void RequirementView::fitHead()
{
    int taken = 2 * size::pageMargin + m_chip->sizeHint().width() + m_facts->sizeHint().width();
    for (const KeyButton *button : {m_guidance, m_previous, m_next})
        taken += button->sizeHint().width() + 8;
    const bool below = taken + 16 > width();
    m_facts->setVisible(!below);
    m_factsBelow->setVisible(below);
}

void RequirementView::setRequirement(const Requirement *requirement)
{
    const bool same = requirement == m_requirement;
    m_requirement = requirement;
    setVisible(requirement != nullptr);
    if (!requirement)
        return;
    fillHead();
    const Language language = applicationLanguage();
    const AssessmentPtr assessment = m_session.state()->assessment;
    std::vector<Attachment> evidence;
    for (const Attachment *each : attachmentsFor(m_session.state()->attachments, requirement->id))
        evidence.push_back(*each);
    if (same && assessment == m_shown && language == m_language && evidence == m_evidence)
        return; // only a decision has changed: what has the keyboard keeps it
    m_evidence = std::move(evidence);
    m_shown = assessment;
    m_language = language;
    fillParts(same);
}

void RequirementView::fillHead()
{
    const Language language = applicationLanguage();
    const Requirement &requirement = *m_requirement;
    const RequirementState state = requirementState(*m_session.state(), requirement);
    m_id->setText(shortId(requirement.id));
    m_title->setText(toQString(requirement.title.in(language)));
    const QString phrase = StateWords::phrase(state.kind);
    const bool applies = state.decided || ProtectionScope(*m_session.state()).applies(requirement);
    m_chip->set(applies ? glyphOf(state) : Glyph::NotChecked,
        !applies            ? TargetWords::appliesNowhere()
            : state.stale   ? tr("%1, basis changed").arg(phrase)
            : state.decided ? tr("decided: %1").arg(phrase)
                            : tr("open, %1").arg(phrase));
    QStringList facts{Words::levelLong(requirement.level)};
    for (const std::string &role : requirement.roles)
        facts.append(toQString(roleName(role).in(language)));
    if (!requirement.threats.empty()) {
        facts.append(tr("%n elementary threat(s)", nullptr, static_cast<int>(requirement.threats.size())));
    }
    m_facts->setText(facts.join(u"  ·  "));
    QStringList threats;
    for (const std::string &id : requirement.threats)
        threats.append(toQString(id));
    m_factsBelow->setText(m_facts->text());
    for (ElidedLabel *label : {m_facts, m_factsBelow})
        label->setToolTip(threats.join(u", ").toHtmlEscaped());
    fitHead();
    showWhere();
}

void RequirementView::showWhere()
{
    const AuditStatePtr state = m_session.state();
    const QString text = m_session.hasAudit() ? TargetWords::where(ProtectionScope(*state), *m_requirement) : QString();
    m_where->setText(text);
    m_where->setVisible(!text.isEmpty());
    m_toScope->setVisible(!text.isEmpty());
}

void RequirementView::fillParts(bool sameRequirement)
{
    const int scrolled = m_scroll->verticalScrollBar()->value();
    std::vector<bool> open;
    for (const PartPanel *panel : m_parts)
        open.push_back(panel->isOpen());
    const auto &parts = m_requirement->parts;
    clearLayout(*m_column);
    m_parts.clear();
    for (const Part &part : parts) {
        auto *panel = new PartPanel;
        panel->setPart(m_session, part);
        connect(panel, &PartPanel::navigate, this, &RequirementView::navigate);
        connect(panel, &PartPanel::attachWanted, this, [this](const QString &id) { Q_EMIT attachWanted(nullptr, id); });
        m_column->addWidget(panel);
        m_parts.push_back(panel);
    }
    m_column->addStretch(1);
    QTimer::singleShot(0, this, &RequirementView::measure);
    if (sameRequirement && open.size() == m_parts.size()) {
        for (std::size_t i = 0; i < m_parts.size(); ++i)
            m_parts[i]->setOpen(open[i]);
        m_scroll->verticalScrollBar()->setValue(scrolled);
        return;
    }
    // What asks for attention most lies open.
    const auto first = std::ranges::max_element(m_parts, {}, &PartPanel::urgency);
    for (PartPanel *panel : m_parts)
        panel->setOpen(first != m_parts.end() && panel == *first);
    m_scroll->verticalScrollBar()->setValue(0);
}

/// The parts were made while the page is shown: what their layouts computed before they were visible is stale, and the
/// scroll area would squeeze them into the view.
void RequirementView::measure()
{
    QWidget *content = m_scroll->widget();
    for (QWidget *inner : content->findChildren<QWidget *>()) {
        if (inner->layout())
            inner->layout()->invalidate();
    }
    m_column->invalidate();
    QEvent request(QEvent::LayoutRequest);
    QApplication::sendEvent(content, &request);
}

void RequirementView::showPart(const QString &partId)
{
    for (PartPanel *panel : m_parts) {
        if (panel->partId() != partId)
            continue;
        panel->setOpen(true);
        QTimer::singleShot(0, panel, [this, panel] { // once the layout has made room
            m_scroll->verticalScrollBar()->setValue(panel->y());
        });
    }
}

QString RequirementView::currentPart() const
{
    const PartPanel *open = nullptr;
    int opened = 0;
    for (const PartPanel *panel : m_parts) {
        if (panel->isAncestorOf(QApplication::focusWidget()))
            return panel->partId();
        if (panel->isOpen()) {
            open = panel;
            ++opened;
        }
    }
    return opened == 1 ? open->partId() : QString();
}

void RequirementView::dragEnterEvent(QDragEnterEvent *event)
{
    if (!m_requirement || m_session.isReadOnly() || droppedPaths(event->mimeData()).isEmpty())
        return;
    event->acceptProposedAction();
    m_dropHint->showOver(*this, tr("Drop to attach as evidence for %1").arg(shortId(m_requirement->id)));
}

void RequirementView::dragLeaveEvent(QDragLeaveEvent *)
{
    m_dropHint->hide();
}

void RequirementView::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    m_dropHint->hide();
    QString id = m_requirement ? toQString(m_requirement->id) : QString();
    for (const PartPanel *panel : m_parts) { // whoever aims at an unfolded part means it
        if (panel->isOpen() && panel->rect().contains(panel->mapFrom(this, event->position().toPoint())))
            id = panel->partId();
    }
    Q_EMIT attachWanted(event->mimeData(), id);
}

QString RequirementView::currentCheck() const
{
    const PartPanel *best = nullptr;
    for (const PartPanel *panel : m_parts) {
        if (panel->isAncestorOf(QApplication::focusWidget()))
            return panel->currentCheck();
        if (!panel->currentCheck().isEmpty() && (!best || panel->urgency() > best->urgency()))
            best = panel;
    }
    return best ? best->currentCheck() : QString();
}

} // namespace tally::ui
