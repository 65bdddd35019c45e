// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/settings_dialog.h"

#include "core/base/version.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/segmented_control.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace tally::ui {

SettingsDialog::SettingsDialog(Language language, ThemeMode mode, const QString &auditor, QWidget *parent)
    : QDialog(parent)
    , m_title(makeLabel(Face::Title))
    , m_languageLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_language(new SegmentedControl(2))
    , m_themeLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_theme(new SegmentedControl(3))
    , m_auditorLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_auditor(new QLineEdit(auditor))
    , m_cacheLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_cache(new QCheckBox)
    , m_cacheUsage(makeLabel(Face::Secondary, Ink::Muted))
    , m_cacheClear(new LinkButton)
    , m_about(makeLabel(Face::Secondary, Ink::Muted))
    , m_close(new QPushButton)
{
    setObjectName(u"settingsDialog"_qs);
    m_language->setObjectName(u"settingsLanguage"_qs);
    m_theme->setObjectName(u"settingsTheme"_qs);
    m_auditor->setObjectName(u"settingsAuditor"_qs);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(4);
    column->addWidget(m_title);
    column->addSpacing(8);
    column->addWidget(m_languageLabel);
    column->addWidget(m_language);
    column->addSpacing(8);
    column->addWidget(m_themeLabel);
    column->addWidget(m_theme);
    column->addSpacing(8);
    m_auditorLabel->setBuddy(m_auditor);
    column->addWidget(m_auditorLabel);
    column->addWidget(m_auditor);
    column->addSpacing(8);
    m_cache->setObjectName(u"settingsCache"_qs);
    m_cacheUsage->setObjectName(u"settingsCacheUsage"_qs);
    m_cacheClear->setObjectName(u"settingsCacheClear"_qs);
    column->addWidget(m_cacheLabel);
    column->addWidget(m_cache);
    auto *usage = new QHBoxLayout;
    usage->addWidget(m_cacheUsage);
    usage->addWidget(m_cacheClear);
    usage->addStretch();
    column->addLayout(usage);
    column->addSpacing(16);
    auto *row = new QHBoxLayout;
    row->addWidget(m_about, 1);
    row->addWidget(m_close);
    column->addLayout(row);
    setMinimumWidth(420);
    m_close->setDefault(true);
    m_language->setCurrent(language == Language::German ? 0 : 1);
    m_theme->setCurrent(static_cast<int>(mode));
    connect(m_language, &SegmentedControl::chosen, this,
        [this](int chosen) { Q_EMIT languageChosen(chosen == 0 ? Language::German : Language::English); });
    connect(m_theme, &SegmentedControl::chosen, this,
        [this](int chosen) { Q_EMIT themeChosen(static_cast<ThemeMode>(chosen)); });
    connect(m_auditor, &QLineEdit::textChanged, this, &SettingsDialog::auditorChanged);
    connect(m_cache, &QCheckBox::toggled, this, &SettingsDialog::cacheChosen);
    connect(m_cacheClear, &LinkButton::clicked, this, &SettingsDialog::cacheClearWanted);
    connect(m_close, &QPushButton::clicked, this, &QDialog::accept);
    retranslateUi();
}

void SettingsDialog::retranslateUi()
{
    setWindowTitle(tr("Settings"));
    m_title->setText(tr("Settings"));
    m_languageLabel->setText(tr("Language"));
    m_language->setTexts({u"Deutsch"_qs, u"English"_qs}); // languages name themselves
    m_language->setName(tr("Language"));
    m_themeLabel->setText(tr("Appearance"));
    m_theme->setTexts({tr("As the system"), tr("Light"), tr("Dark")});
    m_theme->setName(tr("Appearance"));
    m_auditorLabel->setText(tr("Auditor, for new audits and decisions"));
    m_auditor->setAccessibleName(tr("Auditor"));
    m_cacheLabel->setText(tr("Images that were read before"));
    m_cache->setText(tr("Keep what was found, so that they open at once"));
    m_cache->setToolTip(tr("Without file contents, and with secrets masked. Their digests are computed again in the "
                           "background and before each report."));
    m_cacheUsage->setText(m_cachedImages == 0
            ? tr("None are kept")
            : tr("%n image(s), %1", nullptr, static_cast<int>(m_cachedImages)).arg(bytesText(m_cachedBytes)));
    m_cacheClear->setText(tr("Remove"));
    m_cacheClear->setAccessibleName(tr("Remove what is kept of images"));
    m_cacheClear->setVisible(m_cachedImages > 0);
    m_about->setText(tr("Tallymann %1").arg(toQString(toolVersion)));
    m_close->setText(tr("Close"));
}

void SettingsDialog::setCache(bool used, std::size_t images, std::uint64_t bytes)
{
    const QSignalBlocker blocker(m_cache);
    m_cache->setChecked(used);
    m_cachedImages = images;
    m_cachedBytes = bytes;
    retranslateUi();
}

void SettingsDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QDialog::changeEvent(event);
}

} // namespace tally::ui
