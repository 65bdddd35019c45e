// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/page_factory.h"

#include "ui/pages/checklist_page.h"
#include "ui/pages/cluster_page.h"
#include "ui/pages/evidence_page.h"
#include "ui/pages/findings_page.h"
#include "ui/pages/images_page.h"
#include "ui/pages/journal_page.h"
#include "ui/pages/measures_page.h"
#include "ui/pages/overview_page.h"
#ifdef TALLY_HAVE_PREVIEW
#include "ui/pages/compare_page.h"
#include "ui/pages/report_page.h"
#endif
#include "ui/pages/sources_page.h"
#include "ui/pages/start_page.h"

namespace tally::ui {

QList<Page *> makePages(Session &session, FileChooser &files, QSettings &settings)
{
    return {
        new StartPage(session, settings),
        new OverviewPage(session),
        new SourcesPage(session, settings),
        new ImagesPage(session, files, settings),
        new ClusterPage(session, settings),
        new ChecklistPage(session, files, settings),
        new FindingsPage(session, settings),
        new EvidencePage(session, files, settings),
        new MeasuresPage(session, files, settings),
#ifdef TALLY_HAVE_PREVIEW
        new ComparePage(session, files),
#endif
        new JournalPage(session, files, settings),
#ifdef TALLY_HAVE_PREVIEW
        new ReportPage(session, files),
#endif
    };
}

} // namespace tally::ui
