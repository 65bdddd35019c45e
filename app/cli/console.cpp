// SPDX-License-Identifier: Apache-2.0
#include "app/cli/console.h"

#include "core/base/messages_workbench.h"
#include "core/base/text_format.h"
#include "core/io/file.h"
#include "core/io/resources.h"

#include <QLocale>

#include <unistd.h>

#include <cstdio>
#include <functional>

namespace tally::cli {

Console::Console(Language language)
    : m_language(language)
{
}

void Console::say(const Message &message) const
{
    std::fprintf(stderr, "%s\n", printable(translator().text(message)).c_str());
}

void Console::show(const Error &error) const
{
    std::fprintf(stderr, "tallymann-cli: %s\n", printable(translator().text(error.message)).c_str());
}

void Console::show(std::span<const Diagnostic> diagnostics, std::span<const Source> sources) const
{
    for (const Diagnostic &diagnostic : diagnostics) {
        std::string line;
        if (diagnostic.source >= 0 && static_cast<std::size_t>(diagnostic.source) < sources.size())
            line = sources[static_cast<std::size_t>(diagnostic.source)].name + ": ";
        if (!diagnostic.where.empty())
            line += diagnostic.where + ": ";
        std::fprintf(stderr, "%s\n", printable(line + translator().text(diagnostic.message)).c_str());
    }
}

void Console::showCache(const Opened &opened) const
{
    if (opened.source.cached)
        say({workbenchDef("cache.used"), {opened.source.name, formatTime(opened.source.verifiedAt, m_language)}});
    if (opened.notKept) {
        show(*opened.notKept);
        say({workbenchDef("cache.unusable")});
    }
}

RunContext::Callback Console::progress() const
{
    if (isatty(STDERR_FILENO) == 0)
        return {};
    return [this](const Progress &progress) {
        const std::string phase = printable(translator().text(progress.phase));
        if (progress.total > 0)
            std::fprintf(stderr, "\r\x1b[K%s %3.0f %%", phase.c_str(),
                100.0 * static_cast<double>(progress.done) / static_cast<double>(progress.total));
        else
            std::fprintf(stderr, "\r\x1b[K%s", phase.c_str());
        if (progress.done == progress.total)
            std::fputs("\r\x1b[K", stderr);
        std::fflush(stderr);
    };
}

Language chooseLanguage(const std::string &tag)
{
    if (tag == "de")
        return Language::German;
    if (tag == "en")
        return Language::English;
    return QLocale::system().language() == QLocale::German ? Language::German : Language::English;
}

namespace {

Result<> writeProduced(const std::string &path, const std::function<Result<>(const WritePiece &)> &produce)
{
    if (path != "-")
        return saveAtomically(path, produce);
    char last = 0;
    TALLY_TRY(produce([&last](std::string_view piece) -> Result<> {
        std::fwrite(piece.data(), 1, piece.size(), stdout);
        last = piece.empty() ? last : piece.back();
        return {};
    }));
    if (last != '\n')
        std::fputc('\n', stdout);
    std::fflush(stdout);
    return {};
}

} // namespace

Result<> writeOutput(const std::string &path, std::string_view content)
{
    return writeProduced(path, [content](const WritePiece &write) { return write(content); });
}

Result<> writeOutput(const std::string &path, std::span<const std::string> pieces)
{
    return writeProduced(path, [pieces](const WritePiece &write) -> Result<> {
        for (const std::string &piece : pieces)
            TALLY_TRY(write(piece));
        return {};
    });
}

Result<Rules> loadRules(const std::string &resourcesFolder)
{
    const Resources resources = resourcesFolder.empty() ? Resources() : Resources(resourcesFolder);
    Rules rules;
    TALLY_ASSIGN(rules.catalogue, loadCatalogue(resources));
    TALLY_ASSIGN(rules.checks, loadChecks(resources, *rules.catalogue));
    return rules;
}

Result<std::vector<PublicKey>> loadKeys(const std::vector<std::string> &files)
{
    std::vector<PublicKey> all;
    for (const std::string &file : files) {
        TALLY_ASSIGN(const std::string pem, readFile(file, Limits{}));
        TALLY_ASSIGN(std::vector<PublicKey> keys, PublicKey::read(pem, file));
        all.insert(all.end(), keys.begin(), keys.end());
    }
    return all;
}

std::string printable(std::string_view text)
{
    return visible(text);
}

} // namespace tally::cli
