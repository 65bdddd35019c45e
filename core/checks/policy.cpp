// SPDX-License-Identifier: Apache-2.0
#include "core/checks/policy.h"

#include "core/base/ascii.h"
#include "core/base/messages_catalogue.h"
#include "core/base/messages_checks.h"
#include "core/catalogue/resource_reader.h"
#include "core/checks/address_range.h"
#include "core/io/digest.h"

#include <algorithm>
#include <utility>

namespace tally {

namespace {

constexpr std::array<std::pair<NetworkZone::Purpose, std::string_view>, 3> purposes = {{
    {NetworkZone::Purpose::Administration, "administration"},
    {NetworkZone::Purpose::Applications, "applications"},
    {NetworkZone::Purpose::Internal, "internal"},
}};

constexpr std::string_view apiVersion = "tallymann-policy/1";

using Values = std::vector<std::string> Policy::*;
constexpr std::array<std::pair<std::string_view, Values>, 4> lists = {{
    {"allowedRegistries", &Policy::allowedRegistries},
    {"approvedBaseImages", &Policy::approvedBaseImages},
    {"forbiddenPackages", &Policy::forbiddenPackages},
    {"requiredLabels", &Policy::requiredLabels},
}};

bool isLetterOrDigit(char c)
{
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
}

bool consistsOf(std::string_view text, std::string_view others)
{
    return !text.empty() && std::ranges::all_of(text, [others](char c) {
        return isLetterOrDigit(c) || others.find(c) != std::string_view::npos;
    });
}

/// Source: kubernetes.io, Labels and Selectors, Syntax and character set.
bool isLabelKey(std::string_view key)
{
    constexpr std::size_t mostName = 63;
    constexpr std::size_t mostPrefix = 253;
    const std::size_t slash = key.find('/');
    const std::string_view prefix = slash == std::string_view::npos ? std::string_view() : key.substr(0, slash);
    const std::string_view name = key.substr(slash == std::string_view::npos ? 0 : slash + 1);
    return (slash == std::string_view::npos || (consistsOf(prefix, "-.") && prefix.size() <= mostPrefix))
        && consistsOf(name, "-_.") && name.size() <= mostName && isLetterOrDigit(name.front())
        && isLetterOrDigit(name.back());
}

/// Reads what the file says, entry by entry; the reader keeps the first thing that is wrong.
class PolicyReader
{
public:
    explicit PolicyReader(ResourceReader &file)
        : m_file(file)
    {
    }

    void read(Policy &policy)
    {
        const Node root = m_file.root();
        for (const Node member : root) {
            if (member.key() != "schema" && std::ranges::find(policyEntries, member.key()) == policyEntries.end())
                m_file.wrong(member, checksDef("policy.unknown-key"), {std::string(member.key()), allEntries()});
        }
        for (const std::string_view key : policyEntries)
            onceAtMost(root, key);
        if (root["schema"])
            m_file.expect(root, "schema", apiVersion);
        for (const auto &[key, values] : lists)
            policy.*values = list(root, key);
        policy.minimumReplicas = number(root, "minimumReplicas", mostReplicas);
        policy.maximumImageAgeDays = number(root, "maximumImageAgeDays", mostImageAgeDays);
        policy.cpuLimits = yesOrNo(root, "cpuLimits");
        readZones(root, policy.zones);
    }

private:
    static std::string allEntries()
    {
        std::string all;
        for (const std::string_view entry : policyEntries)
            all += (all.empty() ? "" : ", ") + std::string(entry);
        return all;
    }

    void onceAtMost(Node map, std::string_view key)
    {
        bool seen = false;
        for (const Node member : map) {
            if (member.key() == key && std::exchange(seen, true))
                m_file.wrong(member, catalogueDef("resource.duplicate"), {std::string(key)});
        }
    }

    void wrongValue(Node where, std::string_view key, const std::string &hint)
    {
        const std::string value = where.isMap() ? "{…}" : where.isSequence() ? "[…]" : std::string(where.text());
        m_file.wrong(where, checksDef("policy.bad-value"), {std::string(key), value, hint});
    }

    std::vector<std::string> list(Node map, std::string_view key)
    {
        const Node node = map[key];
        std::vector<std::string> values;
        if (!node)
            return values;
        if (!node.isSequence() || node.size() > mostPolicyValues) {
            m_file.wrong(node, catalogueDef("resource.not-a-list"), {std::string(key)});
            return values;
        }
        if (node.size() == 0)
            m_file.wrong(node, checksDef("policy.empty-list"), {std::string(key)});
        for (const Node item : node) {
            if (!item.isScalar() || item.isNull() || !isPolicyValue(key, item.text()))
                wrongValue(item, key, exampleOf(key));
            values.emplace_back(isImagePrefix(key) ? withLowerHost(item.text()) : std::string(item.text()));
        }
        return values;
    }

    static std::string exampleOf(std::string_view key)
    {
        if (key == "forbiddenPackages")
            return "openssh-server, telnet*";
        if (key == "requiredLabels")
            return "app.kubernetes.io/name";
        return key == "ranges" ? "10.20.0.0/16, fd00:20::/32" : "registry.example.org/";
    }

    std::optional<int> number(Node map, std::string_view key, int most)
    {
        const Node node = map[key];
        if (!node)
            return std::nullopt;
        const std::optional<std::int64_t> value = node.isScalar() ? node.asInt() : std::nullopt;
        if (!value || *value < 1 || *value > most) {
            wrongValue(node, key, "1 … " + std::to_string(most));
            return std::nullopt;
        }
        return static_cast<int>(*value);
    }

    std::optional<bool> yesOrNo(Node map, std::string_view key)
    {
        const Node node = map[key];
        if (!node)
            return std::nullopt;
        if (!node.isScalar() || (node.text() != "true" && node.text() != "false")) {
            wrongValue(node, key, "true, false");
            return std::nullopt;
        }
        return node.text() == "true";
    }

    void readZones(Node root, std::vector<NetworkZone> &zones)
    {
        if (!root["zones"])
            return;
        if (root["zones"].size() > mostPolicyValues) {
            m_file.wrong(root["zones"], catalogueDef("resource.not-a-list"), {"zones"});
            return;
        }
        for (const Node item : m_file.items(root, "zones")) {
            m_file.onlyKeys(item, {"name", "purpose", "ranges"});
            NetworkZone zone;
            zone.name = m_file.text(item, "name");
            const std::string purpose = m_file.text(item, "purpose");
            const auto *known = std::ranges::find(purposes, purpose, &decltype(purposes)::value_type::second);
            if (known != purposes.end())
                zone.purpose = known->first;
            else if (!purpose.empty())
                wrongValue(item["purpose"], "purpose", "administration, applications, internal");
            zone.ranges = list(item, "ranges");
            if (!item["ranges"])
                m_file.wrong(item, catalogueDef("resource.missing-key"), {"ranges"});
            zones.push_back(std::move(zone));
            findConflict(item["ranges"], zones);
        }
    }

    /// The same range in an earlier zone that is for something else: which of them counts nobody could say.
    void findConflict(Node ranges, const std::vector<NetworkZone> &zones)
    {
        const NetworkZone &last = zones.back();
        for (const Node item : ranges) {
            const auto range = AddressRange::parse(item.text());
            for (const NetworkZone &zone : zones) {
                const auto isSame = [&](const std::string &text) {
                    const auto other = AddressRange::parse(text);
                    return range && other && range->contains(*other) && other->contains(*range);
                };
                if (zone.purpose != last.purpose && std::ranges::any_of(zone.ranges, isSame))
                    m_file.wrong(
                        item, checksDef("policy.zone-conflict"), {std::string(item.text()), zone.name, last.name});
            }
        }
    }

    static bool isImagePrefix(std::string_view key)
    {
        return key == "allowedRegistries" || key == "approvedBaseImages";
    }

    /// Names of hosts are the same in any case, and normalised references have them in lower case.
    static std::string withLowerHost(std::string_view prefix)
    {
        std::string text(prefix);
        const std::size_t host = std::min(text.find('/'), text.size());
        if (text.substr(0, host).find_first_of(".:") != std::string::npos)
            std::transform(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(host), text.begin(), lower);
        return text;
    }

    ResourceReader &m_file;
};

/// As a double-quoted scalar (YAML 1.2, 7.3.1): what people and files call things may hold anything.
std::string yamlText(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out += {'\\', c};
        else if (byte < 0x20 || byte == 0x7F)
            out += {'\\', 'x', digits[byte >> 4U], digits[byte & 15U]};
        else
            out += c;
    }
    return out + '"';
}

} // namespace

std::string_view purposeName(NetworkZone::Purpose purpose)
{
    return purposes.at(static_cast<std::size_t>(purpose)).second;
}

bool Policy::saysTheSame(const Policy &other) const
{
    return allowedRegistries == other.allowedRegistries && approvedBaseImages == other.approvedBaseImages
        && forbiddenPackages == other.forbiddenPackages && requiredLabels == other.requiredLabels
        && minimumReplicas == other.minimumReplicas && maximumImageAgeDays == other.maximumImageAgeDays
        && cpuLimits == other.cpuLimits && zones == other.zones;
}

bool Policy::has(std::string_view entry) const
{
    for (const auto &[key, values] : lists) {
        if (entry == key)
            return !(this->*values).empty();
    }
    return (entry == "minimumReplicas" && minimumReplicas) || (entry == "maximumImageAgeDays" && maximumImageAgeDays)
        || (entry == "cpuLimits" && cpuLimits) || (entry == "zones" && !zones.empty());
}

bool isPolicyValue(std::string_view entry, std::string_view value)
{
    constexpr std::size_t mostBytes = 500;
    if (value.empty() || value.size() > mostBytes)
        return false;
    if (entry == "requiredLabels")
        return isLabelKey(value);
    if (entry == "forbiddenPackages")
        return consistsOf(value, "-_.+:/@*~") && value.find_first_not_of('*') != std::string_view::npos;
    if (entry == "ranges")
        return AddressRange::parse(value).has_value();
    // A reference without its scheme, which none has: "https://registry.example.org" would match nothing.
    return consistsOf(value, "-_./:@") && value.find("://") == std::string_view::npos && isLetterOrDigit(value.front());
}

Result<Policy> readPolicy(std::string_view yaml, const std::string &fileName)
{
    if (yaml.size() > mostPolicyBytes)
        return fail(ErrorKind::LimitExceeded, {checksDef("policy.too-large"), {fileName}});
    TALLY_ASSIGN(ResourceReader file, ResourceReader::parse(std::string(yaml), fileName));
    Policy policy;
    PolicyReader(file).read(policy);
    TALLY_TRY(file.status());
    policy.name = baseName(fileName);
    policy.text = yaml;
    policy.digest = "sha256:" + sha256Hex(yaml);
    return policy;
}

std::string writePolicy(const Policy &policy)
{
    std::string out = "schema: " + std::string(apiVersion) + '\n';
    for (const auto &[name, values] : lists) {
        if ((policy.*values).empty())
            continue;
        out += std::string(name) + ":\n";
        for (const std::string &value : policy.*values)
            out += "  - " + yamlText(value) + '\n';
    }
    if (policy.minimumReplicas)
        out += "minimumReplicas: " + std::to_string(*policy.minimumReplicas) + '\n';
    if (policy.maximumImageAgeDays)
        out += "maximumImageAgeDays: " + std::to_string(*policy.maximumImageAgeDays) + '\n';
    if (policy.cpuLimits)
        out += std::string("cpuLimits: ") + (*policy.cpuLimits ? "true" : "false") + '\n';
    if (policy.zones.empty())
        return out;
    out += "zones:\n";
    for (const NetworkZone &zone : policy.zones) {
        out += "  - name: " + yamlText(zone.name) + "\n    purpose: " + std::string(purposeName(zone.purpose))
            + "\n    ranges:\n";
        for (const std::string &range : zone.ranges)
            out += "      - " + yamlText(range) + '\n';
    }
    return out;
}

} // namespace tally
