// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/finding_detail.h"

#include "core/base/text_format.h"
#include "core/checks/attack.h"
#include "core/checks/finding_text.h"
#include "ui/models/words.h"
#include "ui/pages/exception_form.h"
#include "ui/pages/page.h"
#include "ui/pages/remedy.h"
#include "ui/pages/severity_form.h"
#include "ui/theme/glyphs.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/chip.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

namespace {

constexpr std::size_t mostPlaces = 12;

QString placeInFile(const Finding &finding)
{
    QString place = foreignText(finding.file);
    if (finding.line > 0)
        place += u':' % QString::number(finding.line);
    return place;
}

} // namespace

FindingDetail::FindingDetail(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_column(new QVBoxLayout)
    , m_severity(new SeverityForm(session))
    , m_form(new ExceptionForm(session))
{
    auto *content = new QWidget;
    content->setLayout(m_column);
    m_column->setContentsMargins(20, 16, 20, 16);
    m_column->setSpacing(6);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    QScrollArea *area = makeScrollArea(content);
    area->setBackgroundRole(QPalette::Base);
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    whole->addWidget(area, 1);
    whole->addWidget(new Line);
    whole->addWidget(m_severity);
    whole->addWidget(m_form);
    m_severity->hide();
    m_form->hide();
}

void FindingDetail::retranslateUi()
{
    m_severity->retranslateUi();
    m_form->retranslateUi();
}

void FindingDetail::beginException()
{
    if (!m_form->isHidden())
        m_form->begin();
}

QString FindingDetail::message(const Check &check, const Finding &finding) const
{
    const Text *text = messageText(check, finding.variant);
    if (!text)
        return {};
    return foreignText(fillPlaceholders(text->in(applicationLanguage()), Message{nullptr, finding.args}));
}

void FindingDetail::addHead(const Check *check, const Finding &finding)
{
    auto *row = new QHBoxLayout;
    auto *title = makeLabel(Face::Section);
    title->setWordWrap(true);
    title->setText(check ? toQString(check->title.in(applicationLanguage())) : toQString(finding.check));
    auto *chip = new Chip;
    chip->set(glyphOf(finding.severity), Words::severity(finding.severity));
    row->addWidget(title, 1);
    row->addWidget(chip, 0, Qt::AlignTop);
    m_column->addLayout(row);
    QStringList codes{toQString(finding.check)};
    if (check) {
        for (const std::string &technique : check->attack)
            codes.append(toQString(technique) % u' ' % toQString(std::string(techniqueName(technique))));
    }
    auto *line = makeLabel(Face::MonoSmall, Ink::Muted);
    line->setWordWrap(true);
    line->setText(codes.join(u" · "_qs));
    line->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_column->addWidget(line);
    m_column->addSpacing(4);
}

void FindingDetail::addText(const QString &title, const QString &text)
{
    if (text.isEmpty())
        return;
    if (!title.isEmpty()) {
        auto *head = makeLabel(Face::DenseStrong);
        head->setText(title);
        head->setContentsMargins(0, 8, 0, 0);
        m_column->addWidget(head);
    }
    auto *body = makeLabel(Face::Dense);
    body->setWordWrap(true);
    body->setText(text);
    body->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_column->addWidget(body);
}

void FindingDetail::addCode(const QString &title, const QString &place, std::vector<CodeLine> lines)
{
    if (lines.empty())
        return;
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 8, 0, 0);
    auto *head = new ElidedLabel(Face::DenseStrong);
    head->setText(title);
    row->addWidget(head);
    auto *where = new ElidedLabel(Face::MonoSmall, Ink::Muted, Qt::ElideLeft);
    where->setText(place);
    where->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(where, 1);
    m_column->addLayout(row);
    auto *box = new CodeBox(std::move(lines));
    box->setAccessibleName(title);
    m_column->addWidget(box);
}

/// What is there, and what would be right: in one, where the example has the very field.
void FindingDetail::addRemedy(const Check *check, const Finding &finding)
{
    Remedy remedy = remedyOf(finding, check);
    const bool isDiff = remedy.isDiff;
    if (check)
        addText(tr("Remedy"), toQString(check->remediation.in(applicationLanguage())));
    addCode(isDiff ? tr("What is wrong, and right") : tr("Excerpt"), placeInFile(finding), std::move(remedy.lines));
    if (check && !isDiff)
        addCode(tr("Right would be"), {}, exampleOf(*check));
}

void FindingDetail::addPlaces(const AuditState &state, const std::vector<std::size_t> &findings)
{
    auto *head = makeLabel(Face::DenseStrong);
    head->setText(tr("Where it stands"));
    head->setContentsMargins(0, 8, 0, 0);
    m_column->addWidget(head);
    for (std::size_t i = 0; i < std::min(findings.size(), mostPlaces); ++i) {
        const Finding &finding = state.assessment->findings[findings[i]];
        auto *link = new LinkButton(finding.imageIndex >= 0 ? u"images"_qs : u"cluster"_qs);
        link->setText(findingPlace(state, finding));
        link->setToolTip(link->text().toHtmlEscaped());
        link->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        Address address;
        if (finding.object) {
            address
                = {.page = PageId::Cluster, .cluster = toQString(finding.cluster), .object = objectAddress(finding)};
        } else if (finding.isClusterWide()) {
            address = {.page = PageId::Cluster, .cluster = toQString(finding.cluster)};
        } else {
            address = {.page = PageId::Images, .file = toQString(finding.path), .layer = finding.layer};
            if (finding.imageIndex >= 0 && static_cast<std::size_t>(finding.imageIndex) < state.images.size())
                address.image = toQString(state.images[static_cast<std::size_t>(finding.imageIndex)]->displayName());
        }
        address.finding = toQString(finding.id);
        connect(link, &LinkButton::clicked, this, [this, address] { Q_EMIT navigate(address); });
        m_column->addWidget(link);
        QStringList where{placeInFile(finding), foreignText(finding.container), foreignText(finding.field)};
        if (finding.layer >= 0)
            where.prepend(tr("layer %1").arg(finding.layer + 1));
        where.removeAll(QString());
        auto *line = new ElidedLabel(Face::MonoSmall, Ink::Muted, Qt::ElideMiddle);
        line->setText(where.join(u" · "_qs));
        line->setContentsMargins(24, 0, 0, 0);
        line->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        m_column->addWidget(line);
    }
    if (findings.size() > mostPlaces) {
        auto *more = makeLabel(Face::Secondary, Ink::Muted);
        more->setText(tr("and %n more place(s)", nullptr, static_cast<int>(findings.size() - mostPlaces)));
        m_column->addWidget(more);
    }
}

void FindingDetail::addParts(const Check &check)
{
    auto *head = makeLabel(Face::DenseStrong);
    head->setText(tr("Concerns"));
    head->setContentsMargins(0, 8, 0, 0);
    m_column->addWidget(head);
    for (const PartWeight &weight : check.parts) {
        const Part *part = m_session.catalogue().part(weight.part);
        if (!part || weight.weight == Weight::Context)
            continue;
        auto *row = new QWidget;
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(8);
        auto *link = new LinkButton;
        link->setText(toQString(weight.part));
        connect(link, &LinkButton::clicked, this, [this, id = weight.part] {
            const Requirement *requirement = m_session.catalogue().requirementOfPart(id);
            if (requirement) {
                Q_EMIT navigate(
                    {.page = PageId::Checklist, .requirement = toQString(requirement->id), .part = toQString(id)});
            }
        });
        auto *text = new ElidedLabel(Face::Secondary, Ink::Muted);
        text->setText(weight.weight == Weight::Proves ? tr("proves a deviation") : tr("indicates a deviation"));
        line->addWidget(link);
        line->addWidget(text, 1);
        m_column->addWidget(row);
    }
}

/// To the measure against what the check finds, or to the beginning of one.
void FindingDetail::addMeasure(const AuditState &state, const Check &check)
{
    const auto &measures = state.records.measures;
    const auto found = std::ranges::find_if(measures, [&check](const auto &each) {
        return std::ranges::find(each.second.checks, check.id) != each.second.checks.end();
    });
    if (found == measures.end() && m_session.isReadOnly())
        return;
    auto *link = new LinkButton(u"measures"_qs);
    link->setObjectName(u"makeMeasure"_qs);
    //: %1 a number such as M-003
    link->setText(found == measures.end() ? tr("Make a measure") : tr("Measure %1").arg(foreignText(found->first)));
    link->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(link, &QAbstractButton::clicked, this,
        [this, id = check.id] { Q_EMIT navigate({.page = PageId::Measures, .check = toQString(id)}); });
    m_column->addSpacing(4);
    m_column->addWidget(link);
}

void FindingDetail::show(const AuditState &state, const std::vector<std::size_t> &findings)
{
    clearLayout(*m_column);
    m_severity->setVisible(!findings.empty());
    m_form->setVisible(!findings.empty());
    if (findings.empty()) {
        m_column->addStretch();
        return;
    }
    const Finding &first = state.assessment->findings[findings.front()];
    const Check *check = m_session.checks().find(first.check);
    const Language language = applicationLanguage();
    addHead(check, first);
    if (check) {
        if (findings.size() == 1)
            addText({}, message(*check, first));
        addText({}, toQString(check->description.in(language)));
    }
    if (findings.size() == 1)
        addPlaces(state, findings);
    addRemedy(check, first);
    if (check)
        addText(tr("When it is no deviation"), toQString(check->notADeviationWhen.in(language)));
    if (findings.size() > 1)
        addPlaces(state, findings);
    if (check) {
        addParts(*check);
        addMeasure(state, *check);
    }
    m_column->addStretch();
    m_severity->show(state, findings);
    m_form->show(state, findings);
}

} // namespace tally::ui
