//! The files of resources, written: pages, links, topics.

use std::collections::BTreeMap;

use crate::text::escaped;
use crate::write_xml::XmlWriter;
use crate::{Assignment, Discussion, Page, WebLink};

pub(crate) const XSI: (&str, &str) = ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
/// The namespace of everything that Canvas adds.
pub(crate) const CANVAS: (&str, &str) = ("xmlns", "http://canvas.instructure.com/xsd/cccv1p0");
pub(crate) const CANVAS_SCHEMA: (&str, &str) =
    ("xsi:schemaLocation", "http://canvas.instructure.com/xsd/cccv1p0 https://canvas.instructure.com/xsd/cccv1p0.xsd");

/// A page with its state in the head, as Canvas writes it.
pub(crate) fn page(identifier: &str, published: Option<bool>, page: &Page) -> Vec<u8> {
    let mut meta: BTreeMap<&str, String> =
        page.meta.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    meta.insert("identifier", identifier.to_owned());
    if let Some(published) = published {
        meta.insert("workflow_state", if published { "active" } else { "unpublished" }.to_owned());
    }
    if page.front_page {
        meta.insert("front_page", "true".to_owned());
    }
    if let Some(at) = page.publish_at {
        meta.insert("publish_at", at.to_string());
    }
    framed(page, &meta)
}

/// A page without state.
pub(crate) fn plain_page(page: &Page) -> Vec<u8> {
    let meta = page.meta.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    framed(page, &meta)
}

fn framed(page: &Page, meta: &BTreeMap<&str, String>) -> Vec<u8> {
    let mut out =
        String::from("<html>\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"/>\n");
    out.push_str(&format!("<title>{}</title>\n", escaped(&page.title)));
    for (name, value) in meta {
        out.push_str(&format!("<meta name=\"{}\" content=\"{}\"/>\n", escaped(name), escaped(value)));
    }
    out.push_str(&format!("</head>\n<body>\n{}\n</body>\n</html>\n", page.body));
    out.into_bytes()
}

/// A web link of Common Cartridge 1.3.
pub(crate) fn web_link(link: &WebLink) -> Vec<u8> {
    let mut xml = XmlWriter::new();
    let schema = "http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3 http://www.imsglobal.org/profile/cc/ccv1p3/ccv1p3_imswl_v1p3.xsd";
    let namespace = ("xmlns", "http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3");
    xml.open("webLink", &[namespace, XSI, ("xsi:schemaLocation", schema)]).leaf("title", &link.title);
    let mut attributes = vec![("href", link.url.as_str())];
    attributes.extend(link.target.as_deref().map(|target| ("target", target)));
    attributes.extend(link.window_features.as_deref().map(|features| ("windowFeatures", features)));
    xml.empty("url", &attributes);
    xml.finish()
}

/// A topic of Common Cartridge 1.3.
pub(crate) fn discussion(topic: &Discussion) -> Vec<u8> {
    let mut xml = XmlWriter::new();
    let schema = "http://www.imsglobal.org/xsd/imsccv1p3/imsdt_v1p3 http://www.imsglobal.org/profile/cc/ccv1p3/ccv1p3_imsdt_v1p3.xsd";
    let namespace = ("xmlns", "http://www.imsglobal.org/xsd/imsccv1p3/imsdt_v1p3");
    xml.open("topic", &[namespace, XSI, ("xsi:schemaLocation", schema)]).leaf("title", &topic.title);
    let kind = if topic.text.html { "text/html" } else { "text/plain" };
    xml.leaf_with("text", &[("texttype", kind)], &topic.text.text);
    if !topic.attachments.is_empty() {
        xml.open("attachments", &[]);
        for attachment in &topic.attachments {
            xml.empty("attachment", &[("href", attachment)]);
        }
    }
    xml.finish()
}

/// What Canvas keeps beside a topic; `None` if there is nothing to say.
pub(crate) fn topic_meta(identifier: &str, own: &str, published: Option<bool>, topic: &Discussion) -> Option<Vec<u8>> {
    let plain = Discussion {
        title: topic.title.clone(),
        text: topic.text.clone(),
        attachments: topic.attachments.clone(),
        ..Discussion::default()
    };
    if published.is_none() && *topic == plain {
        return None;
    }
    let mut xml = XmlWriter::new();
    xml.open("topicMeta", &[("identifier", own), CANVAS, XSI, CANVAS_SCHEMA]);
    xml.leaf("topic_id", identifier).leaf("title", &topic.title);
    xml.maybe("delayed_post_at", topic.unlock_at).maybe("lock_at", topic.lock_at);
    xml.leaf("type", if topic.announcement { "announcement" } else { "topic" });
    xml.maybe("pinned", topic.pinned.then_some(true)).maybe("require_initial_post", topic.post_first.then_some(true));
    xml.maybe("workflow_state", published.map(|published| if published { "active" } else { "unpublished" }));
    if let Some(assignment) = &topic.assignment {
        xml.open("assignment", &[("identifier", &format!("{own}_assignment"))]);
        assignment_fields(&mut xml, assignment);
    }
    Some(xml.finish())
}

fn assignment_fields(xml: &mut XmlWriter, assignment: &Assignment) {
    let list = |list: &[String]| Some(list.join(",")).filter(|joined| !joined.is_empty());
    xml.leaf("title", &assignment.title)
        .maybe("due_at", assignment.due_at)
        .maybe("lock_at", assignment.lock_at)
        .maybe("unlock_at", assignment.unlock_at)
        .maybe("assignment_group_identifierref", assignment.group.as_ref())
        .maybe("rubric_identifierref", assignment.rubric.as_ref())
        .maybe("quiz_identifierref", assignment.quiz.as_ref())
        .maybe("allowed_extensions", list(&assignment.allowed_extensions))
        .maybe("points_possible", assignment.points)
        .maybe("grading_type", assignment.grading_type.as_ref())
        .maybe("submission_types", list(&assignment.submission_types))
        .maybe("position", assignment.position)
        .maybe("peer_reviews", assignment.peer_reviews.then_some(true));
}
