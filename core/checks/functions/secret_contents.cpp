// SPDX-License-Identifier: Apache-2.0
#include "core/base/text_format.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/times.h"
#include "core/document/secret_facts.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <utility>

namespace tally::checks {

namespace {

constexpr std::int64_t warningTime = 30 * secondsOfDay;

using SecretName = std::pair<std::string_view, std::string_view>; ///< namespace, name

std::string dateOf(std::int64_t seconds)
{
    return rfc3339(seconds).substr(0, std::string_view("2026-01-01").size());
}

/// A quarter of its life, for certificates that are made to live for hours or days.
bool endsSoon(const CertificateFacts &certificate, std::int64_t now)
{
    const std::int64_t quarter = (certificate.notAfter - certificate.notBefore) / 4;
    return certificate.notAfter - now < std::min(warningTime, quarter);
}

bool isWeak(const CertificateFacts &certificate)
{
    constexpr int shortestRsa = 2048;
    constexpr int shortestCurve = 224;
    std::string signature = certificate.signature;
    std::ranges::transform(
        signature, signature.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; });
    const bool isOldDigest = signature.find("sha1") != std::string::npos || signature.find("md5") != std::string::npos;
    const bool isShort = certificate.keyBits > 0
        && ((certificate.keyType == "RSA" && certificate.keyBits < shortestRsa)
            || (certificate.keyType == "EC" && certificate.keyBits < shortestCurve));
    return isOldDigest || isShort;
}

/// RFC 3339 in UTC, as Kubernetes writes times: compared as text, which sorts like the time.
bool isBefore(std::string_view time, std::int64_t seconds)
{
    return time < rfc3339(seconds);
}

void lookAtCertificate(CheckContext &context, std::size_t secret, Node entry, const CertificateFacts &certificate)
{
    const std::int64_t now = context.prepared().now();
    Draft draft
        = context.onObject(secret, "data." + std::string(entry.key()))
              .with(std::string(entry.key()))
              .with(dateOf(certificate.notAfter))
              .with(certificate.keyType + ' ' + std::to_string(certificate.keyBits) + ", " + certificate.signature);
    draft.node = entry;
    if (certificate.notAfter < now)
        context.add(std::move(draft));
    else if (endsSoon(certificate, now))
        context.add(std::move(draft.as("soon")));
    else if (isWeak(certificate))
        context.add(std::move(draft.as("weak")));
}

/// Of certificates whose Secret is not there or could not be read, cert-manager says how long they live.
void lookAtManaged(CheckContext &context, const std::set<SecretName> &readable)
{
    const std::int64_t now = context.prepared().now();
    for (const std::size_t index : context.prepared().ofKind("Certificate")) {
        const Object &object = context.object(index);
        const Node notAfter = object.root.at({"status", "notAfter"});
        if (object.group() != "cert-manager.io" || notAfter.text().empty()
            || readable.contains({object.namespaceName, object.root.at({"spec", "secretName"}).text()}))
            continue;
        const bool hasEnded = isBefore(notAfter.text(), now);
        if (!hasEnded && !isBefore(notAfter.text(), now + warningTime / 4))
            continue;
        Draft draft = context.onObject(index, "status.notAfter")
                          .with(std::string(object.root.at({"spec", "secretName"}).text()))
                          .with(std::string(notAfter.text().substr(0, notAfter.text().find('T'))))
                          .with("");
        context.add(std::move(draft.as(hasEnded ? "default" : "soon")));
    }
}

void addUnread(CheckContext &context, std::vector<std::size_t> objects, std::string_view field)
{
    if (objects.empty())
        return;
    Draft draft = context.onCluster().with("").with(std::to_string(objects.size())).as("unread");
    draft.field = field;
    draft.also = std::move(objects);
    context.add(std::move(draft));
}

} // namespace

void secretCertificate(CheckContext &context)
{
    std::set<SecretName> readable;
    std::vector<std::size_t> unread;
    for (const std::size_t index : context.prepared().ofKind("Secret")) {
        const Object &secret = context.object(index);
        if (secret.root["type"].text() != "kubernetes.io/tls")
            continue;
        const Node entry
            = secret.root["data"]["tls.crt"] ? secret.root["data"]["tls.crt"] : secret.root["stringData"]["tls.crt"];
        const auto certificate = entry.isMasked() ? certificateBehind(entry.text()) : std::nullopt;
        if (!certificate) {
            unread.push_back(index);
            continue;
        }
        readable.insert({secret.namespaceName, secret.name});
        lookAtCertificate(context, index, entry, *certificate);
    }
    lookAtManaged(context, readable);
    addUnread(context, std::move(unread), "data.tls.crt");
}

void helmValues(CheckContext &context)
{
    struct Revision
    {
        std::size_t object = 0;
        std::int64_t number = -1;
        HelmFacts facts;
    };
    std::map<SecretName, std::vector<Revision>> releases;
    std::vector<std::size_t> unread;
    for (const std::size_t index : context.prepared().ofKind("Secret")) {
        const Object &secret = context.object(index);
        if (secret.root["type"].text() != "helm.sh/release.v1")
            continue;
        const Node entry = secret.root["data"]["release"];
        auto facts = entry.isMasked() ? helmReleaseBehind(entry.text()) : std::nullopt;
        if (!facts) {
            unread.push_back(index);
            continue;
        }
        // "sh.helm.release.v1.<name>.v<revision>"; a name may hold dots.
        constexpr std::string_view prefix = "sh.helm.release.v1.";
        std::string_view name = secret.name.starts_with(prefix) ? secret.name.substr(prefix.size()) : secret.name;
        const std::size_t end = name.rfind(".v");
        std::int64_t number = 0;
        if (end != std::string_view::npos)
            std::from_chars(name.data() + end + 2, name.data() + name.size(), number);
        name = name.substr(0, end);
        if (facts->credentials > 0)
            releases[{secret.namespaceName, name}].push_back({index, number, std::move(*facts)});
    }
    for (auto &[name, revisions] : releases) {
        const auto last = std::ranges::max_element(revisions, {}, &Revision::number);
        Draft draft = context.onObject(last->object, "data.release")
                          .with(std::string(name.second))
                          .with(last->facts.chart)
                          .with(joined(last->facts.places))
                          .with(std::to_string(last->facts.credentials));
        for (const Revision &revision : revisions)
            draft.also.push_back(revision.object);
        context.add(std::move(draft));
    }
    addUnread(context, std::move(unread), "data.release");
}

} // namespace tally::checks
