// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/address.h"
#include "ui/theme/glyphs.h"

#include <QWidget>

#include <utility>
#include <vector>

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace tally::ui {

class FactsLines;
class LinkButton;

/// What is to be known about the chosen row, at the right of a table: title, sections of facts, ways on. Filled anew
/// for each row.
class DetailSide final : public QWidget
{
    Q_OBJECT

public:
    explicit DetailSide(QWidget *parent = nullptr);

    /// Takes everything away and says in a sentence what would stand here.
    void showHint(const QString &hint);
    void begin(const QString &title, const QString &subtitle = {});
    void addSection(const QString &title);
    void addText(const QString &text, Glyph glyph = Glyph::None);
    /// Lines below the section: label, value, and a link to where it stands (an invalid page: none).
    FactsLines &addFacts();
    /// A path or a digest: cut in the middle, the whole of it in the tool tip.
    void addPath(const QString &label, const QString &path);
    void addLink(const QString &text, const Address &address, const QString &iconName = {});
    /// Beside each other; indented: below the text of addText() with a glyph.
    void addLinks(const std::vector<std::pair<QString, Address>> &links, bool indented = true);
    void addCommand(const QString &command);
    /// A link that leads to an address, for FactsLines::addLine().
    [[nodiscard]] LinkButton *makeLink(const QString &text, const Address &address, const QString &iconName = {});
    void end(); ///< what was added stands at the top

Q_SIGNALS:
    void navigate(const tally::ui::Address &address);

private:
    void clear();
    void addInset(QWidget *widget);

    QScrollArea *m_scroll;
    QWidget *m_content = nullptr;
    QVBoxLayout *m_column = nullptr;
};

} // namespace tally::ui
