// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/language.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/catalogue/catalogue.h"
#include "core/checks/check.h"
#include "core/io/public_key.h"
#include "core/workbench/workbench.h"
#include "ui/text/message_translator.h"

#include <span>
#include <string>
#include <vector>

namespace tally::cli {

/// What the shell gets to see (design.md, The command line).
enum ExitCode : int {
    Done = 0,    ///< also when parts of an input were unreadable or tampered with
    Reached = 1, ///< --fail-on reached, or verify found a change
    WrongCall = 2,
    NothingUsable = 3, ///< a named input gave nothing usable; other outputs are still written
};

/// Renders for people on standard error, in the language of the call; knows both languages for JSON.
class Console
{
public:
    explicit Console(Language language);

    [[nodiscard]] Language language() const { return m_language; }
    [[nodiscard]] const Translator &translator() const { return m_language == Language::German ? m_german : m_english; }
    [[nodiscard]] const Translator &german() const { return m_german; }
    [[nodiscard]] const Translator &english() const { return m_english; }
    [[nodiscard]] const Translator &in(Language language) const
    {
        return language == Language::German ? m_german : m_english;
    }

    void say(const Message &message) const;
    void show(const Error &error) const;
    /// Shows the error, if it is one: "if (console.failed(read)) return NothingUsable;".
    template<typename Value>
    [[nodiscard]] bool failed(const Result<Value> &result) const
    {
        if (!result)
            show(result.error());
        return !result;
    }
    void show(std::span<const Diagnostic> diagnostics, std::span<const Source> sources) const;

    /// Whether an image came out of the cache, and what is wrong with the cache.
    void showCache(const Opened &opened) const;

    /// Progress on a terminal; nothing where standard error is none.
    [[nodiscard]] RunContext::Callback progress() const;

private:
    Language m_language;
    ui::MessageTranslator m_german{Language::German};
    ui::MessageTranslator m_english{Language::English};
};

/// German if the locale is, else English. tag: "de", "en" or "" for the locale.
[[nodiscard]] Language chooseLanguage(const std::string &tag);

/// "-" is standard output.
[[nodiscard]] Result<> writeOutput(const std::string &path, std::string_view content);
/// A content in pieces, one behind the other.
[[nodiscard]] Result<> writeOutput(const std::string &path, std::span<const std::string> pieces);

/// Catalogue and checks of --resources DIR, or the embedded ones.
struct Rules
{
    CataloguePtr catalogue;
    CheckSetPtr checks;
};
[[nodiscard]] Result<Rules> loadRules(const std::string &resourcesFolder);

/// The public keys in these files (--key).
[[nodiscard]] Result<std::vector<PublicKey>> loadKeys(const std::vector<std::string> &files);

/// Text for a terminal: control characters made visible.
[[nodiscard]] std::string printable(std::string_view text);

} // namespace tally::cli
