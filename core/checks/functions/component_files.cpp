// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"

#include <algorithm>
#include <array>

namespace tally::checks {

namespace {

std::string labelOf(const Object &object)
{
    return object.name.empty() ? std::string(object.kind) + " (" + std::string(object.file) + ')' : objectLabel(object);
}

bool coversSecrets(Node resources)
{
    return std::ranges::any_of(resources, [](Node resource) {
        return resource.text() == "secrets" || resource.text() == "*." || resource.text() == "*.*";
    });
}

/// The variant that a provider is reported as; "" for one that is right.
std::string_view verdictOn(Node provider)
{
    if (!provider["identity"].exists())
        return provider["aescbc"].exists()                      ? "aescbc"
            : provider.at({"kms", "apiVersion"}).text() == "v1" ? "kms-v1"
                                                                : "";
    return "default";
}

} // namespace

/// The first entry that covers Secrets counts, and of its providers the first: with it new Secrets are written.
void encryptionProvider(CheckContext &context)
{
    for (const std::size_t index : context.prepared().ofKind("EncryptionConfiguration")) {
        const Object &object = context.object(index);
        std::size_t position = 0;
        bool covered = false;
        for (const Node entry : object.root["resources"]) {
            const std::string field = "resources[" + std::to_string(position++) + "].providers[0]";
            if (covered || !coversSecrets(entry["resources"]))
                continue;
            covered = true;
            const Node first = entry["providers"].item(0);
            if (const std::string_view variant = verdictOn(first); first && !variant.empty()) {
                Draft draft = context.onObject(index, field);
                draft.args = {labelOf(object)};
                draft.node = first;
                context.add(std::move(draft.as(variant)));
            }
        }
        if (!covered) {
            Draft draft = context.onObject(index, "resources");
            draft.args = {labelOf(object)};
            context.add(std::move(draft.as("no-secrets")));
        }
    }
}

namespace {

/// Something that an audit policy has to record, with the words that speak of it in a rule.
struct Topic
{
    std::string_view name; ///< as the reader is told
    std::string_view group;
    std::string_view resource;
    std::string_view verb;
};

// SYS.1.6.A16 (access to containers), A24; APP.4.4.A3: who did what with rights and credentials.
constexpr std::array topics = {
    Topic{"pods/exec", "", "pods/exec", "create"},
    Topic{"pods/attach", "", "pods/attach", "create"},
    Topic{"pods/portforward", "", "pods/portforward", "create"},
    Topic{"pods", "", "pods", "create"},
    Topic{"secrets", "", "secrets", "get"},
    Topic{"rolebindings", "rbac.authorization.k8s.io", "rolebindings", "create"},
    Topic{"clusterrolebindings", "rbac.authorization.k8s.io", "clusterrolebindings", "create"},
};

bool names(Node list, std::string_view wanted)
{
    return list.size() == 0
        || std::ranges::any_of(list, [&](Node item) { return item.text() == wanted || item.text() == "*"; });
}

bool namesResource(Node list, std::string_view wanted)
{
    if (list.size() == 0)
        return true;
    const std::size_t slash = wanted.find('/');
    return std::ranges::any_of(list, [&](Node item) {
        const std::string_view text = item.text();
        if (text == wanted || text == "*")
            return true;
        return slash != std::string_view::npos
            && (text == "*" + std::string(wanted.substr(slash)) || text == std::string(wanted.substr(0, slash)) + "/*");
    });
}

/// Is the rule about the topic, whoever does it and wherever? Rules for some people or namespaces only are passed over.
bool isAbout(Node rule, const Topic &topic)
{
    if (rule["users"].size() > 0 || rule["userGroups"].size() > 0 || rule["namespaces"].size() > 0)
        return false;
    if (!names(rule["verbs"], topic.verb))
        return false;
    const Node resources = rule["resources"];
    if (resources.size() == 0)
        return rule["nonResourceURLs"].size() == 0;
    return std::ranges::any_of(resources, [&](Node entry) {
        return entry["group"].text() == topic.group && entry["resourceNames"].size() == 0
            && namesResource(entry["resources"], topic.resource);
    });
}

/// The first rule that fits decides; without one nothing is recorded.
bool isRecorded(Node policy, const Topic &topic)
{
    for (const Node rule : policy["rules"]) {
        if (isAbout(rule, topic))
            return rule["level"].text() != "None";
    }
    return false;
}

} // namespace

void auditPolicyContent(CheckContext &context)
{
    for (const std::size_t index : context.prepared().ofKind("Policy")) {
        const Object &object = context.object(index);
        if (object.group() != "audit.k8s.io")
            continue;
        std::vector<std::string> missing;
        for (const Topic &topic : topics) {
            if (!isRecorded(object.root, topic))
                missing.emplace_back(topic.name);
        }
        if (missing.empty())
            continue;
        Draft draft = context.onObject(index, "rules");
        draft.args = {labelOf(object)};
        context.add(std::move(draft.with(joined(missing))));
    }
}

} // namespace tally::checks
