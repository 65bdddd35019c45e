// SPDX-License-Identifier: Apache-2.0
#include "tests/core/report/report_fixture.h"

#include "core/base/messages_base.h"
#include "tests/support/one_cluster.h"

#include <array>

namespace tally::test {

namespace {

struct Title
{
    const char *de;
    const char *en;
};

constexpr std::array<Title, 26> titles{{
    {"Planung des Container-Einsatzes", "Planning Container Use"},
    {"Planung der Verwaltung von Containern", "Container Management Planning"},
    {"Sicherer Einsatz containerisierter IT-Systeme", "Secure Use of Containerised IT Systems"},
    {"Planung der Bereitstellung und Verteilung von Images", "Planning the Provision and Distribution of Images"},
    {"Separierung der Administrations- und Zugangsnetze bei Containern",
        "Separation of Administration and Access Networks for Containers"},
    {"Verwendung sicherer Images", "Use of Secure Images"},
    {"Persistenz von Protokollierungsdaten der Container", "Persistence of Container Logging Data"},
    {"Sichere Speicherung von Zugangsdaten bei Containern", "Secure Storage of Container Access Data"},
    {"Eignung für Container-Betrieb", "Suitability for Container Operation"},
    {"Richtlinie für Images und Container-Betrieb", "Policy for Images and Container Operation"},
    {"Nur ein Dienst pro Container", "Only One Service per Container"},
    {"Verteilung sicherer Images", "Distribution of Secure Images"},
    {"Freigabe von Images", "Release of Images"},
    {"Aktualisierung von Images", "Updating Images"},
    {"Limitierung der Ressourcen pro Container", "Limitation of Resources per Container"},
    {"Administrativer Fernzugriff auf Container", "Administrative Remote Access to Containers"},
    {"Ausführung von Containern ohne Privilegien", "Running Containers Without Privileges"},
    {"Accounts der Anwendungsdienste", "Application Services Accounts"},
    {"Einbinden von Datenspeichern in Container", "Including Data Stores in Containers"},
    {"Absicherung von Konfigurationsdaten", "Protection of Configuration Data"},
    {"Erweiterte Sicherheitsrichtlinien", "Extended Security Policies"},
    {"Vorsorge für Untersuchungen", "Provision for Investigations"},
    {"Unveränderlichkeit der Container", "Container Immutability"},
    {"Hostbasierte Angriffserkennung", "Host-Based Attack Detection"},
    {"Hochverfügbarkeit von containerisierten Anwendungen", "High Availability of Containerised Applications"},
    {"Weitergehende Isolation und Kapselung von Containern", "Advanced Isolation and Encapsulation of Containers"},
}};

Part makePart(const std::string &requirement, int number)
{
    Part part;
    part.id = requirement + "." + std::to_string(number);
    const int kind = (number + static_cast<int>(requirement.size())) % 3;
    part.partClass = kind == 0 ? PartClass::Provable : kind == 1 ? PartClass::Indication : PartClass::Document;
    part.modal = number % 2 == 1 ? "MUSS" : "SOLLTE";
    part.modalEn = number % 2 == 1 ? "MUST" : "SHOULD";
    part.text = {
        "Runtime und Container laufen unter einem Konto ohne Sonderrechte am Container-Dienst und am Host-System, und "
        "dieses Konto kann sich solche Rechte auch nicht verschaffen.",
        "The runtime and the containers run under an account without special rights on the container service and the "
        "host, "
        "and this account cannot obtain such rights either."};
    part.ask = {"Ausgabe von ps -o user,cmd -C containerd je Node; Begründung der Ausnahmen",
        "Output of ps -o user,cmd -C containerd for each node; reasons for the exceptions"};
    return part;
}

Catalogue makeCatalogue()
{
    Module module{"SYS.1.6", {"Containerisierung", "Containerisation"}, {}};
    for (std::size_t i = 0; i < titles.size(); ++i) {
        Requirement requirement;
        requirement.id = "SYS.1.6.A" + std::to_string(i + 1);
        requirement.title = {titles.at(i).de, titles.at(i).en};
        requirement.level = i < 8 ? Level::Basic : i < 20 ? Level::Standard : Level::Elevated;
        requirement.roles = {"IT-Betrieb"};
        requirement.threats = {"G 0.14", "G 0.28", "G 0.30"};
        const int parts = i == 16 ? 4 : 2 + static_cast<int>(i) % 2;
        for (int number = 1; number <= parts; ++number)
            requirement.parts.push_back(makePart(requirement.id, number));
        module.requirements.push_back(std::move(requirement));
    }
    Catalogue catalogue;
    catalogue.edition = "2023";
    catalogue.digest = "sha256:" + std::string(64, 'a');
    catalogue.modules.push_back(std::move(module));
    return catalogue;
}

Check makeCheck(std::string id, Severity severity, Text title, std::vector<PartWeight> parts)
{
    Check check;
    check.id = std::move(id);
    check.severity = severity;
    check.title = std::move(title);
    check.messages["default"] = {"Container „%1“ läuft mit „%2“.", "Container “%1” runs with “%2”."};
    check.description = {"Der Container hat alle Rechte des Host-Kernels. Wer ihn übernimmt, übernimmt den Node.",
        "The container has all rights of the host kernel. Whoever takes it over takes over the node."};
    check.remediation = {"privileged: false; nötige Capabilities einzeln nennen.",
        "privileged: false; name the capabilities needed one by one."};
    check.parts = std::move(parts);
    check.attack = {"T1611", "T1610"};
    return check;
}

CheckSet makeChecks()
{
    CheckSet set;
    set.digest = "sha256:" + std::string(64, 'b');
    set.checks = {
        makeCheck("IMC-SETUID", Severity::Medium,
            {"setuid- oder setgid-Dateien im Image", "setuid or setgid files in the image"},
            {{"SYS.1.6.A17.1", Weight::Indicates}}),
        makeCheck("IMG-LATEST", Severity::Medium, {"Tag „latest“ oder kein Tag", "Tag “latest” or no tag"},
            {{"SYS.1.6.A6.1", Weight::Proves}}),
        makeCheck("NET-NOPOLICY", Severity::High,
            {"Anwendungen sind im Netz nicht voneinander getrennt", "Applications are not separated in the network"},
            {{"SYS.1.6.A5.1", Weight::Proves}}),
        makeCheck("POD-PRIVESC", Severity::High,
            {"Rechteausweitung nicht abgeschaltet", "Privilege escalation not disabled"},
            {{"SYS.1.6.A17.1", Weight::Proves}}),
        makeCheck("POD-PRIVILEGED", Severity::Critical, {"Container läuft privilegiert", "Container runs privileged"},
            {{"SYS.1.6.A17.1", Weight::Proves}, {"SYS.1.6.A16.2", Weight::Indicates}}),
        makeCheck("SEC-ENV-PLAIN", Severity::Critical,
            {"Zugangsdaten liegen im Klartext in Umgebungsvariablen",
                "Credentials stand in plain text in environment variables"},
            {{"SYS.1.6.A8.1", Weight::Proves}}),
    };
    return set;
}

const std::array<const char *, 4> spaces{"zaehlerdaten", "kundenportal", "gis", "kube-system"};

Finding clusterFinding(const Check &check, std::size_t i)
{
    Finding finding;
    finding.check = check.id;
    finding.severity = check.severity;
    finding.id = check.id + "-" + std::to_string(i);
    finding.source = 0;
    finding.file = "mh-prod-01_2026-11-12.yaml";
    finding.line = 1000 + static_cast<std::uint32_t>(i) * 37;
    finding.object
        = ObjectName{"apps/v1", "Deployment", spaces.at(i % spaces.size()), "session-proxy-" + std::to_string(i)};
    finding.systemNamespace = i % spaces.size() == 3;
    finding.container = "envoy";
    finding.field = "spec.template.spec.containers[0].securityContext.privileged";
    finding.image
        = "registry.musterhafen.example:5443/plattform/drittanbieter/smart-meter-gateway-administration/envoy:v1.31";
    finding.args = {"envoy", "privileged: true"};
    finding.excerpt = "securityContext:\n  allowPrivilegeEscalation: true\n  privileged: true\n  runAsUser: 0\n";
    return finding;
}

Finding imageFinding(const Check &check)
{
    Finding finding;
    finding.check = check.id;
    finding.severity = check.severity;
    finding.id = check.id + "-image";
    finding.source = 1;
    finding.image = "gis/tileserver:latest";
    finding.imageIndex = 0;
    finding.layer = 2;
    finding.path = "/usr/bin/rechnung_\u202Efdp.exe";
    finding.args = {"gis", "4755"};
    return finding;
}

Proposal proposalFor(const Part &part, bool proven, bool missing)
{
    if (part.partClass == PartClass::Document)
        return Proposal::Organisational;
    if (proven)
        return Proposal::Deviation;
    if (missing)
        return part.partClass == PartClass::Provable ? Proposal::PartlyChecked : Proposal::NotChecked;
    return part.partClass == PartClass::Indication ? Proposal::Manual : Proposal::NoDeviationFound;
}

std::shared_ptr<Assessment> makeAssessment(const ReportFixture &fixture, std::size_t findingsPerCheck)
{
    auto assessment = std::make_shared<Assessment>();
    assessment->edition = "2023";
    assessment->toolVersion = "0.1.0";
    assessment->createdAt = "2026-11-20T15:42:00Z";
    for (const Severity severity : {Severity::Critical, Severity::High, Severity::Medium}) {
        for (const Check &check : fixture.checks.checks) {
            if (check.severity != severity)
                continue;
            if (check.id == "IMC-SETUID") {
                assessment->findings.push_back(imageFinding(check));
                continue;
            }
            for (std::size_t i = 0; i < findingsPerCheck; ++i)
                assessment->findings.push_back(clusterFinding(check, i));
        }
    }
    for (const Requirement &requirement : fixture.catalogue.modules[0].requirements) {
        RequirementResult result;
        result.id = requirement.id;
        result.proposal = Proposal::NoDeviationFound;
        for (const Part &part : requirement.parts) {
            PartResult made;
            made.id = part.id;
            bool proven = false;
            for (std::size_t i = 0; i < assessment->findings.size(); ++i) {
                const Check *check = nullptr;
                for (const Check &candidate : fixture.checks.checks) {
                    if (candidate.id == assessment->findings[i].check)
                        check = &candidate;
                }
                for (const PartWeight &weight : check->parts) {
                    if (weight.part != part.id)
                        continue;
                    made.findings.push_back({i, weight.weight});
                    proven |= weight.weight == Weight::Proves;
                }
            }
            const bool missing = requirement.id == "SYS.1.6.A15" || requirement.id == "SYS.1.6.A26";
            if (missing)
                made.basis.missing = {"LimitRange", "ResourceQuota"};
            if (part.partClass != PartClass::Document && requirement.id != "SYS.1.6.A26") {
                made.basis.objects = 412;
                made.basis.workloads = 233;
                made.basis.namespaces = 14;
                made.basis.kinds = {"Deployment", "DaemonSet", "Pod"};
                made.basis.sources = {0};
            }
            made.proposal = proposalFor(part, proven, missing);
            if (requirement.id == "SYS.1.6.A26")
                made.proposal = Proposal::NotChecked;
            result.proposal = std::min(result.proposal, made.proposal);
            result.parts.push_back(std::move(made));
        }
        assessment->requirements.push_back(std::move(result));
    }
    return assessment;
}

ImagePtr makeImage()
{
    auto image = std::make_shared<Image>();
    image->names = {"gis/tileserver:latest"};
    image->platform = "linux/amd64";
    image->form = "docker-archive";
    image->source = 1;
    image->configDigest = "sha256:" + std::string(64, 'c');
    image->config.user = "10214:10214";
    image->os = {"debian", "12", "Debian GNU/Linux 12 (bookworm)", "2028-06-30"};
    const std::array<const char *, 3> commands{
        "ADD rootfs.tar.xz /", "apt-get install -y ca-certificates libpq5 tini openssh-server", "COPY . /app"};
    for (std::size_t i = 0; i < commands.size(); ++i) {
        Layer layer;
        layer.digest = "sha256:" + std::string(64, static_cast<char>('d' + i));
        layer.command = commands.at(i);
        layer.bytes = 74'800'000 * (i + 1);
        layer.compressedBytes = 28'200'000 * (i + 1);
        layer.added = 3412;
        layer.changed = static_cast<std::uint32_t>(i) * 17;
        layer.verified = i != 2;
        image->layers.push_back(std::move(layer));
    }
    image->bytes = 448'800'000;
    image->mergedBytes = 440'000'000;
    image->efficiency = 0.7686;
    image->wastedBytes = 17'600'000;
    image->shadowedBytes = 8'800'000;
    image->shadowed
        = {{"/var/lib/apt/lists/archive", 1, 6'800'000, "removed"}, {"/etc/passwd", 0, 2'000'000, "overwritten"}};
    image->verdicts = {{"sha256:" + std::string(64, 'd'), "digest", VerdictState::Verified, {}},
        {"sha256:" + std::string(64, 'f'), "diffId", VerdictState::Wrong, {}}};
    image->risks
        = {{"setuid", "/usr/bin/su", 0, "4755 root:root"}, {"secret", "/app/config/tls.key", 2, "3.272 Bytes"}};
    image->packages = {{"dpkg", "tini", "0.19", "amd64", 1}, {"dpkg", "libpq5", "15.8", "amd64", 1}};
    return image;
}

ClusterPtr makeCluster()
{
    auto cluster = std::make_shared<Cluster>();
    cluster->kubernetesVersion = "v1.31.4";
    cluster->label = "mh-prod-01";
    cluster->liveness = Liveness::Live;
    cluster->objectsRead = 2561;
    cluster->objects.resize(2438);
    for (Object &object : cluster->objects)
        object.source = 0;
    cluster->namespaces = {"gis", "kube-system", "kundenportal", "zaehlerdaten"};
    const std::array<const char *, 9> present{
        "ConfigMap", "CronJob", "DaemonSet", "Deployment", "Ingress", "Namespace", "NetworkPolicy", "Node", "Pod"};
    for (const char *kind : present)
        cluster->completeness.push_back({kind, "", KindState::Present, 96, 0, ""});
    cluster->completeness.push_back({"ValidatingAdmissionPolicy", "", KindState::Empty, 0, 0, ""});
    cluster->completeness.push_back(
        {"LimitRange", "", KindState::Missing, 0, -1, "kubectl get limitranges -A -o yaml > limitranges.yaml"});
    cluster->completeness.push_back({"ResourceQuota", "", KindState::Missing, 0, -1,
        "kubectl get resourcequotas -A -o yaml > resourcequotas.yaml"});
    cluster->completeness.push_back(
        {"RuntimeClass", "", KindState::Forbidden, 0, 0, "kubectl get runtimeclasses -o yaml > runtimeclasses.yaml"});
    return cluster;
}

void addDecisions(AuditState &audit)
{
    Decision partial;
    partial.status = Status::Teilweise;
    partial.reason
        = "Die Plattform-Workloads in kube-system sind begründet. Drei Anwendungen laufen ohne Not privilegiert.";
    partial.by = "Katrin Brandt";
    partial.at = "2026-11-18T15:20:41Z";
    partial.responsible = "Merle Hansen, IT-Betrieb";
    partial.until = "2027-03-31";
    partial.measure = "session-proxy und tile-render ohne „privileged“ betreiben";
    audit.decisions["SYS.1.6.A17"] = partial;
    Decision yes;
    yes.status = Status::Ja;
    yes.reason = "Grenzwerte stehen im Betriebshandbuch, Kapitel 6.2.";
    yes.by = "Katrin Brandt";
    yes.at = "2026-11-18T15:22:00Z";
    audit.decisions["SYS.1.6.A15"] = yes;
    audit.decisions["SYS.1.6.A1"] = yes;
    Decision no = partial;
    no.status = Status::Nein;
    no.measure = "Default-Deny in neun Namensräumen";
    no.until = "2027-01-31";
    no.stale = true;
    audit.decisions["SYS.1.6.A5"] = no;
    Decision none = yes;
    none.status = Status::Entbehrlich;
    none.reason = "Kein erhöhter Schutzbedarf.";
    audit.decisions["SYS.1.6.A26"] = none;
}

} // namespace

ReportFixture makeEmptyFixture()
{
    ReportFixture fixture;
    fixture.catalogue = makeCatalogue();
    fixture.checks = makeChecks();
    return fixture;
}

ReportFixture makeReportFixture(std::size_t findingsPerCheck)
{
    ReportFixture fixture = makeEmptyFixture();
    AuditState &audit = fixture.audit;
    audit.info = {"Stadtwerke Musterhafen GmbH", "Kundenportal und Messdaten", "Katrin Brandt",
        "Kubernetes-Cluster mh-prod-01", "VERTRAULICH", "2026-11-12T08:00:00Z"};
    audit.sources = {{"/home/pruefer/eingang/mh-prod-01_2026-11-12.yaml", "mh-prod-01_2026-11-12.yaml", "kubectl-list",
                         204'700'000, "sha256:80178c80eba4b969e80cbd689e1de44c0283b6d577e150e114dd77cdc151b2d9",
                         "2026-11-12T08:14:00Z", "2026-11-17T09:00:00Z"},
        {"/home/pruefer/eingang/gis-tileserver_latest.tar", "gis-tileserver_latest.tar", "docker-archive",
            1'020'000'000, "sha256:df625c74b595fb146d3f079e7c28716a33047d2f7dc5397b0d23b05911ab2721",
            "2026-11-13T10:09:00Z", "2026-11-17T09:01:00Z"}};
    audit.diagnostics = {{Diagnostic::Severity::Warning,
        {baseDef("file.unreadable"), {"/home/pruefer/eingang/gis-tileserver_latest.tar", "3"}}, 1, "layer 3"}};
    audit.images = {makeImage()};
    test::setCluster(audit, makeCluster());
    audit.assessment = makeAssessment(fixture, findingsPerCheck);
    addDecisions(audit);
    audit.exceptions["POD-PRIVESC-1"] = {"POD-PRIVESC-1", "accepted", "Wird mit der nächsten Fassung abgelöst",
        "Katrin Brandt", "2026-11-18T16:00:00Z", "2027-06-30"};
    audit.journalHead = "19fdf590b335c7600458e15b2d98784bbd838e5622f95e2c11de7c1f678cf4e1";
    audit.journal = {{1, "2026-11-12T08:00:00Z", "Katrin Brandt", "audit-created", "", "{}", std::string(64, '1')},
        {2, "2026-11-12T08:20:00Z", "Katrin Brandt", "source-added", "mh-prod-01_2026-11-12.yaml", "{}",
            std::string(64, '2')},
        {3, "2026-11-18T15:20:41Z", "Katrin Brandt", "decision", "SYS.1.6.A17", R"({"status":"teilweise"})",
            audit.journalHead}};
    return fixture;
}

ReportFixture makeJudgedFixture()
{
    ReportFixture fixture = makeReportFixture();
    AuditState &audit = fixture.audit;
    audit.run = audit.assessment;
    audit.records.put(FindingJudgement{.key = audit.run->findings.front().id,
        .severity = Severity::Low,
        .reason = "<b>cut off</b> by the firewall\nof the %1 zone",
        .by = "Katrin Brandt",
        .at = "2026-11-18T16:10:00Z"});
    audit.assessment = withExceptions(audit);
    return fixture;
}

ReportFixture makeTargetsFixture()
{
    using Kind = TargetObject::Kind;
    using Need = TargetObject::Need;
    ReportFixture fixture = makeReportFixture();
    const auto put = [&fixture](TargetObject target) {
        target.by = "Katrin Brandt";
        target.at = "2026-11-17T10:30:00Z";
        fixture.audit.records.put(std::move(target));
    };
    put({.key = "T-001",
        .name = "zaehlerdaten",
        .kind = Kind::Namespace,
        .confidentiality = {Need::VeryHigh, "consumption of households"},
        .integrity = {Need::High, "bills"},
        .availability = {Need::Normal, ""},
        .description = "meter readings"});
    put({.key = "T-002",
        .name = "gis/tileserver:latest",
        .kind = Kind::Image,
        .confidentiality = {Need::High, "network plans"},
        .integrity = {Need::High, "network plans"},
        .availability = {Need::High, "network plans"}});
    put({.key = "T-003", .name = "mh-prod-01", .kind = Kind::Cluster});
    put({.key = "T-004",
        .name = "g*",
        .kind = Kind::Namespace,
        .confidentiality = {Need::Normal, ""},
        .integrity = {Need::Normal, ""},
        .availability = {Need::Normal, ""}});
    return fixture;
}

} // namespace tally::test
