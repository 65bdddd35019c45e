# SPDX-License-Identifier: Apache-2.0
"""The applications of Stadtwerke Musterhafen: one namespace in good order, three in various states."""
from live_objects import (HARDENED, RESTRICTED_POD, container, from_config, from_secret, http, limits, meta, pinned, pod_spec, spread, stamp, tcp,
                          uid_of)
from musterhafen_platform import HOUSE, MIRROR, last_applied

SCRATCH = {"emptyDir": {}, "name": "tmp"}


def app(name, part_of, version=None):
    labels = {"app.kubernetes.io/managed-by": "Helm", "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": part_of}
    if version:
        labels["app.kubernetes.io/version"] = version
    return labels


def by_name(name):
    return {"app.kubernetes.io/name": name}


def control_centre(cluster):
    """netzleitstelle: the hardened namespace, nearly without findings."""
    ns, created, image = "netzleitstelle", stamp(7, 9), HOUSE + "netzleitstelle/"
    for name in ("leitwarte-ui", "prozessdaten-api", "scada-gateway", "archiv-db", "archiv-export"):
        cluster.account(ns, name, created, automount=False)
    def hardened(name, containers, volumes=(SCRATCH,), **more):
        return pod_spec(containers, name, RESTRICTED_POD, volumes, automountServiceAccountToken=False, enableServiceLinks=False,
                        topologySpreadConstraints=spread(by_name(name)), **more)
    name = "leitwarte-ui"
    cluster.deployment(ns, name, app(name, ns, "3.2.0"), hardened(name, [container(
        name, pinned(image + name + ":3.2.0"), [("http", 8080)], resources=limits("100m", "128Mi", "500m", "256Mi"), security=HARDENED,
        mounts=[("tmp", "/tmp")], ready=http("/bereit", 8080), live=http("/lebt", 8080, periodSeconds=20, failureThreshold=5))]),
        ["worker-1", "worker-3"], created, match=by_name(name))
    cluster.service(ns, name, by_name(name), [("http", 80, "http")], created)
    cluster.ingress(ns, name, "leitwarte.intern.musterhafen.example", name, 80, created, "leitwarte-tls",
                    {"nginx.ingress.kubernetes.io/whitelist-source-range": "10.20.16.0/24"})
    name = "prozessdaten-api"
    cluster.deployment(ns, name, app(name, ns, "2.8.1"), hardened(name, [container(
        name, pinned(image + name + ":2.8.1"), [("http", 8080)], env={"DB_HOST": "archiv-db", "DB_PASSWORD_FILE": "/run/zugang/kennwort"},
        resources=limits("200m", "256Mi", "1", "512Mi"), security=HARDENED, mounts=[("tmp", "/tmp"), ("zugang", "/run/zugang", True)],
        ready=http("/bereit", 8080), live=http("/lebt", 8080, periodSeconds=20, failureThreshold=5))],
        (SCRATCH, {"name": "zugang", "secret": {"defaultMode": 288, "secretName": "archiv-db"}})),
        ["worker-1", "worker-2", "worker-3"], created, rolled=stamp(21, 6), old_image=pinned(image + name + ":2.8.0"), match=by_name(name))
    cluster.service(ns, name, by_name(name), [("http", 80, "http")], created)
    name = "scada-gateway"
    cluster.stateful_set(ns, name, app(name, ns, "5.0.4"), hardened(name, [container(
        name, pinned(image + name + ":5.0.4"), [("iec104", 2404)], resources=limits("250m", "256Mi", "250m", "256Mi"), security=HARDENED,
        mounts=[("tmp", "/tmp")], ready=tcp(2404, periodSeconds=5), live=http("/lebt", 8081, periodSeconds=15))]),
        ["worker-1", "worker-3", "worker-2"], created, name)
    cluster.service(ns, name, by_name(name), [("iec104", 2404, "iec104")], created, headless=True)
    name = "archiv-db"
    cluster.stateful_set(ns, name, app(name, ns, "16.4"), hardened(name, [container(
        "postgres", pinned(MIRROR + "postgres:16.4"), [("postgres", 5432)], env={"PGDATA": "/var/lib/postgresql/data/pg", "POSTGRES_PASSWORD_FILE": "/run/zugang/kennwort"},
        resources=limits("500m", "1Gi", "2", "2Gi"), security=HARDENED,
        mounts=[("daten", "/var/lib/postgresql/data"), ("tmp", "/tmp"), ("zugang", "/run/zugang", True)],
        ready={"exec": {"command": ["pg_isready", "-U", "archiv"]}, "failureThreshold": 3, "periodSeconds": 10, "successThreshold": 1, "timeoutSeconds": 3},
        live=tcp(5432, initialDelaySeconds=30))], (SCRATCH, {"name": "zugang", "secret": {"defaultMode": 288, "secretName": "archiv-db"}})),
        ["worker-1", "worker-3"], created, name, [("daten", "100Gi", "schnell-verschluesselt")])
    cluster.service(ns, name, by_name(name), [("postgres", 5432, "postgres")], created, headless=True)
    name = "archiv-export"
    cluster.cron_job(ns, name, app(name, ns, "1.1.0"), hardened(name, [container(
        name, pinned(image + name + ":1.1.0"), resources=limits("100m", "128Mi", "500m", "256Mi"), security=HARDENED, mounts=[("tmp", "/tmp")])]),
        "worker-2", created, "30 2 * * *", stamp(28, 2, 30))
    control_centre_rules(cluster, ns, created)


def control_centre_rules(cluster, ns, created):
    cluster.network_policy(ns, "default-deny", {}, created, ["Ingress", "Egress"])
    cluster.network_policy(ns, "allow-dns", {}, created, ["Egress"], egress=[{
        "ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}],
        "to": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}, "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}}}]}])
    def allow(name, target, port, peers):
        cluster.network_policy(ns, name, by_name(target), created, ["Ingress"],
                               ingress=[{"from": peers, "ports": [{"port": port, "protocol": "TCP"}]}])
    def allow_out(name, source, port, peers):
        cluster.network_policy(ns, name, by_name(source), created, ["Egress"],
                               egress=[{"ports": [{"port": port, "protocol": "TCP"}], "to": peers}])
    def pod(name):
        return {"podSelector": {"matchLabels": by_name(name)}}
    web = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ingress-nginx"}}, "podSelector": {"matchLabels": by_name("ingress-nginx")}}
    allow("ingress-to-ui", "leitwarte-ui", 8080, [web])
    allow("ui-to-api", "prozessdaten-api", 8080, [pod("leitwarte-ui"), pod("scada-gateway")])
    allow("api-to-db", "archiv-db", 5432, [pod("prozessdaten-api"), pod("archiv-export")])
    allow_out("ui-out", "leitwarte-ui", 8080, [pod("prozessdaten-api")])
    allow_out("api-out", "prozessdaten-api", 5432, [pod("archiv-db")])
    allow_out("export-out", "archiv-export", 5432, [pod("archiv-db")])
    allow_out("gateway-field", "scada-gateway", 2404, [{"ipBlock": {"cidr": "10.40.0.0/16"}}])
    allow_out("gateway-api", "scada-gateway", 8080, [pod("prozessdaten-api")])
    for name, minimum, healthy in (("leitwarte-ui", 1, 2), ("prozessdaten-api", 2, 3), ("scada-gateway", 2, 3), ("archiv-db", 1, 2)):
        cluster.budget(ns, name, by_name(name), created, minimum, healthy)
    cluster.secret(ns, "archiv-db", "Opaque", created)
    cluster.secret(ns, "leitwarte-tls", "kubernetes.io/tls", created)
    cluster.add("resourcequotas", "v1", "ResourceQuota", meta("ResourceQuota", "netzleitstelle", ns, created),
                spec={"hard": {"limits.cpu": "16", "limits.memory": "16Gi", "pods": "40"}},
                status={"hard": {"limits.cpu": "16", "limits.memory": "16Gi", "pods": "40"}, "used": {"limits.cpu": "8750m", "limits.memory": "6912Mi", "pods": "10"}})
    cluster.add("limitranges", "v1", "LimitRange", meta("LimitRange", "container", ns, created), spec={"limits": [
        {"default": {"cpu": "500m", "memory": "256Mi"}, "defaultRequest": {"cpu": "100m", "memory": "128Mi"}, "type": "Container"}]})


def customer_portal(cluster):
    """kundenportal: solid work with gaps: a password in clear, no default deny, one lonely cache."""
    ns, created, image = "kundenportal", stamp(8, 9), HOUSE + "kundenportal/"
    cluster.account(ns, "portal", created, automount=False)
    cluster.account(ns, "portal-api", created)
    secure = {"runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}}
    name = "portal"
    cluster.deployment(ns, name, app(name, ns, "1.4.2"), pod_spec([container(
        name, image + "portal:1.4.2", [("http", 8080)], env={"API_URL": "http://portal-api", "TZ": "Europe/Berlin"},
        resources=limits("100m", "128Mi", "500m", "256Mi"), security=HARDENED, mounts=[("tmp", "/tmp")],
        ready=http("/ready", 8080), live=http("/health", 8080, periodSeconds=20))], "portal", secure, [SCRATCH],
        imagePullSecrets=[{"name": "registry-zugang"}]), ["worker-1", "worker-2", "worker-3"], created, rolled=stamp(22, 7, 30),
        old_image=image + "portal:1.4.1", match=by_name(name))
    cluster.service(ns, name, by_name(name), [("http", 80, "http")], created)
    cluster.ingress(ns, name, "portal.musterhafen.example", name, 80, created, "portal-tls")
    name = "portal-api"
    env = {"DB_HOST": "db.musterhafen.example", "DB_USER": "portal", "DB_PASSWORD": "Musterpasswort-nur-Demo-2",
           "SESSION_HOST": "session-cache", "MAIL_USER": from_config("portal-mail", "user"), "MAIL_PASSWORD": from_secret("portal-mail", "password")}
    cluster.deployment(ns, name, app(name, ns, "1.4.2"), pod_spec([container(
        name, image + "portal-api:1.4.2", [("http", 8080)], env=env, resources=limits("200m", "256Mi", None, "512Mi"),
        security={"allowPrivilegeEscalation": False}, ready=http("/health", 8080), live=http("/health", 8080))], "portal-api",
        {"runAsNonRoot": True, "runAsUser": 10002}, initContainers=[container("schema", image + "portal-api:1.4.2", command=["/app/migrate", "up"],
                                                                              security={"allowPrivilegeEscalation": False})]),
        ["worker-2", "worker-4"], created, rolled=stamp(22, 7, 31), match=by_name(name))
    cluster.service(ns, name, by_name(name), [("http", 80, "http")], created)
    name = "session-cache"
    cluster.stateful_set(ns, name, app(name, ns), pod_spec([container(
        "redis", MIRROR + "redis:7.2", [("redis", 6379)], resources=limits("50m", "64Mi", None, "128Mi"), ready=tcp(6379), live=tcp(6379))]),
        ["worker-2"], created, name)
    cluster.service(ns, name, by_name(name), [("redis", 6379, "redis")], created, headless=True)
    name = "portal-mailer"
    cluster.deployment(ns, name, app(name, ns), pod_spec([container(
        name, image + "portal-mailer:latest", env={"SMTP_HOST": "mail.musterhafen.example", "SMTP_PASSWORD": from_secret("portal-mail", "password")})]),
        ["worker-4"], created, match=by_name(name))
    name = "portal-bericht"
    cluster.cron_job(ns, name, app(name, ns), pod_spec([container(name, image + "bericht:0.9", resources=limits("50m", "64Mi", "200m", "128Mi"))], "portal-api"),
                     "worker-2", created, "0 5 * * 1", stamp(26, 5))
    cluster.config_map(ns, "portal-mail", {"host": "mail.musterhafen.example", "user": "portal"}, created)
    cluster.secret(ns, "portal-mail", "Opaque", created)
    cluster.secret(ns, "portal-tls", "kubernetes.io/tls", created)
    cluster.secret(ns, "registry-zugang", "kubernetes.io/dockerconfigjson", created)
    cluster.network_policy(ns, "portal-web", by_name("portal"), created, ["Ingress"], ingress=[{
        "from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ingress-nginx"}}}], "ports": [{"port": 8080, "protocol": "TCP"}]}])
    cluster.network_policy(ns, "intern-alles", {}, created, ["Ingress"], ingress=[{"from": [{"podSelector": {}}]}])
    cluster.budget(ns, "portal", by_name("portal"), created, 2, 3)


def billing(cluster):
    """abrechnung: grown over years: passwords in a ConfigMap, `latest`, a service account with all rights."""
    ns, created, image = "abrechnung", stamp(6, 13), HOUSE + "abrechnung/"
    cluster.account(ns, "rechnung", created)
    cluster.account(ns, "rechnung-deploy", created)
    cluster.defaults[ns] = {"default": {"memory": "512Mi"}, "defaultRequest": {"cpu": "50m", "memory": "128Mi"}}
    cluster.add("limitranges", "v1", "LimitRange", meta("LimitRange", "standard", ns, created), spec={"limits": [{**cluster.defaults[ns], "type": "Container"}]})
    settings = {"application.properties": "spring.datasource.url=jdbc:postgresql://abrechnung-db:5432/abrechnung\n"
                "spring.datasource.username=abrechnung\nspring.datasource.password=Musterpasswort-nur-Demo-3\nserver.port=8080\n",
                "SFTP_PASSWORD": "Musterpasswort-nur-Demo-4"}
    cluster.config_map(ns, "rechnung-konfiguration", settings, created,
                       annotations=last_applied("v1", "ConfigMap", "rechnung-konfiguration", ns, data=settings))
    config = {"configMap": {"defaultMode": 420, "name": "rechnung-konfiguration"}, "name": "konfiguration"}
    name = "rechnung-api"
    cluster.deployment(ns, name, {"app": name}, pod_spec([container(
        name, image + "rechnung:latest", [("http", 8080)], mounts=[("konfiguration", "/app/config", True)],
        ready=http("/actuator/health", 8080), live=http("/actuator/health", 8080))], "rechnung", None, [config]),
        ["worker-3", "cp-3"], created, rolled=stamp(19, 11))
    cluster.service(ns, name, {"app": name}, [("http", 80, "http")], created)
    cluster.ingress(ns, name, "rechnung.intern.musterhafen.example", name, 80, created)
    name = "rechnung-worker"
    cluster.deployment(ns, name, {"app": name}, pod_spec([container(
        name, image + "rechnung:latest", command=["sh", "-c", "chown -R 1000 /daten && exec /app/worker --threads=8"], security={"runAsUser": 0},
        mounts=[("konfiguration", "/app/config", True), ("daten", "/daten")],
        lifecycle={"postStart": {"exec": {"command": ["sh", "-c", "/app/migrate.sh"]}}})], "rechnung", None,
        [config, {"emptyDir": {}, "name": "daten"}]), ["worker-4", "worker-4"], created, rolled=stamp(19, 11))
    name = "tarif-dienst"
    cluster.deployment(ns, name, {"app": name}, pod_spec([container(
        name, image + "tarif:2.3", [("http", 8080)], resources=limits("100m", "128Mi", "500m", "256Mi"), ready=tcp(8080), live=tcp(8080))]),
        ["worker-3"], created)
    cluster.service(ns, name, {"app": name}, [("http", 80, "http")], created)
    name = "abrechnung-db"
    cluster.stateful_set(ns, name, {"app": name}, pod_spec([container(
        "postgres", MIRROR + "postgres:13", [("postgres", 5432)], env={"POSTGRES_USER": "abrechnung", "POSTGRES_PASSWORD": from_secret("abrechnung-db", "password")},
        resources=limits("500m", "1Gi", None, "2Gi"), mounts=[("daten", "/var/lib/postgresql/data")], live=tcp(5432))]),
        ["worker-4"], created, name, [("daten", "200Gi", "standard")])
    cluster.service(ns, name, {"app": name}, [("postgres", 5432, "postgres")], created)
    cluster.cron_job(ns, "rechnungslauf", {"app": "rechnungslauf"}, pod_spec([container(
        "lauf", image + "rechnung:latest", args=["--lauf=monat", "--api-token=Musterschluessel-nur-Demo-5"])], "rechnung-deploy"),
        "worker-4", created, "0 1 * * *", stamp(28, 1))
    cluster.cron_job(ns, "datenabgleich", {"app": "datenabgleich"}, pod_spec([container("abgleich", image + "abgleich:1.0")]), "worker-3", created,
                     "15 * * * *", stamp(28, 8, 15))
    cluster.secret(ns, "abrechnung-db", "Opaque", created)
    # A token that never ends, in the old way.
    cluster.secret(ns, "rechnung-deploy-token", "kubernetes.io/service-account-token", created,
                   annotations={"kubernetes.io/service-account.name": "rechnung-deploy",
                                "kubernetes.io/service-account.uid": uid_of("ServiceAccount", ns, "rechnung-deploy")})


def metering(cluster):
    """zaehlerfernauslesung: close to the field and close to the host."""
    ns, created, image = "zaehlerfernauslesung", stamp(13, 10), HOUSE + "zaehler/"
    cluster.account(ns, "messdaten", created)
    name = "mqtt-broker"
    cluster.stateful_set(ns, name, app(name, ns), pod_spec([container(
        "broker", MIRROR + "mosquitto:2.0.18", [("mqtt", 1883)], resources=limits("100m", "128Mi", "500m", "256Mi"),
        security={"allowPrivilegeEscalation": False, "runAsNonRoot": True, "runAsUser": 1883}, ready=tcp(1883), live=tcp(1883))], "messdaten"),
        ["worker-1"], created, name, [("daten", "5Gi", "standard")])
    cluster.service(ns, name, by_name(name), [("mqtt", 1883, "mqtt", 31883)], created, "NodePort")
    name = "head-end-adapter"
    cluster.deployment(ns, name, app(name, ns, "4.1"), pod_spec([container(
        "adapter", image + "head-end-adapter:4.1", [("dlms", 4059, 4059)], security={"capabilities": {"add": ["NET_RAW", "SYS_ADMIN"]}},
        resources={"requests": {"cpu": "100m", "memory": "128Mi"}}, live=tcp(4059))], None, hostNetwork=True, hostIPC=True, dnsPolicy="ClusterFirstWithHostNet"),
        ["worker-2"], created, match=by_name(name))
    name = "decoder"
    cluster.deployment(ns, name, app(name, ns, "0.7-rc1"), pod_spec([container(
        "decoder", image + "decoder:0.7-rc1", env={"MQTT_HOST": "mqtt-broker"}, security={"seccompProfile": {"type": "Unconfined"}})], "messdaten",
        shareProcessNamespace=True), ["worker-1", "worker-4"], created, rolled=stamp(24, 12), trouble={1: 214}, match=by_name(name))
    name = "messwert-db"
    labels = app(name, ns)
    cluster.claim(ns, "messwerte", "500Gi", "lokal", created, by_name(name), host_path="/srv/messwerte")
    cluster.stateful_set(ns, name, labels, pod_spec([container(
        "influxdb", MIRROR + "influxdb:2.7", [("http", 8086)], resources=limits("500m", "1Gi", "2", "4Gi"), mounts=[("messwerte", "/var/lib/influxdb2")],
        ready=http("/health", 8086), live=http("/health", 8086, failureThreshold=10))], "messdaten", {"fsGroup": 1000},
        [{"name": "messwerte", "persistentVolumeClaim": {"claimName": "messwerte"}}]), ["worker-2"], created, name)
    cluster.service(ns, name, by_name(name), [("http", 8086, "http")], created, headless=True)
    cluster.network_policy(ns, "default-deny-ingress", {}, created, ["Ingress"])
    cluster.network_policy(ns, "mqtt", by_name("mqtt-broker"), created, ["Ingress"], ingress=[{
        "from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}], "ports": [{"port": 1883, "protocol": "TCP"}]}])
    cluster.network_policy(ns, "messwerte", by_name("messwert-db"), created, ["Ingress"], ingress=[{
        "from": [{"podSelector": {"matchLabels": by_name("decoder")}}], "ports": [{"port": 8086, "protocol": "TCP"}]}])
