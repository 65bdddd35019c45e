// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_registry.h"

#ifdef TALLY_TEST_WIDGETS
#include <QApplication>
#elif defined(TALLY_TEST_GUI)
#include <QGuiApplication>
#else
#include <QCoreApplication>
#endif
#include <QTest>

#include <cstdio>
#include <string>
#include <vector>

namespace tally::test {

namespace {

struct Entry
{
    const char *name;
    MakeTest make;
};

std::vector<Entry> &entries()
{
    static std::vector<Entry> all;
    return all;
}

} // namespace

Registration::Registration(const char *name, MakeTest make)
{
    entries().push_back({name, make});
}

} // namespace tally::test

/// tests CLASS [QtTest arguments]; without a class all of them run.
int main(int argc, char *argv[])
{
#ifdef TALLY_TEST_WIDGETS
    QApplication app(argc, argv);
#elif defined(TALLY_TEST_GUI)
    QGuiApplication app(argc, argv);
#else
    QCoreApplication app(argc, argv);
#endif
    QStringList arguments = QCoreApplication::arguments();
    const std::string wanted
        = arguments.size() > 1 && !arguments[1].startsWith(u'-') ? arguments.takeAt(1).toStdString() : std::string();
    int run = 0;
    int failed = 0;
    for (const auto &entry : tally::test::entries()) {
        if (!wanted.empty() && wanted != entry.name)
            continue;
        ++run;
        const auto test = entry.make();
        failed += QTest::qExec(test.get(), arguments);
    }
    if (run == 0)
        std::fprintf(stderr, "no test class named %s\n", wanted.c_str());
    return run == 0 ? 1 : failed;
}
