// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster_builder.h"
#include "core/cluster/export_path.h"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tally {

/// Where a node was found, for diagnostics and for what the content leaves open.
struct FileContext
{
    int source = -1;
    std::string_view file;
    ExportPath path;
};

/// What says which object an item is.
struct ItemHead
{
    Node root;
    std::string_view kind;
    std::string_view apiVersion;
    bool hasMetadata = false; ///< a map
    std::string_view namespaceName;
    std::string_view name;
    std::string_view uid;
};

/// What ClusterBuilder has collected. Internal: one header for the files that implement it.
struct ClusterBuilder::State
{
    using KindKey = std::pair<std::string, std::string>; // kind, group in which it lives today

    /// Evidence about a resource of which only the plural is known so far; resolved when all objects are there.
    struct PendingResource
    {
        std::string resource;
        std::optional<std::string> group;
        int source = -1;
        bool forbidden = false;
        std::string namespaceName{}; ///< where it is said of one namespace
    };

    struct ApiResource
    {
        std::string kind;
        std::string plural;
        bool namespaced = true;
    };

    std::vector<Object> objects;
    std::vector<DocumentPtr> documents;
    std::map<std::pair<std::string, std::string>, std::pair<HelmReleaseFacts, std::vector<Object>>>
        releases; // by namespace and name: of several versions the latest
    std::vector<std::shared_ptr<const std::string>> strings;
    std::unordered_map<std::string_view, std::string_view> interned;
    std::vector<Diagnostic> diagnostics;

    std::map<KindKey, int> empties; // value: source
    std::map<KindKey, int> forbidden;
    std::map<std::tuple<std::string, std::string, std::string>, std::pair<KindState, int>>
        ofNamespaces; // kind, group, namespace -> Empty or Forbidden, source
    std::vector<PendingResource> pending;
    std::map<std::pair<std::string, std::string>, ApiResource> api; // group, kind as served
    int apiSource = -1;
    std::map<std::pair<std::string, std::string>, std::string>
        learned;                  // group, plural -> kind, from files with objects
    std::optional<int> crdSource; // a List of CustomResourceDefinitions of a live cluster was seen
    std::set<std::string, std::less<>> uncoveredNamespaces; // known beforehand
    std::set<std::string, std::less<>> coveredNamespaces;   // of layouts with one folder or file per namespace
    bool namespacesUnlisted = false;                        // known beforehand
    std::set<std::string> severalClusters;                  // known beforehand
    std::map<int, std::string> sourceNames;
    std::set<std::string> saidNotCollected;
    std::string version;
    std::string exportedAt;
    std::string label;
    std::size_t removedBefore = 0;

    std::string_view intern(std::string_view text);
    void say(Diagnostic::Severity severity, Message message, int source, std::string_view where);

    // cluster_builder.cpp: taking documents apart
    bool addRoot(Node root, const FileContext &context);
    bool addItem(Node item, std::string_view apiVersion, std::string_view kind, const FileContext &context, int depth,
        bool inList);
    bool addItem(const ItemHead &item, std::string_view apiVersion, std::string_view kind, const FileContext &context,
        int depth, bool inList);
    bool addList(
        Node list, std::string_view itemApiVersion, std::string_view itemKind, const FileContext &context, int depth);
    bool addItems(
        Node items, std::string_view apiVersion, std::string_view kind, const FileContext &context, int depth);
    void addReleaseItem(
        Node item, const HelmRelease &release, const FileContext &context, int depth, std::vector<Object> &into);
    bool addKubeletConfig(Node config, const FileContext &context);
    bool addMapOfObjects(Node root, const FileContext &context);
    bool addUntyped(Node root, std::string_view apiVersion, std::string_view kind, const FileContext &context);
    bool noteEmptyList(std::string_view group, std::string_view kind, const FileContext &context);
    bool addErrors(Node root, const FileContext &context);

    // export_text.cpp: evidence that is no object
    bool addDiscovery(Node root, const FileContext &context);
    bool addVersionFile(Node root);
    bool addStatus(Node root, const FileContext &context);
    bool addErrorLine(std::string_view line, const FileContext &context);
    bool addErrorReport(Node root, const FileContext &context);
    bool addApiTable(std::string_view text, int source);
    void noteNotCollected(std::string_view resource, std::optional<std::string_view> group, std::string_view reason,
        int source, std::string_view namespaceName = {});
    void noteEmpty(std::string_view kind, std::string_view group, const FileContext &context);
    void noteApi(std::string_view group, std::string_view kind, std::string_view plural, bool namespaced, int source);

    [[nodiscard]] bool hasEvidence() const;
};

/// "/apis/batch/v1/namespaces/default/jobs" and "/api/v1/pods".
struct ApiPath
{
    std::string_view group;
    std::string_view version;
    std::string_view resource;
    std::string_view namespaceName; ///< "" for what stands in none
};
[[nodiscard]] std::optional<ApiPath> parseApiPath(std::string_view path);

/// Digits of "v1.21.7+rke2r1", to find the highest version; {0, 0, 0} for what is none.
[[nodiscard]] std::array<int, 3> versionNumbers(std::string_view version);

} // namespace tally
