// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/icons.h"

#include "ui/theme/tokens.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace tally::ui {

namespace {

struct IconPath
{
    std::string_view name;
    const char *path; ///< SVG path data, 16 x 16, stroked
};

constexpr std::array iconPaths = {
    IconPath{"overview", "M2 2h5v5h-5z M9 2h5v5h-5z M2 9h5v5h-5z M9 9h5v5h-5z"},
    IconPath{"sources", "M8 1.5v8 M5 6.8l3 3 3-3 M1.8 9.5v4.7h12.4v-4.7"},
    IconPath{"images", "M8 1.8l6.3 3.2-6.3 3.2-6.3-3.2z M1.7 8l6.3 3.2 6.3-3.2 M1.7 11l6.3 3.2 6.3-3.2"},
    IconPath{"cluster",
        "M8 1.6l5.2 2.5 1.2 5.5-3.5 4.5h-5.8l-3.5-4.5 1.2-5.5z M8 5.6a2.3 2.3 0 1 1 0 4.6a2.3 2.3 0 1 1 0-4.6 "
        "M8 1.6v4 M13.2 4.1l-3.4 2.5 M10.2 8.8l4.2.8 M9 10l1.9 4.1 M7 10l-1.9 4.1 M5.8 8.8l-4.2.8 M2.8 4.1l3.4 2.5"},
    IconPath{
        "checklist", "M7 3.5h7 M7 8h7 M7 12.5h7 M1.7 3.5l1.2 1.2 2-2.2 M1.7 8l1.2 1.2 2-2.2 M1.7 12.5l1.2 1.2 2-2.2"},
    IconPath{"findings", "M7 1.8a5.2 5.2 0 1 1 0 10.4a5.2 5.2 0 1 1 0-10.4 M10.8 10.8l3.6 3.6 M7 4.4v3 M7 9.3v.4"},
    IconPath{"measures", "M3 2h8l2.5 2.5v9.5h-10.5z M5.4 8.6l1.9 1.9 3.5-4"},
    IconPath{"clip",
        "M13.5 7.5l-5.6 5.6a3.4 3.4 0 1 1 -4.8 -4.8l6-6a2.3 2.3 0 1 1 3.2 3.2l-5.8 5.8a1.1 1.1 0 1 1 -1.6 "
        "-1.6l5.2-5.2"},
    IconPath{"compare", "M3 5.5h10 M10 2.5l3 3-3 3 M13 10.5h-10 M6 7.5l-3 3 3 3"},
    IconPath{"report", "M9.5 1.7h-6.3v12.6h9.6v-9.3z M9.5 1.7v3.3h3.3 M5.6 8h4.8 M5.6 11h4.8"},
    IconPath{"settings",
        "M1.8 4.5h7.2 M12.5 4.5h1.7 M10.75 2.75a1.75 1.75 0 1 1 0 3.5a1.75 1.75 0 1 1 0-3.5 "
        "M1.8 11.5h1.7 M7 11.5h7.2 M5.25 9.75a1.75 1.75 0 1 1 0 3.5a1.75 1.75 0 1 1 0-3.5"},
    IconPath{"search", "M7 2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 1 1 0-9.6 M10.5 10.5l3.7 3.7"},
    IconPath{"plus", "M8 2.5v11 M2.5 8h11"},
    IconPath{"chevron-right", "M6 3.5l4.5 4.5-4.5 4.5"},
    IconPath{"chevron-down", "M3.5 6l4.5 4.5 4.5-4.5"},
    IconPath{"chevron-up", "M3.5 10l4.5-4.5 4.5 4.5"},
    IconPath{"check", "M2.5 8.8l3.6 3.6 7.4-8.2"},
    IconPath{"close", "M3.5 3.5l9 9 M12.5 3.5l-9 9"},
    IconPath{"copy", "M5.5 5.5h8.5v8.5h-8.5z M10.5 5.5v-3.5h-8.5v8.5h3.5"},
    IconPath{"folder", "M1.8 13v-10h4.7l1.5 2h6.2v8z"},
    IconPath{"file", "M9.5 1.7h-6.3v12.6h9.6v-9.3z M9.5 1.7v3.3h3.3"},
    IconPath{"shield", "M8 1.5l5.5 2c.3 5.5-1.5 9-5.5 11.2c-4-2.2-5.8-5.7-5.5-11.2z M5.4 8l1.9 1.9 3.5-4"},
    IconPath{"clock", "M8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 1 1 0-12.4 M8 4.5v3.7l2.4 1.5"},
    IconPath{"refresh", "M13.5 3v3.5h-3.5 M13.3 6.3a5.6 5.6 0 1 0 .2 3.2"},
    IconPath{"undo", "M3 6h7a3.7 3.7 0 1 1 0 7.4h-3.5 M6 3l-3 3 3 3"},
    IconPath{"redo", "M13 6h-7a3.7 3.7 0 1 0 0 7.4h3.5 M10 3l3 3-3 3"},
    IconPath{"warning", "M8 2l6.6 11.8h-13.2z M8 6.5v3.5 M8 11.7v.4"},
    IconPath{"calendar", "M2 3.3h12v10.5h-12z M2 6.5h12 M5 1.8v3 M11 1.8v3"},
    IconPath{"export", "M8 10v-8 M5 4.8l3-3 3 3 M1.8 9.5v4.7h12.4v-4.7"},
    IconPath{
        "attach", "M13 7.5l-5.3 5.3a3.2 3.2 0 0 1-4.5-4.5l5.7-5.7a2.1 2.1 0 0 1 3 3l-5.6 5.6a1 1 0 0 1-1.5-1.5l5-5"},
    IconPath{"book",
        "M8 3.5c-1.5-1.2-3.5-1.5-6-1.5v11c2.5 0 4.5.3 6 1.5c1.5-1.2 3.5-1.5 6-1.5v-11c-2.5 0-4.5.3-6 1.5z M8 3.5v11"},
    IconPath{"learn", "M8 3l7 3-7 3-7-3z M4 7.5v3.5c1 1.3 2.4 2 4 2s3-.7 4-2v-3.5 M15 6v4.5"},
    IconPath{"eye-off",
        "M2 2l12 12 M6.5 4a7 7 0 0 1 1.5-.2c3 0 5.5 1.7 6.7 4.2a8 8 0 0 1-1.7 2.3 M4.3 5a8 8 0 0 0-3 3c1.2 2.5 3.7 4.2 "
        "6.7 4.2a7 7 0 0 0 3-.7"},
    IconPath{"columns", "M2 2.5h12v11h-12z M6 2.5v11 M10 2.5v11"},
    IconPath{"filter", "M1.8 2.5h12.4l-4.8 5.8v5.4l-2.8-1.6v-3.8z"},
    IconPath{"expression",
        "M10.3 2v7.4 M7.1 3.9l6.4 3.6 M13.5 3.9l-6.4 3.6 M3.4 11.6a1.2 1.2 0 1 1 0 2.4a1.2 1.2 0 1 1 0-2.4"},
    IconPath{"eye",
        "M1.3 8c1.2-2.5 3.7-4.2 6.7-4.2s5.5 1.7 6.7 4.2c-1.2 2.5-3.7 4.2-6.7 4.2s-5.5-1.7-6.7-4.2z M8 6a2 2 0 1 1 0 "
        "4a2 2 0 1 1 0-4"},
    IconPath{"keyboard", "M1.5 3.8h13v8.4h-13z M4 6.5h.6 M6.6 6.5h.6 M9.2 6.5h.6 M11.8 6.5h.4 M4.6 9.6h6.8"},
    IconPath{"arrow-left", "M13.5 8h-11 M6.5 4l-4 4 4 4"},
    IconPath{"tally", "M2.5 3.5v9 M6 3.5v9 M9.5 3.5v9 M13 3.5v9 M1 11.5l14-7"},
};

const IconPath *find(const QString &name)
{
    const std::string text = name.toStdString();
    const auto found = std::ranges::find(iconPaths, std::string_view(text), &IconPath::name);
    return found == iconPaths.end() ? nullptr : &*found;
}

class LineIconEngine final : public QIconEngine
{
public:
    LineIconEngine(QString name, std::optional<QPalette::ColorRole> role)
        : m_name(std::move(name))
        , m_role(role)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        drawIcon(*painter, m_name, rect, color(mode));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap result(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return result;
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        return pixmap(size, mode, state);
    }

    [[nodiscard]] QIconEngine *clone() const override { return new LineIconEngine(*this); }

private:
    [[nodiscard]] QColor color(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (m_role)
            return palette.color(*m_role);
        QColor color = palette.color(QPalette::WindowText);
        if (mode == QIcon::Disabled)
            color.setAlphaF(0.4F);
        return color;
    }

    QString m_name;
    std::optional<QPalette::ColorRole> m_role;
};

} // namespace

QIcon icon(const QString &name)
{
    Q_ASSERT(hasIcon(name));
    return QIcon(new LineIconEngine(name, std::nullopt));
}

QIcon icon(const QString &name, QPalette::ColorRole role)
{
    Q_ASSERT(hasIcon(name));
    return QIcon(new LineIconEngine(name, role));
}

bool hasIcon(const QString &name)
{
    return find(name) != nullptr;
}

void drawIcon(QPainter &painter, const QString &name, const QRectF &rect, const QColor &color)
{
    const IconPath *path = find(name);
    if (!path)
        return;
    const double side = std::min(rect.width(), rect.height());
    // 1.2 at 16 px; the same absolute weight from 24 px up
    const double width = side <= 24 ? 1.2 : 1.2 * 24 / side;
    const QString svg = u"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><path fill=\"none\" "
                        u"stroke-linecap=\"round\" stroke-linejoin=\"round\" stroke=\""
        % color.name() % u"\" stroke-opacity=\"" % QString::number(color.alphaF()) % u"\" stroke-width=\""
        % QString::number(width) % u"\" d=\"" % QString::fromLatin1(path->path) % u"\"/></svg>";
    QSvgRenderer renderer(svg.toUtf8());
    renderer.render(&painter, QRectF(rect.center() - QPointF(side, side) / 2, QSizeF(side, side)));
}

} // namespace tally::ui
