// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/code_view.h"

#include "tests/support/test_registry.h"

#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

using namespace tally::ui;

class CodeViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsLanguages_data();
    void knowsLanguages();
    void paintsWhatItKnows_data();
    void paintsWhatItKnows();
    void writesHex();
    void neverReadsMarkup();
};

void CodeViewTest::knowsLanguages_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("beginning");
    QTest::addColumn<CodeLanguage>("language");
    QTest::newRow("json") << QByteArray("/app/package.json") << QByteArray() << CodeLanguage::Json;
    QTest::newRow("json by content") << QByteArray("/app/settings") << QByteArray("{\"a\": 1}") << CodeLanguage::Json;
    QTest::newRow("shell by first line") << QByteArray("/entrypoint") << QByteArray("#!/bin/sh\n")
                                         << CodeLanguage::Shell;
    QTest::newRow("other script") << QByteArray("/run") << QByteArray("#!/usr/bin/perl\n") << CodeLanguage::Config;
    QTest::newRow("below etc") << QByteArray("/etc/anything") << QByteArray() << CodeLanguage::Config;
    QTest::newRow("yaml") << QByteArray("/a.yml") << QByteArray() << CodeLanguage::Yaml;
    QTest::newRow("dockerfile") << QByteArray("/Dockerfile.prod") << QByteArray() << CodeLanguage::Dockerfile;
    QTest::newRow("unknown") << QByteArray("/opt/readme") << QByteArray("Hello") << CodeLanguage::Plain;
    QTest::newRow("a directory with a dot") << QByteArray("/opt/a.json/readme") << QByteArray() << CodeLanguage::Plain;
}

void CodeViewTest::knowsLanguages()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, beginning);
    QFETCH(CodeLanguage, language);
    QCOMPARE(codeLanguage(path.toStdString(), beginning.toStdString()), language);
}

void CodeViewTest::paintsWhatItKnows_data()
{
    QTest::addColumn<CodeLanguage>("language");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("starts"); // of the painted ranges
    QTest::newRow("json") << CodeLanguage::Json << u"  \"key\": \"va\\\"lue\", true"_qs << QList<int>{2, 9, 20};
    QTest::newRow("yaml") << CodeLanguage::Yaml << u"- key: true # why"_qs << QList<int>{2, 7, 12};
    QTest::newRow("shell") << CodeLanguage::Shell << u"if x; then echo 'a' # b"_qs << QList<int>{0, 6, 16, 20};
    QTest::newRow("config") << CodeLanguage::Config << u"[section]"_qs << QList<int>{0};
    QTest::newRow("dockerfile") << CodeLanguage::Dockerfile << u"RUN echo RUN"_qs << QList<int>{0};
    QTest::newRow("plain") << CodeLanguage::Plain << u"if \"x\" # y"_qs << QList<int>{};
    QTest::newRow("too long to read") << CodeLanguage::Shell << QString(u"if "_qs).repeated(1000) << QList<int>{};
}

void CodeViewTest::paintsWhatItKnows()
{
    QFETCH(CodeLanguage, language);
    QFETCH(QString, text);
    QFETCH(QList<int>, starts);
    CodeView view;
    view.setText(text, language);
    QList<int> found;
    for (const QTextLayout::FormatRange &range : view.document()->firstBlock().layout()->formats())
        found.append(range.start);
    QCOMPARE(found, starts);
}

void CodeViewTest::writesHex()
{
    QCOMPARE(hexText("Hello\n", 100), u"00000000  48 65 6c 6c 6f 0a                                 |Hello.|"_qs);
    const QString two = hexText(std::string(20, 'A'), 17);
    QCOMPARE(two.count(u'\n'), 1);
    QVERIFY(two.endsWith(u"|A|"));
    QVERIFY(hexText({}, 10).isEmpty());
}

void CodeViewTest::neverReadsMarkup()
{
    CodeView view;
    view.setText(u"<b>bold</b> <img src=x>"_qs, CodeLanguage::Xml);
    QCOMPARE(view.toPlainText(), u"<b>bold</b> <img src=x>"_qs);
}

TALLY_TEST(CodeViewTest)
#include "code_view_test.moc"
