// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/kind_references.h"

#include "core/cluster/known_kinds.h"

#include <optional>
#include <string_view>

namespace tally {

namespace {

std::string_view groupOf(std::string_view apiVersion)
{
    const std::size_t slash = apiVersion.find('/');
    return slash == std::string_view::npos ? std::string_view() : apiVersion.substr(0, slash);
}

class References
{
public:
    explicit References(const Cluster &cluster)
        : m_cluster(cluster)
    {
    }

    std::map<std::pair<std::string, std::string>, KindReference> take()
    {
        for (m_object = 0; m_object < m_cluster.objects.size(); ++m_object) {
            const Object &object = m_cluster.objects[m_object];
            readAny(object);
            readByKind(object);
            if (const std::optional<Workload> workload = workloadOf(m_cluster, m_object))
                readWorkload(*workload);
        }
        return std::move(m_found);
    }

private:
    void add(std::string_view kind, std::string_view group, std::string field)
    {
        if (!kind.empty())
            m_found.try_emplace(
                {std::string(kind), std::string(currentGroup(kind, group))}, KindReference{m_object, std::move(field)});
    }

    void addKnown(std::string_view kind, std::string field)
    {
        if (const KnownKind *known = knownKind(kind))
            add(kind, known->group, std::move(field));
    }

    void addIfNamed(Node name, std::string_view kind, std::string field)
    {
        if (!name.text().empty())
            addKnown(kind, std::move(field));
    }

    /// {kind, name, apiVersion or apiGroup or group}
    void addTyped(Node reference, std::string field)
    {
        const std::string_view kind = reference["kind"].text();
        if (kind.empty() || reference["name"].text().empty())
            return;
        for (const std::string_view key : {"apiGroup", "group"}) {
            if (reference[key]) {
                add(kind, reference[key].text(), std::move(field));
                return;
            }
        }
        if (reference["apiVersion"])
            add(kind, groupOf(reference["apiVersion"].text()), std::move(field));
        else
            addKnown(kind, std::move(field));
    }

    static std::string item(std::string_view list, std::size_t position, std::string_view rest = {})
    {
        return std::string(list) + '[' + std::to_string(position) + ']' + std::string(rest);
    }

    void readAny(const Object &object)
    {
        std::size_t position = 0;
        for (const Node owner : object.root.at({"metadata", "ownerReferences"}))
            addTyped(owner, item("metadata.ownerReferences", position++));
        const KnownKind *known = knownKind(object.kind, object.group());
        if (known != nullptr && known->origin == KindOrigin::Custom && !object.fromRelease)
            addKnown("CustomResourceDefinition", "apiVersion");
    }

    void readByKind(const Object &object)
    {
        const Node spec = object.root["spec"];
        if (object.kind == "Event") {
            addTyped(object.root["involvedObject"], "involvedObject");
            addTyped(object.root["regarding"], "regarding");
        } else if (object.kind == "PersistentVolumeClaim") {
            addIfNamed(spec["volumeName"], "PersistentVolume", "spec.volumeName");
            for (const std::string_view key :
                {"volume.kubernetes.io/storage-provisioner", "volume.beta.kubernetes.io/storage-provisioner"})
                addIfNamed(object.root.at({"metadata", "annotations"})[key], "StorageClass",
                    "metadata.annotations." + std::string(key));
        } else if (object.kind == "PersistentVolume") {
            addTyped(spec["claimRef"], "spec.claimRef");
        } else if (object.kind == "ServiceAccount") {
            for (const std::string_view list : {"secrets", "imagePullSecrets"})
                addIfNamed(object.root[list].item(0)["name"], "Secret", item(list, 0));
        } else if (object.kind == "Ingress") {
            addIfNamed(spec["tls"].item(0)["secretName"], "Secret", "spec.tls[0].secretName");
            addIfNamed(spec["ingressClassName"], "IngressClass", "spec.ingressClassName");
        } else if (object.kind == "RoleBinding" || object.kind == "ClusterRoleBinding") {
            addTyped(object.root["roleRef"], "roleRef");
        } else if (object.kind == "HorizontalPodAutoscaler") {
            addTyped(spec["scaleTargetRef"], "spec.scaleTargetRef");
        } else if (object.kind == "HTTPRoute" || object.kind == "GRPCRoute" || object.kind == "TLSRoute") {
            if (!spec["parentRefs"].item(0)["name"].text().empty() && !spec["parentRefs"].item(0)["kind"])
                add("Gateway", "gateway.networking.k8s.io", "spec.parentRefs[0]");
        } else if (object.kind == "Gateway" && object.group() == "gateway.networking.k8s.io") {
            if (!spec["gatewayClassName"].text().empty())
                add("GatewayClass", "gateway.networking.k8s.io", "spec.gatewayClassName");
        }
    }

    void readWorkload(const Workload &workload)
    {
        const Node spec = workload.podSpec;
        const std::string &at = workload.specField;
        // Admission refuses pods without it.
        addIfNamed(spec["runtimeClassName"], "RuntimeClass", at + ".runtimeClassName");
        addIfNamed(spec["imagePullSecrets"].item(0)["name"], "Secret", at + ".imagePullSecrets[0]");
        const Node annotations = workload.podMetadata["annotations"];
        addIfNamed(
            annotations["kubernetes.io/limit-ranger"], "LimitRange", "metadata.annotations.kubernetes.io/limit-ranger");
        addIfNamed(annotations["kubernetes.io/psp"], "PodSecurityPolicy", "metadata.annotations.kubernetes.io/psp");
        std::size_t position = 0;
        for (const Node volume : spec["volumes"])
            readVolume(volume, item(at + ".volumes", position++));
        for (const Container &container : workload.containers) {
            position = 0;
            for (const Node from : container.node["envFrom"])
                addNeeded(from["secretRef"], "name", item(container.field + ".envFrom", position++, ".secretRef"));
            position = 0;
            for (const Node entry : container.node["env"])
                addNeeded(entry.at({"valueFrom", "secretKeyRef"}), "name",
                    item(container.field + ".env", position++, ".valueFrom.secretKeyRef"));
        }
    }

    void readVolume(Node volume, const std::string &at)
    {
        addNeeded(volume["secret"], "secretName", at + ".secret");
        addIfNamed(
            volume["persistentVolumeClaim"]["claimName"], "PersistentVolumeClaim", at + ".persistentVolumeClaim");
        std::size_t position = 0;
        for (const Node source : volume["projected"]["sources"])
            addNeeded(source["secret"], "name", item(at + ".projected.sources", position++, ".secret"));
    }

    void addNeeded(Node secret, std::string_view nameKey, std::string field)
    {
        if (!secret["optional"].isTrue())
            addIfNamed(secret[nameKey], "Secret", std::move(field));
    }

    const Cluster &m_cluster;
    std::size_t m_object = 0;
    std::map<std::pair<std::string, std::string>, KindReference> m_found;
};

} // namespace

std::map<std::pair<std::string, std::string>, KindReference> kindReferences(const Cluster &cluster)
{
    return References(cluster).take();
}

} // namespace tally
