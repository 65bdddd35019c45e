// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_data.h"

// The only source that is compiled with folders of the checkout in its command: a compiler cache knows all others again
// in another checkout.
std::filesystem::path tally::test::dataFolder()
{
    return TALLYMANN_DATA_FOLDER;
}

std::filesystem::path tally::test::sourceFolder()
{
    return TALLYMANN_SOURCE_FOLDER;
}
