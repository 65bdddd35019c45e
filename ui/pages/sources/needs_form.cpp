// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/sources/needs_form.h"

#include "ui/models/target_words.h"
#include "ui/models/words.h"
#include "ui/pages/page.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/segmented_control.h"

#include <QComboBox>
#include <QDateTime>
#include <QGridLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tally::ui {

namespace {

constexpr int leastWidth = 340;
constexpr int unchanged = 0; ///< the segment before the needs; theirs is their number + 1
constexpr qsizetype mostListed = 12;

using Need = TargetObject::Need;
constexpr std::array needs{Need::NotStated, Need::Normal, Need::High, Need::VeryHigh};
constexpr std::array<TargetObject::ProtectionNeed TargetObject::*, 3> fields{
    &TargetObject::confidentiality, &TargetObject::integrity, &TargetObject::availability};
constexpr std::array kinds{TargetObject::Kind::Cluster, TargetObject::Kind::Host, TargetObject::Kind::Image,
    TargetObject::Kind::Application, TargetObject::Kind::Namespace};

/// What all of them have; nothing where they differ.
template<typename Get>
auto common(const std::vector<TargetObject> &targets, const Get &get) -> std::optional<decltype(get(targets[0]))>
{
    if (targets.empty()
        || std::ranges::any_of(targets, [&](const TargetObject &each) { return get(each) != get(targets.front()); }))
        return std::nullopt;
    return get(targets.front());
}

} // namespace

NeedsForm::NeedsForm(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_title(makeLabel(Face::Section))
    , m_close(new LinkButton(u"close"_qs))
    , m_list(makeLabel(Face::Secondary, Ink::Muted))
    , m_facts(new QWidget)
    , m_kindLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_kind(new QComboBox)
    , m_nameLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_name(new QLineEdit)
    , m_descriptionLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_description(new QLineEdit)
    , m_hint(makeLabel(Face::Secondary, Ink::Muted))
    , m_apply(new QPushButton)
    , m_remove(new LinkButton)
    , m_status(makeLabel(Face::Secondary, Ink::Muted))
{
    setMinimumWidth(leastWidth);
    static constexpr std::array<const char *, 3> names{"confidentiality", "integrity", "availability"};
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        m_values[i]
            = {makeLabel(Face::BaseStrong), new SegmentedControl(1 + static_cast<int>(needs.size())), new QLineEdit};
        m_values[i].need->setObjectName(QLatin1String(names[i]));
        m_values[i].reason->setObjectName(QString(QLatin1String(names[i]) % u"Reason"));
    }
    for (const Value &value : m_values)
        connect(value.need, &SegmentedControl::chosen, this, &NeedsForm::showWhetherReasonsAreNeeded);
    m_kind->setObjectName(u"targetKind"_qs);
    m_name->setObjectName(u"targetName"_qs);
    m_description->setObjectName(u"targetDescription"_qs);
    m_apply->setObjectName(u"applyNeeds"_qs);
    m_apply->setDefault(true);
    m_remove->setObjectName(u"removeTargets"_qs);
    m_status->setObjectName(u"needsStatus"_qs);
    for (QLabel *label : {m_title, m_list, m_hint, m_status})
        label->setWordWrap(true);
    QScrollArea *area = makeScrollArea(layOut());
    area->setBackgroundRole(QPalette::Base);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(area);

    auto *save = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    save->setContext(Qt::WidgetWithChildrenShortcut);
    connect(save, &QShortcut::activated, this, &NeedsForm::apply);
    connect(m_apply, &QAbstractButton::clicked, this, &NeedsForm::apply);
    connect(m_close, &QAbstractButton::clicked, this, &NeedsForm::closeWanted);
    connect(m_remove, &QAbstractButton::clicked, this, [this] {
        std::vector<AuditChange> changes;
        for (const TargetObject &target : m_targets) {
            if (!target.key.empty())
                changes.emplace_back(RecordRemoval{RecordType::TargetObject, target.key});
        }
        Q_EMIT closeWanted();
        m_session.change(std::move(changes));
    });
    connect(&m_session, &Session::saved, this, [this](const QDateTime &at) {
        if (std::exchange(m_waiting, false))
            say(tr("Saved %1").arg(QLocale().toString(at.time(), u"HH:mm:ss"_qs)));
    });
    connect(&m_session, &Session::failed, this, [this](const Error &error) {
        if (std::exchange(m_waiting, false))
            say(tr("Not saved: %1").arg(m_session.text(error.message)), true);
    });
    retranslateUi();
}

QWidget *NeedsForm::layOut()
{
    auto *content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(8);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_close, 0, Qt::AlignTop);
    column->addLayout(head);
    column->addWidget(m_list);
    auto *facts = new QGridLayout(m_facts);
    facts->setContentsMargins(0, 0, 0, 0);
    facts->setHorizontalSpacing(12);
    facts->setVerticalSpacing(4);
    facts->setColumnStretch(1, 1);
    m_kindLabel->setBuddy(m_kind);
    m_nameLabel->setBuddy(m_name);
    m_descriptionLabel->setBuddy(m_description);
    facts->addWidget(m_kindLabel, 0, 0);
    facts->addWidget(m_nameLabel, 0, 1);
    facts->addWidget(m_kind, 1, 0);
    facts->addWidget(m_name, 1, 1);
    facts->addWidget(m_descriptionLabel, 2, 0, 1, 2);
    facts->addWidget(m_description, 3, 0, 1, 2);
    column->addWidget(m_facts);
    for (Value &value : m_values) {
        column->addSpacing(6);
        column->addWidget(value.label);
        column->addWidget(value.need);
        column->addWidget(value.reason);
    }
    column->addWidget(m_hint);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_status, 1);
    foot->addWidget(m_apply);
    column->addLayout(foot);
    m_remove->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    column->addWidget(m_remove);
    column->addStretch();
    return content;
}

void NeedsForm::retranslateUi()
{
    const QSignalBlocker quiet(m_kind);
    const int kind = m_kind->currentIndex();
    m_kind->clear();
    for (const TargetObject::Kind each : kinds)
        m_kind->addItem(TargetWords::kind(each));
    m_kind->setCurrentIndex(kind < 0 ? static_cast<int>(kinds.size()) - 1 : kind);
    const auto name = [](QLabel *label, const QString &text) {
        label->setText(text);
        label->buddy()->setAccessibleName(text);
    };
    name(m_kindLabel, tr("Kind"));
    name(m_nameLabel, tr("Name"));
    name(m_descriptionLabel, tr("What it is"));
    const std::array values{tr("Confidentiality"), tr("Integrity"), tr("Availability")};
    QStringList segments{tr("as it is")};
    for (const Need need : needs)
        segments.append(need == Need::NotStated ? tr("open") : TargetWords::need(need));
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        m_values[i].label->setText(values[i]);
        m_values[i].need->setTexts(segments);
        m_values[i].need->setName(values[i]);
        //: %1 "Confidentiality"
        m_values[i].reason->setAccessibleName(tr("%1, reason").arg(values[i]));
    }
    m_close->setText(tr("Close"));
    showTexts();
}

void NeedsForm::showTexts()
{
    const auto recorded = std::ranges::count_if(m_targets, [](const TargetObject &each) { return !each.key.empty(); });
    const bool all = recorded == static_cast<std::ptrdiff_t>(m_targets.size());
    m_title->setText(isNew() ? tr("New target object")
            : !isOne()       ? tr("%n target objects", nullptr, static_cast<int>(m_targets.size()))
            : all            ? tr("Target object %1").arg(foreignText(m_targets.front().key))
                             : tr("Proposed target object"));
    QStringList names;
    for (const TargetObject &target : m_targets)
        names.append(foreignText(target.name));
    const qsizetype more = names.size() - mostListed;
    if (more > 0) {
        names.resize(mostListed);
        names.append(tr("%n more", nullptr, static_cast<int>(more)));
    }
    m_list->setText(names.join(u", "));
    m_list->setVisible(!isOne());
    m_hint->setText(!isOne() ? tr("What stays “as it is” and reasons left empty do not change in any of them.")
                             : tr("A namespace may be a pattern: “shop-*” stands for all that begin so."));
    m_hint->setVisible(!isOne() || m_kind->currentIndex() == static_cast<int>(TargetObject::Kind::Namespace));
    showWhetherReasonsAreNeeded();
    m_apply->setText(isNew() || !all ? tr("Record") : tr("Save"));
    m_apply->setToolTip(tr("Ctrl+Enter"));
    m_remove->setText(tr("Remove from the scope"));
    m_remove->setVisible(recorded > 0);
    const bool may = m_session.hasAudit() && !m_session.isReadOnly();
    m_apply->setEnabled(may);
    m_remove->setEnabled(may);
}

void NeedsForm::showWhetherReasonsAreNeeded()
{
    std::vector<TargetObject> targets = entered();
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        TargetObject::ProtectionNeed value = targets.front().*fields[i];
        value.reason.clear();
        const TargetObject *before = recordedAs(targets.front());
        const bool needed = isOne() && lacksReason(value, before ? &(before->*fields[i]) : nullptr);
        m_values[i].reason->setPlaceholderText(needed ? tr("Reason (required)")
                : isOne()                             ? tr("Reason")
                                                      : tr("Reason, the same for all of them"));
    }
}

const TargetObject *NeedsForm::recordedAs(const TargetObject &target) const
{
    if (!m_state)
        return nullptr;
    const auto found = m_state->records.targets.find(target.key);
    return found == m_state->records.targets.end() ? nullptr : &found->second;
}

void NeedsForm::edit(std::vector<TargetObject> targets)
{
    m_state = m_session.state();
    if (m_loaded && targets == m_targets) {
        showTexts();
        return;
    }
    const bool same = std::ranges::equal(targets, m_targets, {}, &TargetObject::name, &TargetObject::name);
    m_targets = std::move(targets);
    m_loaded = true;
    if (!same)
        say({});
    load();
}

void NeedsForm::load()
{
    m_facts->setVisible(isOne());
    const TargetObject one = m_targets.empty() ? TargetObject() : m_targets.front();
    m_kind->setCurrentIndex(static_cast<int>(isNew() ? TargetObject::Kind::Namespace : one.kind));
    m_name->setText(toQString(one.name));
    m_description->setText(toQString(one.description));
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        const auto field = fields[i];
        const auto need = common(m_targets, [field](const TargetObject &each) { return (each.*field).need; });
        const auto reason = common(m_targets, [field](const TargetObject &each) { return (each.*field).reason; });
        m_values[i].need->setSegmentVisible(unchanged, !isOne());
        m_values[i].need->setCurrent(need ? 1 + static_cast<int>(*need) : isNew() ? 1 : unchanged);
        m_values[i].reason->setText(toQString(reason.value_or("")));
    }
    showTexts();
}

void NeedsForm::begin()
{
    if (isNew())
        m_name->setFocus(Qt::OtherFocusReason);
    for (QAbstractButton *segment : m_values[0].need->findChildren<QAbstractButton *>()) {
        if (!isNew() && segment->isChecked())
            segment->setFocus(Qt::TabFocusReason);
    }
}

std::vector<TargetObject> NeedsForm::entered() const
{
    std::vector<TargetObject> targets = m_targets;
    if (targets.empty())
        targets.emplace_back();
    if (isOne()) {
        targets.front().kind = kinds[static_cast<std::size_t>(std::max(0, m_kind->currentIndex()))];
        targets.front().name = toUtf8String(m_name->text().trimmed());
        targets.front().description = toUtf8String(m_description->text().trimmed());
    }
    for (TargetObject &target : targets) {
        target.by = toUtf8String(m_session.auditor());
        for (std::size_t i = 0; i < m_values.size(); ++i) {
            TargetObject::ProtectionNeed &value = target.*fields[i];
            if (const int segment = m_values[i].need->current(); segment != unchanged)
                value.need = needs[static_cast<std::size_t>(segment - 1)];
            const std::string reason = toUtf8String(m_values[i].reason->text().trimmed());
            if (isOne() || !reason.empty())
                value.reason = reason;
        }
    }
    return targets;
}

/// Says why, and leads to what is missing.
bool NeedsForm::isRefused(const TargetObject &target)
{
    if (const auto wrong = validateRecord(target)) {
        say(m_session.text(*wrong), true);
        m_name->setFocus(Qt::OtherFocusReason);
        return true;
    }
    const TargetObject *before = recordedAs(target);
    const auto wrong = validateNeeds(target, before);
    if (!wrong)
        return false;
    say(m_session.text(*wrong), true);
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        if (lacksReason(target.*fields[i], before ? &(before->*fields[i]) : nullptr)) {
            m_values[i].reason->setFocus(Qt::OtherFocusReason);
            break;
        }
    }
    return true;
}

void NeedsForm::apply()
{
    if (!m_apply->isEnabled())
        return;
    m_state = m_session.state();
    std::vector<TargetObject> targets = entered();
    giveKeys(*m_state, targets);
    std::vector<AuditChange> changes;
    QStringList keys;
    for (TargetObject &target : targets) {
        if (isRefused(target))
            return;
        keys.append(toQString(target.key));
        changes.emplace_back(std::move(target));
    }
    m_waiting = true;
    m_loaded = false;
    Q_EMIT recorded(keys);
    m_session.change(std::move(changes));
}

void NeedsForm::say(const QString &text, bool warning)
{
    m_status->setForegroundRole(warning ? QPalette::WindowText : QPalette::PlaceholderText);
    m_status->setFont(faceFont(warning ? Face::SecondaryStrong : Face::Secondary));
    m_status->setText(text);
}

QString NeedsForm::statusText() const
{
    return m_status->text();
}

} // namespace tally::ui
