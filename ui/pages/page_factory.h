// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/page.h"

#include <QList>

class QSettings;

namespace tally::ui {

class FileChooser;

/// All pages of the window, in the order of the side bar. A new page needs one line here.
[[nodiscard]] QList<Page *> makePages(Session &session, FileChooser &files, QSettings &settings);

} // namespace tally::ui
