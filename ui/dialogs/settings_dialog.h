// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/language.h"
#include "ui/theme/theme.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tally::ui {

class LinkButton;
class SegmentedControl;

/// Language, light or dark, the auditor's name, and whether what was found in images is kept. What is chosen holds at
/// once.
class SettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    SettingsDialog(Language language, ThemeMode mode, const QString &auditor, QWidget *parent = nullptr);

    /// How many images are kept, and how many bytes that is.
    void setCache(bool used, std::size_t images, std::uint64_t bytes);

Q_SIGNALS:
    void languageChosen(tally::Language language);
    void themeChosen(tally::ui::ThemeMode mode);
    void auditorChanged(const QString &name);
    void cacheChosen(bool used);
    void cacheClearWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslateUi();

    QLabel *m_title;
    QLabel *m_languageLabel;
    SegmentedControl *m_language;
    QLabel *m_themeLabel;
    SegmentedControl *m_theme;
    QLabel *m_auditorLabel;
    QLineEdit *m_auditor;
    QLabel *m_cacheLabel;
    QCheckBox *m_cache;
    QLabel *m_cacheUsage;
    LinkButton *m_cacheClear;
    std::size_t m_cachedImages = 0;
    std::uint64_t m_cachedBytes = 0;
    QLabel *m_about;
    QPushButton *m_close;
};

} // namespace tally::ui
