// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/report/report_choices.h"

#include "ui/models/session.h"
#include "ui/widgets/basics.h"

#include <QCheckBox>
#include <QComboBox>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace tally::ui {

ReportChoices::ReportChoices(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_kindLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_kind(new QComboBox)
    , m_purpose(makeLabel(Face::Secondary, Ink::Muted))
    , m_sectionsLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_extentLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_onlyOpen(new QCheckBox)
    , m_namespace(new QComboBox)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_kindLabel);
    column->addWidget(m_kind);
    m_purpose->setWordWrap(true);
    column->addWidget(m_purpose);
    column->addSpacing(8);
    column->addWidget(m_sectionsLabel);
    for (const ReportSectionInfo &info : reportSections()) {
        auto *box = new QCheckBox;
        box->setChecked(true);
        box->setObjectName(u"section-"_qs + QLatin1String(info.name.data(), static_cast<qsizetype>(info.name.size())));
        connect(box, &QCheckBox::clicked, this, [this, section = info.section] { keepOneSection(section); });
        m_sections.emplace_back(info.section, box);
        column->addWidget(box);
    }
    column->addSpacing(8);
    column->addWidget(m_extentLabel);
    column->addWidget(m_onlyOpen);
    column->addWidget(m_namespace);
    for (const ReportKindInfo &info : reportKinds())
        m_kind->addItem(QString(), static_cast<int>(info.kind));
    m_namespace->addItem(QString());
    m_namespace->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_namespace->setMinimumContentsLength(12);
    m_kind->setObjectName(u"reportKind"_qs);
    m_onlyOpen->setObjectName(u"onlyOpen"_qs);
    m_namespace->setObjectName(u"onlyNamespace"_qs);
    m_kindLabel->setBuddy(m_kind);
    connect(m_kind, &QComboBox::activated, this, [this] {
        showWhatFits();
        Q_EMIT changed();
    });
    connect(m_onlyOpen, &QCheckBox::clicked, this, &ReportChoices::changed);
    connect(m_namespace, &QComboBox::activated, this, &ReportChoices::changed);
    showWhatFits();
}

ReportOptions::Kind ReportChoices::kind() const
{
    return static_cast<ReportOptions::Kind>(m_kind->currentData().toInt());
}

void ReportChoices::setKind(ReportOptions::Kind kind)
{
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(kind)));
    showWhatFits();
}

ReportChoice ReportChoices::choice() const
{
    const ReportKindInfo &info = infoOf(kind());
    ReportChoice choice;
    if (info.hasSections) {
        bool all = true;
        for (const auto &[section, box] : m_sections) {
            if (box->isHidden())
                continue;
            all = all && box->isChecked();
            if (box->isChecked())
                choice.sections.insert(section);
        }
        if (all)
            choice.sections.clear();
    }
    choice.onlyOpen = info.knowsOpen && m_onlyOpen->isChecked();
    if (info.knowsNamespaces)
        choice.namespaceName = toUtf8String(m_namespace->currentData().toString());
    return choice;
}

void ReportChoices::setState(const AuditState &state)
{
    const QString chosen = m_namespace->currentData().toString();
    while (m_namespace->count() > 1)
        m_namespace->removeItem(1);
    std::set<std::string> names;
    for (const AuditCluster &cluster : state.clusters)
        names.insert(cluster.cluster->namespaces.begin(), cluster.cluster->namespaces.end());
    for (const std::string &name : names)
        m_namespace->addItem(toQString(name), toQString(name));
    m_namespace->setCurrentIndex(chosen.isEmpty() ? 0 : std::max(0, m_namespace->findData(chosen)));
    showWhatFits();
}

void ReportChoices::retranslate()
{
    m_kindLabel->setText(tr("Kind"));
    m_kind->setAccessibleName(m_kindLabel->text());
    for (int i = 0; i < m_kind->count(); ++i) {
        const ReportKindInfo &info = infoOf(static_cast<ReportOptions::Kind>(m_kind->itemData(i).toInt()));
        m_kind->setItemText(i, m_session.text({info.title}));
        m_kind->setItemData(i, m_session.text({info.purpose}), Qt::ToolTipRole);
    }
    m_sectionsLabel->setText(tr("Sections"));
    for (const auto &[section, box] : m_sections) {
        const ReportSectionInfo &info = infoOf(section);
        //: number and title of a section of the report
        box->setText(tr("%1  %2").arg(QLatin1String(info.number), m_session.text({info.title})));
    }
    m_extentLabel->setText(tr("Extent"));
    m_onlyOpen->setText(tr("Only open items"));
    m_onlyOpen->setToolTip(
        tr("Requirements that are not settled, findings that nobody has set aside, measures that are not done"));
    m_namespace->setItemText(0, tr("All namespaces"));
    m_namespace->setAccessibleName(tr("Namespace"));
    showWhatFits();
}

/// A kind shows only what it knows.
void ReportChoices::showWhatFits()
{
    const ReportKindInfo &info = infoOf(kind());
    m_purpose->setText(m_session.text({info.purpose}));
    const std::span<const ReportSection> known = sectionsOf(info.kind);
    m_sectionsLabel->setVisible(!known.empty());
    for (const auto &[section, box] : m_sections)
        box->setVisible(std::ranges::find(known, section) != known.end());
    m_extentLabel->setVisible(info.knowsOpen || info.knowsNamespaces);
    m_onlyOpen->setVisible(info.knowsOpen);
    m_namespace->setVisible(info.knowsNamespaces);
    m_namespace->setEnabled(m_namespace->count() > 1);
}

/// A report without any section is none: the last one stays.
void ReportChoices::keepOneSection(ReportSection touched)
{
    const bool any = std::ranges::any_of(
        m_sections, [](const auto &each) { return !each.second->isHidden() && each.second->isChecked(); });
    if (!any) {
        const auto last = std::ranges::find(m_sections, touched, [](const auto &each) { return each.first; });
        last->second->setChecked(true);
    }
    Q_EMIT changed();
}

} // namespace tally::ui
