//! The catalogue: the courses that people may find, searched by words and narrowed by unit, term and language.

use std::collections::BTreeMap;

use people::UnitId;
use store::{FromRow, Ids, Tx, params, sql};

use crate::course::{Course, Listing};
use crate::{CourseId, TermId, words};

/// How many courses a page of the catalogue shows.
pub const PAGE_SIZE: u32 = 24;

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Words of title, code or summary, in any order; each has to be found.
    pub words: String,
    /// In this unit or one below it.
    pub unit: Option<UnitId>,
    /// In this term.
    pub term: Option<TermId>,
    /// Taught in this language.
    pub language: Option<String>,
    /// Which page, from 0.
    pub page: u32,
}

/// A page of what was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The courses, by title.
    pub courses: Vec<Course>,
    /// Whether there is another page.
    pub has_more: bool,
}

/// What the listed courses can be narrowed by: each choice with the number of courses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Units by name.
    pub units: Vec<(UnitId, String, u32)>,
    /// Terms by name.
    pub terms: Vec<(TermId, String, u32)>,
    /// Languages as BCP 47 tags.
    pub languages: Vec<(String, u32)>,
}

/// How full a listed course is, all its sections together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Room {
    /// The course.
    pub course: CourseId,
    /// Free places; none where any section takes everyone.
    pub free: Option<u32>,
    /// How many people wait.
    pub waiting: u32,
}

/// The widest listing that somebody sees: strangers see public courses only.
const fn widest(signed_in: bool) -> Listing {
    if signed_in { Listing::Members } else { Listing::Public }
}

/// Searches: one statement.
pub fn search(tx: &mut Tx<'_>, search: &Search, signed_in: bool) -> store::Result<Found> {
    let [first, second, third, fourth] = words::of_search(&search.words);
    let mut courses: Vec<Course> = tx.all(
        sql!(
            "select * from course_whole
             where (listing = 'public' or listing = ?1) and published_at is not null and archived_at is null
             and words like ?2 escape '\\' and words like ?3 escape '\\'
             and words like ?4 escape '\\' and words like ?5 escape '\\'
             and (unit_path like (select path || '%' from unit where unit.id = ?6) or ?6 is null)
             and (term = ?7 or ?7 is null) and (language = ?8 or ?8 is null)
             order by words, id limit ?9 offset ?10"
        ),
        params![
            widest(signed_in),
            first,
            second,
            third,
            fourth,
            search.unit,
            search.term,
            search.language,
            PAGE_SIZE + 1,
            search.page.saturating_mul(PAGE_SIZE)
        ],
    )?;
    let has_more = courses.len() > PAGE_SIZE as usize;
    courses.truncate(PAGE_SIZE as usize);
    Ok(Found { courses, has_more })
}

/// What the whole catalogue can be narrowed by: one statement.
pub fn facets(tx: &mut Tx<'_>, signed_in: bool) -> store::Result<Facets> {
    type Group = (UnitId, String, Option<TermId>, Option<String>, String, u32);
    let groups: Vec<Group> = tx.all(
        sql!(
            "select unit, unit_name, term, term_name, language, cast(count(*) as bigint) from course_whole
             where (listing = 'public' or listing = ?1) and published_at is not null and archived_at is null
             group by unit, unit_name, term, term_name, language"
        ),
        params![widest(signed_in)],
    )?;
    let (mut units, mut terms, mut languages) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (unit, unit_name, term, term_name, language, count) in groups {
        *units.entry((unit_name, unit)).or_insert(0) += count;
        if let Some(term) = term {
            *terms.entry((term_name.unwrap_or_default(), term)).or_insert(0) += count;
        }
        *languages.entry(language).or_insert(0) += count;
    }
    Ok(Facets {
        units: units.into_iter().map(|((name, id), count)| (id, name, count)).collect(),
        terms: terms.into_iter().map(|((name, id), count)| (id, name, count)).collect(),
        languages: languages.into_iter().collect(),
    })
}

/// How full these courses are: one statement.
pub fn room(tx: &mut Tx<'_>, courses: &[CourseId]) -> store::Result<Vec<Room>> {
    let now = tx.now();
    tx.all(
        sql!(
            "select course, case when count(*) > count(capacity) then null
                 else cast(sum(case when capacity > held then capacity - held else 0 end) as bigint) end as free,
                 cast(sum(waiting) as bigint) as waiting
             from (select s.course, s.capacity,
                       (select count(*) from enrolment e where e.section = s.id and e.role = 'learner'
                           and e.state in ('invited', 'active', 'suspended')
                           and (coalesce(e.ends, s.ends) is null or coalesce(e.ends, s.ends) > ?2)) as held,
                       (select count(*) from enrolment e where e.section = s.id and e.state = 'waiting') as waiting
                   from section s where s.course in ids(?1)) as sections
             group by course"
        ),
        params![Ids(courses), now],
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use super::*;
    use crate::course::Settings;
    use crate::section::{Section, SectionSettings};
    use crate::{CourseRole, testing};

    fn found(tx: &mut Tx<'_>, search: &Search) -> Vec<String> {
        super::search(tx, search, true).unwrap().courses.into_iter().map(|course| course.title).collect()
    }

    #[store::test]
    fn words_and_facets_narrow_what_is_found(tx: &mut Tx<'_>) {
        testing::seed(tx).unwrap();
        let ecology = testing::course(tx, "Marine ecology").unwrap();
        let mut history = testing::course(tx, "Geschichte der Küsten").unwrap();
        let by = history.made_by.unwrap();
        let german = Settings {
            language: "de".to_owned(),
            code: "HIS 100".to_owned(),
            listing: Listing::Public,
            ..history.settings()
        };
        history.change(tx, &german, by).unwrap();
        testing::draft(tx, "Marine drafts").unwrap();
        let mut archived = testing::course(tx, "Marine past").unwrap();
        archived.archive(tx, by).unwrap();

        let words = |words: &str| Search { words: words.to_owned(), ..Search::default() };
        assert_eq!(found(tx, &words("")), ["Geschichte der Küsten", "Marine ecology"]);
        assert_eq!(found(tx, &words("ECO marine")), ["Marine ecology"]);
        assert_eq!(found(tx, &words("kusten his")), ["Geschichte der Küsten"]);
        assert!(found(tx, &words("100%")).is_empty(), "a sign of the search is a sign of the text");
        assert_eq!(found(tx, &Search { language: Some("de".to_owned()), ..Search::default() }).len(), 1);
        assert_eq!(found(tx, &Search { unit: Some(ecology.unit), ..Search::default() }).len(), 2);
        assert!(found(tx, &Search { unit: Some(store::Id::nil().into()), ..Search::default() }).is_empty());
        let stranger = search(tx, &Search::default(), false).unwrap();
        assert_eq!(stranger.courses.len(), 1, "strangers see public courses only");

        let facets = facets(tx, true).unwrap();
        assert_eq!(facets.languages, [("de".to_owned(), 1), ("en".to_owned(), 1)]);
        assert_eq!(facets.units, [(ecology.unit, "Biology".to_owned(), 2)]);
        assert_eq!(facets.terms, []);
    }

    #[store::test]
    fn the_room_of_a_course_is_that_of_its_sections(tx: &mut Tx<'_>) {
        testing::seed(tx).unwrap();
        let course = testing::course(tx, "Marine ecology").unwrap();
        let by = course.made_by.unwrap();
        testing::enrolled(tx, &course, "Ana", CourseRole::Learner).unwrap();
        let of = |tx: &mut Tx<'_>| room(tx, &[course.id]).unwrap()[0];
        assert_eq!(of(tx), Room { course: course.id, free: None, waiting: 0 });
        let mut first = Section::of(tx, course.id).unwrap().remove(0);
        let places = |name: &str, capacity| SectionSettings {
            name: name.to_owned(),
            capacity: Some(capacity),
            ..SectionSettings::default()
        };
        first.change(tx, &places("A", 1), by).unwrap();
        Section::create(tx, course.id, &places("B", 4), by).unwrap();
        assert_eq!(of(tx).free, Some(4));
    }
}
