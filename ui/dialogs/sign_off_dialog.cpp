// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/sign_off_dialog.h"

#include "core/audit/open_points.h"
#include "core/base/messages_journal.h"
#include "core/io/file.h"
#include "ui/dialogs/choosers.h"
#include "ui/models/words.h"
#include "ui/text/message_translator.h"
#include "ui/widgets/basics.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tally::ui {

SignOffDialog::SignOffDialog(Session &session, FileChooser &files, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_files(files)
    , m_title(makeLabel(Face::Title))
    , m_lead(makeLabel(Face::Base))
    , m_headText(makeLabel(Face::Mono))
    , m_openTitle(makeLabel(Face::BaseStrong))
    , m_open(makeLabel(Face::Base))
    , m_byLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_by(new QLineEdit)
    , m_purposeLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_purpose(new QLineEdit)
    , m_keyLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_key(makeLabel(Face::Base))
    , m_choose(new LinkButton(u"folder"_qs))
    , m_without(new LinkButton(u"close"_qs))
    , m_passphraseLabel(makeLabel(Face::Secondary, Ink::Muted))
    , m_passphrase(new QLineEdit)
    , m_hint(makeLabel(Face::Secondary, Ink::Muted))
    , m_problem(makeLabel(Face::SecondaryStrong))
    , m_cancel(new QPushButton)
    , m_sign(new QPushButton)
{
    layOut();
    m_by->setText(m_session.auditor());
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_sign, &QPushButton::clicked, this, &SignOffDialog::accept);
    connect(m_choose, &QAbstractButton::clicked, this, [this] {
        m_files.openFiles(this, tr("Choose key file"), {tr("Keys (*.pem *.key)"), tr("All files (*)")},
            [this](const QStringList &paths) { setKeyFile(paths.value(0)); });
    });
    connect(m_without, &QAbstractButton::clicked, this, [this] { setKeyFile({}); });
    connect(m_by, &QLineEdit::textChanged, this, [this] { say({}); });
    connect(m_passphrase, &QLineEdit::textChanged, this, [this] { say({}); });
    connect(&m_session, &Session::stateChanged, this, &SignOffDialog::showState);
    retranslateUi();
    showState();
}

void SignOffDialog::layOut()
{
    setObjectName(u"signOffDialog"_qs);
    m_by->setObjectName(u"signOffBy"_qs);
    m_purpose->setObjectName(u"signOffPurpose"_qs);
    m_choose->setObjectName(u"signOffKey"_qs);
    m_without->setObjectName(u"signOffWithoutKey"_qs);
    m_passphrase->setObjectName(u"signOffPassphrase"_qs);
    m_problem->setObjectName(u"signOffProblem"_qs);
    m_open->setObjectName(u"signOffOpen"_qs);
    m_sign->setObjectName(u"signOffNow"_qs);
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_byLabel->setBuddy(m_by);
    m_purposeLabel->setBuddy(m_purpose);
    m_passphraseLabel->setBuddy(m_passphrase);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(4);
    for (QLabel *label : {m_lead, m_open, m_hint, m_problem, m_key})
        label->setWordWrap(true);
    m_headText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_title);
    column->addWidget(m_lead);
    column->addSpacing(4);
    column->addWidget(m_headText);
    column->addSpacing(8);
    column->addWidget(m_openTitle);
    column->addWidget(m_open);
    column->addSpacing(8);
    column->addWidget(m_byLabel);
    column->addWidget(m_by);
    column->addWidget(m_purposeLabel);
    column->addWidget(m_purpose);
    column->addWidget(m_keyLabel);
    auto *key = new QHBoxLayout;
    key->setSpacing(12);
    key->addWidget(m_key, 1);
    key->addWidget(m_choose);
    key->addWidget(m_without);
    column->addLayout(key);
    column->addWidget(m_passphraseLabel);
    column->addWidget(m_passphrase);
    column->addSpacing(4);
    column->addWidget(m_hint);
    column->addStretch();
    column->addWidget(m_problem);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_sign);
    column->addLayout(buttons);
    m_sign->setDefault(true);
    m_cancel->setAutoDefault(false);
    m_problem->hide();
    setMinimumWidth(560);
}

void SignOffDialog::retranslateUi()
{
    setWindowTitle(tr("Sign off"));
    m_title->setText(tr("Sign off"));
    m_lead->setText(tr("You say that the audit is done as it stands now: at this head of its journal. Changing it "
                       "afterwards stays possible, and then stands beside the sign-off everywhere."));
    m_openTitle->setText(tr("Still open"));
    m_byLabel->setText(tr("Signed off by"));
    m_by->setAccessibleName(tr("Signed off by"));
    m_purposeLabel->setText(tr("Purpose"));
    m_purpose->setAccessibleName(tr("Purpose"));
    m_purpose->setPlaceholderText(tr("for instance: audit finished, report handed over"));
    m_keyLabel->setText(tr("Key file"));
    m_choose->setText(tr("Choose"));
    m_choose->setAccessibleName(tr("Choose key file"));
    m_without->setText(tr("Without key"));
    m_passphraseLabel->setText(tr("Passphrase of the key"));
    m_passphrase->setAccessibleName(tr("Passphrase of the key"));
    m_cancel->setText(tr("Cancel"));
    showKey();
    showState();
}

void SignOffDialog::showState()
{
    const AuditStatePtr state = m_session.state();
    m_head = state->journalHead;
    m_headText->setText(toQString(shortHead(m_head)));
    m_headText->setToolTip(toQString(m_head));
    //: for screen readers; %1 digits
    m_headText->setAccessibleName(tr("Head of the journal: %1").arg(toQString(shortHead(m_head))));
    QStringList open;
    for (const Message &point : openPoints(*state, m_session.catalogue()))
        open.append(u"•  "_qs % m_session.text(point));
    QStringList modules;
    for (const Module *module : modulesInWork(*state, m_session.catalogue()))
        modules.append(toQString(module->id));
    m_open->setText(open.isEmpty() ? tr("Nothing: everything in %1 is decided and answered.").arg(modules.join(u", "))
                                   : open.join(u'\n'));
}

void SignOffDialog::showKey()
{
    const bool withKey = !m_keyFile.isEmpty();
    const bool locked = withKey && PrivateKey::needsPassphrase(m_pem);
    m_key->setText(withKey ? QFileInfo(m_keyFile).fileName() : tr("none: a name and a date, without a signature"));
    m_without->setVisible(withKey);
    m_passphraseLabel->setVisible(locked);
    m_passphrase->setVisible(locked);
    m_hint->setText(withKey
            ? tr("The key stays in its file; the audit keeps the signature and the public key.")
            : tr("A private key in PEM form (Ed25519, ECDSA or RSA) makes a signature of it that others can verify."));
    m_sign->setText(withKey ? tr("Sign off and sign") : tr("Sign off without signature"));
}

void SignOffDialog::setKeyFile(const QString &path)
{
    say({});
    m_passphrase->clear();
    m_keyFile.clear();
    m_pem.clear();
    if (!path.isEmpty()) {
        constexpr std::uint64_t most = 1U << 20;
        Limits limits;
        limits.maxInputBytes = most;
        auto pem = readFile(std::filesystem::path(path.toStdU16String()), limits);
        if (!pem) {
            say(m_session.text(pem.error().message));
        } else {
            m_keyFile = path;
            m_pem = *std::move(pem);
        }
    }
    showKey();
    if (!m_passphrase->isHidden())
        m_passphrase->setFocus(Qt::OtherFocusReason);
}

void SignOffDialog::accept()
{
    if (m_job.isRunning())
        return;
    SignOffRequest request{
        toUtf8String(m_by->text().trimmed()), toUtf8String(m_purpose->text().trimmed()), std::nullopt};
    if (const auto wrong = validateSignOff(request)) {
        say(m_session.text(*wrong));
        m_by->setFocus(Qt::OtherFocusReason);
        return;
    }
    request.head = m_head;
    if (m_keyFile.isEmpty()) {
        finish(std::move(request));
        return;
    }
    m_sign->setEnabled(false);
    m_job.start([pem = m_pem, name = toUtf8String(QFileInfo(m_keyFile).fileName()),
                    passphrase = toUtf8String(m_passphrase->text())](
                    const RunContext &) { return PrivateKey::read(pem, name, passphrase); },
        [this, request](Result<PrivateKey> key) mutable {
            m_sign->setEnabled(true);
            if (!key) {
                say(m_session.text(key.error().message));
                if (!m_passphrase->isHidden())
                    m_passphrase->setFocus(Qt::OtherFocusReason);
                return;
            }
            if (request.head != m_head) {
                say(m_session.text({journalDef("signoff.moved")}));
                return;
            }
            request.key = *std::move(key);
            finish(std::move(request));
        });
}

void SignOffDialog::finish(SignOffRequest request)
{
    m_passphrase->clear();
    std::fill(m_pem.begin(), m_pem.end(), '\0');
    m_pem.clear();
    m_keyFile.clear();
    showKey();
    Q_EMIT wanted(request);
    QDialog::accept();
}

void SignOffDialog::say(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void SignOffDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QDialog::changeEvent(event);
}

} // namespace tally::ui
