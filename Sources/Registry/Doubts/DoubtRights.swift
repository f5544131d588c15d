public import Access

extension Right {
    public static let decideDoubts = Right(
        "registry.decide-doubts", "Quyết định hai bản ghi trong sổ đăng ký có là một người không, thuộc địa bàn mình",
        guardsPeople: true)
    public static let trainLinks = Right(
        "registry.train", "Huấn luyện mô hình đối chiếu của sổ đăng ký", guardsPeople: true)
}
