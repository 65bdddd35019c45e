// SPDX-License-Identifier: Apache-2.0
#include "core/checks/functions/functions.h"
#include "core/checks/functions/known_watchers.h"
#include "core/checks/functions/start_commands.h"
#include "core/checks/functions/times.h"
#include "core/checks/selection.h"
#include "core/cluster/control_plane.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace tally::checks {

namespace {

constexpr std::string_view veleroGroup = "velero.io";

/// "etcdctl snapshot save": a job of one's own.
bool savesEtcd(const CheckedWorkload &workload)
{
    if (workload.sameAs != workload.index)
        return false; // as the other one says
    return std::ranges::any_of(workload.view.containers, [](const Container &container) {
        return std::ranges::any_of(startCommands(container), [](const StartCommand &command) {
            return command.program() == "etcdctl" && contains(command.words, "snapshot")
                && contains(command.words, "save");
        });
    });
}

std::vector<std::size_t> ofVelero(const CheckContext &context, std::string_view kind)
{
    std::vector<std::size_t> found;
    for (const std::size_t index : context.prepared().ofKind(kind)) {
        if (context.object(index).group() == veleroGroup)
            found.push_back(index);
    }
    return found;
}

/// What a schedule of Velero leaves out; empty: nothing that it says.
std::vector<std::string> leftOut(Node spec)
{
    std::vector<std::string> found;
    const Node sample = spec["template"];
    const auto list = [&](std::string_view field) {
        std::vector<std::string> names;
        for (const Node name : sample[field])
            names.emplace_back(name.text());
        if (!names.empty() && !contains(names, "*"))
            found.push_back(std::string(field) + ": " + joinedSome(names));
    };
    list("includedNamespaces");
    list("excludedNamespaces");
    list("includedResources");
    list("excludedResources");
    if (sample["snapshotVolumes"].isFalse() && !sample["defaultVolumesToFsBackup"].isTrue())
        found.emplace_back("snapshotVolumes: false");
    if (spec["paused"].isTrue())
        found.emplace_back("paused: true");
    return found;
}

/// The youngest backup that Velero completed; nothing where there is none.
struct LastBackup
{
    std::size_t object = 0;
    std::int64_t day = 0;
};

std::optional<LastBackup> lastCompleted(const CheckContext &context, const std::vector<std::size_t> &backups)
{
    std::optional<LastBackup> last;
    for (const std::size_t index : backups) {
        const Node status = context.object(index).root["status"];
        const std::optional<std::int64_t> day = dayOf(status["completionTimestamp"].text());
        if (status["phase"].text() == "Completed" && day && (!last || *day > last->day))
            last = LastBackup{index, *day};
    }
    return last;
}

void judgeVelero(CheckContext &context, const std::vector<std::size_t> &schedules)
{
    std::int64_t mostDays = 7;
    const std::string_view parameter = context.check().parameter("most_days");
    std::from_chars(parameter.data(), parameter.data() + parameter.size(), mostDays);
    for (const std::size_t index : schedules) {
        if (const std::vector<std::string> out = leftOut(context.object(index).root["spec"]); !out.empty())
            context.add(context.onObject(index, "spec.template").with(joined(out)).as("partly"));
    }
    const std::vector<std::size_t> backups = ofVelero(context, "Backup");
    if (backups.empty())
        return;
    const std::optional<LastBackup> last = lastCompleted(context, backups);
    const std::optional<std::int64_t> exported = dayOf(context.cluster()->exportedAt);
    if (!last)
        context.add(
            context.onObject(backups.front(), "status.phase").with(std::to_string(backups.size())).as("failed"));
    else if (exported && (*exported - last->day) / secondsOfDay > mostDays)
        context.add(context.onObject(last->object, "status.completionTimestamp")
                        .with(std::to_string((*exported - last->day) / secondsOfDay))
                        .as("old"));
}

} // namespace

void missingBackup(CheckContext &context)
{
    const std::vector<std::size_t> schedules = ofVelero(context, "Schedule");
    if (!schedules.empty() || !ofVelero(context, "Backup").empty())
        judgeVelero(context, schedules);
    const std::vector<Watcher> &watchers = knownWatchers(context);
    const auto saver
        = std::ranges::find_if(watchers, [](const Watcher &one) { return one.kind == WatcherKind::Backup; });
    if (saver == watchers.end() && ofVelero(context, "Backup").empty()
        && std::ranges::none_of(context.workloads(), savesEtcd)) {
        context.add(context.onCluster().as(holdsOnlySome(*context.cluster(), "Pod") ? "selection" : "default"));
        return;
    }
    const auto velero = std::ranges::find_if(
        watchers, [](const Watcher &one) { return one.kind == WatcherKind::Backup && one.name == "velero"; });
    if (velero != watchers.end() && schedules.empty() && context.cluster()->knows("Schedule"))
        context.add(context.onObject(velero->object, "metadata.name").as("no-schedule"));
}

namespace {

/// The gate ContainerCheckpoint: on by default since Kubernetes 1.30. Nothing where neither version nor settings tell.
std::optional<bool> canCheckpoint(const CheckContext &context)
{
    constexpr int firstByDefault = 30;
    const int minor = context.prepared().kubernetesMinor();
    std::optional<bool> found = minor < 0 ? std::nullopt : std::optional(minor >= firstByDefault);
    for (const ComponentFile &kubelet : kubeletSettings(*context.cluster())) {
        const Node gate = kubelet.root.at({"featureGates", "ContainerCheckpoint"});
        if (!gate.isNull())
            found = gate.isTrue();
    }
    return found;
}

} // namespace

void missingSnapshots(CheckContext &context)
{
    for (const char *kind : {"VolumeSnapshotClass", "VolumeSnapshot"}) {
        if (!context.prepared().ofKind(kind).empty())
            return;
    }
    const std::optional<bool> checkpoint = canCheckpoint(context);
    if (checkpoint != true)
        context.add(context.onCluster().as(checkpoint ? "default" : "unknown"));
}

} // namespace tally::checks
