// SPDX-License-Identifier: Apache-2.0
#include "core/audit/audit.h"
#include "core/io/archive.h"
#include "core/io/file.h"
#include "core/io/packing.h"
#include "core/workbench/image_cache.h"
#include "ui/pdf/report_export.h"

#include "tests/support/test_data.h"
#include "tests/support/test_registry.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <sstream>

using namespace tally;

/// Rule 4 of the design: secrets are planted in exports and an image; none of them may stand in anything that is
/// written.
class PlantedSecretsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void noneIsInTheAuditFile();
    void noneIsInTheCache();
    void noneIsInAnyReport_data();
    void noneIsInAnyReport();
    void theirPlacesAreReported_data();
    void theirPlacesAreReported();

private:
    void add(const char *file);
    void absentFrom(const std::string &bytes, const std::string &what) const;
    void absentFromMembers(const std::string &zip, const std::string &what) const;
    [[nodiscard]] std::filesystem::path path(const std::string &name) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }

    QTemporaryDir m_folder;
    std::vector<std::string> m_secrets;
    std::optional<Audit> m_audit;
    CataloguePtr m_catalogue;
    CheckSetPtr m_checks;
};

void PlantedSecretsTest::add(const char *file)
{
    OpenOptions options;
    options.sourceIndex = static_cast<int>(m_audit->state()->sources.size());
    const auto opened = open(path(file), options);
    QVERIFY2(opened, file);
    QVERIFY(m_audit->addSource(*opened));
}

void PlantedSecretsTest::initTestCase()
{
    const std::string script = (test::sourceFolder() / "tests/app/make_planted.py").string();
    QCOMPARE(QProcess::execute(QStringLiteral("python3"), {QString::fromStdString(script), m_folder.path()}), 0);
    std::istringstream lines(readFile(path("secrets.txt"), {}).value());
    for (std::string line; std::getline(lines, line);)
        m_secrets.push_back(line);
    QVERIFY(m_secrets.size() >= 40);

    m_catalogue = *loadCatalogue({});
    m_checks = *loadChecks({}, *m_catalogue);
    auto audit = Audit::create(path("a.tally"), {"O", "T", "A", "", "", ""});
    QVERIFY(audit);
    m_audit = std::move(*audit);
    for (const char *file : {"export.yaml", "export.json", "image.tar"})
        add(file);
    const AuditStatePtr state = m_audit->state();
    CheckInput input;
    input.cluster = state->clusters.front().cluster.get();
    input.images = state->images;
    const auto assessment = assess(*m_catalogue, *m_checks, input);
    QVERIFY(assessment);
    QVERIFY(m_audit->addRun(*assessment));
}

void PlantedSecretsTest::absentFrom(const std::string &bytes, const std::string &what) const
{
    QStringList found;
    for (const std::string &secret : m_secrets) {
        if (bytes.find(secret) != std::string::npos)
            found << QString::fromStdString(secret);
    }
    QVERIFY2(found.isEmpty(),
        qPrintable(QString::fromStdString(what) + QStringLiteral(": ") + found.join(QStringLiteral(", "))));
}

/// Of an archive, and of archives in it.
void PlantedSecretsTest::absentFromMembers(const std::string &zip, const std::string &what) const
{
    auto archive = Archive::open(memorySource(zip), what, {});
    QVERIFY(archive);
    int members = 0;
    for (ArchiveMember member; archive->next(member).value(); ++members) {
        if (member.type != MemberType::File)
            continue;
        const std::string content = archive->content(1U << 30).value();
        absentFrom(content, what + "/" + member.name);
        if (content.starts_with("PK"))
            absentFromMembers(content, what + "/" + member.name);
    }
    QVERIFY(members > 5);
}

void PlantedSecretsTest::noneIsInTheAuditFile()
{
    QVERIFY(m_audit->saveCopy(path("copy.tally")));
    absentFrom(readFile(path("copy.tally"), {}).value(), "audit file");
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(path("copy.tally").c_str(), &database), SQLITE_OK);
    int blobs = 0;
    for (const char *sql : {"SELECT data FROM snapshot", "SELECT requirements FROM run"}) {
        sqlite3_stmt *select = nullptr;
        QCOMPARE(sqlite3_prepare_v2(database, sql, -1, &select, nullptr), SQLITE_OK);
        while (sqlite3_step(select) == SQLITE_ROW) {
            const std::string_view bytes(static_cast<const char *>(sqlite3_column_blob(select, 0)),
                static_cast<std::size_t>(sqlite3_column_bytes(select, 0)));
            const auto content = decompressBytes(bytes, 1U << 30);
            QVERIFY(content);
            absentFrom(*content, sql);
            ++blobs;
        }
        sqlite3_finalize(select);
    }
    sqlite3_close(database);
    QCOMPARE(blobs, 4);
}

void PlantedSecretsTest::noneIsInTheCache()
{
    const ImageCache cache(path("cache"));
    const auto identity = identify(path("image.tar"));
    const auto opened = open(path("image.tar"));
    QVERIFY(identity && opened);
    const std::int64_t later = identity->changed + 3'600'000'000'000; // as if it had lain there for an hour
    QVERIFY(cache.store(path("image.tar"), {}, *identity, later, *opened));
    int entries = 0;
    for (const auto &entry : std::filesystem::directory_iterator(path("cache"))) {
        const std::string bytes = readFile(entry.path(), {}).value();
        absentFrom(entry.path().string() + bytes, "cache");
        const auto content = decompressBytes(std::string_view(bytes).substr(bytes.find('\n') + 1), 1U << 30);
        QVERIFY(content);
        absentFrom(*content, "unpacked cache");
        ++entries;
    }
    QCOMPARE(entries, 1);
}

void PlantedSecretsTest::noneIsInAnyReport_data()
{
    QTest::addColumn<QString>("file");
    for (const char *file : {"de.pdf", "en.pdf", "de.html", "en.html", "de.json", "de.csv", "en.csv", "de.xlsx",
             "en.xlsx", "de.sarif", "en.sarif", "de.oscal.json", "en.oscal.json", "de.vna", "en.vna", "de.posture.csv",
             "en.posture.csv", "de.zip"})
        QTest::newRow(file) << QString::fromLatin1(file);
}

void PlantedSecretsTest::noneIsInAnyReport()
{
    QFETCH(QString, file);
    const std::filesystem::path report = path(file.toStdString());
    ReportOptions options;
    options.language = file.startsWith(QStringLiteral("de")) ? Language::German : Language::English;
    const auto written = ui::exportReport(report.string(), {*m_audit->state(), *m_catalogue, *m_checks}, options);
    QVERIFY(written);
    const std::string bytes = readFile(report, {}).value();
    absentFrom(bytes, report.string());
    if (bytes.starts_with("PK"))
        absentFromMembers(bytes, report.string());
    if (!file.endsWith(QStringLiteral(".pdf")))
        return;
    QProcess text;
    text.start(QStringLiteral("pdftotext"), {QString::fromStdString(report.string()), QStringLiteral("-")});
    QVERIFY(text.waitForFinished(300'000)); // busy machines are slow
    std::string plain = text.readAllStandardOutput().toStdString();
    QVERIFY(plain.size() > 1000);
    absentFrom(plain, "text of the PDF");
    std::erase_if(plain, [](char c) { return c == '\n' || c == ' '; }); // also over line breaks
    absentFrom(plain, "joined text of the PDF");
}

void PlantedSecretsTest::theirPlacesAreReported_data()
{
    QTest::addColumn<std::string>("check");
    for (const char *check : {"SEC-ENV-PLAIN", "SEC-CONFIGMAP", "IMC-SECRET"})
        QTest::newRow(check) << std::string(check);
}

void PlantedSecretsTest::theirPlacesAreReported()
{
    QFETCH(std::string, check);
    const auto &findings = m_audit->state()->assessment->findings;
    QVERIFY(std::ranges::count(findings, check, &Finding::check) >= 4);
}

TALLY_TEST(PlantedSecretsTest)
#include "planted_secrets_test.moc"
