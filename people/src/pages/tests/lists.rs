use super::*;
use web::testing::File;

const LIST: &str =
    "email;given;family;roles\nnoor@harbour.example;Noor;Rahman;learner\nlea@example.org;Lea;Larsen;\nno address;X;;\n";

fn jobs(ctx: &Ctx) -> Vec<work::JobKind> {
    crate::jobs(ctx, |_| async { Ok(()) })
}

#[store::test]
async fn a_list_is_looked_at_then_taken_over(db: Db) {
    let (ada, _) = academy(&db).await;
    let mut browser = signed_in(&db, ada).await;
    let page = browser.get("/institution/people/import").await;
    sound(&page);
    let file = |bytes| File { field: "file", name: "list.csv", kind: "text/csv", bytes };
    let page = browser.upload("/institution/people/import", &[], &[file(b"given,unit\nNoor,U")]).await;
    assert_eq!(page.status(), 422);
    assert!(page.has_text("The first line must name the columns"), "{}", page.text());
    let page = browser.upload("/institution/people/import", &[], &[]).await;
    assert_eq!(page.form_errors()[0].0, "file");
    let page = browser.upload("/institution/people/import", &[], &[file(LIST.as_bytes())]).await;
    assert_eq!(page.status(), 200);
    sound(&page);
    assert!(
        page.has_text("Nothing has been changed yet") && page.has_text("This is no e-mail address"),
        "{}",
        page.text()
    );
    assert!(page.has_text("Family name: Larsen"), "{}", page.text());
    let refused = browser.get(&format!("{}?show=refused", page.path())).await;
    assert_eq!(refused.names("row").len(), 2);

    let page = browser.submit(&page, "Import 2 people", &[]).await;
    assert!(page.has_text("0 of 3 lines"), "{}", page.text());
    sound(&page);
    let ctx = Ctx::builder(db.clone()).build();
    work::Workers::new(db.clone(), 1).jobs(jobs(&ctx)).drain().await;
    let page = browser.get(page.path()).await;
    sound(&page);
    assert!(page.has_text("The list was imported"), "{}", page.text());
    let page = browser.get("/institution/people?q=rahman").await;
    assert!(page.has_text("noor@harbour.example") && page.has_text("Learner"), "{}", page.text());
}

#[store::test]
async fn pages_of_the_list_follow_each_other(db: Db) {
    let (ada, _) = academy(&db).await;
    write(&db, |tx| {
        for number in 0..120 {
            add(tx, &format!("P{number:03}"), "Same");
        }
    })
    .await;
    let mut browser = signed_in(&db, ada).await;
    for (path, rows) in [("/institution/people", [50, 50, 22]), ("/institution/people?sort=newest&q=p", [50, 50, 20])] {
        let mut page = browser.get(path).await;
        for (number, expected) in rows.into_iter().enumerate() {
            sound(&page);
            assert_eq!(page.names("row").len(), expected + 1, "page {number} of {path}");
            if number + 1 < rows.len() {
                page = browser.click(&page, "Next page").await;
            }
        }
        assert_eq!(page.link("Next page"), None);
        assert_eq!(
            page.link("First page").as_deref(),
            Some(path.replace("sort=newest&q=p", "q=p&sort=newest").as_str())
        );
    }
    assert!(browser.get("/institution/people?q=zzz").await.has_text("Nobody fits"));
}

#[store::test]
async fn someone_elses_list_is_not_shown(db: Db) {
    let (ada, lea) = academy(&db).await;
    let id = write(&db, move |tx| {
        let table = crate::import::table::read(LIST.as_bytes()).unwrap();
        crate::import::run::keep(tx, "list.csv", table, ada).unwrap()
    })
    .await;
    let mut learner = signed_in(&db, lea).await;
    assert_eq!(learner.get(&format!("/institution/people/import/{id}")).await.status(), 403);
    assert_eq!(learner.post(&format!("/institution/people/import/{id}"), &[]).await.status(), 403);
}
