// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/images/image_keys.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QStringList>

#include <algorithm>

namespace tally::ui {

const std::vector<ImageKey> &imageKeys()
{
    static const std::vector<ImageKey> keys = {
        {ImageCommand::OtherPane, KeyScope::Layers, QKeySequence(Qt::Key_Tab)},
        {ImageCommand::Down, KeyScope::Layers, QKeySequence(Qt::Key_J)},
        {ImageCommand::Up, KeyScope::Layers, QKeySequence(Qt::Key_K)},
        {ImageCommand::PageDown, KeyScope::Layers, QKeySequence(Qt::Key_D)},
        {ImageCommand::PageUp, KeyScope::Layers, QKeySequence(Qt::Key_U)},
        {ImageCommand::Aggregated, KeyScope::Layers, QKeySequence(Qt::CTRL | Qt::Key_A)},
        {ImageCommand::ThisLayer, KeyScope::Layers, QKeySequence(Qt::CTRL | Qt::Key_L)},
        {ImageCommand::OtherPane, KeyScope::Files, QKeySequence(Qt::Key_Tab)},
        {ImageCommand::Down, KeyScope::Files, QKeySequence(Qt::Key_J)},
        {ImageCommand::Up, KeyScope::Files, QKeySequence(Qt::Key_K)},
        {ImageCommand::PageDown, KeyScope::Files, QKeySequence(Qt::Key_D)},
        {ImageCommand::PageUp, KeyScope::Files, QKeySequence(Qt::Key_U)},
        {ImageCommand::Fold, KeyScope::Files, QKeySequence(Qt::Key_Space)},
        {ImageCommand::FoldAll, KeyScope::Files, QKeySequence(Qt::CTRL | Qt::Key_Space)},
        {ImageCommand::ToggleAdded, KeyScope::Files, QKeySequence(Qt::CTRL | Qt::Key_A)},
        {ImageCommand::ToggleRemoved, KeyScope::Files, QKeySequence(Qt::CTRL | Qt::Key_R)},
        {ImageCommand::ToggleChanged, KeyScope::Files, QKeySequence(Qt::CTRL | Qt::Key_M)},
        {ImageCommand::ToggleUnchanged, KeyScope::Files, QKeySequence(Qt::CTRL | Qt::Key_U)},
        {ImageCommand::ToggleAttributes, KeyScope::Files, QKeySequence(Qt::CTRL | Qt::Key_B)},
        {ImageCommand::Sort, KeyScope::Files, QKeySequence(Qt::CTRL | Qt::Key_O)},
        {ImageCommand::View, KeyScope::Files, QKeySequence(Qt::Key_Return)},
        {ImageCommand::Extract, KeyScope::Files, QKeySequence(Qt::CTRL | Qt::Key_E)},
        {ImageCommand::Copy, KeyScope::Files, QKeySequence(Qt::CTRL | Qt::Key_C)},
        {ImageCommand::ClearFilter, KeyScope::Files, QKeySequence(Qt::Key_Escape)},
        {ImageCommand::Wrap, KeyScope::View, QKeySequence(Qt::CTRL | Qt::Key_P)},
        {ImageCommand::Filter, KeyScope::Page, QKeySequence(Qt::CTRL | Qt::Key_F)},
        {ImageCommand::Filter, KeyScope::Page, QKeySequence(Qt::CTRL | Qt::Key_Slash)},
        {ImageCommand::NextPane, KeyScope::Page, QKeySequence(Qt::Key_F6)},
        {ImageCommand::NextPane, KeyScope::Page, QKeySequence(Qt::Key_L)},
        {ImageCommand::PreviousPane, KeyScope::Page, QKeySequence(Qt::Key_H)},
        {ImageCommand::NextTab, KeyScope::Page, QKeySequence(Qt::CTRL | Qt::Key_PageDown)},
        {ImageCommand::PreviousTab, KeyScope::Page, QKeySequence(Qt::CTRL | Qt::Key_PageUp)},
        {ImageCommand::Keys, KeyScope::Page, QKeySequence(Qt::CTRL | Qt::Key_F1)},
        {ImageCommand::Keys, KeyScope::Page, QKeySequence(Qt::Key_Question)},
    };
    return keys;
}

QString ImageKeyWords::scope(KeyScope scope)
{
    switch (scope) {
    case KeyScope::Page:
        return tr("Anywhere on this page");
    case KeyScope::Layers:
        return tr("In the list of layers");
    case KeyScope::Files:
        return tr("In the file tree");
    case KeyScope::View:
        return tr("Where a file is viewed");
    }
    return {};
}

QStringList ImageKeyWords::exceptions()
{
    return {tr("Ctrl+C copies; it does not end the program. Ctrl+Q does."),
        tr("Left and right open and fold directories. Other panes: H and L."),
        tr("Ctrl+P wraps the lines of a file that is viewed. The tree needs no wrapping: names are cut in the "
           "middle.")};
}

QString ImageKeyWords::command(ImageCommand command)
{
    switch (command) {
    case ImageCommand::OtherPane:
        return tr("between layers and files; Shift+Tab leaves both");
    case ImageCommand::NextPane:
        return tr("next pane: layers, files, details");
    case ImageCommand::PreviousPane:
        return tr("the pane before");
    case ImageCommand::PageDown:
        return tr("one page down");
    case ImageCommand::PageUp:
        return tr("one page up");
    case ImageCommand::Copy:
        return tr("copy the path");
    case ImageCommand::Wrap:
        return tr("wrap long lines, or do not");
    case ImageCommand::Down:
        return tr("one line down");
    case ImageCommand::Up:
        return tr("one line up");
    case ImageCommand::Aggregated:
        return tr("show the sum up to this layer");
    case ImageCommand::ThisLayer:
        return tr("show this layer alone");
    case ImageCommand::Fold:
        return tr("open or fold a directory");
    case ImageCommand::FoldAll:
        return tr("fold all directories");
    case ImageCommand::ToggleAdded:
        return tr("show or hide what is new");
    case ImageCommand::ToggleChanged:
        return tr("show or hide what is changed");
    case ImageCommand::ToggleRemoved:
        return tr("show or hide what is removed");
    case ImageCommand::ToggleUnchanged:
        return tr("show or hide what is unchanged");
    case ImageCommand::ToggleAttributes:
        return tr("columns for rights and owner on or off");
    case ImageCommand::Sort:
        return tr("sort by size or by name (elsewhere this key opens files)");
    case ImageCommand::View:
        return tr("view the file; open or fold a directory");
    case ImageCommand::Extract:
        return tr("save the file or folder");
    case ImageCommand::Filter:
        return tr("search names and paths");
    case ImageCommand::ClearFilter:
        return tr("clear the search");
    case ImageCommand::NextTab:
        return tr("next tab");
    case ImageCommand::PreviousTab:
        return tr("previous tab");
    case ImageCommand::Keys:
        return tr("this list");
    }
    return {};
}

QString ImageKeyWords::keys(const QKeySequence &keys)
{
    return keys.toString(QKeySequence::NativeText);
}

QString ImageKeyWords::keysOf(ImageCommand command)
{
    QStringList names;
    for (const ImageKey &key : imageKeys()) {
        if (key.command == command && !names.contains(keys(key.keys)))
            names.append(keys(key.keys));
    }
    return names.join(u", ");
}

KeyCatcher::KeyCatcher(QAbstractItemView &view, KeyScope scope)
    : QObject(&view)
    , m_scope(scope)
{
    view.installEventFilter(this);
}

bool KeyCatcher::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    const auto *pressed = static_cast<QKeyEvent *>(event);
    const int key = pressed->key() == Qt::Key_Enter ? static_cast<int>(Qt::Key_Return) : pressed->key();
    const QKeySequence keys(QKeyCombination(pressed->modifiers() & ~Qt::KeypadModifier, static_cast<Qt::Key>(key)));
    const auto found = std::ranges::find_if(
        imageKeys(), [&](const ImageKey &known) { return known.scope == m_scope && known.keys == keys; });
    if (found == imageKeys().end())
        return QObject::eventFilter(watched, event);
    event->accept();
    if (event->type() == QEvent::KeyPress)
        Q_EMIT commanded(found->command);
    return event->type() == QEvent::KeyPress;
}

} // namespace tally::ui
