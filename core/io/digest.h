// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tally {

/// SHA-256 of a stream (FIPS 180-4, through OpenSSL). Not for concurrent use; about 1 GB/s with SHA-NI.
class Sha256
{
public:
    Sha256();
    Sha256(Sha256 &&) noexcept;
    Sha256 &operator=(Sha256 &&) noexcept;
    Sha256(const Sha256 &) = delete;
    Sha256 &operator=(const Sha256 &) = delete;
    ~Sha256();

    void update(std::string_view bytes);
    /// Ends the stream; call once.
    [[nodiscard]] std::array<std::uint8_t, 32> finish();
    /// finish(), as 64 lower-case hex digits.
    [[nodiscard]] std::string hex();

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

/// SHA-512 of a stream, for OCI digests with that algorithm.
class Sha512
{
public:
    Sha512();
    Sha512(const Sha512 &) = delete;
    Sha512 &operator=(const Sha512 &) = delete;
    ~Sha512();

    void update(std::string_view bytes);
    /// Ends the stream; call once. 128 lower-case hex digits.
    [[nodiscard]] std::string hex();

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

/// 64 lower-case hex digits.
[[nodiscard]] std::string sha256Hex(std::string_view bytes);
/// Lower-case hex digits of any bytes.
[[nodiscard]] std::string toHex(std::string_view bytes);

/// 128 lower-case hex digits.
[[nodiscard]] std::string sha512Hex(std::string_view bytes);

} // namespace tally
