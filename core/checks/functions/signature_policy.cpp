// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/checks/functions/functions.h"
#include "core/checks/image_reference.h"
#include "core/checks/selection.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace tally::checks {

namespace {

/// Something in the cluster that verifies signatures before images start.
struct Verifier
{
    std::string name;
    std::string namespaceName; ///< acts only there; "" everywhere
    bool enforced = false;
    bool all = false;                  ///< which images it covers cannot be told: all of them
    bool labelledNamespaces = false;   ///< acts only where a namespace has opted in
    std::vector<std::string> globs;    ///< "*" any run of characters, "?" one
    std::vector<std::string> prefixes; ///< of references
};

/// O(text * pattern): both are hostile.
bool matchesGlob(std::string_view text, std::string_view pattern)
{
    std::size_t t = 0;
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++t;
            ++p;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

void takeTexts(Node list, std::vector<std::string> &texts)
{
    if (list.isScalar() && !list.text().empty())
        texts.emplace_back(list.text());
    for (const Node item : list)
        texts.emplace_back(item.text());
}

/// ClusterPolicy and Policy of kyverno.io, as far as they verify images.
bool readKyverno(Node spec, Verifier &verifier)
{
    bool verifies = false;
    verifier.enforced = sameIgnoringCase(spec["validationFailureAction"].text(), "enforce");
    for (const Node rule : spec["rules"]) {
        if (rule["verifyImages"].size() == 0)
            continue;
        verifies = true;
        verifier.enforced
            = verifier.enforced || sameIgnoringCase(rule.at({"validate", "failureAction"}).text(), "enforce");
        for (const Node entry : rule["verifyImages"]) {
            verifier.enforced = verifier.enforced || sameIgnoringCase(entry["failureAction"].text(), "enforce");
            takeTexts(entry["imageReferences"], verifier.globs);
            takeTexts(entry["image"], verifier.globs);
        }
    }
    return verifies;
}

bool readPolicyObject(const Object &object, Verifier &verifier)
{
    const Node spec = object.root["spec"];
    const std::string_view group = object.group();
    verifier.name = objectLabel(object);
    verifier.namespaceName = object.namespaceName;
    if (group == "kyverno.io" && (object.kind == "ClusterPolicy" || object.kind == "Policy"))
        return readKyverno(spec, verifier);
    if (group == "policies.kyverno.io" && object.kind == "ImageValidatingPolicy") {
        for (const Node action : spec["validationActions"])
            verifier.enforced = verifier.enforced || sameIgnoringCase(action.text(), "deny");
        for (const Node reference : spec["matchImageReferences"])
            takeTexts(reference["glob"], verifier.globs);
        return true;
    }
    if (group == "policy.sigstore.dev" && object.kind == "ClusterImagePolicy") {
        verifier.enforced = spec["mode"].text() != "warn";
        verifier.labelledNamespaces = true;
        for (const Node image : spec["images"])
            takeTexts(image["glob"], verifier.globs);
        return true;
    }
    if (group == "config.openshift.io" && (object.kind == "ClusterImagePolicy" || object.kind == "ImagePolicy")) {
        verifier.enforced = true;
        takeTexts(spec["scopes"], verifier.prefixes);
        return true;
    }
    return false;
}

bool namesVerifier(std::string_view name)
{
    constexpr std::array<std::string_view, 4> names{"connaisseur", "ratify", "portieris", "image-policy"};
    return std::ranges::any_of(
        names, [&](std::string_view known) { return name.find(known) != std::string_view::npos; });
}

bool readWebhooks(const Object &object, Verifier &verifier)
{
    bool verifies = false;
    for (const Node webhook : object.root["webhooks"]) {
        if (!namesVerifier(webhook.at({"clientConfig", "service", "name"}).text())
            && !namesVerifier(webhook["name"].text()))
            continue;
        verifies = true;
        verifier.enforced = verifier.enforced || webhook["failurePolicy"].text() == "Fail";
    }
    verifier.name = objectLabel(object);
    verifier.all = true;
    return verifies;
}

std::vector<Verifier> verifiersOf(const CheckContext &context)
{
    std::vector<Verifier> found;
    for (const std::string_view kind :
        {"ClusterPolicy", "Policy", "ImageValidatingPolicy", "ClusterImagePolicy", "ImagePolicy"}) {
        for (const std::size_t index : context.prepared().ofKind(kind)) {
            Verifier verifier;
            if (readPolicyObject(context.object(index), verifier))
                found.push_back(std::move(verifier));
        }
    }
    for (const std::string_view kind : {"ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"}) {
        for (const std::size_t index : context.prepared().ofKind(kind)) {
            Verifier verifier;
            if (readWebhooks(context.object(index), verifier))
                found.push_back(std::move(verifier));
        }
    }
    return found;
}

/// An image in use: where it runs decides which policies see it.
struct Use
{
    std::string reference; // normalised
    std::string written;
    std::string repository;
    std::string_view namespaceName;
    std::size_t object; // of the outermost workload
};

std::vector<Use> imagesInUse(const CheckContext &context)
{
    std::vector<Use> uses;
    for (const CheckedWorkload &workload : context.workloads()) {
        const Object &object = context.prepared().object(workload);
        for (const Container &container : workload.view.containers) {
            if (container.image.empty() || workload.dormant)
                continue;
            const ImageReference reference = parseImageReference(container.image);
            uses.push_back({reference.text(), std::string(container.image), reference.repository, object.namespaceName,
                context.workloads()[workload.top].view.object});
        }
    }
    return uses;
}

bool covers(const CheckContext &context, const Verifier &verifier, const Use &use)
{
    if (!verifier.enforced)
        return false;
    if (!verifier.namespaceName.empty() && verifier.namespaceName != use.namespaceName)
        return false;
    if (verifier.labelledNamespaces) {
        const int index = context.cluster()->find("Namespace", "", use.namespaceName);
        if (index < 0
            || context.object(static_cast<std::size_t>(index))
                    .root.at({"metadata", "labels", "policy.sigstore.dev/include"})
                    .text()
                != "true")
            return false;
    }
    return verifier.all || std::ranges::any_of(verifier.globs, [&](const std::string &glob) {
        return matchesGlob(use.reference, glob) || matchesGlob(use.written, glob);
    }) || std::ranges::any_of(verifier.prefixes, [&](const std::string &prefix) {
        return isBelowReference(use.reference, prefix);
    });
}

void addUncovered(CheckContext &context, const std::vector<Verifier> &verifiers, const std::vector<Use> &uses)
{
    std::map<std::string, std::set<std::size_t>> uncovered; // objects by repository
    for (const Use &use : uses) {
        if (std::ranges::none_of(verifiers, [&](const Verifier &verifier) { return covers(context, verifier, use); }))
            uncovered[use.repository].insert(use.object);
    }
    for (const auto &[repository, objects] : uncovered) {
        Draft draft = context.onCluster();
        draft.image = repository;
        draft.also.assign(objects.begin(), objects.end());
        context.add(std::move(draft.with(repository).as("not-covered")));
    }
}

} // namespace

void signaturePolicy(CheckContext &context)
{
    const std::vector<Use> uses = imagesInUse(context);
    std::set<std::string> different;
    for (const Use &use : uses)
        different.insert(use.reference);
    const std::vector<Verifier> verifiers = verifiersOf(context);
    if (std::ranges::any_of(verifiers, &Verifier::enforced))
        return addUncovered(context, verifiers, uses);
    Draft draft = context.onCluster().with(std::to_string(different.size()));
    if (!verifiers.empty()) {
        std::vector<std::string> names;
        names.reserve(verifiers.size());
        for (const Verifier &verifier : verifiers)
            names.push_back(verifier.name);
        draft.with(joined(names)).as("audit-only");
    } else if (holdsOnlySome(*context.cluster(), "CustomResourceDefinition")) {
        draft.as("selection");
    }
    if (!uses.empty())
        context.add(std::move(draft));
}

} // namespace tally::checks
