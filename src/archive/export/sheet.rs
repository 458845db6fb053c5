//! Which columns a table has for a reader, under which Vietnamese headings.

/// How the cells of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cells {
    /// As text, even where it looks like a number: `05`.
    Text,
    /// As a number.
    Number,
    /// As a date where it is a whole day, else as text.
    Date,
    /// As text, a word of a closed set in Vietnamese.
    Word(&'static [(&'static str, &'static str)]),
}

impl Cells {
    /// What is shown for a text of the database.
    pub(super) fn shown(self, text: &str) -> &str {
        match self {
            Cells::Word(words) => words.iter().find(|word| word.0 == text).map_or(text, |word| word.1),
            _ => text,
        }
    }
}

/// A column: its heading, what is selected, how it is written.
pub(super) type Column = (&'static str, &'static str, Cells);

/// A table to write.
pub(super) struct Sheet {
    /// The name of the file.
    pub(super) name: &'static str,
    /// The heading of the sheet: at most 31 characters.
    pub(super) heading: &'static str,
    pub(super) columns: &'static [Column],
    /// What follows `FROM`.
    pub(super) from: &'static str,
}

impl Sheet {
    /// The question that gives its rows.
    pub(super) fn sql(&self) -> String {
        let columns: Vec<&str> = self.columns.iter().map(|column| column.1).collect();
        format!("SELECT {} FROM {}", columns.join(", "), self.from)
    }
}

use Cells::{Date, Number, Text, Word};

const STAGE: Cells = Word(&[("draft", "Dự thảo"), ("issued", "Bản ban hành"), ("copy", "Bản sao")]);
const LEVEL: Cells = Word(&[
    ("central", "Trung ương"),
    ("province", "Tỉnh"),
    ("district", "Huyện"),
    ("commune", "Xã"),
    ("party", "Đảng"),
    ("other", "Khác"),
]);
const PAPER: Cells =
    Word(&[("main", "Bản chính"), ("attached", "Kèm theo"), ("annex", "Phụ lục"), ("copy", "Bản sao")]);
const ROLE: Cells = Word(&[("basis", "Căn cứ"), ("mention", "Nhắc đến")]);
const RELATION: Cells = Word(&[
    ("legal_ground", "Căn cứ"),
    ("mandate", "Thực hiện"),
    ("proposal", "Theo đề nghị"),
    ("responds_to", "Trả lời"),
    ("amends", "Sửa đổi, bổ sung"),
    ("repeals", "Bãi bỏ"),
    ("replaces", "Thay thế"),
    ("amended_by", "Được sửa đổi, bổ sung bởi"),
    ("attached_to", "Ban hành kèm theo"),
    ("own", "Của cùng cơ quan"),
]);
const TOPIC: Cells = Word(&[
    ("situation", "Tình hình"),
    ("direction", "Chỉ đạo, điều hành"),
    ("results", "Kết quả"),
    ("shortcomings", "Tồn tại, hạn chế"),
    ("causes", "Nguyên nhân"),
    ("proposals", "Kiến nghị, đề xuất"),
    ("tasks", "Nhiệm vụ, giải pháp"),
    ("organisation", "Tổ chức thực hiện"),
]);
const FINDING: Cells = Word(&[
    ("count", "Số lượng"),
    ("percent", "Tỷ lệ phần trăm"),
    ("ratio", "Tỷ số"),
    ("money", "Tiền"),
    ("area", "Diện tích"),
    ("length", "Chiều dài"),
    ("mass", "Khối lượng"),
    ("volume", "Thể tích"),
    ("duration", "Thời gian"),
    ("score", "Điểm"),
]);
const STATUS: Cells = Word(&[("result", "Kết quả"), ("target", "Chỉ tiêu"), ("rule", "Quy định")]);
const QUALIFIER: Cells = Word(&[("approx", "Khoảng"), ("at_least", "Ít nhất"), ("at_most", "Nhiều nhất")]);
const CHANGE: Cells = Word(&[("up", "Tăng"), ("down", "Giảm")]);
const PART: Cells = Word(&[("text", "Văn bản"), ("scan", "Bản quét")]);
const FILE: Cells = Word(&[("read", "Đã đọc"), ("failed", "Không đọc được"), ("vanished", "Không còn")]);

const PATH: &str = "(SELECT min(path) FROM files WHERE document = d.id AND part = 'text')";

/// Every table, the register of documents first (Nghị định 30/2020/NĐ-CP, Phụ lục V).
pub(super) const SHEETS: [Sheet; 9] = [
    Sheet {
        name: "muc-luc-van-ban",
        heading: "Mục lục văn bản",
        columns: &[
            ("STT", "row_number() OVER (ORDER BY d.date IS NULL, d.date, d.id)", Number),
            ("Số và ký hiệu văn bản", "coalesce(d.number, d.symbol)", Text),
            ("Ngày tháng năm văn bản", "d.date", Date),
            (
                "Tên loại và trích yếu nội dung văn bản",
                "trim(coalesce(CASE d.type WHEN 'CV' THEN NULL ELSE d.type_name END, '') || ' ' || coalesce(d.title, ''))",
                Text,
            ),
            ("Tác giả văn bản", "d.issuer", Text),
            // The sheet of the file of papers (hồ sơ) on which it begins: no document says it.
            ("Tờ số/Trang số", "NULL", Number),
            // What bears neither number nor title is told by its file.
            (
                "Ghi chú",
                "nullif(concat_ws('; ', CASE d.stage WHEN 'draft' THEN 'Dự thảo' WHEN 'copy' THEN 'Bản sao' END, \
                 CASE WHEN coalesce(d.number, d.title) IS NULL THEN (SELECT 'Tệp ' || min(path) FROM files \
                 WHERE document = d.id AND part = 'text') END), '')",
                Text,
            ),
        ],
        from: "documents AS d ORDER BY d.date IS NULL, d.date, d.id",
    },
    Sheet {
        name: "documents",
        heading: "Văn bản",
        columns: &[
            ("Mã", "d.id", Number),
            ("Tệp", PATH, Text),
            ("Loại", "d.type", Text),
            ("Tên loại", "d.type_name", Text),
            ("Số, ký hiệu", "d.number", Text),
            ("Số", "d.serial", Text),
            ("Ký hiệu", "d.symbol", Text),
            ("Ngày", "d.date", Date),
            ("Địa danh", "d.place", Text),
            ("Cơ quan ban hành", "d.issuer", Text),
            ("Cơ quan chủ quản", "d.issuer_parent", Text),
            ("Cấp", "d.issuer_level", LEVEL),
            ("Trích yếu", "d.title", Text),
            ("Tình trạng", "d.stage", STAGE),
            ("Từ ngày", "d.period_from", Date),
            ("Đến ngày", "d.period_to", Date),
            ("Độ mật", "d.security", Text),
            ("Độ khẩn", "d.urgency", Text),
            ("Số trang", "d.pages", Number),
            ("Khóa", "d.key", Text),
        ],
        from: "documents AS d ORDER BY d.id",
    },
    Sheet {
        name: "papers",
        heading: "Bản trong tệp",
        columns: &[
            ("Mã văn bản", "t.document", Number),
            ("Thứ tự", "t.paper + 1", Number),
            ("Vai trò", "t.kind", PAPER),
            ("Loại", "t.type", Text),
            ("Số, ký hiệu", "t.number", Text),
            ("Ngày", "t.date", Date),
            ("Trích yếu", "t.title", Text),
            ("Người ký", "t.signatories", Text),
        ],
        from: "papers AS t ORDER BY t.document, t.paper",
    },
    Sheet {
        name: "citations",
        heading: "Viện dẫn",
        columns: &[
            ("Mã văn bản", "t.document", Number),
            ("Vai trò", "t.role", ROLE),
            ("Quan hệ", "t.relation", RELATION),
            ("Loại", "t.type", Text),
            ("Số, ký hiệu", "t.number", Text),
            ("Tên", "t.name", Text),
            ("Năm", "t.year", Number),
            ("Ngày", "t.date", Date),
            ("Cơ quan ban hành", "t.issuer", Text),
            ("Về việc", "t.subject", Text),
            ("Nguyên văn", "t.raw", Text),
            ("Khóa", "t.key", Text),
        ],
        from: "cited AS t ORDER BY t.document, t.citation",
    },
    Sheet {
        name: "sections",
        heading: "Đề mục",
        columns: &[
            ("Mã văn bản", "t.document", Number),
            ("Bậc", "t.level", Number),
            ("Số đề mục", "t.marker", Text),
            ("Tên đề mục", "t.title", Text),
            ("Chủ đề", "t.topic", TOPIC),
        ],
        from: "headings AS t ORDER BY t.document, t.section",
    },
    Sheet {
        name: "findings",
        heading: "Số liệu",
        columns: &[
            ("Mã văn bản", "t.document", Number),
            ("Kiểu", "t.kind", FINDING),
            ("Giá trị", "t.value", Number),
            ("Trên tổng", "t.of", Number),
            ("Đơn vị", "t.unit", Text),
            ("Nội dung", "t.label", Text),
            ("Tính chất", "t.status", STATUS),
            ("Giới hạn", "t.qualifier", QUALIFIER),
            ("Tăng/giảm", "t.change", CHANGE),
            ("Tính đến", "t.as_of", Date),
            ("Thời kỳ", "t.period", Text),
            ("Nguyên văn", "t.raw", Text),
        ],
        from: "quantities AS t ORDER BY t.document, t.finding",
    },
    Sheet {
        name: "signatories",
        heading: "Người ký",
        columns: &[
            ("Mã văn bản", "t.document", Number),
            ("Họ tên", "t.name", Text),
            ("Chức vụ", "t.position", Text),
            ("Thẩm quyền ký", "t.authority", Text),
            ("Ký thay", "t.acting_for", Text),
            ("Thay mặt", "t.on_behalf_of", Text),
        ],
        from: "signatories AS t ORDER BY t.document, t.signatory",
    },
    Sheet {
        name: "recipients",
        heading: "Nơi nhận",
        columns: &[
            ("Mã văn bản", "t.document", Number),
            ("Tên", "t.name", Text),
            ("Kính gửi", "CASE t.addressed WHEN 1 THEN 'x' END", Text),
            ("Mục đích", "t.purpose", Text),
            ("Lưu", "CASE t.archive WHEN 1 THEN 'x' END", Text),
        ],
        from: "recipients AS t ORDER BY t.document, t.recipient",
    },
    Sheet {
        name: "files",
        heading: "Tệp",
        columns: &[
            ("Tệp", "t.path", Text),
            ("Mã văn bản", "t.document", Number),
            ("Phần", "t.part", PART),
            ("Tình trạng", "t.status", FILE),
            ("Lỗi", "t.error", Text),
            ("Cỡ (byte)", "t.size", Number),
        ],
        from: "files AS t ORDER BY t.path",
    },
];
