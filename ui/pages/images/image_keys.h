// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QKeySequence>
#include <QObject>

#include <vector>

class QAbstractItemView;

namespace tally::ui {

/// What the images page can be told by a key. The keys of dive do here what they do there.
enum class ImageCommand {
    OtherPane,
    NextPane,
    PreviousPane,
    Down,
    Up,
    PageDown,
    PageUp,
    Aggregated,
    ThisLayer,
    Fold,
    FoldAll,
    ToggleAdded,
    ToggleChanged,
    ToggleRemoved,
    ToggleUnchanged,
    ToggleAttributes,
    Sort,
    View,
    Extract,
    Copy,
    Wrap,
    Filter,
    ClearFilter,
    NextTab,
    PreviousTab,
    Keys,
};

enum class KeyScope { Page, Layers, Files, View };

struct ImageKey
{
    ImageCommand command;
    KeyScope scope;
    QKeySequence keys;
};

/// All of them, in the order in which they are explained.
[[nodiscard]] const std::vector<ImageKey> &imageKeys();

class ImageKeyWords
{
    Q_DECLARE_TR_FUNCTIONS(tally::ui::ImageKeyWords)

public:
    [[nodiscard]] static QString scope(KeyScope scope);
    /// Where a key of dive does something else here on purpose, a sentence each.
    [[nodiscard]] static QStringList exceptions();
    /// What it does, and what the key does elsewhere in the program if it means something there.
    [[nodiscard]] static QString command(ImageCommand command);
    /// "Strg+E", or "Tab".
    [[nodiscard]] static QString keys(const QKeySequence &keys);
    /// The keys of a command, for tool tips: "Strg+F"; several: "Strg+F, Strg+/".
    [[nodiscard]] static QString keysOf(ImageCommand command);
};

/// Gives the keys of a list to the page before the list and the shortcuts of the window see them.
class KeyCatcher final : public QObject
{
    Q_OBJECT

public:
    KeyCatcher(QAbstractItemView &view, KeyScope scope);

    [[nodiscard]] bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void commanded(tally::ui::ImageCommand command);

private:
    KeyScope m_scope;
};

} // namespace tally::ui
