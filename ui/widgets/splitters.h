// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>

class QSettings;
class QSplitter;
class QString;

namespace tally::ui {

/// Gives a splitter its first sizes, or those that the user left it with; from now on it is remembered under the key.
/// settings outlive the splitter.
void rememberSplitter(QSplitter &splitter, QSettings &settings, const QString &key, const QList<int> &firstSizes);

} // namespace tally::ui
