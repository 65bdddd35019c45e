// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What a certificate says about itself to everybody. Source: RFC 5280, read by OpenSSL.
struct CertificateFacts
{
    std::int64_t notBefore = 0; ///< seconds since 1970
    std::int64_t notAfter = 0;
    std::string keyType;          ///< "RSA", "EC", "ED25519", ...
    int keyBits = 0;              ///< 0: unknown
    std::string signature;        ///< name of the algorithm as OpenSSL knows it: "sha256WithRSAEncryption"
    bool isSystemMasters = false; ///< an organisation (O) in its subject is system:masters, a Kubernetes group

    friend bool operator==(const CertificateFacts &, const CertificateFacts &) = default;
};

/// Where credentials stand in the values of a stored Helm release; none of their values.
struct HelmFacts
{
    std::string chart;               ///< "name-version"; may be empty
    std::size_t credentials = 0;     ///< in all
    std::vector<std::string> places; ///< "config.auth.password": the first ones

    friend bool operator==(const HelmFacts &, const HelmFacts &) = default;
};

/// The first certificate in a PEM text, or in such a text in base64 (as in the data of Secrets, or
/// client-certificate-data of a kubeconfig). Nothing if there is none, or it is not readable. The text may be hostile.
[[nodiscard]] std::optional<CertificateFacts> readCertificate(std::string_view text);

/// What Helm keeps of a release beside its values. In clear: for the reader that masks it before anybody sees it.
struct HelmReleaseText
{
    std::string name;
    std::string namespaceName;
    std::string chart; ///< "name-version"; may be empty
    std::int64_t version = 0;
    std::string manifest; ///< YAML; empty unless the release is deployed, superseded ones do not count
};

/// What may be told about a value that masking replaces, beside its length: facts of a certificate, of a Helm release
/// (Secret helm.sh/release.v1: base64 of base64 of gzip of JSON). Empty: nothing. Made for maskedText().
/// release: gets what the release says beside, where the value is one. Limits: 4 MiB packed, 16 MiB unpacked.
[[nodiscard]] std::string noteOnSecret(
    std::string_view key, std::string_view value, HelmReleaseText *release = nullptr);

/// The same read back from the text that stands in place of the value.
[[nodiscard]] std::optional<CertificateFacts> certificateBehind(std::string_view masked);
[[nodiscard]] std::optional<HelmFacts> helmReleaseBehind(std::string_view masked);

} // namespace tally
