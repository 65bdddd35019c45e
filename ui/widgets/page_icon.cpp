// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/page_icon.h"

namespace tally::ui {

QString pageIcon(PageId page)
{
    switch (page) {
    case PageId::Start:
        return u"tally"_qs;
    case PageId::Overview:
        return u"overview"_qs;
    case PageId::Sources:
        return u"sources"_qs;
    case PageId::Images:
        return u"images"_qs;
    case PageId::Cluster:
        return u"cluster"_qs;
    case PageId::Checklist:
        return u"checklist"_qs;
    case PageId::Findings:
        return u"findings"_qs;
    case PageId::Measures:
        return u"measures"_qs;
    case PageId::Compare:
        return u"compare"_qs;
    case PageId::Evidence:
        return u"clip"_qs;
    case PageId::Journal:
        return u"book"_qs;
    case PageId::Report:
        return u"report"_qs;
    }
    Q_UNREACHABLE();
}

} // namespace tally::ui
