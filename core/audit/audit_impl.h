// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/audit.h"
#include "core/audit/audit_file.h"
#include "core/audit/cluster_followers.h"
#include "core/audit/entered.h"
#include "core/audit/journal.h"
#include "core/audit/step.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tally {

[[nodiscard]] std::vector<TouchedRow> touchedRows(const char *table, const std::vector<std::int64_t> &rows);

struct Audit::Impl
{
    Impl(Database opened, AuditState loaded);

    /// Makes `next` the state once the journal entry is committed with what the caller wrote.
    Result<> commit(Transaction &transaction, JournalEntry entry, const std::vector<TouchedRow> &rows, AuditState next);
    Result<> commit(
        Transaction &transaction, std::vector<Entered> changes, AuditState next, const RunContext &run = {});

    /// The first time; what was undone before can no longer be redone.
    Result<> take(Step step);
    Result<> take(const std::vector<AuditChange> &changes);
    /// Goes all of it, backwards where it is undone, and commits it.
    Result<> go(const StepGroup &group, Way way);

    /// The decisions of the group, by what holds when all of it is done.
    [[nodiscard]] Result<> refuseInvalid(const StepGroup &group, const AuditState &next);

    /// Inside a transaction: writes what joinExport() recorded in `next`, and gives exceptions of clusters the keys
    /// that those have now. Returns what changed of the keys, for commitSource().
    Result<KeyMoves> settle(AuditState &next, std::vector<Entered> &changes);
    Result<> commitSource(Transaction &transaction, std::vector<Entered> changes, AuditState next,
        const KeyMoves &moved, const RunContext &run = {});
    /// Inside a transaction, where people moved exports: exceptions, asked kinds and names stay with their clusters,
    /// and are undone together with the move.
    Result<> follow(AuditState &next, std::vector<Entered> &changes, StepGroup &group);

    /// Inside a transaction: writes the rows, changes `next`, and says what the journal is to hold.
    Result<Entered> apply(const Step &step, Way way, AuditState &next);

    Database database;
    std::filesystem::path keptCopy;
    std::int64_t newerFormat = 0;
    AuditStatePtr state;
    std::string actor;       ///< "" nobody said who it is
    CataloguePtr catalogue;  ///< null: the built-in one has not been needed yet
    bool isDoubtful = false; ///< a commit failed, and the file could not be asked whether it had got through
    std::vector<StepGroup> done;
    std::vector<StepGroup> undone;

private:
    void show(AuditState next);
    /// Where nobody could tell whether the change before got into the file: looks, and shows what is there.
    Result<> catchUp(Transaction &transaction);
    Result<Entered> write(const DecisionStep &step, Way way, AuditState &next);
    Result<Entered> write(const PolicyStep &step, Way way, AuditState &next);
    Result<Entered> write(const KeysStep &step, Way way, AuditState &next);
    Result<Entered> write(const AskedStep &step, Way way, AuditState &next);
    Result<Entered> write(const ExceptionStep &step, Way way, AuditState &next);
    Result<Entered> write(const RecordStep &step, Way way, AuditState &next);
    Result<Entered> write(const AttachmentStep &step, Way way, AuditState &next); // audit_attachments.cpp

    /// What the change means where `now` holds; nothing: it would change nothing.
    using Wanted = Result<std::optional<Step>>;
    [[nodiscard]] Wanted stepFor(const DecisionChange &change, const AuditState &now) const;
    [[nodiscard]] Wanted stepFor(const FindingException &exception, const AuditState &now) const;
    [[nodiscard]] Wanted stepFor(const ExceptionRemoval &removal, const AuditState &now) const;
    [[nodiscard]] Wanted stepFor(const Record &record, const AuditState &now) const;
    [[nodiscard]] Wanted stepFor(const RecordRemoval &removal, const AuditState &now) const;
};

} // namespace tally
