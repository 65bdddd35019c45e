// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/checks/prepared.h"

#include <string>
#include <string_view>

namespace tally {

/// What fingerprints call things: the same in every export, whatever its files are called, after each rollout and for
/// each tag. All of them are pure and O(text).

/// The uid of kube-system; "" where the export does not hold it. Never the name of a file.
[[nodiscard]] std::string_view clusterKey(const Cluster &cluster);

/// Repository without tag and digest, in its familiar short form ("nginx" also for "docker.io/library/nginx"), the
/// first by name where there are several. An image without a name goes by what it calls itself, else by its
/// configuration.
[[nodiscard]] std::string imageKey(const Image &image);

/// A path or field in an image; an entry of its history ("History 3", "history[2]") goes by its command instead of its
/// number.
[[nodiscard]] std::string imagePlaceKey(const Image &image, std::string_view place);

/// What an object that is no workload is called. A summary of a log or a database has the name of its file, which says
/// nothing; kubeadm put the version into a name.
[[nodiscard]] SubjectName subjectOf(const Object &object);

/// The controller of the outermost workload of the export: by its reference, where that is another kind of Kubernetes;
/// else by the labels that the controllers of Kubernetes put on what they make, so that an export without references
/// names it, too; a Pod of any other controller by the name that it was generated from.
[[nodiscard]] SubjectName subjectOfWorkload(const Object &top);

/// Kind and name of what stands above a controller that is not in the export, from its name and the labels of what it
/// made: the Deployment of a ReplicaSet, the CronJob of a Job. Kind and name themselves where there is no more to say.
struct KindAndName
{
    std::string kind;
    std::string name;
};
[[nodiscard]] KindAndName aboveController(std::string_view kind, std::string_view name, Node labels);

/// The ownerReference with controller=true; none: absent.
[[nodiscard]] Node controllerReference(const Object &object);

} // namespace tally
