// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

enum class Paper : std::uint8_t { A4, Letter };

/// A picture that was looked at before it was taken: readLogo().
struct Logo
{
    std::string name; ///< of its file
    std::string bytes;
    enum class Form : std::uint8_t { Png, Svg } form = Form::Png;
    double width = 0; ///< pixels, or units of the SVG: for the ratio
    double height = 0;

    [[nodiscard]] bool isEmpty() const { return bytes.empty(); }
    friend bool operator==(const Logo &, const Logo &) = default;
};

/// How a house wants its reports to look. The classification mark stands in AuditInfo.
struct ReportLook
{
    Paper paper = Paper::A4;
    Logo logo{};
    std::vector<std::string> letterhead{}; ///< organisation, street, place, ...
    /// Who signs; `name` may be empty. No entry: the report's own four.
    struct Signature
    {
        std::string role;
        std::string name{};

        friend bool operator==(const Signature &, const Signature &) = default;
    };
    std::vector<Signature> signatures{};

    friend bool operator==(const ReportLook &, const ReportLook &) = default;
};

/// What a logo may be: a PNG or an SVG of at most maxLogoBytes. Of an SVG only drawing is taken: no script, no
/// animation, no picture or style from outside, no entities, at most a few thousand elements. `name` stands in
/// messages. Errors: LimitExceeded, Unsupported (neither PNG nor SVG, or an SVG with something that is not taken),
/// Malformed.
[[nodiscard]] Result<Logo> readLogo(std::string_view bytes, const std::string &name);
inline constexpr std::size_t maxLogoBytes = 256 << 10;

/// "Auditor: Jana Beck" -> role and name; without a colon a role.
[[nodiscard]] ReportLook::Signature signatureFrom(std::string_view line);
[[nodiscard]] std::string signatureText(const ReportLook::Signature &signature);

/// "a4" or "letter", in whatever case. Nothing: neither.
[[nodiscard]] std::optional<Paper> paperFrom(std::string_view name);
[[nodiscard]] std::string_view paperName(Paper paper);

/// As the audit's settings keep it (keys "report.paper", "report.logo", "report.letterhead", "report.signatures"). What
/// cannot be read there is left out.
[[nodiscard]] ReportLook reportLook(const Records &records);
/// What has to be changed so that the audit keeps it: only what differs.
[[nodiscard]] std::vector<AuditChange> lookChanges(const Records &records, const ReportLook &look);

/// The colours that the Traffic Light Protocol 2.0 (first.org/tlp) gives a mark: on black, in this colour. Nothing: the
/// text is no TLP mark.
struct TlpColor
{
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
};
[[nodiscard]] std::optional<TlpColor> tlpColor(std::string_view classification);

} // namespace tally
