// SPDX-License-Identifier: Apache-2.0
// Section 2.1 of the difference report: the parts of all requirements, then and now, as a picture.
#include "core/base/text_format.h"
#include "core/report/report_difference.h"
#include "core/report/report_texts.h"

#include <algorithm>
#include <set>

namespace tally {

namespace {

/// So many rows still fit on a page where each one takes two lines; those of a level beyond go into a picture of their
/// own.
constexpr std::size_t rowsOfPicture = 16;

/// What held at one time: a decision speaks before a proposal.
struct Held
{
    Symbol symbol = Symbol::None;
    std::string words;
};

class Picture
{
public:
    explicit Picture(const DifferenceData &data)
        : m_data(data)
    {
    }

    void append(std::vector<ReportBlock> &blocks);

private:
    [[nodiscard]] Held held(
        const std::string &id, const AuditState &audit, const std::optional<Proposal> &proposal) const;
    [[nodiscard]] ChangeChart::Change change(const ComparedVerdict &verdict, std::string text);
    [[nodiscard]] Paragraph legend() const;

    const DifferenceData &m_data;
    std::vector<Held> m_seen; ///< each once
    std::vector<std::string> m_said;
};

Held Picture::held(const std::string &id, const AuditState &audit, const std::optional<Proposal> &proposal) const
{
    if (const Decision *decision = decisionOn(audit, id))
        return {symbolOf(decision), decisionWord(m_data.words(), decision)};
    return {proposal ? symbolOf(*proposal) : Symbol::None, m_data.proposal(proposal)};
}

ChangeChart::Change Picture::change(const ComparedVerdict &verdict, std::string text)
{
    const Words &w = m_data.words();
    const Held before = held(verdict.id, *m_data.compared.before, verdict.before);
    const Held after = held(verdict.id, *m_data.compared.after, verdict.after);
    for (const Held &each : {before, after}) {
        if (std::ranges::find(m_seen, each.symbol, &Held::symbol) == m_seen.end())
            m_seen.push_back(each);
    }
    const bool changed = before.words != after.words;
    m_said.push_back(changed ? w(differenceDef("parts.changed"), {text, before.words, after.words})
                             : w(differenceDef("parts.same"), {text, before.words}));
    if (text.find('.') != std::string::npos) // of a part, behind its requirement: "17.1"
        text.erase(0, text.find_first_of("0123456789"));
    return {std::move(text), before.symbol, after.symbol, changed};
}

Paragraph Picture::legend() const
{
    const Words &w = m_data.words();
    Paragraph legend;
    legend.style = Paragraph::Style::Note;
    std::vector<Held> entries = m_seen;
    std::ranges::sort(entries, {}, &Held::symbol);
    for (const Held &entry : entries) {
        const std::string words = entry.symbol == Symbol::Outdated ? w(textDef("outdated.legend")) : entry.words;
        legend.runs.push_back(plain(entry.symbol == Symbol::None ? "\u2013 " + words : words));
        legend.runs.back().symbol = entry.symbol;
        legend.runs.push_back(plain("   "));
    }
    return legend;
}

void Picture::append(std::vector<ReportBlock> &blocks)
{
    const Words &w = m_data.words();
    std::vector<ChangeChart> charts;
    for (const Level level : {Level::Basic, Level::Standard, Level::Elevated}) {
        std::size_t rows = 0;
        for (const DifferenceData::Row &row : m_data.rows()) {
            if (row.requirement->level != level)
                continue;
            if (rows++ % rowsOfPicture == 0) {
                m_said.clear();
                charts.push_back({w.levels(level), {}, {}});
            }
            ChangeChart::Row made{change(*row.verdict, row.shortId), {}};
            const std::size_t prefix = row.requirement->id.size() - row.shortId.size();
            for (const ComparedVerdict &part : row.verdict->parts)
                made.parts.push_back(change(part, part.id.substr(std::min(prefix, part.id.size()))));
            charts.back().rows.push_back(std::move(made));
            charts.back().alt = join(m_said, "; ");
        }
    }
    if (charts.empty())
        return;
    blocks.emplace_back(PageBreak{}); // the table before fills its page
    blocks.emplace_back(Heading{2, "2.1", w(differenceDef("parts")), "s2.1", Heading::Kind::Section});
    blocks.emplace_back(Paragraph{{muted(w(differenceDef("parts.note")))}, Paragraph::Style::Note});
    blocks.emplace_back(legend());
    for (ChangeChart &chart : charts)
        blocks.emplace_back(std::move(chart));
}

} // namespace

void appendPartsPicture(const DifferenceData &data, std::vector<ReportBlock> &blocks)
{
    Picture(data).append(blocks);
}

} // namespace tally
