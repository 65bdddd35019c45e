// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/base/text_format.h"
#include "core/checks/functions/entrances.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/image_helpers.h"
#include "core/checks/functions/label_index.h"
#include "core/checks/functions/times.h"
#include "core/checks/image_reference.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace tally::checks {

namespace {

constexpr std::size_t dayLength = 10; // "2026-01-01"

/// What an object of a scanner says about one container of a workload. Sources: aquasecurity/trivy-operator,
/// VulnerabilityReport; kubescape/storage, VulnerabilityManifestSummary.
struct Scan
{
    std::size_t object = 0;
    const char *field = "";
    std::tuple<std::string, std::string, std::string> workload; ///< kind in lower case, namespace, name
    std::string container;
    std::string reference; ///< repository and tag, normalised
    std::string digest;
    std::int64_t critical = 0;
    std::int64_t high = 0;
    std::string day;
    std::string scanner;
};

/// "sha256:..." of "nginx@sha256:..." or of itself.
std::string digestIn(std::string_view text)
{
    const std::size_t at = text.find("sha256:");
    return at == std::string_view::npos ? std::string() : std::string(text.substr(at));
}

Scan trivyScan(const Object &object, std::size_t index)
{
    Scan scan;
    const Node labels = object.root.at({"metadata", "labels"});
    const Node report = object.root["report"];
    const auto label = [&](std::string_view name) { return labels["trivy-operator." + std::string(name)].text(); };
    scan.object = index;
    scan.field = "report.summary";
    const std::string_view own = label("resource.namespace");
    scan.workload = {lowered(label("resource.kind")), std::string(own.empty() ? object.namespaceName : own),
        std::string(label("resource.name"))};
    scan.container = label("container.name");
    std::string reference(report.at({"registry", "server"}).text());
    if (reference == "index.docker.io")
        reference = "docker.io";
    if (!reference.empty())
        reference += '/';
    reference += report.at({"artifact", "repository"}).text();
    if (const std::string_view tag = report.at({"artifact", "tag"}).text(); !tag.empty())
        reference.append(":").append(tag);
    ImageReference parsed = parseImageReference(reference);
    parsed.digest.clear();
    scan.reference = parsed.text();
    scan.digest = digestIn(report.at({"artifact", "digest"}).text());
    scan.critical = report.at({"summary", "criticalCount"}).asInt().value_or(0);
    scan.high = report.at({"summary", "highCount"}).asInt().value_or(0);
    scan.day = report["updateTimestamp"].text().substr(0, dayLength);
    scan.scanner = report.at({"scanner", "name"}).text();
    return scan;
}

Scan kubescapeScan(const Object &object, std::size_t index)
{
    Scan scan;
    const Node metadata = object.root["metadata"];
    const Node severities = object.root.at({"spec", "severities"});
    const auto label = [&](std::string_view name) {
        return metadata.at({"labels", "kubescape.io/workload-" + std::string(name)}).text();
    };
    scan.object = index;
    scan.field = "spec.severities";
    const std::string_view own = label("namespace");
    scan.workload
        = {lowered(label("kind")), std::string(own.empty() ? object.namespaceName : own), std::string(label("name"))};
    scan.container = label("container-name");
    ImageReference parsed = parseImageReference(metadata.at({"annotations", "kubescape.io/image-tag"}).text());
    parsed.digest.clear();
    scan.reference = parsed.text();
    scan.digest = digestIn(metadata.at({"annotations", "kubescape.io/image-id"}).text());
    scan.critical = severities.at({"critical", "all"}).asInt().value_or(0);
    scan.high = severities.at({"high", "all"}).asInt().value_or(0);
    scan.day = metadata["creationTimestamp"].text().substr(0, dayLength);
    scan.scanner = "Kubescape";
    return scan;
}

std::vector<Scan> scansOf(const CheckContext &context)
{
    std::vector<Scan> scans;
    for (const std::size_t index : context.prepared().ofKind("VulnerabilityReport")) {
        if (context.object(index).group() == "aquasecurity.github.io")
            scans.push_back(trivyScan(context.object(index), index));
    }
    for (const std::size_t index : context.prepared().ofKind("VulnerabilityManifestSummary")) {
        const Object &object = context.object(index);
        // The filtered one of a pair holds only what was loaded at run time.
        if (object.root.at({"metadata", "labels"})["kubescape.io/context"].text() != "filtered")
            scans.push_back(kubescapeScan(object, index));
    }
    return scans;
}

std::map<std::tuple<std::string, std::string, std::string>, std::size_t> workloadsByName(const CheckContext &context)
{
    std::map<std::tuple<std::string, std::string, std::string>, std::size_t> found;
    for (const CheckedWorkload &workload : context.workloads()) {
        const Object &object = context.prepared().object(workload);
        found.try_emplace(
            {lowered(object.kind), std::string(object.namespaceName), std::string(object.name)}, workload.index);
    }
    return found;
}

/// At the container of the outermost workload; where that is not in the input, at the report.
Draft draftFor(const CheckContext &context, const Scan &scan, int workload)
{
    if (workload >= 0) {
        const CheckedWorkload &top = context.workloads()[context.workloads()[static_cast<std::size_t>(workload)].top];
        for (const Container &container : top.view.containers) {
            if (container.name == scan.container)
                return context.onContainer(top, container, "image");
        }
        return context.onPod(top, "containers").with(scan.container);
    }
    return context.onObject(scan.object, scan.field).with(scan.container);
}

} // namespace

void vulnerableImage(CheckContext &context)
{
    const auto byName = workloadsByName(context);
    const std::int64_t mostCritical = numberParameter(context, "most_critical");
    const std::int64_t mostHigh = numberParameter(context, "most_high");
    for (const Scan &scan : scansOf(context)) {
        if (scan.critical <= mostCritical && scan.high <= mostHigh)
            continue;
        const auto found = byName.find(scan.workload);
        const int workload = found == byName.end() ? -1 : static_cast<int>(found->second);
        if (workload >= 0 && context.workloads()[found->second].dormant)
            continue;
        Draft draft = draftFor(context, scan, workload);
        draft.with(std::to_string(scan.critical)).with(std::to_string(scan.high));
        context.add(std::move(draft.with(scan.reference).with(scan.day).with(scan.scanner)));
    }
}

namespace {

/// Severe vulnerabilities of one report for which a fixed version exists.
struct Fixable
{
    std::set<std::string> late;    ///< published longer ago than the parameter allows when the image was scanned
    std::set<std::string> undated; ///< the report does not say when they were published
};

Fixable fixableIn(Node report, std::int64_t scanned, std::int64_t days)
{
    Fixable found;
    for (const Node entry : report["vulnerabilities"]) {
        const std::string_view severity = entry["severity"].text();
        const std::string_view name = entry["vulnerabilityID"].text();
        if ((severity != "CRITICAL" && severity != "HIGH") || entry["fixedVersion"].text().empty() || name.empty())
            continue;
        if (const std::optional<std::int64_t> published = dayOf(entry["publishedDate"].text()); !published)
            found.undated.emplace(name);
        else if (scanned - *published > days * secondsOfDay)
            found.late.emplace(name);
    }
    return found;
}

} // namespace

/// The age is that at the scan: what was published since says nothing of how long the fix has been waiting.
void fixableVulnerabilities(CheckContext &context)
{
    const auto byName = workloadsByName(context);
    const std::int64_t days = numberParameter(context, "days");
    for (const Scan &scan : scansOf(context)) {
        const Node report = context.object(scan.object).root["report"];
        const std::optional<std::int64_t> scanned = dayOf(scan.day);
        const auto found = byName.find(scan.workload);
        const int workload = found == byName.end() ? -1 : static_cast<int>(found->second);
        if (!scanned || (workload >= 0 && context.workloads()[found->second].dormant))
            continue;
        const Fixable fixable = fixableIn(report, *scanned, days);
        const std::set<std::string> &names = fixable.late.empty() ? fixable.undated : fixable.late;
        if (names.empty())
            continue;
        Draft draft = draftFor(context, scan, workload);
        draft.with(std::to_string(names.size())).with(joinedSome({names.begin(), names.end()}));
        draft.with(std::to_string(days)).with(scan.day);
        context.add(std::move(draft.as(fixable.late.empty() ? "undated" : "default")));
    }
}

void vulnerableEntrance(CheckContext &context)
{
    const auto byName = workloadsByName(context);
    std::map<std::size_t, std::int64_t> critical; // by the outermost workload
    for (const Scan &scan : scansOf(context)) {
        const auto found = byName.find(scan.workload);
        if (scan.critical <= 0 || found == byName.end() || context.workloads()[found->second].dormant)
            continue;
        std::int64_t &most = critical[context.workloads()[found->second].top];
        most = std::max(most, scan.critical);
    }
    const LabelIndex index(
        context.prepared(), [&](const CheckedWorkload &workload) { return critical.contains(workload.top); });
    std::map<std::size_t, std::vector<std::string>> ways;
    for (const auto &[service, exposures] : exposedServices(context)) {
        const int object = context.cluster()->find("Service", service.first, service.second);
        if (object < 0)
            continue;
        const Node selector = context.object(static_cast<std::size_t>(object)).root.at({"spec", "selector"});
        for (const std::size_t workload : index.selectedByMap(service.first, selector)) {
            std::vector<std::string> &texts = ways[context.workloads()[workload].top];
            for (const Way &way : exposures) {
                const std::string text = "Service " + service.first + '/' + service.second + ", " + way.text;
                if (!contains(texts, text))
                    texts.push_back(text);
            }
        }
    }
    for (const auto &[top, texts] : ways)
        context.add(context.onPod(context.workloads()[top], "containers")
                        .with(std::to_string(critical[top]))
                        .with(joined(texts)));
}

namespace {

/// What of a namespace runs, and what of it a scanner looked at.
struct NamespaceScans
{
    std::size_t object = 0; ///< a Pod in it
    std::set<std::string> images;
    std::set<std::string> without;
    std::set<std::string> old;
};

/// The newest day on which something was scanned, by digest and by reference.
class ScanDays
{
public:
    explicit ScanDays(const std::vector<Scan> &scans)
    {
        for (const Scan &scan : scans) {
            for (const std::string &key : {scan.digest, scan.reference}) {
                if (!key.empty())
                    m_days[key] = std::max(m_days[key], scan.day);
            }
        }
    }

    [[nodiscard]] const std::string *find(const std::string &digest, const std::string &reference) const
    {
        for (const std::string &key : {digest, reference}) {
            if (const auto found = m_days.find(key); !key.empty() && found != m_days.end())
                return &found->second;
        }
        return nullptr;
    }

private:
    std::map<std::string, std::string> m_days;
};

void lookAtPod(const CheckContext &context, const CheckedWorkload &pod, const ScanDays &days, const std::string &oldest,
    std::map<std::string_view, NamespaceScans> &found)
{
    const Object &object = context.prepared().object(pod);
    NamespaceScans &scans
        = found.try_emplace(object.namespaceName, NamespaceScans{pod.view.object, {}, {}, {}}).first->second;
    for (const std::string_view list : {"containerStatuses", "initContainerStatuses"}) {
        for (const Node status : object.root["status"][list]) {
            const auto container = std::ranges::find(pod.view.containers, status["name"].text(), &Container::name);
            if (container == pod.view.containers.end() || status["imageID"].text().empty())
                continue;
            ImageReference reference = parseImageReference(container->image);
            reference.digest.clear();
            const std::string name = reference.text();
            scans.images.insert(name);
            const std::string *day = days.find(digestIn(status["imageID"].text()), name);
            if (!day)
                scans.without.insert(name);
            else if (!day->empty() && *day < oldest)
                scans.old.insert(name);
        }
    }
}

void addCoverage(CheckContext &context, std::string_view name, const NamespaceScans &scans, bool old)
{
    const std::set<std::string> &images = old ? scans.old : scans.without;
    if (images.empty())
        return;
    const int object = context.cluster()->find("Namespace", "", name);
    const std::string field = old ? "metadata" : "metadata.name";
    Draft draft = object >= 0 ? context.onObject(static_cast<std::size_t>(object), field)
                              : context.onObject(scans.object, old ? "metadata" : "metadata.namespace");
    draft.workload = -1;
    if (object < 0)
        draft.about = "Namespace " + std::string(name);
    draft.args = {std::string(name), std::to_string(images.size()), std::to_string(scans.images.size()),
        joinedSome({images.begin(), images.end()}), std::string(context.check().parameter("days"))};
    if (old)
        draft.as("old");
    context.add(std::move(draft));
}

} // namespace

void scanCoverage(CheckContext &context)
{
    const ScanDays days(scansOf(context));
    // Reports are as old as they were at export: a later audit does not age them.
    const std::string today = rfc3339(context.prepared().now()).substr(0, dayLength);
    const std::string exported = context.cluster()->exportedAt.substr(0, dayLength);
    std::string oldest
        = rfc3339(context.prepared().now() - numberParameter(context, "days") * secondsOfDay).substr(0, dayLength);
    if (exported.size() == dayLength && exported < today)
        oldest = std::min(oldest, exported);
    std::map<std::string_view, NamespaceScans> found;
    for (const CheckedWorkload &workload : context.workloads()) {
        if (isLivePod(context.prepared().object(workload)))
            lookAtPod(context, workload, days, oldest, found);
    }
    for (const auto &[name, scans] : found) {
        addCoverage(context, name, scans, false);
        addCoverage(context, name, scans, true);
    }
}

} // namespace tally::checks
