// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/language.h"
#include "core/base/message.h"

#include <QString>
#include <QTranslator>

namespace tally::ui {

[[nodiscard]] inline QString toQString(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

[[nodiscard]] inline std::string toUtf8String(const QString &text)
{
    return text.toStdString();
}

/// Renders core messages in one language, whatever language the application runs in:
/// it owns its catalogue and never installs it. Needs no QCoreApplication.
class MessageTranslator final : public Translator
{
public:
    explicit MessageTranslator(Language language);

    [[nodiscard]] std::string text(const Message &message) const override;

private:
    QTranslator m_catalogue;
};

} // namespace tally::ui
