// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include <filesystem>

namespace tally::test {

/// A folder of its own, gone with the object.
class Folder
{
public:
    [[nodiscard]] std::filesystem::path operator/(const char *name) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }

private:
    QTemporaryDir m_folder;
};

/// What changes rows must find some.
inline void runSql(const std::filesystem::path &path, const std::string &sql)
{
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    if (sql.starts_with("UPDATE") || sql.starts_with("DELETE") || sql.starts_with("INSERT"))
        QVERIFY(sqlite3_changes(database) > 0);
    sqlite3_close(database);
}

/// The file as an earlier version of the program wrote it, as far as its tables go.
inline void makeFormat(const std::filesystem::path &path, int format)
{
    std::string sql = "PRAGMA user_version=" + std::to_string(format) + ";";
    if (format < 4)
        sql += "DROP TABLE asked_in_cluster; DROP TABLE exception_in_cluster;";
    for (std::size_t type = 0; type < recordTypes; ++type) {
        const auto of = static_cast<RecordType>(type);
        if (format < 3 || (format < 5 && of == RecordType::SourceWithdrawal))
            sql += std::string("DROP TABLE ") + recordTable(of) + ";";
    }
    for (const char *table : {"policy", "key_file", "exception_rule", "asked_kind"})
        sql += format < 2 ? std::string("DROP TABLE ") + table + ";" : "";
    if (format < 3) // nothing was ever kept in them
        sql += R"(DROP TABLE attachment_chunk; DROP TABLE attachment;
CREATE TABLE attachment(id INTEGER PRIMARY KEY, name TEXT NOT NULL, media_type TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
  at TEXT NOT NULL, by TEXT NOT NULL, expires TEXT NOT NULL, requirement TEXT NOT NULL);
CREATE TABLE attachment_chunk(id INTEGER PRIMARY KEY, attachment INTEGER NOT NULL REFERENCES attachment(id), ordinal INTEGER NOT NULL,
  data BLOB NOT NULL);
)";
    runSql(path, sql);
}

/// A run with one finding that proves, one requirement, one part.
[[nodiscard]] inline AssessmentPtr sampleAssessment(const std::string &basisHash = "basis-1")
{
    auto assessment = std::make_shared<Assessment>();
    assessment->edition = "2023";
    assessment->createdAt = "2026-11-22T01:02:03Z";
    Finding finding;
    finding.id = "00112233445566778899aabbccddeeff";
    finding.check = "POD-PRIVILEGED";
    finding.args = {"agent", "%1"};
    finding.severity = Severity::Critical;
    finding.source = 0;
    finding.file = "pods.yaml";
    finding.line = 42;
    finding.object = ObjectName{"apps/v1", "DaemonSet", "kube-system", "agent"};
    finding.also = {{"v1", "Pod", "kube-system", "agent-x"}};
    finding.excerpt = "securityContext:\n  privileged: true";
    assessment->findings.push_back(finding);
    PartResult part;
    part.id = "SYS.1.6.A17.1";
    part.proposal = Proposal::Deviation;
    part.basis = {12, 3, 2, 1, {"Pod"}, {"live"}, {0}};
    part.findings = {{0, Weight::Proves}};
    part.basisHash = basisHash;
    assessment->requirements = {{"SYS.1.6.A17", Proposal::Deviation, {part}, basisHash}};
    return assessment;
}

/// Two layers: a file that the second one removes.
[[nodiscard]] inline ImagePtr sampleImage()
{
    auto image = std::make_shared<Image>();
    image->names = {"registry.example/app:1"};
    image->platform = "linux/amd64";
    image->form = "docker-archive";
    image->source = 0;
    image->configDigest = "sha256:00";
    image->config.env = {{"PATH", "/bin"}};
    image->config.labels["a"] = "b";
    image->config.healthcheck = true;
    image->efficiency = 0.75;
    Layer lower;
    lower.verified = true;
    lower.files.push_back({image->strings.intern("etc/passwd"), {}, 10, -5, 1, 2, 04755, EntryType::File, false});
    Layer upper;
    upper.verified = false;
    upper.files.push_back({image->strings.intern("etc/pass\xFF"), image->strings.intern("target"), 0, 1'790'841'600, 0,
        0, 0777, EntryType::Symlink, true});
    upper.files.back().change = Change::Changed;
    upper.blob = "1/layer.tar";
    image->layers.push_back(std::move(lower));
    image->layers.push_back(std::move(upper));
    image->packages = {{"dpkg", "bash", "5.2", "amd64", 1}};
    Package &package = image->packages.front();
    package.licences = {"GPL-3+", "GFDL"};
    package.source = "bash-source";
    package.sourceVersion = "5";
    package.url = "pkg:deb/debian/bash@5.2";
    package.paths = {"/var/lib/dpkg/status"};
    image->risks = {{"setuid", "/bin/su", 0, "4755", false}};
    image->users = {{"app", 1000, 1000}};
    image->hasPasswd = true;
    image->config.healthcheckDisabled = true;
    image->wasted = {{"/a", 2, 30}};
    image->shadowed = {{"/a", 0, 10, "removed"}};
    return image;
}

[[nodiscard]] inline Opened sampleOpened()
{
    Opened opened;
    opened.source.path = "in/app.tar";
    opened.source.name = "app.tar";
    opened.source.form = "docker-archive";
    opened.source.bytes = 1234;
    opened.source.sha256 = "sha256:11";
    opened.things.emplace_back(sampleImage());
    return opened;
}

} // namespace tally::test
