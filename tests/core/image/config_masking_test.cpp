// SPDX-License-Identifier: Apache-2.0
#include "core/image/image_config.h"

#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;

class ConfigMaskingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commandsAreMasked_data();
    void commandsAreMasked();
    void harmlessCommandsStay();
};

void ConfigMaskingTest::commandsAreMasked_data()
{
    QTest::addColumn<QByteArray>("config");
    const auto row = [](const char *name, const QByteArray &config) { QTest::newRow(name) << config; };
    row("Cmd", R"({"config": {"Cmd": ["mysql", "-uroot", "-pPLANT54abc"]}})");
    row("Entrypoint and Cmd", R"({"config": {"Entrypoint": ["mysql"], "Cmd": ["-pPLANT54abc"]}})");
    row("shell", R"({"config": {"Entrypoint": ["sh", "-c", "mysql -pPLANT54abc shop"]}})");
    row("Cmd as a text", R"({"config": {"Cmd": "redis-cli -a PLANT54abc"}})");
    row("health", R"({"config": {"Healthcheck": {"Test": ["CMD", "redis-cli", "-a", "PLANT54abc"]}}})");
    row("history", R"({"history": [{"created_by": "CMD [\"mysql\" \"-pPLANT54abc\"]"}]})");
    row("history of a shell", R"({"history": [{"created_by": "RUN echo 'root:PLANT54abc' | chpasswd # buildkit"}]})");
    row("label", R"({"config": {"Labels": {"usage": "docker run i mysql -pPLANT54abc"}}})");
    row("what it was built with", R"({"container_config": {"Cmd": ["curl", "-u", "a:PLANT54abc"]}})");
}

void ConfigMaskingTest::commandsAreMasked()
{
    QFETCH(QByteArray, config);
    const ReadConfig read = readImageConfig(config.toStdString());
    QVERIFY(read.valid);
    QVERIFY2(read.json.find("PLANT54") == std::string::npos, read.json.c_str());
    QVERIFY(read.json.find("masked: ") != std::string::npos);
    std::string all;
    for (const auto *texts : {&read.config.cmd, &read.config.entrypoint}) {
        for (const std::string &text : *texts)
            all += text + "\n";
    }
    for (const HistoryEntry &entry : read.history)
        all += entry.createdBy;
    for (const auto &[name, value] : read.config.labels)
        all += value;
    QVERIFY2(all.find("PLANT54") == std::string::npos, all.c_str());
}

void ConfigMaskingTest::harmlessCommandsStay()
{
    const ReadConfig read
        = readImageConfig(R"({"config": {"Entrypoint": ["nginx", "-p", "prefix"], "Cmd": ["-g", "daemon off;"]}})");
    QVERIFY(read.json.find("masked") == std::string::npos);
    QCOMPARE(read.config.entrypoint.size(), std::size_t(3));
    QCOMPARE(read.config.cmd.size(), std::size_t(2));
}

TALLY_TEST(ConfigMaskingTest)
#include "config_masking_test.moc"
