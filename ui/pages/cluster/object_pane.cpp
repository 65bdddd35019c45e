// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cluster/object_pane.h"

#include "core/audit/clusters.h"
#include "core/base/message.h"
#include "core/checks/finding_text.h"
#include "ui/models/words.h"
#include "ui/pages/page.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flow_layout.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr int mostParts = 12; ///< links to parts below a finding

} // namespace

int lineOfField(const YamlView &view, Node root, std::string_view field)
{
    while (!field.empty()) {
        if (const Node node = nodeAt(root, field); node.exists())
            return std::max(0, view.lineOf(node));
        const auto end = field.find_last_of(".[");
        field = end == std::string_view::npos ? std::string_view() : field.substr(0, end);
    }
    return 0;
}

ObjectPane::ObjectPane(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_name(new ElidedLabel(Face::BaseStrong, Ink::Text, Qt::ElideMiddle))
    , m_kind(new ElidedLabel(Face::Secondary, Ink::Muted))
    , m_previous(new QToolButton)
    , m_next(new QToolButton)
    , m_position(makeLabel(Face::Secondary, Ink::Muted))
    , m_yaml(new YamlPane)
    , m_footer(new Panel(Panel::Ground::Raised))
    , m_severity(new Chip)
    , m_title(makeLabel(Face::BaseStrong))
    , m_text(makeLabel(Face::Dense))
    , m_parts(new QWidget)
    , m_open(new QPushButton)
    , m_copy(new QPushButton)
{
    layOut();
    connect(m_previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_yaml, &YamlPane::markChosen, this, &ObjectPane::choose);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (const Finding *finding = chosen()) {
            Q_EMIT navigate(
                {.page = PageId::Findings, .finding = toQString(finding->id), .check = toQString(finding->check)});
        }
    });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (const Finding *finding = chosen())
            QApplication::clipboard()->setText(foreignText(finding->file) % u':' % QString::number(finding->line) % u' '
                % foreignText(finding->field));
    });
    setMinimumWidth(310);
}

void ObjectPane::layOut()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new Panel(Panel::Ground::Raised);
    auto *lines = new QVBoxLayout(head);
    lines->setContentsMargins(16, 8, 12, 5);
    lines->setSpacing(0);
    lines->addWidget(m_name); // a line of its own: it tells the object from its neighbours
    auto *row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(m_kind, 1);
    lines->addLayout(row);
    m_previous->setIcon(icon(u"chevron-up"_qs));
    m_next->setIcon(icon(u"chevron-down"_qs));
    row->addWidget(m_previous);
    row->addWidget(m_position);
    row->addWidget(m_next);
    column->addWidget(head);
    column->addWidget(new Line);
    column->addWidget(m_yaml, 1);
    column->addWidget(new Line);

    auto *footer = new QVBoxLayout(m_footer);
    footer->setContentsMargins(16, 10, 16, 12);
    footer->setSpacing(6);
    auto *title = new QHBoxLayout;
    title->setSpacing(10);
    title->addWidget(m_severity, 0, Qt::AlignTop);
    title->addWidget(m_title, 1);
    footer->addLayout(title);
    footer->addWidget(m_text);
    footer->addWidget(m_parts);
    auto *buttons = new FlowLayout(8);
    buttons->addWidget(m_open);
    buttons->addWidget(m_copy);
    footer->addLayout(buttons);
    new FlowLayout(4, m_parts);
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_footer);
    m_open->setDefault(true);
}

void ObjectPane::retranslateUi()
{
    m_previous->setAccessibleName(tr("Finding before"));
    m_next->setAccessibleName(tr("Next finding"));
    m_previous->setToolTip(tr("Finding before"));
    m_next->setToolTip(tr("Next finding"));
    m_yaml->setAccessibleName(tr("Object as YAML"));
    m_open->setText(tr("Open finding"));
    m_copy->setText(tr("Copy place"));
    showChosen();
}

void ObjectPane::setObject(int object, const std::vector<std::size_t> &findings)
{
    const AuditStatePtr state = m_session.clusterState();
    const AuditCluster *of = onlyCluster(*state);
    m_object = of && object < static_cast<int>(of->cluster->objects.size()) ? object : -1;
    m_mark = -1;
    if (m_object < 0) {
        m_yaml->clearView();
        m_name->setText({});
        m_kind->setText({});
        showChosen();
        return;
    }
    const Object &each = of->cluster->objects[static_cast<std::size_t>(m_object)];
    m_name->setText(foreignText(each.name));
    m_kind->setText(foreignText(each.kind));
    const YamlView view = renderYaml(each.root);
    std::vector<LineMark> marks;
    for (const std::size_t finding : findings) {
        const Finding &found = state->assessment->findings[finding];
        const bool own = found.object && found.object->kind == each.kind && found.object->name == each.name;
        marks.push_back({own ? lineOfField(view, each.root, found.field) : 0, found.severity, finding});
    }
    m_yaml->setView(view, each.root, std::move(marks));
    if (!m_yaml->marks().empty()) {
        // The worst one lies open.
        const auto &all = m_yaml->marks();
        const auto worst = std::ranges::max_element(all, {}, &LineMark::severity);
        choose(static_cast<int>(worst - all.begin()));
        m_yaml->showMark(m_mark);
    } else {
        showChosen();
    }
}

void ObjectPane::showFinding(const QString &fingerprint)
{
    const AuditStatePtr state = m_session.state();
    const auto &marks = m_yaml->marks();
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (toQString(state->assessment->findings[marks[i].finding].id) != fingerprint)
            continue;
        choose(static_cast<int>(i));
        m_yaml->showMark(m_mark);
        return;
    }
}

void ObjectPane::showField(const QString &field)
{
    if (m_object < 0)
        return;
    const Node root
        = m_session.clusterState()->clusters.front().cluster->objects[static_cast<std::size_t>(m_object)].root;
    m_yaml->showLine(lineOfField(renderYaml(root), root, toUtf8String(field)));
}

void ObjectPane::step(int by)
{
    const int count = static_cast<int>(m_yaml->marks().size());
    if (count == 0)
        return;
    choose(std::clamp(m_mark + by, 0, count - 1));
    m_yaml->showMark(m_mark);
}

void ObjectPane::choose(int mark)
{
    m_mark = mark;
    showChosen();
}

const Finding *ObjectPane::chosen() const
{
    const AuditStatePtr state = m_session.state();
    const auto &marks = m_yaml->marks();
    if (m_mark < 0 || m_mark >= static_cast<int>(marks.size()) || !state->assessment)
        return nullptr;
    const std::size_t finding = marks[static_cast<std::size_t>(m_mark)].finding;
    return finding < state->assessment->findings.size() ? &state->assessment->findings[finding] : nullptr;
}

QString ObjectPane::messageText(const Finding &finding) const
{
    const Check *check = m_session.checks().find(finding.check);
    if (!check)
        return {};
    const Text *text = tally::messageText(*check, finding.variant);
    if (!text)
        return {};
    Message filled;
    filled.args = finding.args;
    return foreignText(fillPlaceholders(text->in(applicationLanguage()), filled));
}

void ObjectPane::showChosen()
{
    const Finding *finding = chosen();
    const int count = static_cast<int>(m_yaml->marks().size());
    m_footer->setVisible(finding != nullptr);
    m_previous->setEnabled(m_mark > 0);
    m_next->setEnabled(m_mark + 1 < count);
    m_position->setText(m_object < 0 ? QString()
            : count == 0             ? tr("no findings")
                                     : tr("%1 of %2").arg(QString::number(m_mark + 1), QString::number(count)));
    if (!finding)
        return;
    const Check *check = m_session.checks().find(finding->check);
    m_severity->set(glyphOf(finding->severity), Words::severity(finding->severity));
    m_title->setText(check ? toQString(check->title.in(applicationLanguage())) : toQString(finding->check));
    const Object &object
        = m_session.clusterState()->clusters.front().cluster->objects[static_cast<std::size_t>(m_object)];
    QString text = messageText(*finding);
    if (finding->object && (finding->object->kind != object.kind || finding->object->name != object.name)) {
        text += u'\n'
            % tr("The cause stands at %1 %2, which controls this object.")
                  .arg(foreignText(finding->object->kind), foreignText(finding->object->name));
    }
    m_text->setText(text);
    clearLayout(*m_parts->layout());
    int links = 0;
    for (const PartWeight &part : check ? check->parts : std::vector<PartWeight>()) {
        auto *link = new LinkButton;
        link->setText(shortId(part.part));
        link->setToolTip(toQString(part.part));
        const Address address{.page = PageId::Checklist, .part = toQString(part.part)};
        connect(link, &QAbstractButton::clicked, this, [this, address] { Q_EMIT navigate(address); });
        m_parts->layout()->addWidget(link);
        if (++links == mostParts)
            break;
    }
}

} // namespace tally::ui
