//! What addresses inside pages mean.

use cartridge::{Cartridge, Links, Target, file_address, module_address, page_address};

use crate::support::{archive, read};

const MANIFEST: &str = r#"<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion></metadata>
<organizations/>
<resources>
  <resource identifier="course" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" href="course_settings/canvas_export.txt">
    <file href="course_settings/canvas_export.txt"/><file href="course_settings/module_meta.xml"/></resource>
  <resource identifier="syl" intendeduse="syllabus" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" href="course_settings/syllabus.html"><file href="course_settings/syllabus.html"/></resource>
  <resource identifier="p1" type="webcontent" href="wiki_content/front-page.html"><file href="wiki_content/front-page.html"/></resource>
  <resource identifier="p2" type="webcontent" href="wiki_content/über-uns.html"><file href="wiki_content/über-uns.html"/></resource>
  <resource identifier="a1" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" href="a1/essay.html"><file href="a1/essay.html"/><file href="a1/assignment_settings.xml"/></resource>
  <resource identifier="q1" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="q1/assessment_qti.xml"/></resource>
  <resource identifier="d1" type="imsdt_xmlv1p1"><file href="d1.xml"/></resource>
  <resource identifier="w1" type="imswl_xmlv1p1"><file href="w1.xml"/></resource>
  <resource identifier="f1" type="webcontent" href="web_resources/Bilder/Foto 1.jpg"><file href="web_resources/Bilder/Foto 1.jpg"/></resource>
  <resource identifier="f2" type="webcontent" href="web_resources/media_objects/film.mp4"><file href="web_resources/media_objects/film.mp4"/></resource>
</resources></manifest>"#;

const MODULES: &str = r#"<modules xmlns="http://canvas.instructure.com/xsd/cccv1p0"><module identifier="mod1"><title>One</title>
<items><item identifier="it1"><content_type>WikiPage</content_type><title>P</title><identifierref>p1</identifierref></item>
<item identifier="it2"><content_type>ExternalUrl</content_type><title>U</title><url>https://example.org/x</url></item></items></module></modules>"#;

fn course() -> Cartridge {
    read(archive(&[
        ("imsmanifest.xml", MANIFEST.as_bytes()),
        ("course_settings/canvas_export.txt", b"-"),
        ("course_settings/module_meta.xml", MODULES.as_bytes()),
        ("course_settings/syllabus.html", b"<html><body>s</body></html>"),
        ("wiki_content/front-page.html", b"<html><head><title>Front</title></head><body>f</body></html>"),
        ("wiki_content/\u{fc}ber-uns.html", b"<html><body>u</body></html>"),
        ("a1/essay.html", b"<html><body>e</body></html>"),
        ("a1/assignment_settings.xml", b"<assignment identifier='a1'><title>Essay</title></assignment>"),
        ("q1/assessment_qti.xml", b"<questestinterop><assessment title='Quiz'/></questestinterop>"),
        ("d1.xml", b"<topic><title>T</title><text>x</text></topic>"),
        ("w1.xml", b"<webLink><title>W</title><url href='https://example.org'/></webLink>"),
        ("web_resources/Bilder/Foto 1.jpg", b"jpg"),
        ("web_resources/media_objects/film.mp4", b"mp4"),
        ("extra/unlisted.css", b"css"),
    ]))
    .unwrap()
}

fn page(id: &str) -> Target {
    Target::Page(id.to_owned())
}

fn photo() -> Target {
    Target::File("web_resources/Bilder/Foto 1.jpg".to_owned())
}

#[test]
fn every_kind_of_address_is_understood() {
    let course = course();
    let links = Links::new(&course);
    let film = Target::File("web_resources/media_objects/film.mp4".to_owned());
    let external = |url: &str| Target::External(url.to_owned());
    let table = [
        ("$IMS-CC-FILEBASE$/Bilder/Foto%201.jpg", photo()),
        ("%24IMS-CC-FILEBASE%24/Bilder/Foto%201.jpg?canvas_download=1&canvas_qs_wrap=1", photo()),
        ("$IMS-CC-FILEBASE$Bilder/Foto 1.jpg?wrap=1", photo()),
        ("$IMS-CC-FILEBASE$/bilder/FOTO+1.JPG", photo()),
        ("$IMS_CC_FILEBASE$/Bilder%5CFoto%201.jpg", photo()),
        ("$1EdTech-CC-FILEBASE$/Bilder/Foto%201.jpg", photo()),
        ("https://school.example/api/v1$IMS-CC-FILEBASE$/Bilder/Foto%201.jpg", photo()),
        ("$IMS-CC-FILEBASE$/Foto%201.jpg", photo()),
        ("$CANVAS_COURSE_REFERENCE$/file_contents/course%20files/Bilder/Foto%201.jpg", photo()),
        ("$CANVAS_COURSE_REFERENCE$/file_ref/f1/download?wrap=1", photo()),
        ("$CANVAS_OBJECT_REFERENCE$/files/f1/preview", photo()),
        (
            "$IMS-CC-FILEBASE$/media_objects_iframe?mediahref=/media_objects/film.mp4?canvas_download=1&type=video",
            film.clone(),
        ),
        ("$IMS-CC-FILEBASE$/media_objects/film.mp4", film),
        ("$CANVAS_OBJECT_REFERENCE$/pages/front-page", page("p1")),
        ("%24CANVAS_OBJECT_REFERENCE%24/pages/p1?module_item_id=it1", page("p1")),
        ("$WIKI_REFERENCE$/pages/front-page", page("p1")),
        ("$WIKI_REFERENCE$/wiki/Front Page", page("p1")),
        ("$WIKI_REFERENCE$/pages/%C3%BCber-uns", page("p2")),
        ("$CANVAS_OBJECT_REFERENCE$/assignments/a1", Target::Assignment("a1".into())),
        ("$CANVAS_OBJECT_REFERENCE$/quizzes/q1", Target::Quiz("q1".into())),
        ("$CANVAS_OBJECT_REFERENCE$/discussion_topics/d1", Target::Discussion("d1".into())),
        ("$CANVAS_OBJECT_REFERENCE$/modules/mod1", Target::Module("mod1".into())),
        ("$CANVAS_COURSE_REFERENCE$/modules/items/it1", page("p1")),
        ("$CANVAS_COURSE_REFERENCE$/modules/items/it2", external("https://example.org/x")),
        (
            "$CANVAS_COURSE_REFERENCE$/external_tools/retrieve?display=borderless&url=https%3A%2F%2Ftool.example%2Fgo",
            external("https://tool.example/go"),
        ),
        ("$CANVAS_COURSE_REFERENCE$/assignments/syllabus", page("syl")),
        ("$CANVAS_COURSE_REFERENCE$/", Target::CourseRoot),
        ("$CANVAS_COURSE_REFERENCE$/grades", Target::CourseRoot),
        ("/courses/417/pages/front-page", page("p1")),
        ("über-uns.html", page("p2")),
        ("../a1/essay.html", Target::Assignment("a1".into())),
        ("../d1.xml", Target::Discussion("d1".into())),
        ("../w1.xml", Target::Resource("w1".into())),
        ("..\\web_resources\\Bilder\\Foto%201.jpg", photo()),
        ("/extra/unlisted.css", Target::File("extra/unlisted.css".into())),
        ("https://example.org/a?b#c", external("https://example.org/a?b#c")),
        ("//cdn.example/x.js", external("//cdn.example/x.js")),
        ("mailto:a@example.org", external("mailto:a@example.org")),
        ("data:image/png;base64,AAAA", external("data:image/png;base64,AAAA")),
        ("#part", Target::Here),
        ("", Target::Here),
    ];
    for (address, target) in table {
        assert_eq!(links.resolve(address, "wiki_content/front-page.html").target, target, "{address}");
    }
}

#[test]
fn what_leads_nowhere_is_said_to() {
    let course = course();
    let links = Links::new(&course);
    for address in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "$IMS-CC-FILEBASE$/gone.png",
        "$IMS-CC-FILEBASE$/",
        "$IMS-CC-FILEBASE$/../../../etc/passwd",
        "$CANVAS_OBJECT_REFERENCE$/pages/gone",
        "$CANVAS_OBJECT_REFERENCE$/quizzes/gone",
        "$CANVAS_COURSE_REFERENCE$/modules/items/gone",
        "gone.html",
        "../../../../etc/passwd",
        "$UNKNOWN$/x",
        "%24",
        "$",
    ] {
        let target = links.resolve(address, "wiki_content/front-page.html").target;
        assert_eq!(target, Target::Unresolved(address.to_owned()), "{address}");
    }
}

#[test]
fn fragments_are_kept_beside_the_target() {
    let course = course();
    let links = Links::new(&course);
    let link = links.resolve("$WIKI_REFERENCE$/pages/front-page#top", "");
    assert_eq!((link.target, link.fragment.as_deref()), (page("p1"), Some("top")));
    assert_eq!(links.resolve("#top", "").fragment.as_deref(), Some("top"));
    assert_eq!(links.resolve("https://example.org/#top", "").fragment, None);
}

#[test]
fn addresses_that_are_written_are_understood() {
    let course = course();
    let links = Links::new(&course);
    assert_eq!(links.resolve(&file_address("Bilder/Foto 1.jpg"), "").target, photo());
    assert_eq!(links.resolve(&page_address("über-uns"), "").target, page("p2"));
    assert_eq!(links.resolve(&module_address("mod1"), "").target, Target::Module("mod1".into()));
}

proptest::proptest! {
    #[test]
    fn no_address_makes_it_stumble(address in "[$%24a-z/.#?&=:\\\\ é]{0,40}|(\\$[A-Z_-]{0,26}\\$/?[a-z0-9/?%#=.]{0,30})", from in "[a-z./é]{0,12}") {
        let course = Cartridge {
            dialect: cartridge::Dialect::ContentPackage,
            version: String::new(),
            identifier: String::new(),
            title: None,
            metadata: cartridge::Metadata::default(),
            modules: Vec::new(),
            resources: Vec::new(),
            files: vec![cartridge::PackageFile { path: "a/b.png".into(), bytes: 1, used_by: Vec::new() }],
            settings: None,
            findings: Vec::new(),
        };
        Links::new(&course).resolve(&address, &from);
    }
}
