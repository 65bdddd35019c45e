// SPDX-License-Identifier: Apache-2.0
#include "core/io/zip_writer.h"
#include "core/report/answers.h"
#include "core/report/workbook_reader.h"

#include "tests/core/report/english.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace tally;

namespace {

/// A workbook as it comes, or its parts in plain text: "== xl/workbook.xml" begins one. Compressed, no fuzzer would get
/// to the XML.
std::string workbookOf(std::string_view input)
{
    if (!input.starts_with("== "))
        return std::string(input);
    std::string bytes;
    auto zip = ZipWriter::create([&bytes](std::string_view piece) {
        bytes += piece;
        return Result<>();
    });
    if (!zip)
        return {};
    for (std::size_t at = 0; at < input.size();) {
        const std::size_t line = std::min(input.find('\n', at), input.size());
        const std::size_t next = std::min(input.find("\n== ", line), input.size());
        const std::string name(input.substr(at + 3, line - at - 3));
        const std::string_view content = line < next ? input.substr(line + 1, next - line - 1) : std::string_view();
        if (!zip->add(name, content))
            return {};
        at = next + 1;
    }
    return zip->finish() ? bytes : std::string();
}

Catalogue catalogueOf()
{
    Part part;
    part.id = "SYS.1.6.A1.1";
    part.modal = "MUSS";
    Requirement requirement;
    requirement.id = "SYS.1.6.A1";
    requirement.parts.push_back(part);
    Module module;
    module.id = "SYS.1.6";
    module.requirements.push_back(requirement);
    Catalogue catalogue;
    catalogue.edition = "2023";
    catalogue.modules.push_back(module);
    return catalogue;
}

AuditState stateOf()
{
    AuditState state;
    Decision decision;
    decision.status = Status::Nein;
    decision.reason = "seen";
    state.decisions["SYS.1.6.A1.1"] = decision;
    Measure measure;
    measure.key = "M-001";
    measure.title = "Drop rights";
    state.records.measures["M-001"] = measure;
    EvidenceRequest request;
    request.key = "R-001";
    request.what = "the concept";
    state.records.requests["R-001"] = request;
    return state;
}

} // namespace

/// Whatever is read, nothing that a rule refuses is offered to be taken over.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const Catalogue catalogue = catalogueOf();
    static const AuditState state = stateOf();
    static const CheckSet checks;
    static const test::English english;
    const std::string bytes = workbookOf({reinterpret_cast<const char *>(data), size});
    const Limits limits = Limits::forFuzzing();
    const auto answers
        = readAnswers(memorySource(bytes), "fuzz.xlsx", {state, catalogue, checks}, english, english, limits);
    if (!answers)
        return 0;
    AuditState after = state;
    for (const Answer &answer : answers->changed)
        after.decisions[answer.id] = answer.after;
    for (const Answer &answer : answers->changed) {
        if (validateDecided(after, catalogue, answer.id))
            std::abort();
    }
    for (const AuditChange &change : changesOf(state, answers->changed, answers->records, "x")) {
        const auto *record = std::get_if<Record>(&change);
        if (record && validateRecord(*record))
            std::abort();
    }
    return 0;
}
