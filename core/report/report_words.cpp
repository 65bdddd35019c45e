// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_words.h"

#include "core/base/messages.h"
#include "core/base/text_format.h"
#include "core/report/report_texts.h"

#include <utility>

namespace tally {

namespace {

/// Byte length of the first `characters` code points of valid UTF-8.
std::size_t prefixLength(std::string_view utf8, std::size_t characters)
{
    std::size_t i = 0;
    for (; i < utf8.size(); ++i) {
        const bool begins = (static_cast<unsigned char>(utf8[i]) & 0xC0U) != 0x80U;
        if (begins && characters-- == 0)
            break;
    }
    return i;
}

std::size_t characterCount(std::string_view utf8)
{
    std::size_t count = 0;
    for (const char c : utf8)
        count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    return count;
}

} // namespace

std::string Words::operator()(const MessageDef *def, std::vector<std::string> args) const
{
    return m_translator->text({def, std::move(args)});
}

std::string Words::count(std::uint64_t value) const
{
    return formatCount(value, m_language);
}

std::string Words::outside(std::string_view text, std::size_t maxCharacters) const
{
    // Cut first: a value of several megabytes is not worth marking up.
    const std::string valid = toUtf8(text.substr(0, maxCharacters * 8));
    const std::size_t kept = prefixLength(valid, maxCharacters);
    if (kept == valid.size() && valid.size() >= text.size())
        return visible(text);
    const std::size_t rest = characterCount(text) - characterCount(std::string_view(valid).substr(0, kept));
    if (rest == 0)
        return visible(text);
    return visible(std::string_view(valid).substr(0, kept)) + " " + (*this)(reportDef("shortened"), {count(rest)});
}

std::string Words::typed(std::string_view text, std::size_t maxCharacters) const
{
    std::string out;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::string_view line = text.substr(begin, end - begin);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (begin > 0)
            out += '\n';
        out += outside(line, maxCharacters - std::min(maxCharacters, out.size()));
        if (out.size() >= maxCharacters)
            break;
        begin = end + 1;
    }
    return out;
}

std::string Words::givenLines(std::string_view text) const
{
    return text.empty() ? (*this)(reportDef("not-given")) : typed(text, 4000);
}

std::string Words::given(std::string_view text) const
{
    return text.empty() ? (*this)(reportDef("not-given")) : outside(text, 4000);
}

std::string Words::date(std::string_view iso) const
{
    return outside(formatDate(iso, m_language), 40);
}

std::string Words::proposal(Proposal proposal) const
{
    switch (proposal) {
    case Proposal::Deviation:
        return (*this)(reportDef("proposal.deviation"));
    case Proposal::PartlyChecked:
        return (*this)(reportDef("proposal.partly"));
    case Proposal::NotChecked:
        return (*this)(reportDef("proposal.not-checked"));
    case Proposal::Manual:
        return (*this)(reportDef("proposal.manual"));
    case Proposal::Organisational:
        return (*this)(reportDef("proposal.organisational"));
    case Proposal::NoDeviationFound:
        return (*this)(reportDef("proposal.none-found"));
    }
    return {};
}

std::string Words::status(Status status) const
{
    switch (status) {
    case Status::Unbearbeitet:
        return (*this)(reportDef("decision.unbearbeitet"));
    case Status::Ja:
        return (*this)(reportDef("decision.ja"));
    case Status::Teilweise:
        return (*this)(reportDef("decision.teilweise"));
    case Status::Nein:
        return (*this)(reportDef("decision.nein"));
    case Status::Entbehrlich:
        return (*this)(reportDef("decision.entbehrlich"));
    }
    return {};
}

std::string Words::level(Level level) const
{
    switch (level) {
    case Level::Basic:
        return (*this)(reportDef("level.basic"));
    case Level::Standard:
        return (*this)(reportDef("level.standard"));
    case Level::Elevated:
        return (*this)(reportDef("level.elevated"));
    }
    return {};
}

std::string Words::levels(Level level) const
{
    switch (level) {
    case Level::Basic:
        return (*this)(reportDef("levels.basic"));
    case Level::Standard:
        return (*this)(reportDef("levels.standard"));
    case Level::Elevated:
        return (*this)(reportDef("levels.elevated"));
    }
    return {};
}

std::string Words::levelOf(Level level) const
{
    switch (level) {
    case Level::Basic:
        return (*this)(reportDef("level-of.basic"));
    case Level::Standard:
        return (*this)(reportDef("level-of.standard"));
    case Level::Elevated:
        return (*this)(reportDef("level-of.elevated"));
    }
    return {};
}

std::string Words::severity(Severity severity) const
{
    switch (severity) {
    case Severity::Critical:
        return (*this)(reportDef("severity.critical"));
    case Severity::High:
        return (*this)(reportDef("severity.high"));
    case Severity::Medium:
        return (*this)(reportDef("severity.medium"));
    case Severity::Low:
        return (*this)(reportDef("severity.low"));
    case Severity::Info:
        return (*this)(reportDef("severity.info"));
    }
    return {};
}

std::string Words::partClass(PartClass partClass) const
{
    switch (partClass) {
    case PartClass::Provable:
        return (*this)(reportDef("class.provable"));
    case PartClass::Indication:
        return (*this)(reportDef("class.indication"));
    case PartClass::Document:
        return (*this)(reportDef("class.document"));
    }
    return {};
}

std::string Words::byCode(std::string_view prefix, std::string_view code) const
{
    const MessageDef *def = findMessage(std::string(prefix).append(code));
    return def ? (*this)(def) : outside(code, 60);
}

std::string Words::form(std::string_view code) const
{
    return code.empty() ? (*this)(reportDef("s2.2.unknown")) : byCode("report.form.", code);
}

std::string Words::event(std::string_view code) const
{
    if (findMessage("report.event." + std::string(code)))
        return byCode("report.event.", code);
    constexpr std::size_t longest = 100;
    for (const auto &[suffix, frame] : {std::pair{std::string_view("-undone"), reportDef("event-undone")},
             std::pair{std::string_view("-redone"), reportDef("event-redone")},
             std::pair{std::string_view("-removed"), reportDef("event-removed")}}) {
        if (code.size() < longest && code.ends_with(suffix)) // it stands in a file: no deep recursion
            return (*this)(frame, {event(code.substr(0, code.size() - suffix.size()))});
    }
    return byCode("report.event.", code);
}

std::string Words::policyEntry(std::string_view entry) const
{
    return byCode("report.house.", entry);
}

std::string Words::purpose(NetworkZone::Purpose purpose) const
{
    return byCode("report.house.purpose.", purposeName(purpose));
}

std::string Words::exception(std::string_view kind) const
{
    return byCode("report.a.exception.", kind);
}

std::string Words::risk(std::string_view kind) const
{
    return byCode("report.risk.", kind);
}

std::string Words::cause(std::string_view code) const
{
    return byCode("report.b.cause.", code);
}

Symbol symbolOf(Proposal proposal)
{
    switch (proposal) {
    case Proposal::Deviation:
        return Symbol::Deviation;
    case Proposal::PartlyChecked:
        return Symbol::PartlyChecked;
    case Proposal::NotChecked:
        return Symbol::NotChecked;
    case Proposal::Manual:
        return Symbol::Manual;
    case Proposal::Organisational:
        return Symbol::Organisational;
    case Proposal::NoDeviationFound:
        return Symbol::NoDeviationFound;
    }
    return Symbol::None;
}

Symbol symbolOf(Status status)
{
    switch (status) {
    case Status::Unbearbeitet:
        return Symbol::Unbearbeitet;
    case Status::Ja:
        return Symbol::Ja;
    case Status::Teilweise:
        return Symbol::Teilweise;
    case Status::Nein:
        return Symbol::Nein;
    case Status::Entbehrlich:
        return Symbol::Entbehrlich;
    }
    return Symbol::None;
}

const Decision *decisionOn(const AuditState &audit, const std::string &id)
{
    const auto found = audit.decisions.find(id);
    return found == audit.decisions.end() || found->second.status == Status::Unbearbeitet ? nullptr : &found->second;
}

Symbol symbolOf(const Decision *decision)
{
    if (!decision || decision->status == Status::Unbearbeitet)
        return Symbol::Unbearbeitet;
    return decision->stale ? Symbol::Outdated : symbolOf(decision->status);
}

std::string decisionWord(const Words &words, const Decision *decision)
{
    std::string status = words.status(decision ? decision->status : Status::Unbearbeitet);
    return symbolOf(decision) == Symbol::Outdated ? words(textDef("outdated.of"), {std::move(status)}) : status;
}

Symbol symbolOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return Symbol::Critical;
    case Severity::High:
        return Symbol::High;
    case Severity::Medium:
        return Symbol::Medium;
    case Severity::Low:
        return Symbol::Low;
    case Severity::Info:
        return Symbol::Info;
    }
    return Symbol::None;
}

Cell cell(Run run)
{
    Cell made;
    made.lines.push_back({std::move(run)});
    return made;
}

Cell rightCell(Run run)
{
    Cell made = cell(std::move(run));
    made.align = Cell::Align::Right;
    return made;
}

Cell cellOf(std::vector<Run> lines)
{
    Cell made;
    for (Run &line : lines)
        made.lines.push_back({std::move(line)});
    return made;
}

std::string join(const std::vector<std::string> &items, std::string_view separator)
{
    std::string text;
    for (const std::string &item : items) {
        if (!text.empty())
            text += separator;
        text += item;
    }
    return text;
}

std::string withoutFolders(std::string text, const std::vector<Source> &sources)
{
    for (const Source &source : sources) {
        const std::size_t slash = source.path.rfind('/');
        if (slash == std::string::npos)
            continue;
        const std::string folder = source.path.substr(0, slash + 1);
        if (folder == "/")
            continue;
        for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, at))
            text.erase(at, folder.size());
    }
    return text;
}

} // namespace tally
