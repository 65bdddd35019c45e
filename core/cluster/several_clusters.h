// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cluster/cluster.h"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace tally {

/// Where the export begins that a file belongs to: "a/b" of "a/b/cluster-resources/nodes.json", the folder of a file
/// that stands in no such layout; the archive where one lies in the source.
struct ExportRoot
{
    std::string_view path; ///< beginning of the file's path; "" is the source itself
    bool isBundle = false; ///< a layout that only one tool writes, for one cluster
};
[[nodiscard]] ExportRoot exportRoot(std::string_view file);

/// Finds out whether what lies side by side comes from one cluster. A uid is never given twice, so:
/// - the Namespaces default, kube-system and kube-public cannot be deleted (Kubernetes: admission plugin
///   NamespaceLifecycle, immortal namespaces); with another uid it is another cluster, with the same uid the same one;
/// - likewise the Service default/kubernetes and the ConfigMap kube-system/extension-apiserver-authentication, which
///   the API server makes when it starts for the first time;
/// - else objects that live long: five of the same names with other uids, and a quarter of those that both hold;
/// - bundles of which no two objects are the same: nothing shows that they belong together.
/// Views must live as long as it.
class ClusterTeller
{
public:
    /// Each object; cheap where consecutive ones stand in the same file.
    void see(const Object &object);
    /// Two copies of one object, with one uid.
    void agree(const Object &first, const Object &second);
    /// Two objects of the same name with different uids.
    void differ(const Object &first, const Object &second);

    /// A place of each cluster: source and root, or file. Empty: nothing speaks against one cluster.
    [[nodiscard]] std::vector<std::pair<int, std::string>> places() const;

private:
    using Unit = std::pair<int, std::string_view>; ///< source, root or file
    struct Counts
    {
        std::size_t same = 0;
        std::size_t other = 0;
        bool sameAnchor = false;
        bool otherAnchor = false;
        bool sameNamespace = false;
        bool otherNamespace = false;

        [[nodiscard]] bool areTwo() const;
    };

    [[nodiscard]] Counts &countsOf(const Object &first, const Object &second);
    [[nodiscard]] bool areTwo(const Unit &first, const Unit &second) const;

    std::map<std::pair<Unit, Unit>, Counts> m_counts; ///< the smaller unit first
    std::map<Unit, bool> m_roots;                     ///< is it that of a bundle?
    const char *m_last = nullptr;                     ///< name of the file seen last
    int m_lastSource = -1;
};

} // namespace tally
