// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/language.h"
#include "core/report/report_look.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace tally {

/// Symbols that stand before words: never colour alone. The writers draw them as vectors.
enum class Symbol : std::uint8_t {
    None,
    Deviation,
    PartlyChecked,
    NotChecked,
    Manual,
    Organisational,
    NoDeviationFound, // proposals: angular
    Ja,
    Teilweise,
    Nein,
    Entbehrlich,
    Unbearbeitet,
    Outdated, // decisions: round; a decision whose basis has changed is none
    Critical,
    High,
    Medium,
    Low,
    Info, // severities: a meter of four steps
};

/// Text with a look. Plain text always: no markup is ever read from it.
struct Run
{
    std::string text;
    /// Digest: hex digits of a hash, set in groups; copied text has no blanks.
    enum class Style : std::uint8_t { Normal, Strong, Muted, Mono, Digest } style = Style::Normal;
    Symbol symbol = Symbol::None; ///< drawn before the text, never parted from it
    std::string link{};           ///< anchor inside the document, "SYS.1.6.A17" or "U-01"; "" none
    /// PDF: the text is the number of the page on which `link` stands. HTML shows `text`.
    bool pageNumber = false;

    friend bool operator==(const Run &, const Run &) = default;
};
using Runs = std::vector<Run>;

struct Heading
{
    int level = 1;      ///< 1 begins a page
    std::string number; ///< "2.4"; "" none
    std::string text;
    std::string anchor; ///< for links and bookmarks
    /// Units look like titles of their own, but stand one level below their section in bookmarks and contents.
    /// A requirement may begin on a used page (structure.md 7, rule 1).
    enum class Kind : std::uint8_t { Section, Requirement, Cause, Image } kind = Kind::Section;
    std::string running{}; ///< for the head of the pages; "" as before
    Runs aside{};          ///< at the right of a cause's title: severity and count
    /// All up to the next heading of level 1 stands on one page: tables with shortenWith lose rows until it fits.
    bool onePage = false;
};

/// Where the writer puts its contents: PDF from 12 pages on, HTML always.
struct Contents
{
    std::string title;
};

/// Up to five figures in a row: "24 / 26", and what they count.
struct KeyFigures
{
    struct Figure
    {
        std::string value;
        std::string of{}; ///< denominator; "" none
        std::string label{};
        bool missing = false; ///< value is a word: nothing was counted
    };
    std::vector<Figure> figures;
};

struct Paragraph
{
    Runs runs;
    /// Command: a line for a shell, set in monospace on a band.
    enum class Style : std::uint8_t { Body, Lead, Note, Headline, Command } style = Style::Body;
};

struct Cell
{
    std::vector<Runs> lines; ///< each breaks on its own
    enum class Align : std::uint8_t { Left, Right } align = Align::Left;
    double bar = -1;    ///< 0 ... 1: a bar that ends here instead of text; its figure stands in a cell beside it
    double barFrom = 0; ///< where it begins
};

struct Table
{
    std::string caption; ///< for assistive technology
    struct Column
    {
        std::string head;
        double width = 20; ///< mm; the columns of a table sum up to at most 170
        Cell::Align align = Cell::Align::Left;
        bool printOnly = false; ///< page numbers: not in HTML
        /// A line down the column behind its bars, with a label in the head.
        struct Mark
        {
            double at = 0;       ///< 0 ... 1
            std::string label{}; ///< "" none
            bool strong = false;
        };
        std::vector<Mark> marks{};
    };
    std::vector<Column> columns;
    struct Row
    {
        std::vector<Cell> cells; ///< one: a group row over all columns
        bool group = false;
        bool sum = false; ///< keeps to the rows above
    };
    std::vector<Row> rows;
    bool dense = false;
    /// "%1 more in section 2.4": a summary's table shows at most maxRows and, on paper, what fits on its page; this
    /// says how many are left out. Empty: all rows.
    std::string shortenWith{};
    std::size_t maxRows = 0;
};

/// Two tables of half the width side by side.
struct TablePair
{
    std::string leftTitle{};
    Table left;
    std::string rightTitle{};
    Table right;
};

/// Horizontal stacked bars, one row per level (structure.md 5.2).
struct BarChart
{
    std::string title;
    std::string alt; ///< the numbers as a sentence
    struct Segment
    {
        Symbol symbol;
        int count;
    };
    struct Bar
    {
        std::string label;
        std::vector<Segment> segments;
    };
    std::vector<Bar> bars;
    struct LegendEntry
    {
        Symbol symbol;
        std::string text;
        int count;
    };
    std::vector<LegendEntry> legend;
};

/// Two charts side by side.
struct ChartPair
{
    BarChart left;
    BarChart right;
};

/// One tile for each requirement, in rows: above what the program proposes, below what the auditors decided.
struct TileChart
{
    std::string title;
    std::string alt; ///< all tiles as a sentence
    struct Tile
    {
        std::string text;
        Symbol upper = Symbol::None;
        Symbol lower = Symbol::None;
    };
    struct Row
    {
        std::string label;
        std::vector<Tile> tiles;
    };
    std::vector<Row> rows;
    std::string note{}; ///< how to read it
};

/// One row for each requirement: it and its parts, each with what held then and what holds now.
struct ChangeChart
{
    std::string title;
    std::string alt; ///< all of them as a sentence
    struct Change
    {
        std::string text;             ///< "A17", "17.1"
        Symbol before = Symbol::None; ///< None: not judged
        Symbol after = Symbol::None;
        bool changed = false; ///< also where both have one symbol: two outdated decisions
    };
    struct Row
    {
        Change whole;
        std::vector<Change> parts;
    };
    std::vector<Row> rows;
};

/// An excerpt of a source with line numbers; one line may be marked.
struct Excerpt
{
    Runs address;
    std::string place{}; ///< second line, monospace: field path, or path in the image
    std::vector<std::string> lines;
    std::vector<std::uint32_t> numbers{}; ///< of the lines in the source, as many as lines; 0: none; empty: none at all
    int hit = -1;                         ///< 0-based index of the marked line; -1: none
};

/// Label and text beside each other: "Beruht auf", "Nicht gesehen", ...
struct Facts
{
    struct Fact
    {
        std::string label;
        std::vector<Runs> lines;
    };
    std::vector<Fact> facts;
};

/// The four facts under a requirement's title.
struct Strip
{
    struct Item
    {
        std::string label;
        Runs value;
    };
    std::vector<Item> items;
};

/// Head of a part: id, modal verb, class in words at the left; text at the right. Tables, excerpts and facts that
/// follow belong to the part and are set 147 mm wide, until a Heading, Box or PartHead ends it.
struct PartHead
{
    std::string id;
    std::string modal;
    std::string className;
    std::string text;
    Runs state;
};

/// A framed box that is not broken over pages: decision, verdict in words.
struct Box
{
    std::string title;
    Runs headline;
    Facts facts;
    std::vector<Runs> lines;
    enum class Style : std::uint8_t { Framed, Verdict } style = Style::Framed; ///< Verdict: a bar at the left
    std::string aside{};                                                       ///< right of the headline: who, when
};

struct SignatureBlock
{
    struct Line
    {
        std::string role;
        std::string name;
    };
    std::vector<Line> lines;
    std::string placeAndDate;
    std::string signature;
};

struct Cover
{
    std::string kind;       ///< "Prüfbericht"
    std::string title;      ///< "Containerisierung"
    std::string subtitle{}; ///< "IT-Grundschutz-Check nach Baustein SYS.1.6"
    std::string organisation;
    Facts facts;
    std::string version;      ///< "Fassung vom 20.11.2026 (Entwurf)"
    Runs draftNote;           ///< names the open requirements; empty for a final version
    std::string notice{};     ///< what may be done with the report
    std::vector<Runs> made{}; ///< program, catalogue, journal head
    int strokes = 0;          ///< tally marks of the emblem: one per requirement
};

struct PageBreak
{
};

/// The house's logo and address, where a report without a cover begins; empty without both.
struct Letterhead
{
};

using ReportBlock = std::variant<Cover, Heading, Paragraph, Table, ChartPair, Excerpt, Facts, Strip, PartHead, Box,
    SignatureBlock, PageBreak, Contents, KeyFigures, TablePair, TileChart, Letterhead, ChangeChart>;

/// Language-resolved content of a report, ready to be set. Writers (PDF, HTML) only lay out; they never count or
/// decide.
struct ReportDocument
{
    Language language = Language::German;
    std::string title;
    std::string author;
    std::string subject; ///< what was audited
    std::string organisation;
    std::string classification; ///< "" none; a TLP mark is shown in its colour
    ReportLook look{};
    std::string version;   ///< foot, left
    std::string createdAt; ///< RFC 3339; metadata
    std::string journalHead;
    struct Furniture
    {
        std::string pageOf;    ///< "Seite %1 von %2"
        std::string continued; ///< "Fortsetzung"
    } furniture;
    std::vector<ReportBlock> blocks;
};

} // namespace tally
