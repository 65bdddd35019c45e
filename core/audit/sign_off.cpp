// SPDX-License-Identifier: Apache-2.0
#include "core/audit/sign_off.h"

#include "core/audit/audit.h"
#include "core/base/ascii.h"
#include "core/base/messages_journal.h"
#include "core/base/text_format.h"
#include "core/io/file.h"
#include "core/io/tar_header.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace tally {

namespace {

constexpr std::string_view firstLine = "Tallymann sign-off 1";
constexpr std::string_view event = "signed-off";

/// The lines of the text behind the first one.
constexpr std::array<std::pair<std::string_view, std::string SignOff::*>, 7> lines = {{
    {"Audit: ", &SignOff::auditId},
    {"Title: ", &SignOff::title},
    {"Journal head: ", &SignOff::head},
    {"Time: ", &SignOff::at},
    {"Signed by: ", &SignOff::by},
    {"Purpose: ", &SignOff::purpose},
    {"Key: ", &SignOff::keyFingerprint},
}};

/// A value for one line of the text.
std::string oneLine(std::string_view text)
{
    std::string line = toUtf8(trimmed(text));
    std::ranges::replace_if(
        line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return line;
}

std::string textOf(const SignOff &signOff)
{
    std::string text = std::string(firstLine) + '\n';
    for (const auto &[label, field] : lines)
        text.append(label).append(signOff.*field).append("\n");
    return text;
}

/// False: it is no such text, to the byte.
bool readText(SignOff &signOff)
{
    std::string_view rest = signOff.text;
    const auto next = [&rest] {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        return line;
    };
    if (next() != firstLine)
        return false;
    for (const auto &[label, field] : lines) {
        const std::string_view line = next();
        if (!line.starts_with(label))
            return false;
        signOff.*field = line.substr(label.size());
    }
    return textOf(signOff) == signOff.text;
}

std::string textAt(const nlohmann::json &json, const char *key)
{
    const auto found = json.is_object() ? json.find(key) : json.end();
    return json.is_object() && found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

SignOff readSignOff(const JournalEntry &entry)
{
    SignOff signOff;
    signOff.entry = entry.number;
    const auto json = nlohmann::json::parse(entry.detail, nullptr, false);
    signOff.text = textAt(json, "text");
    signOff.signature = decodeBase64(textAt(json, "signature")).value_or(std::string());
    signOff.publicPem = textAt(json, "publicKey");
    (void)readText(signOff);
    return signOff;
}

} // namespace

bool changesTheAudit(const JournalEntry &entry)
{
    const std::string_view name = entry.event;
    const bool quiet = name == event || name == "report" || name == "source-rechecked" || name.starts_with("filter")
        || (name.starts_with("setting") && entry.subject.starts_with("report."));
    return !quiet;
}

std::vector<SignOff> signOffsIn(std::span<const JournalEntry> journal)
{
    std::vector<SignOff> found;
    for (const JournalEntry &entry : journal) {
        if (entry.event == event) {
            found.push_back(readSignOff(entry));
            continue;
        }
        if (found.empty() || !changesTheAudit(entry))
            continue;
        for (SignOff &each : found)
            ++each.laterChanges;
    }
    return found;
}

SignOffVerdict verdictOn(
    SignOff signOff, std::string_view auditId, std::string_view previousHash, std::span<const PublicKey> keys)
{
    SignOffVerdict verdict;
    const auto bad = [&verdict](const MessageDef *why) {
        verdict.state = SignOffVerdict::State::Bad;
        verdict.problem = Message{why, {std::to_string(verdict.signOff.entry)}};
        return verdict;
    };
    verdict.signOff = std::move(signOff);
    SignOff &about = verdict.signOff;
    if (!readText(about))
        return bad(journalDef("signoff.unreadable"));
    if (about.auditId != auditId || about.head != previousHash)
        return bad(journalDef("signoff.other-head"));
    if (about.publicPem.empty() != about.signature.empty())
        return bad(journalDef("signoff.bad"));
    if (!about.isSigned())
        return about.keyFingerprint == "none" ? verdict : bad(journalDef("signoff.bad"));
    const auto key = PublicKey::read(about.publicPem, "journal");
    if (!key || key->size() != 1 || key->front().fingerprint() != about.keyFingerprint
        || !key->front().verify(about.text, about.signature))
        return bad(journalDef("signoff.bad"));
    verdict.state = SignOffVerdict::State::Good;
    verdict.keyKind = key->front().kind();
    verdict.byGivenKey = std::ranges::any_of(
        keys, [&about](const PublicKey &each) { return each.fingerprint() == about.keyFingerprint; });
    return verdict;
}

std::vector<SignOffVerdict> verdictsIn(std::span<const JournalEntry> journal, std::span<const PublicKey> keys)
{
    std::vector<SignOffVerdict> verdicts;
    for (SignOff &each : signOffsIn(journal)) {
        const auto entry = std::ranges::find(journal, each.entry, &JournalEntry::number);
        const std::string_view previous = entry == journal.begin() ? std::string_view() : std::prev(entry)->hash;
        verdicts.push_back(verdictOn(std::move(each), journal.front().hash, previous, keys));
    }
    return verdicts;
}

std::optional<Message> validateSignOff(const SignOffRequest &request)
{
    if (oneLine(request.by).empty())
        return Message{journalDef("signoff.nameless"), {}};
    return std::nullopt;
}

Result<std::string> signOffDetail(const SignOffRequest &request, const std::string &auditId, const std::string &title,
    const std::string &head, const std::string &at)
{
    if (auto wrong = validateSignOff(request))
        return fail(ErrorKind::Malformed, *std::move(wrong));
    SignOff made;
    made.auditId = auditId;
    made.title = oneLine(title);
    made.head = head;
    made.at = at;
    made.by = oneLine(request.by);
    made.purpose = oneLine(request.purpose);
    made.keyFingerprint = request.key ? request.key->publicKey().fingerprint() : "none";
    made.text = textOf(made);
    nlohmann::ordered_json json{{"text", made.text}};
    if (request.key) {
        const auto signature = request.key->sign(made.text);
        if (!signature)
            return fail(ErrorKind::Io, {journalDef("signoff.not-signed"), {}});
        json["signature"] = encodeBase64(*signature);
        json["publicKey"] = request.key->publicPem();
    }
    return json.dump();
}

Result<DetachedSignOff> exportSignOff(const SignOff &signOff, const std::filesystem::path &audit)
{
    const auto beside = [&audit](const char *suffix) {
        std::filesystem::path path = audit;
        path += suffix;
        return path;
    };
    DetachedSignOff written;
    written.text = beside(".signoff.txt");
    TALLY_TRY(saveAtomically(written.text, signOff.text));
    if (!signOff.isSigned())
        return written;
    written.signature = beside(".sig");
    written.key = beside(".pub.pem");
    TALLY_TRY(saveAtomically(written.signature, signOff.signature));
    TALLY_TRY(saveAtomically(written.key, signOff.publicPem));
    return written;
}

std::string shortHead(std::string_view head)
{
    constexpr std::size_t digits = 16;
    constexpr std::size_t group = 4;
    std::string text;
    for (std::size_t i = 0; i < std::min(head.size(), digits); ++i) {
        if (i > 0 && i % group == 0)
            text += ' ';
        text += head[i];
    }
    return text;
}

} // namespace tally
