// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/message.h"

#include <array>
#include <string_view>

namespace tally {

/// What core/cluster can say. %1 of the first group is the file's name.
inline constexpr std::array clusterMessages = {
    MessageDef{"cluster.reading", TALLY_MESSAGE("Progress", "Reading the cluster export")},
    MessageDef{"cluster.no-objects",
        TALLY_MESSAGE("Errors",
            "“%1” holds no Kubernetes objects. Accepted are what “kubectl get … -o yaml” or “-o json” prints, "
            "manifests in YAML or JSON, and folders and archives of such files.")},
    MessageDef{"cluster.table",
        TALLY_MESSAGE("Errors",
            "“%1” is a table for display (kind: Table); the objects themselves are not in it. Export again with "
            "“-o yaml” or “-o json”.")},
    MessageDef{"cluster.text-table",
        TALLY_MESSAGE("Errors",
            "“%1” is the table that kubectl prints on the screen; the objects themselves are not in it. Export again "
            "with “-o yaml” or “-o json”.")},
    MessageDef{"cluster.kubeconfig",
        TALLY_MESSAGE("Errors",
            "“%1” is a kubeconfig: it holds credentials and no objects. It was not read and should not be passed on.")},
    MessageDef{"cluster.audit-log",
        TALLY_MESSAGE("Errors",
            "“%1” holds events of an audit log of the API server, but not one a line as the server writes them. It was "
            "not "
            "read.")},
    MessageDef{"cluster.audit-lines",
        TALLY_MESSAGE_N("Errors", "%n line(s) of the audit log “%1” could not be read and were not counted.")},
    MessageDef{"cluster.etcd-damaged",
        TALLY_MESSAGE("Errors", "“%1” looks like a database of etcd, but is damaged or cut off.")},
    //: %2 a number
    MessageDef{
        "cluster.etcd-too-many", TALLY_MESSAGE("Errors", "“%1” holds more than %2 entries. It was not evaluated.")},
    //: %2 a command
    MessageDef{"cluster.helm-chart",
        TALLY_MESSAGE("Errors",
            "“%1” belongs to a Helm chart, which only becomes manifests when it is rendered. Its templates were not "
            "evaluated. Run “%2” and open the result.")},
    //: %2 a command
    MessageDef{"cluster.kustomize",
        TALLY_MESSAGE("Errors",
            "“%1” belongs to a Kustomize folder: what it changes was not applied. Run “%2” and open the result.")},
    MessageDef{
        "cluster.templates-skipped", TALLY_MESSAGE_N("Errors", "%n template(s) of Helm charts were not evaluated.")},
    MessageDef{"cluster.bundle-changed",
        TALLY_MESSAGE("Errors", "“%1” is not what the bundle’s manifest says: it was changed after the export.")},
    MessageDef{
        "cluster.bundle-missing", TALLY_MESSAGE("Errors", "“%1” stands in the bundle’s manifest and is not there.")},
    MessageDef{"cluster.form.cluster-info-dump",
        TALLY_MESSAGE("Errors",
            "A dump of kubectl cluster-info holds only some namespaces unless it was asked for all, and neither rights "
            "nor network policies.")},
    MessageDef{"cluster.form.insights-archive",
        TALLY_MESSAGE("Errors",
            "An Insights archive is a selection, with names and values taken out: that something is not in it says "
            "nothing.")},
    MessageDef{"cluster.form.velero-backup",
        TALLY_MESSAGE("Errors",
            "A Velero backup holds what was selected for it, and pods without their status. Secrets stand in it in "
            "clear: protect the file accordingly.")},
    MessageDef{"cluster.form.helm-rendered",
        TALLY_MESSAGE("Errors",
            "These are manifests that Helm rendered: what is to be installed, not what runs in the cluster.")},
    MessageDef{"cluster.file-skipped", TALLY_MESSAGE("Errors", "“%1” holds no Kubernetes objects and was skipped.")},
    MessageDef{"cluster.special-file",
        TALLY_MESSAGE("Errors", "“%1” is a symbolic link or no regular file. It was not read.")},
    MessageDef{"cluster.files-skipped",
        TALLY_MESSAGE_N("Errors", "%n file(s) of other kinds (logs, archives, …) were skipped.")},
    MessageDef{"cluster.documents-skipped",
        TALLY_MESSAGE_N("Errors", "%n document(s) of “%1” are no Kubernetes objects and were skipped.")},
    MessageDef{"cluster.items-skipped",
        TALLY_MESSAGE_N("Errors", "%n item(s) of a List in “%1” are no Kubernetes objects and were skipped.")},
    MessageDef{"cluster.lists-too-deep",
        TALLY_MESSAGE("Errors", "“%1” nests Lists too deeply. What lies deeper was skipped.")},
    MessageDef{"cluster.list-truncated",
        TALLY_MESSAGE(
            "Errors", "A List in “%1” was cut off by a limit of the query: the objects after it are missing.")},
    MessageDef{"cluster.empty-list",
        TALLY_MESSAGE("Errors", "“%1” is an empty List that does not say of which kind. It proves nothing.")},
    MessageDef{"cluster.duplicate-differs",
        TALLY_MESSAGE("Errors", "%1 is in the export more than once, with different content. The first one counts.")},
    MessageDef{"cluster.duplicate-replaced",
        TALLY_MESSAGE("Errors", "%1 is in the export more than once, with different content. The newer one counts.")},
    MessageDef{"cluster.variants",
        TALLY_MESSAGE("Errors",
            "%1 is in the export more than once, with different content: in “%2” and in “%3”. Each of them is looked "
            "at; what joins objects by name takes the first one.")},
    MessageDef{"cluster.more-duplicates",
        TALLY_MESSAGE_N("Errors", "%n more object(s) are there more than once, with different content.")},
    MessageDef{"cluster.duplicate-newer",
        TALLY_MESSAGE("Errors", "%1 is in an earlier source, too, with other content. The newer one counts.")},
    MessageDef{"cluster.known-already",
        TALLY_MESSAGE_N(
            "Errors", "%n object(s) are in an earlier source, too, with the same content. They are counted there.")},
    MessageDef{
        "cluster.uid-shared", TALLY_MESSAGE("Errors", "%1 carries the uid of %2 and was taken for the same object.")},
    MessageDef{
        "cluster.owner-ring", TALLY_MESSAGE("Errors", "The owner references of %1 form a ring. They were ignored.")},
    //: %1: files or folders, one of each cluster
    MessageDef{"cluster.several-clusters",
        TALLY_MESSAGE("Errors",
            "The export mixes different clusters, see %1. They were read as one: what joins objects, and what says "
            "that something is absent, cannot be relied on. No check of the cluster counts as complete.")},
    MessageDef{"cluster.open-one", TALLY_MESSAGE("Errors", "To look at one of the clusters alone: %1")},
    MessageDef{"cluster.namespaces-partly",
        TALLY_MESSAGE("Errors", "The export does not cover all namespaces. Not covered: %1.")},
    MessageDef{"cluster.namespaces-unlisted",
        TALLY_MESSAGE("Errors",
            "The list of Namespaces is missing: whether there are more than the %1 that the export holds is not "
            "known.")},
    MessageDef{"cluster.too-much-kept",
        TALLY_MESSAGE("Errors",
            "What is kept of “%1” would take more than %2 of memory. Split the export, by namespace for instance.")},
    //: %2, %3 numbers
    MessageDef{"cluster.read-in-parts",
        TALLY_MESSAGE("Errors",
            "“%1” was read in parts because of its size. Not kept: the text as it stands in the file, managed fields "
            "(metadata.managedFields) of %2 objects, and %3 copies of earlier manifests (annotation "
            "last-applied-configuration) without secrets. No check reads them.")},
    MessageDef{"cluster.not-collected", TALLY_MESSAGE("Errors", "%1 could not be read when the export was made: %2.")},
    MessageDef{"cluster.redacted",
        TALLY_MESSAGE("Errors", "Values of %1 objects were removed before the export was handed over.")},
};

/// The definition of a code in this table. An unknown code does not compile.
[[nodiscard]] consteval const MessageDef *clusterDef(std::string_view code)
{
    return definitionIn(clusterMessages, code);
}

} // namespace tally
