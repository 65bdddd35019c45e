// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/image_maker.h"
#include "tests/support/signing_key.h"

namespace tally::test {

namespace {

constexpr const char *digest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
constexpr const char *message = "what cosign says";

/// Made once: the tables are asked for many times.
const SigningKey &ourKey()
{
    static const SigningKey key = SigningKey::ec();
    return key;
}
const SigningKey &theirKey()
{
    static const SigningKey key = SigningKey::ec("P-384");
    return key;
}

struct Beside
{
    const char *kind;
    const char *type = "";
    std::vector<SignatureClaim> signatures = {};
};

/// Signed for the image itself, or for another.
SignatureClaim signedBy(const SigningKey &key, const std::string &subject = digest)
{
    SignatureClaim claim;
    claim.form = "simple-signing";
    claim.message = message;
    claim.signature = key.sign(message);
    claim.subjects = {subject};
    return claim;
}

ImagePtr with(const std::vector<Beside> &things, const std::function<void(Image &)> &edit = {})
{
    return image({}, [&](Image &made) {
        made.form = "oci-layout";
        made.mayCarryArtifacts = true;
        made.manifestDigest = digest;
        for (const Beside &thing : things)
            made.artifacts.push_back(
                {"sha256:" + std::string(64, 'b'), thing.kind, thing.type, digest, thing.signatures});
        if (edit)
            edit(made);
    });
}

std::vector<std::string> found(const char *variant)
{
    return {std::string(variant) + " | app:1  |  | artifacts"};
}

std::vector<CheckCase> presenceCases()
{
    const SignatureClaim other = signedBy(ourKey(), "sha256:" + std::string(64, 'c'));
    const auto docker = [](Image &made) {
        made.form = "docker-archive";
        made.mayCarryArtifacts = false;
    };
    return {
        row("IMG-SIGNATURE", "nothing beside it", with({}), found("default")),
        row("IMG-SIGNATURE", "a bill of materials only", with({{"sbom"}}), found("others")),
        row("IMG-SIGNATURE", "for another image", with({{"signature", "cosign", {other}}}), found("other-image")),
        row("IMG-SIGNATURE", "signed", with({{"signature", "cosign", {signedBy(ourKey())}}}), {}),
        row("IMG-SIGNATURE", "by notation", with({{"signature", "application/jose+json"}}), {}),
        row("IMG-SIGNATURE", "docker save with what buildx adds", with({{"attestation"}}, docker), {}),
        row("IMG-SIGNATURE", "an entry that is no image", with({}, [](Image &made) { made.config.os = "unknown"; }),
            {}),
        row("IMG-ATTEST", "nothing beside it", with({}), found("default")),
        row("IMG-ATTEST", "a signature only", with({{"signature", "cosign", {signedBy(ourKey())}}}), found("others")),
        row("IMG-ATTEST", "a list of flaws only",
            with({{"attestation", "https://cosign.sigstore.dev/attestation/vuln/v1"}}), found("others")),
        row("IMG-ATTEST", "a bill of materials", with({{"sbom", "application/spdx+json"}}), {}),
        row("IMG-ATTEST", "provenance", with({{"attestation", "https://slsa.dev/provenance/v1"}}), {}),
        row("IMG-ATTEST", "a statement of unknown content", with({{"attestation", "application/vnd.in-toto+json"}}),
            {}),
        row("IMG-ATTEST", "docker save with a signature", with({{"signature"}}, docker), {}),
    };
}

std::vector<CheckCase> keyCases()
{
    const SigningKey &ours = ourKey();
    const SigningKey &theirs = theirKey();
    SignatureClaim keyless = signedBy(theirs);
    keyless.certificate = true;
    const auto altered = [](Image &made) {
        made.verdicts.push_back({"layer", "digest", VerdictState::Wrong, std::nullopt});
    };
    const auto keyed = [&](const char *name, ImagePtr made, std::vector<std::string> findings) {
        CheckCase one = row("IMG-SIGVERIFY", name, std::move(made), std::move(findings));
        one.keys = PublicKey::read(ours.publicPem(), "key").value();
        return one;
    };
    return {
        keyed("by another key", with({{"signature", "cosign", {signedBy(theirs)}}}), found("default")),
        keyed("with a certificate", with({{"signature", "cosign", {keyless}}}), found("keyless")),
        keyed("altered afterwards", with({{"signature", "cosign", {signedBy(ours)}}}, altered), found("altered")),
        keyed("by notation", with({{"signature", "application/jose+json"}}), found("not-verifiable")),
        keyed("by our key", with({{"signature", "cosign", {signedBy(ours)}}}), {}),
        keyed("by both", with({{"signature", "cosign", {signedBy(theirs), signedBy(ours)}}}), {}),
        keyed("not signed", with({}), {}),
        keyed("an attestation by another key",
            with({{"attestation", "https://slsa.dev/provenance/v1", {signedBy(theirs)}},
                {"signature", "cosign", {signedBy(ours)}}}),
            {}),
    };
}

} // namespace

std::vector<CheckCase> imageSignatureCases()
{
    std::vector<CheckCase> all = presenceCases();
    const std::vector<CheckCase> keyed = keyCases();
    all.insert(all.end(), keyed.begin(), keyed.end());
    return all;
}

} // namespace tally::test
