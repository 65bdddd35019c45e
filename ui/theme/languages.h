// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/language.h"

#include <QObject>
#include <QTranslator>

namespace tally::ui {

/// The language of the windows. Switching installs the translators of ours and of Qt's own dialogs and sets the
/// default locale; widgets learn of it by QEvent::LanguageChange. One per application, made by main.
class Languages final : public QObject
{
    Q_OBJECT

public:
    explicit Languages(QObject *parent = nullptr);
    ~Languages() override;

    void set(Language language);
    [[nodiscard]] Language language() const { return m_language; }
    /// German where the system speaks it, else English.
    [[nodiscard]] static Language ofSystem();

private:
    QTranslator m_ours;
    QTranslator m_qt;
    Language m_language = Language::English;
};

} // namespace tally::ui
