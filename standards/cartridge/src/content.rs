//! What the files of resources say: links, topics, assignments, quizzes, tools.

use std::collections::BTreeMap;

use crate::manifest::truth;
use crate::notes::{Notes, finite, flag, text};
use crate::xml::Node as Xml;
use crate::{Assessment, Assignment, Discussion, RichText, Tool, WebLink};

/// A web link (`imswl_xmlv1p*`).
pub(crate) fn web_link(root: Xml<'_>) -> Option<WebLink> {
    let url = root.child("url")?;
    let attribute = |name: &str| url.attribute(name).filter(|text| !text.is_empty()).map(str::to_owned);
    Some(WebLink {
        title: root.value("title").unwrap_or_default().to_owned(),
        url: url.attribute("href").unwrap_or_else(|| url.text()).trim().to_owned(),
        target: attribute("target"),
        window_features: attribute("windowFeatures"),
    })
}

/// A discussion topic (`imsdt_xmlv1p*`).
pub(crate) fn discussion(root: Xml<'_>) -> Discussion {
    Discussion {
        title: root.value("title").unwrap_or_default().to_owned(),
        text: root.child("text").map(rich_text).unwrap_or_default(),
        attachments: attachments(root),
        ..Discussion::default()
    }
}

/// What Canvas adds to a topic (`topicMeta`). Returns whether the topic is published.
pub(crate) fn topic_meta(root: Xml<'_>, topic: &mut Discussion, notes: &mut Notes<'_>) -> Option<bool> {
    topic.announcement = root.value("type") == Some("announcement");
    topic.pinned = flag(root, "pinned").unwrap_or(false);
    topic.post_first = flag(root, "require_initial_post").unwrap_or(false);
    topic.unlock_at = notes.date(root, "delayed_post_at").or_else(|| notes.date(root, "unlock_at"));
    topic.lock_at = notes.date(root, "lock_at");
    topic.assignment = root.child("assignment").map(|node| {
        let mut assignment = Assignment::default();
        canvas_assignment(node, &mut assignment, notes);
        Box::new(assignment)
    });
    // A topic that waits for its date is published all the same.
    root.value("workflow_state").map(|state| state != "unpublished" && state != "deleted")
}

/// An assignment of the Common Cartridge extension (`assignment_xmlv1p0`), with what Canvas adds
/// to it. Returns whether it is published, where that is said.
pub(crate) fn assignment(root: Xml<'_>, notes: &mut Notes<'_>) -> (Assignment, Option<bool>) {
    let gradable = root.child("gradable");
    let points = gradable.and_then(|gradable| gradable.attribute("points_possible"));
    let formats = root.child("submission_formats");
    let mut assignment = Assignment {
        title: root.value("title").unwrap_or_default().to_owned(),
        text: root.child("text").map(rich_text).unwrap_or_default(),
        instructor_text: root.child("instructor_text").map(rich_text).filter(|rich| !rich.text.trim().is_empty()),
        points: finite(points.and_then(|points| notes.parsed("points_possible", points))),
        gradable: gradable.and_then(|gradable| truth(gradable.text())),
        submission_types: formats
            .map(|formats| {
                formats.all("format").filter_map(|format| format.attribute("type")).map(str::to_owned).collect()
            })
            .unwrap_or_default(),
        attachments: attachments(root),
        ..Assignment::default()
    };
    let extension = root.child("extensions").and_then(|extensions| extensions.child("assignment"));
    let published = extension.and_then(|node| canvas_assignment(node, &mut assignment, notes));
    (assignment, published)
}

/// What Canvas says about an assignment, in `assignment_settings.xml`, in the extension of a
/// Common Cartridge assignment, or inside the settings of a topic. What it does not say stays.
pub(crate) fn canvas_assignment(node: Xml<'_>, assignment: &mut Assignment, notes: &mut Notes<'_>) -> Option<bool> {
    if let Some(title) = node.value("title") {
        assignment.title = title.to_owned();
    }
    assignment.points = finite(notes.number(node, "points_possible")).or(assignment.points);
    assignment.grading_type = text(node, "grading_type");
    let types: Vec<String> = list(node, "submission_types");
    if !types.is_empty() {
        assignment.submission_types = types;
    }
    assignment.allowed_extensions = list(node, "allowed_extensions");
    assignment.due_at = notes.date(node, "due_at");
    assignment.unlock_at = notes.date(node, "unlock_at");
    assignment.lock_at = notes.date(node, "lock_at");
    assignment.group = text(node, "assignment_group_identifierref");
    assignment.rubric = text(node, "rubric_identifierref");
    assignment.quiz = text(node, "quiz_identifierref");
    assignment.position = notes.number(node, "position");
    assignment.peer_reviews = flag(node, "peer_reviews").unwrap_or(false);
    node.value("workflow_state").map(|state| state == "published" || state == "active")
}

fn list(node: Xml<'_>, name: &str) -> Vec<String> {
    let parts = node.value(name).unwrap_or_default().split(',');
    parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn rich_text(node: Xml<'_>) -> RichText {
    let plain = node.attribute("texttype").is_some_and(|kind| kind.eq_ignore_ascii_case("text/plain"));
    RichText { text: node.markup(), html: !plain }
}

fn attachments(root: Xml<'_>) -> Vec<String> {
    let Some(list) = root.child("attachments") else { return Vec::new() };
    list.all("attachment").filter_map(|attachment| attachment.attribute("href")).map(str::to_owned).collect()
}

/// A quiz or question bank in QTI 1.2: its title and the number of its questions. QTI 2 files,
/// which some packages carry, are known by their root alone.
pub(crate) fn assessment(root: Xml<'_>) -> Assessment {
    let holder = root
        .descendants()
        .chain([root])
        .find(|node| matches!(node.name(), "assessment" | "objectbank" | "assessmentTest" | "assessmentItem"));
    let metadata = holder.into_iter().flat_map(|holder| {
        let fields = holder.child("qtimetadata").into_iter().flat_map(|metadata| metadata.all("qtimetadatafield"));
        fields.filter_map(|field| Some((field.value("fieldlabel")?, field.value("fieldentry")?)))
    });
    let fields: BTreeMap<&str, &str> = metadata.collect();
    let field = |name: &str| fields.get(name).copied();
    Assessment {
        title: holder
            .and_then(|holder| holder.attribute("title"))
            .or_else(|| field("bank_title"))
            .unwrap_or_default()
            .to_owned(),
        questions: root.descendants().filter(|node| matches!(node.name(), "item" | "assessmentItemRef")).count() as u32,
        attempts: field("cc_maxattempts").and_then(|text| match text {
            "unlimited" => Some(-1),
            number => number.parse().ok(),
        }),
        time_limit_minutes: field("qmd_timelimit").and_then(|text| text.parse().ok()),
        ..Assessment::default()
    }
}

/// What Canvas adds to a quiz (`assessment_meta.xml`). Returns whether it is published.
pub(crate) fn quiz_meta(root: Xml<'_>, quiz: &mut Assessment, notes: &mut Notes<'_>) -> Option<bool> {
    if let Some(title) = root.value("title") {
        quiz.title = title.to_owned();
    }
    quiz.description = root.child("description").map(Xml::markup).filter(|text| !text.trim().is_empty());
    quiz.quiz_type = text(root, "quiz_type");
    quiz.points = finite(notes.number(root, "points_possible")).or(quiz.points);
    quiz.attempts = notes.number(root, "allowed_attempts").or(quiz.attempts);
    quiz.time_limit_minutes = notes.number(root, "time_limit").or(quiz.time_limit_minutes);
    let assignment = root.child("assignment");
    let mut date =
        |name: &str| notes.date(root, name).or_else(|| assignment.and_then(|assignment| notes.date(assignment, name)));
    quiz.due_at = date("due_at");
    quiz.unlock_at = date("unlock_at");
    quiz.lock_at = date("lock_at");
    let state = assignment.and_then(|assignment| assignment.value("workflow_state"));
    flag(root, "available").or_else(|| state.map(|state| state == "published"))
}

/// A tool (`imsbasiclti_xmlv1p0`).
pub(crate) fn tool(root: Xml<'_>) -> Tool {
    let extensions = root.all("extensions").map(|extension| {
        let platform = extension.attribute("platform").unwrap_or_default().to_owned();
        (platform, properties(extension))
    });
    Tool {
        title: root.value("title").unwrap_or_default().to_owned(),
        description: text(root, "description"),
        launch_url: text(root, "launch_url"),
        secure_launch_url: text(root, "secure_launch_url"),
        custom: root.child("custom").map(properties).unwrap_or_default(),
        extensions: extensions.collect(),
        vendor: root.child("vendor").and_then(|vendor| text(vendor, "name")),
    }
}

fn properties(node: Xml<'_>) -> BTreeMap<String, String> {
    let all = node.all("property").chain(node.all("parameter"));
    all.filter_map(|one| Some((one.attribute("name")?.to_owned(), one.text().trim().to_owned()))).collect()
}
