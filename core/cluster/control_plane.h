// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"
#include "core/document/document.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// A flag of a program as it was started: "--authorization-mode=Node,RBAC".
struct ProgramFlag
{
    std::string name;  ///< "authorization-mode"
    std::string value; ///< "true" where a flag stands alone; as masked where it was a secret
    Node node;
    std::string field; ///< from the object's root: "spec.containers[0].command[4]"
};

/// One run of a program of the control plane, out of its static pod: the pod's manifest or the mirror pod that the
/// kubelet shows in the API.
struct ProgramRun
{
    std::size_t object = 0; ///< index into Cluster::objects
    std::string_view container;
    std::string_view nodeName; ///< "" in manifests
    std::vector<ProgramFlag> flags;
    /// Flags that do not stand here may be set elsewhere: a configuration file, a variable of a start script.
    bool partly = false;
    Node node; ///< the command
    std::string field;

    /// The last one of that name, which is the one that counts; null if there is none.
    [[nodiscard]] const ProgramFlag *find(std::string_view name) const;
    /// Values of all flags of that name, joined by commas: flags that take lists add up.
    [[nodiscard]] std::string list(std::string_view name) const;
};

/// The runs of "kube-apiserver", "kube-controller-manager", "kube-scheduler" or "etcd", in input order. Read from
/// `command` and `args`, also through a shell that starts the program (OpenShift, kops), and for etcd from its
/// environment. Only pods that the kubelet itself runs count, in kube-system and OpenShift's namespaces: a program of
/// that name in a Deployment belongs to another cluster. O(objects).
[[nodiscard]] std::vector<ProgramRun> programRuns(const Cluster &cluster, std::string_view program);

/// The configuration file of a program of the nodes: an object of its own (configz of nodes, files of nodes), or text
/// in the ConfigMap by which kubeadm hands it to all nodes.
struct ComponentFile
{
    std::size_t object = 0;
    Node root;                                ///< the KubeletConfiguration or KubeProxyConfiguration
    std::string field;                        ///< where it stands in the object: "" or "data.kubelet"
    Node text;                                ///< the entry where it stands as text inside a ConfigMap; else absent
    std::shared_ptr<const Document> document; ///< owns root where it stands as text inside a ConfigMap; else null
};

/// KubeletConfiguration objects. Without any, kubeadm's ConfigMap kube-system/kubelet-config. O(objects).
[[nodiscard]] std::vector<ComponentFile> kubeletSettings(const Cluster &cluster);

/// KubeProxyConfiguration objects. Without any, those in the ConfigMaps kube-system/kube-proxy (kubeadm, AKS) and
/// kube-proxy-config (EKS). O(objects).
[[nodiscard]] std::vector<ComponentFile> kubeProxySettings(const Cluster &cluster);

} // namespace tally
