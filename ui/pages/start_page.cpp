// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/start_page.h"

#include "ui/models/recent_audits.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/drop_zone.h"
#include "ui/widgets/row_button.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QVBoxLayout>

namespace tally::ui {

namespace {

constexpr int columnWidth = 760;

QLabel *makeIcon(const QString &name, int side, QPalette::ColorRole role)
{
    auto *label = new QLabel;
    label->setPixmap(icon(name, role).pixmap(side, side));
    label->setFixedSize(side, side);
    return label;
}

} // namespace

StartPage::StartPage(Session &session, QSettings &settings, QWidget *parent)
    : Page(PageId::Start, session, parent)
    , m_settings(settings)
    , m_question(makeLabel(Face::PageTitle))
    , m_subline(makeLabel(Face::Base, Ink::Muted))
    , m_promise(makeLabel(Face::Secondary, Ink::Muted))
    , m_recentTitle(new SectionHeader)
    , m_recent(new QVBoxLayout)
{
    auto *column = new QVBoxLayout;
    column->setContentsMargins(0, 40, 0, 40);
    column->setSpacing(8);
    m_subline->setWordWrap(true);
    column->addWidget(m_question);
    column->addWidget(m_subline);
    column->addSpacing(8);
    column->addWidget(makeDropZone());
    auto *promise = new QHBoxLayout;
    promise->addWidget(makeIcon(u"shield"_qs, 14, QPalette::PlaceholderText));
    promise->addWidget(m_promise, 1);
    column->addLayout(promise);
    column->addSpacing(20);
    column->addWidget(makeSampleCard());
    column->addSpacing(24);
    column->addWidget(m_recentTitle);
    m_recent->setSpacing(0);
    column->addLayout(m_recent);
    column->addStretch();
    auto *block = new QWidget;
    block->setLayout(column);
    block->setMaximumWidth(columnWidth);
    auto *content = new QWidget;
    auto *row = new QHBoxLayout(content);
    row->addStretch(1);
    row->addWidget(block, 100);
    row->addStretch(1);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(makeScrollArea(content));
}

QWidget *StartPage::makeDropZone()
{
    auto *zone = new DropZone;
    zone->setObjectName(u"dropZone"_qs);
    m_dropTitle = makeLabel(Face::Section);
    m_dropText = makeLabel(Face::Base, Ink::Muted);
    m_dropText->setWordWrap(true);
    m_dropText->setAlignment(Qt::AlignHCenter);
    m_openFiles = new QPushButton(icon(u"folder"_qs, QPalette::Base), {});
    m_openFiles->setDefault(true);
    m_openFiles->setObjectName(u"openFiles"_qs);
    m_newAudit = new QPushButton;
    m_newAudit->setObjectName(u"newAudit"_qs);
    m_openAudit = new QPushButton;
    m_openAudit->setObjectName(u"openAudit"_qs);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_openFiles);
    buttons->addWidget(m_newAudit);
    buttons->addWidget(m_openAudit);
    buttons->addStretch();
    auto *column = new QVBoxLayout(zone);
    column->setContentsMargins(24, 32, 24, 32);
    column->setSpacing(10);
    column->addWidget(makeIcon(u"sources"_qs, 40, QPalette::Link), 0, Qt::AlignHCenter);
    column->addWidget(m_dropTitle, 0, Qt::AlignHCenter);
    column->addWidget(m_dropText);
    column->addSpacing(8);
    column->addLayout(buttons);
    connect(zone, &DropZone::dropped, this, &Page::filesDropped);
    connect(m_openFiles, &QPushButton::clicked, this, [this] { Q_EMIT commandWanted(Command::OpenFiles); });
    connect(m_newAudit, &QPushButton::clicked, this, [this] { Q_EMIT commandWanted(Command::NewAudit); });
    connect(m_openAudit, &QPushButton::clicked, this, [this] { Q_EMIT commandWanted(Command::OpenAudit); });
    return zone;
}

QWidget *StartPage::makeSampleCard()
{
    auto *card = new Panel(Panel::Ground::Raised, true);
    m_sample = card;
    m_sampleTitle = makeLabel(Face::BaseStrong);
    m_sampleText = makeLabel(Face::Secondary, Ink::Muted);
    m_sampleText->setWordWrap(true);
    m_openSample = new QPushButton;
    m_openSample->setObjectName(u"openSample"_qs);
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(18, 14, 18, 14);
    row->setSpacing(16);
    row->addWidget(makeIcon(u"learn"_qs, 24, QPalette::Link));
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_sampleTitle);
    texts->addWidget(m_sampleText);
    row->addLayout(texts, 1);
    row->addWidget(m_openSample);
    connect(m_openSample, &QPushButton::clicked, this, [this] { Q_EMIT commandWanted(Command::OpenSample); });
    return card;
}

QString StartPage::title() const
{
    return tr("Start");
}

void StartPage::offerSample(bool offered)
{
    m_sample->setVisible(offered);
}

void StartPage::retranslateUi()
{
    m_question->setText(tr("What is to be audited?"));
    m_subline->setText(tr("Open images and cluster exports, then go through the requirements of SYS.1.6 and APP.4.4."));
    m_dropTitle->setText(tr("Drop files or folders here"));
    m_dropText->setText(tr("Images (docker save, OCI) and exports of a cluster (YAML, JSON, archive, support bundle)"));
    m_openFiles->setText(tr("Open files"));
    m_openFiles->setToolTip(tr("Ctrl+O"));
    m_newAudit->setText(tr("New audit"));
    m_openAudit->setText(tr("Open audit"));
    m_promise->setText(tr("Sources are only read. Nothing leaves this computer."));
    m_sampleTitle->setText(tr("Sample: Stadtwerke Musterhafen"));
    m_sampleText->setText(tr("An image and a cluster that never existed, to try things out without data of your own."));
    m_openSample->setText(tr("Open sample"));
    m_recentTitle->setTitle(tr("Opened last"));
}

void StartPage::setState(const AuditState &)
{
    clearLayout(*m_recent);
    const std::vector<RecentAudit> audits = recentAudits(m_settings);
    m_recentTitle->setVisible(!audits.empty());
    for (const RecentAudit &audit : audits) {
        RowButton::Content content;
        content.icon = u"checklist"_qs;
        content.title = audit.title.isEmpty() ? QFileInfo(audit.path).completeBaseName() : audit.title;
        content.detail = QFileInfo(audit.path).fileName();
        content.titleShare = 0.5;
        //: decided requirements of all, and the day it was opened
        content.trail = tr("%1 of %2, %3")
                            .arg(QString::number(audit.decided), QString::number(audit.total),
                                QLocale().toString(audit.opened.date(), QLocale::ShortFormat));
        auto *row = new RowButton(content);
        row->setToolTip(audit.path.toHtmlEscaped());
        connect(row, &RowButton::clicked, this, [this, path = audit.path] { Q_EMIT openRecent(path); });
        m_recent->addWidget(row);
    }
}

} // namespace tally::ui
