//! A page as Word saves it: the letterhead and the signature block stand in tables without borders.

use trich::{Extractor, record::Authority};

const PAGE: &str = r#"<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<style><!-- p.MsoNormal {font-family:"Times New Roman"} --></style></head>
<body lang=VI><div class=WordSection1>
<table border=0><tr>
 <td><p class=MsoNormal align=center>&#7910;Y BAN NHÂN DÂN<o:p></o:p></p><p>XÃ HÒA TI&#7870;N</p><p>S&#7889;: 27/BC-UBND</p></td>
 <td><p>C&#7896;NG HÒA XÃ H&#7896;I CH&#7910; NGH&#296;A VI&#7878;T NAM</p><p>&#272;&#7897;c l&#7853;p - T&#7921; do - H&#7841;nh phúc</p>
 <p><i>Hòa Ti&#7871;n, ngày 14 tháng 6 n&#259;m 2022</i></p></td></tr></table>
<p align=center><b>BÁO CÁO</b></p>
<p align=center><b>K&#7871;t qu&#7843; làm &#273;&#432;&#7901;ng
liên thôn</b></p>
<p>Th&#7921;c hi&#7879;n K&#7871; ho&#7841;ch s&#7889; 5/KH-UBND ngày 02/3/2022 c&#7911;a UBND huy&#7879;n, UBND xã báo cáo nh&#432; sau:</p>
<p><b>1. K&#7871;t qu&#7843;</b></p>
<p>Xã &#273;ã bê tông hóa 3,5&nbsp;km &#273;&#432;&#7901;ng.</p>
<table border=0><tr>
 <td><p><i>N&#417;i nh&#7853;n:</i></p><p>- UBND huy&#7879;n;</p><p>- L&#432;u: VT.</p></td>
 <td><p>TM. &#7910;Y BAN NHÂN DÂN</p><p>CH&#7910; T&#7882;CH</p><p>&nbsp;</p><p>Tr&#7847;n V&#259;n Lâm</p></td></tr></table>
</div></body></html>"#;

#[test]
fn a_letterhead_and_a_signature_block_are_read_from_their_tables() {
    let page: Vec<u8> = PAGE.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let record = Extractor::builtin().extract("bao-cao.doc", &page);
    assert_eq!((record.source.media_type.as_str(), record.source.encoding.as_str()), ("text/html", "windows-1252"));
    let document = record.document;
    assert_eq!(document.number.unwrap().canonical.as_deref(), Some("27/BC-UBND"));
    assert_eq!(document.date.unwrap().value.as_deref(), Some("2022-06-14"));
    assert_eq!(document.place.unwrap().name.as_deref(), Some("Hòa Tiến"));
    assert_eq!(document.issuer.unwrap().name, "Ủy ban nhân dân xã Hòa Tiến");
    assert_eq!(document.title.unwrap().text, "Kết quả làm đường liên thôn");
    let recipients: Vec<&str> = document.recipients.iter().map(|recipient| recipient.name.as_str()).collect();
    assert_eq!(recipients, ["UBND huyện", "VT"]);
    let signatory = &document.signatories[0];
    assert_eq!((signatory.name.as_deref(), signatory.authority), (Some("Trần Văn Lâm"), Some(Authority::TM)));
}
