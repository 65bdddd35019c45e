# SPDX-License-Identifier: Apache-2.0
"""Turns a workload into what the cluster makes of it: controller, ReplicaSets, Jobs, Pods, volumes, status."""
import copy
import json


from live_objects import (APPS, TOKEN_MOUNT, conditions, container_status, digest, later, meta, owner, qos_class,
                          suffix, token_volume, uid_of)

NOT_READY_TOLERATIONS = [
    {"effect": "NoExecute", "key": "node.kubernetes.io/not-ready", "operator": "Exists", "tolerationSeconds": 300},
    {"effect": "NoExecute", "key": "node.kubernetes.io/unreachable", "operator": "Exists", "tolerationSeconds": 300},
]
READY = ("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled")


class Cluster:
    def __init__(self):
        self.kinds = {}
        self.nodes = {}      # name -> {"ip", "pods": next number in its pod range, "cidr"}
        self.accounts = {}   # (namespace, name) -> automountServiceAccountToken or None
        self.defaults = {}   # namespace -> the LimitRange's defaults

    def add(self, plural, api, kind, metadata, **body):
        obj = {"apiVersion": api, "kind": kind, "metadata": metadata, **body}
        self.kinds.setdefault(plural, []).append(obj)
        return obj

    # Pods

    def _live_spec(self, ns, name, template, node):
        spec = copy.deepcopy(template["spec"])
        account = spec.get("serviceAccountName", "default")
        spec["serviceAccount"] = spec["serviceAccountName"] = account
        spec["nodeName"] = node
        spec["enableServiceLinks"] = True
        spec["preemptionPolicy"] = "PreemptLowerPriority"
        spec.setdefault("priority", 0)
        spec["tolerations"] = spec.get("tolerations", []) + copy.deepcopy(NOT_READY_TOLERATIONS)
        mount = spec.get("automountServiceAccountToken", self.accounts.get((ns, account)))
        if mount is not False:
            volume = "kube-api-access-" + suffix(name, 5)
            spec.setdefault("volumes", []).append(token_volume(volume))
            for c in spec["containers"] + spec.get("initContainers", []):
                c.setdefault("volumeMounts", []).append({"mountPath": TOKEN_MOUNT, "name": volume, "readOnly": True})
        notes = self._apply_limit_range(ns, spec)
        return spec, notes

    def _apply_limit_range(self, ns, spec):
        defaults = self.defaults.get(ns)
        changed = []
        for c in spec["containers"] if defaults else []:
            for side, key in (("limits", "default"), ("requests", "defaultRequest")):
                for resource, value in defaults[key].items():
                    if resource not in c["resources"].get(side, {}):
                        c["resources"].setdefault(side, {})[resource] = value
                        changed.append(f"{resource} {side[:-1]} for container {c['name']}")
        return {"kubernetes.io/limit-ranger": "LimitRanger plugin set: " + ", ".join(changed)} if changed else {}

    def pod(self, ns, name, template, node, created, ref=None, generate=None, trouble=None, image_ids=None, extra=None):
        spec, notes = self._live_spec(ns, name, template, node)
        notes.update(template["metadata"].get("annotations", {}))
        labels = dict(template["metadata"].get("labels", {}))
        labels.update(extra or {})
        host = self.nodes[node]
        if spec.get("hostNetwork"):
            ip = host["ip"]
        else:
            ip = f"{host['cidr']}.{host['pods']}"
            host["pods"] += 1
        started = later(created, 9)
        status = {
            "conditions": conditions(created, READY, ("Ready", "ContainersReady") if trouble else ()),
            "containerStatuses": [container_status(name, c, started, trouble, image_ids) for c in spec["containers"]],
            "hostIP": host["ip"],
            "hostIPs": [{"ip": host["ip"]}],
            "phase": "Succeeded" if trouble == "done" else "Running",
            "podIP": ip,
            "podIPs": [{"ip": ip}],
            "qosClass": qos_class(spec),
            "startTime": created,
        }
        if "initContainers" in spec:
            status["initContainerStatuses"] = [
                {**container_status(name, c, later(created, 4), "done"), "ready": True} for c in spec["initContainers"]]
        m = meta("Pod", name, ns, created, labels, notes or None, ref, generate)
        return self.add("pods", "v1", "Pod", m, spec=spec, status=status)

    # Controllers

    def _template(self, labels, spec, annotations=None):
        m = {"creationTimestamp": None, "labels": dict(labels)}
        if annotations:
            m["annotations"] = dict(annotations)
        return {"metadata": m, "spec": spec}

    def deployment(self, ns, name, labels, spec, nodes, created, rolled=None, annotations=None, pod_notes=None,
                   old_image=None, trouble=None, drift=None, replicas=None, match=None):
        """nodes: one per Pod; rolled: when the present Pods came; trouble: {Pod number: restarts}."""
        rolled = rolled or created
        replicas = len(nodes) if replicas is None else replicas
        template = self._template(labels, spec, pod_notes)
        selector = match or {k: v for k, v in labels.items() if k in ("app", "app.kubernetes.io/name", "app.kubernetes.io/instance")}
        strategy = {"rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}, "type": "RollingUpdate"}
        notes = {"deployment.kubernetes.io/revision": "2" if old_image else "1", **(annotations or {})}
        ready = replicas - len(trouble or {})
        self.add("deployments", APPS, "Deployment",
                 meta("Deployment", name, ns, created, labels, notes, generation=2 if old_image else 1),
                 spec={"progressDeadlineSeconds": 600, "replicas": replicas, "revisionHistoryLimit": 10,
                       "selector": {"matchLabels": selector}, "strategy": strategy, "template": template},
                 status=self._deployment_status(rolled, replicas, ready, bool(old_image)))
        if old_image:
            self._replica_set(ns, name, labels, selector, self._with_image(template, old_image), created, 0, 0, "1", replicas)
        rs, tag = self._replica_set(ns, name, labels, selector, template, rolled, replicas, ready, notes["deployment.kubernetes.io/revision"], replicas)
        for i, node in enumerate(nodes):
            pod_name = f"{rs}-{suffix(f'{ns}/{rs}/{i}', 5)}"
            self.pod(ns, pod_name, template, node, later(rolled, 2 + 7 * i), owner(APPS, "ReplicaSet", ns, rs), rs + "-",
                     (trouble or {}).get(i), (drift or {}).get(i), {"pod-template-hash": tag})

    @staticmethod
    def _with_image(template, image):
        old = copy.deepcopy(template)
        old["spec"]["containers"][0]["image"] = image
        return old

    @staticmethod
    def _deployment_status(when, replicas, ready, second):
        status = {"conditions": [
            {"lastTransitionTime": when, "lastUpdateTime": when, "message": "Deployment has minimum availability."
             if ready == replicas else "Deployment does not have minimum availability.",
             "reason": "MinimumReplicasAvailable" if ready == replicas else "MinimumReplicasUnavailable",
             "status": "True" if ready == replicas else "False", "type": "Available"}],
            "observedGeneration": 2 if second else 1, "replicas": replicas, "updatedReplicas": replicas}
        if ready:
            status.update(availableReplicas=ready, readyReplicas=ready)
        if ready < replicas:
            status["unavailableReplicas"] = replicas - ready
        return status

    def _replica_set(self, ns, name, labels, selector, template, created, replicas, ready, revision, desired):
        tag = suffix(json.dumps(template, sort_keys=True), 10)
        rs = f"{name}-{tag}"
        template = copy.deepcopy(template)
        template["metadata"]["labels"]["pod-template-hash"] = tag
        notes = {"deployment.kubernetes.io/desired-replicas": str(desired), "deployment.kubernetes.io/max-replicas": str(desired + 1),
                 "deployment.kubernetes.io/revision": revision}
        status = {"observedGeneration": 1, "replicas": replicas}
        if replicas:
            status["fullyLabeledReplicas"] = replicas
        if ready:
            status.update(availableReplicas=ready, readyReplicas=ready)
        self.add("replicasets", APPS, "ReplicaSet",
                 meta("ReplicaSet", rs, ns, created, {**labels, "pod-template-hash": tag}, notes, owner(APPS, "Deployment", ns, name), generation=1),
                 spec={"replicas": replicas, "selector": {"matchLabels": {**selector, "pod-template-hash": tag}}, "template": template},
                 status=status)
        return rs, tag

    def daemon_set(self, ns, name, labels, spec, nodes, created, annotations=None):
        template = self._template(labels, spec)
        n = len(nodes)
        selector = {k: v for k, v in labels.items() if k in ("app", "k8s-app", "app.kubernetes.io/name")}
        revision = digest(f"rev/{ns}/{name}")[:9]
        self.add("daemonsets", APPS, "DaemonSet",
                 meta("DaemonSet", name, ns, created, labels, {"deprecated.daemonset.template.generation": "1", **(annotations or {})}, generation=1),
                 spec={"revisionHistoryLimit": 10, "selector": {"matchLabels": selector}, "template": template,
                       "updateStrategy": {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}, "type": "RollingUpdate"}},
                 status={"currentNumberScheduled": n, "desiredNumberScheduled": n, "numberAvailable": n, "numberMisscheduled": 0,
                         "numberReady": n, "observedGeneration": 1, "updatedNumberScheduled": n})
        for node in nodes:
            live = copy.deepcopy(template)
            live["spec"]["affinity"] = {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [
                {"matchFields": [{"key": "metadata.name", "operator": "In", "values": [node]}]}]}}}
            self.pod(ns, f"{name}-{suffix(f'{ns}/{name}/{node}', 5)}", live, node, later(created, 3),
                     owner(APPS, "DaemonSet", ns, name), name + "-",
                     extra={"controller-revision-hash": revision, "pod-template-generation": "1"})

    def stateful_set(self, ns, name, labels, spec, nodes, created, service, claims=(), annotations=None):
        """claims: (name, size, storage class); one volume per Pod and claim."""
        template = self._template(labels, spec)
        n = len(nodes)
        selector = {k: v for k, v in labels.items() if k in ("app", "app.kubernetes.io/name")}
        revision = f"{name}-{suffix(f'{ns}/{name}/revision', 10)}"
        body = {"persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain", "whenScaled": "Retain"},
                "podManagementPolicy": "OrderedReady", "replicas": n, "revisionHistoryLimit": 10,
                "selector": {"matchLabels": selector}, "serviceName": service, "template": template,
                "updateStrategy": {"rollingUpdate": {"partition": 0}, "type": "RollingUpdate"}}
        if claims:
            body["volumeClaimTemplates"] = [
                {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"creationTimestamp": None, "name": c[0]},
                 "spec": self._claim_spec(c[1], c[2]), "status": {"phase": "Pending"}} for c in claims]
        self.add("statefulsets", APPS, "StatefulSet", meta("StatefulSet", name, ns, created, labels, annotations, generation=1), spec=body,
                 status={"availableReplicas": n, "collisionCount": 0, "currentReplicas": n, "currentRevision": revision,
                         "observedGeneration": 1, "readyReplicas": n, "replicas": n, "updateRevision": revision, "updatedReplicas": n})
        for i, node in enumerate(nodes):
            live = copy.deepcopy(template)
            for c in claims:
                claim = f"{c[0]}-{name}-{i}"
                self.claim(ns, claim, c[1], c[2], created, selector)
                live["spec"].setdefault("volumes", []).insert(0, {"name": c[0], "persistentVolumeClaim": {"claimName": claim}})
            self.pod(ns, f"{name}-{i}", live, node, later(created, 3 + 20 * i), owner(APPS, "StatefulSet", ns, name), name + "-",
                     extra={"apps.kubernetes.io/pod-index": str(i), "controller-revision-hash": revision,
                            "statefulset.kubernetes.io/pod-name": f"{name}-{i}"})

    @staticmethod
    def _claim_spec(size, storage_class, volume=None):
        spec = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": size}},
                "storageClassName": storage_class, "volumeMode": "Filesystem"}
        if volume:
            spec["volumeName"] = volume
        return spec

    def claim(self, ns, name, size, storage_class, created, labels=None, host_path=None):
        volume = host_path and name or "pvc-" + uid_of("PersistentVolumeClaim", ns, name)
        driver = "csi.speicher.musterhafen.example"
        source = {"hostPath": {"path": host_path, "type": ""}} if host_path else {"csi": {
            "driver": driver, "fsType": "ext4", "volumeAttributes": {"storage.kubernetes.io/csiProvisionerIdentity": "1759647600000-8081-" + driver},
            "volumeHandle": volume}}
        self.add("persistentvolumeclaims", "v1", "PersistentVolumeClaim",
                 meta("PersistentVolumeClaim", name, ns, created, labels, {"pv.kubernetes.io/bind-completed": "yes"}),
                 spec=self._claim_spec(size, storage_class, volume),
                 status={"accessModes": ["ReadWriteOnce"], "capacity": {"storage": size}, "phase": "Bound"})
        m = meta("PersistentVolume", volume, None, later(created, 1), None,
                 {} if host_path else {"pv.kubernetes.io/provisioned-by": driver})
        m["finalizers"] = ["kubernetes.io/pv-protection"]
        self.add("persistentvolumes", "v1", "PersistentVolume", m,
                 spec={"accessModes": ["ReadWriteOnce"], "capacity": {"storage": size},
                       "claimRef": {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "name": name, "namespace": ns,
                                    "uid": uid_of("PersistentVolumeClaim", ns, name)},
                       "persistentVolumeReclaimPolicy": "Retain" if host_path else "Delete",
                       "storageClassName": storage_class, "volumeMode": "Filesystem", **source},
                 status={"phase": "Bound"})

    def cron_job(self, ns, name, labels, spec, node, created, schedule, run):
        """run: when the last Job was started."""
        spec = dict(spec, restartPolicy="OnFailure")
        job_spec = {"template": self._template(labels, spec)}
        number = 29_800_000 + int(run[8:10]) * 1440
        job = f"{name}-{number}"
        self.add("cronjobs", "batch/v1", "CronJob", meta("CronJob", name, ns, created, labels, generation=1),
                 spec={"concurrencyPolicy": "Forbid", "failedJobsHistoryLimit": 1,
                       "jobTemplate": {"metadata": {"creationTimestamp": None}, "spec": job_spec},
                       "schedule": schedule, "successfulJobsHistoryLimit": 1, "suspend": False},
                 status={"lastScheduleTime": run, "lastSuccessfulTime": later(run, 110)})
        job_uid = uid_of("Job", ns, job)
        job_labels = {**labels, "batch.kubernetes.io/controller-uid": job_uid, "batch.kubernetes.io/job-name": job}
        template = self._template(job_labels, spec)
        self.add("jobs", "batch/v1", "Job",
                 meta("Job", job, ns, run, labels, {"batch.kubernetes.io/cronjob-scheduled-timestamp": run},
                      owner("batch/v1", "CronJob", ns, name), generation=1),
                 spec={"backoffLimit": 6, "completionMode": "NonIndexed", "completions": 1, "manualSelector": False, "parallelism": 1,
                       "podReplacementPolicy": "TerminatingOrFailed",
                       "selector": {"matchLabels": {"batch.kubernetes.io/controller-uid": job_uid}}, "suspend": False, "template": template},
                 status={"completionTime": later(run, 110), "ready": 0, "startTime": run, "succeeded": 1, "terminating": 0,
                         "uncountedTerminatedPods": {},
                         "conditions": [{"lastProbeTime": later(run, 110), "lastTransitionTime": later(run, 110), "status": "True",
                                         "type": "Complete"}]})
        self.pod(ns, f"{job}-{suffix(job, 5)}", template, node, run, owner("batch/v1", "Job", ns, job), job + "-", "done")

    def static_pod(self, ns, component, spec, node, created):
        """A mirror Pod of a manifest on a control-plane node."""
        name = f"{component}-{node}"
        ref = owner("v1", "Node", None, node)
        del ref["blockOwnerDeletion"]
        value = digest("manifest/" + name)[:32]
        template = self._template({"component": component, "tier": "control-plane"}, spec, {
            "kubernetes.io/config.hash": value, "kubernetes.io/config.mirror": value,
            "kubernetes.io/config.seen": created, "kubernetes.io/config.source": "file"})
        pod = self.pod(ns, name, template, node, created, ref)
        # Mirror Pods have no service account and no token.
        for key in ("serviceAccount", "serviceAccountName"):
            pod["spec"].pop(key, None)
        pod["spec"]["volumes"] = [v for v in pod["spec"]["volumes"] if "projected" not in v]
        for c in pod["spec"]["containers"]:
            c["volumeMounts"] = [m for m in c["volumeMounts"] if m["mountPath"] != TOKEN_MOUNT]
        pod["spec"]["tolerations"] = [{"effect": "NoExecute", "operator": "Exists"}]

    # Around them

    def service(self, ns, name, selector, ports, created, kind="ClusterIP", labels=None, headless=False, **more):
        """ports: (name, port, target[, nodePort])"""
        number = int(digest(f"service/{ns}/{name}")[:4], 16)
        ip = "None" if headless else f"10.96.{number >> 8}.{max(2, number & 0xFF)}"
        spec = {"clusterIP": ip, "clusterIPs": [ip], "internalTrafficPolicy": "Cluster", "ipFamilies": ["IPv4"],
                "ipFamilyPolicy": "SingleStack", "ports": [], "sessionAffinity": "None", "type": kind}
        if selector:
            spec["selector"] = selector
        for p in ports:
            entry = {"name": p[0], "port": p[1], "protocol": "UDP" if p[0] == "dns" else "TCP", "targetPort": p[2]}
            if len(p) > 3:
                entry["nodePort"] = p[3]
            spec["ports"].append(entry)
        if kind != "ClusterIP":
            spec["externalTrafficPolicy"] = more.pop("externalTrafficPolicy", "Cluster")
        if kind == "LoadBalancer":
            spec["allocateLoadBalancerNodePorts"] = True
        address = more.pop("address", None)
        status = {"loadBalancer": {"ingress": [{"ip": address, "ipMode": "VIP"}]} if address else {}}
        self.add("services", "v1", "Service", meta("Service", name, ns, created, labels), spec={**spec, **more}, status=status)

    def ingress(self, ns, name, host, service, port, created, tls=None, annotations=None):
        spec = {"ingressClassName": "nginx", "rules": [{"host": host, "http": {"paths": [
            {"backend": {"service": {"name": service, "port": {"number": port}}}, "path": "/", "pathType": "Prefix"}]}}]}
        if tls:
            spec["tls"] = [{"hosts": [host], "secretName": tls}]
        self.add("ingresses", "networking.k8s.io/v1", "Ingress", meta("Ingress", name, ns, created, None, annotations, generation=1),
                 spec=spec, status={"loadBalancer": {"ingress": [{"ip": "10.20.8.10"}]}})

    def network_policy(self, ns, name, selector, created, types, **rules):
        self.add("networkpolicies", "networking.k8s.io/v1", "NetworkPolicy", meta("NetworkPolicy", name, ns, created, generation=1),
                 spec={"podSelector": {"matchLabels": selector} if selector else {}, "policyTypes": types, **rules})

    def budget(self, ns, name, selector, created, minimum, healthy):
        self.add("poddisruptionbudgets", "policy/v1", "PodDisruptionBudget", meta("PodDisruptionBudget", name, ns, created, generation=1),
                 spec={"minAvailable": minimum, "selector": {"matchLabels": selector}},
                 status={"conditions": [{"lastTransitionTime": later(created, 30), "message": "", "observedGeneration": 1,
                                         "reason": "SufficientPods", "status": "True", "type": "DisruptionAllowed"}],
                         "currentHealthy": healthy, "desiredHealthy": minimum, "disruptionsAllowed": healthy - minimum,
                         "expectedPods": healthy, "observedGeneration": 1})

    def account(self, ns, name, created, automount=None, labels=None):
        self.accounts[(ns, name)] = automount
        body = {} if automount is None else {"automountServiceAccountToken": automount}
        self.add("serviceaccounts", "v1", "ServiceAccount", meta("ServiceAccount", name, ns, created, labels), **body)

    def config_map(self, ns, name, data, created, labels=None, annotations=None):
        self.add("configmaps", "v1", "ConfigMap", meta("ConfigMap", name, ns, created, labels, annotations), data=data)

    def secret(self, ns, name, kind, created, labels=None, annotations=None):
        """Without data: the export script leaves it on the cluster."""
        self.add("secrets", "v1", "Secret", meta("Secret", name, ns, created, labels, annotations), type=kind)

    def role(self, ns, name, rules, created, labels=None, annotations=None, aggregate=None):
        plural, kind = ("roles", "Role") if ns else ("clusterroles", "ClusterRole")
        body = {"rules": rules}
        if aggregate:
            body["aggregationRule"] = {"clusterRoleSelectors": [{"matchLabels": {aggregate: "true"}}]}
        self.add(plural, "rbac.authorization.k8s.io/v1", kind, meta(kind, name, ns, created, labels, annotations), **body)

    def binding(self, ns, name, role_kind, role, subjects, created, labels=None, annotations=None):
        plural, kind = ("rolebindings", "RoleBinding") if ns else ("clusterrolebindings", "ClusterRoleBinding")
        self.add(plural, "rbac.authorization.k8s.io/v1", kind, meta(kind, name, ns, created, labels, annotations),
                 roleRef={"apiGroup": "rbac.authorization.k8s.io", "kind": role_kind, "name": role}, subjects=subjects)
