// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/language.h"
#include "ui/theme/theme.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tally::ui {

class SegmentedControl;

/// Language, light or dark, and the auditor's name. What is chosen holds at once.
class SettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    SettingsDialog(Language language, ThemeMode mode, const QString &auditor, QWidget *parent = nullptr);

Q_SIGNALS:
    void languageChosen(tally::Language language);
    void themeChosen(tally::ui::ThemeMode mode);
    void auditorChanged(const QString &name);

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
    QLabel *m_about;
    QPushButton *m_close;
};

} // namespace tally::ui
