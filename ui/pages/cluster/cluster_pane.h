// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/job.h"
#include "ui/models/address.h"
#include "ui/models/session.h"

#include <QWidget>

#include <utility>
#include <vector>

namespace tally::ui {

class DetailSide;

/// A tab of the cluster page. What it shows is computed in a worker, once for each state, when the tab is looked at.
class ClusterPane : public QWidget
{
    Q_OBJECT

public:
    explicit ClusterPane(Session &session, QWidget *parent = nullptr);

    /// Of Session::clusterState(); there is a cluster.
    void setState(const AuditStatePtr &state);
    virtual void retranslateUi() = 0;
    [[nodiscard]] bool isBusy() const { return m_job.isRunning(); }
    /// Makes this the chosen thing, once it is computed: what the tab's rows carry as data.
    virtual void choose(const QVariant &what) = 0;

Q_SIGNALS:
    void navigate(const tally::ui::Address &address);

protected:
    /// Starts what the state needs; called with a state that was not shown yet, while the pane is visible.
    virtual void compute() = 0;

    /// work(const AuditState &, const RunContext &) on a pool thread, then done(result) here, if the state is still the
    /// same one.
    template<typename Work, typename Done>
    void computeWith(Work work, Done done)
    {
        if (m_job.isRunning()) { // for an older state; it starts again when that comes back
            m_job.cancel();
            return;
        }
        m_job.start([work = std::move(work), state = m_state](const RunContext &run) { return work(*state, run); },
            [this, state = m_state, done = std::move(done)](auto result) {
                if (state != m_state) {
                    compute();
                    return;
                }
                m_shown = state;
                done(std::move(result));
            });
    }

    [[nodiscard]] Session &session() const { return m_session; }
    [[nodiscard]] const AuditState &state() const { return *m_state; } ///< only where hasState()
    [[nodiscard]] const AuditStatePtr &statePtr() const { return m_state; }
    [[nodiscard]] bool isShown() const { return m_shown && m_shown == m_state; } ///< what was computed still holds
    [[nodiscard]] const Cluster &cluster() const { return *m_state->clusters.front().cluster; }
    [[nodiscard]] const Object &object(std::size_t index) const { return cluster().objects[index]; }
    /// Where an object is shown as YAML with its findings; field: the line to frame.
    [[nodiscard]] Address addressOf(std::size_t object, const QString &field = {}) const;
    /// A section with what was found: each check once, worst first, with the ways to its finding and to the parts of
    /// the requirements that it belongs to. findings: indexes into the assessment's.
    void addFindings(DetailSide &side, std::vector<std::size_t> findings) const;
    void showEvent(QShowEvent *event) override;

private:
    void computeIfNeeded();

    Session &m_session;
    AuditStatePtr m_state;
    AuditStatePtr m_shown;
    Job m_job;
};

/// "Kind namespace/name", plain text for windows.
[[nodiscard]] QString objectText(const Object &object);

} // namespace tally::ui
