// SPDX-License-Identifier: Apache-2.0
#include "core/document/secret_facts.h"

#include "core/base/text_format.h"
#include "core/document/json_tree.h"
#include "core/document/masking.h"
#include "core/document/secret_forms.h"
#include "core/io/decompress.h"

#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <memory>

namespace tally {

namespace {

constexpr std::size_t largestCertificate = 256U << 10; // with its chain
constexpr std::size_t largestRelease = 4U << 20;       // compressed; etcd takes 1.5 MiB
constexpr std::uint64_t largestReleaseText = 16U << 20;
constexpr std::size_t mostPlaces = 12;
constexpr std::size_t longestPlace = 96;

constexpr std::string_view pemBegin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view pemBeginEncoded = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t";
constexpr std::string_view gzipEncoded = "H4sI";        // base64 of gzip's first bytes: in ConfigMaps
constexpr std::string_view gzipEncodedTwice = "SDRzSU"; // base64 of that: in Secrets
constexpr std::string_view certificateMark = "; certificate ";
constexpr std::string_view helmMark = "; Helm release ";

struct BioDeleter
{
    void operator()(BIO *bio) const { BIO_free(bio); }
};
struct CertificateDeleter
{
    void operator()(X509 *certificate) const { X509_free(certificate); }
};

std::optional<std::int64_t> secondsOf(const ASN1_TIME *time)
{
    std::tm parts{};
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
        return std::nullopt;
    return static_cast<std::int64_t>(timegm(&parts));
}

bool namesSystemMasters(const X509 &certificate)
{
    const X509_NAME *subject = X509_get_subject_name(&certificate);
    for (int i = X509_NAME_get_index_by_NID(subject, NID_organizationName, -1); i >= 0;
         i = X509_NAME_get_index_by_NID(subject, NID_organizationName, i)) {
        const ASN1_STRING *value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, i));
        const std::string_view organisation(
            reinterpret_cast<const char *>(ASN1_STRING_get0_data(value)), // NOLINT: OpenSSL's bytes are unsigned
            static_cast<std::size_t>(ASN1_STRING_length(value)));
        if (organisation == "system:masters")
            return true;
    }
    return false;
}

std::string_view nextWord(std::string_view &text)
{
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    return word;
}

template<typename Number>
bool readNumber(std::string_view text, Number &number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

/// Between the mark and the end of what stands in place of a secret.
std::string_view noteIn(std::string_view masked, std::string_view mark)
{
    constexpr std::string_view end = "\u203A";
    const std::size_t at = masked.find(mark);
    if (at == std::string_view::npos || !masked.ends_with(end))
        return {};
    masked.remove_suffix(end.size());
    return masked.substr(at + mark.size());
}

/// Keys come from hostile files: nothing that would end the note or divide it differently.
std::string harmless(std::string_view key)
{
    std::string text = visible(toUtf8(key.substr(0, longestPlace)));
    std::erase_if(text, [](char c) { return c == ';' || c == ',' || c == ' '; });
    for (std::size_t at = text.find("\u203A"); at != std::string::npos; at = text.find("\u203A"))
        text.erase(at, std::string_view("\u203A").size());
    return text;
}

std::string unpackedRelease(std::string_view value)
{
    std::string packed = decodedBase64(value, largestRelease);
    if (value.starts_with(gzipEncodedTwice))
        packed = decodedBase64(packed, largestRelease);
    Limits limits;
    limits.maxExpandedBytes = std::min(limits.maxExpandedBytes, largestReleaseText);
    const BlockReaderPtr stream
        = decompress(readBlocks(memorySource(std::move(packed))), FileType::Gzip, limits, std::string());
    std::string text;
    while (true) {
        const auto block = stream->next();
        if (!block || text.size() + block->bytes.size() > largestReleaseText)
            return {};
        if (block->bytes.empty())
            return text;
        text.append(block->bytes);
    }
}

/// Walks a tree that nobody else has seen and that is thrown away.
class ReleaseReader
{
public:
    ReleaseReader(const SourceText &source, const KeyTable &keys, const TreePart &part)
        : m_source(source)
        , m_keys(keys)
        , m_part(part)
    {
    }

    /// 0: there is none.
    [[nodiscard]] std::uint32_t member(std::uint32_t map, std::string_view key) const
    {
        std::uint32_t found = 0;
        std::uint32_t child = map + 1;
        if (m_part.nodes[map].kind() != NodeKind::Map)
            return 0;
        for (std::uint32_t i = 0; i < m_part.nodes[map].offset; ++i) {
            if (m_keys.view(m_part.nodes[child].key()) == key)
                found = child;
            child += m_part.nodes[child].span();
        }
        return found;
    }

    [[nodiscard]] std::string text(std::uint32_t index) const
    {
        const TreeNode &node = m_part.nodes[index];
        if (index == 0 || node.isCollection())
            return {};
        const bool aside = (node.keyAndFlags & TreeNode::sideFlag) != 0;
        return {(aside ? m_part.side.data() : m_source.data()) + node.offset, node.length};
    }

    /// Recursion ends: the reader limits the depth of the tree.
    void collect(std::uint32_t index, const std::string &path, HelmFacts &facts) const
    {
        const TreeNode &node = m_part.nodes[index];
        if (!node.isCollection()) {
            if (node.isMasked() && ++facts.credentials <= mostPlaces)
                facts.places.push_back(path.size() <= longestPlace ? path : path.substr(path.size() - longestPlace));
            return;
        }
        std::uint32_t child = index + 1;
        for (std::uint32_t i = 0; i < node.offset; ++i) {
            const bool isMember = node.kind() == NodeKind::Map;
            collect(child,
                isMember ? path + '.' + harmless(m_keys.view(m_part.nodes[child].key()))
                         : path + '[' + std::to_string(i) + ']',
                facts);
            child += m_part.nodes[child].span();
        }
    }

private:
    const SourceText &m_source;
    const KeyTable &m_keys;
    const TreePart &m_part;
};

/// Before its values are masked. Source: helm.sh, pkg/release/v1 (Release, Info).
void readRelease(const ReleaseReader &reader, const std::string &chart, HelmReleaseText &release)
{
    release.name = visible(toUtf8(reader.text(reader.member(0, "name"))));
    release.namespaceName = visible(toUtf8(reader.text(reader.member(0, "namespace"))));
    release.chart = chart;
    if (!readNumber(reader.text(reader.member(0, "version")), release.version))
        release.version = 0;
    const std::uint32_t info = reader.member(0, "info");
    if (info != 0 && reader.text(reader.member(info, "status")) == "deployed")
        release.manifest = reader.text(reader.member(0, "manifest"));
}

std::string noteOnRelease(std::string_view value, HelmReleaseText *kept)
{
    JsonText json(unpackedRelease(value));
    if (!json.read())
        return {};
    HelmFacts facts;
    const ReleaseReader release(json.source, json.keys, json.part);
    if (const std::uint32_t chart = release.member(0, "chart"); chart != 0) {
        const std::uint32_t metadata = release.member(chart, "metadata");
        if (metadata != 0)
            facts.chart = harmless(release.text(release.member(metadata, "name"))) + '-'
                + harmless(release.text(release.member(metadata, "version")));
    }
    if (kept)
        readRelease(release, facts.chart, *kept);
    if (const std::uint32_t config = release.member(0, "config"); config != 0) {
        KeyFacts keys(json.keys);
        TreeMasker masker(json.source, json.source.size(), keys, json.part);
        masker.mask(config);
        masker.finish();
        release.collect(config, "config", facts);
    }
    std::string note(helmMark.substr(2));
    note.append(facts.chart.empty() ? "-" : facts.chart).append(" ").append(std::to_string(facts.credentials));
    for (std::size_t i = 0; i < facts.places.size(); ++i)
        note.append(i == 0 ? " " : ",").append(facts.places[i]);
    return note;
}

} // namespace

std::optional<CertificateFacts> readCertificate(std::string_view text)
{
    if (text.size() > largestCertificate)
        return std::nullopt;
    std::string decoded;
    if (text.starts_with(pemBeginEncoded)) {
        decoded = decodedBase64(text, largestCertificate);
        text = decoded;
    }
    const std::size_t begin = text.find(pemBegin);
    if (begin == std::string_view::npos)
        return std::nullopt;
    text.remove_prefix(begin);
    const std::unique_ptr<BIO, BioDeleter> bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    const std::unique_ptr<X509, CertificateDeleter> certificate(
        bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
    if (!certificate)
        return std::nullopt;
    const auto notBefore = secondsOf(X509_get0_notBefore(certificate.get()));
    const auto notAfter = secondsOf(X509_get0_notAfter(certificate.get()));
    if (!notBefore || !notAfter)
        return std::nullopt;
    CertificateFacts facts;
    facts.notBefore = *notBefore;
    facts.notAfter = *notAfter;
    if (const EVP_PKEY *key = X509_get0_pubkey(certificate.get())) {
        const char *name = EVP_PKEY_get0_type_name(key);
        facts.keyType = name ? name : "";
        facts.keyBits = EVP_PKEY_get_bits(key);
    }
    if (const char *name = OBJ_nid2sn(X509_get_signature_nid(certificate.get())))
        facts.signature = name;
    facts.isSystemMasters = namesSystemMasters(*certificate);
    return facts;
}

std::string noteOnSecret(std::string_view key, std::string_view value, HelmReleaseText *release)
{
    if (key == "release" && (value.starts_with(gzipEncodedTwice) || value.starts_with(gzipEncoded)))
        return noteOnRelease(value, release);
    if (!value.starts_with(pemBeginEncoded) && value.find(pemBegin) == std::string_view::npos)
        return {};
    // A key may stand in the same text: nothing but the facts of the certificate gets out.
    const auto facts = readCertificate(value);
    if (!facts)
        return {};
    return std::string(certificateMark.substr(2)) + rfc3339(facts->notBefore) + " to " + rfc3339(facts->notAfter) + ' '
        + (facts->keyType.empty() ? "-" : facts->keyType) + ' ' + std::to_string(facts->keyBits) + ' '
        + (facts->signature.empty() ? "-" : facts->signature) + ' ' + std::to_string(facts->notBefore) + ' '
        + std::to_string(facts->notAfter) + (facts->isSystemMasters ? " system:masters" : "");
}

std::optional<CertificateFacts> certificateBehind(std::string_view masked)
{
    std::string_view note = noteIn(masked, certificateMark);
    constexpr int wordsForPeople = 3; // the times again, as people read them
    for (int i = 0; i < wordsForPeople; ++i)
        nextWord(note);
    CertificateFacts facts;
    facts.keyType = nextWord(note);
    const bool hasBits = readNumber(nextWord(note), facts.keyBits);
    facts.signature = nextWord(note);
    const bool hasTimes = readNumber(nextWord(note), facts.notBefore) && readNumber(nextWord(note), facts.notAfter);
    facts.isSystemMasters = note == "system:masters";
    if (!hasBits || !hasTimes)
        return std::nullopt;
    return facts;
}

std::optional<HelmFacts> helmReleaseBehind(std::string_view masked)
{
    std::string_view note = noteIn(masked, helmMark);
    HelmFacts facts;
    facts.chart = nextWord(note);
    if (facts.chart == "-")
        facts.chart.clear();
    if (!readNumber(nextWord(note), facts.credentials))
        return std::nullopt;
    while (!note.empty()) {
        const std::string_view place = note.substr(0, note.find(','));
        facts.places.emplace_back(place);
        note.remove_prefix(std::min(note.size(), place.size() + 1));
    }
    return facts;
}

} // namespace tally
