// SPDX-License-Identifier: Apache-2.0
#include "ui/pdf/slabs.h"

#include "ui/text/message_translator.h"

namespace tally::ui::pdf {

TextStyle style::make(Face face, double size, double leading, const QColor &color)
{
    TextStyle made;
    made.face = face;
    made.size = size;
    made.leading = leading;
    made.color = color;
    return made;
}

Span spanOf(const std::string &text, const TextStyle &style)
{
    return {toQString(text), style, Symbol::None, {}, false, false};
}

std::vector<Span> spansOf(const Runs &runs, const TextStyle &normal, const TextStyle &secondary)
{
    std::vector<Span> spans;
    for (const Run &run : runs) {
        Span span = spanOf(run.text, normal);
        span.symbol = run.symbol;
        span.link = run.link;
        span.pageNumber = run.pageNumber;
        switch (run.style) {
        case Run::Style::Normal:
            break;
        case Run::Style::Strong:
            span.style.face = Face::SemiBold;
            break;
        case Run::Style::Muted:
            span.style = secondary;
            break;
        case Run::Style::Mono:
        case Run::Style::Digest:
            span.style.face = Face::Mono;
            span.style.size = normal.size * 0.85;
            span.isName = true;
            break;
        }
        spans.push_back(std::move(span));
    }
    return spans;
}

std::vector<Span> spansOf(const Runs &runs, const TextStyle &normal)
{
    TextStyle secondary = normal;
    secondary.color = colors::muted;
    return spansOf(runs, normal, secondary);
}

double heightOf(const Slabs &slabs)
{
    double height = 0;
    for (std::size_t i = 0; i < slabs.size(); ++i)
        height += slabs[i].height + (i > 0 ? slabs[i].before : 0);
    return height;
}

namespace {

class Filler
{
public:
    /// canvas: null where pages are only counted.
    Filler(Canvas *canvas, const Sheet &paper, const Slabs &slabs, int page)
        : m_canvas(canvas)
        , m_sheet(paper)
        , m_slabs(slabs)
        , m_page(page)
    {
        openPage();
    }

    int run()
    {
        for (std::size_t i = 0; i < m_slabs.size(); ++i)
            place(i);
        return m_page;
    }

private:
    void openPage()
    {
        if (m_canvas) {
            while (m_canvas->pages.size() <= static_cast<std::size_t>(m_page))
                m_canvas->pages.emplace_back();
            m_canvas->pages[static_cast<std::size_t>(m_page)].running = m_running;
        }
        m_y = sheet::top;
        m_fresh = true;
    }

    /// Height of the slab with all that must stand on the same page.
    [[nodiscard]] double chainFrom(std::size_t i) const
    {
        double height = (m_fresh ? 0 : m_slabs[i].before) + m_slabs[i].height;
        while (m_slabs[i].keepNext && i + 1 < m_slabs.size() && !m_slabs[i + 1].newPage) {
            ++i;
            height += m_slabs[i].before + m_slabs[i].height;
        }
        return height;
    }

    void nextPage(const Slab &slab)
    {
        ++m_page;
        openPage();
        if (slab.newPage)
            return;
        if (!slab.continuation && m_continuation && !m_continuation->isEmpty()) {
            if (m_canvas) {
                const TextStyle &style = style::note;
                m_canvas->begin(-1, m_page);
                m_canvas->text(sheet::left, m_y + m_canvas->fonts().baseline(style),
                    elided(m_canvas->fonts(), *m_continuation, style, sheet::measure), style);
            }
            m_y += 7 * millimetre;
        }
        for (const auto &repeat : {slab.repeat, slab.groupRepeat}) {
            if (repeat) {
                if (m_canvas)
                    repeat->paint(*m_canvas, m_page, m_y);
                m_y += repeat->height;
            }
        }
    }

    void place(std::size_t i)
    {
        const Slab &slab = m_slabs[i];
        if (slab.newPage && !m_fresh)
            nextPage(slab);
        if (!m_fresh) {
            const double chain = chainFrom(i);
            const double own = slab.before + slab.height;
            const bool chainFits = m_y + chain <= m_sheet.bottom + 0.01;
            const bool ownFits = m_y + own <= m_sheet.bottom + 0.01;
            if (!ownFits || (!chainFits && chain < m_sheet.bodyHeight - 20 * millimetre))
                nextPage(slab);
        }
        if (!slab.running.isEmpty()) {
            m_running = slab.running;
            if (m_fresh && m_canvas)
                m_canvas->pages[static_cast<std::size_t>(m_page)].running = m_running;
        }
        if (slab.continuation)
            m_continuation = slab.continuation;
        m_y += m_fresh ? 0 : slab.before;
        if (slab.paint && m_canvas)
            slab.paint(*m_canvas, m_page, m_y, slab.height);
        m_y += slab.height;
        m_fresh = false;
    }

    Canvas *m_canvas;
    const Sheet &m_sheet;
    const Slabs &m_slabs;
    int m_page;
    double m_y = 0;
    bool m_fresh = true;
    QString m_running;
    std::shared_ptr<const QString> m_continuation;
};

} // namespace

int fillPages(Canvas &canvas, const Slabs &slabs, int page)
{
    return Filler(&canvas, canvas.sheet, slabs, page).run();
}

int pagesOf(const Canvas &canvas, const Slabs &slabs)
{
    return Filler(nullptr, canvas.sheet, slabs, 0).run() + 1;
}

} // namespace tally::ui::pdf
