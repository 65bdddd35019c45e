// SPDX-License-Identifier: Apache-2.0
#include "core/report/answer_sheet.h"

#include "core/base/ascii.h"
#include "core/io/digest.h"
#include "core/report/xml_text.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace tally {

namespace {

using namespace std::chrono;

constexpr sys_days firstDay{year(1899) / December / 30};

std::size_t prefixOf(std::string_view utf8, std::size_t characters)
{
    std::size_t i = 0;
    for (std::size_t count = 0; i < utf8.size(); ++i) {
        const bool begins = (static_cast<unsigned char>(utf8[i]) & 0xC0U) != 0x80U;
        if (begins && ++count > characters)
            break;
    }
    return i;
}

} // namespace

std::string cellText(std::string_view text)
{
    std::string cell = xmlCharacters(text.substr(0, maxCellCharacters * 4 + 4));
    cell.resize(prefixOf(cell, maxCellCharacters));
    return cell;
}

bool fitsCells(const Decision &decision)
{
    return std::ranges::all_of(std::array{&decision.reason, &decision.responsible, &decision.until, &decision.measure},
        [](const std::string *text) {
            const std::string whole = xmlCharacters(*text);
            return prefixOf(whole, maxCellCharacters) == whole.size();
        });
}

AnswerText answerOf(const Decision &decision)
{
    return {std::string(statusName(decision.status)), cellText(decision.reason), cellText(decision.responsible),
        cellText(decision.until), cellText(decision.measure)};
}

std::string stateOf(const AnswerText &answer)
{
    std::string all;
    for (const std::string *text :
        {&answer.status, &answer.reason, &answer.responsible, &answer.until, &answer.measure}) {
        const std::string_view content = trimmed(*text);
        all.append(std::to_string(content.size())).append(":").append(content);
    }
    return sha256Hex(all).substr(0, 16);
}

int serialOfDate(std::string_view iso)
{
    if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-')
        return -1;
    std::array<int, 3> parts{};
    std::size_t at = 0;
    for (const char c : iso) {
        if (c == '-')
            ++at;
        else if (c < '0' || c > '9' || at > 2)
            return -1;
        else
            parts.at(at) = parts.at(at) * 10 + (c - '0');
    }
    const year_month_day date{
        year{parts[0]}, month{static_cast<unsigned>(parts[1])}, day{static_cast<unsigned>(parts[2])}};
    if (!date.ok() || parts[0] < 1901)
        return -1;
    return static_cast<int>((sys_days(date) - firstDay).count());
}

std::string dateOfSerial(double serial)
{
    if (!(serial >= 61 && serial < 2'958'466)) // before March 1900 spreadsheets count a day that there was not
        return {};
    const year_month_day date(firstDay + days(static_cast<int>(std::floor(serial))));
    const auto padded = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(static_cast<int>(date.year())) + "-" + padded(static_cast<unsigned>(date.month())) + "-"
        + padded(static_cast<unsigned>(date.day()));
}

} // namespace tally
