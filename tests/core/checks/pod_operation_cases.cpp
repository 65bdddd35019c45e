// SPDX-License-Identifier: Apache-2.0
#include "tests/core/checks/check_case.h"

namespace tally::test {

namespace {

std::string inApp(const char *field, const char *variant = "default")
{
    return std::string(variant) + " | Pod shop/web | app | spec.containers[0]." + field;
}

std::string inPod(const char *field, const char *variant = "default")
{
    return std::string(variant) + " | Pod shop/web |  | spec." + field;
}

/// A container whose shell runs the script.
std::string shell(std::string_view script)
{
    std::string block = "command: [/bin/sh, -ec]\nargs:\n- |\n";
    while (!script.empty()) {
        const std::size_t end = std::min(script.find('\n'), script.size());
        block.append("  ").append(script.substr(0, end)).append("\n");
        script.remove_prefix(std::min(end + 1, script.size()));
    }
    return pod("", block);
}

std::vector<CheckCase> sudoCases()
{
    return {
        {"POD-SUDO", "first word", pod("", "command: [/usr/bin/sudo, -E, app]"), {inApp("command")}},
        {"POD-SUDO", "in a script, behind a condition", shell("if [ -d /x ]; then A=1 sudo chown app /x; fi\nexec app"),
            {inApp("args")}},
        {"POD-SUDO", "args alone, behind an init program", pod("", "args: [tini, --, sudo, app]"), {inApp("args")}},
        {"POD-SUDO", "postStart", pod("", "lifecycle: {postStart: {exec: {command: [sh, -c, \"true && sudo sync\"]}}}"),
            {inApp("lifecycle.postStart.exec.command")}},
        {"POD-SUDO", "script with options of its own", pod("", "command: [bash, -o, pipefail, -c, \"x | sudo tee y\"]"),
            {inApp("command")}},
        {"POD-SUDO", "only named", shell("apt-get install -y sudo; echo 'sudo x'; grep sudo /etc/group # sudo"), {}},
        {"POD-SUDO", "content of a file", shell("cat <<EOF > /run.sh\nsudo reboot\nEOF\nexec app"), {}},
        {"POD-SUDO", "words of other kinds", pod("", "command: {a: b}\nargs: [1, null, [sudo]]"), {}},
        {"POD-SUDO", "open quote", shell("echo \"a"), {}},
    };
}

std::vector<CheckCase> downloadCases()
{
    return {
        {"POD-DOWNLOAD", "pipe into a shell", shell("curl -fsSL https://example.org/i.sh | sudo bash -s -- -y"),
            {inApp("args")}},
        {"POD-DOWNLOAD", "through more than one pipe", shell("wget -qO- https://example.org/i | tee /i | sh"),
            {inApp("args")}},
        {"POD-DOWNLOAD", "substitution", pod("", "command: [sh, -c, 'sh -c \"$(curl -sSL https://example.org/i)\"']"),
            {inApp("command")}},
        {"POD-DOWNLOAD", "made executable", shell("curl -Lo /tool https://example.org/tool\nchmod +x /tool\n/tool run"),
            {inApp("args")}},
        {"POD-DOWNLOAD", "package", shell("apt-get update && apt-get -y install curl && exec app"),
            {inApp("args", "package")}},
        {"POD-DOWNLOAD", "Python module", pod("", "command: [python3, -m, pip, install, flask]"),
            {inApp("command", "package")}},
        {"POD-DOWNLOAD", "clone in postStart",
            pod("", "lifecycle: {postStart: {exec: {command: [git, clone, \"https://example.org/a.git\"]}}}"),
            {inApp("lifecycle.postStart.exec.command", "clone")}},
        {"POD-DOWNLOAD", "a test of health", shell("until curl -sf http://db:8080/; do sleep 1; done; exec app"), {}},
        {"POD-DOWNLOAD", "data into a variable or a filter",
            shell("A=$(curl -s http://a/token)\ncurl -s http://a/x | jq -r .a | grep b\nexec app"), {}},
        {"POD-DOWNLOAD", "reads its program from elsewhere", shell("curl -s http://a/x | python3 /parse.py"), {}},
        {"POD-DOWNLOAD", "from the image itself", shell("pip install --no-index /wheels/a.whl"), {}},
        {"POD-DOWNLOAD", "the program has another purpose", shell("npm start; git status; go version"), {}},
    };
}

std::vector<CheckCase> serviceCases()
{
    return {
        {"POD-ONESERVICE", "supervisor", pod("", "command: [/usr/bin/supervisord, -n]"), {inApp("command")}},
        {"POD-ONESERVICE", "init of a system", pod("", "command: [/sbin/init]"), {inApp("command")}},
        {"POD-ONESERVICE", "side by side", shell("php-fpm &\nexec nginx -g 'daemon off;'"),
            {inApp("args", "background")}},
        {"POD-ONESERVICE", "both in the background", shell("api & worker & wait"), {inApp("args", "background")}},
        {"POD-ONESERVICE", "ports of different services",
            pod("", "ports: [{containerPort: 80}, {containerPort: 443}, {containerPort: 3306}]"),
            {inApp("ports", "ports")}},
        {"POD-ONESERVICE", "one service with two ports", pod("", "ports: [{containerPort: 80}, {containerPort: 443}]"),
            {}},
        {"POD-ONESERVICE", "a helper in the background", shell("(while true; do sleep 60; sync; done) &\nexec app"),
            {}},
        {"POD-ONESERVICE", "waits for its own program", shell("app & PID=$!\ntrap 'kill $PID' TERM\nwait $PID"), {}},
        {"POD-ONESERVICE", "one after the other", shell("migrate && exec app 2>&1"), {}},
        {"POD-ONESERVICE", "an init container only prepares",
            pod("initContainers: [{name: init, image: a, command: [supervisord]}]", ""), {}},
    };
}

std::string livePod(std::string_view metadata, std::string_view spec, std::string_view status)
{
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, uid: u1" + std::string(metadata)
        + "}\nspec: {containers: [{name: app, image: a}]" + std::string(spec) + "}\nstatus: {phase: Running"
        + std::string(status) + "}\n";
}

std::vector<CheckCase> debugCases()
{
    const std::string debug = ", ephemeralContainers: [{name: debug, image: \"busybox:1\"}]";
    return {
        {"POD-DEBUG", "running",
            livePod("", debug,
                ", ephemeralContainerStatuses: [{name: debug, state: {running: {startedAt: "
                "\"2026-01-01T00:00:00Z\"}}}]"),
            {"running | Pod shop/web | debug | spec.ephemeralContainers[0]"}},
        {"POD-DEBUG", "ended",
            livePod("", debug, ", ephemeralContainerStatuses: [{name: debug, state: {terminated: {exitCode: 0}}}]"),
            {"default | Pod shop/web | debug | spec.ephemeralContainers[0]"}},
        {"POD-DEBUG", "odd status", livePod("", debug, ", ephemeralContainerStatuses: {debug: [1]}"),
            {"default | Pod shop/web | debug | spec.ephemeralContainers[0]"}},
        {"POD-DEBUG", "none", livePod("", "", ""), {}},
        {"POD-TTY", "tty", pod("", "tty: true\nstdin: true"), {inApp("tty")}},
        {"POD-TTY", "stdin", pod("", "stdin: true"), {inApp("stdin")}},
        {"POD-TTY", "no", pod("ephemeralContainers: [{name: debug, image: a, tty: true}]", "tty: false"), {}},
        {"POD-TTY", "a word in quotes is no truth", pod("", "tty: \"true\""), {}},
    };
}

std::string mirror(std::string_view name, std::string_view nameSpace, std::string_view node)
{
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + std::string(name) + ", namespace: " + std::string(nameSpace)
        + ", uid: u-" + std::string(name) + ", annotations: {kubernetes.io/config.mirror: abc}}\nspec: {nodeName: "
        + std::string(node) + ", containers: [{name: app, image: a}]}\nstatus: {phase: Running}\n";
}

std::vector<CheckCase> staticCases()
{
    const std::string place = " |  | metadata.annotations.kubernetes.io/config.mirror";
    return {
        {"POD-STATIC", "on two nodes, in any order",
            documents({mirror("miner-n2", "kube-system", "n2"), mirror("miner-n1", "kube-system", "n1")}),
            {"default | Pod kube-system/miner-n1" + place}},
        {"POD-STATIC", "the name alone is not enough", mirror("etcd-n1", "shop", "n1"),
            {"default | Pod shop/etcd-n1" + place}},
        {"POD-STATIC", "a longer name", mirror("etcd-backup-n1", "kube-system", "n1"),
            {"default | Pod kube-system/etcd-backup-n1" + place}},
        {"POD-STATIC", "control plane",
            documents({mirror("etcd-n1", "kube-system", "n1"), mirror("kube-apiserver-n1", "kube-system", "n1")}), {}},
        {"POD-STATIC", "an ordinary pod", livePod("", "", ""), {}},
    };
}

std::string node(std::string_view name, std::string_view role, std::string_view taints = "")
{
    return "apiVersion: v1\nkind: Node\nmetadata: {name: " + std::string(name) + ", labels: {" + std::string(role)
        + "}}\nspec: {taints: [" + std::string(taints) + "]}\n";
}

std::vector<CheckCase> schedulingCases()
{
    const char *const check = "POD-CONTROLPLANE-SCHED";
    const std::string role = "node-role.kubernetes.io/control-plane: \"\"";
    const std::string guarded = node("cp", role, "{key: node-role.kubernetes.io/control-plane, effect: NoSchedule}");
    const std::string all = "tolerations: [{key: a, operator: Exists}, {operator: Exists}]";
    const std::string daemonSet = "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: agent, namespace: shop}\n"
                                  "spec: {template: {spec: {tolerations: [{operator: Exists}], containers: []}}}\n";
    return {
        {check, "tolerates the key",
            pod("tolerations: [{key: node-role.kubernetes.io/master, operator: Exists, effect: NoSchedule}]", ""),
            {inPod("tolerations[0]")}},
        {check, "tolerates everything", documents({pod(all, ""), guarded}), {inPod("tolerations[1]")}},
        {check, "runs there",
            documents({livePod("", ", nodeName: cp, tolerations: [{operator: Exists}]", ""), guarded}),
            {inPod("tolerations[0]", "runs")}},
        {check, "pinned", documents({pod("nodeName: cp", ""), guarded}), {inPod("nodeName", "pinned")}},
        {check, "agent on each node", daemonSet,
            {"agent | DaemonSet shop/agent |  | spec.template.spec.tolerations[0]"}},
        {check, "nodes that keep nobody away",
            documents({livePod("", ", nodeName: cp2, tolerations: [{operator: Exists}]", ""), node("cp2", role),
                node("cp1", role, "{key: a, effect: PreferNoSchedule}"), node("w", "zone: a")}),
            {"open-node | Node cp1 |  | spec.taints"}},
        {check, "keeps running only", pod("tolerations: [{operator: Exists, effect: NoExecute}]", ""), {}},
        {check, "another key", documents({pod("tolerations: [{key: gpu, operator: Exists}]", ""), guarded}), {}},
        {check, "a key without name that is compared", pod("tolerations: [{operator: Equal, value: a}, 3, null]", ""),
            {}},
        {check, "platform",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: dns, namespace: kube-system}\n"
            "spec: {tolerations: [{operator: Exists}], containers: [{name: a, image: a}]}\n",
            {}},
    };
}

std::vector<CheckCase> smallCases()
{
    const std::string claim = "volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]";
    return {
        {"POD-GITSYNC", "volume", pod("volumes: [{name: t, emptyDir: {}}, {name: src, gitRepo: {repository: a}}]", ""),
            {inPod("volumes[1].gitRepo")}},
        {"POD-GITSYNC", "sidecar", pod("", "image: registry.k8s.io/git-sync/git-sync:v4.2.1"),
            {inApp("image", "sidecar")}},
        {"POD-GITSYNC", "neither", pod("volumes: [{name: t, emptyDir: {}}, 1, {name: a, gitRepo: null}]", ""), {}},
        {"POD-HOSTALIASES", "names", pod("hostAliases: [{ip: 10.0.0.1, hostnames: [db.example.org, db]}]", ""),
            {inPod("hostAliases")}},
        {"POD-HOSTALIASES", "empty", pod("hostAliases: []", ""), {}},
        {"POD-HOSTALIASES", "no names", pod("hostAliases: [{ip: 10.0.0.1}, 7]", ""), {}},
        {"POD-FSGROUP", "claim", pod(claim, ""), {inPod("securityContext.fsGroup")}},
        {"POD-FSGROUP", "templates of a StatefulSet",
            "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db, namespace: shop}\nspec:\n"
            "  volumeClaimTemplates: [{metadata: {name: data}}]\n"
            "  template: {spec: {containers: [{name: db, image: a}]}}\n",
            {"default | StatefulSet shop/db |  | spec.template.spec.securityContext.fsGroup"}},
        {"POD-FSGROUP", "set", pod(claim + "\nsecurityContext: {fsGroup: 2000}", ""), {}},
        {"POD-FSGROUP", "no claim", pod("volumes: [{name: t, emptyDir: {}}]", ""), {}},
    };
}

std::vector<CheckCase> initialisationCases()
{
    const auto started
        = [](const char *script) { return pod("", std::string("command: [sh, -c, \"") + script + "\"]"); };
    const std::string command = "command | Pod shop/web | app | spec.containers[0].command";
    return {
        {"POD-INITCONTAINER", "migration first", started("alembic upgrade head && exec gunicorn app"), {command}},
        {"POD-INITCONTAINER", "by its own script", started("python manage.py migrate; gunicorn app"), {command}},
        {"POD-INITCONTAINER", "waiting first", started("/wait-for-it.sh db:5432; gunicorn app"), {command}},
        {"POD-INITCONTAINER", "hook", pod("", "lifecycle: {postStart: {exec: {command: [/setup.sh, --fast]}}}"),
            {"default | Pod shop/web | app | spec.containers[0].lifecycle.postStart.exec.command"}},
        {"POD-INITCONTAINER", "a hook that only waits",
            pod("", "lifecycle: {postStart: {exec: {command: [sleep, \"5\"]}}}"), {}},
        {"POD-INITCONTAINER", "a hook by HTTP", pod("", "lifecycle: {postStart: {httpGet: {path: /, port: 80}}}"), {}},
        {"POD-INITCONTAINER", "migration is all it does", started("alembic upgrade head"), {}},
        {"POD-INITCONTAINER", "in an init container",
            pod("initContainers: [{name: i, image: a, command: [sh, -c, \"alembic upgrade head && true\"]}]", ""), {}},
        {"POD-INITCONTAINER", "wrong types", pod("", "command: {a: b}\nlifecycle: {postStart: {exec: [x]}}"), {}},
    };
}

} // namespace

std::vector<CheckCase> podOperationCases()
{
    std::vector<CheckCase> all;
    for (const auto &some : {sudoCases(), downloadCases(), serviceCases(), debugCases(), staticCases(),
             schedulingCases(), smallCases(), initialisationCases()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace tally::test
