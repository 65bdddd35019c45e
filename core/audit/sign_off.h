// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"
#include "core/base/result.h"
#include "core/io/private_key.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

struct JournalEntry;

/// A person says that an audit is done, at one head of its journal, with or without a signature. It stands in the
/// journal and is never taken back; changing the audit afterwards is allowed, and shown wherever the sign-off is.
///
/// What is signed is `text`: UTF-8, each line ends with LF, values without control characters, in this order:
///
///     Tallymann sign-off 1
///     Audit: <hash of the journal's first entry: the audit's id>
///     Title: <title of the audit>
///     Journal head: <hash of the entry before the sign-off>
///     Time: <RFC 3339, UTC>
///     Signed by: <name>
///     Purpose: <what for>
///     Key: <"sha256:" and the digest of the public key's DER form, or "none">
///
/// Ed25519 signs the text itself, ECDSA and RSA (PKCS #1 1.5) its SHA-256. With the text, the signature and the public
/// key in files, `openssl pkeyutl -verify -pubin -inkey PUB -rawin -in TEXT -sigfile SIG` (Ed25519) and
/// `openssl dgst -sha256 -verify PUB -signature SIG TEXT` (the others) say the same as verify does.
struct SignOff
{
    std::int64_t entry = 0; ///< number of the journal entry that holds it
    std::string text;
    std::string signature;         ///< raw bytes; "" it was not signed
    std::string publicPem;         ///< of the key that signed; "" likewise
    std::int64_t laterChanges = 0; ///< entries behind it that change what was signed off

    // As the text says them.
    std::string auditId;
    std::string title;
    std::string head;
    std::string at;
    std::string by;
    std::string purpose;
    std::string keyFingerprint; ///< "none"

    [[nodiscard]] bool isSigned() const { return !signature.empty(); }
};

struct SignOffRequest
{
    std::string by;
    std::string purpose{};
    std::optional<PrivateKey> key{}; ///< nothing: without a signature
    std::string head{};              ///< that the person looked at: another one is not signed unseen; "" any
};

/// What can be said about a sign-off by looking at the journal and at the keys that are given.
struct SignOffVerdict
{
    enum class State : std::uint8_t {
        Unsigned, ///< a name and a date, nothing more
        Good,     ///< the signature fits the text, and the text the journal
        Bad,      ///< it does not: problem says what
    };

    SignOff signOff;
    State state = State::Unsigned;
    std::string keyKind{};            ///< "Ed25519", ...; "" without a key
    bool byGivenKey = false;          ///< one of the given keys signed it
    std::optional<Message> problem{}; ///< of Bad
};

/// The events that leave what was signed off as it was: reports, sign-offs, digests that were computed again, filters
/// of a window and settings of reports.
[[nodiscard]] bool changesTheAudit(const JournalEntry &entry);

/// All of them, the oldest first. What cannot be read of one stays empty, which verdictOn() calls bad. O(journal).
[[nodiscard]] std::vector<SignOff> signOffsIn(std::span<const JournalEntry> journal);

/// previousHash: of the entry before it, auditId: of the first one. At most some signature verifications.
[[nodiscard]] SignOffVerdict verdictOn(
    SignOff signOff, std::string_view auditId, std::string_view previousHash, std::span<const PublicKey> keys = {});
/// Of all sign-offs in the journal, the oldest first.
[[nodiscard]] std::vector<SignOffVerdict> verdictsIn(
    std::span<const JournalEntry> journal, std::span<const PublicKey> keys = {});

/// A name is there. Empty: fine.
[[nodiscard]] std::optional<Message> validateSignOff(const SignOffRequest &request);

/// Text and, with a key, signature, for the journal: `at` is RFC 3339. Errors: Malformed (validateSignOff()), Io (the
/// library does not sign).
[[nodiscard]] Result<std::string> signOffDetail(const SignOffRequest &request, const std::string &auditId,
    const std::string &title, const std::string &head, const std::string &at);

/// Beside the audit file: "A.tally.signoff.txt" (the text), "A.tally.sig" (the signature's raw bytes) and
/// "A.tally.pub.pem"; without a signature only the text. Earlier ones are replaced. Errors: Io.
struct DetachedSignOff
{
    std::filesystem::path text;
    std::filesystem::path signature; ///< "" none
    std::filesystem::path key;       ///< "" none
};
[[nodiscard]] Result<DetachedSignOff> exportSignOff(const SignOff &signOff, const std::filesystem::path &audit);

/// "3f9a 02b1 77c4 e0d8": the first 16 digits in groups, for two people on the telephone.
[[nodiscard]] std::string shortHead(std::string_view head);

} // namespace tally
