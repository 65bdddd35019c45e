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
        , m_sheet(Sheet::of(document.look.paper))
    {
    }

    /// All blocks but Contents.
    [[nodiscard]] Slabs run();
    /// Contents, which belongs where the others have contentsPlace(); a short report does without.
    [[nodiscard]] Slabs contents();
    [[nodiscard]] std::size_t contentsPlace() const { return m_contentsPlace; }

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
    void add(const TileChart &chart, Slabs &slabs);
    void add(const Letterhead &letterhead, Slabs &slabs);
    void add(const ChangeChart &chart, Slabs &slabs);

    void addUnitHeading(const Heading &heading, Slabs &slabs);
    void addCauseHeading(const Heading &heading, Slabs &slabs);
    void addSectionHeading(const Heading &heading, Slabs &slabs);
    void addVerdict(const Box &box, Slabs &slabs);
    void addLongBox(const Box &box, Slabs &slabs);
    /// The blocks from `begin` up to the next level-1 heading or page break, on one page: where it does not fit, with
    /// less air, then without rows of the table that may be shortened.
    std::size_t addOnePage(std::size_t begin, Slabs &slabs);
    void addFacts(
        const Facts &facts, double x, double width, double labelWidth, const TextStyle &text, Slabs &slabs) const;
    void addText(
        const TextBlock &block, const std::string &tag, double x, double before, bool keepNext, Slabs &slabs) const;
    void remember(Slab &slab, const Heading &heading);

    [[nodiscard]] double left() const { return sheet::left + (m_inPart ? sheet::partIndent : 0); }
    [[nodiscard]] double width() const { return sheet::measure - (m_inPart ? sheet::partIndent : 0); }

    [[nodiscard]] double figureAir() const { return (m_tight ? 1.2 : 3.5) * millimetre; } ///< above charts and figures

    const Fonts &m_fonts;
    const ReportDocument &m_document;
    Sheet m_sheet;
    bool m_inPart = false;
    const Contents *m_contents = nullptr;
    std::size_t m_contentsPlace = 0;
    bool m_tight = false; ///< less air in tables and above charts: a section that must be one page did not fit
    double m_used = 0;    ///< height of the letterhead above the next heading of level 1, which begins no page then
};

/// One chart with its legend; painted as a figure.
struct ChartSize
{
    double width = 82 * millimetre;
    double height = 0;
};
[[nodiscard]] double chartHeight(const Fonts &fonts, const BarChart &chart, double width);
void paintChart(Canvas &canvas, const BarChart &chart, int page, double x, double y, double width);
[[nodiscard]] double tilesHeight(const Fonts &fonts, const TileChart &chart);
void paintTiles(Canvas &canvas, const TileChart &chart, int page, double y);
[[nodiscard]] double changesHeight(const ChangeChart &chart);
void paintChanges(Canvas &canvas, const ChangeChart &chart, int page, double y);

/// The house's logo at the left and its lines at the right; returns the height of both, 0 without either.
[[nodiscard]] double letterheadHeight(const Fonts &fonts, const ReportLook &look);
void paintLetterhead(Canvas &canvas, const ReportDocument &document, int page, double y);

/// Where a mark ends at the right and below, how wide its lines may be, and its height with one line; more lines grow
/// upwards.
struct MarkPlace
{
    double right;
    double bottom;
    double width;
    double height;
    TextStyle style;
};
/// The classification in its frame, a TLP mark in its colours, in up to two lines; returns its width.
double paintMark(Canvas &canvas, const std::string &classification, int element, int page, const MarkPlace &place);

/// Head and foot of all pages but the cover.
void paintFurniture(Canvas &canvas, const ReportDocument &document);

/// The emblem of the cover: tally marks, five to a group.
void paintStrokes(Canvas &canvas, int strokes, double x, double y);

} // namespace tally::ui::pdf
