// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <clocale>

#include <locale.h> // NOLINT(modernize-deprecated-headers): uselocale() is POSIX

namespace tally {

/// In the C locale libarchive cannot convert names with bytes above 0x7F and says so for each of them. The locale is
/// set for this thread and the life of this only: Qt and the caller keep theirs.
class Utf8Locale
{
public:
    Utf8Locale()
        : m_before(::uselocale(utf8()))
    {
    }
    Utf8Locale(const Utf8Locale &) = delete;
    Utf8Locale &operator=(const Utf8Locale &) = delete;
    ~Utf8Locale() { ::uselocale(m_before); }

private:
    static locale_t utf8()
    {
        static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
        return locale; // where it does not exist: null, which leaves the locale as it is
    }

    locale_t m_before;
};

} // namespace tally
