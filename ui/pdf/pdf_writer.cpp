// SPDX-License-Identifier: Apache-2.0
#include "ui/pdf/pdf_writer.h"

#include "ui/pdf/assembler.h"
#include "ui/pdf/block_layout.h"
#include "ui/text/message_translator.h"

#include <QHashFunctions>

#include <algorithm>
#include <iterator>

namespace tally::ui {

namespace {

using namespace pdf;

constexpr int contentsFrom = 12; // pages

/// First all backgrounds of a page, then its text in reading order, head and foot last.
std::vector<const Piece *> inPageOrder(const Canvas &canvas)
{
    std::vector<const Piece *> ordered;
    for (const Piece &piece : canvas.background) {
        if (!piece.drawing.empty())
            ordered.push_back(&piece);
    }
    for (const Piece &piece : canvas.pieces) {
        if (!piece.drawing.empty())
            ordered.push_back(&piece);
    }
    std::ranges::stable_sort(ordered, {}, &Piece::page);
    return ordered;
}

/// Qt's PDF engine writes its objects in the order of its hashes, which is another one in each run of a program: for
/// the same bytes from the same audit they get a fixed order as long as it paints. Only keys of its own are in them.
class FixedHashOrder
{
public:
    FixedHashOrder() { QHashSeed::setDeterministicGlobalSeed(); }
    ~FixedHashOrder() { QHashSeed::resetRandomGlobalSeed(); }
    FixedHashOrder(const FixedHashOrder &) = delete;
    FixedHashOrder &operator=(const FixedHashOrder &) = delete;
};

} // namespace

Result<std::string> writePdf(const ReportDocument &document, const PdfOptions &options)
{
    const Fonts fonts;
    Canvas canvas(fonts, Sheet::of(document.look.paper));
    {
        BlockLayout layout(fonts, document);
        Slabs slabs = layout.run();
        if (pagesOf(canvas, slabs) >= contentsFrom) {
            Slabs contents = layout.contents();
            slabs.insert(slabs.begin() + static_cast<std::ptrdiff_t>(layout.contentsPlace()),
                std::make_move_iterator(contents.begin()), std::make_move_iterator(contents.end()));
        }
        fillPages(canvas, slabs, 0);
    }
    paintFurniture(canvas, document);
    const std::vector<const Piece *> pieces = inPageOrder(canvas);
    const FixedHashOrder fixed;
    const PaintedPages painted = paintPieces(fonts, pieces, document.look.paper, toQString(document.title));
    return assemble(painted, canvas, pieces, document, options);
}

} // namespace tally::ui
