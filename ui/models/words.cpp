// SPDX-License-Identifier: Apache-2.0
#include "ui/models/words.h"

#include "core/base/text_format.h"
#include "core/checks/component_setting.h"
#include "ui/text/message_translator.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace tally::ui {

QString Words::severity(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return tr("info");
    case Severity::Low:
        return tr("low");
    case Severity::Medium:
        return tr("medium");
    case Severity::High:
        return tr("high");
    case Severity::Critical:
        return tr("critical");
    }
    Q_UNREACHABLE();
}

QString Words::level(Level level)
{
    switch (level) {
    case Level::Basic:
        return tr("Basic");
    case Level::Standard:
        return tr("Standard");
    case Level::Elevated:
        return tr("Elevated");
    }
    Q_UNREACHABLE();
}

QString Words::levelLong(Level level)
{
    return level == Level::Elevated ? tr("Elevated protection needs") : Words::level(level);
}

QString Words::form(std::string_view form)
{
    if (form == "docker-archive")
        return tr("docker save archive");
    if (form == "docker-dir")
        return tr("unpacked docker save");
    if (form == "oci-layout")
        return tr("OCI layout");
    if (form == "oci-archive")
        return tr("OCI archive");
    if (form == "kubectl-list")
        return tr("kubectl export");
    if (form == "manifests")
        return tr("Manifests");
    if (form == "folder")
        return tr("Folder");
    if (form == "archive")
        return tr("Archive");
    if (form == "must-gather" || form == "sonobuoy") // names of programs
        return foreignText(form);
    if (form == "velero-backup")
        return tr("Velero backup");
    if (form == "insights-archive")
        return tr("Insights archive");
    if (form == "kba-bundle")
        return tr("Audit bundle");
    if (form == "cluster-info-dump")
        return tr("kubectl cluster-info dump");
    if (form == "helm-rendered")
        return tr("Manifests rendered by Helm");
    if (form == "helm-chart")
        return tr("Helm chart, not rendered");
    if (form == "kustomize")
        return tr("Kustomize folder, not rendered");
    if (form == "audit-log")
        return tr("Audit log");
    if (form == "etcd-snapshot")
        return tr("etcd snapshot");
    if (form == "support-bundle" || form == "rancher-support-bundle" || form == "troubleshoot-bundle")
        return tr("Support bundle");
    return foreignText(form);
}

QString Words::need(const std::string &need, bool someImages)
{
    if (need == "image" && someImages)
        return tr("Part of the images that run");
    if (need == "workloads")
        return tr("Workloads of the cluster");
    if (need == "image")
        return tr("Images");
    if (need == "image-parts")
        return tr("Complete contents of the images");
    if (need == "live")
        return tr("Live state of the cluster (export by kubectl)");
    if (need == "policy")
        return tr("House policy, or this entry in it (Sources)");
    if (need == "namespaces")
        return tr("Namespaces of the cluster");
    if (need == "one-cluster")
        return tr("Exports of one single cluster");
    if (need == "referrers")
        return tr("Signatures and attestations of the images (OCI layout; docker save leaves them out)");
    if (need == "key")
        return tr("Public key of the signatures (Sources, house policy and keys)");
    if (need == "node-files")
        return tr("Files of the nodes");
    if (need == "tool-output")
        return tr("Results of other tools");
    if (need == "kubernetes-version")
        return tr("Version of Kubernetes");
    if (need == "audit-policy")
        return tr("Audit policy of the API server");
    if (need == "audit-log")
        return tr("Audit log of the API server");
    if (need == "etcd-snapshot")
        return tr("Snapshot of etcd");
    if (isComponent(need))
        return tr("Settings of %1").arg(foreignText(need));
    return foreignText(need);
}

QString Words::whyNotSeen(const std::string &need, bool someImages)
{
    //: in place of "Images: not in what was handed over", where some were
    if (need == "image" && someImages)
        return tr("Images: not every image that runs was handed over");
    if (need == "namespaces")
        return tr("Namespaces: not all of them are in the export, or the list of them is missing");
    if (need == "one-cluster")
        return tr("Objects of different clusters were handed over and read as one");
    return tr("%1: not in what was handed over").arg(Words::need(need));
}

QString Words::diagnosticSeverity(Diagnostic::Severity severity)
{
    switch (severity) {
    case Diagnostic::Severity::Note:
        return tr("Note");
    case Diagnostic::Severity::Warning:
        return tr("Warning");
    case Diagnostic::Severity::Error:
        return tr("Error");
    }
    Q_UNREACHABLE();
}

QString Words::moduleName(const Module &module, Language language)
{
    return tr("%1 %2", "module: id and title").arg(toQString(module.id), toQString(module.title.in(language)));
}

QString shortId(std::string_view id)
{
    const auto at = id.find(".A");
    return toQString(at == std::string_view::npos ? id : id.substr(at + 1));
}

QString foreignText(std::string_view bytes)
{
    return toQString(visible(bytes));
}

QString foreignLines(std::string_view bytes)
{
    QString lines;
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        lines += foreignText(bytes.substr(0, end));
        if (end < bytes.size())
            lines += u'\n';
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
    return lines;
}

QString findingPlace(const Finding &finding)
{
    if (finding.object) {
        const QString name = foreignText(finding.object->name);
        return finding.object->namespaceName.empty() ? name : foreignText(finding.object->namespaceName) % u'/' % name;
    }
    if (finding.isClusterWide())
        return QCoreApplication::translate("tally::ui::Words", "whole cluster");
    if (!finding.path.empty())
        return foreignText(finding.path);
    return foreignText(finding.image.empty() ? finding.file : finding.image);
}

QString findingPlace(const AuditState &audit, const Finding &finding)
{
    const AuditCluster *cluster = finding.cluster.empty() ? nullptr : audit.cluster(finding.cluster);
    return cluster ? foreignText(cluster->name) % u": " % findingPlace(finding) : findingPlace(finding);
}

QString objectAddress(const Finding &finding)
{
    if (!finding.object)
        return {};
    return toQString(finding.object->kind) % u'/' % toQString(finding.object->namespaceName) % u'/'
        % toQString(finding.object->name);
}

Language applicationLanguage()
{
    return QLocale().language() == QLocale::German ? Language::German : Language::English;
}

QString bytesText(std::uint64_t bytes)
{
    return toQString(formatBytes(bytes, applicationLanguage()));
}

QString localTimeText(const std::string &time)
{
    const QDateTime at = QDateTime::fromString(toQString(time), Qt::ISODate).toLocalTime();
    const std::string local = at.isValid() ? rfc3339(at.toSecsSinceEpoch() + at.offsetFromUtc()) : time;
    return toQString(formatTime(local, applicationLanguage()));
}

QString countText(std::uint64_t count)
{
    return toQString(formatCount(count, applicationLanguage()));
}

QString commandForKind(const Cluster *cluster, std::string_view kind)
{
    if (!cluster)
        return {};
    const auto found = std::ranges::find(cluster->completeness, kind, &KindCompleteness::kind);
    return found == cluster->completeness.end() ? QString() : toQString(found->command);
}

} // namespace tally::ui
