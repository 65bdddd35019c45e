// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/language.h"

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
    Unbearbeitet, // decisions: round
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
    enum class Style : std::uint8_t { Normal, Strong, Muted, Mono } style = Style::Normal;
    Symbol symbol = Symbol::None; ///< drawn before the text, never parted from it
    std::string link;             ///< anchor inside the document, "SYS.1.6.A17" or "U-01"; "" none

    friend bool operator==(const Run &, const Run &) = default;
};
using Runs = std::vector<Run>;

struct Heading
{
    int level = 1;      ///< 1 begins a page
    std::string number; ///< "2.4"; "" none
    std::string text;
    std::string anchor; ///< for links and bookmarks
};

struct Paragraph
{
    Runs runs;
    enum class Style : std::uint8_t { Body, Lead, Note, Headline } style = Style::Body;
};

struct Cell
{
    std::vector<Runs> lines; ///< each breaks on its own
    enum class Align : std::uint8_t { Left, Right } align = Align::Left;
};

struct Table
{
    std::string caption; ///< for assistive technology
    struct Column
    {
        std::string head;
        double width = 20; ///< mm; the columns of a table sum up to at most 170
        Cell::Align align = Cell::Align::Left;
    };
    std::vector<Column> columns;
    struct Row
    {
        std::vector<Cell> cells; ///< one: a group row over all columns
        bool group = false;
    };
    std::vector<Row> rows;
    bool dense = false;
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

/// An excerpt of a source with line numbers; one line may be marked.
struct Excerpt
{
    Runs address;
    int firstLine = 0; ///< 0: no numbers
    int hitLine = 0;
    std::vector<std::string> lines;
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

/// Head of a part: id, modal verb, class in words at the left; text at the right.
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
    std::string kind;  ///< "Prüfbericht"
    std::string title; ///< "Containerisierung"
    std::string organisation;
    Facts facts;
    std::string version; ///< "Fassung 0.9 (Entwurf)"
    Runs draftNote;      ///< names the open requirements; empty for a final version
};

struct PageBreak
{
};

using Block = std::variant<Cover, Heading, Paragraph, Table, ChartPair, Excerpt, Facts, Strip, PartHead, Box,
    SignatureBlock, PageBreak>;

/// Language-resolved content of a report, ready to be set. Writers (PDF, HTML) only lay out; they never count or
/// decide.
struct ReportDocument
{
    Language language = Language::German;
    std::string title;
    std::string author;
    std::string subject; ///< report number
    std::string organisation;
    std::string classification; ///< "" none
    std::string version;        ///< foot, left
    std::string createdAt;      ///< RFC 3339; metadata
    std::string journalHead;
    struct Furniture
    {
        std::string pageOf;    ///< "Seite %1 von %2"
        std::string continued; ///< "Fortsetzung"
    } furniture;
    std::vector<Block> blocks;
};

} // namespace tally
