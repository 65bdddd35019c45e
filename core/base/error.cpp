// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"

#include "core/base/messages.h"

namespace tally {

Error cancelled()
{
    return {ErrorKind::Cancelled, {messageDef("run.stopped")}, {}};
}

} // namespace tally
