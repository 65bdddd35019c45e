// SPDX-License-Identifier: Apache-2.0
#include "tests/support/failing_disk.h"

#include <sqlite3.h>

#include <cstring>

namespace tally::test {

namespace {

// A VFS is a table of C functions (sqlite.org/vfs.html); what they share cannot but be global.
FailingDisk::Fault theFault = FailingDisk::Fault::None; // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)
int callsLeft = 0;                                      // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)
bool failed = false;                                    // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)
sqlite3_vfs *disk = nullptr;                            // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)
sqlite3_vfs failing{};                                  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

bool fails(FailingDisk::Fault fault)
{
    if (theFault != fault || callsLeft-- > 0)
        return false;
    callsLeft = 0;
    failed = true;
    return true;
}

bool isGone()
{
    return fails(FailingDisk::Fault::Gone);
}

/// The file of the machine lies behind it in the same piece of memory.
struct File
{
    sqlite3_file base;

    [[nodiscard]] static sqlite3_file *real(sqlite3_file *file)
    {
        return reinterpret_cast<sqlite3_file *>(reinterpret_cast<char *>(file) + sizeof(File));
    }
};

int closeFile(sqlite3_file *file)
{
    return File::real(file)->pMethods ? File::real(file)->pMethods->xClose(File::real(file)) : SQLITE_OK;
}

int readFrom(sqlite3_file *file, void *to, int bytes, sqlite3_int64 offset)
{
    if (isGone())
        return SQLITE_IOERR_READ;
    return File::real(file)->pMethods->xRead(File::real(file), to, bytes, offset);
}

int writeTo(sqlite3_file *file, const void *from, int bytes, sqlite3_int64 offset)
{
    if (isGone())
        return SQLITE_IOERR_WRITE;
    if (fails(FailingDisk::Fault::Full)) {
        if (bytes > 1) // a full disk takes what still fits
            (void)File::real(file)->pMethods->xWrite(File::real(file), from, bytes / 2, offset);
        return SQLITE_FULL;
    }
    return File::real(file)->pMethods->xWrite(File::real(file), from, bytes, offset);
}

int truncateTo(sqlite3_file *file, sqlite3_int64 size)
{
    return isGone() ? SQLITE_IOERR_TRUNCATE : File::real(file)->pMethods->xTruncate(File::real(file), size);
}

int syncFile(sqlite3_file *file, int flags)
{
    if (isGone() || fails(FailingDisk::Fault::Unsynced))
        return SQLITE_IOERR_FSYNC;
    return File::real(file)->pMethods->xSync(File::real(file), flags);
}

int sizeOf(sqlite3_file *file, sqlite3_int64 *size)
{
    return isGone() ? SQLITE_IOERR_FSTAT : File::real(file)->pMethods->xFileSize(File::real(file), size);
}

int lockFile(sqlite3_file *file, int level)
{
    return isGone() ? SQLITE_IOERR_LOCK : File::real(file)->pMethods->xLock(File::real(file), level);
}

int unlockFile(sqlite3_file *file, int level)
{
    return File::real(file)->pMethods->xUnlock(File::real(file), level);
}

int isReserved(sqlite3_file *file, int *result)
{
    return File::real(file)->pMethods->xCheckReservedLock(File::real(file), result);
}

int control(sqlite3_file *file, int operation, void *argument)
{
    return File::real(file)->pMethods->xFileControl(File::real(file), operation, argument);
}

int sectorSize(sqlite3_file *file)
{
    return File::real(file)->pMethods->xSectorSize(File::real(file));
}

int characteristics(sqlite3_file *file)
{
    return File::real(file)->pMethods->xDeviceCharacteristics(File::real(file));
}

constexpr sqlite3_io_methods methods = {1, closeFile, readFrom, writeTo, truncateTo, syncFile, sizeOf, lockFile,
    unlockFile, isReserved, control, sectorSize, characteristics, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr};

int openFile(sqlite3_vfs * /*vfs*/, const char *name, sqlite3_file *file, int flags, int *flagsOut)
{
    file->pMethods = nullptr;
    if (isGone())
        return SQLITE_CANTOPEN;
    std::memset(File::real(file), 0, static_cast<std::size_t>(disk->szOsFile));
    const int opened = disk->xOpen(disk, name, File::real(file), flags, flagsOut);
    if (opened == SQLITE_OK)
        file->pMethods = &methods;
    return opened;
}

int removeFile(sqlite3_vfs * /*vfs*/, const char *name, int sync)
{
    return isGone() ? SQLITE_IOERR_DELETE : disk->xDelete(disk, name, sync);
}

int isThere(sqlite3_vfs * /*vfs*/, const char *name, int flags, int *result)
{
    return isGone() ? SQLITE_IOERR_ACCESS : disk->xAccess(disk, name, flags, result);
}

} // namespace

FailingDisk::FailingDisk()
{
    mend();
    disk = sqlite3_vfs_find(nullptr);
    failing = *disk; // everything that is not about a file is the disk's
    failing.zName = "failing";
    failing.szOsFile = static_cast<int>(sizeof(File)) + disk->szOsFile;
    failing.pNext = nullptr;
    failing.xOpen = openFile;
    failing.xDelete = removeFile;
    failing.xAccess = isThere;
    sqlite3_vfs_register(&failing, 1);
}

FailingDisk::~FailingDisk()
{
    mend();
    sqlite3_vfs_unregister(&failing);
    sqlite3_vfs_register(disk, 1);
}

void FailingDisk::fail(Fault fault, int calls)
{
    theFault = fault;
    callsLeft = calls;
    failed = false;
}

bool FailingDisk::hasFailed()
{
    return failed;
}

} // namespace tally::test
