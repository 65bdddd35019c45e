// SPDX-License-Identifier: Apache-2.0
// What only a house's own policy lays down.
#include "core/base/pattern.h"
#include "core/base/text_format.h"
#include "core/checks/address_range.h"
#include "core/checks/functions/functions.h"
#include "core/checks/functions/image_helpers.h"
#include "core/checks/pod_fields.h"

#include <algorithm>
#include <set>

namespace tally::checks {

namespace {

using Purpose = NetworkZone::Purpose;

/// The zones' ranges, taken apart once.
class ZoneTable
{
public:
    explicit ZoneTable(const std::vector<NetworkZone> &zones)
    {
        for (const NetworkZone &zone : zones) {
            for (const std::string &text : zone.ranges) {
                if (const auto range = AddressRange::parse(text))
                    m_ranges.push_back({*range, &zone});
            }
        }
        // The narrowest first: a zone may lie within another.
        std::ranges::stable_sort(m_ranges, std::ranges::greater(), [](const Row &row) { return row.range.bits; });
    }

    /// Null: in none of them.
    [[nodiscard]] const NetworkZone *zoneOf(const AddressRange &address) const
    {
        const auto found = std::ranges::find_if(m_ranges, [&](const Row &row) { return row.range.contains(address); });
        return found == m_ranges.end() ? nullptr : found->zone;
    }

private:
    struct Row
    {
        AddressRange range;
        const NetworkZone *zone;
    };
    std::vector<Row> m_ranges;
};

class ZoneCheck
{
public:
    explicit ZoneCheck(CheckContext &context)
        : m_context(context)
        , m_zones(context.policy()->zones)
    {
    }

    void look(std::string_view kind, const std::vector<std::string_view> &path, std::string_view key)
    {
        for (const std::size_t index : m_context.prepared().ofKind(kind)) {
            Node list = m_context.object(index).root;
            std::string field;
            for (const std::string_view step : path) {
                list = list[step];
                field += (field.empty() ? "" : ".") + std::string(step);
            }
            std::size_t at = 0;
            for (const Node entry : list) {
                const Node value = key.empty() ? entry : entry[key];
                const std::string place = indexed(field, at++) + (key.empty() ? "" : "." + std::string(key));
                judge(index, place, value, kind == "Node" ? entry["type"].text() : std::string_view());
            }
        }
    }

private:
    /// nodeType: InternalIP, ... of an address of a node; empty of what applications are reached at.
    void judge(std::size_t object, const std::string &field, Node value, std::string_view nodeType)
    {
        const auto address = AddressRange::parse(value.text());
        if (!address)
            return; // a host name, or nothing yet
        const NetworkZone *zone = m_zones.zoneOf(*address);
        const bool ofNode = !nodeType.empty();
        const bool mixed = zone
            && (ofNode ? nodeType == "InternalIP" && zone->purpose == Purpose::Applications
                       : zone->purpose == Purpose::Administration);
        if ((zone && !mixed) || !m_said.emplace(object, value.text()).second)
            return;
        Draft draft = m_context.onObject(object, field);
        draft.with(std::string(value.text())).with(zone ? zone->name : "");
        draft.node = value;
        if (!zone)
            draft.as("unknown");
        else if (ofNode)
            draft.as("node");
        m_context.add(std::move(draft));
    }

    CheckContext &m_context;
    ZoneTable m_zones;
    std::set<std::pair<std::size_t, std::string_view>> m_said; ///< the same address of an object stands in two places
};

} // namespace

void addressZones(CheckContext &context)
{
    ZoneCheck check(context);
    check.look("Node", {"status", "addresses"}, "address");
    check.look("Service", {"status", "loadBalancer", "ingress"}, "ip");
    check.look("Service", {"spec", "externalIPs"}, {});
    check.look("Ingress", {"status", "loadBalancer", "ingress"}, "ip");
    check.look("Gateway", {"status", "addresses"}, "value");
}

void requiredLabels(CheckContext &context)
{
    for (const CheckedWorkload &workload : context.share()) {
        const Object &object = context.prepared().object(workload);
        if (workload.top != workload.index || workload.mirror || !isApplicationNamespace(object.namespaceName))
            continue;
        const Node labels = object.root.at({"metadata", "labels"});
        std::vector<std::string> missing;
        for (const std::string &label : context.policy()->requiredLabels) {
            if (!labels[label].isScalar() || labels[label].text().empty())
                missing.push_back(label);
        }
        if (!missing.empty())
            context.add(context.onObject(workload.view.object, "metadata.labels").with(joinedSome(missing)));
    }
}

void forbiddenPackage(CheckContext &context)
{
    const std::vector<std::string> &forbidden = context.policy()->forbiddenPackages;
    for (std::size_t i = 0; i < context.images().size(); ++i) {
        const Image &image = *context.images()[i];
        std::set<std::pair<std::string_view, std::string_view>> said; // one that stands in several lock files
        for (const Package &package : image.packages) {
            const auto rule = std::ranges::find_if(
                forbidden, [&](const std::string &pattern) { return matchesPattern(package.name, pattern); });
            if (rule == forbidden.end() || !said.emplace(package.name, package.version).second)
                continue;
            Draft draft = context.onImage(i).with(toUtf8(package.name)).with(toUtf8(package.version)).with(*rule);
            draft.field = "packages." + toUtf8(package.name);
            draft.layer = static_cast<int>(package.layer);
            draft.path = package.paths.empty() ? std::string() : package.paths.front();
            draft.excerpt = toUtf8(package.manager + ": " + package.name + ' ' + package.version) + '\n';
            context.add(std::move(draft));
        }
    }
}

} // namespace tally::checks
