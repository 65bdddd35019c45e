// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/treemap_accessible.h"

#include "ui/widgets/treemap_view.h"

#include <QAccessibleWidget>

#include <vector>

namespace tally::ui {

namespace {

/// One rectangle, by its number: it outlives a new layout and is then another one, or none.
class CellInterface final : public QAccessibleInterface
{
public:
    CellInterface(TreemapView &view, int cell)
        : m_view(view)
        , m_cell(cell)
    {
    }

    [[nodiscard]] bool isValid() const override { return cell() != nullptr; }
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(&m_view);
    }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    void setText(QAccessible::Text, const QString &) override { }

    [[nodiscard]] QString text(QAccessible::Text text) const override
    {
        return text == QAccessible::Name && cell() ? m_view.cellText(*cell()) : QString();
    }

    [[nodiscard]] QRect rect() const override
    {
        if (!cell())
            return {};
        const QRect inside = cell()->rect.toAlignedRect();
        return {m_view.mapToGlobal(inside.topLeft()), inside.size()};
    }

    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = true;
        state.selected = m_view.current() == m_cell;
        state.focused = state.selected && m_view.hasFocus();
        state.invalid = !cell();
        return state;
    }

private:
    [[nodiscard]] const TreemapCell *cell() const
    {
        return m_cell < static_cast<int>(m_view.cells().size()) ? &m_view.cells()[static_cast<std::size_t>(m_cell)]
                                                                : nullptr;
    }

    TreemapView &m_view;
    int m_cell;
};

class ViewInterface final : public QAccessibleWidget
{
public:
    explicit ViewInterface(TreemapView &view)
        : QAccessibleWidget(&view, QAccessible::List)
        , m_view(view)
    {
    }

    ViewInterface(const ViewInterface &) = delete;
    ViewInterface &operator=(const ViewInterface &) = delete;

    ~ViewInterface() override
    {
        for (const QAccessible::Id id : m_children)
            QAccessible::deleteAccessibleInterface(id);
    }

    [[nodiscard]] int childCount() const override { return static_cast<int>(m_view.cells().size()); }

    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        while (m_children.size() <= static_cast<std::size_t>(index)) {
            m_children.push_back(QAccessible::registerAccessibleInterface(
                new CellInterface(m_view, static_cast<int>(m_children.size()))));
        }
        return QAccessible::accessibleInterface(m_children[static_cast<std::size_t>(index)]);
    }

    [[nodiscard]] int indexOfChild(const QAccessibleInterface *wanted) const override
    {
        for (int i = 0; i < static_cast<int>(m_children.size()); ++i) {
            if (QAccessible::accessibleInterface(m_children[static_cast<std::size_t>(i)]) == wanted)
                return i;
        }
        return -1;
    }

    [[nodiscard]] QAccessibleInterface *focusChild() const override { return child(m_view.current()); }

private:
    TreemapView &m_view;
    mutable std::vector<QAccessible::Id> m_children;
};

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *view = qobject_cast<TreemapView *>(object);
    return view ? new ViewInterface(*view) : nullptr;
}

} // namespace

void installTreemapAccessible()
{
    QAccessible::installFactory(make); // a factory is kept once
}

} // namespace tally::ui
