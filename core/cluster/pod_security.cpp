// SPDX-License-Identifier: Apache-2.0
#include "core/cluster/pod_security.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <utility>

namespace tally {

namespace {

constexpr int latestMinor = 37;

constexpr std::string_view appArmorAnnotation = "container.apparmor.security.beta.kubernetes.io/";
constexpr std::string_view podSeccompAnnotation = "seccomp.security.alpha.kubernetes.io/pod";
constexpr std::string_view containerSeccompAnnotation = "container.seccomp.security.alpha.kubernetes.io/";

constexpr std::array<std::string_view, 13> baselineCapabilities = {"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER",
    "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"};

constexpr std::array<std::string_view, 9> restrictedVolumeSources = {"configMap", "csi", "downwardAPI", "emptyDir",
    "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"};

struct SafeSysctl
{
    std::string_view name;
    int sinceMinor;
};

constexpr std::array<SafeSysctl, 14> safeSysctls = {{
    {"kernel.shm_rmid_forced", 0},
    {"net.ipv4.ip_local_port_range", 0},
    {"net.ipv4.tcp_syncookies", 0},
    {"net.ipv4.ping_group_range", 0},
    {"net.ipv4.ip_unprivileged_port_start", 0},
    {"net.ipv4.ip_local_reserved_ports", 27},
    {"net.ipv4.tcp_keepalive_time", 29},
    {"net.ipv4.tcp_fin_timeout", 29},
    {"net.ipv4.tcp_keepalive_intvl", 29},
    {"net.ipv4.tcp_keepalive_probes", 29},
    {"net.ipv4.tcp_rmem", 32},
    {"net.ipv4.tcp_wmem", 32},
    {"net.ipv4.tcp_slow_start_after_idle", 37},
    {"net.ipv4.tcp_notsent_lowat", 37},
}};

bool oneOf(std::string_view text, std::initializer_list<std::string_view> allowed)
{
    return std::ranges::find(allowed, text) != allowed.end();
}

bool validProfileType(Node profile)
{
    return oneOf(profile["type"].text(), {"RuntimeDefault", "Localhost"});
}

/// A container or the pod itself, with the path to it.
struct Place
{
    Node node;
    std::string path; // "containers[0]", "" for the pod
    std::string_view name;
    Node securityContext;

    [[nodiscard]] std::string field(std::string_view below) const
    {
        return path.empty() ? std::string(below) : path + '.' + std::string(below);
    }
};

/// Walks the controls of one pod. Each control looks by itself, as upstream's checks do; what both profiles forbid is
/// said once for each.
class Judge
{
public:
    Judge(Node metadata, Node spec, PodSecurityVersion version)
        : m_metadata(metadata)
        , m_spec(spec)
        , m_minor(version.minor)
        , m_windows(version.minor >= 25 && spec.at({"os", "name"}).text() == "windows")
        , m_userNamespace(version.minor >= 35 && spec["hostUsers"].isFalse())
        , m_pod{spec, {}, {}, spec["securityContext"]}
    {
        for (const std::string_view list : {"initContainers", "containers", "ephemeralContainers"}) {
            std::size_t position = 0;
            for (const Node container : m_spec[list]) {
                m_containers.push_back({container, std::string(list) + '[' + std::to_string(position++) + ']',
                    container["name"].text(), container["securityContext"]});
            }
        }
    }

    PodSecurityVerdict verdict() &&
    {
        m_profile = PodSecurityLevel::Baseline;
        hostNamespaces();
        privileged();
        capabilities();
        hostPathVolumes();
        hostPorts();
        if (m_minor >= 34)
            hostProbes();
        appArmor();
        seLinux();
        procMount("procMount", m_userNamespace);
        seccomp();
        sysctls();
        windowsHostProcess();

        m_profile = PodSecurityLevel::Restricted;
        restrictedVolumes();
        if (m_minor >= 8 && !m_windows)
            allowPrivilegeEscalation();
        if (!m_userNamespace)
            runAsNonRoot();
        if (m_minor >= 23 && !m_userNamespace)
            runAsUser();
        if (m_minor >= 19 && !m_windows)
            seccompRestricted();
        if (m_minor >= 22 && !m_windows)
            capabilitiesRestricted();
        procMount("procMount_restricted", false);

        for (const PodSecurityViolation &violation : m_verdict.violations) {
            m_verdict.level = std::min(m_verdict.level,
                violation.profile == PodSecurityLevel::Baseline ? PodSecurityLevel::Privileged
                                                                : PodSecurityLevel::Baseline);
        }
        return std::move(m_verdict);
    }

private:
    /// `at` is the offending node; where something is absent it does not exist, and the nearest one above stands in.
    void violation(std::string_view control, const Place &place, std::string field, Node at)
    {
        Node nearest = at;
        std::string value(at.text());
        if (!at) {
            nearest = place.securityContext ? place.securityContext : place.node;
            value.clear();
        }
        m_verdict.violations.push_back(
            {m_profile, std::string(control), std::string(place.name), std::move(field), std::move(value), nearest});
    }

    void hostNamespaces()
    {
        for (const std::string_view name : {"hostNetwork", "hostPID", "hostIPC"}) {
            if (const Node flag = m_spec[name]; flag.isTrue())
                violation("hostNamespaces", m_pod, std::string(name), flag);
        }
    }

    void privileged()
    {
        for (const Place &place : m_containers) {
            if (const Node flag = place.securityContext["privileged"]; flag.isTrue())
                violation("privileged", place, place.field("securityContext.privileged"), flag);
        }
    }

    template<typename Allowed>
    void addedCapabilities(std::string_view control, const Place &place, Allowed allowed)
    {
        std::size_t position = 0;
        for (const Node added : place.securityContext.at({"capabilities", "add"})) {
            if (!allowed(added.text()))
                violation(control, place,
                    place.field("securityContext.capabilities.add[" + std::to_string(position) + ']'), added);
            ++position;
        }
    }

    void capabilities()
    {
        for (const Place &place : m_containers) {
            addedCapabilities("capabilities", place, [](std::string_view name) {
                return std::ranges::find(baselineCapabilities, name) != baselineCapabilities.end();
            });
        }
    }

    void hostPathVolumes()
    {
        std::size_t position = 0;
        for (const Node volume : m_spec["volumes"]) {
            const std::string path = "volumes[" + std::to_string(position++) + "].hostPath";
            const Node hostPath = volume["hostPath"];
            if (hostPath.isNull())
                continue;
            const Node named = hostPath["path"];
            violation("hostPathVolumes", m_pod, path, named ? named : hostPath);
        }
    }

    void hostPorts()
    {
        for (const Place &place : m_containers) {
            std::size_t position = 0;
            for (const Node port : place.node["ports"]) {
                const Node hostPort = port["hostPort"];
                if (!hostPort.isNull() && hostPort.asInt() != 0)
                    violation(
                        "hostPorts", place, place.field("ports[" + std::to_string(position) + "].hostPort"), hostPort);
                ++position;
            }
        }
    }

    void hostOf(const Place &place, Node handler, const std::string &path)
    {
        for (const std::string_view action : {"httpGet", "tcpSocket"}) {
            const Node host = handler[action]["host"];
            if (!host.text().empty() && !host.isNull())
                violation(
                    "hostProbesAndHostLifecycle", place, place.field(path + '.' + std::string(action) + ".host"), host);
        }
    }

    void hostProbes()
    {
        for (const Place &place : m_containers) {
            for (const std::string_view probe : {"livenessProbe", "readinessProbe", "startupProbe"})
                hostOf(place, place.node[probe], std::string(probe));
            for (const std::string_view hook : {"postStart", "preStop"})
                hostOf(place, place.node["lifecycle"][hook], "lifecycle." + std::string(hook));
        }
    }

    void appArmor()
    {
        for (const Node annotation : m_metadata["annotations"]) {
            if (!annotation.key().starts_with(appArmorAnnotation))
                continue;
            const std::string_view value = annotation.text();
            if (value.empty() || value == "runtime/default" || value.starts_with("localhost/"))
                continue;
            Place place = m_pod;
            place.name = annotation.key().substr(appArmorAnnotation.size());
            violation("appArmorProfile", place, "metadata.annotations." + std::string(annotation.key()), annotation);
        }
        everywhere([this](const Place &place) {
            const Node profile = place.securityContext["appArmorProfile"];
            if (!profile.isNull() && !validProfileType(profile))
                violation("appArmorProfile", place, place.field("securityContext.appArmorProfile.type"),
                    profile["type"] ? profile["type"] : profile);
        });
    }

    void seLinux()
    {
        everywhere([this](const Place &place) {
            const Node options = place.securityContext["seLinuxOptions"];
            const Node type = options["type"];
            const bool engine = m_minor >= 31 && type.text() == "container_engine_t";
            if (!engine && !type.isNull()
                && !oneOf(type.text(), {"", "container_t", "container_init_t", "container_kvm_t"}))
                violation("seLinuxOptions", place, place.field("securityContext.seLinuxOptions.type"), type);
            for (const std::string_view name : {"user", "role"}) {
                const Node value = options[name];
                if (!value.isNull() && !value.text().empty())
                    violation("seLinuxOptions", place,
                        place.field("securityContext.seLinuxOptions." + std::string(name)), value);
            }
        });
    }

    void procMount(std::string_view control, bool relaxed)
    {
        if (relaxed)
            return;
        for (const Place &place : m_containers) {
            const Node value = place.securityContext["procMount"];
            if (!value.isNull() && value.text() != "Default")
                violation(control, place, place.field("securityContext.procMount"), value);
        }
    }

    void seccomp()
    {
        if (m_minor < 19)
            return seccompAnnotations();
        everywhere([this](const Place &place) {
            const Node profile = place.securityContext["seccompProfile"];
            if (!profile.isNull() && !validProfileType(profile))
                violation("seccompProfile", place, place.field("securityContext.seccompProfile.type"),
                    profile["type"] ? profile["type"] : profile);
        });
    }

    void seccompAnnotations()
    {
        const Node annotations = m_metadata["annotations"];
        const auto look = [&](const Place &place, const std::string &key) {
            const Node value = annotations[key];
            const std::string_view text = value.text();
            if (value && text != "runtime/default" && text != "docker/default" && !text.starts_with("localhost/"))
                violation("seccompProfile", place, "metadata.annotations." + key, value);
        };
        look(m_pod, std::string(podSeccompAnnotation));
        for (const Place &place : m_containers)
            look(place, std::string(containerSeccompAnnotation) + std::string(place.name));
    }

    void sysctls()
    {
        std::size_t position = 0;
        for (const Node sysctl : m_pod.securityContext["sysctls"]) {
            const Node name = sysctl["name"];
            const auto *safe = std::ranges::find(safeSysctls, name.text(), &SafeSysctl::name);
            if (safe == safeSysctls.end() || safe->sinceMinor > m_minor)
                violation("sysctls", m_pod, "securityContext.sysctls[" + std::to_string(position) + "].name", name);
            ++position;
        }
    }

    void windowsHostProcess()
    {
        everywhere([this](const Place &place) {
            const Node flag = place.securityContext["windowsOptions"]["hostProcess"];
            if (flag.isTrue())
                violation("windowsHostProcess", place, place.field("securityContext.windowsOptions.hostProcess"), flag);
        });
    }

    void restrictedVolumes()
    {
        std::size_t position = 0;
        for (const Node volume : m_spec["volumes"]) {
            const std::string path = "volumes[" + std::to_string(position++) + ']';
            for (const Node source : volume) {
                // No source at all: the API server makes it an emptyDir.
                if (source.key() == "name" || source.isNull()
                    || std::ranges::find(restrictedVolumeSources, source.key()) != restrictedVolumeSources.end())
                    continue;
                violation("restrictedVolumes", m_pod, path + '.' + std::string(source.key()), source);
            }
        }
    }

    void allowPrivilegeEscalation()
    {
        for (const Place &place : m_containers) {
            const Node flag = place.securityContext["allowPrivilegeEscalation"];
            if (!flag.isFalse())
                violation(
                    "allowPrivilegeEscalation", place, place.field("securityContext.allowPrivilegeEscalation"), flag);
        }
    }

    void runAsNonRoot()
    {
        const Node ofPod = m_pod.securityContext["runAsNonRoot"];
        if (ofPod.isFalse())
            violation("runAsNonRoot", m_pod, "securityContext.runAsNonRoot", ofPod);
        for (const Place &place : m_containers) {
            const Node flag = place.securityContext["runAsNonRoot"];
            if (flag.isFalse() || (!flag.isTrue() && !ofPod.isTrue()))
                violation("runAsNonRoot", place, place.field("securityContext.runAsNonRoot"), flag);
        }
    }

    void runAsUser()
    {
        everywhere([this](const Place &place) {
            const Node user = place.securityContext["runAsUser"];
            if (user.asInt() == 0)
                violation("runAsUser", place, place.field("securityContext.runAsUser"), user);
        });
    }

    void seccompRestricted()
    {
        const Node ofPod = m_pod.securityContext["seccompProfile"];
        const bool podSet = !ofPod.isNull() && validProfileType(ofPod);
        if (!ofPod.isNull() && !podSet)
            violation("seccompProfile_restricted", m_pod, "securityContext.seccompProfile.type",
                ofPod["type"] ? ofPod["type"] : ofPod);
        for (const Place &place : m_containers) {
            const Node profile = place.securityContext["seccompProfile"];
            const bool right = profile.isNull() ? podSet : validProfileType(profile);
            if (!right)
                violation("seccompProfile_restricted", place, place.field("securityContext.seccompProfile.type"),
                    profile["type"] ? profile["type"] : profile);
        }
    }

    void capabilitiesRestricted()
    {
        for (const Place &place : m_containers) {
            const Node dropped = place.securityContext.at({"capabilities", "drop"});
            const bool all
                = std::any_of(dropped.begin(), dropped.end(), [](const Node &name) { return name.text() == "ALL"; });
            if (!all)
                violation("capabilities_restricted", place, place.field("securityContext.capabilities.drop"), dropped);
            addedCapabilities(
                "capabilities_restricted", place, [](std::string_view name) { return name == "NET_BIND_SERVICE"; });
        }
    }

    template<typename Look>
    void everywhere(Look look)
    {
        look(m_pod);
        for (const Place &place : m_containers)
            look(place);
    }

    Node m_metadata;
    Node m_spec;
    int m_minor;
    bool m_windows;
    bool m_userNamespace;
    Place m_pod;
    std::vector<Place> m_containers;
    PodSecurityLevel m_profile = PodSecurityLevel::Baseline;
    PodSecurityVerdict m_verdict;
};

} // namespace

std::optional<PodSecurityVersion> PodSecurityVersion::parse(std::string_view text)
{
    if (text == "latest")
        return PodSecurityVersion{latestMinor};
    if (text.starts_with('v'))
        text.remove_prefix(1);
    if (!text.starts_with("1."))
        return std::nullopt;
    text.remove_prefix(2);
    int minor = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), minor);
    if (error != std::errc() || end != text.data() + text.size() || minor < 0 || text.starts_with('-'))
        return std::nullopt;
    return PodSecurityVersion{minor};
}

PodSecurityVerdict evaluatePodSecurity(Node podMetadata, Node podSpec, PodSecurityVersion version)
{
    return Judge(podMetadata, podSpec, version).verdict();
}

std::string_view podSecurityLevelName(PodSecurityLevel level)
{
    switch (level) {
    case PodSecurityLevel::Privileged:
        return "privileged";
    case PodSecurityLevel::Baseline:
        return "baseline";
    case PodSecurityLevel::Restricted:
        return "restricted";
    }
    return "privileged";
}

} // namespace tally
