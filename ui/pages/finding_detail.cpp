// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/finding_detail.h"

#include "core/base/text_format.h"
#include "ui/models/words.h"
#include "ui/pages/page.h"
#include "ui/pages/remedy.h"
#include "ui/theme/glyphs.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/chip.h"

#include <QDateEdit>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
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
    , m_form(new Panel(Panel::Ground::Surface))
    , m_formTitle(makeLabel(Face::BaseStrong))
    , m_reasonLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_reason(new QPlainTextEdit)
    , m_untilLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_until(new QDateEdit(QDate::currentDate().addMonths(12)))
    , m_accept(new QPushButton)
    , m_accepted(makeLabel(Face::Dense))
{
    m_reason->setProperty("input", true);
    m_reason->setObjectName(u"exceptionReason"_qs);
    m_reason->setFixedHeight(62);
    m_reason->setTabChangesFocus(true);
    m_until->setObjectName(u"exceptionUntil"_qs);
    m_until->setCalendarPopup(true);
    m_accept->setObjectName(u"acceptFinding"_qs);
    m_accept->setDefault(true);
    m_accept->setEnabled(false);
    m_accepted->setWordWrap(true);
    auto *content = new QWidget;
    content->setLayout(m_column);
    m_column->setContentsMargins(20, 16, 20, 16);
    m_column->setSpacing(6);
    auto *form = new QVBoxLayout(m_form);
    form->setContentsMargins(20, 12, 20, 16);
    form->setSpacing(4);
    form->addWidget(m_formTitle);
    form->addWidget(m_accepted);
    form->addWidget(m_reasonLabel);
    form->addWidget(m_reason);
    form->addWidget(m_untilLabel);
    auto *row = new QHBoxLayout;
    row->addWidget(m_until);
    row->addStretch();
    row->addWidget(m_accept);
    form->addLayout(row);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    QScrollArea *area = makeScrollArea(content);
    area->setBackgroundRole(QPalette::Base);
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    whole->addWidget(area, 1);
    whole->addWidget(new Line);
    whole->addWidget(m_form);
    m_form->hide();
    connect(m_reason, &QPlainTextEdit::textChanged, this,
        [this] { m_accept->setEnabled(!m_reason->toPlainText().trimmed().isEmpty()); });
    connect(m_accept, &QPushButton::clicked, this, &FindingDetail::accept);
}

void FindingDetail::retranslateUi()
{
    m_formTitle->setText(tr("Accept as an exception"));
    m_reasonLabel->setText(tr("Reason (required)"));
    m_reason->setAccessibleName(tr("Reason (required)"));
    m_untilLabel->setText(tr("Valid until"));
    m_until->setAccessibleName(tr("Valid until"));
    m_until->setDisplayFormat(applicationLanguage() == Language::German ? u"dd.MM.yyyy"_qs : u"d MMM yyyy"_qs);
    m_until->setLocale(QLocale());
    m_accept->setText(tr("Accept"));
}

QString FindingDetail::message(const Check &check, const Finding &finding) const
{
    auto text = check.messages.find(finding.variant);
    if (text == check.messages.end())
        text = check.messages.find("default");
    if (text == check.messages.end())
        return {};
    return foreignText(fillPlaceholders(text->second.in(applicationLanguage()), Message{nullptr, finding.args}));
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
            codes.append(toQString(technique));
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
        link->setText(findingPlace(finding));
        link->setToolTip(link->text().toHtmlEscaped());
        link->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        Address address;
        if (finding.object) {
            address = {.page = PageId::Cluster, .object = objectAddress(finding)};
        } else if (finding.isClusterWide()) {
            address = {.page = PageId::Cluster};
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

void FindingDetail::show(const AuditState &state, const std::vector<std::size_t> &findings)
{
    clearLayout(*m_column);
    m_fingerprints.clear();
    m_form->setVisible(!findings.empty());
    if (findings.empty()) {
        m_column->addStretch();
        return;
    }
    for (const std::size_t index : findings)
        m_fingerprints.push_back(state.assessment->findings[index].id);
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
    if (check)
        addParts(*check);
    m_column->addStretch();
    showForm(state);
}

void FindingDetail::showForm(const AuditState &state)
{
    const auto found = std::ranges::find_if(
        m_fingerprints, [&state](const std::string &id) { return state.exceptions.contains(id); });
    const bool accepted = found != m_fingerprints.end();
    m_accepted->setVisible(accepted);
    if (accepted) {
        const FindingException &exception = state.exceptions.at(*found);
        //: reason, who accepted, until when
        m_accepted->setText(tr("Accepted: %1 (%2, until %3)")
                                .arg(foreignText(exception.reason), foreignText(exception.by),
                                    toQString(formatDate(exception.expires, applicationLanguage()))));
    }
    m_reason->clear();
    m_reason->setEnabled(!m_session.isReadOnly());
    m_until->setEnabled(!m_session.isReadOnly());
}

void FindingDetail::accept()
{
    const std::vector<std::string> fingerprints
        = m_fingerprints; // each exception brings a new state, and with it show()
    const QString reason = m_reason->toPlainText().trimmed();
    const QDate until = m_until->date();
    for (const std::string &fingerprint : fingerprints) {
        FindingException exception;
        exception.fingerprint = fingerprint;
        exception.kind = "accepted";
        exception.reason = toUtf8String(reason);
        exception.by = toUtf8String(m_session.auditor());
        exception.expires = toUtf8String(until.toString(Qt::ISODate));
        m_session.setException(exception);
    }
}

} // namespace tally::ui
