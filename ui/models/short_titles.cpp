// SPDX-License-Identifier: Apache-2.0
#include "ui/models/short_titles.h"

#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace tally::ui {

namespace {

struct ShortTitle
{
    std::string_view requirement;
    const char *text;
};

constexpr std::array shortTitles = {
    ShortTitle{"SYS.1.6.A1", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Planning")},
    ShortTitle{"SYS.1.6.A2", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Management")},
    ShortTitle{"SYS.1.6.A3", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Secure use")},
    ShortTitle{"SYS.1.6.A4", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Distribution")},
    ShortTitle{"SYS.1.6.A5", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Networks")},
    ShortTitle{"SYS.1.6.A6", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Images")},
    ShortTitle{"SYS.1.6.A7", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Logs")},
    ShortTitle{"SYS.1.6.A8", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Credentials")},
    ShortTitle{"SYS.1.6.A9", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Suitability")},
    ShortTitle{"SYS.1.6.A10", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Policy")},
    ShortTitle{"SYS.1.6.A11", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "One service")},
    ShortTitle{"SYS.1.6.A12", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Registry")},
    ShortTitle{"SYS.1.6.A13", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Release")},
    ShortTitle{"SYS.1.6.A14", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Updates")},
    ShortTitle{"SYS.1.6.A15", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Resources")},
    ShortTitle{"SYS.1.6.A16", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Remote access")},
    ShortTitle{"SYS.1.6.A17", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Privileges")},
    ShortTitle{"SYS.1.6.A18", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Accounts")},
    ShortTitle{"SYS.1.6.A19", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Storage")},
    ShortTitle{"SYS.1.6.A20", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Configuration")},
    ShortTitle{"SYS.1.6.A21", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Profiles")},
    ShortTitle{"SYS.1.6.A22", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Forensics")},
    ShortTitle{"SYS.1.6.A23", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Read-only")},
    ShortTitle{"SYS.1.6.A24", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Attacks")},
    ShortTitle{"SYS.1.6.A25", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Redundancy")},
    ShortTitle{"SYS.1.6.A26", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Isolation")},
    ShortTitle{"APP.4.4.A1", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Separation")},
    ShortTitle{"APP.4.4.A2", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "CI/CD")},
    ShortTitle{"APP.4.4.A3", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Permissions")},
    ShortTitle{"APP.4.4.A4", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Pods")},
    ShortTitle{"APP.4.4.A5", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Backup")},
    ShortTitle{"APP.4.4.A6", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Init")},
    ShortTitle{"APP.4.4.A7", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Networks")},
    ShortTitle{"APP.4.4.A8", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Configuration")},
    ShortTitle{"APP.4.4.A9", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Accounts")},
    ShortTitle{"APP.4.4.A10", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Automation")},
    ShortTitle{"APP.4.4.A11", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Monitoring")},
    ShortTitle{"APP.4.4.A12", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Infrastructure")},
    ShortTitle{"APP.4.4.A13", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Auditing")},
    ShortTitle{"APP.4.4.A14", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Nodes")},
    ShortTitle{"APP.4.4.A15", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Partition")},
    ShortTitle{"APP.4.4.A16", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Operators")},
    ShortTitle{"APP.4.4.A17", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Attestation")},
    ShortTitle{"APP.4.4.A18", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Segments")},
    ShortTitle{"APP.4.4.A19", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Redundancy")},
    ShortTitle{"APP.4.4.A20", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Encryption")},
    ShortTitle{"APP.4.4.A21", QT_TRANSLATE_NOOP("tally::ui::ShortTitles", "Restart")},
};

} // namespace

QString shortTitle(const Requirement &requirement)
{
    const auto found = std::ranges::find(shortTitles, std::string_view(requirement.id), &ShortTitle::requirement);
    if (found != shortTitles.end())
        return QCoreApplication::translate("tally::ui::ShortTitles", found->text);
    return toQString(requirement.title.in(applicationLanguage()));
}

} // namespace tally::ui
