# SPDX-License-Identifier: Apache-2.0
"""Builds Kubernetes objects as the API server returns them: with uid, defaults, owners and status.

Everything is computed from names, so that two runs give the same bytes.
"""
import copy
import hashlib
from datetime import datetime, timedelta

APPS = "apps/v1"


def digest(text):
    return hashlib.sha256(("musterhafen:" + text).encode()).hexdigest()


def uid_of(kind, ns, name):
    h = digest(f"uid/{kind}/{ns or ''}/{name}")
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:32]}"


def suffix(text, length):
    """The endings Kubernetes gives generated names (without vowels and easily mistaken characters)."""
    alphabet = "bcdfghjklmnpqrstvwxz2456789"
    h = hashlib.sha256(("name/" + text).encode()).digest()
    return "".join(alphabet[b % len(alphabet)] for b in h[:length])


def stamp(day, hour=8, minute=0, second=0):
    """A time in October 2026, as the API writes it."""
    return datetime(2026, 10, day, hour, minute, second).strftime("%Y-%m-%dT%H:%M:%SZ")


def later(when, seconds):
    return (datetime.strptime(when, "%Y-%m-%dT%H:%M:%SZ") + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def meta(kind, name, ns, created, labels=None, annotations=None, owner=None, generate=None, generation=None):
    m = {
        "creationTimestamp": created,
        "name": name,
        "resourceVersion": str(10000 + int(digest(f"rv/{kind}/{ns}/{name}")[:6], 16) % 900000),
        "uid": uid_of(kind, ns, name),
    }
    if ns:
        m["namespace"] = ns
    if labels:
        m["labels"] = dict(labels)
    if annotations:
        m["annotations"] = dict(annotations)
    if generate:
        m["generateName"] = generate
    if generation:
        m["generation"] = generation
    if owner:
        m["ownerReferences"] = [owner]
    return m


def owner(api, kind, ns, name, controller=True):
    ref = {"apiVersion": api, "kind": kind, "name": name, "uid": uid_of(kind, ns, name)}
    if controller:
        ref.update({"blockOwnerDeletion": True, "controller": True})
    return ref


def http(path, port, **timing):
    probe = {"failureThreshold": 3, "periodSeconds": 10, "successThreshold": 1, "timeoutSeconds": 1}
    probe.update(timing)
    probe["httpGet"] = {"path": path, "port": port, "scheme": "HTTP"}
    return probe


def tcp(port, **timing):
    probe = http("/", port, **timing)
    del probe["httpGet"]
    probe["tcpSocket"] = {"port": port}
    return probe


def limits(cpu_request, memory_request, cpu_limit=None, memory_limit=None):
    resources = {"requests": {"cpu": cpu_request, "memory": memory_request}}
    caps = {k: v for k, v in (("cpu", cpu_limit), ("memory", memory_limit)) if v}
    if caps:
        resources["limits"] = caps
    return resources


HARDENED = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "readOnlyRootFilesystem": True,
}
RESTRICTED_POD = {
    "fsGroup": 10001,
    "runAsGroup": 10001,
    "runAsNonRoot": True,
    "runAsUser": 10001,
    "seccompProfile": {"type": "RuntimeDefault"},
}


def container(name, image, ports=(), env=None, resources=None, security=None, mounts=(), ready=None, live=None, **more):
    """A container with the defaults the API server adds. ports: (name, number[, hostPort]); mounts: (volume, path[, readOnly])."""
    tag = image.split("@")[0].rsplit("/", 1)[-1]
    latest = "@" not in image and (":" not in tag or tag.endswith(":latest"))
    c = {
        "image": image,
        "imagePullPolicy": "Always" if latest else "IfNotPresent",
        "name": name,
        "resources": copy.deepcopy(resources) if resources else {},
        "terminationMessagePath": "/dev/termination-log",
        "terminationMessagePolicy": "File",
    }
    if ports:
        c["ports"] = []
        for p in ports:
            entry = {"containerPort": p[1], "name": p[0], "protocol": "UDP" if p[0] == "dns" else "TCP"}
            if len(p) > 2:
                entry["hostPort"] = p[2]
            c["ports"].append(entry)
    if env:
        c["env"] = [{"name": k, "value": v} if isinstance(v, str) else {"name": k, "valueFrom": v} for k, v in env.items()]
    if security:
        c["securityContext"] = copy.deepcopy(security)
    if mounts:
        c["volumeMounts"] = []
        for m in mounts:
            entry = {"mountPath": m[1], "name": m[0]}
            if len(m) > 2:
                entry["readOnly"] = True
            c["volumeMounts"].append(entry)
    if ready:
        c["readinessProbe"] = ready
    if live:
        c["livenessProbe"] = live
    c.update(more)
    return c


def from_secret(name, key):
    return {"secretKeyRef": {"key": key, "name": name}}


def from_config(name, key):
    return {"configMapKeyRef": {"key": key, "name": name}}


def pod_spec(containers, account=None, security=None, volumes=(), **more):
    spec = {
        "containers": containers,
        "dnsPolicy": "ClusterFirst",
        "restartPolicy": "Always",
        "schedulerName": "default-scheduler",
        "securityContext": copy.deepcopy(security) if security else {},
        "terminationGracePeriodSeconds": 30,
    }
    if account:
        spec["serviceAccount"] = account
        spec["serviceAccountName"] = account
    if volumes:
        spec["volumes"] = list(volumes)
    spec.update(more)
    return spec


def spread(labels):
    return [{
        "labelSelector": {"matchLabels": dict(labels)},
        "maxSkew": 1,
        "topologyKey": "topology.kubernetes.io/zone",
        "whenUnsatisfiable": "DoNotSchedule",
    }]


def policy_rule(groups, resources, verbs, names=None):
    rule = {"apiGroups": groups, "resources": resources, "verbs": verbs}
    if names:
        rule["resourceNames"] = names
    return rule


def subject(kind, name, ns=None):
    s = {"kind": kind, "name": name}
    if kind == "ServiceAccount":
        s["namespace"] = ns
    else:
        s["apiGroup"] = "rbac.authorization.k8s.io"
    return s


TOKEN_MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"


def token_volume(name):
    return {"name": name, "projected": {"defaultMode": 420, "sources": [
        {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
        {"configMap": {"items": [{"key": "ca.crt", "path": "ca.crt"}], "name": "kube-root-ca.crt"}},
        {"downwardAPI": {"items": [{"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"}, "path": "namespace"}]}},
    ]}}


def image_id(image):
    """What the runtime reports; a digest in the reference is kept."""
    if "@" in image:
        name, value = image.split("@")
        return name.rsplit(":", 1)[0] + "@" + value if ":" in name.rsplit("/", 1)[-1] else image
    name = image.rsplit(":", 1)[0] if ":" in image.rsplit("/", 1)[-1] else image
    return name + "@sha256:" + digest("image/" + image)


def pinned(image):
    return image + "@sha256:" + digest("image/" + image)


def qos_class(spec):
    found = [c.get("resources", {}) for c in spec["containers"]]
    if not any(found):
        return "BestEffort"
    same = all(r.get("limits") and r.get("limits") == r.get("requests") and len(r["limits"]) == 2 for r in found)
    return "Guaranteed" if same else "Burstable"


def container_status(pod_name, c, started, trouble=None, image_ids=None):
    state = {
        "containerID": "containerd://" + digest(f"container/{pod_name}/{c['name']}"),
        "image": c["image"],
        "imageID": (image_ids or {}).get(c["name"], image_id(c["image"])),
        "lastState": {},
        "name": c["name"],
        "ready": True,
        "restartCount": 0,
        "started": True,
        "state": {"running": {"startedAt": started}},
    }
    if trouble == "done":
        state.update(ready=False, started=False, state={"terminated": {
            "containerID": state["containerID"], "exitCode": 0, "finishedAt": later(started, 95),
            "reason": "Completed", "startedAt": started}})
    elif trouble:
        state.update(ready=False, started=False, restartCount=trouble,
                     lastState={"terminated": {
                         "containerID": state["containerID"], "exitCode": 1, "finishedAt": stamp(28, 8, 57),
                         "reason": "Error", "startedAt": stamp(28, 8, 56, 48)}},
                     state={"waiting": {
                         "message": f"back-off 5m0s restarting failed container={c['name']} pod={pod_name}",
                         "reason": "CrashLoopBackOff"}})
    return state


def conditions(created, names, false=()):
    out = []
    for name in names:
        c = {"lastProbeTime": None, "lastTransitionTime": later(created, 6),
             "status": "False" if name in false else "True", "type": name}
        if name in false:
            c.update(message="containers with unready status", reason="ContainersNotReady")
        out.append(c)
    return out
