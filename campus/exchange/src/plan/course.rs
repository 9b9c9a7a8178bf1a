//! What a package says of the course as a whole.

use cartridge::{Content, Resource};
use courses::course::{ABOUT_MAX, CODE_MAX, Licence, SUMMARY_MAX};

use super::planner::Planner;
use super::{PlannedContent, cut};
use crate::report::{Fate, Note};

/// Settings of Canvas that are about matters of Canvas itself: nothing here could take them.
const PASSED_OVER: &[&str] = &[
    "storage_quota",
    "root_account_uuid",
    "tab_configuration",
    "enable_offline_web_export",
    "indexed",
    "account_id",
    "turnitin_comments",
];

impl<'c> Planner<'c> {
    /// The course: the first line of the report. What its settings cannot take is kept with the other originals.
    pub(super) fn course(&mut self) {
        let course = self.course;
        let settings = course.settings.clone().unwrap_or_default();
        let title = course.title.clone().filter(|title| !title.trim().is_empty());
        let title = title.map_or_else(|| self.words.untitled.clone(), |title| cut(&title));
        let described = settings.description.as_deref().or(course.metadata.description.as_deref());
        let summary = described.map(text::html::visible_text).unwrap_or_default();
        let rights = settings.license.as_deref().or(course.metadata.rights.as_deref());
        let planned = &mut self.plan.course;
        planned.title.clone_from(&title);
        planned.code = settings.code.clone().unwrap_or_default().trim().chars().take(CODE_MAX).collect();
        if planned.code == title {
            planned.code.clear();
        }
        planned.language = settings.language.clone().or_else(|| course.metadata.language.clone());
        planned.summary = text::excerpt(&summary, SUMMARY_MAX);
        planned.starts_seconds = settings.start_at.map(|at| at.unix_seconds);
        planned.ends_seconds = settings.end_at.map(|at| at.unix_seconds);
        planned.licence = rights.and_then(licence);
        if let Some(extra) = self.extra {
            planned.hue = extra.course.hue;
            planned.weeks = Some(extra.course.weeks);
            planned.licence = extra.course.licence.parse().ok().or(planned.licence);
        }
        let mut notes = vec![Note::plain("settings")];
        if settings.image.is_some() {
            notes.push(Note::plain("image"));
        }
        let left: Vec<&str> =
            settings.other.keys().map(String::as_str).filter(|name| !PASSED_OVER.contains(name)).collect();
        let has_more = !left.is_empty();
        if has_more {
            notes.push(Note::about("settings-left", left.join(", ")));
        }
        let fate = if notes.len() > 1 { Fate::Changed } else { Fate::Taken };
        self.plan.course.entry = self.entry("course", &title, fate, notes);
        if let Some(about) = self.extra.map(|extra| extra.course.about.clone()).filter(|about| !about.trim().is_empty())
        {
            let entry = self.entry("syllabus", &title, Fate::Taken, Vec::new());
            self.plan.course.about = Some((about, entry));
        }
        for resource in course.resources.iter().filter(|one| one.content == Content::Settings) {
            self.keep_settings(resource, has_more);
        }
    }

    /// The files with the settings of Canvas: rubrics, groups of assignments, outcomes and more wait in them.
    fn keep_settings(&mut self, resource: &'c Resource, has_more: bool) {
        self.done.insert(&resource.identifier);
        let is_understood = resource.files.iter().all(|file| file.path.as_deref().is_none_or(crate::kept::is_written));
        if is_understood && !has_more {
            self.account(self.plan.course.entry, &resource.identifier);
            return;
        }
        let entry = self.keep_only(resource, "settings", &self.plan.course.title.clone(), "kept-settings");
        self.account(entry, &resource.identifier);
    }

    /// The syllabus becomes that of the course, where it needs no file and no page of the course; else a page.
    pub(super) fn syllabus(&mut self, resource: &'c Resource, title: &str) -> bool {
        let Content::Syllabus(page) = &resource.content else { return false };
        if self.plan.course.about.is_some() {
            // It is ours, and came as it was written.
            let entry = self.plan.course.about.as_ref().map_or(self.plan.course.entry, |(_, entry)| *entry);
            self.account(entry, &resource.identifier);
            return true;
        }
        let texts = self.text(&page.body, resource.path().unwrap_or_default());
        let PlannedContent::Markdown(markdown) = &texts.content else { return false };
        if markdown.trim().is_empty() {
            let entry = self.entry("syllabus", title, Fate::Left, vec![Note::plain("empty")]);
            self.account(entry, &resource.identifier);
            return true;
        }
        let needs_course =
            ["](files/", "](item/", "](kept/", "\"files/", "\"item/"].iter().any(|at| markdown.contains(at));
        if needs_course || markdown.chars().count() > ABOUT_MAX {
            return false;
        }
        let (markdown, mut notes) = (markdown.clone(), texts.notes);
        notes.insert(0, Note::plain("as-syllabus"));
        let entry = self.told("syllabus", title, notes);
        self.account(entry, &resource.identifier);
        self.plan.course.about = Some((markdown, entry));
        true
    }
}

/// The licence that a package names: a word of Canvas, or the address of one of Creative Commons.
fn licence(rights: &str) -> Option<Licence> {
    let lower = rights.to_ascii_lowercase();
    let named = lower.split("creativecommons.org/").nth(1).map(|rest| rest.trim_start_matches("licenses/"));
    let word = match named {
        Some(rest) if rest.starts_with("publicdomain/zero") => "zero".to_owned(),
        Some(rest) if rest.starts_with("publicdomain") => "public_domain".to_owned(),
        Some(rest) => format!("cc_{}", rest.split('/').next().unwrap_or_default().replace('-', "_")),
        None => lower.trim().to_owned(),
    };
    Some(match word.as_str() {
        "private" => Licence::Reserved,
        "public_domain" => Licence::PublicDomain,
        "zero" | "cc0" | "cc_zero" => Licence::Zero,
        "cc_by" => Licence::By,
        "cc_by_sa" => Licence::BySa,
        "cc_by_nc" => Licence::ByNc,
        "cc_by_nc_sa" => Licence::ByNcSa,
        "cc_by_nd" => Licence::ByNd,
        "cc_by_nc_nd" => Licence::ByNcNd,
        _ => return None,
    })
}

/// The word of Canvas for a licence.
pub(crate) const fn licence_word(licence: Licence) -> &'static str {
    match licence {
        Licence::Reserved => "private",
        Licence::By => "cc_by",
        Licence::BySa => "cc_by_sa",
        Licence::ByNc => "cc_by_nc",
        Licence::ByNcSa => "cc_by_nc_sa",
        Licence::ByNd => "cc_by_nd",
        Licence::ByNcNd => "cc_by_nc_nd",
        Licence::Zero | Licence::PublicDomain => "public_domain",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_known_by_word_and_address() {
        for (rights, expected) in [
            ("cc_by_sa", Some(Licence::BySa)),
            ("private", Some(Licence::Reserved)),
            ("Attribution - https://creativecommons.org/licenses/by-nc-nd/4.0/", Some(Licence::ByNcNd)),
            ("http://creativecommons.org/publicdomain/zero/1.0/", Some(Licence::Zero)),
            ("Copyright 2014", None),
        ] {
            assert_eq!(licence(rights), expected, "{rights}");
        }
        let all = [
            Licence::By,
            Licence::BySa,
            Licence::ByNc,
            Licence::ByNcSa,
            Licence::ByNd,
            Licence::ByNcNd,
            Licence::Reserved,
        ];
        assert!(all.iter().all(|one| licence(licence_word(*one)) == Some(*one)));
    }
}
