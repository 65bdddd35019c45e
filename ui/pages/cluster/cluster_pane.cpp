// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/cluster/cluster_pane.h"

#include "ui/models/words.h"
#include "ui/pages/cluster/detail_side.h"
#include "ui/theme/glyphs.h"

#include <algorithm>

namespace tally::ui {

ClusterPane::ClusterPane(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_job(this)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
}

void ClusterPane::setState(const AuditStatePtr &state)
{
    m_state = state;
    computeIfNeeded();
}

void ClusterPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    computeIfNeeded();
}

void ClusterPane::computeIfNeeded()
{
    if (m_state && !m_state->clusters.empty() && isVisible() && !isShown())
        compute();
}

Address ClusterPane::addressOf(std::size_t index, const QString &field) const
{
    const Object &each = object(index);
    return {.page = PageId::Cluster,
        .object = toQString(each.kind) % u'/' % toQString(each.namespaceName) % u'/' % toQString(each.name),
        .field = field};
}

void ClusterPane::addFindings(DetailSide &side, std::vector<std::size_t> findings) const
{
    if (!m_state->assessment || findings.empty())
        return;
    const std::vector<Finding> &all = m_state->assessment->findings;
    std::ranges::sort(findings);
    std::ranges::stable_sort(findings, std::ranges::greater(), [&](std::size_t index) { return all[index].severity; });
    std::vector<std::size_t> shown; // the first of each check
    for (const std::size_t index : findings) {
        if (std::ranges::none_of(shown, [&](std::size_t other) { return all[other].check == all[index].check; }))
            shown.push_back(index);
    }
    constexpr std::size_t most = 12;
    side.addSection(tr("Findings"));
    for (std::size_t i = 0; i < shown.size() && i < most; ++i) {
        const Finding &finding = all[shown[i]];
        const Check *check = m_session.checks().find(finding.check);
        side.addText(check ? toQString(check->title.in(applicationLanguage())) : toQString(finding.check),
            glyphOf(finding.severity));
        std::vector<std::pair<QString, Address>> links;
        links.emplace_back(tr("Open finding"),
            Address{.page = PageId::Findings, .finding = toQString(finding.id), .check = toQString(finding.check)});
        for (const PartWeight &part : check ? check->parts : std::vector<PartWeight>()) {
            if (part.part.starts_with(m_session.module().id))
                links.emplace_back(
                    shortId(part.part), Address{.page = PageId::Checklist, .part = toQString(part.part)});
        }
        side.addLinks(links);
    }
    if (shown.size() > most)
        side.addText(tr("%n more stand at the object.", nullptr, static_cast<int>(shown.size() - most)));
}

QString objectText(const Object &object)
{
    const QString kind = foreignText(object.kind) % u' ';
    return object.namespaceName.empty()
        ? QString(kind % foreignText(object.name))
        : QString(kind % foreignText(object.namespaceName) % u'/' % foreignText(object.name));
}

} // namespace tally::ui
