// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"

#include "core/audit/open_points.h"
#include "core/base/ascii.h"
#include "core/base/messages_audit.h"
#include "core/base/messages_journal.h"
#include "core/base/text_format.h"
#include "core/image/image_artifacts.h"
#include "core/io/file.h"

#include <algorithm>
#include <cstdio>
#include <optional>

#include <termios.h>
#include <unistd.h>

namespace tally::cli {

namespace {

/// One line from the terminal, which does not show it. Nothing where there is no terminal.
std::optional<std::string> askQuietly(const std::string &question)
{
    termios before{};
    if (::isatty(STDIN_FILENO) == 0 || ::tcgetattr(STDIN_FILENO, &before) != 0)
        return std::nullopt;
    termios quiet = before;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    std::fputs(question.c_str(), stderr);
    std::fflush(stderr);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    std::string line;
    for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar())
        line += static_cast<char>(c);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    std::fputs("\n", stderr);
    return line;
}

Result<PrivateKey> loadKey(const Console &console, const SignOptions &options)
{
    const std::string name(baseName(options.key));
    Limits limits;
    TALLY_ASSIGN(const std::string pem, readFile(options.key, limits));
    std::string passphrase;
    if (PrivateKey::needsPassphrase(pem)) {
        if (!options.passphraseFile.empty()) {
            TALLY_ASSIGN(passphrase, readFile(options.passphraseFile, limits));
            passphrase.resize(std::min(passphrase.find_first_of("\r\n"), passphrase.size()));
        } else {
            passphrase = askQuietly(console.translator().text({journalDef("sign.passphrase"), {name}})).value_or("");
        }
    }
    return PrivateKey::read(pem, name, passphrase);
}

void say(const Console &console, const SignOffVerdict &verdict)
{
    using State = SignOffVerdict::State;
    const SignOff &about = verdict.signOff;
    const std::vector<std::string> facts{
        printable(about.by), formatTime(about.at, console.language()), shortHead(about.head)};
    if (verdict.state == State::Bad) {
        console.say(*verdict.problem);
        return;
    }
    console.say(
        {verdict.state == State::Unsigned ? journalDef("signoff.unsigned") : journalDef("signoff.signed"), facts});
    if (verdict.state == State::Good) {
        console.say({journalDef("signoff.good"), {verdict.keyKind, about.keyFingerprint}});
        console.say({verdict.byGivenKey ? journalDef("signoff.known-key") : journalDef("signoff.whose-key")});
    }
    if (about.laterChanges == 0)
        console.say({journalDef("signoff.unchanged")});
    else
        console.say({journalDef("signoff.changed"), {}, static_cast<int>(about.laterChanges)});
}

int writeDetached(const Console &console, const AuditState &state, const std::string &audit)
{
    const std::vector<SignOff> all = signOffsIn(state.journal);
    if (all.empty()) {
        console.say({journalDef("signoff.none")});
        return NothingUsable;
    }
    const auto written = exportSignOff(all.back(), audit);
    if (console.failed(written))
        return WrongCall;
    if (written->signature.empty())
        console.say({journalDef("sign.exported-text"), {written->text.string()}});
    else
        console.say({journalDef("sign.exported"),
            {written->text.string(), written->signature.string(), written->key.string()}});
    return Done;
}

} // namespace

int signCommand(const Console &console, const SignOptions &options)
{
    const bool exportOnly = options.detached && options.by.empty() && options.key.empty();
    SignOffRequest request{options.by, options.purpose, {}};
    if (auto wrong = validateSignOff(request); wrong && !exportOnly) {
        console.say(*wrong);
        return WrongCall;
    }
    if (!options.key.empty()) {
        auto key = loadKey(console, options);
        if (console.failed(key))
            return WrongCall;
        request.key = *std::move(key);
    }
    const auto rules = loadRules(options.resources);
    if (console.failed(rules))
        return WrongCall;
    auto audit = Audit::open(options.audit);
    if (console.failed(audit))
        return NothingUsable;
    if (exportOnly)
        return writeDetached(console, *audit->state(), options.audit);
    if (audit->readOnly()) {
        console.say({journalDef("sign.read-only")});
        return NothingUsable;
    }
    const AuditStatePtr state = audit->state();
    for (const Message &open : openPoints(*state, *rules->catalogue))
        console.say({journalDef("sign.open"), {console.translator().text(open)}});
    if (console.failed(audit->signOff(request)))
        return NothingUsable;
    std::printf("%s\n", state->journalHead.c_str());
    console.say({journalDef("sign.done"), {shortHead(state->journalHead)}});
    return options.detached ? writeDetached(console, *audit->state(), options.audit) : Done;
}

int verifyCommand(const Console &console, const VerifyOptions &options)
{
    const auto keys = loadKeys(options.keys);
    if (console.failed(keys))
        return WrongCall;
    const std::string expected = options.head ? lowered(trimmed(*options.head)) : std::string();
    if (options.head && !isHex64(expected)) { // an empty one too: a script whose variable is not set must not pass
        console.say({journalDef("verify.no-head"), {printable(*options.head)}});
        return WrongCall;
    }
    const auto result = verifyAudit(options.audit, expected, *keys);
    if (console.failed(result))
        return NothingUsable;
    for (const Message &problem : result->problems)
        console.say(problem);
    std::printf("%s\n", result->head.c_str());
    for (const SignOffVerdict &verdict : result->signOffs) {
        if (verdict.state != SignOffVerdict::State::Bad) // those are among the problems
            say(console, verdict);
    }
    bool trusted = true;
    if (!keys->empty()) {
        const auto last = std::find_if(result->signOffs.rbegin(), result->signOffs.rend(),
            [](const SignOffVerdict &each) { return each.byGivenKey; });
        trusted = last != result->signOffs.rend() && last->signOff.laterChanges == 0;
        if (last == result->signOffs.rend())
            console.say({journalDef("signoff.no-known-key")});
    }
    if (!result->consistent || !result->headMatches)
        return Reached;
    const bool proven = options.head.has_value() || (!keys->empty() && trusted);
    if (options.head)
        console.say({auditDef("verify.proven")});
    else if (!proven)
        console.say({auditDef("verify.consistent")});
    return trusted ? Done : Reached;
}

} // namespace tally::cli
