// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/checklist/class_fields.h"

#include "core/base/messages_classes.h"
#include "ui/models/session.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/form_fields.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QStandardItemModel>

#include <array>

namespace tally::ui {

namespace {

constexpr std::array classes = {AuditClass::Serious, AuditClass::Minor, AuditClass::Recommendation};
constexpr std::array deficiencies
    = {Deficiency::Serious, Deficiency::Considerable, Deficiency::Minor, Deficiency::Recommendation};

/// The first entry is "none". What cannot be chosen is greyed.
template<typename All, typename Admits>
void offerIn(QComboBox &box, const All &all, const Admits &mayBe)
{
    auto *items = qobject_cast<QStandardItemModel *>(box.model());
    bool any = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool may = mayBe(all.at(i));
        any |= may;
        items->item(static_cast<int>(i) + 1)->setEnabled(may);
    }
    box.setEnabled(any);
}

template<typename All>
auto chosenIn(const QComboBox &box, const All &all)
{
    const int at = box.currentIndex() - 1;
    return at < 0 ? std::nullopt : std::optional(all.at(static_cast<std::size_t>(at)));
}

} // namespace

ClassFields::ClassFields(Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_class(new QComboBox)
    , m_deficiency(new QComboBox)
    , m_classLabel(fieldLabel(m_class))
    , m_deficiencyLabel(fieldLabel(m_deficiency))
{
    m_class->setObjectName(u"auditClass"_qs);
    m_deficiency->setObjectName(u"kritisDeficiency"_qs);
    for (QComboBox *box : {m_class, m_deficiency}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(12);
        connect(box, &QComboBox::activated, this, &ClassFields::edited);
    }
    fill();
}

void ClassFields::addTo(QGridLayout &grid, int row)
{
    grid.addWidget(m_classLabel, row, 0, 1, 3);
    grid.addWidget(m_class, row + 1, 0, 1, 3);
    grid.addWidget(m_deficiencyLabel, row, 3, 1, 3);
    grid.addWidget(m_deficiency, row + 1, 3, 1, 3);
}

void ClassFields::fill()
{
    const int auditClass = m_class->currentIndex();
    const int deficiency = m_deficiency->currentIndex();
    m_class->clear();
    m_deficiency->clear();
    m_class->addItem(QString());
    for (const AuditClass each : classes)
        m_class->addItem(m_session.text({wordOf(each)}));
    m_deficiency->addItem(QString());
    for (const Deficiency each : deficiencies)
        m_deficiency->addItem(m_session.text({wordOf(each)}));
    m_class->setCurrentIndex(std::max(auditClass, 0));
    m_deficiency->setCurrentIndex(std::max(deficiency, 0));
}

void ClassFields::retranslateUi()
{
    fill();
    m_classLabel->setText(tr("Classification"));
    m_class->setAccessibleName(m_classLabel->text());
    m_deficiencyLabel->setText(tr("KRITIS deficiency"));
    m_deficiency->setAccessibleName(m_deficiencyLabel->text());
    offer(m_requirement);
}

void ClassFields::load(const std::string &requirement)
{
    choose(classificationOf(*m_session.state(), requirement));
    offer(requirement);
}

void ClassFields::offer(const std::string &requirement)
{
    m_requirement = requirement;
    const AuditStatePtr state = m_session.state();
    const auto admitted = [&](auto weight) { return admits(*state, requirement, weight); };
    offerIn(*m_class, classes, admitted);
    offerIn(*m_deficiency, deficiencies, admitted);
    const bool isOpen = m_class->isEnabled();
    const QString reason = tr("Decide “no” or “partially” first; with “yes” there can be a recommendation.");
    m_class->setItemText(0, isOpen ? tr("not classified") : tr("only a deviation is classified"));
    m_deficiency->setItemText(0, isOpen ? tr("none") : tr("only a deviation is classified"));
    const auto text = [this](const MessageDef *def) { return m_session.text({def}); };
    m_class->setToolTip(isOpen ? text(classesDef("class.as.means")) % u'\n' % text(classesDef("class.ag.means")) % u'\n'
                % text(classesDef("class.e.means"))
                               : reason);
    m_deficiency->setToolTip(isOpen ? text(classesDef("kritis.means")) : reason);
    m_class->setAccessibleDescription(m_class->toolTip());
    m_deficiency->setAccessibleDescription(m_deficiency->toolTip());
}

Classification ClassFields::chosen() const
{
    return {chosenIn(*m_class, classes), chosenIn(*m_deficiency, deficiencies)};
}

void ClassFields::choose(const Classification &classified)
{
    m_class->setCurrentIndex(classified.auditClass ? static_cast<int>(*classified.auditClass) + 1 : 0);
    m_deficiency->setCurrentIndex(classified.deficiency ? static_cast<int>(*classified.deficiency) + 1 : 0);
}

std::vector<AuditChange> ClassFields::changes(const std::string &requirement) const
{
    const AuditStatePtr state = m_session.state();
    const Classification there = classificationOf(*state, requirement);
    Classification wanted = chosen();
    if (wanted.auditClass && !admits(*state, requirement, *wanted.auditClass)) // decided otherwise meanwhile
        wanted.auditClass = there.auditClass;
    if (wanted.deficiency && !admits(*state, requirement, *wanted.deficiency))
        wanted.deficiency = there.deficiency;
    std::vector<AuditChange> all;
    if (there.auditClass != wanted.auditClass)
        all.push_back(classChange(requirement, wanted.auditClass));
    if (there.deficiency != wanted.deficiency)
        all.push_back(deficiencyChange(requirement, wanted.deficiency));
    return all;
}

} // namespace tally::ui
