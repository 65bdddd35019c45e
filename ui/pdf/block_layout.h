// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pdf/slabs.h"

namespace tally::ui::pdf {

/// Turns the blocks of a report into slabs. Remembers what later blocks depend on: whether they stand in a part, which
/// requirement goes on.
class BlockLayout
{
public:
    BlockLayout(const Fonts &fonts, const ReportDocument &document)
        : m_fonts(fonts)
        , m_document(document)
    {
    }

    /// All blocks; Contents only where wanted.
    [[nodiscard]] Slabs run(bool withContents);

private:
    void add(const ReportBlock &block, Slabs &slabs);
    void add(const Cover &cover, Slabs &slabs);
    void add(const Heading &heading, Slabs &slabs);
    void add(const Paragraph &paragraph, Slabs &slabs);
    void add(const Table &table, Slabs &slabs);
    void add(const ChartPair &charts, Slabs &slabs);
    void add(const Excerpt &excerpt, Slabs &slabs);
    void add(const Facts &facts, Slabs &slabs);
    void add(const Strip &strip, Slabs &slabs);
    void add(const PartHead &part, Slabs &slabs);
    void add(const Box &box, Slabs &slabs);
    void add(const SignatureBlock &signatures, Slabs &slabs);
    void add(const PageBreak &, Slabs &slabs);
    void add(const Contents &contents, Slabs &slabs);
    void add(const KeyFigures &figures, Slabs &slabs);
    void add(const TablePair &pair, Slabs &slabs);

    void addUnitHeading(const Heading &heading, Slabs &slabs);
    void addCauseHeading(const Heading &heading, Slabs &slabs);
    void addSectionHeading(const Heading &heading, Slabs &slabs);
    void addVerdict(const Box &box, Slabs &slabs);
    void addLongBox(const Box &box, Slabs &slabs);
    /// The blocks from `begin` up to the next level-1 heading, on one page: where it does not fit, with
    /// less air, then without rows of the table that may be shortened.
    std::size_t addOnePage(std::size_t begin, Slabs &slabs);
    void addFacts(
        const Facts &facts, double x, double width, double labelWidth, const TextStyle &text, Slabs &slabs) const;
    void addText(
        const TextBlock &block, const std::string &tag, double x, double before, bool keepNext, Slabs &slabs) const;
    void remember(Slab &slab, const Heading &heading);

    [[nodiscard]] double left() const { return sheet::left + (m_inPart ? sheet::partIndent : 0); }
    [[nodiscard]] double width() const { return sheet::measure - (m_inPart ? sheet::partIndent : 0); }

    const Fonts &m_fonts;
    const ReportDocument &m_document;
    bool m_inPart = false;
    bool m_withContents = false;
    bool m_tight = false; ///< less air in table rows: a section that must be one page did not fit
};

/// One chart with its legend; painted as a figure.
struct ChartSize
{
    double width = 82 * millimetre;
    double height = 0;
};
[[nodiscard]] double chartHeight(const Fonts &fonts, const BarChart &chart, double width);
void paintChart(Canvas &canvas, const BarChart &chart, int page, double x, double y, double width);

/// Head and foot of all pages but the cover.
void paintFurniture(Canvas &canvas, const ReportDocument &document);

/// The emblem of the cover: tally marks, five to a group.
void paintStrokes(Canvas &canvas, int strokes, double x, double y);

} // namespace tally::ui::pdf
