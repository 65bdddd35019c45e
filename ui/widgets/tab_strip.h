// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

namespace tally::ui {

/// Tabs over a page: "Dateien 25.557", the chosen one underlined. Left and right keys change it. Where there is no room
/// for all, the counts go first, then the air between the tabs.
class TabStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit TabStrip(QWidget *parent = nullptr);

    /// counts may be shorter than titles; an empty one is left out.
    void setTabs(const QStringList &titles, const QStringList &counts);
    void setCurrent(int tab); ///< emits nothing
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// By the user only.
    void chosen(int tab);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    class Tab;

    void choose(int tab);
    void arrange();
    [[nodiscard]] int widthFor(int room) const;

    std::vector<Tab *> m_tabs;
    int m_current = 0;
};

} // namespace tally::ui
