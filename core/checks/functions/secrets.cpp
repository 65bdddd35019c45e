// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/checks/functions/functions.h"
#include "core/cluster/rbac.h"
#include "core/document/secret_rules.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace tally::checks {

namespace {

constexpr std::string_view lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/// Masking left nothing of the text beside its mark "‹masked: 24 characters›".
bool isWhollyMasked(Node node)
{
    const std::string mark = maskedText(1);
    const std::string_view begin = std::string_view(mark).substr(0, mark.find('1'));
    constexpr std::string_view end = "›";
    const std::string_view text = node.text();
    return node.isMasked() && text.starts_with(begin) && text.find(end) == text.size() - end.size();
}

/// Of "https://user:‹masked›@host" only the password is masked, but the whole has the form of a credential.
bool isUrlPassword(Node node)
{
    const std::string_view text = node.text();
    const std::size_t mark = text.find("‹");
    return mark != std::string_view::npos && text.substr(0, mark).find("://") != std::string_view::npos
        && text.find("›@", mark) != std::string_view::npos;
}

/// Characters of what masking replaced, where that is the whole text; else 0.
std::size_t maskedLength(Node node)
{
    if (!isWhollyMasked(node))
        return 0;
    const std::string mark = maskedText(1);
    const std::string_view digits = node.text().substr(mark.find('1'));
    std::size_t length = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), length);
    return length;
}

/// "client-secret-hash": tells that something has changed, not what it is. The name says so, and the length is that of
/// a digest or a counter: of 32 bits in base64 or decimal digits, MD5, SHA-1, SHA-2 in hex or base64, "sha256:" in
/// front. What is derived from a password is no such thing: it can be guessed.
bool isHashOfSomething(std::string_view name, Node value)
{
    constexpr std::array<std::string_view, 6> words{"hash", "checksum", "digest", "revision", "generation", "sha"};
    constexpr std::array<std::size_t, 14> lengths{8, 10, 16, 32, 40, 43, 44, 56, 64, 71, 86, 88, 96, 128};
    constexpr std::string_view dependency = "operator.openshift.io/dep-"; // of an operator on a Secret: library-go
    std::string lower = lowered(name);
    lower.resize(lower.find_last_not_of("0123456789-_.") + 1);
    const bool says = name.starts_with(dependency)
        || (std::ranges::any_of(words, [&](std::string_view word) { return lower.ends_with(word); })
            && lower.find("pass") == std::string::npos && lower.find("pwd") == std::string::npos);
    const std::size_t length = says ? maskedLength(value) : 0;
    return std::ranges::find(lengths, length) != lengths.end();
}

bool isCredential(Node variable)
{
    return variable["value"].isMasked() && !isHashOfSomething(variable["name"].text(), variable["value"]);
}

void lookAtEnv(CheckContext &context, const CheckedWorkload &workload, const Container &container)
{
    std::size_t index = 0;
    for (const Node variable : container.node["env"]) {
        const std::string field = indexed("env", index++) + ".value";
        if (!isCredential(variable))
            continue;
        const std::string_view name = variable["name"].text();
        Draft draft = context.onContainer(workload, container, field).with(std::string(name));
        if (!nameAnnouncesSecret(name))
            draft.as(isWhollyMasked(variable["value"]) || isUrlPassword(variable["value"]) ? "form" : "inside");
        context.add(std::move(draft));
    }
}

/// "--password" of "--password=‹masked›" and of "--password" "‹masked›"; else the element's index.
std::string argumentName(Node before, Node element, std::size_t index)
{
    const std::string_view text = element.text();
    if (text.starts_with('-') && text.find('=') != std::string_view::npos)
        return std::string(text.substr(0, text.find('=')));
    if (isWhollyMasked(element) && before.text().starts_with('-') && before.text().find(' ') == std::string_view::npos)
        return std::string(before.text());
    return std::to_string(index);
}

void lookAtCommand(CheckContext &context, const CheckedWorkload &workload, const Container &container)
{
    Node before;
    for (const std::string_view list : {"command", "args"}) {
        std::size_t index = 0;
        for (const Node element : container.node[list]) {
            if (element.isMasked())
                context.add(context.onContainer(workload, container, indexed(list, index))
                                .with(argumentName(before, element, index))
                                .as("argument"));
            before = element;
            ++index;
        }
    }
}

bool hasMaskedPlace(const CheckedWorkload &workload)
{
    return std::ranges::any_of(workload.view.containers, [](const Container &container) {
        const Node env = container.node["env"];
        return std::any_of(env.begin(), env.end(), [](const Node &variable) { return isCredential(variable); })
            || std::ranges::any_of(
                std::initializer_list<std::string_view>{"command", "args"}, [&](std::string_view list) {
                    const Node elements = container.node[list];
                    return std::any_of(
                        elements.begin(), elements.end(), [](const Node &element) { return element.isMasked(); });
                });
    });
}

void lookAtAnnotations(CheckContext &context, const CheckedWorkload &workload)
{
    const Node ofObject = context.prepared().object(workload).root.at({"metadata", "annotations"});
    const Node ofPod = workload.view.podMetadata["annotations"];
    const auto look = [&](Node annotation, bool isOfPod) {
        if (!annotation.isMasked() || annotation.key() == lastApplied
            || isHashOfSomething(annotation.key(), annotation))
            return false;
        const std::string field = "metadata.annotations." + std::string(annotation.key());
        Draft draft = isOfPod ? context.onPod(workload, field) : context.onObject(workload.view.object, field);
        draft.node = annotation;
        const bool whole = isWhollyMasked(annotation) || isUrlPassword(annotation);
        draft.with("").with(std::string(annotation.key())).as(whole ? "annotation" : "annotation-inside");
        context.add(std::move(draft));
        return true;
    };
    bool found = hasMaskedPlace(workload);
    for (const Node annotation : ofPod)
        found = look(annotation, true) || found;
    if (ofObject != ofPod) {
        for (const Node annotation : ofObject)
            found = look(annotation, false) || found;
    }
    const Node applied = ofObject[lastApplied];
    if (!found && applied.isMasked()) {
        Draft draft = context.onObject(workload.view.object, "metadata.annotations." + std::string(lastApplied));
        draft.node = applied;
        context.add(std::move(draft.with("").with(std::string(lastApplied)).as("annotation-inside")));
    }
}

} // namespace

void credentialInManifest(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        for (const Container &container : workload.view.containers) {
            lookAtEnv(context, workload, container);
            lookAtCommand(context, workload, container);
        }
        lookAtAnnotations(context, workload);
    }
}

void credentialInConfigMap(CheckContext &context)
{
    for (const std::size_t index : context.prepared().ofKind("ConfigMap")) {
        const Object &object = context.object(index);
        if (object.name == "kube-root-ca.crt" || object.name == "openshift-service-ca.crt")
            continue;
        for (const std::string_view map : {"data", "binaryData"}) {
            for (const Node entry : object.root[map]) {
                if (!entry.isMasked())
                    continue;
                const std::string key(entry.key());
                Draft draft = context.onObject(index, std::string(map) + '.' + key).with(key);
                draft.node = entry;
                if (!isWhollyMasked(entry))
                    draft.as("inside");
                context.add(std::move(draft));
            }
        }
    }
}

void defaultAccountBound(CheckContext &context)
{
    const Rbac &rbac = context.prepared().rbac();
    for (const RbacBinding &binding : rbac.bindings()) {
        if (context.object(binding.object).name == "system:service-account-issuer-discovery")
            continue;
        for (const RbacSubject &subject : binding.subjects) {
            const bool isDefault = subject.kind == SubjectKind::ServiceAccount && subject.name == "default";
            if (!isDefault && !subject.isServiceAccountGroup())
                continue;
            Draft draft = context.onObject(binding.object, indexed("subjects", subject.index));
            if (isDefault)
                draft.with(std::string(subject.namespaceName) + "/default");
            else
                draft.with(std::string(subject.name)).as("group");
            context.add(std::move(draft.with(binding.roleLabel())));
        }
    }
}

void tokenAutomount(CheckContext &context)
{
    const Rbac &rbac = context.prepared().rbac();
    for (const CheckedWorkload &workload : context.share()) {
        const Node spec = workload.view.podSpec;
        const Node ofPod = spec["automountServiceAccountToken"];
        if (workload.mirror || ofPod.isFalse())
            continue;
        const std::string_view namespaceName = context.prepared().object(workload).namespaceName;
        std::string_view account = spec["serviceAccountName"].text();
        if (account.empty())
            account = spec["serviceAccount"].text(); // its former name
        if (account.empty())
            account = "default";
        if (ofPod.isNull()) {
            const int object = context.cluster()->find("ServiceAccount", namespaceName, account);
            if (object >= 0
                && context.object(static_cast<std::size_t>(object)).root["automountServiceAccountToken"].isFalse())
                continue;
        }
        if (!rbac.isBound(namespaceName, account))
            context.add(context.onPod(workload, "automountServiceAccountToken").with(std::string(account)));
    }
}

} // namespace tally::checks
