// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tally::test {

/// What lies below SQLite in this process while the object lives: the disk of the machine, until it is told to fail.
/// One at a time; files must be opened after it was made and closed before it goes. Not for concurrent use.
class FailingDisk
{
public:
    FailingDisk();
    FailingDisk(const FailingDisk &) = delete;
    FailingDisk &operator=(const FailingDisk &) = delete;
    FailingDisk(FailingDisk &&) = delete;
    FailingDisk &operator=(FailingDisk &&) = delete;
    ~FailingDisk();

    /// What every call from now on meets.
    enum class Fault {
        None,
        Full,     ///< after `calls` more writes there is no room (SQLITE_FULL)
        Unsynced, ///< after `calls` more syncs the medium does not take what was written (SQLITE_IOERR_FSYNC)
        Gone,     ///< after `calls` more calls nothing can be reached, as on a share that vanished (SQLITE_IOERR)
    };
    static void fail(Fault fault, int calls = 0);
    static void mend() { fail(Fault::None); }
    /// Whether a call has failed since fail().
    [[nodiscard]] static bool hasFailed();
};

} // namespace tally::test
