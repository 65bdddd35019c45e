// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/house_dialog.h"

#include "core/base/text_format.h"
#include "core/io/file.h"
#include "ui/dialogs/zones_field.h"
#include "ui/models/words.h"
#include "ui/pages/page.h"
#include "ui/theme/style.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/segmented_control.h"

#include <QEvent>
#include <QFontMetrics>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace tally::ui {

namespace {

constexpr QSize comfortable(760, 720);
constexpr int shownLines = 3;

std::filesystem::path toPath(const QString &path)
{
    return {path.toStdU16String()};
}

QString joinedLines(const std::vector<std::string> &values)
{
    QStringList lines;
    for (const std::string &value : values)
        lines.append(toQString(value));
    return lines.join(u'\n');
}

std::vector<std::string> linesOf(const QString &text)
{
    std::vector<std::string> values;
    for (const QString &line : text.split(u'\n')) {
        if (const QString value = line.trimmed(); !value.isEmpty())
            values.push_back(toUtf8String(value));
    }
    return values;
}

/// Empty: not laid down.
QLineEdit *makeNumber(int most, const QString &name)
{
    auto *field = new QLineEdit;
    field->setValidator(new QIntValidator(1, most, field));
    field->setFixedWidth(field->fontMetrics().averageCharWidth() * 20);
    field->setObjectName(name);
    return field;
}

QString numberText(const std::optional<int> &number)
{
    return number ? QString::number(*number) : QString();
}

/// Label above field, in a column of its own.
QWidget *makeGroup(QLabel *label, QWidget *field, Qt::Alignment alignment = {})
{
    auto *group = new QWidget;
    auto *column = new QVBoxLayout(group);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(label);
    column->addWidget(field, 0, alignment);
    return group;
}

QLabel *makeFieldLabel(QWidget *buddy)
{
    QLabel *label = makeLabel(Face::BaseStrong);
    label->setBuddy(buddy);
    label->setContentsMargins(0, 10, 0, 0);
    return label;
}

} // namespace

HouseDialog::HouseDialog(FileChooser &files, TextOf textOf, const AuditState &state, bool readOnly, QWidget *parent)
    : QDialog(parent)
    , m_files(files)
    , m_textOf(std::move(textOf))
    , m_readOnly(readOnly)
    , m_loaded(state.policy)
    , m_keyFiles(state.keyFiles)
    , m_title(makeLabel(Face::Title))
    , m_lead(makeLabel(Face::Secondary, Ink::Muted))
    , m_origin(makeLabel(Face::Secondary, Ink::Muted))
    , m_problem(makeLabel(Face::BaseStrong))
    , m_load(new LinkButton(u"folder"_qs))
    , m_save(new LinkButton(u"export"_qs))
    , m_cancel(new QPushButton)
    , m_apply(new QPushButton)
{
    setObjectName(u"houseDialog"_qs);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(4);
    m_lead->setWordWrap(true);
    m_origin->setWordWrap(true);
    column->addWidget(m_title);
    column->addWidget(m_lead);
    auto *fileRow = new QHBoxLayout;
    fileRow->setSpacing(16);
    fileRow->addWidget(m_load);
    fileRow->addWidget(m_save);
    fileRow->addWidget(m_origin, 1);
    column->addLayout(fileRow);
    column->addWidget(new Line);
    QScrollArea *scroll = makeScrollArea(makeForm());
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(scroll, 1);
    column->addWidget(new Line);
    makeFooter(*column);
    resize(comfortable);
    if (m_loaded)
        show(*m_loaded);
    retranslateUi();
    m_lists.front().edit->setFocus();
}

QWidget *HouseDialog::makeForm()
{
    auto *form = new QWidget;
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 12, 8);
    column->setSpacing(4);
    auto *fields = new QGridLayout;
    fields->setHorizontalSpacing(16);
    fields->setVerticalSpacing(4);
    fields->setColumnStretch(0, 1);
    fields->setColumnStretch(1, 1);
    for (const auto &[entry, values] : {std::pair{"allowedRegistries", &Policy::allowedRegistries},
             std::pair{"approvedBaseImages", &Policy::approvedBaseImages},
             std::pair{"forbiddenPackages", &Policy::forbiddenPackages},
             std::pair{"requiredLabels", &Policy::requiredLabels}}) {
        auto *edit = new QPlainTextEdit;
        edit->setObjectName(QString::fromLatin1(entry));
        edit->setFont(faceFont(Face::Mono));
        edit->setTabChangesFocus(true);
        edit->setReadOnly(m_readOnly);
        edit->setLineWrapMode(QPlainTextEdit::NoWrap);
        edit->setProperty("input", true);
        edit->setFixedHeight(QFontMetrics(edit->font()).lineSpacing() * shownLines + 20);
        const int at = static_cast<int>(m_lists.size());
        m_lists.push_back({entry, values, makeFieldLabel(edit), edit});
        fields->addWidget(makeGroup(m_lists.back().label, edit), at / 2, at % 2);
    }
    m_replicas = makeNumber(mostReplicas, u"minimumReplicas"_qs);
    m_age = makeNumber(mostImageAgeDays, u"maximumImageAgeDays"_qs);
    m_cpu = new SegmentedControl(3);
    m_cpu->setObjectName(u"cpuLimits"_qs);
    m_replicasLabel = makeFieldLabel(m_replicas);
    m_ageLabel = makeFieldLabel(m_age);
    m_cpuLabel = makeFieldLabel(m_cpu);
    m_replicas->setReadOnly(m_readOnly);
    m_age->setReadOnly(m_readOnly);
    m_cpu->setEnabled(!m_readOnly);
    m_cpu->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    fields->addWidget(makeGroup(m_replicasLabel, m_replicas, Qt::AlignLeft), 2, 0);
    fields->addWidget(makeGroup(m_ageLabel, m_age, Qt::AlignLeft), 2, 1);
    fields->addWidget(makeGroup(m_cpuLabel, m_cpu, Qt::AlignLeft), 3, 0, 1, 2);
    column->addLayout(fields);
    m_zonesLabel = makeFieldLabel(nullptr);
    m_zones = new ZonesField(m_readOnly);
    m_keysLabel = makeFieldLabel(nullptr);
    m_keyRows = new QVBoxLayout;
    m_addKeys = new LinkButton(u"plus"_qs);
    m_addKeys->setObjectName(u"addKeys"_qs);
    m_addKeys->setVisible(!m_readOnly);
    m_addKeys->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    for (QLabel *label : {m_zonesLabel, m_keysLabel})
        label->setWordWrap(true);
    column->addWidget(m_zonesLabel);
    column->addWidget(m_zones);
    column->addWidget(m_keysLabel);
    column->addLayout(m_keyRows);
    column->addWidget(m_addKeys);
    column->addStretch();
    connect(m_zones, &ZonesField::wrong, this, &HouseDialog::say);
    connect(m_addKeys, &LinkButton::clicked, this, [this] {
        m_files.openFiles(this, tr("Add public keys"), {tr("Public keys (*.pub *.pem)"), tr("All files (*)")},
            [this](const QStringList &paths) { addKeys(paths); });
    });
    return form;
}

void HouseDialog::makeFooter(QVBoxLayout &column)
{
    m_problem->setObjectName(u"houseProblem"_qs);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_load->setObjectName(u"loadPolicy"_qs);
    m_save->setObjectName(u"savePolicy"_qs);
    m_apply->setObjectName(u"applyHouse"_qs);
    m_load->setVisible(!m_readOnly);
    m_apply->setVisible(!m_readOnly);
    m_apply->setDefault(true);
    m_cancel->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_problem, 1);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_apply);
    column.addSpacing(8);
    column.addLayout(buttons);
    connect(m_load, &LinkButton::clicked, this, [this] {
        m_files.openFiles(this, tr("Load a house policy"), {tr("House policies (*.yaml *.yml)"), tr("All files (*)")},
            [this](const QStringList &paths) { loadPolicy(paths.value(0)); });
    });
    connect(m_save, &LinkButton::clicked, this, [this] {
        m_files.saveFile(this, tr("Save the house policy as a file"), u"house.yaml"_qs,
            {tr("House policies (*.yaml *.yml)")}, u"yaml"_qs,
            [this](const QStringList &paths) { savePolicy(paths.value(0)); });
    });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_apply, &QPushButton::clicked, this, &HouseDialog::apply);
}

void HouseDialog::show(const Policy &policy)
{
    for (const List &list : m_lists)
        list.edit->setPlainText(joinedLines(policy.*list.values));
    m_replicas->setText(numberText(policy.minimumReplicas));
    m_age->setText(numberText(policy.maximumImageAgeDays));
    m_cpu->setCurrent(!policy.cpuLimits ? 0 : *policy.cpuLimits ? 1 : 2);
    m_zones->show(policy.zones);
}

void HouseDialog::showKeys()
{
    clearLayout(*m_keyRows);
    for (std::size_t i = 0; i < m_keyFiles.size(); ++i) {
        const KeyFile &file = m_keyFiles[i];
        auto *row = new QWidget;
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(8);
        auto *texts = new QVBoxLayout;
        texts->setSpacing(0);
        auto *name = new ElidedLabel(Face::Base, Ink::Text, Qt::ElideMiddle);
        name->setText(foreignText(file.name));
        texts->addWidget(name);
        for (const PublicKey &key : file.keys) {
            auto *fingerprint = new ElidedLabel(Face::MonoSmall, Ink::Muted, Qt::ElideMiddle);
            fingerprint->setText(toQString(key.kind()) % u" · "_qs % toQString(key.fingerprint()));
            texts->addWidget(fingerprint);
        }
        line->addLayout(texts, 1);
        auto *remove = new LinkButton(u"close"_qs);
        remove->setText(tr("Remove"));
        remove->setAccessibleName(tr("Remove the key file %1").arg(foreignText(file.name)));
        remove->setVisible(!m_readOnly);
        line->addWidget(remove);
        m_keyRows->addWidget(row);
        connect(remove, &LinkButton::clicked, this, [this, i] {
            m_keyFiles.erase(m_keyFiles.begin() + static_cast<std::ptrdiff_t>(i));
            showKeys();
            m_addKeys->setFocus();
        });
    }
}

void HouseDialog::loadPolicy(const QString &path)
{
    const auto text = readFile(toPath(path), Limits{});
    if (!text) {
        say(m_textOf(text.error().message));
        return;
    }
    auto policy = readPolicy(*text, toUtf8String(path));
    if (!policy) {
        say(m_textOf(policy.error().message));
        return;
    }
    say({});
    show(*policy);
    m_loaded = std::make_shared<const Policy>(*std::move(policy));
    retranslateUi();
}

void HouseDialog::savePolicy(const QString &path)
{
    const auto made = policy();
    if (!made)
        return;
    const auto saved = saveAtomically(toPath(path), *made ? (*made)->text : writePolicy({}));
    say(saved ? QString() : m_textOf(saved.error().message));
}

void HouseDialog::addKeys(const QStringList &paths)
{
    say({});
    for (const QString &path : paths) {
        const auto text = readFile(toPath(path), Limits{});
        if (!text) {
            say(m_textOf(text.error().message));
            continue;
        }
        const auto file = KeyFile::read(*text, toUtf8String(path));
        if (!file) {
            say(m_textOf(file.error().message));
            continue;
        }
        const bool known = std::ranges::any_of(m_keyFiles, [&](const KeyFile &each) { return each.pem == file->pem; });
        if (!known)
            m_keyFiles.push_back(*file);
    }
    showKeys();
}

bool HouseDialog::readLists(Policy &policy)
{
    for (const List &list : m_lists) {
        policy.*list.values = linesOf(list.edit->toPlainText());
        for (const std::string &value : policy.*list.values) {
            if (isPolicyValue(list.entry, value))
                continue;
            refuse(*list.edit,
                tr("“%1” is not possible for “%2”. Possible would be: %3.")
                    .arg(foreignText(value), list.label->text(), list.edit->placeholderText()));
            return false;
        }
    }
    return true;
}

bool HouseDialog::readNumber(QLineEdit &field, int most, std::optional<int> &number)
{
    if (field.text().isEmpty())
        return true;
    if (!field.hasAcceptableInput()) {
        refuse(field,
            tr("“%1” is not possible for “%2”. Possible would be: %3.")
                .arg(field.text(), field.accessibleName(), u"1 … "_qs % QString::number(most)));
        return false;
    }
    number = field.text().toInt();
    return true;
}

std::optional<PolicyPtr> HouseDialog::policy()
{
    Policy made;
    say({});
    if (!readLists(made) || !readNumber(*m_replicas, mostReplicas, made.minimumReplicas)
        || !readNumber(*m_age, mostImageAgeDays, made.maximumImageAgeDays) || !m_zones->read(made.zones))
        return std::nullopt;
    if (m_cpu->current() > 0)
        made.cpuLimits = m_cpu->current() == 1;
    if (m_loaded && made.saysTheSame(*m_loaded))
        return m_loaded;
    if (made.saysTheSame({}))
        return PolicyPtr();
    auto written = readPolicy(writePolicy(made), {});
    if (!written) {
        say(m_textOf(written.error().message));
        return std::nullopt;
    }
    return std::make_shared<const Policy>(*std::move(written));
}

void HouseDialog::apply()
{
    const auto made = policy();
    if (!made)
        return;
    Q_EMIT chosen(*made, m_keyFiles);
    accept();
}

void HouseDialog::refuse(QWidget &field, const QString &why)
{
    say(why);
    field.setFocus(Qt::OtherFocusReason);
}

void HouseDialog::say(const QString &text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

void HouseDialog::retranslateUi()
{
    setWindowTitle(tr("House policy and keys"));
    m_title->setText(tr("House policy and keys"));
    m_lead->setText(
        tr("What only the institution can lay down. It becomes a part of the audit, and the sources are "
           "judged by it. What stays empty is not laid down: what needs it counts as not checked. Lists have one "
           "entry a line."));
    m_origin->setText(!m_loaded      ? QString()
            : m_loaded->name.empty() ? tr("Entered here")
                                     : tr("From the file %1").arg(foreignText(m_loaded->name)));
    m_load->setText(tr("Load from a file"));
    m_save->setText(tr("Save as a file"));
    const std::array<std::array<QString, 2>, 4> lists{{
        {tr("Allowed registries"), u"registry.example.org/"_qs},
        {tr("Approved base images"), u"docker.io/library/debian"_qs},
        {tr("Forbidden packages (* for any characters)"), u"telnet*"_qs},
        {tr("Required labels"), u"app.kubernetes.io/name"_qs},
    }};
    for (std::size_t i = 0; i < m_lists.size(); ++i) {
        m_lists[i].label->setText(lists.at(i)[0]);
        m_lists[i].edit->setAccessibleName(lists.at(i)[0]);
        m_lists[i].edit->setPlaceholderText(lists.at(i)[1]);
    }
    m_replicasLabel->setText(tr("Minimum number of replicas"));
    m_ageLabel->setText(tr("Greatest age of an image in days"));
    m_cpuLabel->setText(tr("CPU limits"));
    m_cpu->setTexts({tr("Not laid down"), tr("Required"), tr("Decided against")});
    m_cpu->setName(m_cpuLabel->text());
    for (QLineEdit *field : {m_replicas, m_age})
        field->setPlaceholderText(tr("not laid down"));
    m_replicas->setAccessibleName(m_replicasLabel->text());
    m_age->setAccessibleName(m_ageLabel->text());
    m_zonesLabel->setText(tr("Network zones"));
    m_keysLabel->setText(tr("Public keys with which images should be signed"));
    m_addKeys->setText(tr("Add key files"));
    m_cancel->setText(m_readOnly ? tr("Close") : tr("Cancel"));
    m_apply->setText(tr("Apply and judge"));
    showKeys();
}

void HouseDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QDialog::changeEvent(event);
}

} // namespace tally::ui
