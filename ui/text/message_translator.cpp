// SPDX-License-Identifier: Apache-2.0
#include "ui/text/message_translator.h"

static void initTranslations()
{
    Q_INIT_RESOURCE(translations); // this lies in a static library: nothing else would pull it in
}

namespace tally::ui {

MessageTranslator::MessageTranslator(Language language)
{
    initTranslations();
    [[maybe_unused]] const bool loaded
        = m_catalogue.load(u":/i18n/tallymann_" % toQString(languageTag(language)) % u".qm");
    Q_ASSERT(loaded);
}

std::string MessageTranslator::text(const Message &message) const
{
    if (!message.def)
        return {};

    const auto &[code, context, source] = *message.def;
    const QString translated = m_catalogue.translate(context, source, nullptr, message.count);
    return fillPlaceholders(translated.isNull() ? source : translated.toStdString(), message);
}

} // namespace tally::ui
