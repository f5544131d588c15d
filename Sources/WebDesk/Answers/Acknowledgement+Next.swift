import Components

extension Acknowledgement {
    /// Where to go on, where the page itself does not say it; everybody who may do the deed may open it.
    var next: Frame.Link? {
        switch self {
        case .submitted, .obstacleSent, .proposed, .issued, .stepDone:
            Frame.Link("Việc còn lại của tôi", Addresses.myDay())
        case .figuresAccepted, .contestDecided: Frame.Link("Xem tổng quan", Addresses.dashboard())
        case .uploadDiscarded, .batchWithdrawn: Frame.Link("Nạp tệp khác", Addresses.figures())
        case .contested: Frame.Link("Mọi đề nghị sửa số liệu", Addresses.contests())
        case .targetsDecided, .targetsLoaded: Frame.Link("Xem chỉ tiêu từng đơn vị", Addresses.targets())
        case .groupsSaved, .groupRemoved: Frame.Link("Giao chỉ tiêu đến tổ", Addresses.scenarios())
        case .passwordChanged, .emailSaved: Frame.Link("Về trang đầu", Addresses.home())
        case .valueKept, .valueWithdrawn: Frame.Link("Xem các tham số", Addresses.parameters())
        case .unitsLoaded: Frame.Link("Xem các đơn vị", Addresses.units())
        case .bordersInForce, .bordersTakenBack: Frame.Link("Xem bản đồ", Addresses.dashboard())
        case .obstacleAnswered, .obstacleAssigned, .obstaclesMerged:
            Frame.Link("Vướng mắc khác", Addresses.obstacles())
        case .templateKept: Frame.Link("Về danh sách văn bản", Addresses.documents())
        case .erased, .erasureProposed: Frame.Link("Mọi đề nghị huỷ tệp", Addresses.erasures())
        default: nil
        }
    }
}
