// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

#include <utility>

namespace tally {

/// A T, or the reason why there is none. tl::expected 1.0 itself may be ignored silently; this may not.
template<typename T = void>
class [[nodiscard]] Result : public tl::expected<T, Error>
{
public:
    using tl::expected<T, Error>::expected;
    Result(tl::expected<T, Error> other)
        : tl::expected<T, Error>(std::move(other))
    {
    }
};

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, Message message, std::string detail = {})
{
    return tl::unexpected<Error>(Error{kind, std::move(message), std::move(detail)});
}

} // namespace tally

#define TALLY_CONCAT_IMPL(a, b) a##b
#define TALLY_CONCAT(a, b) TALLY_CONCAT_IMPL(a, b)

/// Returns the error of a Result<void>-like expression from the enclosing function.
#define TALLY_TRY(expression) \
    do { \
        if (auto tallyResult = (expression); !tallyResult) \
            return tl::unexpected<::tally::Error>(std::move(tallyResult).error()); \
    } while (false)

/// TALLY_ASSIGN(auto layer, readLayer(blob)); declares `layer`, or returns the error.
#define TALLY_ASSIGN_IMPL(result, declaration, ...) \
    auto result = (__VA_ARGS__); \
    if (!result) \
        return tl::unexpected<::tally::Error>(std::move(result).error()); \
    declaration = *std::move(result)
#define TALLY_ASSIGN(declaration, ...) TALLY_ASSIGN_IMPL(TALLY_CONCAT(tallyResult, __LINE__), declaration, __VA_ARGS__)
