// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <memory>
#include <string_view>

namespace tally::test {

using MakeTest = std::unique_ptr<QObject> (*)();

/// Makes a test class known to the executable's main (test_main.cpp).
class Registration
{
public:
    Registration(const char *name, MakeTest make);
};

} // namespace tally::test

/// At the end of each test source, before its #include "x_test.moc". ctest calls the executable with the class's name.
#define TALLY_TEST(Class) \
    namespace { \
    const ::tally::test::Registration registration##Class( \
        #Class, [] { return std::unique_ptr<QObject>(std::make_unique<Class>()); }); \
    }
