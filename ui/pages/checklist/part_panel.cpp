// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checklist/part_panel.h"

#include "core/audit/clusters.h"
#include "core/base/text_format.h"
#include "ui/models/requirement_state.h"
#include "ui/models/words.h"
#include "ui/pages/checklist/part_header.h"
#include "ui/pages/evidence/attachment_rows.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/facts_lines.h"

#include <QApplication>
#include <QClipboard>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

/// Where the need was not met; of an only cluster it is that one.
std::vector<const AuditCluster *> clustersThatLack(
    const AuditState &audit, const PartResult &result, const std::string &need)
{
    std::vector<const AuditCluster *> lacking;
    if (const AuditCluster *only = onlyCluster(audit))
        lacking.push_back(only);
    for (const ClusterPart &part : result.clusters) {
        const AuditCluster *cluster = audit.cluster(part.cluster);
        if (cluster && std::ranges::find(part.basis.missing, need) != part.basis.missing.end())
            lacking.push_back(cluster);
    }
    return lacking;
}

} // namespace

PartPanel::PartPanel(QWidget *parent)
    : QWidget(parent)
    , m_header(new PartHeader)
    , m_body(new QWidget)
    , m_frame(new Panel(Panel::Ground::Raised, true))
    , m_evidence(new EvidenceView)
    , m_facts(new FactsLines)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_body);
    column->addWidget(new Line);
    auto *body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 4, 0, 12);
    body->setSpacing(10);
    auto *frame = new QVBoxLayout(m_frame);
    frame->setContentsMargins(1, 1, 1, 1);
    frame->addWidget(m_evidence);
    body->addWidget(m_frame);
    body->addWidget(m_facts);
    connect(m_header, &QAbstractButton::toggled, this, &PartPanel::setOpen);
    connect(m_evidence, &EvidenceView::placeActivated, this, &PartPanel::navigate);
    setOpen(false);
}

void PartPanel::setOpen(bool open)
{
    m_open = open;
    m_header->setChecked(open);
    m_body->setVisible(open);
}

QString PartPanel::summary(const PartResult *result) const
{
    if (!result)
        return tr("not checked yet");
    const EvidenceModel &model = m_evidence->evidence();
    if (model.causes() > 0 && (result->proposal == Proposal::Deviation || hasIndications(*result))) {
        const QModelIndex first = model.index(0, 0);
        //: cause, number of objects
        return tr("%1 (%2)").arg(first.data().toString(), model.index(0, EvidenceModel::CountColumn).data().toString());
    }
    return StateWords::phrase(proposalState(result->proposal, hasIndications(*result)));
}

void PartPanel::setPart(const Session &session, const Part &part)
{
    const AuditStatePtr audit = session.state();
    const PartResult *result = audit->assessment ? audit->assessment->part(part.id) : nullptr;
    const Language language = applicationLanguage();
    m_id = toQString(part.id);
    m_evidence->setAccessibleName(tr("Evidence for %1").arg(shortId(part.id)));
    m_evidence->evidence().setPart(audit, session.knowledge().checks, result, language);
    m_evidence->showRows();
    m_frame->setVisible(m_evidence->evidence().causes() > 0);
    const StateKind kind = result ? proposalState(result->proposal, hasIndications(*result)) : StateKind::NotChecked;
    m_urgency = stateKindCount - static_cast<int>(kind);
    m_header->setContent({shortId(part.id), toQString(language == Language::German ? part.modal : part.modalEn),
        toQString(part.text.in(language)), glyphOf(kind), summary(result)});
    fillFacts(session, part, result);
}

QString PartPanel::basisText(const AuditState &audit, const Basis &basis) const
{
    QStringList said;
    if (basis.workloads > 0)
        said.append(tr("%n workload(s)", nullptr, static_cast<int>(basis.workloads)));
    if (basis.objects > basis.workloads)
        said.append(tr("%n object(s)", nullptr, static_cast<int>(basis.objects)));
    if (basis.namespaces > 0)
        said.append(tr("%n namespace(s)", nullptr, static_cast<int>(basis.namespaces)));
    if (basis.images > 0)
        said.append(tr("%n opened image(s)", nullptr, static_cast<int>(basis.images)));
    if (said.isEmpty())
        return tr("nothing that was handed over");
    const Cluster *only = onlyCluster(audit) ? onlyCluster(audit)->cluster.get() : nullptr;
    if (audit.clusters.size() > 1 && basis.objects > 0)
        said.append(tr("%n cluster(s)", nullptr, static_cast<int>(audit.clusters.size())));
    if (basis.objects > 0 && only && !only->exportedAt.empty())
        said.append(tr("cluster as of %1").arg(toQString(formatTime(only->exportedAt, applicationLanguage()))));
    return said.join(u", ");
}

void PartPanel::addMissing(const AuditState &audit, const PartResult &result)
{
    QString label = tr("Not seen");
    for (const std::string &need : result.basis.missing) {
        const std::vector<const AuditCluster *> lacking = clustersThatLack(audit, result, need);
        const QString command = lacking.empty() ? QString() : commandForKind(lacking.front()->cluster.get(), need);
        LinkButton *copy = nullptr;
        if (!command.isEmpty()) {
            copy = new LinkButton(u"copy"_qs);
            copy->setText(tr("Copy command"));
            copy->setToolTip(command.toHtmlEscaped());
            copy->setAccessibleName(tr("Copy the command for %1").arg(Words::need(need)));
            connect(copy, &QAbstractButton::clicked, copy, [command, copy] {
                QApplication::clipboard()->setText(command);
                copy->setText(tr("Copied"));
            });
        }
        QString why = Words::whyNotSeen(need, !audit.images.empty());
        if (!lacking.empty() && lacking.size() < audit.clusters.size()) {
            QStringList names;
            for (const AuditCluster *each : lacking)
                names.append(foreignText(each->name));
            //: what was not seen, and in which of several clusters
            why = tr("%1 (%2)").arg(why, names.join(u", "));
        }
        m_facts->addLine(label, why, copy, label.isEmpty() ? Glyph::None : Glyph::NotChecked);
        label.clear();
    }
}

void PartPanel::fillFacts(const Session &session, const Part &part, const PartResult *result)
{
    const AuditStatePtr audit = session.state();
    const Language language = applicationLanguage();
    m_facts->clear();
    if (result) {
        if (result->proposal == Proposal::NoDeviationFound || result->proposal == Proposal::PartlyChecked)
            m_facts->addLine(tr("Found"), tr("no deviation in what was seen; that is no “yes”"));
        if (part.partClass != PartClass::Document)
            m_facts->addLine(tr("Rests on"), basisText(*audit, result->basis));
        addMissing(*audit, *result);
        QStringList recorded;
        for (const std::string &kind : result->basis.recorded)
            recorded.append(Words::need(kind));
        if (!recorded.isEmpty())
            m_facts->addLine(
                tr("On record"), tr("%1: asked for, none there, by the auditor's word").arg(recorded.join(u", ")));
    }
    if (!part.failIf.empty())
        m_facts->addLine(tr("Deviation if"), toQString(part.failIf.in(language)));
    if (!part.support.empty())
        m_facts->addLine(tr("In the data"), toQString(part.support.in(language)));
    addAsk(session, part);
}

/// What to ask for, the link that attaches it, and what is there of it.
void PartPanel::addAsk(const Session &session, const Part &part)
{
    auto *attach = new LinkButton(u"clip"_qs);
    attach->setText(tr("Attach evidence (E)"));
    attach->setObjectName(u"attachTo."_qs + m_id);
    attach->setAccessibleName(tr("Attach evidence for %1").arg(shortId(part.id)));
    if (session.isReadOnly())
        attach->hide();
    connect(attach, &QAbstractButton::clicked, this, [this] { Q_EMIT attachWanted(m_id); });
    const AuditStatePtr audit = session.state();
    if (!part.ask.empty())
        m_facts->addLine(tr("Ask for"), toQString(part.ask.in(applicationLanguage())), attach, Glyph::Document);
    else
        m_facts->addLine(tr("Evidence"), tr("none asked for"), attach, Glyph::Document);
    const Requirement *of = session.catalogue().requirementOfPart(part.id);
    QString label = tr("Evidence");
    for (const Attachment &each : audit->attachments) {
        const bool whole = of && std::ranges::find(each.ids, of->id) != each.ids.end();
        if (!whole && !each.isFor(part.id))
            continue;
        auto *show = new LinkButton(u"chevron-right"_qs);
        show->setText(toQString(each.key));
        show->setAccessibleName(tr("Show evidence %1").arg(toQString(each.key)));
        connect(show, &QAbstractButton::clicked, this,
            [this, key = toQString(each.key)] { Q_EMIT navigate({.page = PageId::Evidence, .evidence = key}); });
        m_facts->addLine(
            label, AttachmentRows::line(each), show, each.isExpired(today()) ? Glyph::Manual : Glyph::None);
        label.clear();
    }
}

} // namespace tally::ui
