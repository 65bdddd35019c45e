// SPDX-License-Identifier: Apache-2.0
#include "core/workbench/export_script.h"

#include <algorithm>

namespace tally {

namespace {

constexpr std::string_view head = R"SH(#!/bin/sh
# Read-only export of a Kubernetes cluster for an audit with Tallymann.
# It calls "kubectl get" only and changes nothing. Each kind gets a file of its own, also an empty one; what could not be
# read leaves an .err file. Of Secrets it takes names and types only, never values.
# Usage: sh export.sh [FOLDER]       Needs: kubectl with read access (the ClusterRole "view" is not enough for everything)
set -u
umask 077
out=${1:-tallymann-export}
mkdir -p "$out" || exit 1

kubectl version -o yaml > "$out/version.yaml" 2> "$out/version.err"
kubectl api-resources --verbs=list -o wide > "$out/api-resources.txt" 2> "$out/api-resources.err"

secrets='{"apiVersion":"v1","kind":"SecretList","items":[{{range $i, $s := .items}}{{if $i}},{{end}}
{"apiVersion":"v1","kind":"Secret","type":{{printf "%q" $s.type}},"metadata":{"name":{{printf "%q" $s.metadata.name}},"namespace":{{printf "%q" $s.metadata.namespace}},"uid":{{printf "%q" $s.metadata.uid}},"creationTimestamp":{{printf "%q" $s.metadata.creationTimestamp}}}}{{end}}]}'

# fetch RESOURCE FILE SCOPE...
fetch() {
  resource=$1 file=$2
  shift 2
  mkdir -p "$(dirname "$file")"
  if [ "$resource" = secrets ]; then
    kubectl get secrets "$@" -o go-template="$secrets" > "$file.json" 2> "$file.err"
  else
    kubectl get "$resource" "$@" -o yaml > "$file.yaml" 2> "$file.err"
  fi
  [ -s "$file.err" ] || rm -f "$file.err"
}

)SH";

constexpr std::string_view clusterScoped
    = R"SH(for resource in $(kubectl api-resources --verbs=list --namespaced=false -o name); do
  case "$resource" in componentstatuses) continue ;; esac
  fetch "$resource" "$out/cluster/$resource"
done
)SH";

constexpr std::string_view tail = R"SH(find "$out" -name '*.err' -empty -exec rm -f {} +
echo "Done: $out. Please hand over the whole folder, for example: tar czf $out.tar.gz $out"
)SH";

} // namespace

bool isNamespaceName(std::string_view name)
{
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && name.size() <= 63 && std::ranges::all_of(name, allowed) && name.front() != '-'
        && name.back() != '-';
}

std::string exportScript(std::span<const std::string> namespaces)
{
    std::string script(head);
    script += clusterScoped;
    script += "for resource in $(kubectl api-resources --verbs=list --namespaced=true -o name); do\n"
              "  case \"$resource\" in events | events.* | *.metrics.k8s.io) continue ;; esac\n";
    if (namespaces.empty()) {
        script += "  fetch \"$resource\" \"$out/namespaced/$resource\" --all-namespaces\n";
    } else {
        script += "  for namespace in";
        for (const std::string &name : namespaces)
            script += " " + name;
        script += "; do\n    fetch \"$resource\" \"$out/namespaced/$namespace/$resource\" -n \"$namespace\"\n  done\n";
    }
    script += "done\n";
    script += tail;
    return script;
}

} // namespace tally
