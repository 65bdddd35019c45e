#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the sample cluster export: python3 make-cluster.py [--check]

The same bytes on each run; --check compares with what is in cluster/ and writes nothing.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import musterhafen_applications as applications  # noqa: E402
import musterhafen_platform as platform  # noqa: E402
from kubectl_yaml import dump  # noqa: E402
from live_cluster import Cluster  # noqa: E402
from live_objects import policy_rule, stamp, subject  # noqa: E402

BUILT_IN = {"kubernetes.io/bootstrapping": "rbac-defaults"}
AUTO_UPDATE = {"rbac.authorization.kubernetes.io/autoupdate": "true"}
READ = ["get", "list", "watch"]
WRITE = ["create", "delete", "deletecollection", "patch", "update"]
# Asked for and found empty: its List is in the export. Kinds without a file were not asked for.
EMPTY_KINDS = ["globalnetworkpolicies.crd.projectcalico.org", "networkpolicies.crd.projectcalico.org", "replicationcontrollers"]


def namespaces(cluster):
    psa = "pod-security.kubernetes.io/"
    for name, created, labels in (
        ("default", platform.SETUP, None),
        ("kube-system", platform.SETUP, None),
        ("ingress-nginx", stamp(5, 7), {psa + "enforce": "baseline"}),
        ("monitoring", stamp(6, 8), {psa + "enforce": "privileged"}),
        ("abrechnung", stamp(6, 13), None),
        ("netzleitstelle", stamp(7, 9), {psa + "enforce": "restricted", psa + "enforce-version": "v1.30", psa + "audit": "restricted",
                                         psa + "warn": "restricted", "musterhafen.example/schutzbedarf": "sehr-hoch"}),
        ("kundenportal", stamp(8, 9), {psa + "warn": "restricted", "musterhafen.example/schutzbedarf": "hoch"}),
        ("zaehlerfernauslesung", stamp(13, 10), {"musterhafen.example/schutzbedarf": "hoch"}),
    ):
        platform.namespace(cluster, name, created, labels)


def built_in_roles(cluster):
    at = platform.SETUP
    everything = [policy_rule(["*"], ["*"], ["*"]), {"nonResourceURLs": ["*"], "verbs": ["*"]}]
    def role(name, rules):
        cluster.role(None, name, rules, at, BUILT_IN, AUTO_UPDATE)
    role("cluster-admin", everything)
    workloads = [policy_rule([""], ["configmaps", "persistentvolumeclaims", "pods", "services"], WRITE + READ),
                 policy_rule(["apps"], ["daemonsets", "deployments", "statefulsets"], WRITE + READ),
                 policy_rule(["batch"], ["cronjobs", "jobs"], WRITE + READ),
                 policy_rule(["networking.k8s.io"], ["ingresses", "networkpolicies"], WRITE + READ)]
    secret = [policy_rule([""], ["pods/attach", "pods/exec", "pods/portforward", "pods/proxy", "secrets"], WRITE + READ)]
    role("admin", workloads + secret + [policy_rule(["rbac.authorization.k8s.io"], ["rolebindings", "roles"], WRITE + READ)])
    role("edit", workloads + secret)
    role("view", [policy_rule(r["apiGroups"], r["resources"], READ) for r in workloads])
    role("system:basic-user", [policy_rule(["authorization.k8s.io"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews"], ["create"])])
    role("system:discovery", [{"nonResourceURLs": ["/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/readyz", "/version"], "verbs": ["get"]}])
    role("system:public-info-viewer", [{"nonResourceURLs": ["/healthz", "/livez", "/readyz", "/version"], "verbs": ["get"]}])
    role("system:node-proxier", [policy_rule(["", "discovery.k8s.io"], ["endpointslices", "nodes", "services"], ["get", "list", "watch"])])
    role("system:service-account-issuer-discovery", [{"nonResourceURLs": ["/.well-known/openid-configuration", "/openid/v1/jwks"], "verbs": ["get"]}])
    def bind(name, subjects):
        cluster.binding(None, name, "ClusterRole", name, subjects, at, BUILT_IN, AUTO_UPDATE)
    bind("cluster-admin", [subject("Group", "system:masters")])
    bind("system:basic-user", [subject("Group", "system:authenticated")])
    bind("system:discovery", [subject("Group", "system:authenticated")])
    bind("system:public-info-viewer", [subject("Group", "system:authenticated"), subject("Group", "system:unauthenticated")])
    bind("system:service-account-issuer-discovery", [subject("Group", "system:serviceaccounts")])


def system_roles(cluster):
    at = platform.SETUP
    for name, rules in (
        ("calico-node", [policy_rule([""], ["namespaces", "nodes", "pods", "serviceaccounts", "services"], READ),
                         policy_rule([""], ["nodes/status", "pods/status"], ["patch", "update"]),
                         policy_rule(["networking.k8s.io"], ["networkpolicies"], ["list", "watch"])]),
        ("calico-kube-controllers", [policy_rule([""], ["nodes"], READ), policy_rule([""], ["pods"], READ)]),
        ("coredns", [policy_rule([""], ["endpoints", "namespaces", "pods", "services"], ["list", "watch"])]),
        ("metrics-server", [policy_rule([""], ["nodes/metrics"], ["get"]), policy_rule([""], ["nodes", "pods"], READ)]),
    ):
        cluster.role(None, name, rules, at)
        cluster.binding(None, name, "ClusterRole", name, [subject("ServiceAccount", name, "kube-system")], at)
    cluster.binding(None, "kubeadm:node-proxier", "ClusterRole", "system:node-proxier", [subject("ServiceAccount", "kube-proxy", "kube-system")], at)
    cluster.role(None, "ingress-nginx", [policy_rule([""], ["configmaps", "endpoints", "nodes", "pods", "secrets", "namespaces"], ["list", "watch"]),
                                         policy_rule(["networking.k8s.io"], ["ingresses"], READ)], stamp(5, 7))
    cluster.binding(None, "ingress-nginx", "ClusterRole", "ingress-nginx", [subject("ServiceAccount", "ingress-nginx", "ingress-nginx")], stamp(5, 7))
    cluster.role(None, "prometheus", [policy_rule([""], ["endpoints", "nodes", "nodes/metrics", "pods", "services"], READ),
                                      {"nonResourceURLs": ["/metrics"], "verbs": ["get"]}], stamp(6, 8))
    cluster.binding(None, "prometheus", "ClusterRole", "prometheus", [subject("ServiceAccount", "prometheus", "monitoring")], stamp(6, 8))


def house_roles(cluster):
    """What the utility itself has given away, wisely and less wisely."""
    bind, role = cluster.binding, cluster.role
    bind(None, "plattform-administration", "ClusterRole", "cluster-admin", [subject("Group", "oidc:plattform-betrieb")], stamp(5, 8))
    bind(None, "dashboard-admin", "ClusterRole", "cluster-admin", [subject("ServiceAccount", "kubernetes-dashboard", "monitoring")], stamp(12, 14))
    bind(None, "rechnung-deploy", "ClusterRole", "cluster-admin", [subject("ServiceAccount", "rechnung-deploy", "abrechnung")], stamp(6, 14))
    role(None, "speicher-verwaltung", [policy_rule([""], ["persistentvolumes"], READ + WRITE),
                                       policy_rule(["storage.k8s.io"], ["storageclasses"], READ + WRITE)], stamp(6, 9))
    bind(None, "speicher-verwaltung", "ClusterRole", "speicher-verwaltung", [subject("Group", "system:authenticated")], stamp(6, 9))
    role(None, "geheimnisse-lesen", [policy_rule([""], ["secrets"], READ)], stamp(14, 10))
    bind(None, "host-agent", "ClusterRole", "geheimnisse-lesen", [subject("ServiceAccount", "host-agent", "monitoring")], stamp(14, 10))
    # Nobody used this one, but it is there.
    role(None, "fehlersuche", [policy_rule(["*"], ["*"], ["*"])], stamp(20, 16))
    bind("kundenportal", "entwicklung", "ClusterRole", "view", [subject("Group", "oidc:portal-entwicklung")], stamp(8, 9))
    role("kundenportal", "portal-api", [policy_rule([""], ["configmaps"], ["get"], ["portal-mail"])], stamp(8, 9))
    bind("kundenportal", "portal-api", "Role", "portal-api", [subject("ServiceAccount", "portal-api", "kundenportal")], stamp(8, 9))
    bind("abrechnung", "entwicklung", "ClusterRole", "admin", [subject("Group", "oidc:abrechnung-entwicklung")], stamp(6, 13))
    role("abrechnung", "rechnung", [policy_rule([""], ["pods", "pods/exec", "secrets"], ["*"])], stamp(6, 13))
    bind("abrechnung", "rechnung", "Role", "rechnung", [subject("ServiceAccount", "rechnung", "abrechnung")], stamp(6, 13))
    role("zaehlerfernauslesung", "pods-anlegen", [policy_rule([""], ["pods"], ["create", "get", "list"])], stamp(13, 10))
    bind("zaehlerfernauslesung", "pods-anlegen", "Role", "pods-anlegen", [subject("ServiceAccount", "default", "zaehlerfernauslesung")], stamp(13, 10))
    bind("netzleitstelle", "leitstelle-lesen", "ClusterRole", "view", [subject("Group", "oidc:netzleitstelle-betrieb")], stamp(7, 9))
    # Points at an account that does not exist any more.
    bind("monitoring", "alertmanager", "ClusterRole", "view", [subject("ServiceAccount", "alertmanager", "monitoring")], stamp(6, 8))


def build():
    cluster = Cluster()
    platform.nodes(cluster)
    namespaces(cluster)
    platform.control_plane(cluster)
    platform.kube_system(cluster)
    platform.ingress_nginx(cluster)
    platform.monitoring(cluster)
    platform.default_namespace(cluster)
    applications.control_centre(cluster)
    applications.customer_portal(cluster)
    applications.billing(cluster)
    applications.metering(cluster)
    built_in_roles(cluster)
    system_roles(cluster)
    house_roles(cluster)
    return cluster


def files(cluster):
    for kind in EMPTY_KINDS:
        cluster.kinds.setdefault(kind, [])
    for kind, items in cluster.kinds.items():
        items = sorted(items, key=lambda o: (o["metadata"].get("namespace", ""), o["metadata"]["name"]))
        yield kind + ".yaml", dump({"apiVersion": "v1", "items": items, "kind": "List", "metadata": {"resourceVersion": ""}})


def main():
    folder = Path(__file__).resolve().parent / "cluster"
    made = dict(files(build()))
    if "--check" in sys.argv[1:]:
        found = {p.name: p.read_text(encoding="utf-8") for p in folder.glob("*.yaml")}
        wrong = sorted(name for name in made.keys() | found.keys() if made.get(name) != found.get(name))
        print("\n".join(f"{name}: differs from what make-cluster.py writes" for name in wrong) or "up to date")
        return 1 if wrong else 0
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.yaml"):
        old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
