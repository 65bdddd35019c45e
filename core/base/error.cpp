// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"

#include "core/base/messages_base.h"

namespace tally {

Error cancelled()
{
    return {ErrorKind::Cancelled, {baseDef("run.stopped")}, {}};
}

} // namespace tally
