// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/house_dialog.h"

#include "core/io/file.h"
#include "tests/support/test_registry.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/segmented_control.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tally;
using namespace tally::ui;

class HouseDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingEnteredIsNoPolicy();
    void everyEntryHasAField();
    void aFileStaysThatFileUntilItIsChanged();
    void aWrongValueIsRefused();
    void aWrongFileIsNamedWithItsLine();
    void keysAreTakenFromFiles();
    void whatCanOnlyBeReadCannotBeApplied();

private:
    [[nodiscard]] std::unique_ptr<HouseDialog> dialog(const AuditState &state = {}, bool readOnly = false)
    {
        return std::make_unique<HouseDialog>(
            m_files, [this](const Message &message) { return toQString(m_english.text(message)); }, state, readOnly);
    }
    [[nodiscard]] QString write(const char *name, const std::string &text)
    {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        if (!saveAtomically(path.toStdString(), text))
            qFatal("cannot write");
        return path;
    }

    SystemFileChooser m_files;
    MessageTranslator m_english{Language::English};
    QTemporaryDir m_folder;
};

namespace {

constexpr const char *pem = "-----BEGIN PUBLIC KEY-----\n"
                            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAECv0nABbk86tZvvVkIfxPzus01Kkc\n"
                            "RqHibQHbsp3XfuSiU5KOGGnmAg3+xSXLcxfZmTGfy+GCCMiuiW/atvZVog==\n"
                            "-----END PUBLIC KEY-----\n";

QString problem(const HouseDialog &dialog)
{
    const auto *label = dialog.findChild<QLabel *>(u"houseProblem"_qs);
    return label->isHidden() ? QString() : label->text();
}

} // namespace

void HouseDialogTest::nothingEnteredIsNoPolicy()
{
    const auto made = dialog();
    const auto policy = made->policy();
    QVERIFY(policy.has_value());
    QVERIFY(!*policy);
}

void HouseDialogTest::everyEntryHasAField()
{
    const auto made = dialog();
    for (const char *name : {"allowedRegistries", "approvedBaseImages"})
        made->findChild<QPlainTextEdit *>(QString::fromLatin1(name))->setPlainText(u" a.example/ \n\nb.example\n"_qs);
    made->findChild<QPlainTextEdit *>(u"forbiddenPackages"_qs)->setPlainText(u"telnet*"_qs);
    made->findChild<QPlainTextEdit *>(u"requiredLabels"_qs)->setPlainText(u"owner"_qs);
    made->findChild<QLineEdit *>(u"minimumReplicas"_qs)->setText(u"3"_qs);
    made->findChild<QLineEdit *>(u"maximumImageAgeDays"_qs)->setText(u"90"_qs);
    made->findChild<SegmentedControl *>(u"cpuLimits"_qs)->setCurrent(2);
    made->findChild<QAbstractButton *>(u"addZone"_qs)->click();
    made->findChild<QLineEdit *>(u"zoneName"_qs)->setText(u"Büro"_qs);
    made->findChild<QComboBox *>(u"zonePurpose"_qs)->setCurrentIndex(1);
    made->findChild<QLineEdit *>(u"zoneRanges"_qs)->setText(u"10.1.0.0/16, fd00::/8"_qs);
    made->findChild<QAbstractButton *>(u"addZone"_qs)->click(); // left empty
    const auto policy = made->policy();
    QVERIFY2(policy && *policy, qPrintable(problem(*made)));
    for (const std::string_view entry : policyEntries)
        QVERIFY2((*policy)->has(entry), std::string(entry).c_str());
    QCOMPARE((*policy)->allowedRegistries, (std::vector<std::string>{"a.example/", "b.example"}));
    QCOMPARE((*policy)->cpuLimits, std::optional(false));
    QCOMPARE((*policy)->zones.size(), std::size_t(1));
    QVERIFY((*policy)->zones[0].purpose == NetworkZone::Purpose::Applications);
    QVERIFY((*policy)->name.empty());

    AuditState state;
    state.policy = *policy;
    const auto again = dialog(state);
    QVERIFY2(*again->policy() == *policy, "nothing was changed: the same policy");
    QCOMPARE(again->findChild<QLineEdit *>(u"zoneRanges"_qs)->text(), u"10.1.0.0/16, fd00::/8"_qs);
}

void HouseDialogTest::aFileStaysThatFileUntilItIsChanged()
{
    const auto made = dialog();
    made->loadPolicy(write("house.yaml", "# ours\nminimumReplicas: 3\n"));
    QCOMPARE(problem(*made), QString());
    QCOMPARE(made->findChild<QLineEdit *>(u"minimumReplicas"_qs)->text(), u"3"_qs);
    QCOMPARE((*made->policy())->name, std::string("house.yaml"));
    QCOMPARE((*made->policy())->text, std::string("# ours\nminimumReplicas: 3\n"));
    made->findChild<QLineEdit *>(u"minimumReplicas"_qs)->setText(u"4"_qs);
    QCOMPARE((*made->policy())->name, std::string());
    QCOMPARE((*made->policy())->minimumReplicas, std::optional(4));
}

void HouseDialogTest::aWrongValueIsRefused()
{
    const auto made = dialog();
    QSignalSpy chosen(made.get(), &HouseDialog::chosen);
    auto *edit = made->findChild<QPlainTextEdit *>(u"allowedRegistries"_qs);
    edit->setPlainText(u"good.example\nhttps://bad.example"_qs);
    made->findChild<QPushButton *>(u"applyHouse"_qs)->click();
    QCOMPARE(chosen.size(), 0);
    QVERIFY(problem(*made).contains(u"https://bad.example"_qs));
    edit->setPlainText(u"good.example"_qs);
    made->findChild<QAbstractButton *>(u"addZone"_qs)->click();
    made->findChild<QLineEdit *>(u"zoneName"_qs)->setText(u"a"_qs);
    made->findChild<QLineEdit *>(u"zoneRanges"_qs)->setText(u"10.0.0.0/99"_qs);
    made->findChild<QPushButton *>(u"applyHouse"_qs)->click();
    QCOMPARE(chosen.size(), 0);
    QVERIFY(problem(*made).contains(u"10.0.0.0/99"_qs));
    made->findChild<QLineEdit *>(u"zoneRanges"_qs)->setText(u"10.0.0.0/9"_qs);
    made->findChild<QLineEdit *>(u"minimumReplicas"_qs)->setText(u"0"_qs);
    made->findChild<QPushButton *>(u"applyHouse"_qs)->click();
    QCOMPARE(chosen.size(), 0);
    QVERIFY2(problem(*made).contains(u"1 … 1000"_qs), qPrintable(problem(*made)));
    made->findChild<QLineEdit *>(u"minimumReplicas"_qs)->setText(u"2"_qs);
    made->findChild<QPushButton *>(u"applyHouse"_qs)->click();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(problem(*made), QString());
}

void HouseDialogTest::aWrongFileIsNamedWithItsLine()
{
    const auto made = dialog();
    made->loadPolicy(write("wrong.yaml", "minimumReplicas: 3\nallowedRegistry: []\n"));
    QVERIFY2(problem(*made).contains(u"line 2"_qs), qPrintable(problem(*made)));
    QVERIFY(problem(*made).contains(u"allowedRegistries"_qs)); // what there would be
    QVERIFY(!*made->policy());
    made->loadPolicy(m_folder.filePath(u"not-there.yaml"_qs));
    QVERIFY(!problem(*made).isEmpty());
}

void HouseDialogTest::keysAreTakenFromFiles()
{
    const auto made = dialog();
    const QString key = write("cosign.pub", pem);
    made->addKeys({key, key, write("none.pub", "no key")});
    QCOMPARE(made->keyFiles().size(), std::size_t(1)); // the same one once
    QVERIFY(problem(*made).contains(u"none.pub"_qs));
    QSignalSpy chosen(made.get(), &HouseDialog::chosen);
    made->findChild<QPushButton *>(u"applyHouse"_qs)->click();
    QCOMPARE(chosen.size(), 1);
}

void HouseDialogTest::whatCanOnlyBeReadCannotBeApplied()
{
    const auto made = dialog({}, true);
    QVERIFY(made->findChild<QPushButton *>(u"applyHouse"_qs)->isHidden());
    QVERIFY(made->findChild<QPlainTextEdit *>(u"allowedRegistries"_qs)->isReadOnly());
}

TALLY_TEST(HouseDialogTest)
#include "house_dialog_test.moc"
