// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/new_audit_dialog.h"

#include "core/audit/carried.h"
#include "core/base/messages_difference.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"

#include <QDate>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

namespace tally::ui {

QString fileNameFor(const QString &organisation, const QString &title)
{
    QString name;
    const QString text = organisation.trimmed() % u'-' % title.trimmed();
    for (const QChar c : text) {
        if (c.isLetterOrNumber() || c == u'_' || c == u'.')
            name += c;
        else if (!name.isEmpty() && !name.endsWith(u'-'))
            name += u'-';
    }
    while (name.endsWith(u'-') || name.endsWith(u'.'))
        name.chop(1);
    while (name.startsWith(u'.'))
        name.remove(0, 1);
    return (name.isEmpty() ? u"audit"_qs : name.left(100)) % u".tally";
}

NewAuditDialog::NewAuditDialog(FileChooser &files, QString folder, const QString &auditor, QWidget *parent)
    : QDialog(parent)
    , m_files(files)
    , m_folder(std::move(folder))
    , m_title(makeLabel(Face::Title))
    , m_organisationLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_organisation(new QLineEdit)
    , m_nameLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_name(new QLineEdit(QDate::currentDate().toString(u"yyyy-MM"_qs)))
    , m_auditorLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_auditor(new QLineEdit(auditor))
    , m_fileLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_file(new QLineEdit)
    , m_choose(new QPushButton)
    , m_earlierLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_earlier(new QLineEdit)
    , m_chooseEarlier(new QPushButton)
    , m_earlierHint(makeLabel(Face::Secondary, Ink::Muted))
    , m_hint(makeLabel(Face::Secondary, Ink::Muted))
    , m_create(new QPushButton)
    , m_cancel(new QPushButton)
    , m_pause(new QTimer(this))
{
    setObjectName(u"newAuditDialog"_qs);
    m_organisation->setObjectName(u"organisation"_qs);
    m_name->setObjectName(u"auditTitle"_qs);
    m_auditor->setObjectName(u"auditor"_qs);
    m_file->setObjectName(u"auditFile"_qs);
    m_create->setObjectName(u"createAudit"_qs);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(4);
    column->addWidget(m_title);
    column->addSpacing(8);
    const auto addField = [column](QLabel *label, QLineEdit *edit) {
        label->setBuddy(edit);
        column->addWidget(label);
        column->addWidget(edit);
        column->addSpacing(8);
    };
    addField(m_organisationLabel, m_organisation);
    addField(m_nameLabel, m_name);
    addField(m_auditorLabel, m_auditor);
    m_fileLabel->setBuddy(m_file);
    column->addWidget(m_fileLabel);
    auto *row = new QHBoxLayout;
    row->addWidget(m_file, 1);
    row->addWidget(m_choose);
    column->addLayout(row);
    m_hint->setWordWrap(true);
    column->addWidget(m_hint);
    column->addSpacing(8);
    m_earlier->setObjectName(u"earlierAudit"_qs);
    m_earlierLabel->setBuddy(m_earlier);
    column->addWidget(m_earlierLabel);
    auto *earlierRow = new QHBoxLayout;
    earlierRow->addWidget(m_earlier, 1);
    earlierRow->addWidget(m_chooseEarlier);
    column->addLayout(earlierRow);
    m_earlierHint->setWordWrap(true);
    m_earlierHint->setObjectName(u"carriedOver"_qs);
    column->addWidget(m_earlierHint);
    column->addSpacing(16);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_create);
    column->addLayout(buttons);
    setMinimumWidth(520);
    m_create->setDefault(true);
    m_cancel->setAutoDefault(false);
    m_choose->setAutoDefault(false);
    m_chooseEarlier->setAutoDefault(false);
    constexpr int pause = 300; // ms
    m_pause->setSingleShot(true);
    m_pause->setInterval(pause);
    connect(m_pause, &QTimer::timeout, this, &NewAuditDialog::readEarlier);
    connect(m_earlier, &QLineEdit::textChanged, this, [this] {
        m_job.reset(); // of another file
        m_carried.reset();
        m_unreadable.reset();
        m_pause->start();
        validate();
    });
    connect(m_chooseEarlier, &QPushButton::clicked, this, [this] {
        m_files.openFiles(this, tr("Choose earlier audit"),
            {tr("Audits (*.tally)"), tr("Answers by edition 2022 (*.xlsx)")},
            [this](const QStringList &paths) { m_earlier->setText(paths.value(0)); });
    });
    connect(m_organisation, &QLineEdit::textChanged, this, &NewAuditDialog::suggestFile);
    connect(m_name, &QLineEdit::textChanged, this, &NewAuditDialog::suggestFile);
    connect(m_file, &QLineEdit::textEdited, this, [this] {
        m_fileTouched = true;
        validate();
    });
    connect(m_choose, &QPushButton::clicked, this, [this] {
        m_files.saveFile(this, tr("Where shall the audit be kept?"), m_file->text(), {tr("Audits (*.tally)")},
            u"tally"_qs, [this](const QStringList &paths) {
                m_fileTouched = true;
                m_file->setText(paths.value(0));
                validate();
            });
    });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_create, &QPushButton::clicked, this, [this] {
        Q_EMIT created(path(), info());
        accept();
    });
    retranslateUi();
    suggestFile();
    m_organisation->setFocus();
}

void NewAuditDialog::retranslateUi()
{
    setWindowTitle(tr("New audit"));
    m_title->setText(tr("New audit"));
    m_organisationLabel->setText(tr("Audited organisation"));
    m_nameLabel->setText(tr("Title or period"));
    m_auditorLabel->setText(tr("Auditor"));
    m_auditor->setPlaceholderText(tr("Your name: it stands with each decision, in the journal and in the report"));
    m_fileLabel->setText(tr("File"));
    m_choose->setText(tr("Choose"));
    m_earlierLabel->setText(tr("Start from an earlier audit"));
    m_earlier->setAccessibleName(m_earlierLabel->text());
    m_earlier->setPlaceholderText(tr("None: all requirements are open"));
    m_chooseEarlier->setText(tr("Choose earlier audit"));
    m_create->setText(tr("Create audit"));
    m_cancel->setText(tr("Cancel"));
    for (const auto &[label, edit] : {std::pair{m_organisationLabel, m_organisation}, std::pair{m_nameLabel, m_name},
             std::pair{m_auditorLabel, m_auditor}, std::pair{m_fileLabel, m_file}})
        edit->setAccessibleName(label->text());
    validate();
}

void NewAuditDialog::suggestFile()
{
    if (!m_fileTouched)
        m_file->setText(QDir(m_folder).filePath(fileNameFor(m_organisation->text(), m_name->text())));
    validate();
}

void NewAuditDialog::validate()
{
    const QFileInfo file(path());
    QString hint = tr("Everything of the audit stands in this one file: sources, findings, decisions, journal.");
    bool good = true;
    if (file.exists()) {
        hint = tr("This file exists already and is not overwritten.");
        good = false;
    } else if (!file.absoluteDir().exists()) {
        hint = tr("This folder does not exist.");
        good = false;
    }
    m_hint->setText(hint);
    m_earlierHint->setText(earlierHint());
    m_earlierHint->setVisible(!m_earlierHint->text().isEmpty());
    m_create->setEnabled(good && !m_organisation->text().trimmed().isEmpty());
}

void NewAuditDialog::setReader(Reader reader)
{
    m_reader = std::move(reader);
}

void NewAuditDialog::readEarlier()
{
    const QString path = earlierAudit();
    if (!m_reader || path.isEmpty() || !QFileInfo(path).isFile())
        return;
    m_job = std::make_unique<Job>();
    m_job->start([reader = m_reader, file = std::filesystem::path(path.toStdU16String())](
                     const RunContext &run) { return reader(file, run); },
        [this](const Result<AuditStatePtr> &read) { takeEarlier(read); });
    validate();
}

void NewAuditDialog::takeEarlier(const Result<AuditStatePtr> &read)
{
    if (read) {
        m_carried = carriedFrom(**read, toUtf8String(QDate::currentDate().toString(Qt::ISODate)));
        m_notCarried = whatIsNotCarried(*m_carried, **read);
        m_carriedFrom = foreignText((*read)->info.title);
        if (m_organisation->text().trimmed().isEmpty())
            m_organisation->setText(toQString((*read)->info.organisation));
    } else {
        m_unreadable = read.error().message;
    }
    validate();
    adjustSize();
}

QString NewAuditDialog::earlierHint() const
{
    if (earlierAudit().isEmpty())
        return {};
    const MessageTranslator words(applicationLanguage());
    const auto said = [&words](const Message &message) { return toQString(words.text(message)); };
    if (m_unreadable)
        return said(*m_unreadable);
    if (!m_carried)
        return m_job && m_job->isRunning() ? tr("Looking what is carried over …") : QString();
    QStringList lines{said({differenceDef("carried.lead"), {toUtf8String(m_carriedFrom)}})};
    for (const Message &each : whatIsCarried(*m_carried))
        lines.append(u"–  "_qs % said(each));
    for (const Message &each : m_notCarried)
        lines.append(said(each));
    if (earlierAudit().endsWith(u".xlsx"_qs, Qt::CaseInsensitive))
        lines.append(tr("These are answers by edition 2022 of the compendium. They stand there to be confirmed, where "
                        "edition 2023 asks for the same."));
    return lines.join(u'\n');
}

AuditInfo NewAuditDialog::info() const
{
    AuditInfo info;
    info.organisation = toUtf8String(m_organisation->text().trimmed());
    info.title = toUtf8String(m_name->text().trimmed());
    info.auditor = toUtf8String(m_auditor->text().trimmed());
    return info;
}

QString NewAuditDialog::path() const
{
    return m_file->text();
}

QString NewAuditDialog::earlierAudit() const
{
    return m_earlier->text().trimmed();
}

void NewAuditDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QDialog::changeEvent(event);
}

} // namespace tally::ui
