// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/secret_references.h"

#include <utility>

namespace tally::checks {

namespace {

class Collector
{
public:
    void addNode(SecretReference reference, Node source, std::string_view nameField)
    {
        reference.secret = source[nameField].text();
        reference.optional = reference.optional || source["optional"].isTrue();
        if (!reference.secret.empty())
            m_found.push_back(std::move(reference));
    }

    void addKeys(const SecretReference &reference, Node source, std::string_view nameField)
    {
        const Node items = source["items"];
        if (items.size() == 0)
            addNode(reference, source, nameField);
        for (const Node item : items) {
            SecretReference one = reference;
            one.key = item["key"].text();
            addNode(std::move(one), source, nameField);
        }
    }

    void lookAtContainer(int index, Node container)
    {
        std::size_t position = 0;
        for (const Node variable : container["env"]) {
            const std::size_t at = position++;
            if (const Node source = variable["valueFrom"]["secretKeyRef"]) // most have none
                addNode({SecretUse::Variable, {}, source["key"].text(), false, index,
                            indexed("env", at) + ".valueFrom.secretKeyRef", variable["name"].text()},
                    source, "name");
        }
        position = 0;
        for (const Node from : container["envFrom"]) {
            const std::size_t at = position++;
            if (const Node source = from["secretRef"])
                addNode({SecretUse::Environment, {}, {}, false, index, indexed("envFrom", at) + ".secretRef", {}},
                    source, "name");
        }
    }

    void lookAtVolumes(Node podSpec)
    {
        std::size_t position = 0;
        for (const Node volume : podSpec["volumes"]) {
            const std::string field = indexed("volumes", position++);
            if (const Node source = volume["secret"])
                addKeys({SecretUse::File, {}, {}, false, -1, field + ".secret", {}}, source, "secretName");
            std::size_t source = 0;
            for (const Node projected : volume["projected"]["sources"]) {
                const std::size_t at = source++;
                if (const Node secret = projected["secret"])
                    addKeys(
                        {SecretUse::File, {}, {}, false, -1, indexed(field + ".projected.sources", at) + ".secret", {}},
                        secret, "name");
            }
            for (const Node driver : volume) {
                for (const std::string_view member : {"secretRef", "nodePublishSecretRef"})
                    addNode({SecretUse::Other, {}, {}, false, -1, field, {}}, driver[member], "name");
                if (driver.key() == "azureFile")
                    addNode({SecretUse::Other, {}, {}, false, -1, field, {}}, driver, "secretName");
            }
        }
        position = 0;
        for (const Node pull : podSpec["imagePullSecrets"]) // one that is missing is no error
            addNode({SecretUse::Other, {}, {}, true, -1, indexed("imagePullSecrets", position++), {}}, pull, "name");
    }

    std::vector<SecretReference> take() { return std::move(m_found); }

private:
    std::vector<SecretReference> m_found;
};

} // namespace

std::vector<SecretReference> secretReferencesOf(const CheckedWorkload &workload)
{
    Collector collector;
    int index = 0;
    for (const Container &container : workload.view.containers)
        collector.lookAtContainer(index++, container.node);
    collector.lookAtVolumes(workload.view.podSpec);
    return collector.take();
}

} // namespace tally::checks
