// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/page_factory.h"

#include "ui/pages/overview_page.h"
#include "ui/pages/sources_page.h"
#include "ui/pages/start_page.h"

namespace tally::ui {

QList<Page *> makePages(Session &session, [[maybe_unused]] FileChooser &files, QSettings &settings)
{
    return {
        new StartPage(session, settings),
        new OverviewPage(session),
        new SourcesPage(session),
    };
}

} // namespace tally::ui
