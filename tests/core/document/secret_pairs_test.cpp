// SPDX-License-Identifier: Apache-2.0
#include "core/document/readers.h"
#include "core/document/secret_rules.h"

#include "tests/core/document/tree_text.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace tally;
using namespace tally::test;

/// Values behind names as settings, scripts and data of all languages write them.
class SecretPairsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secrets_data();
    void secrets();
    void secretsInConfigMaps_data() { secrets_data(); }
    void secretsInConfigMaps();
    void harmless_data();
    void harmless();
    void onlyTheValueIsMasked();
    void hostileTextsTakeLinearTime();
};

void SecretPairsTest::secrets_data()
{
    QTest::addColumn<QByteArray>("text");
    // Whatever begins with PLANT must go.
    for (const char *text :
        {"db:\n  password: |-\n    PLANTa\n  user: u\n", "password: >-\n  PLANTa\n  PLANTb\n\n  PLANTc\nuser: me\n",
            "password: |2\n    PLANTa\n", "- password: | # comment\n    PLANTa\n  b: c\n",
            "password:\n  PLANTa\nuser: x\n", "password: # comment\n\n  PLANTa\n", "\"password\":\n   \"PLANTa\"\n",
            "password: PLANTa\n  PLANTb\n", "password: \"PLANTa\n  PLANTb\"\nx: y\n", "password: &pw PLANTa\n",
            "{password: &pw PLANTa, x: y}", "password: !!str\n  PLANTa\n", "password: !vault |\n  PLANTa\n  PLANTb\n",
            "{ \"passwords\": [ \"PLANT1\" , \"PLANT2\"], \"password\":\n       \"PLANT3\" }",
            "adminTokens:\n- PLANT1\n- \"PLANT2\"\nx:\n- y\n", "adminTokens:\n  - PLANT1\n  - PLANT2\n",
            "tokens = [\n  \"PLANT1\",\n  'PLANT2',\n]\n", "\"apiKeys\": [\"PLANT-1-2-3-4-5-6\"]",
            "PASSWORDS=PLANT1,PLANT2\n", "define( 'DB_PASSWORD', 'PLANTa' );", "define(\"DB_PASSWORD\", \"PLANT a\");",
            "$config['password'] = 'PLANTa';", "config.setPassword(\"PLANTa\");",
            "props.setProperty(\"db.password\", \"PLANT a\");", "os.environ.get('DB_PASSWORD', 'PLANTa')",
            "password = \"\"\"\nPLANT a\nPLANT b\n\"\"\"\nx = 1\n", "DATABASE_PASSWORD = \"PLANTa\"\n",
            "'default': {'PASSWORD': 'PLANTa'}", "<password>\n  PLANTa\n</password>",
            "<password encrypted=\"false\">PLANTa</password>", "<password><![CDATA[PLANTa]]></password>",
            "<ds:password>PLANTa</ds:password>", "<Resource username=\"x\" password=\"PLANTa\"/>",
            "<property name=\"password\" value=\"PLANTa\"/>", "<entry key=\"db.password\">PLANTa</entry>",
            "<property>\n <name>ConnectionPassword</name>\n <value>PLANTa</value>\n</property>",
            "password=PLANTa\\\n   PLANTb\nx=y\n", "password=\\\n   PLANTb\n", "db.password : PLANTa\n",
            "export DB_PASSWORD=\"PLANTa\nPLANTb\"\n",
            "variable \"db_password\" {\n  type = string\n  default = \"PLANTa\"\n}\n",
            "password = <<-EOF\n  PLANTa\n  PLANTb\nEOF\nx = 1\n", "- name: DB_PASSWORD\n  value: PLANTa\n",
            "[{\"name\": \"DB_PASSWORD\", \"type\": \"s\",\n   \"value\": \"PLANTa\"}]",
            "\"v\": \"db:\\n  password: |-\\n    PLANTa\\n    PLANTb\\n  user: u\\n\"",
            "\"v\": \"db:\\n  password: PLANTa\\n  apiKey: PLANTb1\\n\"",
            R"({\"passwords\": [\"PLANTa\", \"PLANTb\"]})", R"("a": "{\\\"password\\\": \\\"PLANTa\\\"}")",
            "AuthLDAPBindPassword PLANTa1\n", "bindpw PLANTa\n", "  user admin insecure-password PLANTa\n",
            "ENV DB_PASSWORD PLANTa\n"})
        QTest::newRow(text) << QByteArray(text);
}

void SecretPairsTest::secrets()
{
    QFETCH(QByteArray, text);
    const std::string masked = maskSecretsInText(text.toStdString());
    QVERIFY2(masked.find("PLANT") == std::string::npos, masked.c_str());
    QVERIFY(maskSecretsInText(masked) == masked); // nothing is masked twice
}

/// The same as a file in a ConfigMap, in YAML and JSON.
void SecretPairsTest::secretsInConfigMaps()
{
    QFETCH(QByteArray, text);
    QByteArray quoted = text;
    quoted.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    const QByteArray block = QByteArray("      ") + QByteArray(text).replace('\n', "\n      ");
    for (const QByteArray &file : {"kind: ConfigMap\ndata:\n    file: |2\n" + block + "\n      end: 1\n",
             "{\"kind\": \"ConfigMap\", \"data\": {\"file\": \"" + quoted + "\"}}"}) {
        ReadOptions options;
        options.fileName = "test.yaml";
        const auto parsed = readYamlOrJson(file.toStdString(), options);
        QVERIFY(parsed.has_value());
        const std::string tree = treeText(rootOf(*parsed->documents[0]));
        QVERIFY2(tree.find("PLANT") == std::string::npos, tree.c_str());
        QVERIFY(!keptBytes(*parsed->documents[0]).contains("PLANT"));
    }
}

void SecretPairsTest::harmless_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"token:\n  expiry: 3600\n  name: x\n", "secrets:\n- name: regcred\n- my-secret\n",
             "passwords:\n- name: x\n  secretRef: y\n",
             "password:\n  valueFrom:\n    secretKeyRef:\n      name: x\n      key: password\n", "password:\nuser: x\n",
             "\"password\":\n\"user\": \"x\"\n", "password: |\n  {{ .Values.password }}\n",
             "Enter the <password> please, <user>:<password>@host", "tokens: [id, access]\n",
             "[\"password\", \"username\"]", "f(\"password\", $x)", "{\"name\": \"password\", \"in\": \"query\"}",
             "- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      name: x\n", "password authentication\n",
             "The password must be\nset before\n", "password:\n- a: b\n", "secrets: [db-login-2, regcred]\n",
             "name: token\nvalue: true\n", "token [options]\n", "t(\"password\", \"Enter the password\")",
             "max_tokens: 131072\n", "variable \"db_password\" {\n  type = string\n}\n", "credentials:\n  - type: x\n",
             "\"password\": {\n  \"type\": \"string\"\n}", "#password:\n#  x: y\n", "password=\nuser=x\n",
             "password required pam_unix.so\n", "imagePullSecrets: [regcred]\n"})
        QTest::newRow(text) << QByteArray(text);
}

void SecretPairsTest::harmless()
{
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(maskSecretsInText(text.toStdString())), text);
}

void SecretPairsTest::onlyTheValueIsMasked()
{
    const std::string text
        = "a: 1\ndb:\n  password: |-\n    one\n    two\n  tokens: [ABCDEF1, \"ABCDEF2\"]\n  user: u\n";
    const std::string masked = "a: 1\ndb:\n  password: |-\n    " + maskedText(11) + "\n  tokens: [" + maskedText(7)
        + ", \"" + maskedText(7) + "\"]\n  user: u\n";
    QCOMPARE(QByteArray::fromStdString(maskSecretsInText(text)), QByteArray::fromStdString(masked));
}

/// Each of them would take minutes where some step were quadratic: the test's time limit tells.
void SecretPairsTest::hostileTextsTakeLinearTime()
{
    for (const char *piece : {"password: |\n", "password: \"", "password: [", "tokens: [\"1\", \"tokens: [\",",
             "\"password\":\n", "name: password, x: 'a', ", "password = <<E\n", "<password>", "p:\n password:\n",
             "passwords:\n- ${x}\n", "password=\\\n", "password = \"\"\"", "\"password: |\\n  {{ x }}\\n   ",
             "password: 'x\n ", "variable \"db_password\" { default = "}) {
        std::string text;
        while (text.size() < (1U << 16))
            text += piece;
        QVERIFY(!maskSecretsInText(text).empty());
    }
}

TALLY_TEST(SecretPairsTest)
#include "secret_pairs_test.moc"
