// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/splitters.h"

#include <QSettings>
#include <QSplitter>

namespace tally::ui {

void rememberSplitter(QSplitter &splitter, QSettings &settings, const QString &key, const QList<int> &firstSizes)
{
    splitter.setChildrenCollapsible(false);
    splitter.setHandleWidth(1);
    splitter.setSizes(firstSizes);
    const QString name = u"splitters/"_qs + key;
    splitter.restoreState(settings.value(name).toByteArray());
    QObject::connect(&splitter, &QSplitter::splitterMoved, &splitter,
        [&splitter, &settings, name] { settings.setValue(name, splitter.saveState()); });
}

} // namespace tally::ui
