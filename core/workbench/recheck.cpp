// SPDX-License-Identifier: Apache-2.0
#include "core/workbench/recheck.h"

#include "core/base/messages_workbench.h"
#include "core/image/image_snapshot.h"

#include <sys/resource.h>

#include <algorithm>
#include <optional>
#include <thread>

namespace tally {

namespace {

bool sameFindings(const Opened &before, const Opened &after)
{
    return std::ranges::equal(before.things, after.things, [](const OpenedThing &a, const OpenedThing &b) {
        const ImagePtr *old = std::get_if<ImagePtr>(&a);
        const ImagePtr *now = std::get_if<ImagePtr>(&b);
        return old && now && packImage(**old) == packImage(**now);
    });
}

} // namespace

Result<Recheck> recheck(const Opened &cached, const OpenOptions &options, const RunContext &run)
{
    OpenOptions anew = options;
    anew.refreshCache = true;
    Recheck out;
    TALLY_ASSIGN(out.fresh, open(cached.source.path, anew, run));
    const auto differs = [&](Recheck::Outcome outcome, const MessageDef *def) {
        out.outcome = outcome;
        out.fresh.diagnostics.push_back(
            {Diagnostic::Severity::Error, {def, {cached.source.name}}, options.sourceIndex, {}});
    };
    if (out.fresh.source.sha256 != cached.source.sha256)
        differs(Recheck::Outcome::SourceChanged, workbenchDef("cache.source-changed"));
    else if (!sameFindings(cached, out.fresh))
        differs(Recheck::Outcome::EntryWrong, workbenchDef("cache.entry-wrong"));
    return out;
}

Result<Recheck> recheckQuietly(const Opened &cached, const OpenOptions &options, const RunContext &run)
{
    std::optional<Result<Recheck>> out;
    std::jthread worker([&] {
        // Of this thread only, and inherited by those that it starts: setpriority(2), "C library/kernel differences".
        constexpr int nice = 15;
        (void)::setpriority(PRIO_PROCESS, 0, nice);
        out.emplace(recheck(cached, options, run));
    });
    worker.join();
    return *std::move(out);
}

Result<ImagePtr> readContents(const Image &image, const std::filesystem::path &source, const RunContext &run)
{
    OpenOptions options;
    options.expect = OpenOptions::Expect::Image;
    options.sourceIndex = image.source;
    TALLY_ASSIGN(const Opened opened, open(source, options, run));
    const std::string wanted = packImage(image);
    for (const OpenedThing &thing : opened.things) {
        if (const ImagePtr *each = std::get_if<ImagePtr>(&thing); each && packImage(**each) == wanted)
            return *each;
    }
    return ImagePtr();
}

} // namespace tally
