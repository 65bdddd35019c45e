// SPDX-License-Identifier: Apache-2.0
#include "core/report/xml_text.h"

#include "core/base/text_format.h"

namespace tally {

std::string xmlCharacters(std::string_view text)
{
    static constexpr std::string_view replacement = "\uFFFD";
    const std::string valid = toUtf8(text);
    std::string out;
    out.reserve(valid.size());
    for (std::size_t i = 0; i < valid.size(); ++i) {
        const char c = valid[i];
        const std::string_view rest = std::string_view(valid).substr(i, 3);
        if (rest == "\uFFFE" || rest == "\uFFFF") {
            out += replacement;
            i += 2;
        } else if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') {
            out += c == '\r' ? std::string_view("\n") : replacement;
            if (c == '\r' && i + 1 < valid.size() && valid[i + 1] == '\n')
                ++i;
        } else {
            out += c;
        }
    }
    return out;
}

std::string xmlText(std::string_view text)
{
    return xmlMarkup(xmlCharacters(text));
}

std::string xmlMarkup(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

} // namespace tally
