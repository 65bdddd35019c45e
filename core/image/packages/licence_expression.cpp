// SPDX-License-Identifier: Apache-2.0
#include "core/image/packages/licence_expression.h"

#include "core/base/ascii.h"
#include "core/image/packages/spdx_ids.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tally {

namespace {

using namespace std::string_view_literals;

/// "gpl-2+", "gplv2+", "lgpl-2.1", "gpl-3.0-or-later": SPDX has a name of its own for "this version only".
std::string gnuId(const std::string &text)
{
    static constexpr std::array families{"lgpl"sv, "agpl"sv, "gpl"sv, "gfdl"sv};
    for (const std::string_view family : families) {
        if (!text.starts_with(family))
            continue;
        std::string_view rest = std::string_view(text).substr(family.size());
        if (rest.starts_with('-'))
            rest.remove_prefix(1);
        if (rest.starts_with('v'))
            rest.remove_prefix(1);
        const std::size_t end = std::min(rest.find_first_not_of("0123456789."), rest.size());
        std::string version(rest.substr(0, end));
        const std::string_view suffix = rest.substr(end);
        if (version.empty() || !(suffix.empty() || suffix == "+" || suffix == "-only" || suffix == "-or-later"))
            return {};
        if (version.find('.') == std::string::npos)
            version += ".0";
        const bool later = suffix == "+" || suffix == "-or-later";
        return std::string(family) + "-" + version + (later ? "-or-later" : "-only");
    }
    return {};
}

/// What Debian and RPM call licences that SPDX knows by another name, one meaning only.
std::string_view otherName(std::string_view text)
{
    static constexpr std::array names{std::pair{"expat"sv, "MIT"sv}, std::pair{"apache-2"sv, "Apache-2.0"sv},
        std::pair{"cc0"sv, "CC0-1.0"sv}, std::pair{"mpl-2"sv, "MPL-2.0"sv}, std::pair{"mplv2.0"sv, "MPL-2.0"sv},
        std::pair{"mplv1.1"sv, "MPL-1.1"sv}, std::pair{"psf-2"sv, "PSF-2.0"sv}, std::pair{"boost-1.0"sv, "BSL-1.0"sv},
        std::pair{"bsd-3"sv, "BSD-3-Clause"sv}, std::pair{"bsd-2"sv, "BSD-2-Clause"sv},
        std::pair{"unlicence"sv, "Unlicense"sv}};
    const auto found = std::ranges::find(names, text, &std::pair<std::string_view, std::string_view>::first);
    return found == names.end() ? std::string_view{} : found->second;
}

std::string_view licenceId(std::string_view token)
{
    const std::string text = lowered(token);
    if (const std::string gnu = gnuId(text); !gnu.empty())
        return spdxLicenceId(gnu);
    if (const std::string_view known = spdxLicenceId(token); !known.empty())
        return known;
    return otherName(text);
}

class Parser
{
public:
    explicit Parser(std::string_view text)
        : m_rest(text)
    {
    }

    std::optional<LicenceExpression> parse()
    {
        bool wantsId = true;
        for (std::string_view token = next(); !token.empty(); token = next()) {
            const std::string word = lowered(token);
            if (wantsId) {
                if (token == "(") {
                    if (++m_open > 20)
                        return std::nullopt;
                    m_out.text += '(';
                    continue;
                }
                if (!addId(token))
                    return std::nullopt;
                wantsId = false;
            } else if (token == ")") {
                if (--m_open < 0)
                    return std::nullopt;
                m_out.text += ')';
                m_afterId = false;
            } else if (word == "and" || word == "or") {
                m_out.text += word == "and" ? " AND " : " OR ";
                m_out.compound = true;
                wantsId = true;
            } else if (word == "with" && m_afterId) {
                const std::string_view exception = spdxExceptionId(next());
                if (exception.empty())
                    return std::nullopt;
                m_out.text += " WITH " + std::string(exception);
                m_out.compound = true;
                m_afterId = false;
            } else {
                return std::nullopt;
            }
        }
        if (wantsId || m_open != 0)
            return std::nullopt;
        while (isWrapped(m_out.text))
            m_out.text = m_out.text.substr(1, m_out.text.size() - 2);
        return std::move(m_out);
    }

private:
    /// Does the first bracket close at the end?
    static bool isWrapped(std::string_view text)
    {
        if (!text.starts_with('('))
            return false;
        int open = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            open += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (open == 0)
                return i + 1 == text.size();
        }
        return false;
    }

    std::string_view next()
    {
        m_rest.remove_prefix(std::min(m_rest.find_first_not_of(" \t\n"), m_rest.size()));
        if (m_rest.empty())
            return {};
        const bool bracket = m_rest.front() == '(' || m_rest.front() == ')';
        const std::size_t end = bracket ? 1 : std::min(m_rest.find_first_of(" \t\n()"), m_rest.size());
        const std::string_view token = m_rest.substr(0, end);
        m_rest.remove_prefix(end);
        return token;
    }

    bool addId(std::string_view token)
    {
        if (token.ends_with(',')) // Debian: "GPL-2+, or Artistic" binds weaker than "and"; not worth the risk
            return false;
        std::string_view id = licenceId(token);
        if (id.empty() && token.ends_with('+')) { // "or any later version" of what has no id for it
            id = licenceId(token.substr(0, token.size() - 1));
            if (id.empty())
                return false;
            m_out.text += std::string(id) + "+";
            m_out.compound = true;
        } else if (id.empty()) {
            return false;
        } else {
            m_out.text += id;
        }
        m_afterId = true;
        return true;
    }

    std::string_view m_rest;
    LicenceExpression m_out;
    int m_open = 0;
    bool m_afterId = false;
};

} // namespace

std::optional<LicenceExpression> spdxExpression(std::string_view text)
{
    return Parser(text).parse();
}

std::optional<LicenceExpression> spdxExpression(const std::vector<std::string> &texts)
{
    std::vector<LicenceExpression> parts;
    for (const std::string &text : texts) {
        auto expression = spdxExpression(text);
        if (!expression)
            return std::nullopt;
        const auto same = [&](const LicenceExpression &part) { return part.text == expression->text; };
        if (std::ranges::none_of(parts, same)) // "Expat" and "MIT"
            parts.push_back(*std::move(expression));
    }
    if (parts.size() <= 1)
        return parts.empty() ? std::nullopt : std::optional(std::move(parts.front()));
    LicenceExpression all{{}, true};
    for (const LicenceExpression &part : parts) {
        all.text += all.text.empty() ? "" : " AND ";
        all.text += part.text.find(" OR ") != std::string::npos ? "(" + part.text + ")" : part.text;
    }
    return all;
}

} // namespace tally
