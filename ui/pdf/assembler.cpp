// SPDX-License-Identifier: Apache-2.0
// Qt 6.4 has no public API for tags, outlines, links, language and dates: libqpdf adds them afterwards. A page of its
// own for each piece, joined by libqpdf, took three times as long and ten times the bytes. Text is not set by Qt at
// all: see lettering.h.
#include "ui/pdf/assembler.h"

#include "core/base/messages_exports.h"
#include "core/base/version.h"
#include "ui/pdf/lettering.h"
#include "ui/text/message_translator.h"

#include <QBuffer>
#include <QPageLayout>
#include <QPageSize>
#include <QPdfWriter>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <algorithm>
#include <cstdio>
#include <map>

namespace tally::ui::pdf {

namespace {

/// PDF/UA-1 (ISO 14289-1, 5), with the description that PDF/A wants of a schema that it does not know itself (ISO
/// 19005-3, 6.6.2.3.2).
constexpr auto universalAccess
    = "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
      "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
      "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\" "
      "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"><pdfuaid:part>1</pdfuaid:part><pdfaExtension:schemas>"
      "<rdf:Bag><rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
      "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
      "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
      "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>part</pdfaProperty:name>"
      "<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
      "<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description></rdf:li>"
      "</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>";

using Object = QPDFObjectHandle;

std::string hexOfUtf16(const std::string &utf8)
{
    const QString text = toQString(utf8);
    std::string hex = "<FEFF";
    for (const QChar c : text) {
        char digits[5];
        std::snprintf(digits, sizeof digits, "%04X", static_cast<unsigned>(c.unicode()));
        hex += digits;
    }
    return hex + ">";
}

std::string xmlText(const std::string &utf8)
{
    return toUtf8String(toQString(utf8).toHtmlEscaped());
}

/// "D:20261120164200Z" from RFC 3339 in UTC.
std::string pdfDate(const std::string &rfc3339)
{
    std::string date = "D:";
    for (const char c : rfc3339.substr(0, 19)) {
        if (c >= '0' && c <= '9')
            date += c;
    }
    return date + "Z";
}

class Assembler
{
public:
    Assembler(QPDF &pdf, const PaintedPages &painted, const Canvas &canvas, const std::vector<const Piece *> &pieces,
        const ReportDocument &document, const PdfOptions &options)
        : m_pdf(pdf)
        , m_painted(painted)
        , m_canvas(canvas)
        , m_pieces(pieces)
        , m_document(document)
        , m_options(options)
        , m_typesetter(canvas.fonts())
    {
    }

    bool run();

private:
    void makeElements();
    bool makePages();
    bool makePage(Object page, std::size_t number, std::size_t first, std::size_t last);
    bool takeSamples(Object page);
    void addContent(std::string &content, std::string_view drawn, const Piece &piece, int mark) const;
    void addLinks();
    void connectElements();
    void connectFonts();
    void addOutline();
    void addMetadata();
    void addFiles();
    [[nodiscard]] Object destination(const Target &target);
    [[nodiscard]] Object rectangle(const QRectF &area) const;

    struct Mark
    {
        std::size_t page;
        int id;
    };

    QPDF &m_pdf;
    const PaintedPages &m_painted;
    const Canvas &m_canvas;
    const std::vector<const Piece *> &m_pieces;
    const ReportDocument &m_document;
    const PdfOptions &m_options;
    Typesetter m_typesetter;
    std::vector<Object> m_pages;
    std::vector<Object> m_elements;
    std::vector<std::pair<int, Mark>> m_marks;                 ///< element, where its content is; in painting order
    std::vector<std::pair<std::size_t, Object>> m_linkObjects; ///< link, annotation
    Object m_structure;
    Object m_root;
    Object m_parentTree = Object::newArray();
    int m_nextParent = 0;
};

Object Assembler::rectangle(const QRectF &area) const
{
    Object box = Object::newArray();
    for (const double value :
        {area.left(), m_canvas.sheet.pageHeight - area.bottom(), area.right(), m_canvas.sheet.pageHeight - area.top()})
        box.appendItem(Object::newReal(value, 2));
    return box;
}

void Assembler::makeElements()
{
    m_structure = m_pdf.makeIndirectObject(Object::parse("<< /Type /StructTreeRoot >>"));
    m_root = m_pdf.makeIndirectObject(Object::parse("<< /Type /StructElem /S /Document >>"));
    m_root.replaceKey("/P", m_structure);
    const Object type = Object::newName("/StructElem");
    for (const Element &element : m_canvas.elements) {
        Object made = Object::newDictionary();
        made.replaceKey("/Type", type);
        made.replaceKey("/S", Object::newName("/" + element.tag));
        made = m_pdf.makeIndirectObject(made);
        if (!element.alt.empty())
            made.replaceKey("/Alt", Object::newUnicodeString(element.alt));
        if (element.columnHead)
            made.replaceKey("/A", Object::parse("<< /O /Table /Scope /Column >>"));
        if (element.columnSpan > 1)
            made.replaceKey("/A", Object::parse("<< /O /Table /ColSpan " + std::to_string(element.columnSpan) + " >>"));
        if (!element.box.isEmpty()) {
            Object attributes = Object::parse("<< /O /Layout /Placement /Block >>");
            attributes.replaceKey("/BBox", rectangle(element.box));
            made.replaceKey("/A", attributes);
        }
        m_elements.push_back(made);
    }
}

/// "/F13 143 Tf" of the font that was set last; empty if there is none.
std::string fontLine(std::string_view drawn)
{
    const std::size_t at = drawn.rfind(" Tf");
    if (at == std::string_view::npos)
        return {};
    const std::size_t begin = drawn.rfind('\n', at) + 1; // npos + 1 is 0
    return std::string(drawn.substr(begin, at + 3 - begin)) + "\n";
}

std::string contentOf(Object own)
{
    std::string content;
    const auto append = [&content](Object &part) {
        const auto data = part.getStreamData(qpdf_dl_generalized);
        content.append(reinterpret_cast<const char *>(data->getBuffer()), data->getSize());
    };
    if (own.isArray()) {
        for (Object &part : own.getArrayAsVector())
            append(part);
    } else {
        append(own);
    }
    return content;
}

/// Before the first and behind each stretch that Qt paints, a rectangle far outside of the page is painted: where one
/// ends and the next begins. Qt has no other way to put something of ours between its own operators. Where it stands,
/// Qt has gone back to the page's own coordinates.
constexpr int markerX = -70'000; ///< and one more to the left for each that the page has
constexpr int markerY = -70'001;

std::string markerText(std::size_t number)
{
    return "\n" + std::to_string(markerX - static_cast<int>(number)) + " " + std::to_string(markerY) + " 3 5 re\nf\n";
}

class Marker
{
public:
    explicit Marker(QPainter &painter)
        : m_painter(painter)
    {
    }

    void paint() { m_painter.fillRect(QRectF(markerX - m_next++, markerY, 3, 5), Qt::black); }
    void beginPage() { m_next = 0; }

private:
    QPainter &m_painter;
    int m_next = 0;
};

/// Calls qt() with the drawings from one to another that Qt paints in one go, text() with each lettering.
template<typename Qt, typename Text>
void eachStretch(const Piece &piece, const Qt &qt, const Text &text)
{
    const auto isText = [](const Drawing &drawing) { return std::holds_alternative<Lettering>(drawing); };
    for (auto at = piece.drawing.begin(); at != piece.drawing.end();) {
        if (isText(*at)) {
            text(std::get<Lettering>(*at++));
            continue;
        }
        const auto end = std::find_if(at, piece.drawing.end(), isText);
        qt(at, end);
        at = end;
    }
}

/// What Qt painted before the first marker, and behind each. Empty where one is missing.
std::vector<std::string_view> piecesOf(std::string_view content, std::size_t count)
{
    std::vector<std::string_view> pieces;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string marker = markerText(i);
        const std::size_t at = content.find(marker, begin);
        if (at == std::string_view::npos)
            return {};
        pieces.push_back(content.substr(begin, at + 1 - begin)); // with its last line's end
        begin = at + marker.size() - 1;
    }
    pieces.push_back(content.substr(begin));
    return pieces;
}

void Assembler::addContent(std::string &content, std::string_view drawn, const Piece &piece, int mark) const
{
    if (piece.element < 0) {
        content.append("/Artifact BMC\n").append(drawn).append("EMC\n");
        return;
    }
    content += "/" + m_canvas.elements[static_cast<std::size_t>(piece.element)].tag + " <</MCID " + std::to_string(mark)
        + ">> BDC\n";
    if (piece.actualText.empty()) {
        content.append(drawn).append("EMC\n");
        return;
    }
    // Readers such as poppler place a span's ActualText by the font that holds where it ends: that within the drawing,
    // which has ended by then. Without it the text is dropped as lying outside of the page.
    content += "/Span <</ActualText " + hexOfUtf16(piece.actualText) + ">> BDC\n";
    content.append(drawn);
    content += "q\n" + fontLine(drawn) + "EMC Q EMC\n";
}

bool Assembler::makePage(Object page, std::size_t number, std::size_t first, std::size_t last)
{
    const std::string own = contentOf(page.getKey("/Contents"));
    std::size_t stretches = 0;
    const auto count = [&stretches](auto, auto) { ++stretches; };
    for (std::size_t i = first; i < last; ++i)
        eachStretch(*m_pieces[i], count, [](const Lettering &) {});
    const std::vector<std::string_view> painted = piecesOf(own, stretches + 1);
    if (painted.empty())
        return false;
    std::string content(painted.front());
    content.reserve(2 * own.size());
    Object parents = Object::newArray();
    int mark = 0;
    std::size_t next = 1;
    std::string drawn;
    for (std::size_t i = first; i < last; ++i) {
        const Piece &piece = *m_pieces[i];
        drawn.clear();
        eachStretch(
            piece, [&](auto, auto) { drawn += painted[next++]; },
            [&](const Lettering &lettering) { m_typesetter.write(drawn, lettering); });
        addContent(content, drawn, piece, mark);
        if (piece.element < 0)
            continue;
        parents.appendItem(m_elements[static_cast<std::size_t>(piece.element)]);
        m_marks[i] = {piece.element, {number, mark++}};
    }
    content += painted.back();
    m_typesetter.addFonts(page);
    page.replaceKey("/Contents", Object::newStream(&m_pdf, content));
    page.replaceKey("/Tabs", Object::newName("/S"));
    page.replaceKey("/StructParents", Object::newInteger(m_nextParent));
    page.removeKey("/Annots");
    m_parentTree.appendItem(Object::newInteger(m_nextParent++));
    m_parentTree.appendItem(m_pdf.makeIndirectObject(parents));
    m_pages.push_back(page);
    return true;
}

bool Assembler::takeSamples(Object page)
{
    const std::vector<GlyphSamples::Sample> samples = m_painted.samples.list();
    const std::string own = contentOf(page.getKey("/Contents"));
    std::vector<std::string_view> painted = piecesOf(own, samples.size() + 1);
    if (painted.empty())
        return false;
    painted.erase(painted.begin());
    m_typesetter.read(samples, painted, page);
    return true;
}

bool Assembler::makePages()
{
    QPDFPageDocumentHelper document(m_pdf);
    std::vector<QPDFPageObjectHelper> pages = document.getAllPages();
    if (pages.empty() || !takeSamples(pages.back().getObjectHandle()))
        return false;
    document.removePage(pages.back());
    pages.pop_back();
    m_marks.assign(m_pieces.size(), {-1, {0, 0}});
    for (std::size_t first = 0; first < m_pieces.size();) {
        std::size_t last = first;
        while (last < m_pieces.size() && m_pieces[last]->page == m_pieces[first]->page)
            ++last;
        const std::size_t number = m_pages.size();
        if (number >= pages.size() || !makePage(pages[number].getObjectHandle(), number, first, last))
            return false;
        first = last;
    }
    return m_pages.size() == pages.size();
}

Object Assembler::destination(const Target &target)
{
    Object place = Object::newArray();
    place.appendItem(m_pages[std::min(static_cast<std::size_t>(target.page), m_pages.size() - 1)]);
    place.appendItem(Object::newName("/XYZ"));
    place.appendItem(Object::newInteger(0));
    place.appendItem(Object::newReal(m_canvas.sheet.pageHeight - target.top + 6, 2));
    place.appendItem(Object::newNull());
    return place;
}

void Assembler::addLinks()
{
    std::map<std::size_t, Object> annotations;
    for (std::size_t i = 0; i < m_canvas.links.size(); ++i) {
        const Link &link = m_canvas.links[i];
        const auto target = m_canvas.targets.find(link.anchor);
        const auto page = static_cast<std::size_t>(link.page);
        if (target == m_canvas.targets.end() || page >= m_pages.size())
            continue;
        Object annotation
            = m_pdf.makeIndirectObject(Object::parse("<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] >>"));
        annotation.replaceKey("/Rect", rectangle(link.area));
        annotation.replaceKey("/Dest", destination(target->second));
        annotation.replaceKey("/Contents", Object::newUnicodeString(link.anchor));
        annotation.replaceKey("/StructParent", Object::newInteger(m_nextParent));
        m_parentTree.appendItem(Object::newInteger(m_nextParent++));
        m_parentTree.appendItem(m_elements[static_cast<std::size_t>(link.element)]);
        annotations.try_emplace(page, Object::newArray()).first->second.appendItem(annotation);
        m_linkObjects.emplace_back(i, annotation);
    }
    for (auto &[page, list] : annotations)
        m_pages[page].replaceKey("/Annots", list);
}

void Assembler::connectElements()
{
    // Pieces were numbered before they were put in the order of pages.
    std::map<const Piece *, std::size_t> positions;
    for (std::size_t i = 0; i < m_pieces.size(); ++i)
        positions[m_pieces[i]] = i;

    Object kids = Object::newArray();
    std::map<int, std::vector<std::pair<std::size_t, Object>>> linksOf;
    for (auto &[index, annotation] : m_linkObjects)
        linksOf[m_canvas.links[index].element].emplace_back(
            static_cast<std::size_t>(m_canvas.links[index].page), annotation);
    for (std::size_t i = 0; i < m_elements.size(); ++i) {
        const Element &element = m_canvas.elements[i];
        Object &made = m_elements[i];
        made.replaceKey("/P", element.parent < 0 ? m_root : m_elements[static_cast<std::size_t>(element.parent)]);
        if (element.parent < 0)
            kids.appendItem(made);
        Object own = Object::newArray();
        bool hasPage = false;
        std::size_t pageOfElement = 0;
        for (const Element::Kid &kid : element.kids) {
            if (kid.isElement) {
                own.appendItem(m_elements[static_cast<std::size_t>(kid.index)]);
                continue;
            }
            const auto position = positions.find(&m_canvas.pieces[static_cast<std::size_t>(kid.index)]);
            if (position == positions.end())
                continue;
            const Mark &mark = m_marks[position->second].second;
            if (!hasPage) {
                hasPage = true;
                pageOfElement = mark.page;
                made.replaceKey("/Pg", m_pages[mark.page]);
            }
            if (mark.page == pageOfElement) {
                own.appendItem(Object::newInteger(mark.id));
            } else {
                Object reference = Object::parse("<< /Type /MCR >>");
                reference.replaceKey("/Pg", m_pages[mark.page]);
                reference.replaceKey("/MCID", Object::newInteger(mark.id));
                own.appendItem(reference);
            }
        }
        for (auto &[page, annotation] : linksOf[static_cast<int>(i)]) {
            Object reference = Object::parse("<< /Type /OBJR >>");
            reference.replaceKey("/Obj", annotation);
            reference.replaceKey("/Pg", m_pages[page]);
            own.appendItem(reference);
        }
        made.replaceKey("/K", own);
    }
    m_root.replaceKey("/K", kids);
    m_structure.replaceKey("/K", m_root);
    Object tree = Object::newDictionary();
    tree.replaceKey("/Nums", m_parentTree);
    m_structure.replaceKey("/ParentTree", m_pdf.makeIndirectObject(tree));
    m_structure.replaceKey("/ParentTreeNextKey", Object::newInteger(m_nextParent));
}

/// Qt takes the first character that has a glyph for what the glyph means: of tab, blank and no-break space the tab.
/// What is copied shall have plain blanks.
std::string withPlainBlanks(Object map)
{
    const auto data = map.getStreamData(qpdf_dl_generalized);
    std::string text(reinterpret_cast<const char *>(data->getBuffer()), data->getSize());
    bool inValues = false;
    for (std::size_t i = 0; i + 6 <= text.size(); ++i) {
        if (text[i] == '[' || text[i] == ']')
            inValues = text[i] == '[';
        const std::string_view code = std::string_view(text).substr(i, 6);
        if (inValues && (code == "<0009>" || code == "<00A0>"))
            text.replace(i, 6, "<0020>");
    }
    return text;
}

/// "QWERTY+Inter": the tag of a subset comes from an address in memory. By its place in the document instead, the same
/// report is the same file.
class SubsetNames
{
public:
    [[nodiscard]] Object name(Object old)
    {
        const std::string name = old.isName() ? old.getName() : std::string();
        const std::size_t plus = name.find('+');
        if (plus == std::string::npos)
            return old;
        const auto [known, fresh] = m_names.try_emplace(name);
        if (fresh) {
            std::string tag = "AAAAAA";
            std::size_t number = m_names.size();
            for (std::size_t i = tag.size(); i-- > 0; number /= 26)
                tag[i] = static_cast<char>('A' + number % 26);
            known->second = "/" + tag + name.substr(plus);
        }
        return Object::newName(known->second);
    }

private:
    std::map<std::string, std::string> m_names;
};

/// Qt names a subset in its descriptor only; strict readers want the same name in all three places.
void Assembler::connectFonts()
{
    SubsetNames names;
    for (Object &object : m_pdf.getAllObjects()) {
        if (!object.isDictionary() || !object.hasKey("/DescendantFonts"))
            continue;
        Object descendant = object.getKey("/DescendantFonts").getArrayItem(0);
        Object descriptor = descendant.getKey("/FontDescriptor");
        const Object name = names.name(descriptor.getKey("/FontName"));
        descriptor.replaceKey("/FontName", name);
        object.replaceKey("/BaseFont", name);
        descendant.replaceKey("/BaseFont", name);
        Object map = object.getKey("/ToUnicode");
        if (map.isStream())
            map.replaceStreamData(withPlainBlanks(map), Object::newNull(), Object::newNull());
    }
}

void Assembler::addOutline()
{
    struct Node
    {
        Object object;
        Object last;
        int count = 0;
    };
    std::vector<Node> open; // the root, then the chain of open levels
    open.push_back({m_pdf.makeIndirectObject(Object::parse("<< /Type /Outlines >>")), {}, 0});
    const auto close = [&] {
        Node done = open.back();
        open.pop_back();
        if (done.last.isInitialized()) {
            done.object.replaceKey("/Last", done.last);
            // Requirements, causes and images start folded.
            done.object.replaceKey("/Count", Object::newInteger(open.empty() ? done.count : -done.count));
        }
    };
    for (const Bookmark &bookmark : m_canvas.bookmarks) {
        while (open.size() > static_cast<std::size_t>(std::max(bookmark.level, 1)))
            close();
        Object item = m_pdf.makeIndirectObject(Object::newDictionary());
        item.replaceKey("/Title", Object::newUnicodeString(toUtf8String(bookmark.title)));
        item.replaceKey("/Dest", destination(bookmark.target));
        Node &parent = open.back();
        item.replaceKey("/Parent", parent.object);
        if (parent.last.isInitialized()) {
            parent.last.replaceKey("/Next", item);
            item.replaceKey("/Prev", parent.last);
        } else {
            parent.object.replaceKey("/First", item);
        }
        parent.last = item;
        ++parent.count;
        open.push_back({item, {}, 0});
    }
    while (open.size() > 1)
        close();
    Node root = open.back();
    if (!root.last.isInitialized())
        return;
    root.object.replaceKey("/Last", root.last);
    root.object.replaceKey("/Count", Object::newInteger(root.count));
    m_pdf.getRoot().replaceKey("/Outlines", root.object);
    m_pdf.getRoot().replaceKey("/PageMode", Object::newName("/UseOutlines"));
}

void Assembler::addMetadata()
{
    const bool archival = m_options.variant == PdfOptions::Variant::ArchivalA1b;
    const std::string language = m_document.language == Language::German ? "de-DE" : "en-GB";
    const std::string title = m_document.title;
    const std::string tool = "Tallymann " + std::string(toolVersion);
    const std::string producer = "Tallymann, Qt, qpdf";
    const std::string date = pdfDate(m_document.createdAt);
    const std::string xmpDate = m_document.createdAt.substr(0, 19) + "Z";

    Object info = m_pdf.getTrailer().getKey("/Info");
    for (const std::string &key : info.getKeys())
        info.removeKey(key);
    const auto put = [&](const char *key, const std::string &text) {
        if (!text.empty())
            info.replaceKey(key, Object::newUnicodeString(text));
    };
    put("/Title", title);
    put("/Author", m_document.author);
    put("/Subject", m_document.subject);
    put("/Creator", tool);
    put("/Producer", producer);
    info.replaceKey("/CreationDate", Object::newString(date));
    info.replaceKey("/ModDate", Object::newString(date));

    std::string xmp
        = "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
          "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
          "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
          "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" "
          "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">";
    xmp += "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" + xmlText(title) + "</rdf:li></rdf:Alt></dc:title>";
    if (!m_document.author.empty())
        xmp += "<dc:creator><rdf:Seq><rdf:li>" + xmlText(m_document.author) + "</rdf:li></rdf:Seq></dc:creator>";
    if (!m_document.subject.empty())
        xmp += "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">" + xmlText(m_document.subject)
            + "</rdf:li></rdf:Alt></dc:description>";
    xmp += "<dc:language><rdf:Bag><rdf:li>" + language + "</rdf:li></rdf:Bag></dc:language>";
    xmp += "<xmp:CreatorTool>" + xmlText(tool) + "</xmp:CreatorTool><xmp:CreateDate>" + xmpDate
        + "</xmp:CreateDate><xmp:ModifyDate>" + xmpDate + "</xmp:ModifyDate>";
    xmp += "<pdf:Producer>" + xmlText(producer) + "</pdf:Producer>";
    xmp += archival ? "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
                    : "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>";
    xmp += "</rdf:Description>";
    if (!archival)
        xmp += universalAccess;
    xmp += "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";

    Object root = m_pdf.getRoot();
    Object stream = Object::newStream(&m_pdf, xmp);
    stream.getDict().replaceKey("/Type", Object::newName("/Metadata"));
    stream.getDict().replaceKey("/Subtype", Object::newName("/XML"));
    root.replaceKey("/Metadata", m_pdf.makeIndirectObject(stream));
    root.replaceKey("/StructTreeRoot", m_structure);
    root.replaceKey("/MarkInfo", Object::parse("<< /Marked true >>"));
    root.replaceKey("/Lang", Object::newString(language));
    root.replaceKey("/ViewerPreferences", Object::parse("<< /DisplayDocTitle true >>"));
}

/// Associated files as PDF/A-3 has them (ISO 19005-3, 6.8): named in the tree of embedded files and in /AF, with their
/// media type and a date, which is the report's, so that the same audit gives the same bytes.
void Assembler::addFiles()
{
    if (m_options.variant == PdfOptions::Variant::ArchivalA1b || m_options.files.empty())
        return;
    QPDFEmbeddedFileDocumentHelper embedded(m_pdf);
    Object associated = Object::newArray();
    const std::string date = pdfDate(m_document.createdAt);
    for (const PdfOptions::File &file : m_options.files) {
        auto stream = QPDFEFStreamObjectHelper::createEFStream(m_pdf, file.bytes);
        stream.setSubtype(file.mediaType).setCreationDate(date).setModDate(date);
        auto spec = QPDFFileSpecObjectHelper::createFileSpec(m_pdf, file.name, stream);
        spec.setDescription(file.description);
        spec.getObjectHandle().replaceKey("/AFRelationship", Object::newName("/Supplement"));
        embedded.replaceEmbeddedFile(file.name, spec);
        associated.appendItem(spec.getObjectHandle());
    }
    m_pdf.getRoot().replaceKey("/AF", associated);
}

bool Assembler::run()
{
    makeElements();
    if (!makePages())
        return false;
    addLinks();
    connectElements();
    connectFonts();
    addOutline();
    addMetadata();
    addFiles();
    return true;
}

} // namespace

PaintedPages paintPieces(
    const Fonts &fonts, const std::vector<const Piece *> &pieces, Paper paper, const QString &title)
{
    PaintedPages pages;
    QBuffer buffer(&pages.bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPdfVersion(QPagedPaintDevice::PdfVersion_A1b); // embeds all fonts, an sRGB output intent, no transparency
    writer.setResolution(resolution);
    writer.setTitle(title);
    writer.setPageLayout(QPageLayout(QPageSize(paper == Paper::A4 ? QPageSize::A4 : QPageSize::Letter),
        QPageLayout::Portrait, QMarginsF(0, 0, 0, 0)));
    QPainter painter(&writer);
    Marker marker(painter);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i > 0 && pieces[i]->page != pieces[i - 1]->page)
            writer.newPage();
        if (i == 0 || pieces[i]->page != pieces[i - 1]->page) {
            marker.beginPage();
            marker.paint();
        }
        eachStretch(
            *pieces[i],
            [&](auto drawing, auto end) {
                for (; drawing != end; ++drawing)
                    std::get<std::function<void(QPainter &)>> (*drawing)(painter);
                marker.paint();
            },
            [&](const Lettering &lettering) { pages.samples.add(lettering); });
    }
    writer.newPage();
    marker.beginPage();
    pages.samples.paint(painter, fonts, [&marker] { marker.paint(); });
    painter.end();
    return pages;
}

Result<std::string> assemble(const PaintedPages &painted, const Canvas &canvas,
    const std::vector<const Piece *> &pieces, const ReportDocument &document, const PdfOptions &options)
try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("report", painted.bytes.constData(), static_cast<std::size_t>(painted.bytes.size()));
    if (!Assembler(pdf, painted, canvas, pieces, document, options).run())
        return fail(ErrorKind::Io, {exportDef("pdf.failed"), {"pieces of pages"}});

    const bool archival = options.variant == PdfOptions::Variant::ArchivalA1b;
    pdf.getTrailer().removeKey("/ID"); // its first half would be Qt's random one
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.forcePDFVersion(archival ? "1.4" : "1.7");
    writer.setDeterministicID(true);
    writer.setObjectStreamMode(archival ? qpdf_o_disable : qpdf_o_generate);
    writer.setStreamDataMode(qpdf_s_compress);
    writer.setNewlineBeforeEndstream(true);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return std::string(reinterpret_cast<const char *>(buffer->getBuffer()), buffer->getSize());
} catch (const std::exception &e) {
    return fail(ErrorKind::Io, {exportDef("pdf.failed"), {e.what()}}, e.what());
}

} // namespace tally::ui::pdf
