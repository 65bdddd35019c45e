// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/language.h"
#include "core/base/result.h"
#include "core/io/resources.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

/// What a program can say about a part.
enum class PartClass : std::uint8_t {
    Provable,   ///< F: a deviation can be proven from the data
    Indication, ///< I: indications only
    Document,   ///< D: only documents or interviews
};

enum class Level : std::uint8_t { Basic, Standard, Elevated }; ///< B, S, H

/// One modal sentence of a requirement, in our own words.
struct Part
{
    std::string id;      ///< "SYS.1.6.A17.1"
    std::string modal;   ///< "MUSS", "DARF NICHT", "SOLLTE", ...
    std::string modalEn; ///< "MUST", ...
    PartClass partClass = PartClass::Document;
    Text text;
    Text ask;     ///< what to ask the audited party for
    Text support; ///< what the data can support; may be empty
    Text failIf;  ///< which fact proves a deviation; may be empty

    /// MUSS, DARF NUR, DARF NICHT: no risk acceptance.
    [[nodiscard]] bool isMust() const;
};

struct Guidance
{
    Text concept_;
    Text attack;
    Text remedy;
};

struct Requirement
{
    std::string id; ///< "SYS.1.6.A17"
    Text title;
    Level level = Level::Basic;
    std::vector<std::string> roles;
    std::vector<std::string> threats; ///< "G 0.14"
    std::vector<std::string> related;
    std::vector<Part> parts;
    Guidance guidance;

    [[nodiscard]] std::string_view shortId() const; ///< "A17"
};

struct Module
{
    std::string id; ///< "SYS.1.6"
    Text title;
    std::vector<Requirement> requirements;
};

struct Threat
{
    std::string id;
    Text title;
};

/// The requirements as the program knows them. Immutable, shared between threads.
struct Catalogue
{
    std::string edition;         ///< "2023"
    std::string digest;          ///< "sha256:..." of the resources it was read from
    std::vector<Module> modules; ///< SYS.1.6, APP.4.4
    std::vector<Threat> threats;

    [[nodiscard]] const Module *module(std::string_view id) const;
    [[nodiscard]] const Requirement *requirement(std::string_view id) const; ///< nullptr if unknown
    [[nodiscard]] const Part *part(std::string_view id) const;
    [[nodiscard]] const Requirement *requirementOfPart(std::string_view partId) const;
};

using CataloguePtr = std::shared_ptr<const Catalogue>;

/// Reads resources/catalogue and resources/guidance. Errors name file, line and what is wrong.
[[nodiscard]] Result<CataloguePtr> loadCatalogue(const Resources &resources);

} // namespace tally
