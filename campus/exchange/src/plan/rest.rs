//! What the outline of a package does not show.

use std::collections::HashSet;

use cartridge::{Content, Resource};
use outline::Completion;

use super::planner::Planner;
use super::{Place, PlannedContent, PlannedFile, PlannedItem, cut};
use crate::report::{Fate, Note};

impl<'c> Planner<'c> {
    /// What no module shows: pages and links come into a module at the end, the first page of the course into one at the
    /// beginning, files into the library; everything else is kept. No resource is passed over.
    pub(super) fn strays(&mut self) {
        // What stands outside of the modules of an outline does not count there either.
        let counts = self.items == 0;
        for resource in &self.course.resources {
            if self.done.contains(resource.identifier.as_str()) || resource.content == Content::Companion {
                continue;
            }
            self.place = Place::default();
            let title = resource.title.clone().filter(|title| !title.trim().is_empty());
            let title = title.or_else(|| resource.path().map(text::title_from_name));
            let title = cut(&title.unwrap_or_else(|| resource.identifier.clone()));
            let best =
                self.course.preferred(&resource.identifier).filter(|best| best.identifier != resource.identifier);
            if let Some(best) = best {
                let about = best.title.clone().unwrap_or_else(|| best.identifier.clone());
                self.keep(resource, "other", &title);
                let entry = self.entry("other", &title, Fate::Left, vec![Note::about("alternative", about)]);
                self.account(entry, &resource.identifier);
                continue;
            }
            match &resource.content {
                Content::Syllabus(_) if self.syllabus(resource, &title) => {}
                Content::Page(_) | Content::Syllabus(_) | Content::WebLink(_) | Content::Assignment(_) => {
                    self.stray(resource, &title, counts);
                }
                Content::File(_) | Content::Attachments if resource.path().is_some() => self.take_files(resource),
                _ => {
                    self.content(resource, &title, None);
                    self.account(self.plan.report.entries.len() - 1, &resource.identifier);
                }
            }
        }
        self.lost_companions();
    }

    fn stray(&mut self, resource: &'c Resource, title: &str, counts: bool) {
        let is_front = matches!(&resource.content, Content::Page(page) if page.front_page);
        let (name, module) = if is_front { ("start", &self.words.start) } else { ("more", &self.words.more) };
        let module = if counts && !is_front { self.plan.report.title.clone() } else { module.clone() };
        let at = self.module_called(name, &module, is_front);
        let made = self.content(resource, title, None);
        let entry = made.as_ref().map_or(self.plan.report.entries.len() - 1, |made| made.entry);
        self.account(entry, &resource.identifier);
        let Some(made) = made else { return };
        if !is_front {
            self.note(entry, Note::plain("outside"));
        }
        let completion = match &made.content {
            _ if !counts => Completion::None,
            PlannedContent::Heading => Completion::None,
            _ if matches!(resource.content, Content::Assignment(_)) => Completion::Mark,
            _ => Completion::View,
        };
        let published = made.published != Some(false) && !resource.instructor_only;
        let source = self.source("r", &resource.identifier);
        let planned = self.planned(made, source, &resource.identifier, title.to_owned(), published);
        let planned = planned.map(|planned| PlannedItem { completion, ..planned });
        self.plan.modules[at].items.extend(planned);
    }

    /// What describes something that is not there.
    fn lost_companions(&mut self) {
        let told: HashSet<String> = self.plan.report.entries.iter().flat_map(|entry| entry.resources.clone()).collect();
        let is_lost =
            |resource: &&Resource| resource.content == Content::Companion && !told.contains(&resource.identifier);
        for resource in self.course.resources.iter().filter(is_lost) {
            let title = resource.title.clone().unwrap_or_else(|| resource.identifier.clone());
            self.keep(resource, "other", &title);
            let entry = self.entry("other", &title, Fate::Left, vec![Note::plain("describes-nothing")]);
            self.account(entry, &resource.identifier);
        }
    }

    /// Files that no item shows are one line each; what nobody uses is left out and said.
    pub(super) fn library(&mut self) {
        let course = self.course;
        let held: HashSet<&str> = course.files.iter().map(|file| file.path.as_str()).collect();
        let made = &self.plan.made;
        self.plan.files.retain(|path| held.contains(path.as_str()) || made.contains_key(path));
        let kept: HashSet<String> =
            self.plan.originals.iter().flat_map(|original| original.files.iter().cloned()).collect();
        let pages: HashSet<&str> = course
            .resources
            .iter()
            .filter(|one| !matches!(one.content, Content::File(_) | Content::Attachments))
            .filter_map(Resource::path)
            .collect();
        for file in &course.files {
            // What an operating system left is among the remarks on the package.
            if file.is_left_over() {
                continue;
            }
            let path = file.path.as_str();
            if self.plan.files.contains(path) || kept.contains(path) || is_descriptor(path) || pages.contains(path) {
                continue;
            }
            if file.used_by.is_empty() {
                self.entry("file", path, Fate::Left, vec![Note::plain("unused")]);
            } else if [".css", ".js"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending)) {
                self.entry("file", path, Fate::Left, vec![Note::plain("styles")]);
            } else {
                self.plan.files.insert(path.to_owned());
            }
        }
        let shown: HashSet<String> = self
            .plan
            .modules
            .iter()
            .flat_map(|module| &module.items)
            .filter_map(|item| match &item.content {
                PlannedContent::File(path) | PlannedContent::Video(path, _) => Some(path.clone()),
                _ => None,
            })
            .collect();
        let library: Vec<String> = self.plan.files.iter().filter(|path| !shown.contains(*path)).cloned().collect();
        for path in library {
            self.library_file(path);
        }
    }

    fn library_file(&mut self, path: String) {
        let users: Vec<&Resource> = self
            .course
            .resources
            .iter()
            .filter(|one| one.files.iter().any(|file| file.path.as_ref() == Some(&path)))
            .collect();
        let file = users.iter().find_map(|one| match &one.content {
            Content::File(file) if one.path() == Some(path.as_str()) => Some(file),
            _ => None,
        });
        let name = file.map(|file| file.name.clone()).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| path.rsplit('/').next().unwrap_or(&path).to_owned());
        let is_locked = file.is_some_and(|file| file.locked || file.unlock_at.is_some() || file.lock_at.is_some())
            || users.iter().any(|one| one.instructor_only && one.files.len() == 1);
        let mut notes = Vec::new();
        if is_locked {
            notes.push(Note::plain("file-locked"));
        }
        if file.is_some_and(|file| file.unlock_at.is_some() || file.lock_at.is_some()) {
            notes.push(Note::plain("file-dates"));
        }
        if self.plan.made.contains_key(&path) {
            notes.push(Note::plain("made-file"));
        }
        let entry = self.told("file", &name, notes);
        let told: HashSet<String> =
            self.plan.report.entries.iter().flat_map(|entry| entry.resources.iter().cloned()).collect();
        let users: Vec<String> =
            users.iter().map(|one| one.identifier.clone()).filter(|id| !told.contains(id)).collect();
        for user in users {
            self.account(entry, &user);
        }
        self.plan.library.push(PlannedFile { path, name, locked: is_locked, entry });
    }

    /// Takes a line out of the report; those below move up.
    pub(super) fn drop_entry(&mut self, gone: usize) {
        self.plan.report.entries.remove(gone);
        let items = self.plan.modules.iter_mut().flat_map(|module| {
            std::iter::once(&mut module.entry).chain(module.items.iter_mut().map(|item| &mut item.entry))
        });
        let about = self.plan.course.about.as_mut().map(|(_, entry)| entry);
        let library = self.plan.library.iter_mut().map(|file| &mut file.entry);
        for entry in
            items.chain(library).chain(about).chain([&mut self.plan.course.entry]).filter(|entry| **entry > gone)
        {
            *entry -= 1;
        }
    }
}

fn is_descriptor(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    path == "imsmanifest.xml"
        || path.starts_with("course_settings/")
        || matches!(ending.as_deref(), Some("xsd" | "dtd"))
}
