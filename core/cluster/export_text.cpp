// SPDX-License-Identifier: Apache-2.0
#include "core/base/messages_cluster.h"
#include "core/base/text_format.h"
#include "core/cluster/builder_state.h"
#include "core/cluster/known_kinds.h"

#include <algorithm>
#include <charconv>

namespace tally {

namespace {

constexpr std::size_t mostReason = 300; // bytes of a foreign error text that are worth repeating

std::string_view groupOf(std::string_view groupVersion)
{
    const std::size_t slash = groupVersion.find('/');
    return slash == std::string_view::npos ? std::string_view() : groupVersion.substr(0, slash);
}

/// The text between `before` and the next '"'.
std::optional<std::string_view> quotedAfter(std::string_view line, std::string_view before)
{
    const std::size_t at = line.find(before);
    if (at == std::string_view::npos)
        return std::nullopt;
    const std::string_view rest = line.substr(at + before.size());
    const std::size_t end = rest.find('"');
    if (end == std::string_view::npos)
        return std::nullopt;
    return rest.substr(0, end);
}

std::pair<std::string_view, std::optional<std::string_view>> splitQualified(std::string_view resource)
{
    const std::size_t dot = resource.find('.');
    if (dot == std::string_view::npos)
        return {resource, std::nullopt};
    return {resource.substr(0, dot), resource.substr(dot + 1)};
}

/// Columns of a table that kubectl printed: where each heading begins, up to the next one.
std::string_view column(std::string_view header, std::string_view row, std::string_view name)
{
    std::size_t begin = header.find(name);
    while (begin != std::string_view::npos && begin > 0 && header[begin - 1] != ' ')
        begin = header.find(name, begin + 1);
    if (begin == std::string_view::npos || begin >= row.size())
        return {};
    std::size_t end = header.find(' ', begin);
    end = end == std::string_view::npos ? std::string_view::npos : header.find_first_not_of(' ', end);
    std::string_view cell = row.substr(begin, end == std::string_view::npos ? end : end - begin);
    while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\r'))
        cell.remove_suffix(1);
    return cell;
}

template<typename Take>
void forEachLine(std::string_view text, Take take)
{
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        take(text.substr(0, end));
        if (end == std::string_view::npos)
            break;
        text.remove_prefix(end + 1);
    }
}

} // namespace

std::optional<ApiPath> parseApiPath(std::string_view path)
{
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        if (slash != 0)
            parts.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos)
            break;
        path.remove_prefix(slash + 1);
    }
    if (parts.size() >= 3 && parts[0] == "api")
        return ApiPath{{}, parts[1], parts.back(), parts.size() >= 5 && parts[2] == "namespaces" ? parts[3] : ""};
    if (parts.size() >= 4 && parts[0] == "apis")
        return ApiPath{parts[1], parts[2], parts.back(), parts.size() >= 6 && parts[3] == "namespaces" ? parts[4] : ""};
    return std::nullopt;
}

std::array<int, 3> versionNumbers(std::string_view version)
{
    std::array<int, 3> numbers{};
    if (version.starts_with('v'))
        version.remove_prefix(1);
    for (int &number : numbers) {
        const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), number);
        if (error != std::errc() || number < 0)
            return {};
        version.remove_prefix(static_cast<std::size_t>(end - version.data()));
        if (!version.starts_with('.'))
            break;
        version.remove_prefix(1);
    }
    return numbers;
}

bool ClusterBuilder::addText(std::string_view text, int source, std::string_view file)
{
    const FileContext context{source, m_state->intern(file), describePath(file)};
    if (m_state->addApiTable(text, source))
        return true;
    bool used = false;
    constexpr int mostLines = 100'000;
    int lines = 0;
    forEachLine(text, [&](std::string_view line) {
        if (++lines <= mostLines)
            used = m_state->addErrorLine(line, context) || used;
    });
    return used;
}

void ClusterBuilder::State::noteApi(
    std::string_view group, std::string_view kind, std::string_view plural, bool namespaced, int source)
{
    api.try_emplace(
        {std::string(group), std::string(kind)}, ApiResource{std::string(kind), std::string(plural), namespaced});
    if (apiSource < 0)
        apiSource = source;
}

/// One APIResourceList: what the API serves in one group and version (with or without its kind: troubleshoot drops it).
bool ClusterBuilder::State::addDiscovery(Node root, const FileContext &context)
{
    const std::string_view groupVersion = root["groupVersion"].text();
    const Node resources = root["resources"];
    if (groupVersion.empty() || !resources.isSequence())
        return false;
    for (const Node resource : resources) {
        const std::string_view name = resource["name"].text();
        const std::string_view kind = resource["kind"].text();
        if (kind.empty() || name.empty() || name.find('/') != std::string_view::npos) // "pods/log"
            continue;
        noteApi(groupOf(groupVersion), kind, name, resource["namespaced"].isTrue(), context.source);
    }
    return true;
}

/// `kubectl version -o json`, cluster_version.json of troubleshoot, metadata.yaml of support-bundle-kit.
bool ClusterBuilder::State::addVersionFile(Node root)
{
    std::string_view found;
    for (const Node candidate : {root.at({"serverVersion", "gitVersion"}), root.at({"info", "gitVersion"}),
             root["kubernetesversion"], root["gitVersion"]}) {
        if (!candidate.text().empty()) {
            found = candidate.text();
            break;
        }
    }
    if (versionNumbers(found) == std::array<int, 3>{})
        return false;
    if (versionNumbers(found) > versionNumbers(version))
        version = found;
    const std::string_view created = root["bundlecreatedat"].text();
    if (created.size() == 20 && created.ends_with('Z'))
        exportedAt = std::max(exportedAt, std::string(created));
    return true;
}

/// The API's own answer to a request that failed.
bool ClusterBuilder::State::addStatus(Node root, const FileContext &context)
{
    if (root["reason"].text() != "Forbidden" || root.at({"details", "kind"}).text().empty())
        return false;
    noteNotCollected(root.at({"details", "kind"}).text(), root.at({"details", "group"}).text(), root["message"].text(),
        context.source);
    return true;
}

/// What kubectl writes to standard error, and support-bundle-kit into bundleGenerationError.log.
bool ClusterBuilder::State::addErrorLine(std::string_view line, const FileContext &context)
{
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    if (const auto resource = quotedAfter(line, "cannot list resource \"")) {
        noteNotCollected(*resource, quotedAfter(line, "in API group \"").value_or(std::string_view()), line,
            context.source, quotedAfter(line, "in the namespace \"").value_or(std::string_view()));
        return true;
    }
    if (line.find("cannot list resource \\\"") != std::string_view::npos) { // inside a log in JSON
        std::string text(line);
        std::erase(text, '\\');
        const auto resource = quotedAfter(text, "cannot list resource \"");
        const auto group = quotedAfter(text, "in API group \"");
        noteNotCollected(resource.value_or(std::string_view()), group.value_or(std::string_view()), text,
            context.source, quotedAfter(text, "in the namespace \"").value_or(std::string_view()));
        return true;
    }
    if (const auto resource = quotedAfter(line, "the server doesn't have a resource type \"")) {
        const auto [name, group] = splitQualified(*resource);
        const KnownKind *known = knownResource(name, group);
        if (known != nullptr)
            empties.try_emplace({std::string(known->kind), std::string(known->group)}, context.source);
        return known != nullptr;
    }
    if (line == "No resources found" && !context.path.resource.empty()) {
        const KnownKind *known = knownResource(context.path.resource, context.path.group);
        if (known != nullptr)
            noteEmpty(known->kind, known->group, context);
        return known != nullptr;
    }
    constexpr std::string_view failed = "Failed to get /";
    if (line.starts_with(failed)) {
        const std::size_t colon = line.find(": ");
        const std::string_view path = line.substr(failed.size() - 1, colon - (failed.size() - 1));
        const std::optional<ApiPath> named = parseApiPath(path);
        if (colon == std::string_view::npos || !named)
            return false;
        noteNotCollected(named->resource, named->group, line.substr(colon + 2), context.source, named->namespaceName);
        return true;
    }
    return false;
}

/// errors.json of k8s-baseline-audit: {"errors": [{"resource", "reason"}]}; gathers.json of Insights:
/// {"status_reports": [{"name", "errors": [text]}]}.
bool ClusterBuilder::State::addErrorReport(Node root, const FileContext &context)
{
    const Node errors = root["errors"];
    const Node reports = root["status_reports"];
    if (!errors.isSequence() && !reports.isSequence())
        return false;
    bool used = false;
    for (const Node error : errors) {
        const std::string_view resource = error["resource"].text();
        if (resource.empty())
            continue;
        const auto [name, group] = splitQualified(resource);
        noteNotCollected(name, group, error["reason"].text(), context.source);
        used = true;
    }
    for (const Node report : reports) {
        for (const Node error : report["errors"]) {
            if (!addErrorLine(error.text(), context))
                noteNotCollected(report["name"].text(), std::nullopt, error.text(), context.source);
        }
        used = used || report["name"].exists();
    }
    return used;
}

bool ClusterBuilder::State::addApiTable(std::string_view text, int source)
{
    const std::string_view header = text.substr(0, text.find('\n'));
    if (!header.starts_with("NAME ") || header.find(" APIVERSION") == std::string_view::npos
        || header.find(" KIND") == std::string_view::npos)
        return false;
    bool first = true;
    forEachLine(text, [&](std::string_view row) {
        const std::string_view name = column(header, row, "NAME");
        const std::string_view kind = column(header, row, "KIND");
        if (!first && !name.empty() && !kind.empty())
            noteApi(groupOf(column(header, row, "APIVERSION")), kind, name, column(header, row, "NAMESPACED") == "true",
                source);
        first = false;
    });
    return true;
}

void ClusterBuilder::State::noteNotCollected(std::string_view resource, std::optional<std::string_view> group,
    std::string_view reason, int source, std::string_view namespaceName)
{
    const std::string name(resource);
    pending.push_back({name, group ? std::optional<std::string>(std::string(*group)) : std::nullopt, source, true,
        std::string(namespaceName)});
    const std::string qualified = group && !group->empty() ? name + '.' + std::string(*group) : name;
    constexpr std::size_t mostSaid = 200;
    if (saidNotCollected.size() >= mostSaid || !saidNotCollected.insert(qualified).second)
        return;
    // Reviews and bindings can be created but never listed: nothing is missing.
    const bool nothingToList = reason.find("does not allow this method") != std::string_view::npos;
    say(nothingToList ? Diagnostic::Severity::Note : Diagnostic::Severity::Warning,
        {clusterDef("cluster.not-collected"),
            {visible(toUtf8(qualified)), visible(toUtf8(reason.substr(0, mostReason)))}},
        source, {});
}

} // namespace tally
