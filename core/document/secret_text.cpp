// SPDX-License-Identifier: Apache-2.0
#include "core/document/secret_arguments.h"
#include "core/document/secret_rules.h"

#include <algorithm>

namespace tally {

namespace {

std::size_t characters(std::string_view utf8)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

} // namespace

std::string maskedText(std::size_t characters)
{
    return "\u2039masked: " + std::to_string(characters) + (characters == 1 ? " character\u203A" : " characters\u203A");
}

std::string maskedText(std::size_t characters, std::string_view note)
{
    std::string text = maskedText(characters);
    if (!note.empty())
        text.insert(text.size() - std::string_view("\u203A").size(), "; " + std::string(note));
    return text;
}

std::optional<std::string_view> secretForm(std::string_view value)
{
    for (const SecretSpan &span : findSecretForms(value)) {
        if (!span.form.empty())
            return span.form;
    }
    return {};
}

std::vector<SecretSpan> findSecrets(std::string_view text)
{
    std::vector<SecretSpan> spans = findPairSecrets(text);
    for (const std::vector<SecretSpan> &more : {findSecretForms(text), findShellSecrets(text), findLineSecrets(text)})
        spans.insert(spans.end(), more.begin(), more.end());
    return spans;
}

std::string maskSpans(std::string_view text, std::vector<SecretSpan> spans)
{
    std::ranges::sort(spans, {}, &SecretSpan::begin);
    std::string masked;
    std::size_t at = 0;
    for (std::size_t i = 0; i < spans.size();) {
        SecretSpan span = spans[i];
        for (++i; i < spans.size() && spans[i].begin < span.end; ++i)
            span.end = std::max(span.end, spans[i].end);
        masked += text.substr(at, span.begin - at);
        masked += maskedText(characters(text.substr(span.begin, span.end - span.begin)));
        at = span.end;
    }
    masked += text.substr(at);
    return masked;
}

std::string maskSecretsInText(std::string_view text)
{
    return maskSpans(text, findSecrets(text));
}

std::vector<std::string> maskSecretsInArguments(std::span<const std::string> arguments)
{
    const std::vector<std::string_view> words(arguments.begin(), arguments.end());
    std::vector<std::vector<SecretSpan>> spans(words.size());
    if (mayHoldArgumentSecrets(words)) {
        for (const WordSpan &span : findArgumentSecrets(words, true))
            spans[span.word].push_back({span.begin, span.end, {}});
    }
    std::vector<std::string> masked;
    masked.reserve(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::vector<SecretSpan> more = findSecrets(words[i]);
        spans[i].insert(spans[i].end(), more.begin(), more.end());
        masked.push_back(maskSpans(words[i], std::move(spans[i])));
    }
    return masked;
}

} // namespace tally
