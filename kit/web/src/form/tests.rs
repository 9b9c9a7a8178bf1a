use super::*;
use store::Broken;

fn zone() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap()
}

#[test]
fn readers_keep_the_input_and_note_what_is_wrong() {
    let mut form =
        Form::of(&[("title", "  Tides\r\nand salt "), ("points", "seven"), ("weight", "7,5"), ("mail", "x@")]);
    assert_eq!(form.text("title").required().max(14).get(), "Tides\nand salt");
    assert_eq!(form.integer("points").at_most(10).get(), None);
    assert_eq!(form.decimal("weight").at_most(5.0).get(), Some(7.5));
    assert_eq!(form.email("mail").required().get(), "x@");
    assert_eq!(form.text("nowhere").required().optional(), None);
    assert_eq!(form.value("points"), "seven");
    assert_eq!(form.error("points").as_deref(), Some("Please give a whole number, such as 12."));
    assert_eq!(form.error("weight").as_deref(), Some("5 or less, please."));
    assert_eq!(form.error("nowhere").as_deref(), Some("Please fill this in."));
    assert_eq!(form.error("title"), None);
    let german = form.clone().in_language("de");
    assert_eq!(german.error("weight").as_deref(), Some("Bitte 5 oder weniger."));
}

#[test]
fn the_first_mistake_of_a_field_is_told() {
    let mut form = Form::of(&[("code", "abcdef")]);
    let _ = form.text("code").max(3).check(|_| false, "other").get();
    assert_eq!(form.errors().collect::<Vec<_>>(), [("code", "field-too-long")]);
}

#[test]
fn moments_are_read_in_their_zone() {
    let read = |text: &str| {
        let mut form = Form::of(&[("at", text)]);
        let time = form.date_time("at", &zone()).get().map(|time| time.to_string());
        (time, form.errors().next().map(|(_, message)| message.to_owned()))
    };
    assert_eq!(read("2026-07-01T18:00"), (Some("2026-07-01T16:00:00Z".into()), None));
    assert_eq!(read("2026-03-29T02:30"), (None, Some("field-date-gap".into())));
    assert_eq!(read("2026-10-25T02:30"), (Some("2026-10-25T00:30:00Z".into()), None));
    assert_eq!(read("tomorrow"), (None, Some("field-date-time".into())));
    assert_eq!(read(""), (None, None));
}

#[test]
fn choices_flags_and_ids() {
    let mut form = Form::of(&[("n", "1"), ("n", "2"), ("n", "x"), ("on", "on"), ("off", "off"), ("id", "not-an-id")]);
    assert_eq!(form.choices::<u8>("n"), [1, 2]);
    assert!(form.error("n").is_some());
    assert!(form.flag("on") && !form.flag("off") && !form.flag("nowhere"));
    assert_eq!(form.id::<store::Id>("id").required().get(), None);
    assert_eq!(form.choice::<u8>("gone").or(9), 9);
    assert!(form.checked("n", "2") && !form.checked("n", "3"));
    assert_eq!(form.names(), ["n", "on", "off", "id"]);
}

#[test]
fn a_broken_rule_becomes_a_mistake_at_its_field() {
    let rules = [("person.email", "email", "person-email-taken")];
    let broken = |on: &str| store::Error::Constraint { broken: Broken::Unique, on: on.into() };
    let mut form = Form::of(&[("email", "a@b.example")]);
    assert!(!form.constraint(&broken("person.name"), &rules));
    assert!(form.constraint(&broken("person.email"), &rules));
    assert_eq!(form.errors().collect::<Vec<_>>(), [("email", "person-email-taken")]);
    assert!(form.explain(broken("person.email").into(), &rules).is_ok());
    let other = form.explain(Error::not_found(), &rules).unwrap_err();
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
}

#[test]
fn addresses() {
    for good in ["ana@example.org", "a.b+c@mail.example.co", "jürgen@bücher.example", "root@localhost"] {
        assert!(field::is_email(good), "{good}");
    }
    for bad in
        ["", "ana", "@example.org", "ana@", "a b@example.org", "a@-x.example", ".a@example.org", "a@b..c", "a\n@b.c"]
    {
        assert!(!field::is_email(bad), "{bad}");
    }
    for good in ["https://example.org", "HTTP://example.org:8080/a?b#c", "https://[::1]:80/", "https://u@example.org/"]
    {
        assert!(field::is_web_address(good), "{good}");
    }
    for bad in [
        "javascript:alert(1)",
        "https://",
        "example.org",
        "https://a b",
        "https://x:99999/",
        "ftp://a.example",
        "https://ü\u{0}",
    ] {
        assert!(!field::is_web_address(bad), "{bad}");
    }
}

#[test]
fn nothing_secret_is_in_a_debug_text() {
    let form = Form::of(&[("password", "hunter2")]);
    assert!(!format!("{form:?}").contains("hunter2"));
}

#[test]
fn a_nul_is_refused() {
    let mut form = Form::of(&[("title", "a\0b")]);
    let _ = form.text("title").get();
    assert_eq!(form.errors().next(), Some(("title", "field-unreadable")));
}
