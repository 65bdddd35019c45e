# SPDX-License-Identifier: Apache-2.0
"""Stadtwerke Musterhafen, a utility that does not exist: nodes, kube-system, ingress, monitoring, default."""
import json

from live_objects import HARDENED, container, digest, http, limits, meta, pinned, pod_spec, stamp, tcp

MIRROR = "registry.musterhafen.example/mirror/"
HOUSE = "registry.musterhafen.example/"
SETUP = stamp(5, 6)
# The public certificate of a throw-away authority made for this sample; its key was deleted.
AUTHORITY = """-----BEGIN CERTIFICATE-----
MIIBWzCCAQGgAwIBAgIBATAKBggqhkjOPQQDAjAVMRMwEQYDVQQDDAprdWJlcm5l
dGVzMB4XDTI2MTAwNTA2MDAwMFoXDTM2MTAwMjA2MDAwMFowFTETMBEGA1UEAwwK
a3ViZXJuZXRlczBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAhqEVI2fPHOEDNP
buJJgCHksIx3dHkXWa2eqdXof5rfxNziiDwig94FYfkXEdLunugIZwTjzCBTbFU+
gcxmYRCjQjBAMA4GA1UdDwEB/wQEAwICpDAPBgNVHRMBAf8EBTADAQH/MB0GA1Ud
DgQWBBT720bY0ZiodaGqtGk+J/YNphl1jDAKBggqhkjOPQQDAgNIADBFAiAuO6Kc
a/If5VHnblzYqUksiLqM+/r4camgJ/47MLtodwIhAIsVknHWEQ63kwuIhiEB/ZYl
xGWBL20rPSoabbH7kOLN
-----END CERTIFICATE-----
"""
CONTROL = ["cp-1", "cp-2", "cp-3"]
WORKERS = ["worker-1", "worker-2", "worker-3", "worker-4"]


def namespace(cluster, name, created=SETUP, labels=None):
    all_labels = {"kubernetes.io/metadata.name": name, **(labels or {})}
    cluster.add("namespaces", "v1", "Namespace", meta("Namespace", name, None, created, all_labels),
                spec={"finalizers": ["kubernetes"]}, status={"phase": "Active"})
    cluster.account(name, "default", created)
    cluster.config_map(name, "kube-root-ca.crt", {"ca.crt": AUTHORITY}, created, annotations={
        "kubernetes.io/description": "Contains a CA bundle that can be used to verify the kube-apiserver when using internal "
        "endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of "
        "Kubernetes clusters."})


def nodes(cluster):
    for i, name in enumerate(CONTROL + WORKERS):
        control = name in CONTROL
        # cp-1 and cp-2 stand in the same room; cp-3 lost its taint during a repair; worker-4 was not updated.
        zone = "rz-nord" if name in ("cp-1", "cp-2", "worker-1", "worker-2") else "rz-sued"
        version = "v1.29.8" if name == "worker-4" else "v1.30.6"
        labels = {"beta.kubernetes.io/arch": "amd64", "beta.kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
                  "kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "topology.kubernetes.io/region": "musterhafen",
                  "topology.kubernetes.io/zone": zone}
        spec = {"podCIDR": f"10.244.{i}.0/24", "podCIDRs": [f"10.244.{i}.0/24"]}
        if control:
            labels["node-role.kubernetes.io/control-plane"] = ""
            if name != "cp-3":
                spec["taints"] = [{"effect": "NoSchedule", "key": "node-role.kubernetes.io/control-plane"}]
        ip = f"10.20.0.{11 + i if control else 18 + i}"
        cluster.nodes[name] = {"ip": ip, "cidr": f"10.244.{i}", "pods": 4}
        cpu, memory = ("4", "16384000Ki") if control else ("8", "32768000Ki")
        def condition(kind, status, reason, message):
            return {"lastHeartbeatTime": stamp(28, 8, 58, 11), "lastTransitionTime": SETUP, "message": message, "reason": reason,
                    "status": status, "type": kind}
        cluster.add("nodes", "v1", "Node", meta("Node", name, None, SETUP, labels, {
            "kubeadm.alpha.kubernetes.io/cri-socket": "unix:///var/run/containerd/containerd.sock",
            "node.alpha.kubernetes.io/ttl": "0", "volumes.kubernetes.io/controller-managed-attach-detach": "true"}), spec=spec, status={
            "addresses": [{"address": ip, "type": "InternalIP"}, {"address": name, "type": "Hostname"}],
            "allocatable": {"cpu": cpu, "ephemeral-storage": "94992122580", "hugepages-2Mi": "0", "memory": memory, "pods": "110"},
            "capacity": {"cpu": cpu, "ephemeral-storage": "103079342Ki", "hugepages-2Mi": "0", "memory": memory, "pods": "110"},
            "conditions": [
                condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
                condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
                condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
                condition("Ready", "True", "KubeletReady", "kubelet is posting ready status")],
            "daemonEndpoints": {"kubeletEndpoint": {"Port": 10250}},
            "nodeInfo": {"architecture": "amd64", "bootID": digest("boot/" + name)[:8] + "-0000-4000-8000-" + digest("boot/" + name)[8:20],
                         "containerRuntimeVersion": "containerd://1.7.22", "kernelVersion": "6.1.0-26-amd64", "kubeProxyVersion": version,
                         "kubeletVersion": version, "machineID": digest("machine/" + name)[:32], "operatingSystem": "linux",
                         "osImage": "Debian GNU/Linux 12 (bookworm)",
                         "systemUUID": digest("system/" + name)[:8] + "-0000-4000-8000-" + digest("system/" + name)[8:20]}})


def host_path(name, path, kind=""):
    return {"hostPath": {"path": path, "type": kind}, "name": name}


def control_plane(cluster):
    certs = "/etc/kubernetes/pki"
    for node in CONTROL:
        ip = cluster.nodes[node]["ip"]
        components = {
            "etcd": ("etcd:3.5.15-0", ["etcd", f"--advertise-client-urls=https://{ip}:2379", f"--cert-file={certs}/etcd/server.crt",
                                       "--client-cert-auth=true", "--data-dir=/var/lib/etcd", f"--key-file={certs}/etcd/server.key",
                                       f"--listen-client-urls=https://127.0.0.1:2379,https://{ip}:2379", "--peer-client-cert-auth=true",
                                       f"--trusted-ca-file={certs}/etcd/ca.crt"], {"etcd-data": "/var/lib/etcd", "etcd-certs": certs + "/etcd"}),
            # No audit log and no encryption of Secrets: both are findings.
            "kube-apiserver": ("kube-apiserver:v1.30.6", ["kube-apiserver", f"--advertise-address={ip}", "--allow-privileged=true",
                                                          "--authorization-mode=Node,RBAC", f"--client-ca-file={certs}/ca.crt",
                                                          "--enable-admission-plugins=NodeRestriction", f"--etcd-cafile={certs}/etcd/ca.crt",
                                                          "--etcd-servers=https://127.0.0.1:2379", "--secure-port=6443",
                                                          f"--service-account-key-file={certs}/sa.pub", "--service-cluster-ip-range=10.96.0.0/12",
                                                          f"--tls-cert-file={certs}/apiserver.crt", f"--tls-private-key-file={certs}/apiserver.key"],
                               {"k8s-certs": certs}),
            "kube-controller-manager": ("kube-controller-manager:v1.30.6", ["kube-controller-manager", "--bind-address=127.0.0.1",
                                                                             "--cluster-cidr=10.244.0.0/16", "--kubeconfig=/etc/kubernetes/controller-manager.conf",
                                                                             "--use-service-account-credentials=true"], {"k8s-certs": certs}),
            "kube-scheduler": ("kube-scheduler:v1.30.6", ["kube-scheduler", "--bind-address=127.0.0.1", "--kubeconfig=/etc/kubernetes/scheduler.conf"],
                               {"kubeconfig": "/etc/kubernetes/scheduler.conf"}),
        }
        health = {"etcd": http("/health?serializable=true", 2381), "kube-apiserver": http("/livez", 6443),
                  "kube-controller-manager": http("/healthz", 10257), "kube-scheduler": http("/healthz", 10259)}
        for name, (image, command, mounts) in components.items():
            live = dict(health[name], failureThreshold=8, initialDelaySeconds=10, timeoutSeconds=15)
            live["httpGet"].update(host="127.0.0.1" if name != "kube-apiserver" else ip, scheme="HTTP" if name == "etcd" else "HTTPS")
            c = container(name, MIRROR + image, command=command, resources={"requests": {"cpu": "100m"}},
                          mounts=list(mounts.items()), live=live)
            cluster.static_pod("kube-system", name, pod_spec(
                [c], security={"seccompProfile": {"type": "RuntimeDefault"}}, hostNetwork=True, priority=2000001000,
                priorityClassName="system-node-critical", volumes=[host_path(v, p, "DirectoryOrCreate") for v, p in mounts.items()]), node, SETUP)


def kube_system(cluster):
    ns = "kube-system"
    for name in ("calico-node", "calico-kube-controllers", "coredns", "kube-proxy", "metrics-server"):
        cluster.account(ns, name, SETUP)
    critical = {"priority": 2000000000, "priorityClassName": "system-cluster-critical"}
    node_critical = {"priority": 2000001000, "priorityClassName": "system-node-critical"}
    everywhere = [{"operator": "Exists"}]
    labels = {"k8s-app": "kube-dns"}
    cluster.deployment(ns, "coredns", labels, pod_spec([container(
        "coredns", MIRROR + "coredns:v1.11.3", [("dns", 53), ("dns-tcp", 53), ("metrics", 9153)], args=["-conf", "/etc/coredns/Corefile"],
        resources=limits("100m", "70Mi", None, "170Mi"), mounts=[("config-volume", "/etc/coredns", True)],
        security={"allowPrivilegeEscalation": False, "capabilities": {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]}, "readOnlyRootFilesystem": True},
        ready=http("/ready", 8181), live=http("/health", 8080, initialDelaySeconds=60))], "coredns",
        volumes=[{"configMap": {"defaultMode": 420, "items": [{"key": "Corefile", "path": "Corefile"}], "name": "coredns"}, "name": "config-volume"}],
        tolerations=[{"effect": "NoSchedule", "key": "node-role.kubernetes.io/control-plane"}], nodeSelector={"kubernetes.io/os": "linux"}, **critical),
        ["worker-1", "worker-3"], SETUP, match=labels)
    cluster.service(ns, "kube-dns", labels, [("dns", 53, 53), ("dns-tcp", 53, 53), ("metrics", 9153, 9153)], SETUP, labels={"k8s-app": "kube-dns"})
    labels = {"k8s-app": "calico-kube-controllers"}
    cluster.deployment(ns, "calico-kube-controllers", labels, pod_spec([container(
        "calico-kube-controllers", MIRROR + "calico-kube-controllers:v3.28.2", env={"ENABLED_CONTROLLERS": "node", "DATASTORE_TYPE": "kubernetes"})],
        "calico-kube-controllers", tolerations=[{"effect": "NoSchedule", "key": "node-role.kubernetes.io/control-plane"}], **critical),
        ["cp-1"], SETUP, match=labels)
    labels = {"k8s-app": "metrics-server"}
    cluster.deployment(ns, "metrics-server", labels, pod_spec([container(
        "metrics-server", MIRROR + "metrics-server:v0.7.2", [("https", 10250)], args=["--secure-port=10250", "--kubelet-insecure-tls"],
        resources={"requests": {"cpu": "100m", "memory": "200Mi"}}, security=dict(HARDENED, runAsNonRoot=True, runAsUser=1000,
                                                                                 seccompProfile={"type": "RuntimeDefault"}),
        ready=tcp(10250), live=tcp(10250))], "metrics-server", **critical), ["worker-2"], SETUP, match=labels)
    cluster.daemon_set(ns, "calico-node", {"k8s-app": "calico-node"}, pod_spec([container(
        "calico-node", MIRROR + "calico-node:v3.28.2", env={"CALICO_IPV4POOL_CIDR": "10.244.0.0/16", "DATASTORE_TYPE": "kubernetes"},
        resources={"requests": {"cpu": "250m"}}, security={"privileged": True}, mounts=[("lib-modules", "/lib/modules", True), ("cni-bin", "/host/opt/cni/bin")],
        ready={"exec": {"command": ["/bin/calico-node", "-felix-ready", "-bird-ready"]}, "failureThreshold": 3, "periodSeconds": 10,
               "successThreshold": 1, "timeoutSeconds": 10})], "calico-node", hostNetwork=True, tolerations=everywhere,
        volumes=[host_path("lib-modules", "/lib/modules"), host_path("cni-bin", "/opt/cni/bin", "DirectoryOrCreate")], **node_critical),
        CONTROL + WORKERS, SETUP)
    cluster.daemon_set(ns, "kube-proxy", {"k8s-app": "kube-proxy"}, pod_spec([container(
        "kube-proxy", MIRROR + "kube-proxy:v1.30.6", command=["/usr/local/bin/kube-proxy", "--config=/var/lib/kube-proxy/config.conf"],
        security={"privileged": True}, mounts=[("kube-proxy", "/var/lib/kube-proxy"), ("lib-modules", "/lib/modules", True)])], "kube-proxy",
        hostNetwork=True, tolerations=everywhere, volumes=[
            {"configMap": {"defaultMode": 420, "name": "kube-proxy"}, "name": "kube-proxy"}, host_path("lib-modules", "/lib/modules")],
        **node_critical), CONTROL + WORKERS, SETUP)
    cluster.config_map(ns, "coredns", {"Corefile": """.:53 {
    errors
    health
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
    }
    prometheus :9153
    forward . 10.20.0.2
    cache 30
}
"""}, SETUP)
    cluster.config_map(ns, "kubelet-config", {"kubelet": """apiVersion: kubelet.config.k8s.io/v1beta1
authentication:
  anonymous:
    enabled: false
  webhook:
    enabled: true
  x509:
    clientCAFile: /etc/kubernetes/pki/ca.crt
authorization:
  mode: Webhook
cgroupDriver: systemd
kind: KubeletConfiguration
rotateCertificates: true
staticPodPath: /etc/kubernetes/manifests
"""}, SETUP)
    cluster.config_map(ns, "kube-proxy", {"config.conf": """apiVersion: kubeproxy.config.k8s.io/v1alpha1
clusterCIDR: 10.244.0.0/16
kind: KubeProxyConfiguration
mode: iptables
"""}, SETUP)
    cluster.config_map(ns, "kubeadm-config", {"ClusterConfiguration": """apiVersion: kubeadm.k8s.io/v1beta3
clusterName: musterhafen
controlPlaneEndpoint: api.musterhafen.example:6443
kind: ClusterConfiguration
kubernetesVersion: v1.30.6
networking:
  dnsDomain: cluster.local
  podSubnet: 10.244.0.0/16
  serviceSubnet: 10.96.0.0/12
"""}, SETUP)


def ingress_nginx(cluster):
    ns, created = "ingress-nginx", stamp(5, 7)
    labels = {"app.kubernetes.io/component": "controller", "app.kubernetes.io/instance": "ingress-nginx", "app.kubernetes.io/managed-by": "Helm",
              "app.kubernetes.io/name": "ingress-nginx", "helm.sh/chart": "ingress-nginx-4.11.3"}
    notes = {"meta.helm.sh/release-name": "ingress-nginx", "meta.helm.sh/release-namespace": ns}
    cluster.account(ns, "ingress-nginx", created, labels=labels)
    cluster.deployment(ns, "ingress-nginx-controller", labels, pod_spec([container(
        "controller", pinned(MIRROR + "ingress-nginx-controller:v1.11.3"), [("http", 80), ("https", 443)],
        args=["/nginx-ingress-controller", "--ingress-class=nginx", "--publish-service=ingress-nginx/ingress-nginx-controller"],
        resources=limits("200m", "256Mi", "1", "512Mi"),
        security={"allowPrivilegeEscalation": False, "capabilities": {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]}, "readOnlyRootFilesystem": False,
                  "runAsNonRoot": True, "runAsUser": 101, "seccompProfile": {"type": "RuntimeDefault"}},
        ready=http("/healthz", 10254, initialDelaySeconds=10), live=http("/healthz", 10254, initialDelaySeconds=10, failureThreshold=5))],
        "ingress-nginx", nodeSelector={"kubernetes.io/os": "linux"}), ["worker-1", "worker-3"], created, annotations=notes)
    cluster.service(ns, "ingress-nginx-controller", {k: labels[k] for k in ("app.kubernetes.io/component", "app.kubernetes.io/instance", "app.kubernetes.io/name")},
                    [("http", 80, "http", 31080), ("https", 443, "https", 31443)], created, "LoadBalancer", labels,
                    externalTrafficPolicy="Local", address="10.20.8.10")
    cluster.config_map(ns, "ingress-nginx-controller", {"allow-snippet-annotations": "true", "ssl-protocols": "TLSv1.2 TLSv1.3"}, created, labels, notes)
    cluster.secret(ns, "sh.helm.release.v1.ingress-nginx.v1", "helm.sh/release.v1", created,
                   {"name": "ingress-nginx", "owner": "helm", "status": "deployed", "version": "1"})
    cluster.network_policy(ns, "default-deny", {}, created, ["Ingress"])
    cluster.network_policy(ns, "allow-web", {"app.kubernetes.io/name": "ingress-nginx"}, created, ["Ingress"],
                           ingress=[{"ports": [{"port": 80, "protocol": "TCP"}, {"port": 443, "protocol": "TCP"}]}])


def monitoring(cluster):
    ns, created = "monitoring", stamp(6, 8)
    for name in ("prometheus", "grafana", "kubernetes-dashboard", "host-agent"):
        cluster.account(ns, name, created)
    labels = {"app": "prometheus"}
    cluster.stateful_set(ns, "prometheus", labels, pod_spec([container(
        "prometheus", MIRROR + "prometheus:v2.54.1", [("web", 9090)], args=["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.retention.time=15d"],
        resources=limits("500m", "1Gi", "1", "2Gi"), security=HARDENED, mounts=[("daten", "/prometheus"), ("config", "/etc/prometheus", True)],
        ready=http("/-/ready", 9090), live=http("/-/healthy", 9090, failureThreshold=6))], "prometheus",
        {"fsGroup": 65534, "runAsNonRoot": True, "runAsUser": 65534, "seccompProfile": {"type": "RuntimeDefault"}},
        [{"configMap": {"defaultMode": 420, "name": "prometheus"}, "name": "config"}]), ["worker-2"], created, "prometheus", [("daten", "50Gi", "standard")])
    cluster.service(ns, "prometheus", labels, [("web", 9090, "web")], created)
    cluster.config_map(ns, "prometheus", {"prometheus.yml": """global:
  scrape_interval: 30s
scrape_configs:
- job_name: kubernetes-pods
  kubernetes_sd_configs:
  - role: pod
"""}, created)
    labels = {"app": "grafana"}
    # The administrator's password stands in the Pod in clear.
    cluster.deployment(ns, "grafana", labels, pod_spec([container(
        "grafana", MIRROR + "grafana:latest", [("web", 3000)], env={"GF_SECURITY_ADMIN_USER": "admin", "GF_SECURITY_ADMIN_PASSWORD": "Musterpasswort-nur-Demo-1"},
        resources=limits("100m", "128Mi", None, "512Mi"), ready=http("/api/health", 3000))], "grafana"), ["worker-4"], created)
    cluster.service(ns, "grafana", labels, [("web", 3000, "web", 30300)], created, "NodePort")
    cluster.ingress(ns, "grafana", "grafana.musterhafen.example", "grafana", 3000, created)
    labels = {"k8s-app": "kubernetes-dashboard"}
    cluster.deployment(ns, "kubernetes-dashboard", labels, pod_spec([container(
        "dashboard", MIRROR + "kubernetes-dashboard:v2.7.0", [("http", 9090)], args=["--enable-skip-login", "--insecure-bind-address=0.0.0.0", "--namespace=monitoring"],
        live=http("/", 9090, initialDelaySeconds=30, timeoutSeconds=30))], "kubernetes-dashboard"), ["worker-3"], stamp(12, 14), match=labels)
    cluster.service(ns, "kubernetes-dashboard", labels, [("http", 80, 9090, 30090)], stamp(12, 14), "NodePort")
    # The worst of all: root on each node, with its file system and its container socket.
    cluster.daemon_set(ns, "host-agent", {"app": "host-agent"}, pod_spec([container(
        "agent", HOUSE + "betrieb/host-agent", env={"LOG_LEVEL": "debug"}, security={"privileged": True, "runAsUser": 0},
        mounts=[("host-root", "/host"), ("docker-sock", "/var/run/docker.sock")])], "host-agent", hostPID=True, hostNetwork=True,
        dnsPolicy="ClusterFirstWithHostNet", tolerations=[{"operator": "Exists"}],
        volumes=[host_path("host-root", "/"), host_path("docker-sock", "/var/run/docker.sock")]), CONTROL + WORKERS, stamp(14, 10))
    cluster.daemon_set(ns, "node-exporter", {"app": "node-exporter"}, pod_spec([container(
        "node-exporter", MIRROR + "node-exporter:v1.8.2", [("metrics", 9100, 9100)], args=["--path.rootfs=/host/root"],
        resources=limits("50m", "64Mi", "200m", "128Mi"), security=HARDENED, mounts=[("root", "/host/root", True)])], None,
        {"runAsNonRoot": True, "runAsUser": 65534}, [host_path("root", "/")], hostNetwork=True, hostPID=True, automountServiceAccountToken=False,
        tolerations=[{"effect": "NoSchedule", "operator": "Exists"}]), CONTROL + WORKERS, created)


def default_namespace(cluster):
    created = stamp(9, 15)
    labels = {"app": "nginx-test"}
    image = "nginx:latest"
    other = {"nginx": "docker.io/library/nginx@sha256:" + digest("image/nginx:latest/second")}
    cluster.deployment("default", "nginx-test", labels, pod_spec([container("nginx", image, [("http", 80)])]), ["worker-2", "cp-3"], created, drift={1: other})
    cluster.service("default", "nginx-test", labels, [("http", 80, 80, 30080)], created, "NodePort")
    cluster.service("default", "kubernetes", None, [("https", 443, 6443)], SETUP, labels={"component": "apiserver", "provider": "kubernetes"})
    spec = pod_spec([container("debug", HOUSE + "betrieb/werkzeuge:latest", command=["sleep", "infinity"],
                               security={"capabilities": {"add": ["NET_ADMIN", "SYS_PTRACE"]}})])
    cluster.pod("default", "debug", {"metadata": {"labels": {"run": "debug"}}, "spec": spec}, "worker-1", stamp(20, 16, 42))


def last_applied(api, kind, name, ns, **body):
    """What `kubectl apply` leaves behind: the manifest again, as JSON in an annotation."""
    manifest = {"apiVersion": api, "kind": kind, "metadata": {"annotations": {}, "name": name, "namespace": ns}, **body}
    return {"kubectl.kubernetes.io/last-applied-configuration": json.dumps(manifest, sort_keys=True, separators=(",", ":")) + "\n"}
