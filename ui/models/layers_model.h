// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <QAbstractListModel>

namespace tally::ui {

/// What a layer's instruction does, in a few words: "apt-get install nodejs" instead of 300 characters of shell,
/// "COPY app.jar /srv" instead of buildkit's notation. Deterministic; never longer than about 120 characters.
[[nodiscard]] QString shortInstruction(std::string_view createdBy);

/// The layers of an image, lowest first.
class LayersModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        NumberRole = Qt::UserRole, ///< 1-based
        SizeRole,                  ///< text
        ShareRole,                 ///< 0 ... 1 of the largest layer
        AddedRole,
        ChangedRole,
        RemovedRole,
        VerifiedRole, ///< 1 verified, 0 wrong, -1 nothing to compare with, -2 not read to its end
        DoubledRole,  ///< most of its bytes shadow, or are shadowed by, other layers
        CommandRole,  ///< the whole instruction
    };

    explicit LayersModel(QObject *parent = nullptr);

    void setImage(ImagePtr image);
    [[nodiscard]] const ImagePtr &image() const { return m_image; }
    /// Instructions of the history that made no layer: "ENV, USER, CMD"; "" none.
    [[nodiscard]] QString emptyInstructions() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString accessibleText(const Layer &layer, int number) const;

    ImagePtr m_image;
    std::uint64_t m_largest = 0;
    std::vector<std::uint64_t> m_shadowed; ///< invisible bytes per layer
};

} // namespace tally::ui
