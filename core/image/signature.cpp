// SPDX-License-Identifier: Apache-2.0
#include "core/image/signature.h"

#include "core/base/messages_image.h"
#include "core/base/text_format.h"
#include "core/image/image_artifacts.h"
#include "core/image/json_text.h"
#include "core/io/digest.h"
#include "core/io/tar_header.h"

#include <algorithm>

namespace tally {

namespace {

constexpr std::size_t maxSignatureBytes = 8U << 10; ///< RSA of 16,384 bits has 2,048
constexpr std::size_t maxSubjects = 100;

/// Both alphabets of RFC 4648, as the DSSE protocol demands; line breaks of hand-made files are skipped.
std::optional<std::string> decoded(std::string_view base64)
{
    std::string text;
    text.reserve(base64.size());
    for (const char c : base64) {
        if (c == '-' || c == '_')
            text += c == '-' ? '+' : '/';
        else if (c != '\n' && c != '\r')
            text += c;
    }
    return decodeBase64(text);
}

std::optional<std::string> decodedSignature(std::string_view base64)
{
    if (base64.empty() || base64.size() > maxSignatureBytes)
        return std::nullopt;
    std::optional<std::string> raw = decoded(base64);
    return raw && !raw->empty() ? raw : std::nullopt;
}

/// What a DSSE signature covers: "Pre-Authentication Encoding" (protocol.md).
std::string preAuthenticationEncoding(std::string_view type, std::string_view payload)
{
    std::string text = "DSSEv1 " + std::to_string(type.size()) + " ";
    text.append(type).append(" ").append(std::to_string(payload.size())).append(" ").append(payload);
    return text;
}

/// Statement of in-toto (attestation spec v1 statement.md): what it speaks about, and in which sense.
void readStatement(std::string_view payload, SignatureClaim &claim)
{
    const Json statement = parseSmallJson(payload);
    claim.predicate = visible(toUtf8(textAt(statement, "predicateType")));
    const Json &subjects = memberAt(statement, "subject");
    for (std::size_t i = 0; subjects.is_array() && i < std::min(subjects.size(), maxSubjects); ++i) {
        for (const char *algorithm : {"sha256", "sha512"}) {
            std::string digest = std::string(algorithm) + ":" + textAt(memberAt(subjects[i], "digest"), algorithm);
            if (isDigest(digest))
                claim.subjects.push_back(std::move(digest));
        }
    }
}

std::vector<SignatureClaim> readEnvelope(const Json &envelope, bool hasCertificate)
{
    std::vector<SignatureClaim> claims;
    const std::string payloadType = textAt(envelope, "payloadType");
    const std::string encoded = textAt(envelope, "payload");
    const std::optional<std::string> payload = decoded(encoded);
    const Json &signatures = memberAt(envelope, "signatures");
    if (!payload || payload->empty() || !signatures.is_array())
        return claims;
    SignatureClaim claim;
    claim.form = "dsse";
    claim.certificate = hasCertificate;
    readStatement(*payload, claim);
    std::string covered = preAuthenticationEncoding(payloadType, *payload);
    // Provenance may hold the arguments of a build: of what is more than a signature only digests are kept.
    if (kindOfType(claim.predicate) == "signature" && covered.size() <= maxSignedMessage)
        claim.message = std::move(covered);
    else
        claim.digests = signableDigests(covered);
    for (std::size_t i = 0; i < std::min(signatures.size(), maxSignatures); ++i) {
        if (std::optional<std::string> raw = decodedSignature(textAt(signatures[i], "sig"))) {
            claims.push_back(claim);
            claims.back().signature = *std::move(raw);
        }
    }
    return claims;
}

/// A signature over the manifest itself: its digest is all that is needed.
std::vector<SignatureClaim> readMessageSignature(const Json &message, bool hasCertificate)
{
    const Json &digest = memberAt(message, "messageDigest");
    const std::optional<std::string> bytes = decoded(textAt(digest, "digest"));
    std::optional<std::string> raw = decodedSignature(textAt(message, "signature"));
    constexpr std::size_t sha256Bytes = 32;
    if (!raw || !bytes || bytes->size() != sha256Bytes || textAt(digest, "algorithm") != "SHA2_256")
        return {};
    SignatureClaim claim;
    claim.form = "message";
    claim.signature = *std::move(raw);
    claim.digests = {"sha256:" + toHex(*bytes)};
    claim.subjects = claim.digests;
    claim.certificate = hasCertificate;
    return {claim};
}

class Verifier
{
public:
    Verifier(const Image &image, std::span<const PublicKey> keys)
        : m_image(image)
        , m_keys(keys)
    {
    }

    std::vector<SignatureVerdict> verify()
    {
        constexpr std::size_t mostVerified = 1000;
        for (std::size_t i = 0; i < m_image.artifacts.size(); ++i) {
            const ImageArtifact &artifact = m_image.artifacts[i];
            for (const SignatureClaim &claim : artifact.signatures) {
                if (m_verdicts.size() < mostVerified)
                    judge(i, claim);
            }
            if (artifact.signatures.empty() && artifact.kind == "signature")
                m_verdicts.push_back({i, SignatureState::NotVerifiable, -1, whyUnread(artifact), false});
        }
        return std::move(m_verdicts);
    }

private:
    static Message whyUnread(const ImageArtifact &artifact)
    {
        const bool known = artifact.type.find("cosign") != std::string::npos
            || artifact.type.find("sigstore") != std::string::npos || artifact.type.find("dsse") != std::string::npos;
        if (known || artifact.type.empty())
            return {imageDef("signature.unreadable"), {}};
        return {imageDef("signature.form-unknown"), {artifact.type}};
    }

    void judge(std::size_t index, const SignatureClaim &claim)
    {
        SignatureVerdict verdict;
        verdict.artifact = index;
        verdict.certificate = claim.certificate;
        const std::string &subject = m_image.artifacts[index].subject;
        if (std::ranges::find(claim.subjects, subject) == claim.subjects.end()) {
            verdict.state = SignatureState::OtherImage;
            verdict.reason = Message{imageDef("signature.other-image"),
                {claim.subjects.empty() ? std::string("?") : claim.subjects.front()}};
        } else if (m_keys.empty()) {
            verdict.reason = Message{imageDef("signature.no-key"), {}};
        } else {
            tryKeys(claim, verdict);
        }
        m_verdicts.push_back(std::move(verdict));
    }

    void tryKeys(const SignatureClaim &claim, SignatureVerdict &verdict) const
    {
        bool tried = false;
        for (std::size_t k = 0; k < m_keys.size(); ++k) {
            const PublicKey &key = m_keys[k];
            if (claim.message.empty() && key.needsMessage())
                continue;
            tried = true;
            const bool good = claim.message.empty() ? key.verifyDigests(claim.digests, claim.signature)
                                                    : key.verify(claim.message, claim.signature);
            if (good) {
                verdict.state = SignatureState::Verified;
                verdict.key = static_cast<int>(k);
                return;
            }
        }
        verdict.state = tried ? SignatureState::UnknownKey : SignatureState::NotVerifiable;
        verdict.reason
            = Message{tried ? (claim.certificate ? imageDef("signature.keyless") : imageDef("signature.unknown-key"))
                            : imageDef("signature.unreadable"),
                {}};
    }

    const Image &m_image;
    std::span<const PublicKey> m_keys;
    std::vector<SignatureVerdict> m_verdicts;
};

} // namespace

std::vector<SignatureClaim> readSimpleSigning(std::string_view payload, std::string_view signature, bool hasCertificate)
{
    const std::string subject = payload.size() > maxSignedMessage ? std::string() : subjectOfPayload(payload);
    std::optional<std::string> raw = decodedSignature(signature);
    if (subject.empty() || !raw)
        return {};
    SignatureClaim claim;
    claim.form = "simple-signing";
    claim.signature = *std::move(raw);
    claim.message = payload;
    claim.subjects = {subject};
    claim.certificate = hasCertificate;
    return {claim};
}

std::vector<SignatureClaim> readStoredSigning(std::string_view text)
{
    const Json json = parseSmallJson(text);
    const std::optional<std::string> payload = decoded(textAt(json, "payload"));
    if (!payload)
        return {};
    if (kindOfType(textAt(json, "mimeType")) != "signature")
        return readSignatureBundle(*payload);
    const Json &annotations = memberAt(json, "annotations");
    return readSimpleSigning(*payload, textAt(annotations, "dev.cosignproject.cosign/signature"),
        !textAt(annotations, "dev.sigstore.cosign/certificate").empty());
}

std::vector<SignatureClaim> readSignatureBundle(std::string_view json)
{
    const Json bundle = parseSmallJson(json);
    if (memberAt(bundle, "payloadType").is_string())
        return readEnvelope(bundle, false);
    const Json &material = memberAt(bundle, "verificationMaterial");
    const bool certificate
        = memberAt(material, "certificate").is_object() || memberAt(material, "x509CertificateChain").is_object();
    if (const Json &envelope = memberAt(bundle, "dsseEnvelope"); envelope.is_object())
        return readEnvelope(envelope, certificate);
    return readMessageSignature(memberAt(bundle, "messageSignature"), certificate);
}

std::vector<SignatureVerdict> verifySignatures(const Image &image, std::span<const PublicKey> keys)
{
    return Verifier(image, keys).verify();
}

} // namespace tally
