// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/languages.h"

#include "ui/text/message_translator.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace tally::ui {

Languages::Languages(QObject *parent)
    : QObject(parent)
{
    const MessageTranslator pullsInTheResources(Language::German);
}

Languages::~Languages()
{
    QCoreApplication::removeTranslator(&m_ours);
    QCoreApplication::removeTranslator(&m_qt);
}

Language Languages::ofSystem()
{
    return QLocale::system().language() == QLocale::German ? Language::German : Language::English;
}

void Languages::set(Language language)
{
    m_language = language;
    QLocale::setDefault(language == Language::German ? QLocale(QLocale::German, QLocale::Germany)
                                                     : QLocale(QLocale::English, QLocale::UnitedKingdom));
    QCoreApplication::removeTranslator(&m_ours);
    QCoreApplication::removeTranslator(&m_qt);
    const QString tag = toQString(languageTag(language));
    if (m_qt.load(u"qtbase_" % tag, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    if (m_ours.load(u":/i18n/tallymann_" % tag % u".qm"))
        QCoreApplication::installTranslator(&m_ours); // last: asked first, and its event ends the switch
}

} // namespace tally::ui
