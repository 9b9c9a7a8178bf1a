//! What is read out of packages made for it.

use cartridge::{Content, Dialect, Format, Moment, Requirement, Severity, Version};

use crate::support::{archive, codes, manifest, open, package, read, resource};

fn moment(text: &str) -> Option<Moment> {
    Moment::parse(text)
}

#[test]
fn a_plain_cartridge_is_read_whole() {
    let bytes = package(
        r#"<item identifier="m"><title>Week 1</title>
             <item identifier="i1" identifierref="page"><title>Why tides</title></item>
             <item identifier="h"><title>More</title><item identifier="i2" identifierref="link"><title>A link</title></item></item>
           </item>
           <item identifier="i3" identifierref="pic"><title>Picture</title></item>"#,
        r#"<resource identifier="page" type="webcontent" href="a/why.html"><file href="a/why.html"/><dependency identifierref="pics"/></resource>
           <resource identifier="link" type="imswl_xmlv1p3"><file href="link.xml"/></resource>
           <resource identifier="pic" type="webcontent" href="p/moon.png"><file href="p/moon.png"/></resource>
           <resource identifier="pics" type="webcontent"><file href="p/1.png"/><file href="p/2.png"/></resource>"#,
        &[
            ("a/why.html", b"<html><head><title>Why</title></head><body><img src='../p/moon.png'></body></html>"),
            ("link.xml", b"<w:webLink xmlns:w='x'><w:title>Moon</w:title><w:url href='https://example.org/?a=1&amp;b=2' target='_blank'/></w:webLink>"),
            ("p/moon.png", b"png"),
            ("p/1.png", b"1"),
            ("p/2.png", b"22"),
        ],
    );
    let course = read(bytes).unwrap();
    assert_eq!(course.dialect, Dialect::CommonCartridge(Version::V1_3));
    assert_eq!((course.version.as_str(), course.title.as_deref()), ("1.3.0", Some("Tides")));
    assert_eq!(course.metadata.language.as_deref(), Some("en"));
    assert_eq!(codes(&course), Vec::<&str>::new());
    let titles: Vec<(u32, &str)> =
        course.modules[0].flatten().into_iter().map(|(depth, node)| (depth, node.title.as_str())).collect();
    assert_eq!(titles, [(0, "Why tides"), (0, "More"), (1, "A link")]);
    assert_eq!(course.modules[1].resource.as_deref(), Some("pic"));
    let Content::Page(page) = &resource(&course, "page").content else { panic!() };
    assert_eq!(
        (page.title.as_str(), page.body.as_str(), page.slug.as_str()),
        ("Why", "<img src='../p/moon.png'>", "why")
    );
    let Content::WebLink(link) = &resource(&course, "link").content else { panic!() };
    assert_eq!((link.url.as_str(), link.target.as_deref()), ("https://example.org/?a=1&b=2", Some("_blank")));
    assert!(matches!(resource(&course, "pic").content, Content::File(_)));
    assert_eq!(resource(&course, "pics").content, Content::Attachments);
    let sizes: Vec<(&str, u64)> = course.files.iter().map(|file| (file.path.as_str(), file.bytes)).collect();
    assert_eq!(sizes[2..], [("p/1.png", 1), ("p/2.png", 2), ("p/moon.png", 3)]);
    assert_eq!(course.files[0].used_by, ["page"]);
}

#[test]
fn everything_left_out_is_found() {
    let bytes = package(
        r#"<item identifier="m"><title>M</title>
             <item identifier="i1" identifierref="nowhere"><title>Gone</title></item>
             <item identifier="i1" identifierref="page"><title>Twice</title></item></item>"#,
        r#"<resource identifier="page" type="webcontent" href="A/Page%20one.HTML"><file href="A/Page%20one.HTML"/></resource>
           <resource identifier="lost" type="webcontent" href="lost.html"><file href="lost.html"/><dependency identifierref="nothing"/></resource>
           <resource identifier="odd" type="x-alien"><file href="odd.bin"/></resource>
           <resource identifier="bad" type="imswl_xmlv1p3"><file href="bad.xml"/></resource>
           <resource identifier="out" type="webcontent" href="../../etc/passwd"><file href="../../etc/passwd"/></resource>
           <resource identifier="empty" type="webcontent"/>
           <resource identifier="empty" type="webcontent"><file href="odd.bin"/></resource>"#,
        &[
            ("a/page one.html", b"x"),
            ("odd.bin", b"?"),
            ("bad.xml", b"<webLink><title>"),
            ("stray.txt", b"s"),
            (".DS_Store", b""),
        ],
    );
    let course = read(bytes).unwrap();
    assert_eq!(
        codes(&course),
        [
            "dangling-reference",
            "dangling-reference",
            "duplicate-identifier",
            "duplicate-identifier",
            "empty-resource",
            "inexact-path",
            "malformed-content",
            "missing-file",
            "system-file",
            "unknown-type",
            "unreferenced-file",
            "unsafe-path",
        ]
    );
    let malformed = course.findings.iter().find(|finding| finding.code.as_str() == "malformed-content").unwrap();
    assert_eq!(malformed.severity, Severity::Loss);
    assert_eq!(malformed.message, "bad.xml, line 1, column 17: the document ends inside <title>");
    assert_eq!(resource(&course, "page").path(), Some("a/page one.html"));
    assert_eq!(resource(&course, "odd").content, Content::Unknown);
}

#[test]
fn canvas_modules_carry_their_rules() {
    let settings = r#"<course identifier="c1" xmlns="http://canvas.instructure.com/xsd/cccv1p0"><title>Sea</title><course_code>SEA1</course_code>
        <start_at>2024-09-01T00:00:00</start_at><conclude_at>someday</conclude_at><license>cc_by</license><is_public>true</is_public><storage_quota>5</storage_quota></course>"#;
    let modules = r#"<c:modules xmlns:c="http://canvas.instructure.com/xsd/cccv1p0">
      <c:module identifier="m2"><c:title>Second</c:title><c:workflow_state>unpublished</c:workflow_state><c:position>2</c:position>
        <c:unlock_at>2024-10-01T00:00:00</c:unlock_at><c:require_sequential_progress>true</c:require_sequential_progress><c:requirement_count>1</c:requirement_count>
        <c:prerequisites><c:prerequisite type="context_module"><c:identifierref>m1</c:identifierref></c:prerequisite>
          <c:prerequisite type="context_module"><c:identifierref>gone</c:identifierref></c:prerequisite></c:prerequisites></c:module>
      <c:module identifier="m1"><c:title>First</c:title><c:workflow_state>active</c:workflow_state><c:position>1</c:position>
        <c:items>
          <c:item identifier="i2"><c:content_type>ContextModuleSubHeader</c:content_type><c:title>Part</c:title><c:position>2</c:position><c:indent>1</c:indent></c:item>
          <c:item identifier="i1"><c:content_type>WikiPage</c:content_type><c:workflow_state>unpublished</c:workflow_state><c:title>Page</c:title><c:identifierref>p</c:identifierref><c:position>1</c:position><c:new_tab>true</c:new_tab></c:item>
        </c:items>
        <c:completionRequirements>
          <c:completionRequirement type="min_score"><c:min_score>7.5</c:min_score><c:identifierref>i1</c:identifierref></c:completionRequirement>
        </c:completionRequirements></c:module></c:modules>"#;
    let files = r#"<fileMeta><folders><folder path="secret"><locked>true</locked></folder></folders>
        <files><file identifier="film"><display_name>Ebb.mp4</display_name><hidden>true</hidden><usage_rights use_justification="own"><legal_copyright>Me</legal_copyright><license>cc_by</license></usage_rights></file></files></fileMeta>"#;
    let tracks = r#"<media_tracks><media identifierref="film"><track kind="subtitles" locale="en" identifierref="vtt"/></media></media_tracks>"#;
    let bytes = package(
        "",
        r#"<resource identifier="c1" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" href="course_settings/canvas_export.txt"><file href="course_settings/canvas_export.txt"/></resource>
           <resource identifier="p" type="webcontent" href="wiki_content/p.html"><file href="wiki_content/p.html"/></resource>
           <resource identifier="film" type="webcontent" href="web_resources/secret/film.mp4"><file href="web_resources/secret/film.mp4"/></resource>
           <resource identifier="vtt" type="webcontent" href="web_resources/film.vtt"><file href="web_resources/film.vtt"/></resource>"#,
        &[
            ("course_settings/canvas_export.txt", b"."),
            ("course_settings/course_settings.xml", settings.as_bytes()),
            ("course_settings/module_meta.xml", modules.as_bytes()),
            ("course_settings/files_meta.xml", files.as_bytes()),
            ("course_settings/media_tracks.xml", tracks.as_bytes()),
            ("wiki_content/p.html", b"<html><head><meta name='workflow_state' content='unpublished'/><meta name='front_page' content='true'></head><body>b</body></html>"),
            ("web_resources/secret/film.mp4", b"f"),
            ("web_resources/film.vtt", b"WEBVTT"),
        ],
    );
    let course = read(bytes).unwrap();
    assert_eq!(course.dialect, Dialect::Canvas(Version::V1_3));
    let settings = course.settings.as_ref().unwrap();
    assert_eq!(
        (settings.code.as_deref(), settings.license.as_deref(), settings.public),
        (Some("SEA1"), Some("cc_by"), Some(true))
    );
    assert_eq!((settings.start_at, settings.end_at), (moment("2024-09-01"), None));
    assert_eq!(settings.other.get("storage_quota").map(String::as_str), Some("5"));
    assert_eq!(course.title.as_deref(), Some("Sea"));

    let [first, second] = course.modules.as_slice() else { panic!("{:?}", course.modules) };
    assert_eq!((first.title.as_str(), first.published, second.published), ("First", Some(true), Some(false)));
    assert_eq!(second.rules.prerequisites, ["m1"]);
    assert_eq!(
        (second.rules.unlock_at, second.rules.sequential, second.rules.requirement_count),
        (moment("2024-10-01"), true, Some(1))
    );
    let [page, part] = first.children.as_slice() else { panic!() };
    assert_eq!((page.resource.as_deref(), page.published, page.new_tab), (Some("p"), Some(false), true));
    assert_eq!(page.requirement, Some(Requirement::MinScore(7.5)));
    assert!(part.is_heading() && part.indent == 1);
    assert_eq!(resource(&course, "p").published, Some(false));
    assert!(matches!(&resource(&course, "p").content, Content::Page(page) if page.front_page));

    let Content::File(film) = &resource(&course, "film").content else { panic!() };
    assert_eq!(
        (film.name.as_str(), film.hidden, film.locked, film.license.as_deref()),
        ("Ebb.mp4", true, true, Some("cc_by"))
    );
    assert_eq!(film.tracks[0].path.as_deref(), Some("web_resources/film.vtt"));
    assert_eq!(codes(&course)[..2], ["bad-date", "dangling-reference"]);
}

#[test]
fn topics_quizzes_tools_and_assignments_are_read() {
    let bytes = package(
        "",
        r#"<resource identifier="s" type="associatedcontent/imscc_xmlv1p3/learning-application-resource" href="course_settings/canvas_export.txt"><file href="course_settings/canvas_export.txt"/></resource>
           <resource identifier="t" type="imsdt_xmlv1p3"><file href="t.xml"/><dependency identifierref="tm"/></resource>
           <resource identifier="tm" type="associatedcontent/imscc_xmlv1p3/learning-application-resource" href="tm.xml"><file href="tm.xml"/></resource>
           <resource identifier="q" type="imsqti_xmlv1p2/imscc_xmlv1p3/assessment"><file href="q/assessment_qti.xml"/><dependency identifierref="qm"/></resource>
           <resource identifier="qm" type="associatedcontent/imscc_xmlv1p3/learning-application-resource" href="q/assessment_meta.xml"><file href="q/assessment_meta.xml"/><file href="non_cc_assessments/q.xml.qti"/></resource>
           <resource identifier="l" type="imsbasiclti_xmlv1p0"><file href="l.xml"/></resource>
           <resource identifier="a" type="assignment_xmlv1p0" href="a.xml"><file href="a.xml"/></resource>
           <resource identifier="a_fallback" type="webcontent"><x:variant xmlns:x="x" identifier="v" identifierref="a"/><file href="a.html"/></resource>"#,
        &[
            ("course_settings/canvas_export.txt", b"."),
            ("t.xml", b"<topic><title>Talk</title><text texttype='text/plain'>a &lt; b</text><attachments><attachment href='x.png'/></attachments></topic>"),
            ("tm.xml", b"<topicMeta identifier='tm'><topic_id>t</topic_id><type>announcement</type><require_initial_post>true</require_initial_post><delayed_post_at>2024-01-02T03:04:05</delayed_post_at><workflow_state>active</workflow_state><assignment identifier='ta'><title>Talk</title><points_possible>10.0</points_possible></assignment></topicMeta>"),
            ("q/assessment_qti.xml", b"<questestinterop><assessment title='Exam'><qtimetadata><qtimetadatafield><fieldlabel>cc_maxattempts</fieldlabel><fieldentry>2</fieldentry></qtimetadatafield></qtimetadata><section><item/><item/></section></assessment></questestinterop>"),
            ("q/assessment_meta.xml", b"<quiz identifier='q'><title>Final exam</title><description>&lt;p&gt;Be calm&lt;/p&gt;</description><points_possible>many</points_possible><available>false</available><time_limit>30</time_limit></quiz>"),
            ("non_cc_assessments/q.xml.qti", b"<questestinterop/>"),
            ("l.xml", b"<cartridge_basiclti_link xmlns:blti='b' xmlns:lticm='c'><blti:title>Tool</blti:title><blti:launch_url>http://t.example</blti:launch_url><blti:custom><lticm:property name='k'>v</lticm:property></blti:custom><blti:extensions platform='p'><lticm:property name='x'>y</lticm:property></blti:extensions></cartridge_basiclti_link>"),
            ("a.xml", b"<assignment identifier='a'><title>Old title</title><text texttype='text/html'><p>Inline <b>markup</b></p></text><gradable points_possible='15'>true</gradable><submission_formats><format type='file'/></submission_formats><extensions><assignment><title>Essay</title><due_at>2024-05-06T07:08:09</due_at><submission_types>online_upload,online_url</submission_types><workflow_state>unpublished</workflow_state></assignment></extensions></assignment>"),
            ("a.html", b"<html><body>fallback</body></html>"),
        ],
    );
    let course = read(bytes).unwrap();
    let Content::Discussion(topic) = &resource(&course, "t").content else { panic!() };
    assert_eq!((topic.text.text.as_str(), topic.text.html), ("a < b", false));
    assert!(topic.announcement && topic.post_first);
    assert_eq!(topic.unlock_at, moment("2024-01-02T03:04:05"));
    assert_eq!(topic.assignment.as_ref().and_then(|graded| graded.points), Some(10.0));
    assert_eq!(topic.attachments, ["x.png"]);
    assert_eq!(resource(&course, "tm").companion_of.as_deref(), Some("t"));

    let quiz = resource(&course, "q");
    let Content::Assessment(exam) = &quiz.content else { panic!() };
    assert_eq!((quiz.title.as_deref(), quiz.published, exam.questions), (Some("Final exam"), Some(false), 2));
    assert_eq!((exam.attempts, exam.time_limit_minutes), (Some(2), Some(30)));
    assert_eq!(exam.canvas_qti.as_deref(), Some("non_cc_assessments/q.xml.qti"));

    let Content::Tool(tool) = &resource(&course, "l").content else { panic!() };
    assert_eq!(
        (tool.launch_url.as_deref(), tool.custom["k"].as_str(), tool.extensions["p"]["x"].as_str()),
        (Some("http://t.example"), "v", "y")
    );

    let assignment = resource(&course, "a");
    let Content::Assignment(essay) = &assignment.content else { panic!() };
    assert_eq!((essay.title.as_str(), essay.points, assignment.published), ("Essay", Some(15.0), Some(false)));
    assert_eq!(essay.text.text, "<p>Inline <b>markup</b></p>");
    assert_eq!((essay.due_at, essay.submission_types.len()), (moment("2024-05-06T07:08:09"), 2));
    assert_eq!(resource(&course, "a_fallback").companion_of.as_deref(), Some("a"));
    assert_eq!(codes(&course), ["bad-number"]);
}

#[test]
fn content_inside_the_manifest_keeps_its_namespaces() {
    let bytes = manifest(
        "",
        r#"<resource identifier="t" type="imsdt_xmlv1p3" xmlns:dt="urn:topic"><dt:topic><dt:title>In &amp; out</dt:title><dt:text texttype="text/html">x</dt:text></dt:topic></resource>"#,
    );
    let course = read(bytes.into_bytes()).unwrap();
    let topic = resource(&course, "t");
    assert_eq!(topic.title.as_deref(), Some("In & out"));
    let inline = String::from_utf8(topic.inline.clone().unwrap()).unwrap();
    assert!(
        inline.contains("xmlns:dt=\"urn:topic\"")
            && inline.contains("xmlns=\"http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1\""),
        "{inline}"
    );
    let again =
        format!("<resource identifier=\"t\" type=\"imsdt_xmlv1p3\">{}</resource>", inline.split_once("?>").unwrap().1);
    let course = read(manifest("", &again).into_bytes()).unwrap();
    assert_eq!(resource(&course, "t").title.as_deref(), Some("In & out"));
}

#[test]
fn content_packages_are_read_with_bases_parts_and_addresses() {
    let manifest = r#"<manifest identifier="cp" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:md="http://www.imsglobal.org/xsd/imsmd_v1p2" xml:base="course/">
      <metadata><schema>IMS Content</schema><schemaversion>1.1.4</schemaversion>
        <md:lom><md:general><md:title><md:langstring xml:lang="de">Gezeiten</md:langstring></md:title><md:keyword><md:langstring>Ebbe</md:langstring></md:keyword></md:general>
        <md:rights><md:copyrightandotherrestrictions><md:source><md:langstring>LOMv1.0</md:langstring></md:source><md:value><md:langstring>no</md:langstring></md:value></md:copyrightandotherrestrictions></md:rights></md:lom></metadata>
      <organizations default="two"><organization identifier="one"><title>Wrong</title></organization>
        <organization identifier="two"><title>Right</title><item identifier="i1" identifierref="r1" isvisible="false" parameters="?x=1"><title>A</title></item><item identifier="i2" identifierref="r2"><title>B</title></item></organization></organizations>
      <resources xml:base="text/"><resource identifier="r1" type="text/html" href="a.htm?x=2"><file href="a.htm"/></resource>
        <resource identifier="r2" type="webcontent" href="https://example.org/b"/></resources>
      <manifest identifier="sub"><resources><resource identifier="r3" type="webcontent" href="c.pdf"><file href="c.pdf"/></resource></resources></manifest>
    </manifest>"#;
    let bytes =
        archive(&[("imsmanifest.xml", manifest.as_bytes()), ("course/text/a.htm", b"<p>A"), ("course/c.pdf", b"%PDF")]);
    let course = read(bytes).unwrap();
    assert_eq!((course.dialect, course.version.as_str()), (Dialect::ContentPackage, "1.1.4"));
    assert_eq!((course.title.as_deref(), course.metadata.language.as_deref()), (Some("Gezeiten"), Some("de")));
    assert_eq!(
        (course.metadata.restricted, course.metadata.keywords.as_slice()),
        (Some(false), &["Ebbe".to_owned()][..])
    );
    let [a, b] = course.modules.as_slice() else { panic!() };
    assert_eq!((a.published, a.parameters.as_deref(), b.resource.as_deref()), (Some(false), Some("?x=1"), Some("r2")));
    assert_eq!(resource(&course, "r1").path(), Some("course/text/a.htm"));
    assert!(matches!(&resource(&course, "r2").content, Content::WebLink(link) if link.url == "https://example.org/b"));
    assert_eq!(resource(&course, "r3").path(), Some("course/c.pdf"));
    assert_eq!(codes(&course), ["nested-manifest", "several-organizations"]);
}

#[test]
fn a_top_folder_backslashes_and_accents_are_no_obstacle() {
    let manifest = manifest(
        "",
        "<resource identifier='a' type='webcontent' href='bild\\Caf\u{e9} 1.png'><file href='bild\\Caf\u{e9} 1.png'/></resource>
         <resource identifier='b' type='webcontent' href='text/100%.html'><file href='text/100%.html'/></resource>",
    );
    let bytes = archive(&[
        ("__MACOSX/._imsmanifest.xml", b""),
        ("Kurs/", b""),
        ("Kurs/IMSmanifest.xml", manifest.as_bytes()),
        ("Kurs/bild\\Cafe\u{301} 1.png", b"png"),
        ("Kurs/text/100%.html", b"<p>all"),
        ("liesmich.txt", b""),
    ]);
    let mut package = open(bytes).unwrap();
    assert_eq!(package.root(), "Kurs");
    let course = package.cartridge().unwrap();
    assert_eq!(resource(&course, "a").path(), Some("bild/Cafe\u{301} 1.png"));
    assert!(matches!(resource(&course, "b").content, Content::Page(_)));
    assert_eq!(package.read("bild/Cafe\u{301} 1.png").unwrap(), b"png");
    assert_eq!(package.find("BILD/caf\u{e9}%201.PNG"), Some("bild/Cafe\u{301} 1.png"));
    assert_eq!(package.read("nope").unwrap_err().code(), "no-such-file");
    let mut streamed = Vec::new();
    std::io::Read::read_to_end(&mut package.reader("text/100%.html").unwrap(), &mut streamed).unwrap();
    assert_eq!(streamed, b"<p>all");
}

#[test]
fn manifests_in_any_encoding_are_read() {
    let text = manifest("<item identifier='m'><title>Flut & Ebbe – ä</title></item>", "").replace("& ", "&amp; ");
    let utf16 = text.replace("UTF-8", "UTF-16");
    let little: Vec<u8> = utf16.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = utf16.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let latin = encoding_rs::WINDOWS_1252.encode(&text.replace("UTF-8", "windows-1252")).0.into_owned();
    let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    let forms = [
        text.clone().into_bytes(),
        marked(b"\xef\xbb\xbf", text.as_bytes()),
        marked(b"\xff\xfe", &little),
        marked(b"\xfe\xff", &big),
        little,
        big,
        latin,
    ];
    for (number, form) in forms.iter().enumerate() {
        for bytes in [form.clone(), archive(&[("imsmanifest.xml", form)])] {
            let course = read(bytes).unwrap_or_else(|error| panic!("{number}: {error}"));
            assert_eq!(course.modules[0].title, "Flut & Ebbe – ä", "{number}");
            assert_eq!(codes(&course), Vec::<&str>::new(), "{number}");
        }
    }
}

type Entries<'e> = &'e [(&'e str, &'e [u8])];

#[test]
fn formats_are_told_apart_and_named() {
    let table: [(Entries<'_>, Option<Format>); 6] = [
        (&[("moodle_backup.xml", b"<x/>")], Some(Format::Moodle2)),
        (&[("h5p.json", b"{}"), ("content/content.json", b"{}")], Some(Format::H5p)),
        (&[("cmi5.xml", b"<x/>")], Some(Format::Cmi5)),
        (&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")], Some(Format::OfficeDocument)),
        (&[("META-INF/container.xml", b"<x/>")], Some(Format::Epub)),
        (&[("readme.txt", b"hello")], None),
    ];
    for (entries, format) in table {
        match open(archive(entries)).err() {
            Some(cartridge::Error::NoManifest { recognised }) => assert_eq!(recognised, format),
            other => panic!("{other:?}"),
        }
    }
    let scorm = r#"<manifest identifier="s" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
      <organizations><organization identifier="o"><item identifier="i" identifierref="r"><title>Go</title></item></organization></organizations>
      <resources><resource identifier="r" type="webcontent" href="go.html"><file href="go.html"/></resource></resources></manifest>"#;
    let mut package = open(archive(&[("imsmanifest.xml", scorm.as_bytes()), ("go.html", b"go")])).unwrap();
    assert_eq!(package.format(), Some(Format::Scorm2004));
    assert_eq!(
        package.cartridge().unwrap_err().to_string(),
        "this is a SCORM 2004 package, not a Common Cartridge or an IMS content package"
    );
    let course = package.content().unwrap();
    assert_eq!((course.modules.len(), course.resources.len()), (1, 1));
}

#[test]
fn alternatives_are_followed_to_the_best_known_one() {
    let variant = |id: &str, kind: &str, to: Option<&str>| {
        let to = to
            .map(|to| format!("<v:variant xmlns:v='v' identifier='{id}v' identifierref='{to}'/>"))
            .unwrap_or_default();
        format!(
            "<resource identifier='{id}' type='{kind}'>{to}<webLink><title>{id}</title><url href='x:{id}'/></webLink></resource>"
        )
    };
    let resources = [
        variant("a", "imswl_xmlv1p3", Some("b")),
        variant("b", "imswl_xmlv1p3", Some("c")),
        variant("c", "alien", None),
        variant("x", "imswl_xmlv1p3", Some("y")),
        variant("y", "imswl_xmlv1p3", Some("x")),
    ];
    let course = read(manifest("", &resources.concat()).into_bytes()).unwrap();
    let preferred = |id: &str| course.preferred(id).map(|found| found.identifier.as_str());
    assert_eq!(
        (preferred("a"), preferred("c"), preferred("x"), preferred("gone")),
        (Some("b"), Some("c"), Some("y"), None)
    );
    assert_eq!(codes(&course), ["unknown-type", "variant-loop", "variant-loop"]);
}
