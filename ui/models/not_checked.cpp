// SPDX-License-Identifier: Apache-2.0
#include "ui/models/not_checked.h"

#include "ui/models/words.h"
#include "ui/text/message_translator.h"

#include <QStringList>

#include <algorithm>
#include <set>

namespace tally::ui {

namespace {

constexpr std::size_t mostImagesNamed = 50;

/// docker save for the images that the cluster runs and that were not handed over.
QString commandForImages(const AuditState &audit)
{
    if (!audit.cluster)
        return {};
    std::set<std::string, std::less<>> names;
    for (const Workload &workload : workloadsOf(*audit.cluster)) {
        for (const Container &container : workload.containers) {
            const bool plain = std::ranges::all_of(container.image, [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.'
                    || c == '/' || c == ':' || c == '@' || c == '_' || c == '-';
            }); // names come from the export, and this line is pasted into a shell
            if (plain && !container.image.empty() && container.image.front() != '-' && names.size() < mostImagesNamed)
                names.emplace(container.image);
        }
    }
    if (names.empty())
        return {};
    QString command = u"docker save -o images.tar"_qs;
    for (const std::string &name : names)
        command += u' ' % toQString(name);
    return command;
}

QString commandFor(const AuditState &audit, const std::string &need)
{
    if (need == "image")
        return commandForImages(audit);
    if (need == "policy" || need == "referrers" || need == "key" || need == "image-parts" || need == "audit-log"
        || need == "one-cluster")
        return {};
    if (need == "etcd-snapshot") // etcd.io, Disaster recovery
        return u"etcdctl snapshot save etcd-snapshot.db"_qs;
    if (need == "workloads" || need == "live" || need == "namespaces" || !audit.cluster)
        return u"tallymann-cli export-script > export.sh"_qs;
    return commandForKind(audit.cluster.get(), need);
}

} // namespace

std::vector<NotChecked> notChecked(const AuditState &audit, const Module &module)
{
    std::vector<NotChecked> items;
    if (!audit.assessment)
        return items;
    for (const Requirement &requirement : module.requirements) {
        const auto &results = audit.assessment->requirements;
        const auto result = std::ranges::find(results, requirement.id, &RequirementResult::id);
        if (result == results.end())
            continue;
        for (const PartResult &part : result->parts) {
            for (const std::string &need : part.basis.missing) {
                auto item = std::ranges::find(items, need, &NotChecked::need);
                if (item == items.end())
                    item = items.insert(items.end(), {.need = need, .requirements = {}});
                if (item->requirements.empty() || item->requirements.back() != requirement.id)
                    item->requirements.push_back(requirement.id);
            }
        }
    }
    std::ranges::stable_sort(items, std::greater<>(), [](const NotChecked &item) { return item.requirements.size(); });
    for (NotChecked &item : items) {
        item.command = commandFor(audit, item.need);
        item.someImages = !audit.images.empty();
    }
    return items;
}

QString NotCheckedWords::sentence(const NotChecked &item)
{
    QStringList ids;
    for (const std::string &id : item.requirements)
        ids.append(shortId(id));
    if (ids.size() > 5)
        ids = ids.mid(0, 4) << u"…"_qs;
    //: something that was not handed over, and the requirements that it concerns
    return tr("%1: not seen (%2)").arg(Words::need(item.need, item.someImages), ids.join(u", "_qs));
}

} // namespace tally::ui
