// SPDX-License-Identifier: Apache-2.0
#include "core/audit/former_requests.h"

#include <array>

namespace tally {

std::span<const FormerRequest> formerRequests()
{
    static constexpr auto former = std::to_array<FormerRequest>({
        {"SYS.1.6.A3.2",
            "Den Schutzbedarf je Namespace oder Anwendung muss eine Person eintragen. Danach: Ergebnis der Prüfung, "
            "wer hat sie wann durchgeführt?",
            "The protection need (Schutzbedarf) per namespace or application must be entered by a person. Then: "
            "result of the check, who did it and when?"},
        {"SYS.1.6.A5.1",
            "Netzplan und Schutzbedarf. Die Trennung durch VLANs und Firewalls liegt außerhalb des Exports.",
            "Network plan and protection need. Separation by VLAN and firewall is outside the export."},
        {"SYS.1.6.A8.2",
            "Jeden Treffer bewerten: echt oder Testdaten? Den gefundenen Wert nie in den Bericht übernehmen, nur "
            "Regel, Pfad, Layer-Digest und Hash.",
            "Triage each hit: real or test data? Never put the found value into the report, only rule, path, layer "
            "digest and hash."},
        {"SYS.1.6.A10.1",
            "Richtlinie mit Version, Freigabe und Geltungsbereich. Die Regeln der Richtlinie einzeln mit den "
            "Admission-Regeln abgleichen.",
            "Policy document with version, approval and scope. Compare the rules of the policy with the admission "
            "rules one by one."},
        {"SYS.1.6.A14.2",
            "Dokumentierte Entscheidung. In reinem Kubernetes trifft der Fall meist nicht zu, weil es keine "
            "langlebigen Container gibt: dann mit Begründung ein Kandidat für „entbehrlich“.",
            "Decision record. In pure Kubernetes the case usually does not arise, as there are no long-lived "
            "containers: then a candidate for “dispensable” (entbehrlich), with reason."},
        {"SYS.1.6.A15.1",
            "Sind die Werte angemessen? Bandbreite wird selten begrenzt: meist eine begründete Abweichung. Ein "
            "fehlendes CPU-Limit ist oft Absicht (Drosselung): Begründung verlangen.",
            "Are the values suitable? Bandwidth is rarely limited: usually a reasoned deviation. A missing CPU limit "
            "is often deliberate (throttling): a reason is needed."},
        {"SYS.1.6.A17.1",
            "Zum Runtime-Teil: containerd, CRI-O und Kubelet laufen meist als root, wörtlich genommen ist der Satz "
            "also selten erfüllt. Nur Nachweise vom Node zeigen es (Rootless-Betrieb, KubeletInUserNamespace, ps -o "
            "user). Aus dem Export folgt nie ein „ja“: Container-Teil „keine Abweichung gefunden“, Runtime-Teil "
            "offen, mit Begründung.",
            "On the runtime half: containerd, CRI-O and kubelet usually run as root, so the sentence taken literally "
            "is rarely met. Only node evidence shows it (rootless mode, KubeletInUserNamespace, ps -o user). The "
            "export never justifies a “yes”: container half “no deviation found”, runtime half open, with a reason."},
        {"SYS.1.6.A17.3", "Ist es das Minimum? Je Eintrag entscheiden.", "Is it the minimum? Decide per entry."},
        {"SYS.1.6.A19.2", "Wird Schreibzugriff gebraucht? Je Einbindung entscheiden.",
            "Is write access needed? Decide per mount."},
        {"SYS.1.6.A21.2",
            "Nicht gesetzte Felder bedeuten „Voreinstellung der Runtime, sofern der Node es unterstützt“: Der "
            "Nachweis vom Node entscheidet (getenforce, aa-status).",
            "Unset fields mean “runtime default if the node supports it”: node evidence decides (getenforce, "
            "aa-status)."},
        {"SYS.1.6.A23.2",
            "Datenvolumes und /tmp müssen bei den meisten Anwendungen beschreibbar sein: mit Begründung auflisten "
            "lassen; das Urteil fällt ein Mensch.",
            "Data volumes and /tmp must be writable in most applications: have them listed with reason; judgement is "
            "human."},
    });
    return former;
}

} // namespace tally
